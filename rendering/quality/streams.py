"""Checks of the file: streams, codecs, tags, size, rate, length, timestamps, order of parts."""

from __future__ import annotations

from itertools import pairwise

from domain.layout import MAX_FILM_SECONDS
from rendering.audio import AAC_FRAME, SAMPLE_RATE
from rendering.quality.film import AudioFacts, Packets, VideoFacts
from rendering.quality.judgement import Evidence, Judge, Judgement, whole

BT709 = (1, 1, 1, 1)
LENGTH_TOLERANCE_SECONDS = AAC_FRAME / SAMPLE_RATE
FRAME_TIME_TOLERANCE = 0.25
# Reels: 300 MB in Meta's reference for publishing (1 GB in older copies of it); TikTok's guide
# to transferring media: 4 GB and 10 minutes; Reels: 15 minutes. YouTube takes any of it, and
# calls it a Short up to 3 minutes.
MAX_FILE_BYTES = 300_000_000


def streams(evidence: Evidence) -> Judgement:
    found = evidence.facts.streams
    return whole(found == ("video", "audio"), ", ".join(found) or "nothing")


def video_fact(name: str, expected: str) -> Judge:
    """A judge of one attribute of the picture stream."""

    def judge(evidence: Evidence) -> Judgement | None:
        video = evidence.facts.video
        return whole((got := str(getattr(video, name))) == expected, got) if video else None

    return judge


def audio_fact(name: str, expected: str) -> Judge:
    """A judge of one attribute of the sound stream."""

    def judge(evidence: Evidence) -> Judgement | None:
        audio = evidence.facts.audio
        return whole((got := str(getattr(audio, name))) == expected, got) if audio else None

    return judge


def colors(evidence: Evidence) -> Judgement | None:
    video = evidence.facts.video
    if not video:
        return None
    return whole(video.colors == BT709, "primaries {}, transfer {}, matrix {}, range {}".format(
        *video.colors
    ))  # fmt: skip


def size(evidence: Evidence) -> Judgement | None:
    if not (video := evidence.facts.video):
        return None
    measured, expected = "{}x{}".format(*video.size_px), evidence.layout.timeline.resolution
    return whole(measured == expected, measured, expected=expected)


def frame_rate(evidence: Evidence) -> Judgement | None:
    if not (video := evidence.facts.video):
        return None
    measured, expected = f"{float(video.rate):.5g}", str(evidence.layout.timeline.fps)
    return whole(measured == expected, measured, expected=expected)


def video_length(evidence: Evidence) -> Judgement | None:
    return _lasts(evidence, evidence.facts.video)


def audio_length(evidence: Evidence) -> Judgement | None:
    return _lasts(evidence, evidence.facts.audio)


def frames(evidence: Evidence) -> Judgement | None:
    if not (video := evidence.facts.video):
        return None
    count, expected = len(video.packets.shown), evidence.layout.frame_count
    return whole(count == expected, f"{count} frames", expected=f"{expected} frames")


def frame_times(evidence: Evidence) -> Judgement | None:
    if not (video := evidence.facts.video):
        return None
    fps = evidence.layout.timeline.fps
    uneven = sum(
        abs(seconds - index / fps) > FRAME_TIME_TOLERANCE / fps
        for index, seconds in enumerate(sorted(video.packets.shown))
    )
    return whole(uneven == 0, f"{uneven} frames out of place")


def timestamps(evidence: Evidence) -> Judgement:
    facts = evidence.facts
    backward = sum(
        _backward(stream.packets) for stream in (facts.video, facts.audio) if stream is not None
    )
    return whole(backward == 0, f"{backward} packets before the one that precedes them")


def first_frame(evidence: Evidence) -> Judgement | None:
    if not (video := evidence.facts.video):
        return None
    packets = video.packets
    first = min(packets.shown, default=-1.0)
    kind = "a keyframe" if packets.starts_with_key else "no keyframe"
    return whole(packets.starts_with_key and abs(first) < 1e-3, f"{kind} at {first:.3f} s")


def fast_start(evidence: Evidence) -> Judgement:
    first = evidence.facts.index_first
    return whole(first, "index in front" if first else "index at the end")


def file_size(evidence: Evidence) -> Judgement:
    size_bytes = evidence.facts.size_bytes
    return whole(size_bytes <= MAX_FILE_BYTES, f"{size_bytes / 1e6:.1f} MB")


def longest(evidence: Evidence) -> Judgement:
    seconds = evidence.facts.duration_seconds
    return whole(seconds <= MAX_FILM_SECONDS, f"{seconds:.1f} s")


def _lasts(evidence: Evidence, stream: VideoFacts | AudioFacts | None) -> Judgement | None:
    if not stream:
        return None
    measured = stream.duration_seconds
    expected = evidence.layout.frame_count / evidence.layout.timeline.fps
    return whole(
        abs(measured - expected) <= LENGTH_TOLERANCE_SECONDS + 1e-3,
        f"{measured:.3f} s",
        expected=f"{expected:.3f} s ± {LENGTH_TOLERANCE_SECONDS:.3f} s",
    )


def _backward(packets: Packets) -> int:
    return sum(after <= before for before, after in pairwise(packets.decoded))
