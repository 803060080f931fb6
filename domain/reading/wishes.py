"""What a topic asks for, beside its subject: a kind of film, its length, its scenes, a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from unicode_rbnf import RbnfEngine

from domain.reading.model import Asks
from domain.reading.vocabulary import VOCABULARY, Vocabulary

MAX_LISTED = 20
MAX_LENGTH_S = 600
_END = r"[\s.!?。！？…।؟~～]*$"
_WORD = r"[^\s:：,，.;!?]{1,30}"
# Nouns that say only that a list is one: what it is about is its subject.
_PLAIN_FACTS: dict[str, str] = {
    "en": r"(?:fun |interesting |surprising |amazing |weird |quick )?(?:facts?|things|truths)(?: (?:you (?:should|must|need to)|everyone should|to) know)?",
    "es": r"(?:datos|hechos|cosas|curiosidades)(?: (?:curios[oa]s|interesantes|sorprendentes))?",
    "fr": r"(?:faits|choses|anecdotes)(?: (?:étonnant[e]?s|intéressant[e]?s|surprenant[e]?s|à savoir))?",
    "de": r"(?:spannende |interessante |überraschende )?(?:fakten|dinge)", "pt": r"(?:fatos|factos|coisas|curiosidades)(?: (?:curios[oa]s|interessantes))?",
    "it": r"(?:fatti|cose|curiosità)(?: (?:interessanti|sorprendenti))?", "ru": r"(?:интересн\w+ |удивительн\w+ )?(?:факт\w*|вещ\w*)", "uk": r"(?:цікав\w+ )?(?:факт\w*|реч\w*)",
    "pl": r"(?:ciekaw\w+ )?(?:fakt\w*|ciekawost\w*|rzecz\w*)", "nl": r"(?:leuke )?(?:feiten|weetjes|dingen)", "id": r"(?:fakta|hal)(?: (?:menarik|unik))?", "vi": r"(?:sự thật|điều)(?: (?:thú vị|bất ngờ))?",
    "ar": r"(?:حقائق|معلومات|أشياء)(?: (?:مثيرة|مدهشة|غريبة))?", "ko": r"(?:놀라운\s*|재미있는\s*|신기한\s*)?(?:사실|상식|것|이야기|정보)(?:들)?", "ja": r"(?:面白い|驚きの|意外な)?(?:事実|こと|豆知識|知識)",
    "zh": r"(?:有趣的?|惊人的?|冷)?(?:事实|事實|知识|知識|事)", "tr": r"(?:ilginç |şaşırtıcı )?(?:bilgi|gerçek|şey)", "hi": r"(?:रोचक |मज़ेदार |दिलचस्प )?(?:तथ्य|बातें|बात|चीज़ें|चीजें)", "th": r"(?:ข้อเท็จจริง|สิ่ง|เรื่อง)",
}  # fmt: skip
_MORE_NUMBERS: dict[str, str] = {
    "ko": "두2 세3 네4 다섯5 여섯6 일곱7 여덟8 아홉9 열10",
    "zh": "两2 兩2",
    "ar": "ثلاث3 أربع4 خمس5 ست6 سبع7 ثماني8 ثمان8 تسع9 عشر10",
    "hi": "पांच5",
    "uk": "п'ять5 п’ять5 дві2 дев'ять9 дев’ять9",
    "ru": "две2",
    "es": "una1",
    "pt": "duas2",
    "pl": "dwie2",
}
_TOP = re.compile(
    r"(?P<number>(?:the |los |las |le |les |die |i |le |os |as |de )?(?:top|топ|トップ|탑)[ -]?(?P<n>\d{1,2}))(?!\d)\s*",
    re.IGNORECASE,
)
# A topic, and the command round it, is not longer.
_MAX_ASKED = 300


@dataclass(frozen=True)
class Wish:
    """A sentence that asks for a film, taken apart."""

    phrase: str
    """Without command and length, its count still there: what a title may say."""
    subject: str
    asks: Asks = "none"
    commanded: bool = False
    cuts: int | None = None
    length_s: int | None = None
    points: int = 0


@dataclass(frozen=True)
class _Patterns:
    """A language's words, as the patterns that are looked for."""

    commands: tuple[re.Pattern[str], ...]
    lengths: tuple[re.Pattern[str], ...]
    last_length: re.Pattern[str]
    cuts: re.Pattern[str]
    count: re.Pattern[str]
    about_plain: tuple[re.Pattern[str], ...]
    asks: tuple[tuple[Asks, re.Pattern[str]], ...]
    instruction: re.Pattern[str] | None
    introduction: re.Pattern[str]
    minute: re.Pattern[str]
    story: re.Pattern[str]
    ad: re.Pattern[str]


