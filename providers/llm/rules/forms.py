"""A subject in the form that its place in a phrase asks for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from providers.llm.rules import korean, questions
from providers.llm.rules.articles import is_determined, is_name, with_preposition

_PLACE = re.compile(r"\{([sSdDqQp])(?::(\w+))?\}")
_QUOTED_PLACE = re.compile(r"([“„«「‘])\{s\}")
_MARKS_AROUND = " .。।!！,，、;；:：…¡"
_QUESTION_MARKS = "?？؟"
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»", "「": "」", "‘": "’", "'": "'", "『": "』"}
_DOUBLE = re.compile(r"[\"“”„«»「」]")
_INSIDE = {"“": "‘’", "„": "‘’", "«": "“”", "「": "『』", "‘": "“”"}
_BRACKETS = tuple(map(tuple, ("()", "[]", "{}", "（）", "「」", "“”", "«»")))
_ELIDED = re.compile(r"^[LD]['’][^\W\d_]")
# What a sentence's beginning gave a capital, and the middle of one takes back.
_SMALL: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the a an my our your this that these those why how what who when where which is are "
        "can do does",
        "es": "el la los las un una mi tu su por cómo como qué quién cuál cuándo dónde",
        "fr": "le la les un une des du mon ma mes notre nos pourquoi comment que quoi qui quel "
        "quelle quand où",
        "de": "der die das ein eine mein meine unser warum wieso wie was wer wann wo welche",
        "pt": "o a os as um uma meu minha por como que quem qual quando onde",
        "it": "il lo la i gli le un uno una perché come che cosa chi quale quando dove",
        "ru": "почему зачем как что кто где когда",
        "uk": "чому як що хто де коли",
        "pl": "dlaczego jak co kto gdzie kiedy czy",
        "nl": "de het een waarom hoe wat wie waar wanneer",
        "tr": "neden nasıl niçin",
        "vi": "vì tại",
        "id": "mengapa kenapa bagaimana apa siapa cara",
    }.items()
}


@dataclass(frozen=True)
class Subject:
    """What a film is about, in the prompt's own words, and in a language.

    `told` is set where those words are in a case: with the preposition that they stand after.
    """

    text: str
    language: str
    told: str = ""

    @classmethod
    def of(cls, words: str, language: str, *, told: str = "") -> Subject:
        """Without quotation marks around it and marks at its end, unless nothing is left."""
        text = " ".join(words.split())
        for _ in range(3):
            text = _unquoted(text.strip(_MARKS_AROUND))
        if text.strip("¿") != text and not text.endswith("?"):
            text = text.strip("¿")
        return cls(_paired(text) or words.strip(), language.split("-")[0].lower(), told)

    @cached_property
    def asks(self) -> bool:
        """Whether it is a question."""
        return questions.asks(self.text, self.language) is not None

    @cached_property
    def name(self) -> str:
        """Without a question's marks."""
        return self.text.strip("¿").rstrip(_QUESTION_MARKS + " ") or self.text

    def fits(self, phrase: str) -> bool:
        """Whether the phrase is right with this subject in it."""
        for place, form in _PLACE.findall(phrase):
            if place not in "qQ" and (place == "p") != bool(self.told):
                return False
            if place in "dD" and (self.asks or not is_determined(self.name, self.language)):
                return False
            if place in "sS" and form and korean.sound_of(self.name) == "unknown":
                return False
        return True

    def said_in(self, phrase: str) -> str:
        """The phrase with the subject in its places."""
        quoted = _QUOTED_PLACE.sub(lambda match: match[1] + self._inside(match[1]), phrase)
        return _PLACE.sub(lambda match: self._form(match[1], match[2] or ""), quoted)

    def _form(self, place: str, form: str) -> str:
        if place in "qQ":
            said = questions.as_sentence(self.told or self.text, self.language)
        elif place == "p":
            return self.told
        elif place in "sS" and form:
            said = korean.with_particle(self.name, form)
        elif form:
            said = with_preposition(form, self._small, self.language)
        else:
            said = self.name
        return (
            _capital(said, self.language) if place.isupper() else _small_first(said, self.language)
        )

    @cached_property
    def _small(self) -> str:
        return _small_first(self.name, self.language)

    def _inside(self, opening: str) -> str:
        """For a place in quotation marks: its own are the inner ones."""
        marks = _DOUBLE.findall(self.name)
        inner = iter(_INSIDE[opening] * len(marks))
        return _DOUBLE.sub(lambda match: next(inner) if len(marks) % 2 == 0 else "", self._small)


def has_place(phrase: str) -> bool:
    """Whether the subject comes up in it."""
    return bool(_PLACE.search(phrase))


def _unquoted(text: str) -> str:
    closing = _QUOTES.get(text[:1])
    if closing and len(text) > 2 and text[-1] in closing and text[0] not in text[1:-1]:
        return text[1:-1].strip()
    return text


def _paired(text: str) -> str:
    """Without brackets and quotation marks that have no partner."""
    for opening, closing in _BRACKETS:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    return " ".join(text.split())


def _capital(text: str, language: str) -> str:
    place = next((i for i, c in enumerate(text) if c.isalnum()), 0)
    first, rest = text[place : place + 1], text[place + 1 :]
    if rest[:1].isupper() or not unicodedata.category(first or " ").startswith("L"):
        return text
    upper = "İ" if language == "tr" and first == "i" else first.upper()
    return text[:place] + (upper if len(upper) == 1 else first) + rest


def _small_first(text: str, language: str) -> str:
    """An article or a question word without the capital of a sentence; a title keeps it."""
    first, space, rest = text.partition(" ")
    word = first.lstrip("¿")
    if language in ("fr", "it") and _ELIDED.match(word):
        return first[:1].lower() + text[1:]
    goes_on = rest[:1].islower() or (language == "de" and rest[:1].isalpha())
    if word.lower() in _SMALL.get(language, ()) and is_name(word) and goes_on:
        return first.lower() + space + rest
    return text
