"""Subjects that a prompt has put in a case: they are told with the preposition they came with.

`Nakręć film o kawie` is about `kawie`, and no rule knows the nominative of every word; but
`Dziś porozmawiamy o kawie` is right. So is `Heute reden wir über den Mond`.
"""

from __future__ import annotations

import re

_ABOUT: dict[str, str] = {
    "ru": "об|обо|о|про",
    "uk": "про|об|о",
    "pl": r"na\s+temat|o",
    "de": "über|von",
}
_FOR = {"ru": "для", "uk": "для", "pl": "dla", "de": "für"}
# A German noun shows its case by its article; after "von" so does a feminine one.
_GERMAN_ARTICLE = re.compile(
    r"(?:den|dem|einen|einem|einer|(?:m|d|s|k)einen|(?:m|d|s|k)einem|(?:unser|euer|eur|ihr)e[nm]|"
    r"diese[nm])\s",
    re.IGNORECASE,
)
_GERMAN_DATIVE = re.compile(r"der\s", re.IGNORECASE)


def told_in(prompt: str, subject: str, language: str, *, offers: bool = False) -> str:
    """The subject with its preposition as in the prompt, or "" where it is in no case.

    A subject may bring its preposition itself. `offers`: for an advertisement, which may also be
    for something.
    """
    if language not in _ABOUT or not subject.strip():
        return ""
    prepositions = _ABOUT[language] + (f"|{_FOR[language]}" if offers else "")
    own = re.match(rf"({prepositions})\s+(\S.*)", subject, re.IGNORECASE | re.DOTALL)
    if own:
        return f"{own[1].lower()} {own[2]}" if _shows_case(own[1], own[2], language) else ""
    text = " ".join(prompt.split())
    found = re.search(rf"(?<!\w)({prepositions})\s+{re.escape(subject)}(?!\w)", text, re.IGNORECASE)
    if not found or not _shows_case(found[1], subject, language):
        return ""
    return f"{found[1].lower()} {subject}"


def _shows_case(preposition: str, subject: str, language: str) -> bool:
    if language != "de":
        return True
    is_dative = preposition.lower() == "von" and _GERMAN_DATIVE.match(subject)
    return bool(is_dative or _GERMAN_ARTICLE.match(subject))