def wish_of(sentence: str, language: str) -> Wish:
    """What one sentence of a prompt asks for, in a BCP 47 `language` or in English."""
    text = " ".join(sentence.split())
    if len(text) > _MAX_ASKED:
        return Wish(phrase=text, subject=text)
    primary = language.split("-")[0].lower()
    for tag in dict.fromkeys(t for t in (primary, "en") if t in VOCABULARY):
        wish = _in_language(text, tag)
        if wish.commanded or wish.points or wish.asks != "none" or tag == "en":
            return wish
    return Wish(phrase=_plain(text), subject=_plain(text))


def is_instruction(sentence: str, language: str) -> bool:
    """Whether a sentence beside a command only says how the film is to be."""
    primary = language.split("-")[0].lower()
    tags = (tag for tag in (primary, "en") if tag in VOCABULARY)
    patterns = (pattern for tag in tags if (pattern := _patterns(tag).instruction))
    return any(pattern.match(sentence) for pattern in patterns)


def introduces_script(sentence: str, language: str) -> bool:
    """`Make a video of this script:`, and the like: what follows is to be kept."""
    if len(sentence) > _MAX_ASKED or not sentence.rstrip().endswith((":", "：")):
        return False
    primary = language.split("-")[0].lower()
    tags = (tag for tag in (primary, "en") if tag in VOCABULARY)
    return any(_patterns(tag).introduction.search(sentence) for tag in tags)


def _in_language(text: str, tag: str) -> Wish:
    patterns = _patterns(tag)
    shorter, length_s = _length(text, patterns)
    command = _commanded(shorter, patterns)
    if command is None and length_s is None:
        phrase, asked, cuts = text, None, None
    else:
        asked = command[1] if command else None
        phrase = command[0] if command else shorter
        if command and length_s is None:
            phrase, length_s = _taken_length(phrase, patterns.last_length, patterns)
        phrase, cuts = _cuts(phrase, patterns, tag)
    phrase = _plain(phrase) or _plain(text)
    subject, points = _count(phrase, patterns, tag)
    return Wish(
        phrase=phrase,
        subject=subject,
        asks=asked or _asks(subject, points, patterns),
        commanded=command is not None or length_s is not None,
        cuts=cuts,
        length_s=length_s,
        points=points,
    )


def _length(text: str, patterns: _Patterns) -> tuple[str, int | None]:
    """A length is the film's only beside a word for it."""
    for pattern in patterns.lengths:
        shorter, length_s = _taken_length(text, pattern, patterns)
        if length_s:
            return shorter, length_s
    return text, None


def _taken_length(
    text: str, pattern: re.Pattern[str], patterns: _Patterns
) -> tuple[str, int | None]:
    match = pattern.search(text)
    if match is None:
        return text, None
    number = int(match["n"]) * (60 if patterns.minute.fullmatch(match["unit"]) else 1)
    if not 3 <= number <= MAX_LENGTH_S:
        return text, None
    return " ".join(f"{text[: match.start('len')]} {text[match.end('len') :]}".split()), number


def _commanded(text: str, patterns: _Patterns) -> tuple[str, Asks | None] | None:
    """What is left of a command, and the kind of film that it names."""
    for pattern in patterns.commands:
        match = pattern.match(text)
        if match and any(c.isalnum() for c in match["x"]):
            named = match.groupdict().get("object") or ""
            is_story = bool(named and patterns.story.search(named))
            is_ad = bool(named and patterns.ad.search(named))
            return match["x"], "story" if is_story else "ad" if is_ad else None
    return None


def _cuts(phrase: str, patterns: _Patterns, tag: str) -> tuple[str, int | None]:
    match = patterns.cuts.search(phrase)
    number = _number(match["n"], tag) if match else None
    if not match or not number:
        return phrase, None
    return f"{phrase[: match.start()]} {phrase[match.end() :]}", number


