"""In which language a prompt is: few words say little, and the user's own language decides."""

from __future__ import annotations

import pytest

from domain.reading.language import detect_language

ENGLISH = (
    "Star Wars|Bedtime story|bees|black holes|penguins|The history of coffee|Minimalism|Mars|sourdough bread"
    "|How to tie a tie|Old lighthouse|Ancient Rome|Bitcoin explained|Morning routine|Volcanoes|Deep sea creatures"
    "|Cats|honey bees|The Roman Empire|Dinosaurs|Monte Carlo|Titanic|Solar system|Street food in Mexico"
    "|Tokyo at night|Einstein|Chess|Yoga for beginners|Mona Lisa|Nikola Tesla|Sushi|climate change|Vegan recipes"
    "|Space facts|Rainforest animals|Electric cars|Dog training|Budget travel|Piano music|Origami|Time travel"
).split("|")
OWN = {
    "es": "Receta de paella|La historia del café|Gatos|Pingüinos|Cómo hacer pan|Volcanes|El mar|Ahorrar dinero",
    "fr": "Recette de crêpes|L'histoire du café|Les chats|Comment faire du pain|Volcans|La mer|Faire des économies",
    "de": "Geld sparen|Die Geschichte des Kaffees|Katzen|Brot backen|Vulkane|Das Meer|Schwarze Löcher",
    "pt": "Receita de feijoada|A história do café|Gatos|Pinguins|Como fazer pão|O mar|Economizar dinheiro",
    "it": "Ricetta della carbonara|La storia del caffè|Gatti|Come fare il pane|Vulcani|Risparmiare soldi",
    "tr": "Kahvenin tarihi|Kediler|Ekmek nasıl yapılır|Yanardağlar|Deniz|Para biriktirme",
    "id": "Sejarah kopi|Kucing|Cara membuat roti|Gunung berapi|Laut|Menabung uang",
    "pl": "Historia kawy|Koty|Pingwiny|Jak upiec chleb|Wulkany|Morze|Oszczędzanie pieniędzy",
    "nl": "De geschiedenis van koffie|Katten|Brood bakken|Vulkanen|De zee|Geld besparen",
    "vi": "Lịch sử cà phê|Mèo|Chim cánh cụt|Cách làm bánh mì|Núi lửa|Biển|Tiết kiệm tiền",
    "ko": "커피의 역사|고양이|K-pop 역사|BTS", "ja": "コーヒーの歴史|猫|東京|AI", "zh": "咖啡的历史|猫|北京",
    "ru": "История кофе|Кошки|Море", "uk": "Кава|Море|Чому небо блакитне", "hi": "कॉफ़ी का इतिहास", "ar": "تاريخ القهوة", "th": "ประวัติกาแฟ",
}  # fmt: skip


@pytest.mark.parametrize("topic", ENGLISH)
def test_a_short_english_topic_is_english(topic: str) -> None:
    assert detect_language(topic) == "en"
    assert detect_language(topic, prior="en-US") == "en"


@pytest.mark.parametrize(
    ("language", "topic"), [(tag, topic) for tag, all_ in OWN.items() for topic in all_.split("|")]
)
def test_a_short_topic_is_in_its_authors_language(language: str, topic: str) -> None:
    assert detect_language(topic, prior=language) == language


@pytest.mark.parametrize(
    ("language", "topic"),
    [
        ("id", "Mengapa laut asin?"),
        ("id", "Cara membuat rendang"),
        ("id", "Fakta tentang gurita"),
        ("de", "Warum ist das Meer salzig?"),
        ("es", "¿Por qué el mar es salado?"),
        ("fr", "Pourquoi la mer est-elle salée ?"),
        ("it", "Perché il mare è salato?"),
        ("pt", "Por que o mar é salgado?"),
        ("tr", "Deniz neden tuzlu?"),
        ("pl", "Dlaczego morze jest słone?"),
        ("nl", "Waarom is de zee zout?"),
        ("vi", "Tại sao biển mặn?"),
    ],
)
def test_a_question_is_evidence_where_nothing_is_known_of_its_author(
    language: str, topic: str
) -> None:
    assert detect_language(topic) == language
    assert detect_language(topic[:1].lower() + topic[1:]) == language


@pytest.mark.parametrize("prior", [None, "en-GB", "de", "ko-KR", "ja"])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The sea is calm today. We went to the lighthouse and waited for the ship."),
        ("es", "El mar está tranquilo hoy. Fuimos al faro y esperamos el barco."),
        ("fr", "La mer est calme aujourd'hui. Nous sommes allés au phare."),
        ("de", "Das Meer ist heute ruhig. Wir gingen zum Leuchtturm und warteten."),
        ("pt", "O mar está calmo hoje. Fomos ao farol e esperamos o navio."),
        ("it", "Il mare è calmo oggi. Siamo andati al faro ad aspettare la nave."),
        ("tr", "Deniz bugün sakin. Fenere gittik ve gemiyi bekledik."),
        ("id", "Laut tenang hari ini. Kami pergi ke mercusuar dan menunggu kapal."),
        ("pl", "Morze jest dziś spokojne. Poszliśmy do latarni i czekaliśmy na statek."),
        ("nl", "De zee is vandaag kalm. We gingen naar de vuurtoren en wachtten op het schip."),
        ("vi", "Hôm nay biển lặng. Chúng tôi ra ngọn hải đăng và đợi con tàu."),
        ("sv", "Havet är lugnt i dag. Vi gick till fyren och väntade på skeppet."),
    ],
)
def test_sentences_are_strong_evidence(language: str, text: str, prior: str | None) -> None:
    assert detect_language(text, prior=prior) == language


def test_without_a_letter_the_users_language_is_taken() -> None:
    assert [detect_language("🐳🐳", prior=tag) for tag in (None, "ko-KR", "xx")] == [
        "en",
        "ko",
        "en",
    ]
