"""The text of a page's article, paragraph by paragraph, without what stands around it.

First all elements go that hold no text of an article whatever the page: scripts, menus, forms, footers, captions,
and what its author calls a comment, a share bar, a newsletter box … Then the article is looked for: where the page
says so (``itemprop=articleBody``, ``<article>``, ``<main>``), and in it the element whose paragraphs, those with few
links, have the most text. Its blocks are the paragraphs; two line breaks part them, too.
"""

import re
from collections.abc import Iterator

from search.readers.web.page import Element, attribute, marked, start_of, tag, with_property, words_of
from search.readers.web.words import AROUND, BLOCKS, HEADINGS, LEAD, NEVER, ROLES, SECTION

SHORT, GOOD = 150, 25
"""What reads like a notice is one if it has less characters; a block with less than these says nothing of where the
text is."""

LEVELS = 3
"""So far above the text its standfirst is looked for."""

_SLUGS = re.compile(r"(?:^|(?<=\s))(?:category|cat|tag|topic|rubrique|section|format|type|status|postid)-\S+")
"""Classes that name what an article is about."""

_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|commentaires?|disqus)(?:$|[\s_-])")
_STANDFIRST = re.compile(
    r"chap(?:o|eau)|standfirst|(?:^|[\s_-])(?:lead|lede|intro|deck|desc|description|summary|excerpt|accroche)(?:$|[\s_-])"
)


def paragraphs_of(root: Element, heading: Element | None, title: str) -> tuple[str, ...]:
    """The paragraphs of a page's article. `heading` is the element with its title. The tree is changed."""
    _clear(root)
    article = _article(root)
    blocks = [*_before(article), *_blocks(article)] if article is not None else []
    return tuple(_chosen(blocks, title, words_of(heading)))


def _clear(root: Element) -> None:
    """Take away what is no text of any article; but not an element that holds more than half of the text; or nearly
    all of it, where it is called comments."""
    weights = _weights(root)
    waiting = list(root)
    while waiting:
        element = waiting.pop()
        is_sure = tag(element) in NEVER and tag(element) not in ("form", "aside", "figure")
        is_kept = tag(element) in ("body", "html", "article", "main") or not _is_around(element)
        most = weights[root] - SHORT if _COMMENTS.search(marked(element)) else weights[root] / 2
        if is_sure or not (is_kept or weights[element] > most):
            _drop(element)
        else:
            waiting += element


def _is_around(element: Element) -> bool:
    name = tag(element)
    if name in NEVER or not name:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    if element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style:
        return True
    if (element.get("role") or "").lower() in ROLES or name == "h1":
        return True
    own = _SLUGS.sub(" ", marked(element))
    return bool(AROUND.search(own)) and not (name == "p" and len(start_of(element, SHORT)) >= SHORT)


def _drop(element: Element) -> None:
    """Take an element out of the tree, not what follows it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if parent is None:
        return
    if tail:
        if before is not None:
            before.tail = (before.tail or "") + " " + tail
        else:
            parent.text = (parent.text or "") + " " + tail
    parent.remove(element)


def _weights(root: Element) -> dict[Element, int]:
    """For each element the characters of text in its paragraphs, or of all its text if it has none."""
    whole: dict[Element, int] = {}
    parted: dict[Element, int] = {}
    for element in reversed(list(root.iter())):
        size = len((element.text or "").strip())
        for child in element:
            size += whole[child] + len((child.tail or "").strip())
        whole[element] = size
        parted[element] = size if tag(element) in ("p", "li") else sum(parted[child] for child in element)
    return {element: parted[element] or size for element, size in whole.items()}


def _article(root: Element) -> Element | None:
    """The element that holds the article's text."""
    scope = _scope(root)
    if scope is None:
        return None
    scores: dict[Element, float] = {}
    total = 0.0
    for block in scope.iter():
        own = _own_text(block)
        if own < GOOD:
            continue
        total += own
        holder = block if tag(block) not in ("p", "li", "blockquote", *HEADINGS) else block.getparent()
        share = 1.0
        while holder is not None and share > 0.1:
            scores[holder] = scores.get(holder, 0.0) + own * share
            if holder is scope:
                break
            holder, share = holder.getparent(), share * 0.75
    if not scores:
        return scope
    best = max(scores.values())
    deepest = next(element for element in scores if scores[element] == best)
    return deepest


def _before(article: Element) -> list["_Block"]:
    """The blocks of a standfirst, which may stand beside the element with the text, before it."""
    found: list[_Block] = []
    for _ in range(LEVELS):
        if tag(article) in ("article", "main", "body", "html") or article.getparent() is None:
            break
        for other in article.itersiblings(preceding=True):
            own = list(_blocks(other)) if tag(other) == "p" or _STANDFIRST.search(marked(other)) else []
            found[:0] = [one for one in own if len(one.text) >= 2 * GOOD and one.linked < len(one.text) / 2]
        article = article.getparent()
    return found


