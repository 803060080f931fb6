"""Commands for a film, as patterns: `make me a video about …`, `…에 대한 영상 만들어줘`."""

from __future__ import annotations

from collections.abc import Iterator

from domain.reading.vocabulary import ONLY_ABOUT, TELL_ABOUT, Vocabulary

END = r"[\s.!?。！？…।؟~～]*$"
WORD = r"[^\s:：,，.;!?]{1,30}"
_REST = rf"(?P<x>\S.*?){END}"


def commands(tag: str, words: Vocabulary) -> Iterator[str]:
    """Each with the group `x`, what is left, and where it names one `object`, the kind of film."""
    film = f"(?P<object>{words.video}|{words.story}|{words.ad})"
    polite = rf"(?:(?:{words.polite})[,，、!！]?\s*){{0,3}}" if words.polite else ""
    if tag == "zh":
        yield from _chinese(words, film, polite)
    elif words.tells_at_end:
        yield from _at_the_end(tag, words, film, polite)
    else:
        yield from _at_the_beginning(tag, words, film, polite)


def _at_the_beginning(tag: str, words: Vocabulary, film: str, polite: str) -> Iterator[str]:
    gap = r"\s+" if words.spaced else r"\s*"
    apart = rf"(?:{gap}|(?<=['’]))"
    me = rf"(?:(?:{words.me})(?:,?{gap}))"
    adjectives = rf"(?:{WORD}\s+){{0,5}}?" if words.spaced else ""
    after = rf"(?:\s+{WORD}){{0,3}}?" if words.spaced else r"(?:สั้น|น่ารัก|สนุก|ๆ|\s){0,3}"
    about = rf"(?:{gap}(?:{words.about}){apart}|\s*[:：]\s*)"
    ending = rf"(?:\s*(?:{words.ending}))?" if words.ending else ""
    asked = rf"{me}{{0,2}}{adjectives}{film}{after}{about}(?P<x>\S.*?)"
    verb = rf"^{polite}(?:{words.make}|{words.tell}){gap}"
    if tag in ONLY_ABOUT and words.spaced:
        # `… for beginners about knots` is about knots.
        # `… of 4 facts about honey` is of four.
        free = rf"(?!\S*\d|(?:{words.facts})(?!\w)){WORD}"
        far = rf"(?:\s+{free}){{0,6}}?{gap}(?:{ONLY_ABOUT[tag]}){gap}"
        yield rf"{verb}{me}{{0,2}}{adjectives}{film}{far}(?P<x>\S.*?){ending}{END}"
    yield rf"{verb}{asked}{ending}{END}"
    if words.ending and words.spaced:
        yield rf"^(?:{words.polite})\s+{asked}\s+(?:{words.ending}){END}"
    yield from _telling(tag, words, polite, gap, ending)
    # Without a verb a film of something may be its name: `A Tale of Two Cities`.
    before = rf"(?:{WORD}\s+){{0,3}}?" if words.spaced else ""
    only = ONLY_ABOUT.get(tag, words.about)
    yield rf"^{before}{film}{after}{gap}(?:{only}){gap}{_REST}"
    yield rf"^{before}{film}\s*[:：]\s*{_REST}"
    yield rf"^{before}(?P<object>{words.ad}){after}{about}{_REST}"


def _telling(tag: str, words: Vocabulary, polite: str, gap: str, ending: str) -> Iterator[str]:
    me = rf"(?:(?:{words.me})(?:,?{gap}))"
    about = rf"(?:(?:{TELL_ABOUT.get(tag, words.about)})(?:{gap}|(?<=['’])))"
    told = rf"^{polite}(?:{words.tell}){gap}"
    if tag == "en":
        # `Tell no lies` asks for nothing.
        yield rf"^{polite}(?:explain|describe)\s+{me}?{_REST}"
        yield rf"{told}(?:{me}{about}?|{about}){_REST}"
    else:
        yield rf"{told}{me}?{about}?(?P<x>\S.*?){ending}{END}"


def _chinese(words: Vocabulary, film: str, polite: str) -> Iterator[str]:
    one = r"(?:一?[个個段条條部则則篇支])?"
    make = rf"{polite}(?:{words.make}){one}"
    theme = rf"(?:{words.about}|主题是|内容是|讲的是|[:：])"
    yield rf"^{make}\s*(?:{words.about})(?P<x>.+?)的?\s*{film}{END}"
    yield rf"^{make}(?:\S{{0,4}}?){film}[，,：:]?\s*{theme}(?P<x>.+?){END}"
    yield rf"^{make}(?P<x>.+?)的?\s*{film}{END}"
    yield rf"^{polite}(?:{words.about})(?P<x>.+?)的\s*{film}{END}"
    yield rf"^{polite}(?:{words.tell})(?P<x>.{{2,}}?){END}"
    yield rf"^{film}\s*[:：]\s*{_REST}"


def _at_the_end(tag: str, words: Vocabulary, film: str, polite: str) -> Iterator[str]:
    """Korean, Japanese, Turkish, Hindi: subject, what it is about, the film, the verb."""
    space = r"\s+" if words.spaced else r"\s*"
    about = rf"(?:{space}(?:{words.about}))?" if words.spaced else rf"\s*(?:{words.about})?\s*"
    adjectives = rf"(?:{space}{WORD}){{0,2}}?" if words.spaced else ""
    me = rf"(?:(?:{words.me})\s+)?" if words.me else ""
    particle = r"(?:을|를|으로|로|も|を|で|का|को)?"
    one = r"(?:\s*(?:하나|한\s*편|한\s*개|1本|一本))?"
    start = rf"^{polite}{me}(?P<x>\S.*?)"
    filmed = rf"{adjectives}{space}{film}{particle}{one}{particle}"
    object_mark = rf"{space if words.spaced else ''}(?:を|을|를)?"
    yield rf"{start}{about}{filmed}\s*(?:{words.ending}){END}"
    yield rf"{start}{about}{one}{object_mark}\s*(?:{words.tells_at_end}){END}"
    yield rf"{start}{space}(?:{ONLY_ABOUT[tag]}){adjectives}{space}{film}{END}"
    yield rf"^(?:{WORD}\s+){{0,2}}?{film}\s*[:：]\s*{_REST}"
