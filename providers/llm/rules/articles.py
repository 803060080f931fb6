"""Articles: which subjects have one, and what prepositions make of it.

Spanish, Portuguese and Italian join a preposition to the article, French does and elides too.
"""

from __future__ import annotations

import re

_DETERMINERS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "the a an my our your his her its their this that these those all every some".split()
    ),
    "es": frozenset(
        "el la los las lo un una unos unas mi mis tu tus su sus nuestro nuestra nuestros nuestras "
        "este esta estos estas ese esa todo toda todos todas".split()
    ),
    "pt": frozenset(
        "o a os as um uma uns umas meu minha meus minhas seu sua seus suas nosso nossa nossos "
        "nossas este esta esse essa todo toda todos todas".split()
    ),
    "fr": frozenset(
        "le la les un une des du mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs "
        "ce cet cette ces tous toutes".split()
    ),
    "it": frozenset("il lo la i gli le un uno una questo questa questi queste tutti tutte".split()),
    "nl": frozenset("de het een mijn onze ons jouw uw zijn haar hun deze die dit dat alle".split()),
}
_ELIDED = {"fr": ("l'", "l’"), "it": ("l'", "l’", "un'", "un’")}
_PLURALS = {
    "en": re.compile(r"(?<![suiSUI])s$"),
    "es": re.compile(r"[aeoáéíóú]s$"),
    "pt": re.compile(r"(?:[aeoãõéô]|[aeiouóé]i|n)s$"),
}
# In English the last word of a phrase is its head, in Spanish and Portuguese the first.
_HEADS = {"en": -1, "es": 0, "pt": 0}
_GERUND = re.compile(r"[aeiouy]\w*ing$", re.IGNORECASE)
_JOINED: dict[str, dict[str, dict[str, str]]] = {
    "es": {"de": {"el": "del"}, "a": {"el": "al"}},
    "pt": {
        "de": {"o": "do", "a": "da", "os": "dos", "as": "das"},
        "em": {"o": "no", "a": "na", "os": "nos", "as": "nas", "um": "num", "uma": "numa"},
        "a": {"o": "ao", "a": "à", "os": "aos", "as": "às"},
        "por": {"o": "pelo", "a": "pela", "os": "pelos", "as": "pelas"},
    },
    "fr": {
        "de": {"le": "du", "les": "des", "des": "de", "du": "de"},
        "à": {"le": "au", "les": "aux"},
    },
    "it": {
        "di": dict(il="del", lo="dello", la="della", i="dei", gli="degli", le="delle"),
        "a": dict(il="al", lo="allo", la="alla", i="ai", gli="agli", le="alle"),
        "su": dict(il="sul", lo="sullo", la="sulla", i="sui", gli="sugli", le="sulle"),
        "da": dict(il="dal", lo="dallo", la="dalla", i="dai", gli="dagli", le="dalle"),
    },
}
_JOINED_ELIDED = {"di": "dell'", "a": "all'", "su": "sull'", "da": "dall'"}
# Words that begin with a vowel or a mute h, and some that only seem to.
_VOWEL = re.compile(r"^(?:[aàâæeéèêëiîïoôœuùûü]|h|y(?![aàâeéèoôu]))", re.IGNORECASE)
_ASPIRATED = re.compile(
    r"^(?:h(?:a(?:che|ie|ine|ll\b|llow|lte|mac|mbur|mster|nche|nd|ngar|nté|rcel|rde|ricot|rpe|"
    r"sard|sch|ut|uteur)|[ée]ri|[ée]ron|[ée]ros\b|[êe]tre|ibou|ip|it\b|obby|ockey|olland|omard|"
    r"ong|onte|ors|ot|ousse|oule|ublot|uit|utte|urle)|onz|oui\b|ouistiti|uhlan|yeti)",
    re.IGNORECASE,
)
_NAME = re.compile(r"^[^\W\d_a-z]")


def is_determined(subject: str, language: str) -> bool:
    """Whether it can stand in running text: it has an article or a number, or needs none."""
    determiners = _DETERMINERS.get(language)
    if determiners is None:
        return True
    words = subject.split()
    if not words:
        return False
    first = words[0].lower()
    if first in determiners or first.startswith(_ELIDED.get(language, ())) or first[0].isdigit():
        return True
    plural = _PLURALS.get(language)
    if plural and plural.search(words[_HEADS[language]]):
        return True
    if language == "en" and _GERUND.search(words[0]):
        return True
    return len(words) > 1 and is_name(words[0]) and is_name(words[-1])


def is_name(word: str) -> bool:
    """Whether it is written with a capital."""
    return bool(_NAME.match(word)) and word[0].isupper()


def with_preposition(preposition: str, subject: str, language: str) -> str:
    """`de` + `el café` is `del café`; the article of a name such as El Salvador stays."""
    first, _, rest = subject.partition(" ")
    joined = _JOINED.get(language, {}).get(preposition, {}).get(first)
    if language == "it" and first.lower().startswith(_ELIDED["it"][:2]):
        return _JOINED_ELIDED[preposition] + subject[2:]
    if joined and rest:
        if first in ("des", "du") and language == "fr":
            return with_preposition(preposition, rest, language)
        return f"{joined} {rest}"
    if language == "fr" and preposition == "de" and elides(subject):
        return f"d'{subject}"
    return f"{preposition} {subject}"


def elides(word: str) -> bool:
    """Whether a French `de` or `le` loses its vowel before it."""
    return bool(_VOWEL.match(word)) and not _ASPIRATED.match(word)
