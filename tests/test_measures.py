"""Measures: against trec_eval's own code, whatever ties, and names that are none."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import search
from search import Article, SearchError
from search.cli.ranking import Asker, Asking
from search.measures import USUAL, Measures
from search.render.trec import run_line
from search.topics import Topic

WORDS = ("port", "quai", "phare")
TREC_EVAL = {"MRR": "recip_rank", "P@1": "P_1", "P@10": "P_10", "R@10": "recall_10", "R@100": "recall_100",
             "nDCG@10": "ndcg_cut_10", "AP": "map", "bpref": "bpref"}  # fmt: skip


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[search.Archive]:
    """Many articles with the same words, so that most scores are equal, with ids in no order."""
    folder = tmp_path_factory.mktemp("tied")
    articles = [
        Article(f"{number * 37 % 101:x}", "", (" ".join(WORDS[: number % 3 + 1]),), language="fr")
        for number in range(100)
    ]
    search.build(articles=[*articles, Article("a b", "", ("quai du phare",), language="fr")], index=folder)
    with search.open(folder) as archive:
        yield archive


def ranked(archive: search.Archive, depth: int) -> dict[str, list[tuple[str, float]]]:
    asker = Asker("topics", Asking(depth, "article", {"any_word": True, "plain": True}))
    topics = [Topic(1, word, word) for word in (*WORDS, "zorglub")] + [Topic(1, "all", " ".join(WORDS))]
    return {topic.id: ranking for topic, ranking in asker.rankings(archive, topics)}


def judged(archive: search.Archive) -> dict[str, dict[str, int]]:
    """Every seventh article is relevant, every fifth looked at; ids as runs name them."""
    every = sorted(archive.ids("", 1000))
    chosen = {one.replace(" ", "%20"): at % 3 for at, one in enumerate(every) if at % 7 == 0 or at % 5 == 0}
    return dict.fromkeys((*WORDS, "zorglub", "all"), chosen)


@pytest.mark.parametrize("depth", [1, 10, 1000])
def test_a_run_scores_the_same_in_trec_eval(tied: search.Archive, tmp_path: Path, depth: int) -> None:
    """Its code reads the run that is printed; topics without a hit count as 0 (``trec_eval -c``)."""
    pytest.importorskip("ir_measures")
    rankings, qrels = ranked(tied, depth), judged(tied)
    ours = Measures(USUAL).of(qrels, {topic: dict(ranking) for topic, ranking in rankings.items()})
    lines = [
        run_line(topic, name, rank, score, "x")
        for topic, ranking in rankings.items()
        for rank, (name, score) in enumerate(ranking, 1)
    ]
    assert len({line.split()[4] for line in lines if line.startswith("port ")}) == min(depth, 100)
    (tmp_path / "run").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "qrels").write_text(
        "\n".join(f"{topic} 0 {name} {value}" for topic, some in qrels.items() for name, value in some.items())
    )
    theirs = json.loads(
        subprocess.run([sys.executable, "-c", _PYTREC_EVAL, *TREC_EVAL.values()], cwd=tmp_path, capture_output=True)
        .stdout
    )  # fmt: skip
    assert set(theirs) == {*WORDS, "all"}
    for topic, values in ours.topics.items():
        for name, measure in TREC_EVAL.items():
            assert values[name] == (theirs[topic][measure] if topic in theirs else 0.0), (topic, name)
    for name, measure in TREC_EVAL.items():
        assert ours.means[name] == pytest.approx(sum(one[measure] for one in theirs.values()) / len(qrels), abs=1e-12)


_PYTREC_EVAL = """
import json, sys, pytrec_eval
run, qrels = pytrec_eval.parse_run(open("run")), pytrec_eval.parse_qrel(open("qrels"))
print(json.dumps(pytrec_eval.RelevanceEvaluator(qrels, set(sys.argv[1:])).evaluate(run)))
"""


def test_where_scores_tie_our_order_counts(tied: search.Archive) -> None:
    """trec_eval would take articles of one score by their ids, the last first."""
    pytest.importorskip("ir_measures")
    (first, _), (second, _), *_ = ranked(tied, 1000)["port"]
    assert tied.search("port", limit=2).hits[0].score == tied.search("port", limit=2).hits[1].score
    for name, rank in ((first, 1.0), (second, 0.5)):
        found = Measures(["MRR"]).of({"port": {name: 1}}, {"port": dict(ranked(tied, 1000)["port"])})
        assert found.means["MRR"] == rank


def test_where_nothing_is_found_all_is_0() -> None:
    pytest.importorskip("ir_measures")
    found = Measures(USUAL).of({"a": {"x": 1}, "b": {"y": 1}}, {"a": {}, "b": {}})
    assert set(found.means.values()) == {0.0}
    assert set(found.topics) == {"a", "b"}


def test_names_in_any_letters_and_what_they_stand_for() -> None:
    pytest.importorskip("ir_measures")
    names = ("mrr", "RR", "map", "p@3", "NDCG@5", "Judged@2", "rr@10", "P(rel=2)@1", "bpref")
    found = Measures(names).of({"a": {"x": 1, "z": 2}}, {"a": {"y": 2.0, "x": 1.0}})
    assert Measures(names).names == names
    assert found.means["mrr"] == found.means["RR"] == found.means["rr@10"] == 0.5
    assert (found.means["map"], found.means["Judged@2"], found.means["P(rel=2)@1"]) == (0.25, 0.5, 0.0)


@pytest.mark.parametrize(
    "name",
    ["foo", "", "P", "P@0", "P@-1", "P@True", "nDCG@2.5", "R(cutoff=0)", "P@3;P@4", "ERR@10", "RBP", "1+1", "P@("],
)
def test_what_is_no_measure(name: str) -> None:
    pytest.importorskip("ir_measures")
    with pytest.raises(SearchError) as refused:
        Measures(["MRR", name])
    assert str(refused.value) == (
        f'expected a measure such as MRR, P@1, P@10, R@10, R@100, nDCG@10, AP, bpref, found "{name}"'
    )
