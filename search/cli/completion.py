"""``search completion``: scripts that let a shell complete what is typed, and what they ask for."""

import os
from contextlib import suppress
from typing import Any

import click
from click.shell_completion import CompletionItem, ShellComplete

SHELLS = ("bash", "zsh", "fish")

# Each script hands over the line up to the cursor, and gets back a word a line.
_BASH = r"""_search_completion() {
    local line IFS=$'\n'
    COMPREPLY=()
    for line in $(COMP_TEXT="${COMP_LINE:0:COMP_POINT}" %(complete_var)s=bash_complete "$1" 2>/dev/null); do
        case $line in
            dir) compopt -o dirnames +o nospace ;;
            file) compopt -o default +o nospace ;;
            *) COMPREPLY+=("${line#=}") ;;
        esac
    done
}
complete -o nosort -o nospace -F _search_completion %(prog_name)s
"""
_ZSH = r"""#compdef %(prog_name)s
_search_completion() {
    local line
    local -a whole open
    for line in "${(@f)$(COMP_TEXT="$LBUFFER" %(complete_var)s=zsh_complete %(prog_name)s 2>/dev/null)}"; do
        case $line in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            "="*:) open+=("${line#=}") ;;
            "="*) whole+=("${line#=}") ;;
        esac
    done
    (( $#open )) && compadd -U -S '' -V fields -a open
    (( $#whole )) && compadd -U -V words -a whole
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _search_completion "$@"
else
    compdef _search_completion %(prog_name)s
fi
"""
_FISH = r"""function __search_completion
    for line in (COMP_TEXT=(commandline -cp) %(complete_var)s=fish_complete %(prog_name)s 2>/dev/null)
        switch $line
            case dir
                __fish_complete_directories (commandline -ct)
            case file
                __fish_complete_path (commandline -ct)
            case '*'
                string sub -s 2 -- $line
        end
    end
end
complete -c %(prog_name)s -f -k -a "(__search_completion)"
"""


class Typed:
    """A command line up to the cursor: the words before the last, and the last as it was meant, the quotation mark
    that is open in it, and what of it stands before the last place where bash parts words (``:`` and ``=``)."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.last = self.quote = self.before = ""
        self._begun = False
        signs = iter(text)
        for sign in signs:
            if sign == "\\" and self.quote != "'":
                self._add(next(signs, ""))
            elif sign == self.quote:
                self.quote = ""
            elif sign in "'\"" and not self.quote:
                self.quote, self._begun = sign, True
            elif sign.isspace() and not self.quote:
                self._end()
            else:
                self._add(sign)
                if sign in ":=" and not self.quote:
                    self.before = self.last

    def _add(self, sign: str) -> None:
        self.last, self._begun = self.last + sign, True

    def _end(self) -> None:
        if self._begun:
            self.words.append(self.last)
        self.last, self.before, self._begun = "", "", False


class _Complete(ShellComplete):
    def get_completion_args(self) -> tuple[list[str], str]:
        self.typed = Typed(os.environ.get("COMP_TEXT", ""))
        return self.typed.words[1:], self.typed.last

    def complete(self) -> str:
        """A line for each completion; nothing at all where anything is wrong, for nobody asked."""
        with suppress(Exception):
            return super().complete()
        return ""

    def format_completion(self, item: CompletionItem[Any]) -> str:
        return f"={item.value}" if item.type == "plain" else item.type


class Bash(_Complete):
    """Completion for bash, which inserts what it gets as it is, after the last place where it parts words."""

    name = "bash"
    source_template = _BASH

    def complete(self) -> str:
        """One completion in an open quotation has a second beside it, so that bash does not close it."""
        found = super().complete()
        is_open = found.startswith("=") and "\n" not in found and self.typed.quote
        return f"{found}\n{found} " if is_open else found

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """The rest of the word, with what the shell reads otherwise escaped, and a space behind it if it is whole."""
        if item.type != "plain":
            return item.type
        quote, value = self.typed.quote, str(item.value)
        if quote == "'":
            return "=" + value.replace("'", "’")
        if quote:
            return "=" + "".join(f"\\{sign}" if sign in '"\\$`' else sign for sign in value)
        rest = value.removeprefix(self.typed.before)
        escaped = "".join(sign if sign.isalnum() or sign in "_./:=@%+,-^~" else f"\\{sign}" for sign in rest)
        return f"={escaped}" + " " * (not value.endswith(":"))


class Zsh(_Complete):
    """Completion for zsh, which quotes by itself."""

    name = "zsh"
    source_template = _ZSH


class Fish(_Complete):
    """Completion for fish, which quotes by itself."""

    name = "fish"
    source_template = _FISH


CLASSES: dict[str, type[_Complete]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}


@click.command("completion", short_help="Let your shell complete commands and words.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print a script for a SHELL that completes commands and options and, in queries, fields, their values, and the
    words of the index.

    \b
    eval "$(search completion bash)"        in ~/.bashrc
    eval "$(search completion zsh)"         in ~/.zshrc, after compinit
    search completion fish > ~/.config/fish/completions/search.fish
    """
    from search.cli.group import main

    click.echo(CLASSES[shell](main, {}, "search", "_SEARCH_COMPLETE").source(), nl=False)


def complete(instruction: str) -> int:
    """Answer a script: ``bash_complete``; the exit status."""
    from search.cli.group import main

    shell, _, _ = instruction.partition("_")
    if shell in CLASSES:
        click.echo(CLASSES[shell](main, {}, "search", "_SEARCH_COMPLETE").complete())
    return 0
