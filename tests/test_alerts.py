"""Alerts: whatever happens to the articles, each is told once, and none is lost."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import search
from search import Archive, Article, QueryError, SearchError, alertfile
from search.alerts import Alert, Known, Told, backtest, check_name, matching, news, numbered, together
from tests.conftest import Opener
from tests.engines.test_variants import WIRE, paper

Text = tuple[str, ...]

NAMES = st.sampled_from(["a.txt", "b.txt", "x/a.txt"])
TEXTS = st.sampled_from(
    [["Un port."], ["Le port."], ["Un port.", "Rien."], ["Rien."], ["Rien.", "Le port.", "Un port."]]
)


def alert(query: str = "port", known: Known = frozenset(), **fields: object) -> Alert:
    made = Alert("a", query, False, "paragraph", None, None, "2026-01-01T00:00:00Z", None, known)
    return made.__replace__(**fields)


def told_ids(found: tuple[list[Told], Known]) -> list[str]:
    return [one.hit.article for one in found[0]]


class Alerting(RuleBasedStateMachine):
    """Articles come, change, move and go; the index is built, and the alert runs, or is cut off while it prints.

    What it should tell is simple: a text that matches, as often as there were articles with it at any one run.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.texts, self.index = self.folder / "texts", self.folder / "index"
        self.path = alertfile.beside(str(self.index))
        self.files: dict[str, Text] = {}
        self.built: dict[str, Text] = {}
        self.told = Counter[Text]()
        self.all_told = Counter[Text]()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize(text=TEXTS, first=st.booleans())
    def begin(self, text: list[str], first: bool) -> None:
        self.write("keep.txt", ["Un quai."])
        self.write("a.txt", text)
        self.build(fresh=False)
        with search.open(self.index) as archive, alertfile.changing(self.path) as (every, save):
            every["a"] = alert(known=matching(archive, alert()) if first else frozenset())
            save()
        self.told = self.now() if first else Counter()
        self.all_told = self.told.copy()

    def now(self) -> Counter[Text]:
        """The texts that match in the index, read off what it was built from."""
        found = (tuple(one for one in text if "port" in one) for text in self.built.values())
        return Counter(one for one in found if one)

    @rule(name=NAMES, text=TEXTS)
    def write(self, name: str, text: list[str]) -> None:
        path = self.texts / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("\n\n".join(text), encoding="utf-8")
        self.files[name] = tuple(text)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        if self.files.pop(name, None):
            (self.texts / name).unlink()

    @rule(name=NAMES, other=NAMES)
    def move(self, name: str, other: str) -> None:
        if name in self.files and Path(name).suffix == Path(other).suffix and name != other:
            self.write(other, list(self.files[name]))
            self.delete(name)

    @rule(fresh=st.booleans())
    def build(self, fresh: bool) -> None:
        search.build(self.texts, index=self.index, jobs=1, fresh=fresh)
        self.built = dict(self.files)

    @rule(cut_off=st.sampled_from([False, False, False, True]))
    def build_and_run(self, cut_off: bool) -> None:
        self.build(fresh=False)
        self.run(cut_off)

    @rule(cut_off=st.booleans())
    def run(self, cut_off: bool) -> None:
        with search.open(self.index) as archive, alertfile.changing(self.path) as (every, save):
            found, known = news(archive, every["a"])
            if not cut_off:
                every["a"] = every["a"].__replace__(known=known)
                save()
        told = Counter(tuple(one.text for one in each.hit.paragraphs) for each in found)
        assert told == self.now() - self.told
        assert len({each.hit.article for each in found}) == len(found)
        if not cut_off:
            self.all_told += told
            self.told |= self.now()
        assert self.all_told == self.told

    @invariant()
    def the_state_is_as_large_as_what_was_told(self) -> None:
        if self.all_told or self.built:
            assert len(alertfile.read(self.path)["a"].known) == self.told.total()


Alerting.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
test_nothing_is_told_twice_and_nothing_lost = Alerting.TestCase


@pytest.fixture
def archive(archive_of: Opener) -> Archive:
    return archive_of(
        Article("old", "Un port", ("Rien.",), date="1901"),
        Article("new", "", ("Le port.", "Rien.", "Un port."), date="2020-05-03"),
        Article("day", "", ("Le port ferme.",), date="2020-05-03"),
        Article("none", "", ("Un port perdu.",)),
        Article("other", "", ("Un quai.",), date="2020"),
    )


def test_the_newest_comes_first(archive: Archive) -> None:
    assert told_ids(news(archive, alert())) == ["new", "day", "old", "none"]


