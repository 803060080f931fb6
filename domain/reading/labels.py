"""What stands before a line's colon: who speaks, what part it is, or what is only seen or heard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from domain.reading.label_words import ENDS, KNOWN, OWN_WORDS, TALK, Role

_LABEL = re.compile(
    r"^[\[【［(（]?\s*((?:[^\W\d_]{1,3}\.\s?){0,2}"
    r"[^\s:：\d()（）\[\]【】［］,，.。!?！？\"“「][^:：\n.。!?！？\"“「」\[\]【】,()（）]{0,29}?\.?)\s*"
    r"(?:[(（\[]([^()（）\[\]\n]{1,40})[)）\]])?\s*[\]】］)）]?\s*"
    r"(?:(?<!\d)[:：](?!//)|(?<=[】\]］]))\s*(?P<rest>.*)$"
)
_SCENE = re.compile(
    r"^(?:scene|shot|slide|clip|part|szene|escena|cena|scène|scena|сцена|сцена|sahne|adegan|scène|"
    r"cảnh|장면|씬|シーン|場面|场景|镜头|第|दृश्य|مشهد|ฉาก|hook)\s*[#№]?\s*[\d一二三四五六七八九十]{1,3}"
    r"\s*(?:幕|场|場|镜|컷|カット)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Labelled:
    """A line parted at its label."""

    label: str
    aside: str | None
    rest: str


def labelled(line: str) -> Labelled | None:
    """`Anna (whispering): Hello`, `[Narrator] Hello`, `**Scene 1:**`; None without a label."""
    if is_scene_mark(line):
        head, rest = _scene_parts(line)
        return Labelled(head, None, rest)
    match = _LABEL.match(line)
    if match is None:
        return None
    return Labelled(match[1].strip(), match[2], match["rest"].strip())


def is_scene_mark(line: str) -> bool:
    """`Scene 1: …`, `장면 2`, `[第三幕]`."""
    inner = line.lstrip("[【［(（ ")
    match = _SCENE.match(inner)
    if match is None:
        return False
    after = inner[match.end() :].lstrip()
    return not after or after[0] in ":：-–—]】］)）.,|"


def _scene_parts(line: str) -> tuple[str, str]:
    inner = line.lstrip("[【［(（ ")
    match = _SCENE.match(inner)
    assert match is not None
    return match[0].strip(), inner[match.end() :].strip(" :：-–—]】］)）.|").strip()


def role_of(label: str) -> Role | None:
    """What a label is in any language; None where it is a name or a sentence's own word."""
    if _SCENE.match(label):
        return "scene"
    return _known().get(_plain(label))


def speakers_of(lines: Sequence[str], characters: int) -> tuple[str, ...]:
    """The names that label lines, in order of appearance.

    A name comes again, or stands in a talk: each of several lines has one, and they speak to each
    other. Any other label is a word of its sentence.
    """
    found = [item for line in lines if (item := labelled(line)) and _may_be_name(item)]
    counts = Counter(item.label for item in found)
    own = {label for label in counts if _plain(label) in OWN_WORDS}
    names = [label for label in counts if label not in own]
    known = sum(1 for line in lines if (item := labelled(line)) and role_of(item.label))
    if not names:
        return ()
    spoken = [item.rest for item in found if item.label in names]
    covers = 2 * (len(spoken) + known) >= len([line for line in lines if line])
    recurring = tuple(name for name in names if counts[name] > 1)
    talks = _is_talk(spoken) and not any(said[0].islower() for said in spoken)
    if len(names) >= 2 and covers and (recurring or characters == 2 or (talks and len(spoken) > 1)):
        return tuple(names)
    if recurring and (len(recurring) > 1 or known or talks):
        return recurring
    has_asides = any(item.aside for item in found)
    return tuple(names) if has_asides or (known and talks) else ()


def _may_be_name(item: Labelled) -> bool:
    label, words = item.label, item.label.split()
    if role_of(label) or not item.rest or any(c.isdigit() for c in label):
        return False
    has_case = label[0].lower() != label[0].upper()
    return label[0].isalpha() and len(words) <= 3 and (label[0].isupper() or not has_case)


def _is_talk(spoken: Sequence[str]) -> bool:
    talking = sum(bool(TALK.search(said)) for said in spoken)
    ended = sum(bool(ENDS.search(said)) for said in spoken)
    return 2 * talking >= len(spoken) and 2 * ended >= len(spoken)


def _plain(label: str) -> str:
    return " ".join(label.casefold().strip(" .*_#").split())


@cache
def _known() -> dict[str, Role]:
    found: dict[str, Role] = {}
    for role, block in KNOWN.items():
        for word in block.replace("\n", "|").split("|"):
            if word.strip():
                found.setdefault(_plain(word), role)
    return found
