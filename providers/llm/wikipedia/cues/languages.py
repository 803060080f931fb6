"""Which languages have cues."""

from __future__ import annotations

from dataclasses import replace

from providers.llm.wikipedia.cues.cues import Cues
from providers.llm.wikipedia.cues.east_asian import CHINESE, JAPANESE, KOREAN
from providers.llm.wikipedia.cues.english import ENGLISH
from providers.llm.wikipedia.cues.others import ARABIC, GERMAN, INDONESIAN, RUSSIAN
from providers.llm.wikipedia.cues.romance import FRENCH, ITALIAN, PORTUGUESE, SPANISH

LANGUAGES: dict[str, Cues] = {
    "ar": ARABIC,
    "de": GERMAN,
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "id": INDONESIAN,
    "it": ITALIAN,
    "ja": JAPANESE,
    "ko": KOREAN,
    "pt": PORTUGUESE,
    "ru": RUSSIAN,
    "zh": CHINESE,
}
NEVER = r"(?!)"
# Of a language that is not known nothing can be told apart.
UNKNOWN = Cues(
    stop=frozenset(),
    because=NEVER,
    manner=NEVER,
    striking=r"%",
    dull=NEVER,
    leans=NEVER,
    points_back=NEVER,
    drops=NEVER,
    # Whatever stands in brackets may hold something.
    holds=r".",
    line="Wikipedia, “{title}”.",
    card="Wikipedia, “{title}” · CC BY-SA 4.0",
)

# A definition's brackets hold names, sounds and dates.
UNKNOWN_DEFINITION = replace(UNKNOWN, holds=NEVER)


def cues_of(language: str) -> Cues:
    """Of a BCP 47 tag's language; `UNKNOWN` where there are none."""
    found = LANGUAGES.get(language.split("-")[0].lower(), UNKNOWN)
    if language.lower() in ("zh-tw", "zh-hk", "zh-hant"):
        return replace(
            found,
            line="資料來源：維基百科《{title}》。",
            card="資料來源：維基百科《{title}》 · CC BY-SA 4.0",
        )
    return found
