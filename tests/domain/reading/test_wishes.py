"""What topics ask for: commands, counts and lengths in every language, and names that are none."""

from __future__ import annotations

import pytest

from domain.reading.wishes import wish_of


@pytest.mark.parametrize(
    ("language", "text", "subject", "asks", "length_s", "points"),
    [
        ("en", "Write a scary bedtime story about an old lighthouse", "an old lighthouse", "story", None, 0),
        ("en", "Make a 30 second video about honey bees", "honey bees", "none", 30, 0),
        ("en", "Create a 60-second video explaining why cats purr", "why cats purr", "why", 60, 0),
        ("en", "A short video about Rome, 45 seconds", "Rome", "none", 45, 0),
        ("en", "Can you make a commercial for my bakery?", "my bakery", "ad", None, 0),
        ("en", "Tell me about black holes", "black holes", "none", None, 0),
        ("en", "5 facts about bees", "bees", "facts", None, 5),
        ("en", "make a video of 4 facts about honey", "honey", "facts", None, 4),
        ("de", "mach ein Video mit 5 Fakten über Honig", "Honig", "facts", None, 5),
        ("en", "five ways to make good coffee", "ways to make good coffee", "facts", None, 5),
        ("en", "3 reasons why the sea is salty", "why the sea is salty", "why", None, 3),
        ("en", "Top 10 movies", "movies", "facts", None, 10),
        ("en", "Create a video script for founders about never giving up, 45 seconds, upbeat music", "never giving up", "none", 45, 0),
        ("en", "Topic: bees", "bees", "none", None, 0),
        ("en", "Tell me a story about a fox", "a fox", "story", None, 0),
        ("es", "Cuéntame la historia de Roma", "la historia de Roma", "none", None, 0),
        ("ko", "유튜브 쇼츠 대본: 고양이가 우는 이유", "고양이가 우는 이유", "why", None, 0),
        ("ko", "여우 이야기 하나 들려줘", "여우", "story", None, 0),
        ("zh", "給我講一個關於月亮的故事", "月亮", "story", None, 0),
        ("hi", "एक लोमड़ी की कहानी सुनाओ", "लोमड़ी", "story", None, 0),
        ("de", "Erzähl mir eine Geschichte von einem Fuchs", "einem Fuchs", "story", None, 0),
        ("tr", "Bana bir tilki masalı anlat", "bir tilki", "story", None, 0),
        ("ko", "우주에 관한 3가지 사실을 30초 영상으로 만들어줘", "우주", "facts", 30, 3),
        ("ko", "꿀벌에 대한 30초 영상 만들어줘", "꿀벌", "none", 30, 0),
        ("ko", "맛있는 커피를 내리는 5가지 방법", "맛있는 커피를 내리는 방법", "how", None, 5),
        ("ko", "블랙홀에 대해 알려줘", "블랙홀", "none", None, 0),
        ("ko", "우리 빵집 광고 만들어줘", "우리 빵집", "ad", None, 0),
        ("ko", "1분짜리 김치 영상을 제작해줘", "김치", "none", 60, 0),
        ("ko", "달을 찾아 떠난 여우 이야기", "달을 찾아 떠난 여우", "story", None, 0),
        ("ja", "宇宙についての30秒動画を作ってください", "宇宙", "none", 30, 0),
        ("ja", "宇宙に関する3つの事実", "宇宙", "facts", None, 3),
        ("ja", "コーヒーを美味しく淹れる5つの方法", "コーヒーを美味しく淹れる方法", "how", None, 5),
        ("ja", "パン屋の広告を作って", "パン屋", "ad", None, 0),
        ("zh", "请帮我做一个30秒的关于咖啡的视频", "咖啡", "none", 30, 0),
        ("zh", "关于蜜蜂的5个事实", "蜜蜂", "facts", None, 5),
        ("zh", "写一个关于狐狸的睡前故事", "狐狸", "story", None, 0),
        ("zh", "学习英语的三种方法", "学习英语的方法", "how", None, 3),
        ("es", "Hazme un anuncio para mi panadería", "mi panadería", "ad", None, 0),
        ("es", "Crea un vídeo corto de 30 segundos sobre los volcanes", "los volcanes", "none", 30, 0),
        ("es", "5 datos sobre las abejas", "las abejas", "facts", None, 5),
        ("fr", "Fais une vidéo de 30 secondes sur les volcans", "les volcans", "none", 30, 0),
        ("fr", "5 faits sur les abeilles", "les abeilles", "facts", None, 5),
        ("fr", "Écris un conte sur un renard", "un renard", "story", None, 0),
        ("de", "Mach mir ein 30-sekündiges Video über Kaffee", "Kaffee", "none", 30, 0),
        ("de", "Kannst du mir ein Video über Kaffee machen?", "Kaffee", "none", None, 0),
        ("de", "Erkläre mir, warum der Himmel blau ist", "warum der Himmel blau ist", "why", None, 0),
        ("de", "Fünf Fakten über Bienen", "Bienen", "facts", None, 5),
        ("pt", "Faça um vídeo de 30 segundos sobre o café", "o café", "none", 30, 0),
        ("pt", "5 curiosidades sobre abelhas", "abelhas", "facts", None, 5),
        ("it", "Fammi un video di 30 secondi sul caffè", "caffè", "none", 30, 0),
        ("it", "5 curiosità sulle api", "api", "facts", None, 5),
        ("it", "Spiegami perché il cielo è blu", "perché il cielo è blu", "why", None, 0),
        ("hi", "चाय बनाने का सही तरीका बताइए", "चाय बनाने का सही तरीका", "how", None, 0),
        ("hi", "कॉफ़ी के बारे में 30 सेकंड का वीडियो बनाओ", "कॉफ़ी", "none", 30, 0),
        ("hi", "मधुमक्खियों के बारे में 5 रोचक तथ्य", "मधुमक्खियों", "facts", None, 5),
        ("ar", "اصنع فيديو عن القهوة", "القهوة", "none", None, 0),
        ("ar", "اصنع فيديو مدته 30 ثانية عن القهوة", "القهوة", "none", 30, 0),
        ("ar", "خمس حقائق عن النحل", "النحل", "facts", None, 5),
        ("ru", "Сделай видео на 30 секунд о кофе", "кофе", "none", 30, 0),
        ("ru", "5 фактов о пчёлах", "пчёлах", "facts", None, 5),
        ("ru", "Напиши сказку о лисе", "лисе", "story", None, 0),
        ("uk", "Зроби відео про каву на 30 секунд", "каву", "none", 30, 0),
        ("uk", "5 фактів про бджіл", "бджіл", "facts", None, 5),
        ("pl", "Zrób film o kawie na 30 sekund", "kawie", "none", 30, 0),
        ("pl", "5 ciekawostek o pszczołach", "pszczołach", "facts", None, 5),
        ("nl", "Maak een video van 30 seconden over koffie", "koffie", "none", 30, 0),
        ("nl", "Kun je een video over koffie maken?", "koffie", "none", None, 0),
        ("nl", "5 weetjes over bijen", "bijen", "facts", None, 5),
        ("tr", "Kahve hakkında 30 saniyelik video yap", "Kahve", "none", 30, 0),
        ("tr", "Arılar hakkında 5 bilgi", "Arılar", "facts", None, 5),
        ("tr", "Bana kara delikleri anlat", "kara delikleri", "none", None, 0),
        ("id", "Buatkan video 30 detik tentang kopi", "kopi", "none", 30, 0),
        ("id", "5 fakta tentang lebah", "lebah", "facts", None, 5),
        ("vi", "Làm một video 30 giây về cà phê", "cà phê", "none", 30, 0),
        ("vi", "5 sự thật về loài ong", "loài ong", "facts", None, 5),
        ("th", "ทำคลิปวิดีโอ 30 วินาทีเกี่ยวกับกาแฟ", "กาแฟ", "none", 30, 0),
        ("th", "5 ข้อเท็จจริงเกี่ยวกับผึ้ง", "ผึ้ง", "facts", None, 5),
        ("th", "เล่านิทานเรื่องสุนัขจิ้งจอก", "สุนัขจิ้งจอก", "story", None, 0),
    ],
)  # fmt: skip
def test_commands_counts_and_lengths_are_heard_and_taken_off(
    language: str, text: str, subject: str, asks: str, length_s: int | None, points: int
) -> None:
    wish = wish_of(text, language)
    assert (wish.subject, wish.asks) == (subject, asks)
    assert (wish.length_s, wish.points) == (length_s, points)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the 7 minute workout"), ("en", "50 Cent"), ("en", "Seven Samurai"), ("en", "21 Savage"),
        ("en", "12 Angry Men"), ("en", "A Tale of Two Cities"), ("en", "how to fall asleep in 30 seconds"),
        ("en", "Make a wish"), ("en", "60 Minutes"), ("en", "5 Seconds of Summer"), ("en", "2 Fast 2 Furious"),
        ("ko", "7번방의 선물"), ("ko", "3분 카레"), ("ja", "七人の侍"), ("ja", "24時間テレビ"), ("zh", "七武士"), ("zh", "三国演义"),
        ("es", "Los 7 enanitos"), ("fr", "Les 3 mousquetaires"), ("de", "Die sieben Samurai"), ("de", "99 Luftballons"),
        ("ru", "Семь самураев"), ("it", "Otto e mezzo"), ("pt", "Os 3 porquinhos"), ("tr", "7 Kocalı Hürmüz"), ("hi", "3 इडियट्स"),
        ("ar", "ألف ليلة وليلة"), ("id", "7 Manusia Harimau"), ("vi", "7 chú lùn"), ("pl", "7 krasnoludków"), ("nl", "De 7 dwergen"),
    ],
)  # fmt: skip
def test_a_number_of_a_name_is_no_list_and_no_length(language: str, text: str) -> None:
    wish = wish_of(text, language)
    assert (wish.subject, wish.phrase) == (text, text)
    assert (wish.length_s, wish.points, wish.cuts, wish.commanded) == (None, 0, None, False)


@pytest.mark.parametrize(
    ("language", "text", "cuts"),
    [
        ("en", "Make a short video about cats in 5 scenes", 5),
        ("ko", "고양이 영상을 5장면으로 만들어줘", 5),
        ("de", "Erstelle ein kurzes Video über Bienen mit 5 Szenen", 5),
        ("es", "Haz un vídeo sobre gatos con 4 escenas", 4),
        ("ru", "Сделай видео о кошках из 4 сцен", 4),
    ],
)
def test_scenes_are_counted(language: str, text: str, cuts: int) -> None:
    assert wish_of(text, language).cuts == cuts
