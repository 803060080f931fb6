"""A data folder as version 0.1.0 (commit dd31baa) left it: its JSON word for word, small media.

Made after a folder that `autoshorts make "Three short sentences are here. …"` wrote there.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

RUN = "20261127_2003_Threesho"
EXECUTION = "01a21e9a-f437-7f2f-bf53-e9481af9b36f"
PROMPT = "Three short sentences are here. They make a tiny film. It ends now."
BEGAN = "2026-11-27T20:03:21.271996Z"
ENDED = "2026-11-27T20:03:28.232253Z"
TITLE = "Three short sentences are here"

# By commit dd31baa's `asset_key("p", "m", request)`.
IMAGE_KEY = "6294a8e8b2c0efbe26e3ad902bb4dd1dcd36bbb4da28f9214ec0836c50d37e79"
MUSIC_KEY = "3f0838de3169dd263768472feae7c903da502f8d4cc08884b45bf4056b4878c5"
VOICE_KEY = "a807e179f128932620b44c4e98f95fd0f8a4015aada586a06bcf604b1c9a9469"
SOUND_KEY = "905ca1528559451f6c796b8c0a2540216b2a3d52d307d26ba35eabbd99b83e17"
PLOT_KEY = "72a7f6a5b2d092a01bfcf19519d48e2f9c1f3091b9b764bb75eb12aab766ad03"

IMAGE = b"\x89PNG\r\n\x1a\n a lighthouse"
FILM = b"\x00\x00\x00\x18ftypmp42 a tiny film"
UPLOAD = b"\x89PNG\r\n\x1a\n an uploaded face"
UPLOAD_NAME = f"{hashlib.sha256(UPLOAD).hexdigest()[:24]}.png"
SEGMENT = "06c05ef95ad79b50c2d7528d2201683aec5b1ee08c665f2549a1bf452d619296.mp4"

SPEC: dict[str, Any] = {
    "prompt": PROMPT,
    "mode": "general",
    "num_characters": 1,
    "num_cuts": None,
    "art_style": "파스텔 수채화",
    "music_genre": "ambient",
    "reference_images": [],
    "lora_strength": 0.8,
    "voice_id": None,
    "language": None,
    "aspect_ratio": "9:16",
    "captions": "karaoke",
    "title": None,
    "title_card": False,
    "end_card": None,
    "providers": {"planner": "auto", "images": "auto", "music": "auto", "voice": "auto"},
    "on_failure": "fail",
    "max_cost_usd": None,
    "seed": None,
    "max_qa_retries": 2,
}
_MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".csv": "text/csv",
    ".srt": "application/x-subrip",
    ".json": "application/json",
}


class OldDataFolder:
    """Writes the parts of such a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, uri: str, content: bytes | object) -> dict[str, Any]:
        """A file, and the reference that version 0.1.0 made of it."""
        path = self.root / uri
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else _json(content)
        path.write_bytes(data)
        return {
            "uri": uri,
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
            "media_type": _MEDIA_TYPES[path.suffix],
        }

    def asset(
        self, kind: str, key: str, data: bytes, ending: str, **more: object
    ) -> dict[str, Any]:
        """A finished asset in the store; its record as JSON."""
        record = {
            "artifact": self.write(f"store/{kind}/{key[:2]}/{key}.{ending}", data),
            "provenance": _provenance(more.pop("prompt", "a lighthouse")),
            "duration_ms": more.pop("duration_ms", None),
            "words": more.pop("words", []),
        }
        self.write(f"store/{kind}/{key[:2]}/{key}.json", record)
        return record

    def status(self, run_id: str = RUN, **more: object) -> dict[str, Any]:
        """A run's status as it stood at its beginning, with what else became of it."""
        return {
            "run_id": run_id,
            "state": "INIT",
            "progress": 0.0,
            "detail": "starting",
            "created_at": BEGAN,
            "updated_at": BEGAN,
            "spec": SPEC,
            "title": None,
            "language": None,
            "seed": None,
            "qa_retries": 0,
            "cost_usd": 0.0,
            "scenes": [],
            "artifacts": {},
            "outcome": None,
            "error": None,
        } | more

    def run(
        self, folder: str, status: dict[str, Any], events: list[dict[str, Any]] | None = None
    ) -> None:
        """`run.json`."""
        record = {"execution_id": EXECUTION, "status": status, "events": events or []}
        self.write(f"runs/{folder}/run.json", record)

    def call(self, folder: str, key: str, number: int = 1, **more: object) -> dict[str, Any]:
        """One paid call; the last of an asset is what is written."""
        entry = {
            "asset": "image/scene_1",
            "key": key,
            "number": number,
            "provider": "comfyui",
            "model": "sdxl",
            "at": f"2026-11-27T20:03:2{number}Z",
            "units": {"images": 1.0},
            "cost_usd": 0.05,
            "outcome": "sent",
            "job": None,
            "message": "",
        } | more
        path = self.root / "runs" / folder / "calls" / f"{key}.json"
        before = json.loads(path.read_bytes()) if path.exists() else []
        self.write(f"runs/{folder}/calls/{key}.json", [*before, entry])
        return entry

    def job(self, key: str, job: str, provider: str = "comfyui") -> None:
        """The open job of an asset."""
        self.write(f"store/jobs/{key[:2]}/{key}.json", {"provider": provider, "job": job})


