"""Links, mail addresses, hashtags, mentions and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from providers.tts.spoken import scripts
from providers.tts.spoken.draft import Foreign, Found, Rule
from providers.tts.spoken.language import Language, language_of

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})"
_HOST = rf"(?P<host>(?:{_LABEL}\.){{1,6}}[A-Za-z]{{2,24}})"
_PATH = r"(?:[/?#][A-Za-z0-9_~%=&?#./+:@!-]*[A-Za-z0-9_=/])?/?"
_LINK = re.compile(
    rf"(?:https?://(?:www\.)?{_HOST}(?::\d+)?{_PATH}"
    rf"|(?<![\w@.])(?:www\.)?{_HOST.replace('?P<host>', '?P<bare>')}{_PATH})(?![\w@])"
)
_MAIL = re.compile(rf"(?<![\w.+-])(?P<user>[\w.+-]{{1,64}})@{_HOST}(?![\w-])")
_TAG = re.compile(
    r"(?<![\w&#])[#＃](?P<tag>(?=\d*[^\W\d_])[^\s#＃@.,!?;:()\"'…、。，！？।/]{1,140})"
)
_MENTION = re.compile(r"(?<![\w.@])@(?P<user>(?=[^\W_])[^\s@#,!?;:()\"'。、，！？]{1,40})")
_WORD = re.compile(r"\d+|[^\d_]+")
_TOP_LEVEL = frozenset("com org net info gov edu app dev shop blog online site store tv".split())
_LAST_YEAR = 2100
_PHONE = re.compile(
    r"(?<![\w.,/+:-])(?:"
    r"\+\d{1,3}(?:[ \u00a0.-]?\(?\d{1,4}\)?){2,6}"
    r"|\(\d{2,4}\)[ -]?\d{3,5}[ -]\d{4}"
    r"|\d{2,4}-\d{3,4}-\d{4}|\d{3}[. ]\d{3}[. ]\d{4}"
    r"|1\d{3}-\d{4}(?!\s*년)|1-\d{3}-\d{3}-\d{4}"
    r"|0\d{2,4}[ -]\d{5,8}"
    r"|(?:[78][ -])?\(?\d{2,4}\)?[ -]\d{3}[ -]\d{2}[ -]\d{2}"
    r"|0\d{1,4}[ -]\d{2,4}[ -]\d{3,4}|0\d(?:[ .]\d{2}){4}|0\d{8,11}"
    r")(?![\w/]|[.,:-]\d)"
)


def rules(language: Language) -> tuple[Rule, ...]:
    """Addresses first: nothing in them is a number or a sign."""
    return (
        Rule(_MAIL, _mail),
        Rule(_LINK, _link),
        Rule(_TAG, _tag),
        Rule(_MENTION, _mention),
        Rule(_PHONE, _phone),
    )


def _link(found: Found) -> str | Foreign | None:
    host = found["host"] or found["bare"]
    if found["bare"] and not found.text.startswith("www.") and not _is_host(host):
        return None
    return _in_latin(found, lambda language: _host(host, language))


def _mail(found: Found) -> str | Foreign:
    def said(language: Language) -> str:
        user = re.sub(r"[.]", f" {language.dot} ", found["user"])
        user = re.sub(r"[_+-]+", " ", user)
        return f"{_sub(user, language)} {language.at} {_host(found['host'], language)}"

    return _in_latin(found, said)


def _is_host(host: str) -> bool:
    """A name without `https://` or `www.` must end as sites do: `Dr.Who` and `e.g` do not."""
    top = host.rpartition(".")[2]
    return top.lower() in _TOP_LEVEL or (
        top.islower() and len(top) == 2 and len(host) > 5 and host.islower()
    )


def _host(host: str, language: Language) -> str:
    *labels, top = host.split(".")
    named = top.lower() in _TOP_LEVEL and top.lower() != "tv"
    said = [_sub(label.replace("-", " "), language) for label in labels]
    said.append(top if named else _letters(top, language))
    return f" {language.dot} ".join(said)


def _letters(text: str, language: Language) -> str:
    names = language.letters or {}
    return " ".join(names.get(letter, letter) for letter in text.upper())


def _in_latin(found: Found, said: object) -> str | Foreign:
    """An address is Latin: in a line of another script it is said in English."""
    assert callable(said)
    if "LATIN" in scripts.own_scripts(found.language.tag):
        return str(said(found.language))
    return Foreign(str(said(language_of("en"))), "en")


def _tag(found: Found) -> str:
    return _sub(_in_words(found["tag"]), found.language)


def _mention(found: Found) -> str:
    pattern = found.language.signs.get("@", "{0}")
    return pattern.format(_sub(_in_words(found["user"].replace(".", " ")), found.language))


def _in_words(name: str) -> str:
    """`WorldPeace` as `world peace`; capitals that are initials stay."""
    pieces = [piece for word in _WORD.findall(name) for piece in _humps(word)]
    return " ".join(
        p if len(p) > 1 and p.isupper() else p.replace("İ", "i").lower() for p in pieces
    )


def _humps(word: str) -> Iterator[str]:
    """`WorldPeace`, `NASAFacts` in pieces, each beginning with its capital."""
    begin = 0
    for place in range(1, len(word)):
        rises = word[place].isupper() and not word[place - 1].isupper()
        after_initials = (
            word[place - 1 : place + 1].isupper() and word[place + 1 : place + 2].islower()
        )
        if rises or after_initials:
            yield word[begin:place]
            begin = place
    yield word[begin:]


def _phone(found: Found) -> str | None:
    language = found.language
    if re.fullmatch(r"1\d{3}-\d{4}", found.text):
        first, second = map(int, found.text.split("-"))
        if first < second < _LAST_YEAR:
            return None
    plus = f"{language.signs.get('+', '')} " if found.text.startswith("+") else ""
    groups = re.findall(r"\d+", found.text)
    return plus + language.digit_group.join(map(language.telephone or language.spell, groups))


def _sub(text: str, language: Language) -> str:
    from providers.tts.spoken.parts import spoken_text

    return spoken_text(text, language.tag)