def _count(phrase: str, patterns: _Patterns, tag: str) -> tuple[str, int]:
    match = _TOP.match(phrase) or patterns.count.search(phrase)
    number = _number(match["n"], tag) if match else None
    if not match or not number or not 2 <= number <= MAX_LISTED:
        return phrase, 0
    begin, end = match.span("number")
    left = _plain(f"{phrase[:begin]} {phrase[end:]}" if _is_spaced(tag) else phrase[:begin] + phrase[end:])
    for pattern in patterns.about_plain:
        if (found := pattern.match(left)) and any(c.isalnum() for c in found["x"]):
            return _plain(found["x"]), number
    return left or phrase, number


def _asks(subject: str, points: int, patterns: _Patterns) -> Asks:
    for kind, pattern in patterns.asks:
        if pattern.search(subject):
            return kind
    if points:
        return "facts"
    if patterns.story.search(subject) and patterns.story.search(subject[-12:]):
        return "story"
    if patterns.ad.search(subject[-12:]):
        return "ad"
    return "what" if subject.endswith(("?", "？", "؟")) else "none"


def _plain(text: str) -> str:
    """Without the marks that stand round a phrase; a question keeps its own."""
    text = " ".join(text.split()).strip(" .。,，、:：;!！-–—\u3000।।")
    for opening, closing in ('""', "“”", "«»", "„“", "「」", "『』", "‘’", "''"):
        if text.startswith(opening) and text.endswith(closing) and len(text) > 2:
            inner = text[1:-1]
            if opening not in inner and closing not in inner:
                return inner.strip(" .。,，")
    return text


def _number(text: str, tag: str) -> int | None:
    if text.isdecimal():
        return int(text)
    return _numbers(tag).get(text.lower())


@cache
def _numbers(tag: str) -> dict[str, int]:
    """Words for numbers, as CLDR spells them, and the forms that only counting has."""
    engine = RbnfEngine.for_language(tag)
    words = {engine.format_number(n).text.replace("\u200b", ""): n for n in range(2, 13)}
    more = re.findall(r"(\S+?)(\d+)(?:\s|$)", _MORE_NUMBERS.get(tag, ""))
    return {**words, **{word: int(number) for word, number in more}}


def _is_spaced(tag: str) -> bool:
    return tag in ("ko",) or VOCABULARY[tag].spaced


@cache
def _patterns(tag: str) -> _Patterns:
    words = VOCABULARY[tag]
    number = "|".join([r"\d{1,3}", *sorted(map(re.escape, _numbers(tag)), key=len, reverse=True)])
    gap = r"\s+" if words.spaced else r"\s*"
    unit = f"(?P<unit>{words.seconds}|{words.minutes})"
    edge = r"(?![^\W\d_])" if words.spaced else ""
    length = rf"(?<!\d)(?P<n>\d{{1,3}})\s?-?\s?{unit}{edge}(?:{words.long})?"
    film = f"(?:{words.video}|{words.story}|{words.ad})"
    before = rf"(?:(?:{words.before_length})\s+)?" if words.before_length else ""
    between = rf"(?:[\s-]+{_WORD}){{0,3}}?[\s-]+" if words.spaced else r"\s*(?:\S{1,6}\s?){0,2}?"
    story, ad = (_compiled(rf"\b(?:{w})\b" if words.spaced else w) for w in (words.story, words.ad))
    return _Patterns(
        commands=tuple(_compiled(pattern) for pattern in _commands(tag, words)),
        lengths=(
            _compiled(rf"(?P<len>{length}){between}(?={film})"),
            _compiled(rf"{film}(?:\s+{_WORD}){{0,2}}?[\s,]*(?P<len>{before}{length})"),
        ),
        last_length=_compiled(rf"(?P<len>[\s,，(（]*{before}{length}\s*[)）]?){_END}"),
        cuts=_compiled(rf"(?:{_with(tag)})?(?P<n>{number})\s*-?\s*(?:{words.scenes}){edge}(?:으로|로|で)?"),
        count=_compiled(_count_pattern(tag, words, number)),
        about_plain=tuple(_compiled(pattern) for pattern in _about_plain(tag, words, gap)),
        asks=tuple(_asked(words)),
        introduction=_compiled(_introduction(words, film)),
        instruction=_compiled(rf"(?:{words.instruction})\b") if words.instruction else None,
        minute=_compiled(words.minutes),
        story=story,
        ad=ad,
    )


def _introduction(words: Vocabulary, film: str) -> str:
    edge = r"\b" if words.spaced else ""
    verbs = "|".join(verb for verb in (words.make, words.ending) if verb)
    return rf"{edge}(?:{verbs}){edge}.*{edge}{film}|{edge}{film}.*(?:{verbs})"


