"""Topics and judgements, as TREC, CLEF and tables have them."""

import pytest

from search.queries import Fault
from search.topics import Judged, Topic, judgements, topics

TREC = """\
<top>
<num> Number: 301
<title> International  Organized
Crime

<desc> Description:
Identify organizations that participate.

<narr> Narrative:
A relevant document must name them.
</top>

<top>
<num> Number: 302 </num>
<title> Topic: Polio &amp; &quot;Post-Polio&quot; </title>
</top>
"""

CLEF = """<top>\r
<num> C041 </num>\r
<FR-title> Pesticides dans les aliments pour bébés </FR-title>\r
<FR-desc> Trouvez des rapports. </FR-desc>\r
</top>\r
"""


def test_topics_of_trec() -> None:
    assert list(topics(TREC)) == [
        Topic(1, "301", "International Organized Crime"),
        Topic(13, "302", 'Polio & "Post-Polio"'),
    ]


def test_topics_of_clef() -> None:
    assert list(topics(CLEF)) == [Topic(1, "C041", "Pesticides dans les aliments pour bébés")]


def test_more_than_the_title() -> None:
    (first, second) = topics(TREC, ("title", "desc"))
    assert first == Topic(1, "301", "International Organized Crime Identify organizations that participate.")
    assert second == Fault(13, "expected a topic with <desc>, found none")
    assert [one.text for one in topics(CLEF, ("desc",)) if isinstance(one, Topic)] == ["Trouvez des rapports."]


def test_a_topic_without_an_end() -> None:
    text = "<top>\n<num> 1\n<title> a\n<top>\n<num> 2\n<title> b"
    assert list(topics(text)) == [Topic(1, "1", "a"), Topic(4, "2", "b")]


def test_topics_of_a_table() -> None:
    text = "\ufeffq1\tQui a dit : « non » ?\r\n\n# a comment\nq 2\ta\tb\n"
    assert list(topics(text)) == [Topic(1, "q1", "Qui a dit : « non » ?"), Topic(4, "q 2", "a b")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("q1", Fault(1, 'expected a topic and its text with a tab between, found "q1"')),
        ("q1\t ", Fault(1, 'expected a topic and its text with a tab between, found "q1"')),
        ("\tport", Fault(1, 'expected a topic and its text with a tab between, found "port"')),
        ("<top><title>a</top>", Fault(1, "expected a topic with <num>, found none")),
        ("\n<top></top>", Fault(2, "expected a topic with <num> and <title>, found none")),
        (
            "<topics><topic/></topics>",
            Fault(1, "expected topics in <top> … </top>, or lines of a topic, a tab and its text; found neither"),
        ),
    ],
)
def test_what_is_no_topic(text: str, fault: Fault) -> None:
    assert list(topics(text)) == [fault]


def test_a_topic_is_there_once() -> None:
    assert list(topics("a\tb\nc\td\na\te\n")) == [
        Topic(1, "a", "b"),
        Topic(2, "c", "d"),
        Fault(3, 'the topic "a" was there before, in line 1: left out'),
    ]


def test_judgements() -> None:
    text = "\ufeffq1\t0\ta-1\t1\r\nq1 Q0 a-2  0\n\nq2 0 a-1 -2\n"
    assert list(judgements(text)) == [
        Judged(1, "q1", "a-1", 1),
        Judged(2, "q1", "a-2", 0),
        Judged(4, "q2", "a-1", -2),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("q1 0 a", "expected 4 columns (topic, iteration, article, relevance), found 3"),
        ("q1 0 a b 1", "expected 4 columns (topic, iteration, article, relevance), found 5"),
        ("q1 0 a 1.5", 'expected a whole number as relevance, found "1.5"'),
        ("q1 0 a --1", 'expected a whole number as relevance, found "--1"'),
        ("q1 0 a 99999999999", 'expected a whole number as relevance, found "99999999999"'),
    ],
)
def test_what_is_no_judgement(line: str, reason: str) -> None:
    assert list(judgements(line)) == [Fault(1, reason)]


def test_a_judgement_is_there_once() -> None:
    assert list(judgements("q 0 a 1\nq 0 a 2")) == [
        Judged(1, "q", "a", 1),
        Fault(2, '"a" was judged for "q" before, in line 1: left out'),
    ]
