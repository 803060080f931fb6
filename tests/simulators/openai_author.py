"""A language model's double that reads the planner's brief and does as it is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

Author = Callable[[Sequence[dict[str, Any]]], dict[str, Any]]

_LINES = {
    "ko": (
        "바다는 왜 짤까요? 강물은 하나도 안 짠데 말이죠.",
        "비가 바위를 두드릴 때마다 소금이 아주 조금씩 녹아요.",
        "강은 그 소금을 싣고 쉬지 않고 바다로 갑니다.",
        "햇볕은 물만 데려가고 소금은 남겨 두죠.",
        "그렇게 수억 년, 바다는 한 방울씩 짜졌어요.",
    ),
    "en": (
        "Why is the sea salty, when every river that feeds it tastes sweet?",
        "Each drop of rain nibbles a little salt out of the rocks.",
        "Rivers carry that salt downhill, day and night.",
        "The sun lifts the water back up, and leaves the salt behind.",
        "Do that for a billion years, and you get an ocean of tears.",
    ),
}


def brief_of(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The planner's brief: the one user message that is a JSON object with a task."""
    for message in messages:
        if message["role"] == "user" and message["content"].lstrip().startswith("{"):
            brief: dict[str, Any] = json.loads(message["content"])
            if "task" in brief:
                return brief
        if message["role"] == "user" and "<request>" in message["content"]:
            return _short_brief(messages[0]["content"], message["content"])
    raise AssertionError("no brief in the messages")


_SCENES = re.compile(r"short video: (\d+) scenes")
_LANGUAGE = re.compile(r"\((\w+)\)[.:]")
_NUMBER = re.compile(r"Now scene (\d+) of")
_SCRIPT = re.compile(r"^Scene (\d+) \((\d+) emotions\): (.*)$", re.MULTILINE)


def _short_brief(system: str, user: str) -> dict[str, Any]:
    """The same of a short prompt, which says it in words."""
    language = _LANGUAGE.search(user)
    brief: dict[str, Any] = {
        "language": language[1] if language else "en",
        "speakers": 2 if "Two people" in system else 1,
        "request": user.partition("<request>\n")[2].partition("\n</request>")[0],
    }
    if found := _SCENES.search(system):
        return {**brief, "task": "write", "scenes": int(found[1])}
    if found := _NUMBER.search(user):
        return {**brief, "task": "scene", "number": int(found[1])}
    script = [
        {"scene": int(number), "lines": [{"text": text}] * int(count)}
        for number, count, text in _SCRIPT.findall(user)
    ]
    return {**brief, "task": "illustrate" if script else "picture", "script": script}


def write_short(messages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A plot, pictures for a script, or new scenes, whichever the brief asks for."""
    brief = brief_of(messages)
    match brief["task"]:
        case "illustrate":
            return _illustrations(brief)
        case "scene":
            scene = _scene(brief, brief["number"] - 1)
            return {"picture": scene["picture"], "text": scene["lines"][0]["text"]}
        case "picture":
            return {"picture": f"A picture of what is said: {len(brief['request'])} waves"}
        case "rewrite":
            return {
                "scenes": [
                    {"scene": item["scene"], **_scene(brief, 40 + item["scene"])}
                    for item in brief["rewrite"]
                ],
            }
    count = brief["scenes"] if isinstance(brief["scenes"], int) else brief["scenes"]["at_least"]
    return {
        "title": "소금의 긴 여행" if _language(brief) == "ko" else "The long journey of salt",
        "language": brief["language"],
        "mood": "calm",
        "characters": [{"name": name, "looks": _looks(name)} for name in _speakers(brief)],
        "scenes": [_scene(brief, number) for number in range(count)],
    }


def _scene(brief: dict[str, Any], number: int) -> dict[str, Any]:
    lines, speakers = _LINES[_language(brief)], _speakers(brief)
    text = lines[number % len(lines)]
    text = text if number < len(lines) else f"{number}. {text}"
    line = {"speaker": speakers[number % len(speakers)], "text": text, "emotion": "calm"}
    return {"picture": f"Picture {number}: waves, rocks and rain, seen from afar", "lines": [line]}


def _illustrations(brief: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": "In the user's own words",
        "mood": "epic",
        "characters": [{"name": name, "looks": _looks(name)} for name in _speakers(brief)],
        "scenes": [
            {
                "scene": scene["scene"],
                "picture": f"Picture {scene['scene']} of the script",
                "emotions": ["happy" for _ in scene["lines"]],
            }
            for scene in brief["script"]
        ],
    }


def _language(brief: dict[str, Any]) -> str:
    return "ko" if str(brief["language"]).startswith("ko") else "en"


def _speakers(brief: dict[str, Any]) -> list[str]:
    return (
        ["Mina", "Jun"][: brief["speakers"]]
        if isinstance(brief["speakers"], int)
        else brief["speakers"]
    )


def _looks(name: str) -> str:
    return f"{name}: about thirty, short black hair, a yellow raincoat"