def _with(tag: str) -> str:
    return r"\b(?:in|with|of|mit|con|com|en|avec|di|z|в|из|met|dengan|với|من)\s+" if VOCABULARY[tag].spaced else r"\s*"


def _commands(tag: str, words: Vocabulary) -> Iterator[str]:
    film = f"(?P<object>{words.video}|{words.story}|{words.ad})"
    polite = rf"(?:(?:{words.polite})[,，、!！]?\s*){{0,3}}" if words.polite else ""
    if tag == "zh":
        yield from _chinese(words, film, polite)
        return
    if words.tells_at_end:
        yield from _at_the_end(words, film, polite)
        return
    gap = r"\s+" if words.spaced else r"\s*"
    me = rf"(?:(?:{words.me})(?:,?{gap})){{0,2}}"
    adjectives = rf"(?:{_WORD}\s+){{0,5}}?" if words.spaced else ""
    after = rf"(?:\s+{_WORD}){{0,3}}?" if words.spaced else r"(?:สั้น|น่ารัก|สนุก|ๆ|\s){0,3}"
    about = rf"(?:{gap}(?:{words.about})(?:{gap}|(?<=['’]))|\s*[:：]\s*)"
    ending = rf"(?:\s*(?:{words.ending}))?" if words.ending else ""
    make = rf"{polite}(?:{words.make}){gap}{me}"
    yield rf"^{make}{adjectives}{film}{after}{about}(?P<x>\S.*?){ending}{_END}"
    if words.ending and words.spaced:
        yield rf"^(?:{words.polite})\s+{me}{adjectives}{film}{after}{about}(?P<x>\S.*?)\s+(?:{words.ending}){_END}"
    need_me = tag == "en"
    told = rf"(?:{words.tell}){gap}"
    pronoun = rf"(?:(?:{words.me})(?:,?{gap}))"
    plain_about = rf"(?:(?:{_TELL_ABOUT.get(tag, words.about)})(?:{gap}|(?<=['’])))"
    if need_me:
        yield rf"^{polite}(?:explain|describe)\s+{pronoun}?(?P<x>\S.*?){_END}"
        yield rf"^{polite}{told}(?:{pronoun}{plain_about}?|{plain_about})(?P<x>\S.*?){_END}"
    else:
        yield rf"^{polite}{told}{pronoun}?{plain_about}?(?P<x>\S.*?){ending}{_END}"
    # Without a verb a film of something may be its name: `A Tale of Two Cities`.
    before = rf"(?:{_WORD}\s+){{0,3}}?" if words.spaced else ""
    yield rf"^{before}{film}{after}{gap}(?:{_ONLY_ABOUT.get(tag, words.about)}){gap}(?P<x>\S.*?){_END}"
    advert = f"(?P<object>{words.ad})"
    yield rf"^{before}{advert}{after}{about}(?P<x>\S.*?){_END}"


# After `tell`, fewer words mean `about` than after `a film`.
_TELL_ABOUT: dict[str, str] = {
    "en": "about|of",
    "es": "sobre|acerca de|de(?= l[ao]s? )",
    "fr": r"sur|à propos d[eu]|l['’]histoire d[eu]|d[eu]s?|d['’]",
    "de": "über|von|vom",
    "pt": "sobre|acerca de",
    "it": r"di|del|della|dei|delle|sul|sulla|su|riguardo a",
    "ru": "о|об|обо|про",
    "uk": "про|о",
    "pl": "o|na temat",
    "nl": "over",
    "id": "tentang|mengenai|soal",
    "vi": "về",
    "ar": "عن|حول",
}


_ONLY_ABOUT: dict[str, str] = {
    **_TELL_ABOUT,
    "en": "about|explaining|on how|on why",
    "es": "sobre|acerca de",
    "fr": r"sur|à propos d[eu]",
    "de": "über",
    "it": r"su|sul|sulla|sull['’]|sui|sulle|riguardo a",
    "th": "เกี่ยวกับ|เรื่อง",
}


def _chinese(words: Vocabulary, film: str, polite: str) -> Iterator[str]:
    one = r"(?:一?[个個段条條部则則篇支])?"
    make = rf"{polite}(?:{words.make}){one}"
    yield rf"^{make}\s*(?:{words.about})(?P<x>.+?)的?\s*{film}{_END}"
    yield rf"^{make}(?:\S{{0,4}}?){film}[，,：:]?\s*(?:{words.about}|主题是|内容是|讲的是|[:：])(?P<x>.+?){_END}"
    yield rf"^{make}(?P<x>.+?)的?\s*{film}{_END}"
    yield rf"^{polite}(?:{words.about})(?P<x>.+?)的\s*{film}{_END}"
    yield rf"^{polite}(?:{words.tell})(?P<x>.{{2,}}?){_END}"


