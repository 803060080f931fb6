"""Whether a subject is itself a question, and how one ends, in each language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Asks = Literal["why", "how", "other"]


@dataclass(frozen=True)
class _Words:
    """Question words as patterns; `inside` where they need not stand first."""

    why: str
    how: str
    other: str
    inside: bool = False

    def first_of(self, text: str) -> Asks | None:
        found = {
            kind: match.start()
            for kind, words in (("why", self.why), ("how", self.how), ("other", self.other))
            if (match := re.search(self._pattern(words), text, re.IGNORECASE))
        }
        kinds: tuple[Asks, ...] = ("why", "how", "other")
        return min((kind for kind in kinds if kind in found), key=found.__getitem__, default=None)

    def _pattern(self, words: str) -> str:
        return f"(?:{words})" if self.inside else rf"^[¿\"“«„]*\s*(?:{words})(?![^\W\d_])"


_WORDS: dict[str, _Words] = {
    "en": _Words("why|how come", "how", "what|who|whom|whose|when|where|which|is|are|was|were|can|could|do|does|did|should|would|will|has|have"),
    "ko": _Words(r"(?:^|\s)왜(?=\s|$)", r"어떻게|어떡해", r"무엇|(?:^|\s)(?:뭐|뭘|언제|어디|누가|누구|몇|얼마)|(?:까|까요|나요|가요|은가|는가)$", inside=True),
    "ja": _Words("なぜ|どうして|何で|なんで", "どう|どのよう|どうやって", "何が|何を|何で|なに|誰|いつ|どこ|どれ|どっち|いくつ|(?:か|ですか|ますか)$", inside=True),
    "zh": _Words("为什么|為什麼|为何|為何", "怎么|怎麼|怎样|怎樣|如何", "什么|什麼|谁|誰|哪|几|多少|(?:吗|嗎|呢)$", inside=True),
    "es": _Words(r"por\s?qu[eé]", "c[oó]mo", "qu[eé]|qui[eé]n|qui[eé]nes|cu[aá]l|cu[aá]les|cu[aá]ndo|d[oó]nde|cu[aá]nt[oa]s?"),
    "fr": _Words("pourquoi", "comment", "qu['’]est-ce qu[e'’i]*|que|quoi|qui|quel|quelle|quels|quelles|quand|où|combien|est-ce qu[e'’]"),
    "de": _Words("warum|wieso|weshalb|weswegen", "wie", "was|wer|wen|wem|wessen|wann|wo|woher|wohin|welche[rsnm]?|ist|sind|kann|können|hat|haben|darf|soll|muss"),
    "pt": _Words(r"por\s?qu[eê]", "como", "(?:o )?qu[eê]|quem|qual|quais|quando|onde|quant[oa]s?"),
    "it": _Words("perch[eéè]", "come", "(?:che )?cosa|cos['’][èe]|che|chi|quale|quali|quando|dove|quant[oaie]"),
    "ru": _Words("почему|зачем|отчего", "как", "что|кто|какой|какая|какое|какие|когда|где|куда|откуда|сколько|чей"),
    "uk": _Words("чому|навіщо", "як", "що|хто|який|яка|яке|які|коли|де|куди|звідки|скільки|чий"),
    "pl": _Words("dlaczego|czemu|po co", "jak", "co|kto|jaki|jaka|jakie|który|która|które|kiedy|gdzie|skąd|ile|czy|czym|kim"),
    "nl": _Words("waarom", "hoe", "wat|wie|waar|wanneer|welke?|is|zijn|kan|kun|mag"),
    "tr": _Words(r"\b(?:neden|niçin|niye)\b", r"\bnasıl\b", r"\b(?:nedir|kimdir|kim|kaç|nerede|hangi|ne|ne zaman)\b|\bm[ıiuü]$", inside=True),
    "vi": _Words(r"(?:vì sao|tại sao|sao lại)", r"\b(?:như thế nào|làm sao|làm thế nào)", r"(?:là gì|\bai\b|\bkhi nào\b|ở đâu|bao nhiêu|\bnào$|\bgì$|không$)", inside=True),
    "th": _Words("ทำไม|เพราะอะไร", "อย่างไร|ยังไง", "อะไร|ใคร|เมื่อไหร่|เมื่อไร|ที่ไหน|กี่|ไหม$|หรือไม่$", inside=True),
    "hi": _Words(r"क्यों", r"कैसे", r"क्या|कौन|कहाँ|कहां|कब|कितन", inside=True),
    "ar": _Words("لماذا|لِماذا|ليش", "كيف", "ما|ماذا|من هو|من هي|من|متى|أين|هل|كم|أي"),
    "id": _Words("mengapa|kenapa", "bagaimana|gimana", "apa|apakah|siapa|siapakah|kapan|di mana|dimana|berapa|yang mana"),
}  # fmt: skip
# Such phrases have a question word and are none: "the reason why …", "the way to …".
_NOUNS: dict[str, re.Pattern[str]] = {
    "ko": re.compile(r"(?:이유|까닭|방법|법|원리|과정|비결|비밀|순간)$"),
    "ja": re.compile(r"(?:理由|わけ|方法|仕組み|しくみ|コツ|秘密)$"),
    "zh": re.compile(r"的(?:原因|理由|方法|办法|秘密|过程)$"),
    "hi": re.compile(r"(?:कारण|तरीका|तरीके|राज)$"),
}
_REASONS = re.compile(
    r"^(?:the |5 |\d+ )?reasons?\b|(?:이유|까닭)$|(?:理由|わけ|原因)$|कारण$|^(?:las? |os? |a |el )?raz[oãõ]|"
    r"^(?:la |les )?raisons?\b|^(?:die |der )?gr[uü]nde?\b|^причин|^alasan\b|^lý do\b|^เหตุผล|^سبب|"
    r"^(?:il |le )?(?:motiv|ragion)|^powod|^powód|^reden|^sebep",
    re.IGNORECASE,
)
_WAYS = re.compile(
    r"^(?:the )?(?:best )?ways? to\b|(?:방법|법)$|(?:方法|やり方|作り方|コツ)$|(?:方法|办法)$|(?:तरीका|तरीके)$|"
    r"^cara\b|^cách\b|^วิธี|^طريقة|^způsob|^спос[оі]б|^sposób",
    re.IGNORECASE,
)
_AUXILIARIES = re.compile(
    r"^(?:(?:why|how|when|where|which|what|who)(?:'s|’s|'re)\b|(?:why|how|when|where|which|what|who)"
    r"\s+(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|come|not)\b|"
    r"how\s+(?:many|much|long|old|far|often|big|tall|fast|deep|high|hot|cold)\b|"
    r"(?:what|who|which|whose|whom|is|are|was|were|can|could|do|does|did|should|would|will|has|have)\b)",
    re.IGNORECASE,
)
_INDIRECT = {
    "de": re.compile(
        r"^(?!welch)(?:\w+)\s+(?:der|die|das|den|dem|ein|eine|einen|man|ich|du|er|sie|es|wir|ihr|sich|"
        r"mein|meine|unser|unsere|dein|deine|[A-ZÄÖÜ]\w*)\b"
    ),
    "nl": re.compile(r"^(?:\w+)\s+(?:de|het|een|je|jij|we|wij|ze|zij|er|men|ik|mijn|onze?)\b"),
}
_DIRECT_MARKS = ("?", "？", "؟")


def asks(subject: str, language: str) -> Asks | None:
    """What a subject asks in its own words; None where it is no question."""
    words = _WORDS.get(language)
    text = subject.rstrip(" ?？؟.!…")
    if words is None or ((noun := _NOUNS.get(language)) and noun.search(text)):
        return None
    found = words.first_of(text)
    if found is None and subject.rstrip().endswith(_DIRECT_MARKS):
        return "other"
    return found


def wants(subject: str) -> Literal["why", "how"] | None:
    """The reason or the way that a subject names without asking for it, in any language."""
    text = subject.strip()
    return "why" if _REASONS.search(text) else "how" if _WAYS.search(text) else None


def as_sentence(subject: str, language: str) -> str:
    """A subject with a closing mark: a question mark where it is a question as it stands.

    `why the sea is salty` is none in English, `how to sleep better` neither.
    """
    bare = subject.strip().strip("¿").rstrip(" ?？؟.!…。！")
    if asks(subject, language) is None or _is_indirect(subject.strip(), language):
        return bare + _STOPS.get(language, ".")
    opening, closing = _MARKS.get(language, ("", "?"))
    return f"{opening}{bare}{closing}"


def _is_indirect(subject: str, language: str) -> bool:
    if subject.endswith(_DIRECT_MARKS):
        return False
    if language == "en":
        return not _AUXILIARIES.match(subject)
    indirect = _INDIRECT.get(language)
    return bool(indirect and indirect.match(subject))


_STOPS = {"ja": "。", "zh": "。", "hi": "।", "th": ""}
_MARKS = {
    "es": ("¿", "?"),
    "fr": ("", " ?"),
    "ja": ("", "？"),
    "zh": ("", "？"),
    "ar": ("", "؟"),
    "th": ("", ""),
}