def finished_folder(root: Path) -> OldDataFolder:
    """What one film, an upload and a renderer leave."""
    old = OldDataFolder(root)
    image = old.asset("image", IMAGE_KEY, IMAGE, "png")
    word = {"text": "It", "start_ms": 0, "end_ms": 200}
    voice = old.asset("voice", VOICE_KEY, b"RIFF voice", "wav", duration_ms=1981, words=[word])
    music = old.asset("music", MUSIC_KEY, b"RIFF music", "wav", duration_ms=8000)
    sound = old.asset("sound", SOUND_KEY, b"RIFF rain", "wav", duration_ms=700)
    plot = old.asset("plot", PLOT_KEY, b'{"title": "Three"}', "data.json")
    artifacts = {
        "plot.csv": old.write(f"runs/{RUN}/plot.csv", b"scene_id,text\r\nscene_1,It\r\n"),
        "final_video.mp4": old.write(f"runs/{RUN}/final_video.mp4", FILM),
        "captions.srt": old.write(f"runs/{RUN}/captions.srt", b"1\n00:00:00,000"),
        "thumbnail.jpg": old.write(f"runs/{RUN}/thumbnail.jpg", b"\xff\xd8\xff a frame"),
        "qa.json": old.write(f"runs/{RUN}/qa.json", {"run_id": RUN, "passed": True}),
    }
    old.run(RUN, _finished(old, image, voice, artifacts), _events(image, artifacts))
    names = [("plot", plot), ("voice/scene_1_line_1", voice), ("sound/rain", sound)]
    names += [("music", music), ("image/scene_1", image)]
    old.write(f"runs/{RUN}/manifest.json", _manifest(names))
    old.write(f"uploads/{UPLOAD_NAME}", UPLOAD)
    old.write(f"store/segments/{SEGMENT}", b"\x00\x00\x00\x18ftypmp42 a piece")
    old.write("capabilities.json", {"providers": {}, "voices": [], "languages": []})
    return old


def small_folder(root: Path) -> OldDataFolder:
    """One of everything that is taken over, and nothing twice."""
    old = OldDataFolder(root)
    image = old.asset("image", IMAGE_KEY, IMAGE, "png")
    film = old.write(f"runs/{RUN}/final_video.mp4", FILM)
    ended = old.status(state="END", outcome="completed", artifacts={"final_video.mp4": film})
    old.run(RUN, ended, _events(image, ended["artifacts"]))
    old.write(f"runs/{RUN}/manifest.json", _manifest([("image/scene_1", image)]))
    old.write(f"uploads/{UPLOAD_NAME}", UPLOAD)
    old.write(f"store/segments/{SEGMENT}", b"a piece")
    return old


def _finished(
    old: OldDataFolder, image: dict[str, Any], voice: dict[str, Any], artifacts: dict[str, Any]
) -> dict[str, Any]:
    scene = {
        "scene_id": "scene_1",
        "text": "Three short sentences are here.",
        "image": image["artifact"],
        "voices": [voice["artifact"]],
        "duration_ms": 2600,
    }
    return old.status(
        state="END",
        progress=1.0,
        detail="done",
        updated_at=ENDED,
        title=TITLE,
        language="en",
        seed=4106348933,
        scenes=[scene],
        artifacts=artifacts,
        outcome="completed",
    )


def _events(image: dict[str, Any], artifacts: dict[str, Any]) -> list[dict[str, Any]]:
    said = "plan by rules, pictures by painter, music by synth, voice by espeak"
    return [
        {
            "seq": 0,
            "at": BEGAN,
            "progress": 0.0,
            "type": "log",
            "level": "info",
            "message": said,
        },
        {
            "seq": 1,
            "at": BEGAN,
            "progress": 0.1,
            "type": "state",
            "state": "PLOT_GENERATION",
            "previous": "INIT",
            "detail": "writing the plot",
        },
        {
            "seq": 2,
            "at": BEGAN,
            "progress": 0.25,
            "type": "asset",
            "kind": "image",
            "name": "scene_1",
            "scene_id": "scene_1",
            "artifact": image["artifact"],
            "provider": "painter",
            "cached": False,
            "done": 1,
            "total": 8,
        },
        {
            "seq": 3,
            "at": ENDED,
            "progress": 1.0,
            "type": "ended",
            "state": "END",
            "outcome": "completed",
            "artifacts": artifacts,
            "error": None,
        },
    ]


def _manifest(names: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    entries = [
        {
            "name": name,
            "artifact": record["artifact"],
            "provenance": record["provenance"],
            "cached": False,
        }
        for name, record in names
    ]
    return {
        "run_id": RUN,
        "created_at": BEGAN,
        "seed": 4106348933,
        "spec": SPEC,
        "cost_usd": 0.0,
        "lost_answers": 0,
        "entries": entries,
    }


def _provenance(prompt: object) -> dict[str, Any]:
    return {
        "provider": "painter",
        "model": "painter-2",
        "seed": 7,
        "prompt": prompt,
        "licence": "CC0-1.0",
        "cost_usd": 0.0,
        "degraded": None,
        "note": None,
    }


def _json(content: object) -> bytes:
    """As pydantic's `model_dump_json(indent=1)` writes it."""
    return json.dumps(content, indent=1, ensure_ascii=False).encode()