def _own_text(block: Element) -> int:
    """Characters of a block that stand in it and in no block below it, less those of links; 0 if links prevail."""
    if tag(block) not in BLOCKS:
        return 0
    plain = linked = 0
    waiting = [(child, False) for child in reversed(block)]
    plain += len((block.text or "").strip())
    while waiting:
        child, in_link = waiting.pop()
        is_link = in_link or tag(child) == "a"
        if tag(child) not in BLOCKS:
            size = len((child.text or "").strip())
            linked, plain = (linked + size, plain) if is_link else (linked, plain + size)
            waiting += [(one, is_link) for one in reversed(child)]
        tail = len((child.tail or "").strip())
        linked, plain = (linked + tail, plain) if in_link else (linked, plain + tail)
    return plain if plain > linked else 0


def _scope(root: Element) -> Element | None:
    """The element in which the page says that its article is; the whole body if it says nothing."""
    body = next(root.iter("body"), root)
    weights = _weights(body)
    for found in (
        list(with_property(body, "articlebody")),
        list(body.iter("article")),
        [one for one in body.iter("main", "div", "section") if tag(one) == "main" or one.get("role") == "main"],
    ):
        if found:
            best = max(found, key=weights.__getitem__)
            if weights[best] >= min(500, weights[body] // 3):
                return best
    return body


class _Block:
    """A block: its text, how much of it are links, and the element's name."""

    __slots__ = ("linked", "name", "text")

    def __init__(self, text: str, linked: int, name: str) -> None:
        self.text, self.linked, self.name = text, linked, name


def _blocks(article: Element) -> Iterator[_Block]:
    """The blocks of an element in the order of the page; what stands between two line breaks is one, too."""
    parts: list[tuple[str, bool]] = []
    breaks = 0
    name = "div"

    def flush() -> Iterator[_Block]:
        text = " ".join("".join(part for part, _ in parts).split())
        if text:
            yield _Block(text, sum(len(part.strip()) for part, is_link in parts if is_link), name)
        parts.clear()

    for kind, value, is_link in _walk(article):
        if kind == "text":
            if value.strip():
                breaks = 0
            parts.append((value, is_link))
        elif kind == "break":
            breaks += 1
            parts.append((" ", False))
            if breaks > 1:
                yield from flush()
        else:
            yield from flush()
            breaks, name = 0, value
    yield from flush()


def _walk(element: Element) -> Iterator[tuple[str, str, bool]]:
    """What is met on the way through an element: texts, line breaks, and the borders of blocks."""
    waiting: list[tuple[Element, bool, bool]] = [(element, False, False)]
    while waiting:
        here, in_link, is_end = waiting.pop()
        name = tag(here)
        is_block = name in BLOCKS
        if is_end:
            if is_block:
                yield "border", tag(here.getparent()) if here.getparent() is not None else "", False
            if here is not element and here.tail:
                yield "text", here.tail, in_link
            continue
        if name == "br":
            yield "break", "", False
        elif is_block:
            yield "border", name, False
        is_link = in_link or (name == "a" and bool(attribute(here, "href")))
        if here.text and name:
            yield "text", here.text, is_link
        waiting.append((here, in_link, True))
        waiting += [(child, is_link, False) for child in reversed(here)]


def _chosen(blocks: list[_Block], title: str, heading: str) -> Iterator[str]:
    """The texts of those blocks that are the article's; headings only where something follows them."""
    waiting: list[str] = []
    skipping = False
    last = ""
    for block in blocks:
        text = block.text
        if block.name in HEADINGS:
            skipping = bool(SECTION.match(text))
            if not skipping and text not in (title, heading) and block.linked < len(text) / 2:
                waiting.append(text)
            continue
        mostly_links = block.linked > 0.6 * len(text.replace(" ", "")) and len(text) < 2 * SHORT
        if skipping and (mostly_links or block.name in ("li", "a", "td")):
            continue
        is_sentence = len(text) > 2 * GOOD and text.endswith((".", "!", "…")) and not block.linked
        is_notice = len(text) < SHORT and LEAD.match(text) and not is_sentence
        if mostly_links or is_notice or text in (title, heading, last) or _is_rule(text):
            continue
        skipping, last = False, text
        yield from waiting
        waiting.clear()
        yield text


def _is_rule(text: str) -> bool:
    """Whether a text is only a sign or two between paragraphs."""
    return len(text) < 3 and not re.search(r"\w", text)
