"""What a prompt asks to be told: the seam to how prompts are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.plot import PlotRequest
from domain.run import Mode
from providers.llm.rules.language import detect_language
from providers.llm.rules.request import Kind, cleaned, understand
from providers.llm.wikipedia.matching import content_words

# About the length of a short that asks for none.
USUAL_SECONDS = 34

_ASKS = (
    ("why", r"\bwhy\b|왜|이유|なぜ|どうして|何故|为什么|為什麼|为何|por\s?qu[eé]|لماذا|\bwarum|wieso|weshalb|"
            r"pourquoi|\bperch[eé]|почему|mengapa|kenapa"),
    ("how", r"\bhow\b(?! many| much| long| old)|어떻게|どう(?:やって|して|のように)|怎么|怎麼|怎样|如何|\bc[oó]mo\b|"
            r"كيف|\bwie\b|\bcomment\b|\bcome\b|\bкак\b|bagaimana"),
    ("who", r"\bwho\b|누구|누가|誰|だれ|谁|誰|qui[eé]n|\bمن (?:هو|هي|كان)|\bwer\b|\bqui\b|\bquem\b|\bchi\b|\bкто\b|"
            r"siapa"),
    ("when", r"\bwhen\b|언제|いつ|什么时候|何时|cu[aá]ndo|متى|\bwann\b|\bquand\b|\bquando\b|когда|kapan"),
    ("what", r"\bwhat\b|무엇|뭐|何|什么|什麼|qu[eé] (?:es|son)|ما (?:هو|هي)|ماذا|\bwas ist|qu'est|o que|che cos|"
             r"\bчто\b|apa itu|apakah"),
)  # fmt: skip
_QUESTION = re.compile(r"[?？؟]$")


@dataclass(frozen=True)
class Asked:
    """A topic, as the planner that looks things up takes it."""

    subject: str
    language: str
    asks: str
    words: tuple[str, ...]
    cuts: int | None
    seconds: int
    points: int

    @property
    def is_question(self) -> bool:
        return self.asks in ("why", "how", "who", "what", "when")

    @property
    def is_about_one_thing(self) -> bool:
        """Whether the prompt may be a title by itself."""
        return len(self.words) <= 3


def topic_of(request: PlotRequest) -> Asked | None:
    """What is to be looked up; None where the prompt is a script, a story or an ad."""
    if request.mode is not Mode.GENERAL:
        return None
    text = cleaned(request.prompt)
    wish = understand(text, request.mode)
    language = request.language or detect_language(text)
    if wish.script is not None or wish.kind not in (Kind.TOPIC, Kind.QUESTION) or wish.own_words:
        return None
    words = content_words(wish.subject, language)
    if not words:
        return None
    return Asked(
        subject=wish.subject,
        language=language,
        asks="facts" if wish.points else _asks(wish.subject),
        words=words,
        cuts=request.num_cuts or wish.cuts,
        seconds=USUAL_SECONDS,
        points=wish.points,
    )


def _asks(subject: str) -> str:
    return next((kind for kind, cue in _ASKS if re.search(cue, subject, re.IGNORECASE)), "none")
