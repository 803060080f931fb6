"""The subject in the form that its place in a phrase asks for: tables of cases, by language."""

from __future__ import annotations

import pytest

from providers.llm.rules.articles import is_determined, with_preposition
from providers.llm.rules.cases import told_in
from providers.llm.rules.forms import Subject
from providers.llm.rules.korean import with_particle
from providers.llm.rules.questions import as_sentence, asks

KOREAN = """
바다 은 바다는 | 산 은 산은 | 별 으로 별로 | 산 으로 산으로 | 바다 으로 바다로 | 꿀벌 이 꿀벌이 | 나무 이 나무가
커피 과 커피와 | 빵 과 빵과 | 물 을 물을 | 차 을 차를 | 꿀벌 이라면 꿀벌이라면 | 커피 이라면 커피라면
GPT 은 GPT는 | HTML 을 HTML을 | KBS 이 KBS가 | FM 과 FM과 | SUV 은 SUV는 | USB 을 USB를 | DVR 이 DVR이
2023 이 2023이 | 5 이 5가 | 10 은 10은 | 1 으로 1로 | 7 으로 7로 | 3 으로 3으로 | 100 을 100을 | 3.14 은 3.14는
50% 은 50%는 | 25°C 이 25°C가 | $100 은 $100는 | ¥500 은 ¥500은 | 5kg 을 5kg을 | 10km 은 10km는 | C# 은 C#은 | C++ 을 C++를
1/2 이 1/2이 | 2/3 이 2/3가 | 24/7 은 24/7은
Python 은 Python은 | coffee 을 coffee를 | Google 은 Google은 | Google 으로 Google로 | iPhone 이 iPhone이 | YouTube 을 YouTube를
TikTok 은 TikTok은 | Facebook 이 Facebook이 | Netflix 은 Netflix는 | sheet 은 sheet는 | net 은 net은 | anime 은 anime는 | Apple 이 Apple이
“꿀벌” 을 “꿀벌”을 | ‘커피’ 은 ‘커피’는 | 꿀벌(Bee) 은 꿀벌(Bee)은 | コーヒー 은 コーヒー는 | パン 은 パン은 | 光 은 光은(는)
"""  # fmt: skip


@pytest.mark.parametrize(
    "case", [c.strip() for c in KOREAN.replace("\n", "|").split("|") if c.strip()]
)
def test_korean_particles(case: str) -> None:
    word, particle, said = case.split(" ")
    assert with_particle(word, particle) == said


