"""A sentence for each language, to hear a voice by."""

from __future__ import annotations

from domain.voices import ANY_LANGUAGE, Voice

SAMPLES = {
    "ar": "مرحبًا. هكذا يبدو صوتي في فيلمك.",
    "de": "Hallo. So klinge ich in deinem Film.",
    "en": "Hello. This is how I sound in your film.",
    "es": "Hola. Así sueno en tu vídeo.",
    "fr": "Bonjour. Voici ma voix dans votre film.",
    "he": "שלום. כך אני נשמע בסרט שלך.",
    "hi": "नमस्ते। आपकी फ़िल्म में मेरी आवाज़ ऐसी है।",
    "id": "Halo. Beginilah suara saya di film Anda.",
    "it": "Ciao. Ecco come suono nel tuo film.",
    "ja": "こんにちは。あなたの動画では、こんな声です。",
    "ko": "안녕하세요. 영상에서는 이런 목소리로 들려요.",
    "nl": "Hallo. Zo klink ik in je film.",
    "pl": "Cześć. Tak brzmię w twoim filmie.",
    "pt": "Olá. É assim que eu soo no seu vídeo.",
    "ru": "Привет. Так я звучу в вашем фильме.",
    "th": "สวัสดี นี่คือเสียงของฉันในวิดีโอของคุณ",
    "tr": "Merhaba. Filminde sesim böyle.",
    "uk": "Привіт. Так я звучу у вашому фільмі.",
    "vi": "Xin chào. Đây là giọng của tôi trong video của bạn.",
    "zh": "你好。在你的视频里，我的声音是这样的。",
}


def sample_of(voice: Voice, language: str | None) -> tuple[str, str] | None:
    """(language, sentence) for a voice; in a language that it does not speak, nothing."""
    first = voice.languages[0]
    wanted = language or ("en" if first == ANY_LANGUAGE else first)
    sentence = SAMPLES.get(wanted.lower()) or SAMPLES.get(wanted.split("-")[0].lower())
    return (wanted, sentence) if sentence and voice.speaks(wanted) else None
