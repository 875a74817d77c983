"""``search eval``, as it is typed."""

import json
import shutil
import sys
from pathlib import Path

import pytest

import search
from search import Article
from tests.conftest import Shell, on_terminal

pytest.importorskip("ir_measures")

TEXTS = {"a 1": "Le port de Calais.", "b": "Un port, un quai.", "c": "Le tunnel, et un long texte.", "d": "Un phare."}
TOPICS = "q1\tport\nq2\tLe tunnel ?\nq3\tzorglub\n"
QRELS = "q1 0 a%201 1\nq1 0 b 0\nq2 0 c 2\nq2 0 d 1\nq3 0 d 1\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("press") / "index"
    search.build(articles=[Article(name, "", (text,), language="fr") for name, text in TEXTS.items()], index=folder)
    return folder


@pytest.fixture
def press(shell: Shell, built: Path) -> Shell:
    shutil.copytree(built, shell.folder / "index")
    shell.write("topics", TOPICS)
    shell.write("qrels", QRELS)
    return shell


def test_the_usual_measures(press: Shell) -> None:
    assert press("eval", "topics", "qrels", "--any") == (
        "MRR      0.6667\n"
        "P@1      0.6667\n"
        "P@10     0.0667\n"
        "R@10     0.5000\n"
        "R@100    0.5000\n"
        "nDCG@10  0.5867\n"
        "AP       0.5000\n"
        "bpref    0.5000\n",
        "search: 3 topics, 5 judgements\nsearch: 1 topic found nothing\n",
        0,
    )


def test_topic_by_topic(press: Shell) -> None:
    assert press("eval", "topics", "qrels", "-m", "MRR,ap", "-m", "Judged@2", "--by-topic").out == (
        "   MRR      ap  Judged@2  topic\n"
        "1.0000  1.0000    1.0000  q1\n"
        "1.0000  0.5000    1.0000  q2\n"
        "0.0000  0.0000    0.0000  q3\n"
        "0.6667  0.5000    0.6667  all\n"
    )


def test_for_programs(press: Shell) -> None:
    (one,) = map(json.loads, press("eval", "topics", "qrels", "-m", "P@1", "--json").out.splitlines())
    assert one == {"v": 1, "topic": "all", "P@1": 2 / 3}
    ran = press("eval", "topics", "qrels", "-m", "P@1,AP", "--by-topic", "--csv")
    assert ran == (
        "topic,P@1,AP\nq1,1,1\nq2,1,0.5\nq3,0,0\nall,0.666667,0.5\n",
        "search: 1 topic found nothing (with --any, any of their words is enough)\n",
        0,
    )


def test_depth_and_options(press: Shell) -> None:
    press.write("two", "q1\tport quai\n")
    assert press("eval", "two", "qrels", "-m", "AP", "--any").out == "AP  0.5000\n"
    assert press("eval", "two", "qrels", "-m", "AP", "--any", "-n", "1").out == "AP  0.0000\n"
    assert press("eval", "two", "qrels", "-m", "AP").out == "AP  0.0000\n"
    press.write("two", "q1\tport SAUF quai\n")
    assert press("eval", "two", "qrels", "-m", "AP", "--queries").out == "AP  1.0000\n"


def test_paragraphs(press: Shell) -> None:
    press.write("places", "q1 0 a%201:1 1\n")
    assert press("eval", "topics", "places", "--unit", "paragraph", "-m", "AP").out == "AP  1.0000\n"
    assert press("eval", "topics", "qrels", "--unit", "paragraph").err.splitlines()[-1] == (
        "search: 3 of 3 relevant paragraphs of qrels not in this archive (a%201, c, d): is it the right --index? (A "
        "paragraph is named article:number.)"
    )


def test_topics_and_judgements_that_do_not_fit(press: Shell) -> None:
    press.write("others", "x1 0 b 1\nx2 0 b 1\nx3 0 b 1\nx4 0 b 1\n")
    assert press("eval", "topics", "others") == (
        "",
        "search: no topic of topics (q1, q2, q3) is judged in others (x1, x2, x3, …): do they belong together?\n",
        2,
    )
    press.write("some", "q1 0 b 1\nx2 0 b 1\n")
    assert press("eval", "topics", "some", "-m", "MRR") == (
        "MRR  0.5000\n",
        "search: 2 topics left out: not judged in some (q2, q3)\n"
        "search: 1 topic left out: judged, but not in topics (x2)\n"
        "search: 1 topic, 1 judgement\n",
        0,
    )


def test_judgements_of_another_archive(press: Shell) -> None:
    press.write("foreign", "q1 0 x 1\nq1 0 y 1\nq1 0 b 0\n")
    assert press("eval", "topics", "foreign").err.splitlines()[-1] == (
        "search: 2 of 2 relevant articles of foreign not in this archive (x, y): is it the right --index?"
    )
    press.write("foreign", "q1 0 x 1\nq1 0 a%201 1\n")
    assert press("eval", "topics", "foreign", "-m", "R@10").err.splitlines()[-2:] == [
        "search: 1 of 2 relevant articles of foreign not in this archive (x): counted as not found",
        "search: 1 topic, 2 judgements",
    ]


def test_lines_that_cannot_be_read(press: Shell) -> None:
    press.write("bad", "q1 0 b 1\nq1 0 c\nq1 0 c x\n")
    press.write("odd", "q1\tport\nq2\n")
    assert press("eval", "odd", "bad", "-m", "MRR") == (
        "MRR  0.5000\n",
        'search: odd:2: expected a topic and its text with a tab between, found "q2"\n'
        "search: bad:2: expected 4 columns (topic, iteration, article, relevance), found 3\n"
        'search: bad:3: expected a whole number as relevance, found "x"\n'
        "search: 1 topic, 1 judgement\n",
        2,
    )
    press.write("empty", "")
    assert press("eval", "topics", "empty").err == (
        "search: empty: expected judgements (topic, 0, article, relevance), found none\n"
    )
    assert press("eval", "empty", "qrels").err == "search: empty: expected topics, found none\n"


def test_wrong_command_lines(press: Shell) -> None:
    assert press("eval", "topics").err.splitlines()[-1] == "search: Missing argument 'QRELS'."
    assert press("eval", "-", "-").err.splitlines()[-1] == (
        "search: topics and judgements cannot both come in by the pipe: give a file for one of them."
    )
    assert press("eval", "topics", "no").err == "search: no: No such file or directory\n"
    assert press("eval", "topics", "qrels", "-m", "MRR,foo").err == (
        'search: expected a measure such as MRR, P@1, P@10, R@10, R@100, nDCG@10, AP, bpref, found "foo"\n'
    )


def test_without_the_library(press: Shell) -> None:
    press.write("ir_measures.py", "raise ImportError")
    ran = press("eval", "topics", "qrels", PYTHONPATH=f"{press.folder}:{Path(search.__file__).parents[1]}")
    assert ran == ("", "search: measures need a library: pip install 'news-search[eval]'\n", 2)


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_lines_fit_the_terminal(press: Shell, columns: int) -> None:
    name = "a-very-long-name-of-a-topic" * 9
    press.write("long", f"{name}\tport\n")
    press.write("of-long", f"{name} 0 b 1\n")
    printed, said = on_terminal(
        f"{sys.executable} -m search eval long of-long --by-topic", press.folder, columns, NO_COLOR="1"
    )
    assert max(map(len, printed.splitlines())) <= columns
    assert ("search: 4 of 8 measures fit the terminal (--csv has all)" in said) == (columns == 40)