PREPOSITIONS = {
    "es": """
        de|el café|del café; de|la fotosíntesis|de la fotosíntesis; de|los volcanes|de los volcanes; a|el mar|al mar; a|la luna|a la luna
        de|El Salvador|de El Salvador; de|abejas|de abejas; de|un faro viejo|de un faro viejo; de|mi panadería|de mi panadería
        de|el agua|del agua; de|el|de el; a|los niños|a los niños; de|Frida Kahlo|de Frida Kahlo; de|lo infinito|de lo infinito
        de|elefantes|de elefantes; de|el 5G|del 5G; de|las ballenas azules|de las ballenas azules; de|tu perro|de tu perro
        de|el Día de Muertos|del Día de Muertos; a|el cielo azul|al cielo azul
    """,
    "pt": """
        de|o café|do café; de|a lua|da lua; de|os vulcões|dos vulcões; de|as abelhas|das abelhas; em|o mar|no mar; em|a cidade|na cidade
        em|um farol|num farol; a|a praia|à praia; a|o mar|ao mar; a|as ilhas|às ilhas; por|o mundo|pelo mundo; por|a paz|pela paz
        de|abelhas|de abelhas; de|meu cachorro|de meu cachorro; de|Machado de Assis|de Machado de Assis; de|um farol velho|de um farol velho
        de|ouro|de ouro; de|o 5G|do 5G; em|as nuvens|nas nuvens; por|os rios|pelos rios
    """,
    "fr": """
        de|le café|du café; de|la mer|de la mer; de|les abeilles|des abeilles; de|l'eau|de l'eau; à|le travail|au travail; à|les enfants|aux enfants
        à|la plage|à la plage; à|l'école|à l'école; de|Albert Einstein|d'Albert Einstein; de|Victor Hugo|de Victor Hugo; de|un vieux phare|d'un vieux phare
        de|une histoire|d'une histoire; de|des abeilles|d'abeilles; de|des loups|de loups; de|du pain|de pain; de|haricots|de haricots
        de|huit amis|de huit amis; de|hommes|d'hommes; de|onze joueurs|de onze joueurs; de|yoga|de yoga; de|Yves Klein|d'Yves Klein
        de|Hawaii et ses plages|d'Hawaii et ses plages; de|héros|de héros; de|héroïnes|d'héroïnes; de|oiseaux|d'oiseaux; de|hiboux|de hiboux
    """,
    "it": """
        di|il caffè|del caffè; di|lo zucchero|dello zucchero; di|la luna|della luna; di|l'acqua|dell'acqua; di|i vulcani|dei vulcani
        di|gli elefanti|degli elefanti; di|le api|delle api; a|il mare|al mare; a|l'alba|all'alba; su|il tetto|sul tetto; da|la terra|dalla terra
        di|api|di api; di|un vecchio faro|di un vecchio faro; di|Leonardo da Vinci|di Leonardo da Vinci; di|mio nonno|di mio nonno
        a|gli amici|agli amici; su|le nuvole|sulle nuvole; da|i monti|dai monti; di|il 5G|del 5G; di|lo spazio|dello spazio; a|l’isola|all'isola
    """,
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "case"),
    [
        (language, case.strip())
        for language, block in PREPOSITIONS.items()
        for case in block.replace("\n", ";").split(";")
        if case.strip()
    ],
)
def test_prepositions_join_articles(language: str, case: str) -> None:
    preposition, subject, said = case.split("|")
    assert with_preposition(preposition, subject, language) == said


@pytest.mark.parametrize(
    ("language", "yes", "no"),
    [
        ("en", "the moon|a fox|my bakery|honey bees|5 tips|Albert Einstein|swimming|learning to swim|some rivers", "coffee|black hole|lighthouse|bus|Paris|king|spring"),
        ("es", "el café|las abejas|abejas|agujeros negros|un faro|mi casa|Frida Kahlo|3 consejos", "agujero negro|café|fotosíntesis|mar"),
        ("pt", "o café|as abelhas|abelhas|buracos negros|um farol|meu cão", "buraco negro|café|fotossíntese"),
        ("fr", "le café|l'eau|l’eau|les abeilles|un phare|mon chat|Victor Hugo", "abeilles|café|trou noir"),
        ("it", "il caffè|l'acqua|le api|gli elefanti|un faro|Leonardo da Vinci", "api|caffè|buco nero"),
        ("nl", "de maan|het water|een vuurtoren|mijn kat|Anne Frank", "koffie|zwart gat|vuurtoren"),
        ("ko", "꿀벌|바다", ""),
        ("ru", "пчёлы|кофе", ""),
    ],
)  # fmt: skip
def test_which_subjects_stand_in_running_text(language: str, yes: str, no: str) -> None:
    assert [s for s in yes.split("|") if not is_determined(s, language)] == []
    assert [s for s in no.split("|") if s and is_determined(s, language)] == []


