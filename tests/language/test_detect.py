"""The language of a text: by stop words where they tell, else by the library."""

import pytest

import search
from search import Article
from search.language import detect as module
from search.language.detect import detect

TEXTS = {
    "fr": "Le port de Calais a repris vie ce matin après trois jours de grève des marins de la compagnie.",
    "en": "The harbour of Dover was closed again this morning after three days of strikes by the ferry crews.",
    "es": "El puerto de Calais ha vuelto a abrir esta mañana después de tres días de huelga de los marineros.",
    "de": "Der Hafen von Calais wurde heute Morgen nach drei Tagen Streik der Seeleute wieder geöffnet.",
    "it": "Il porto di Calais ha riaperto questa mattina dopo tre giorni di sciopero dei marinai della compagnia.",
    "nl": "De haven van Calais is vanmorgen weer opengegaan na drie dagen staking van de zeelieden.",
    "ru": "Порт Кале снова открылся сегодня утром после трёх дней забастовки моряков паромной компании в городе.",
}


def test_the_index_knows_the_languages(tmp_path: object) -> None:
    index = f"{tmp_path}/index"
    articles = [Article(code, "", (text, text)) for code, text in TEXTS.items()]
    search.build(articles=[*articles, Article("said", "", (TEXTS["de"],), language="nb")], index=index)
    with search.open(index) as archive:
        assert archive.stats().languages == {**dict.fromkeys(TEXTS, 1), "nb": 1}


def test_clear_texts_do_not_wait_for_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_identifier", None)
    assert detect(TEXTS["fr"], 17, "fr", 9) == "fr"
    assert detect("Calais Douvres", 2, "fr", 0) == "fr"


def test_the_library_is_not_believed_if_it_is_unsure() -> None:
    assert detect("calais tunnel dupont 2019 martin zapata " * 3, 18, "en", 1) == "en"