def test_options_are_those_of_a_search(archive: Archive) -> None:
    assert told_ids(news(archive, alert("port perdu"))) == ["none"]
    assert len(told_ids(news(archive, alert("port perdu", any_word=True)))) == 4
    assert told_ids(news(archive, alert("port", since="2019"))) == ["new", "day"]
    assert told_ids(news(archive, alert("port", until="2019"))) == ["old"]
    assert told_ids(news(archive, alert("port rien"))) == []
    assert told_ids(news(archive, alert("port rien", within="article"))) == ["new", "old"]
    with pytest.raises(QueryError):
        news(archive, alert("colour:red"))


def changed(archive_of: Opener, before: list[Article], after: list[Article]) -> list[tuple[str, bool]]:
    known = matching(archive_of(*before), alert())
    return [(one.hit.article, one.changed) for one in news(archive_of(*after), alert(known=known))[0]]


def test_what_was_edited_is_new_if_other_text_matches(archive_of: Opener) -> None:
    one = Article("a", "Titre", ("Un port.", "Rien."))
    for same in (
        Article("a", "Un autre titre", ("Encore rien.", "Un  port. ", "Rien du tout.")),
        Article("moved", "Titre", ("Un port.",), date="2020"),
    ):
        assert changed(archive_of, [one], [same]) == []
    for other in (("Un port !",), ("Un port.", "Le port."), ("Un", "port")):
        assert changed(archive_of, [one], [Article("a", "", other)]) == [("a", True)]
    assert changed(archive_of, [Article("a", "", ("Un quai.",))], [one]) == [("a", False)]


def test_of_several_with_one_text_those_are_told_that_are_more(archive_of: Opener) -> None:
    def those(*ids: str) -> list[Article]:
        return [Article(one, "", ("Un port.",)) for one in ids]

    assert changed(archive_of, those("a"), those("a", "b")) == [("b", False)]
    assert changed(archive_of, those("b"), those("a", "b", "c")) == [("a", False), ("c", False)]
    assert len(changed(archive_of, those("a", "b"), those("c", "d", "e"))) == 1
    assert changed(archive_of, those("a", "b"), those("b")) == []


def test_near_copies_stand_together(archive_of: Opener) -> None:
    archive = archive_of(
        paper("nord", "Nord", "2019-03-13", tuple(text.replace("lundi", "hier") for text in WIRE)),
        paper("afp", "AFP", "2019-03-11", WIRE),
        paper("phare", "Phare", "2019-03-12", WIRE[1:]),
        paper("else", "Phare", "2019-03-12", ("La tempête.",)),
    )
    tempest = alert("tempête")
    told, _ = news(archive, tempest)
    assert [one.hit.article for one in told] == ["nord", "phare", "else", "afp"]
    shown = together(archive, tempest, told)
    assert [(one.hit.article, [v.article for v in one.hit.variants]) for one in shown] == [
        ("nord", ["phare", "afp"]),
        ("else", []),
    ]
    known = frozenset(matching(archive, alert("tempête", until="2019-03-12")))
    late = together(archive, tempest, news(archive, alert("tempête", known=known))[0])
    assert [(one.hit.article, one.hit.variants) for one in late] == [("nord", ())]
    assert [one.hit.rank for one in numbered(list(shown))] == [1, 2]


def test_what_it_would_have_told(archive: Archive) -> None:
    def would(times: str, unit: str = "day", **fields: object) -> tuple[list[tuple[str, str | None]], int]:
        told, unplaced = backtest(archive, alert(**fields), times, unit)  # type: ignore[arg-type]
        return [(one.hit.article, one.period) for one in told], unplaced

    assert would("2020") == ([("new", "2020-05-03"), ("day", "2020-05-03")], 1)
    assert would("1900..1902") == ([], 2)
    assert would("1900..1902", "year") == ([("old", "1901")], 1)
    assert would("1901..", "year")[0] == [("old", "1901"), ("new", "2020"), ("day", "2020")]
    assert would("..2020-05-02", "month") == ([], 2)
    assert would("2020-05-03..2020-05-03")[0] == would("2020")[0]
    assert would("2020", "week", known=matching(archive, alert()))[0][0] == ("new", "2020-W18")
    assert would("1800..2020", "year", since="2019") == ([("new", "2020"), ("day", "2020")], 0)


@pytest.mark.parametrize("times", ["", "..", "2020..2019"])
def test_times_that_are_none(archive: Archive, times: str) -> None:
    with pytest.raises(SearchError, match=r"^--backtest: expected times such as 2019\.\.2020 or 2019-05, found "):
        backtest(archive, alert(), times, "day")


def test_a_date_that_is_none(archive: Archive) -> None:
    with pytest.raises(SearchError, match=r"^--backtest: expected a date"):
        backtest(archive, alert(), "hop..2020", "day")


@pytest.mark.parametrize("name", ["calais", "Grève-2020_b.x", "é", "a" * 64])
def test_names(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["", "-a", "a b", "a/b", "a\n", ".a", "a" * 65, "\u202ea"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(SearchError, match=r'^expected a name of up to 64 letters, digits, "\.", "_" or "-", found "'):
        check_name(name)