SENTENCES = {
    "en": """
        why the sea is salty|why the sea is salty.; why is the sky blue|why is the sky blue?; Why is the sky blue?|Why is the sky blue?
        how to fall asleep|how to fall asleep.; how do planes fly|how do planes fly?; how planes fly|how planes fly.; what is love|what is love?
        who invented the telephone|who invented the telephone?; is coffee healthy|is coffee healthy?; honey bees|honey bees.; what's inside the sun|what's inside the sun?
        how many bones a shark has|how many bones a shark has?; how come cats purr|how come cats purr?; the reason cats purr|the reason cats purr.
        whales|whales.; island life|island life.; canyons of Mars|canyons of Mars.; why cats purr|why cats purr.; when do bears sleep|when do bears sleep?; where rivers end|where rivers end.
    """,
    "de": """
        warum der Himmel blau ist|warum der Himmel blau ist.; Warum ist der Himmel blau?|Warum ist der Himmel blau?; warum ist der Himmel blau|warum ist der Himmel blau?
        wie man besser schläft|wie man besser schläft.; wie schläft man besser|wie schläft man besser?; was ist Liebe|was ist Liebe?; warum Katzen schnurren|warum Katzen schnurren.
        Warum schnurren Katzen|Warum schnurren Katzen?; wer hat das Telefon erfunden|wer hat das Telefon erfunden?; Kaffee|Kaffee.; der Mond|der Mond.
        wo die Sonne aufgeht|wo die Sonne aufgeht.; wie funktioniert ein Magnet|wie funktioniert ein Magnet?; Wasser|Wasser.; Wolken|Wolken.; wann schlafen Bären|wann schlafen Bären?
        Wie viele Knochen hat ein Hai?|Wie viele Knochen hat ein Hai?; wieso es regnet|wieso es regnet.; Wale|Wale.; welche Vögel singen nachts|welche Vögel singen nachts?
    """,
    "nl": """
        waarom de lucht blauw is|waarom de lucht blauw is.; waarom is de lucht blauw|waarom is de lucht blauw?; hoe je beter slaapt|hoe je beter slaapt.; koffie|koffie.
        hoe werkt een magneet|hoe werkt een magneet?; wat is liefde|wat is liefde?; Waarom spinnen katten?|Waarom spinnen katten?; de maan|de maan.
    """,
    "es": """
        por qué el mar es salado|¿por qué el mar es salado?; ¿Por qué el mar es salado?|¿Por qué el mar es salado?; el café|el café.; cómo dormir mejor|¿cómo dormir mejor?
        qué es el amor|¿qué es el amor?; quién inventó el teléfono|¿quién inventó el teléfono?; abejas|abejas.; Por que vuelan los pájaros?|¿Por que vuelan los pájaros?
        dónde nace el Nilo|¿dónde nace el Nilo?; cuántos huesos hay|¿cuántos huesos hay?; quesos del mundo|quesos del mundo.; comodidad|comodidad.
    """,
    "fr": """
        pourquoi la mer est salée|pourquoi la mer est salée ?; Pourquoi la mer est-elle salée ?|Pourquoi la mer est-elle salée ?; le café|le café.
        comment mieux dormir|comment mieux dormir ?; qui a inventé le téléphone|qui a inventé le téléphone ?; quiches lorraines|quiches lorraines.; qu'est-ce que l'amour|qu'est-ce que l'amour ?
    """,
    "it": "perché il cielo è blu|perché il cielo è blu?; il caffè|il caffè.; come dormire meglio|come dormire meglio?; cos'è l'amore|cos'è l'amore?; chiese di Roma|chiese di Roma.; cometa|cometa.",
    "pt": "por que o céu é azul|por que o céu é azul?; o café|o café.; como fazer pão|como fazer pão?; o que é o amor|o que é o amor?; quem inventou o avião|quem inventou o avião?; queijos|queijos.",
    "ru": "почему небо голубое|почему небо голубое?; как заварить чай|как заварить чай?; кофе|кофе.; что такое любовь|что такое любовь?; касатки|касатки.; какао|какао.; Кто придумал телефон?|Кто придумал телефон?",
    "uk": "чому небо блакитне|чому небо блакитне?; як заварити чай|як заварити чай?; кава|кава.; якорі|якорі.; що таке любов|що таке любов?",
    "pl": "dlaczego niebo jest niebieskie|dlaczego niebo jest niebieskie?; jak zaparzyć herbatę|jak zaparzyć herbatę?; kawa|kawa.; jaki jest Mars|jaki jest Mars?; jakość snu|jakość snu.",
    "tr": "gökyüzü neden mavi|gökyüzü neden mavi?; nasıl kahve yapılır|nasıl kahve yapılır?; kahve|kahve.; aşk nedir|aşk nedir?; nemli ormanlar|nemli ormanlar.; kimya|kimya.; Ay'da su var mı|Ay'da su var mı?",
    "vi": "vì sao biển mặn|vì sao biển mặn?; cà phê|cà phê.; cách pha trà|cách pha trà.; tình yêu là gì|tình yêu là gì?; Tại sao trời xanh?|Tại sao trời xanh?",
    "id": "mengapa laut asin|mengapa laut asin?; cara membuat kopi|cara membuat kopi.; kopi|kopi.; apa itu cinta|apa itu cinta?; apartemen kecil|apartemen kecil.; siapa penemu telepon|siapa penemu telepon?",
    "th": "ทำไมท้องฟ้าสีฟ้า|ทำไมท้องฟ้าสีฟ้า; กาแฟ|กาแฟ; วิธีชงชา|วิธีชงชา",
    "hi": "आसमान नीला क्यों है|आसमान नीला क्यों है?; चाय|चाय।; चाय बनाने का तरीका|चाय बनाने का तरीका।; चाय कैसे बनाएं|चाय कैसे बनाएं?; प्यार क्या है?|प्यार क्या है?",
    "ar": "لماذا السماء زرقاء|لماذا السماء زرقاء؟; القهوة|القهوة.; كيف تصنع القهوة|كيف تصنع القهوة؟; ما هو الحب|ما هو الحب؟; ماء زمزم|ماء زمزم.; طريقة عمل القهوة|طريقة عمل القهوة.; لماذا البحر مالح؟|لماذا البحر مالح؟",
    "ja": "海はなぜ塩辛い|海はなぜ塩辛い？; コーヒー|コーヒー。; 空が青い理由|空が青い理由。; 愛とは何か|愛とは何か？; おいしいお茶の入れ方|おいしいお茶の入れ方。; なぜ空は青いの？|なぜ空は青いの？",
    "zh": "海水为什么咸|海水为什么咸？; 咖啡|咖啡。; 天空变蓝的原因|天空变蓝的原因。; 什么是爱|什么是爱？; 怎么泡茶|怎么泡茶？; 为什么天是蓝的？|为什么天是蓝的？",
    "ko": "바다는 왜 짤까|바다는 왜 짤까?; 커피|커피.; 하늘이 파란 이유|하늘이 파란 이유.; 커피 맛있게 내리는 법|커피 맛있게 내리는 법.; 왜가리|왜가리.; 사랑이란 무엇인가|사랑이란 무엇인가?; 비행기는 어떻게 날까?|비행기는 어떻게 날까?; 왜 하늘은 파란색일까요|왜 하늘은 파란색일까요?; 고래는 어떻게 잠을 자는 이유|고래는 어떻게 잠을 자는 이유.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "case"),
    [
        (language, case.strip())
        for language, block in SENTENCES.items()
        for case in block.replace("\n", ";").split(";")
        if case.strip()
    ],
)
def test_a_subject_as_a_sentence(language: str, case: str) -> None:
    subject, said = case.split("|")
    assert as_sentence(subject, language) == said