def _at_the_end(words: Vocabulary, film: str, polite: str) -> Iterator[str]:
    """Korean, Japanese, Turkish, Hindi: subject, what it is about, the film, the verb."""
    space = r"\s+" if words.spaced else r"\s*"
    about = rf"(?:{space}(?:{words.about}))?" if words.spaced else rf"\s*(?:{words.about})?\s*"
    adjectives = rf"(?:{space}{_WORD}){{0,2}}?" if words.spaced else ""
    me = rf"(?:(?:{words.me})\s+)?" if words.me else ""
    particle = r"(?:을|를|으로|로|も|を|で|का|को)?"
    counter = r"(?:\s*(?:하나|한\s*편|한\s*개|1本|一本))?"
    start = rf"^{polite}{me}"
    yield rf"{start}(?P<x>\S.*?){about}{adjectives}{space}{film}{particle}{counter}{particle}\s*(?:{words.ending}){_END}"
    yield rf"{start}(?P<x>\S.*?){about}{'' if not words.spaced else space}(?:を|을|를)?\s*(?:{words.tells_at_end}){_END}"
    must = rf"{space}(?:{words.about})" if words.spaced else rf"\s*(?:{words.about})"
    yield rf"{start}(?P<x>\S.*?){must}{adjectives}{space}{film}{_END}"


def _count_pattern(tag: str, words: Vocabulary, number: str) -> str:
    if tag == "ko":
        return rf"(?P<number>(?P<n>{number})\s*(?:가지|개의|개|선))(?![가-힣])|(?P<number2>)(?!)"
    if tag in ("ja", "zh"):
        return rf"(?P<number>(?<!\d)(?P<n>{number})\s*(?:{words.facts})(?:の)?)(?=.{{0,8}}(?:{_PLAIN_FACTS[tag]}|方法|理由|コツ|法|点|习惯|秘密|技巧|步骤|原因|建议|ポイント|習慣|選|$))"
    if tag == "th":
        return rf"(?P<number>(?<!\d)(?P<n>{number}))\s*(?=(?:{words.facts}))|(?:{words.facts})\s*(?P<number2>)(?!)"
    listed = rf"(?<!\w)(?P<number>(?:the\s+|les\s+|los\s+|las\s+|die\s+|i\s+|le\s+)?(?P<n>{number}))\s+(?=(?:{_WORD}\s+){{0,2}}?(?:{words.facts})(?!\w))"
    return listed


def _about_plain(tag: str, words: Vocabulary, gap: str) -> Iterator[str]:
    plain = _PLAIN_FACTS[tag]
    if tag in ("ko", "ja", "tr", "hi"):
        space = r"\s+" if words.spaced else r"\s*"
        yield rf"^(?P<x>\S.*?){space}(?:{words.about}){space}(?:{plain})(?:을|를)?$"
        yield rf"^(?:{plain})[:：\s]+(?P<x>\S.*)$"
    elif tag == "zh":
        yield rf"^(?:{words.about})(?P<x>.+?)的?(?:{plain})$"
        yield rf"^(?P<x>.+?)的(?:{plain})$"
    else:
        yield rf"^(?:{words.facts})[,\s]+(?P<x>(?:{words.why})(?![^\W\d_]).*)$"
        yield rf"^(?:{plain}){gap}(?:{words.about})(?:{gap}|(?<=['’]))(?P<x>\S.*)$"
        yield rf"^(?:{plain})\s*[:：]\s*(?P<x>\S.*)$"


def _asked(words: Vocabulary) -> Iterator[tuple[Asks, re.Pattern[str]]]:
    kinds: tuple[tuple[Asks, str], ...] = (
        ("why", words.why),
        ("how", words.how),
        ("who", words.who),
        ("when", words.when),
        ("what", words.what),
    )
    anywhere = not words.spaced or words.tells_at_end
    for kind, question in kinds:
        if words.spaced:
            begin = r"(?:^|\s)" if anywhere else r"^[¿«\"“]?\s*"
            yield kind, _compiled(rf"{begin}(?:{question})(?![^\W\d_])")
        else:
            yield kind, _compiled(question)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
