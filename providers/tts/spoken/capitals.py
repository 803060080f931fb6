"""Abbreviations, initials and Roman numerals."""

from __future__ import annotations

import re

from providers.tts.spoken import scripts
from providers.tts.spoken.draft import Foreign, Found, Rule
from providers.tts.spoken.language import Language, language_of
from providers.tts.spoken.units import signs_of

_ROMAN = r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_ROMAN_RULE = re.compile(
    rf"(?<![\ufffcA-Za-z\u00c0-\u024f\d.&'’-])(?P<roman>(?=[IVXLCDM]){_ROMAN})(?![A-Za-z\u00c0-\u024f\d&'’]|-\w)"
)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CASED_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff]{2,}")
_PARTED = re.compile(r"\.(?=\w)")
_BEFORE_NUMBER = re.compile(r"\s?(?:\d|[IVX]+\b)")
_NEW_SENTENCE = re.compile(r"[\"'”’)»]?\s+[^\W\d_a-zà-ÿа-яё]")
_DOTTED = re.compile(r"(?<!\w)(?P<letters>(?:[^\W\d_]\.){2,8})(?!\w)")
_INITIAL = re.compile(r"(?<!\w)(?P<letter>[^\W\d_])\.(?=\s?[^\W\d_])(?-i:)")
_CAPITALS = re.compile(
    r"(?<![A-Za-z\u00c0-\u024f'’])(?P<letters>[A-Z]{1,5}(?:&[A-Z])?[A-Z]?)(?P<plural>(?<=[A-Z]{2})['’]?s)?(?![a-z\u00c0-\u024f])(?!['’][a-z]{2})"
)
_VOWELS = "AEIOUY"
_ONSETS = re.compile(
    r"(?:[BCDFGHJKLMNPQRSTVWXZ]|[BCFGPK][LR]|[DT]R|S[CKLMNPTW]|SH|CH|TH|PH|WH|QU|ST?R)?[AEIOUY]"
)
_SYLLABLES = re.compile(
    r"(?:[BCDFGHJKLMNPQRSTVWXZ]?(?:[LR](?=[AEIOUY]))?[AEIOUY]{1,2}[BCDFGKLMNPRSTWXZ]{0,2})+\Z"
)


def abbreviations(language: Language) -> tuple[Rule, ...]:
    """The language's own, and initials with points, before numbers take the points away."""
    made = []
    if language.abbreviations:
        both = {
            form for name in language.abbreviations for form in (name, name[0].upper() + name[1:])
        }
        names = sorted(both, key=lambda name: (-len(name), name))
        pattern = "|".join(re.escape(name).replace(r"\ ", r"[ \u00a0\u202f]?") for name in names)
        made.append(Rule(re.compile(rf"(?<![\w.])(?P<name>{pattern})(?![^\W\d])"), _abbreviation))
    return (*made, Rule(_DOTTED, _dotted), Rule(_INITIAL, _initial))


def rules(language: Language) -> tuple[Rule, ...]:
    """Roman numerals, then letters that are said one by one."""
    return (Rule(_ROMAN_RULE, _roman), Rule(_CAPITALS, _capitals))


def _abbreviation(found: Found) -> str | None:
    language = found.language
    key = re.sub(r"[\u00a0\u202f ]", " ", found["name"])
    known = language.abbreviations
    key = key if key in known or _PARTED.sub(". ", key) in known else key[0].lower() + key[1:]
    key = next((k for k in (key, key.replace(" ", ""), _PARTED.sub(". ", key)) if k in known), "")
    if not key or (key in language.before_number and not _BEFORE_NUMBER.match(found.after)):
        return None
    if found.before[-2:].strip().isdigit() and key.rstrip(".") in signs_of(language.tag):
        return None
    at_end = not found.after.strip(" \"'”’)»")
    ends = at_end or (key in language.closing and _NEW_SENTENCE.match(found.after))
    return known[key] + ("." if found.text.endswith(".") and ends else "")


def _dotted(found: Found) -> str | Foreign:
    ends = "." if not found.after.strip(" \"'”’)»") else ""
    return _spelled(found["letters"].replace(".", ""), found.language, ends)


def _initial(found: Found) -> str | Foreign | None:
    letter = found["letter"]
    return _spelled(letter, found.language, "") if letter.isupper() else None


def _spelled(letters: str, language: Language, ends: str = "") -> str | Foreign:
    """Letters by their names, in the language if it names Latin letters, else in English."""
    own = not letters.isascii() or "LATIN" in scripts.own_scripts(language.tag)
    foreign = not own and language.letters is None
    speaker = language_of("en") if foreign else language
    names = speaker.letters or {}
    space = "" if speaker.joined else " "
    if len(letters) > 1 and letters.isalpha() and set(letters) & set(speaker.kept_initials):
        said = letters.upper() + ends
        return Foreign(said, "en") if foreign else said
    names = {**names, "&": speaker.signs.get("&", "")}
    said = space.join(names.get(letter.upper(), letter.upper()) for letter in letters) + ends
    return Foreign(said, "en") if foreign else said


def _capitals(found: Found) -> str | Foreign | None:
    letters, language = found["letters"], found.language
    if len(letters) == 1:
        if re.match(r"-[A-Za-z]{2}", found.after):
            return None
        beside_number = found.after[:1].isdigit() or re.match(r"-\d", found.after)
        other_script = "LATIN" not in scripts.own_scripts(language.tag)
        return _spelled(letters, language) if beside_number or other_script else None
    if found.after[:1].isalpha() and found.after[:1].isascii():
        return None
    if not _is_initials(letters, found):
        return None
    said = _spelled(letters, language)
    if not found["plural"] or isinstance(said, Foreign):
        return said
    return f"{said}'s" if " " in said else f"{said}s"


def _is_initials(letters: str, found: Found) -> bool:
    """Whether capitals are said letter by letter: no word could be, or it is known to be."""
    language = found.language
    if letters in language.initials:
        return True
    if letters in language.shouted:
        return False
    if "&" in letters or not any(letter in _VOWELS for letter in letters):
        return True
    if _in_shout(found):
        return False
    can_be_said = bool(_ONSETS.match(letters)) and bool(_SYLLABLES.match(letters))
    closed = letters[0] not in _VOWELS and letters[-1] not in _VOWELS
    return not (can_be_said and (len(letters) >= 4 or (len(letters) == 3 and closed)))


def _in_shout(found: Found) -> bool:
    """Whether the words beside it are in capitals too."""
    around = _CASED_WORD.findall(found.before)[-2:] + _CASED_WORD.findall(found.after)[:2]
    loud = [word for word in around if word.isupper()]
    return len(loud) * 2 >= len(around) and (len(loud) > 2 or any(len(w) > 4 for w in loud))


def _roman(found: Found) -> str | None:
    value = roman_value(found["roman"])
    language = found.language
    if language.roman is not None:
        return language.roman(value, found)
    previous = re.search(r"([^\W\d_]+) $", found.before)
    if previous and previous[1] in language.rulers:
        return language.nth(value, found.before, found.after)
    clear = len(found.text) >= 2 and not set(found.text) & set("LCDM")
    return language.count(value, "", "") if clear else None


def roman_value(numeral: str) -> int:
    """`XIV` as 14."""
    values = [_VALUES[letter] for letter in numeral]
    later = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, later, strict=True)
    )