@pytest.mark.parametrize(
    ("subject", "language", "kind"),
    [
        ("why the sea is salty", "en", "why"), ("how do planes fly", "en", "how"), ("what is love", "en", "other"), ("honey bees", "en", None),
        ("바다는 왜 짤까", "ko", "why"), ("비행기는 어떻게 날까", "ko", "how"), ("왜가리", "ko", None), ("하늘이 파란 이유", "ko", None),
        ("海はなぜ塩辛い", "ja", "why"), ("空が青い理由", "ja", None), ("海水为什么咸", "zh", "why"), ("怎么泡茶", "zh", "how"),
        ("por qué el cielo es azul", "es", "why"), ("comment dormir", "fr", "how"), ("wer war Kafka", "de", "other"), ("por que chove", "pt", "why"),
        ("почему небо голубое", "ru", "why"), ("क्या चाय अच्छी है", "hi", "other"), ("كيف تطير الطائرة", "ar", "how"), ("kenapa hujan", "id", "why"),
        ("perché piove", "it", "why"), ("uçak nasıl uçar", "tr", "how"), ("vì sao biển mặn", "vi", "why"), ("jak latają samoloty", "pl", "how"),
        ("waarom regent het", "nl", "why"), ("ทำไมฝนตก", "th", "why"), ("чому йде дощ", "uk", "why"), ("なぜ人は夢を見るのか、どうやって", "ja", "why"),
    ],
)  # fmt: skip
def test_what_a_subject_asks(subject: str, language: str, kind: str | None) -> None:
    assert asks(subject, language) == kind


