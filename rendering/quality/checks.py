"""Every check of a finished film: this table is the one place where a check is added.

A check is a function of the evidence. docs/qa.md is this table for people; a test keeps the
two equal.
"""

from __future__ import annotations

from domain.qa import Redo
from rendering.audio import SAMPLE_RATE
from rendering.mastering import MAX_TRUE_PEAK_DBTP, TARGET_LUFS
from rendering.quality import captions, pictures, script, sound, streams
from rendering.quality.judgement import Rule

RULES: tuple[Rule, ...] = (
    Rule("streams", streams.streams, "video, audio", "what players take"),
    Rule("video codec", streams.video_fact("codec", "h264"), "h264", "plays everywhere"),
    Rule("profile", streams.video_fact("profile", "High"), "High", "phones decode it in hardware"),
    Rule(
        "pixel format",
        streams.video_fact("pixel_format", "yuv420p"),
        "yuv420p",
        "phones play no 4:2:2 and no 4:4:4",
    ),
    Rule(
        "colours",
        streams.colors,
        "bt709, limited range (1, 1, 1, 1)",
        "untagged or BT.601 colours shift from player to player",
    ),
    Rule("size", streams.size, "the layout's", "what was composed, not scaled afterwards"),
    Rule("frame rate", streams.frame_rate, "the layout's", "motion was composed for it"),
    Rule("frames", streams.frames, "the layout's", "no frame lost or doubled"),
    Rule(
        "frame times",
        streams.frame_times,
        "every frame within a quarter of a frame of its time",
        "uneven frames are seen as judder",
    ),
    Rule(
        "timestamps",
        streams.timestamps,
        "each packet later than the one before it",
        "platforms refuse or re-time a file that goes back",
    ),
    Rule(
        "first frame",
        streams.first_frame,
        "a keyframe at 0 s",
        "else the film begins black or late",
    ),
    Rule("fast start", streams.fast_start, "index in front", "it plays while it loads"),
    Rule(
        "video length",
        streams.video_length,
        "the layout's ± one AAC frame (0.021 s)",
        "nothing is missing at the end",
    ),
    Rule("audio codec", streams.audio_fact("codec", "aac"), "aac", "plays everywhere"),
    Rule(
        "sample rate",
        streams.audio_fact("sample_rate", str(SAMPLE_RATE)),
        str(SAMPLE_RATE),
        "the platforms' own rate: no resampling",
    ),
    Rule("channels", streams.audio_fact("channels", "2"), "2", "stereo, as it was mixed"),
    Rule(
        "audio length",
        streams.audio_length,
        "the layout's ± one AAC frame (0.021 s)",
        "a longer sound holds the last frame, a shorter one ends in a hole",
    ),
    Rule(
        "file size",
        streams.file_size,
        "at most 300 MB",
        "Reels takes 300 MB (Meta's publishing reference); TikTok 4 GB",
    ),
    Rule(
        "duration",
        streams.longest,
        "at most 600 s",
        "TikTok takes 10 minutes (media transfer guide), Reels 15",
        Redo.PLAN,
    ),
    Rule(
        "black frames",
        pictures.black,
        "at most 0.3 s",
        "a dip between scenes is shorter; more looks broken",
    ),
    Rule(
        "frozen frames",
        pictures.frozen,
        "at most 1.0 s",
        "the camera always moves: what stands is a fault",
    ),
    Rule(
        "pictures",
        pictures.pictures,
        "at most 8 levels of luma from the picture as composed, in each scene",
        "each scene shows its own picture",
    ),
    Rule(
        "blank pictures",
        pictures.blank,
        "a deviation of at least 1.5 levels",
        "one flat colour is a failed picture",
        Redo.IMAGE,
    ),
    Rule(
        "duplicate pictures",
        pictures.duplicates,
        "more than 6 % of a 256-bit difference hash apart",
        "a picture seen twice looks like a mistake",
        Redo.IMAGE,
    ),
    Rule(
        "captions",
        captions.seen,
        "solid ink within 60 levels of luma of what was drawn",
        "most people watch without sound",
    ),
    Rule(
        "caption contrast",
        captions.readable,
        "at least 4.5 : 1",
        "WCAG 2.2, success criterion 1.4.3",
    ),
    Rule(
        "safe area",
        captions.safe_area,
        "captions inside the safe area",
        "the apps cover the rest with their own texts and buttons",
        Redo.PLAN,
    ),
    Rule("glyphs", captions.glyphs, "a glyph for every sign", "an empty box is no text", Redo.PLAN),
    Rule(
        "caption words",
        captions.words,
        "every word that is said, for at least 90 % of its line",
        "the captions are the script",
        Redo.PLAN,
    ),
    Rule(
        "sources",
        script.sourced,
        "every number and word of a sourced script in its source",
        "a film that names its source claims nothing else",
        Redo.PLAN,
    ),
    Rule(
        "loudness",
        sound.loudness,
        f"{TARGET_LUFS:.0f} LUFS ± {sound.LOUDNESS_TOLERANCE_LU}; silence where nothing is heard",
        "what the platforms play at",
    ),
    Rule(
        "true peak",
        sound.true_peak,
        f"at most {MAX_TRUE_PEAK_DBTP} dBTP",
        "the platforms encode again, and that adds to peaks",
    ),
    Rule("clipping", sound.clipping, "at most 8 samples at full scale", "clipping is heard"),
    Rule(
        "silence",
        sound.silence,
        "at most 2.0 s where there is music",
        "a hole in the music is heard as a fault",
        Redo.MUSIC,
    ),
    Rule(
        "voices",
        sound.voices,
        "every line heard (likeness at least 0.35, at least -35 dBFS) within 80 ms of its place",
        "what is written is said",
    ),
    Rule(
        "voices whole",
        sound.cut_off,
        "every line's last sound heard (at most 12 dB lower), before its scene ends",
        "a word that breaks off is the first thing people notice",
    ),
    Rule(
        "sync",
        sound.sync,
        "within 40 ms",
        "later or earlier than that is seen (EBU R 37: 40 ms early, 60 ms late)",
    ),
)
