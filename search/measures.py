"""How good rankings are, by the judgements of people: measures as ``trec_eval`` has them.

They are computed by the library ir-measures, which calls the code of ``trec_eval`` itself (the extra ``eval``).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from search.errors import SearchError

MISSING = "measures need a library: pip install 'news-search[eval]'"

USUAL = ("MRR", "P@1", "P@10", "R@10", "R@100", "nDCG@10", "AP", "bpref")
"""What is measured if nothing else is asked for."""

_PROVIDERS = ("pytrec_eval", "judged", "msmarco")
"""The parts of the library that need nothing else, and take topics of any name."""

Judgements = Mapping[str, Mapping[str, int]]
"""By topic: how relevant each of its judged articles is."""

Run = Mapping[str, Mapping[str, float]]
"""By topic: the score of each article found."""


class Measured(NamedTuple):
    """The measures of a run, by their names: means over all topics, and those of each topic."""

    means: dict[str, float]
    topics: dict[str, dict[str, float]]


class Measures:
    """Some measures, in the order in which they are asked for; `SearchError` where one is not known."""

    def __init__(self, names: Sequence[str]) -> None:
        try:
            import ir_measures  # what few have, and only this command needs
        except ImportError:
            raise SearchError(MISSING) from None
        self._library: Any = ir_measures
        providers: Any = ir_measures.providers
        self._provider: Any = providers.FallbackProvider([providers.registry[name] for name in _PROVIDERS])
        self._parsed = {name: self._measure(name) for name in names}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the measures, as they were asked for."""
        return tuple(self._parsed)

    def of(self, judged: Judgements, run: Run) -> Measured:
        """The measures of a run, over the topics that are judged: of one with no article found, the least."""
        some = {topic: articles for topic, articles in run.items() if articles}  # trec_eval's code fails with none
        found = self._provider.calc([*dict.fromkeys(self._parsed.values())], judged, some)
        by_topic: dict[str, dict[Any, float]] = {topic: {} for topic in judged}
        for one in found.per_query:
            by_topic[one.query_id][one.measure] = float(one.value)
        return Measured(
            {name: float(found.aggregated[measure]) for name, measure in self._parsed.items()},
            {
                topic: {name: values[measure] for name, measure in self._parsed.items()}
                for topic, values in by_topic.items()
            },
        )

    def _measure(self, name: str) -> Any:
        """The library's measure of a name, whether its letters are small or large."""
        spelled = {one.lower(): one for one in self._library.measures.registry}
        bare = name.partition("@")[0].partition("(")[0]
        try:
            found = self._library.parse_measure(spelled.get(bare.lower(), bare) + name[len(bare) :])
            is_known = any(one.supports(found) for one in self._provider.providers)
        except Exception:  # the library has many ways to say no: NameError, ValueError, AssertionError, TypeError
            found, is_known = None, False
        if not is_known or type(first := found.params.get("cutoff", 1)) is not int or first < 1:
            raise SearchError(f'expected a measure such as {", ".join(USUAL)}, found "{name}"')
        return found