@pytest.mark.parametrize(
    ("language", "words", "phrase", "said"),
    [
        ("en", "The history of coffee", "Now {d}.", "Now the history of coffee."),
        ("en", "the history of coffee", "{S}. Go.", "The history of coffee. Go."),
        ("en", "Why is the sky blue?", "{Q} Guess.", "Why is the sky blue? Guess."),
        ("en", "Why is the sky blue?", "We ask: {q}", "We ask: why is the sky blue?"),
        ("en", '"Star Wars"', "Say “{s}” now.", "Say “Star Wars” now."),
        ("en", 'the "great" wall', "Say “{s}” now.", "Say “the ‘great’ wall” now."),
        ("en", 'the "great wall', "Say “{s}” now.", "Say “the great wall” now."),
        ("en", "bees!!!", "{S}. Go.", "Bees. Go."),
        ("en", "bees…", "{S}. Go.", "Bees. Go."),
        ("en", "iPhone", "{S}. Go.", "iPhone. Go."),
        ("en", "The Beatles", "Hear {d}.", "Hear The Beatles."),
        ("en", "I love my cat", "Hear “{s}”.", "Hear “I love my cat”."),
        ("en", "bees (and wasps", "{S}. Go.", "Bees and wasps. Go."),
        ("en", "C++", "{S}. Go.", "C++. Go."),
        ("es", "¿Por qué llueve?", "{Q} Sigue.", "¿Por qué llueve? Sigue."),
        ("es", "¿Por qué llueve?", "Hoy: {q}", "Hoy: ¿por qué llueve?"),
        ("es", "El café", "Hablamos {d:de}.", "Hablamos del café."),
        ("es", "El Salvador", "Hablamos {d:de}.", "Hablamos de El Salvador."),
        ("es", "«La Odisea»", "Di «{s}».", "Di «La Odisea»."),
        ("fr", "Les abeilles", "Parlons {d:de}.", "Parlons des abeilles."),
        ("fr", "L'eau", "Parlons {d:de}.", "Parlons de l'eau."),
        ("it", "L'acqua", "Parliamo {d:di}.", "Parliamo dell'acqua."),
        ("it", "Gli elefanti", "Parliamo {d:di}.", "Parliamo degli elefanti."),
        ("pt", "As abelhas", "Vamos falar {d:de}.", "Vamos falar das abelhas."),
        ("de", "Der Mond", "Heute: {s}.", "Heute: der Mond."),
        ("de", "Kaffee", "Heute: {s}.", "Heute: Kaffee."),
        ("tr", "istanbul", "{S} deyince.", "İstanbul deyince."),
        ("ja", "「桜」", "「{s}」です。", "「桜」です。"),
        ("ja", "映画「桜」の話", "「{s}」です。", "「映画『桜』の話」です。"),
        ("ru", "«Мастер и Маргарита»", "Скажите: «{s}».", "Скажите: «Мастер и Маргарита»."),
        ("ko", "꿀벌", "오늘은 {s:을} 봐요.", "오늘은 꿀벌을 봐요."),
        ("ar", "ما هو الحب؟", "سؤال: {q}", "سؤال: ما هو الحب؟"),
        ("hi", "चाय।", "{S}। देखिए।", "चाय। देखिए।"),
        ("zh", "“红楼梦”", "听到“{s}”，", "听到“红楼梦”，"),
    ],
)  # fmt: skip
def test_a_phrase_with_its_subject(language: str, words: str, phrase: str, said: str) -> None:
    subject = Subject.of(words, language)
    assert subject.said_in(phrase) == said


