"""What files say of their language, as the code of ISO 639-1 that queries use."""

import unicodedata
from functools import lru_cache

from search.lazy import pattern

_NAMES = {
    "ar": "ara arabic arabe", "bg": "bul bulgarian bulgare", "ca": "cat catalan", "cs": "ces cze czech tcheque",
    "da": "dan danish danois dansk", "de": "deu ger german allemand deutsch", "el": "ell gre greek grec",
    "en": "eng english anglais", "es": "spa spanish espagnol espanol castellano", "et": "est estonian estonien",
    "eu": "eus baq basque", "fa": "fas per persian persan", "fi": "fin finnish finnois suomi",
    "fr": "fra fre french francais", "he": "heb hebrew hebreu", "hr": "hrv croatian croate",
    "hu": "hun hungarian hongrois", "it": "ita italian italien italiano", "ja": "jpn japanese japonais",
    "ko": "kor korean coreen", "lt": "lit lithuanian lituanien", "lv": "lav latvian letton",
    "nl": "nld dut dutch neerlandais nederlands", "no": "nor nob nno norwegian norvegien norsk",
    "pl": "pol polish polonais polski", "pt": "por portuguese portugais portugues", "ro": "ron rum romanian roumain",
    "ru": "rus russian russe", "sk": "slk slo slovak slovaque", "sl": "slv slovenian slovene",
    "sr": "srp serbian serbe", "sv": "swe swedish suedois svenska", "tr": "tur turkish turc",
    "uk": "ukr ukrainian ukrainien", "zh": "zho chi chinese chinois",
}  # fmt: skip
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_END = pattern(r"[-_,;/(\s.@]")


@lru_cache(maxsize=1024)
def code(text: str) -> str:
    """The code of a language that is given as a code, a locale (``fr_FR.UTF-8``) or a name (``français``); what is
    none of these stays as it is, in small letters."""
    plain = "".join(
        one for one in unicodedata.normalize("NFD", text.strip().lower()) if not unicodedata.combining(one)
    )
    first = _END.split(plain)[0]
    return _CODES.get(first, first if len(first) in (2, 3) else text.strip().lower())
