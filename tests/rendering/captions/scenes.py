"""Scenes with one caption, said evenly, for tests that look at captions alone."""

from __future__ import annotations

from domain.assets import WordTiming
from domain.layout import DialogueLine, ImageSlot, Scene, Subtitle
from domain.plot import SubtitlePosition
from domain.run import CaptionStyle
from domain.words import caption_units

START_MS, SPOKEN_MS, SHOWN_MS = 150, 6000, 6300
LINES = {
    "ko": "바다는 왜 짤까요? 그 답은 아주 먼 산에서 시작됩니다.",
    "en": "Why is the sea salty? A drop of rain takes a tiny bit of rock along & {nothing} else.",
    "de": "Der Donaudampfschifffahrtsgesellschaftskapitän geht in eine Bar.",
    "ja": "海はなぜ塩辛いのでしょうか。「ちょっとした秘密」は、遠い山から始まります。",
    "zh": "海水为什么是咸的？答案从很远的山里开始：“一点一点”流入大海。",
    "ar": "لماذا البحر مالح؟ في عام 2024 قاس علماء NASA أكثر من 35 غراماً (في اللتر).",
    "he": "למה הים מלוח? בשנת 2024 מדדו ב-NASA יותר מ-35 גרם מלח.",
    "hi": "समुद्र खारा क्यों है? उत्तर दूर पहाड़ों से शुरू होता है।",
    "th": "ทำไมทะเลถึงเค็ม คำตอบเริ่มจากภูเขาที่อยู่ไกล",
    "vi": "Vì sao nước biển mặn? Câu trả lời bắt đầu từ núi xa.",
    "ru": "Почему море солёное? Ответ начинается в далёких горах.",
    "ta": "கடல் ஏன் உப்பாக இருக்கிறது? பதில் தொலைவில் உள்ள மலைகளில் தொடங்குகிறது.",
    "emoji": "A whale 🐳 sings 🎵 for 👩‍👩‍👧‍👦 in 🇰🇷! 👍🏽 1️⃣ ❤️ 👩🏿‍🚀 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ☺ 🇦🇦",
    "numbers": "See https://example.com/a/very/long/address?x=1&y=22 for 1,234,567 km or 45 % off!",
}


def tag_of(name: str) -> str:
    return name if len(name) == 2 else "en"


def even_words(text: str, language: str, spoken_ms: int = SPOKEN_MS) -> tuple[WordTiming, ...]:
    units = caption_units(text, language)
    step = spoken_ms / max(len(units), 1)
    return tuple(
        WordTiming(text=unit, start_ms=round(i * step), end_ms=round((i + 1) * step))
        for i, unit in enumerate(units)
    )


def scene_with(
    text: str,
    language: str,
    *,
    position: SubtitlePosition = SubtitlePosition.BOTTOM,
    style: CaptionStyle = "karaoke",
    words: tuple[WordTiming, ...] | None = None,
) -> Scene:
    """One line of six seconds."""
    line = DialogueLine(
        line_id="line",
        char_id="",
        text=text,
        start_ms=START_MS,
        duration_ms=SPOKEN_MS,
        words=even_words(text, language) if words is None else words,
    )
    subtitle = Subtitle(
        line_id="line",
        text=text,
        position=position,
        style=style,
        start_ms=START_MS,
        duration_ms=SHOWN_MS,
    )
    return Scene(
        scene_id="scene_1",
        sequence=1,
        duration_ms=START_MS + SHOWN_MS + 400,
        images=(ImageSlot(prompt="x", seed=1),),
        subtitles=(subtitle,),
        dialogue=(line,),
        bg_seed=1,
    )