@pytest.mark.parametrize(
    ("language", "words", "phrase", "fits"),
    [
        ("en", "lighthouse", "Look at {d}.", False),
        ("en", "the lighthouse", "Look at {d}.", True),
        ("en", "why is it so", "Look at {d}.", False),
        ("fr", "abeilles", "Parlons {d:de}.", False),
        ("ko", "光", "오늘은 {s:을} 봐요.", False),
        ("ko", "光", "오늘은 이것. {S}.", True),
        ("de", "Leuchtturm", "Heute: {s}.", True),
    ],
)
def test_a_phrase_that_would_be_wrong_does_not_fit(
    language: str, words: str, phrase: str, fits: bool
) -> None:
    assert Subject.of(words, language).fits(phrase) is fits


@pytest.mark.parametrize(
    ("language", "prompt", "subject", "told"),
    [
        ("ru", "Сделай видео о Москве", "Москве", "о Москве"),
        ("ru", "Расскажи об этом острове", "этом острове", "об этом острове"),
        ("ru", "Расскажи сказку про старый маяк", "старый маяк", "про старый маяк"),
        ("ru", "5 фактов о пчёлах", "пчёлах", "о пчёлах"),
        ("ru", "о пчёлах", "о пчёлах", "о пчёлах"),
        ("ru", "О пчёлах", "О пчёлах", "о пчёлах"),
        ("ru", "Москва", "Москва", ""),
        ("ru", "озеро", "озеро", ""),
        ("ru", "Окна домов", "Окна домов", ""),
        ("ru", "видео для моей пекарни", "моей пекарни", ""),
        ("uk", "Зроби відео про каву", "каву", "про каву"),
        ("uk", "кава", "кава", ""),
        ("uk", "обличчя міста", "обличчя міста", ""),
        ("pl", "Nakręć film o kawie", "kawie", "o kawie"),
        ("pl", "Zrób film na temat czarnych dziur", "czarnych dziur", "na temat czarnych dziur"),
        ("pl", "ogień", "ogień", ""),
        ("de", "Erstelle ein Video über den Mond", "den Mond", "über den Mond"),
        ("de", "Erstelle ein Video über die Sonne", "die Sonne", ""),
        ("de", "Video über Bienen", "Bienen", ""),
        ("de", "Erzähl mir von den Bienen", "den Bienen", "von den Bienen"),
        ("de", "Erzähl mir von der Sonne", "der Sonne", "von der Sonne"),
        ("de", "Ein Film über einen alten Leuchtturm", "einen alten Leuchtturm", "über einen alten Leuchtturm"),
        ("de", "Ein Film über unseren Hund", "unseren Hund", "über unseren Hund"),
        ("de", "der Mond", "der Mond", ""),
        ("de", "Überraschungen", "Überraschungen", ""),
        ("en", "a video about the moon", "the moon", ""),
        ("es", "un video sobre el café", "el café", ""),
    ],
)  # fmt: skip
def test_a_subject_in_a_case_brings_its_preposition(
    language: str, prompt: str, subject: str, told: str
) -> None:
    assert told_in(prompt, subject, language) == told


def test_an_offer_may_be_for_something() -> None:
    assert (
        told_in("реклама для моей пекарни", "моей пекарни", "ru", offers=True) == "для моей пекарни"
    )
    assert (
        told_in("Werbung für meinen Laden", "meinen Laden", "de", offers=True) == "für meinen Laden"
    )
    assert told_in("Werbung für meine Bäckerei", "meine Bäckerei", "de", offers=True) == ""
