"""Kinds of prompts, each in many languages: what they are, and what is kept of them."""

from __future__ import annotations

import time
from typing import Any

import pytest

from domain.reading.described import described
from domain.reading.model import Reading, Unreadable
from domain.reading.prompt import read_prompt
from domain.run import Mode


def _read(text: str, **wishes: Any) -> Reading:
    given = {"mode": Mode.GENERAL, "characters": 1, "language": None, "locale": None, **wishes}
    return read_prompt(text, **given)


def _said(reading: Reading) -> list[str]:
    return [thought.text for thought in reading.thoughts]


@pytest.mark.parametrize(
    "line",
    [
        "3.5 million people live here.", "10:30 is when it opens.", "12.000 Menschen leben hier.",
        "3.14는 원주율이다.", "24.12. ist Heiligabend.", "1,5 litro de água basta.", "7.30 да поезд уходит.",
        "5.000 rupiah itu murah.", "1.250 euro sono troppi.", "2.0 सबसे नया है।", "3.14は円周率です。",
        "3.14是圆周率。", "8.5 puan aldı.", "1.5 triệu người sống ở đây.", "٣٫٥ مليون يعيشون هنا.",
        "24. Dezember ist Heiligabend.", "1. Mai ist Feiertag.", "1986. A year to remember.",
        "1/2 of it is water.", "-5 degrees is cold.", "50% of all bees sleep.", "24/7 is open.",
    ],
)  # fmt: skip
def test_a_number_that_begins_a_line_stays_whole(line: str) -> None:
    reading = _read(f"{line}\n{line}\n{line}")
    assert " ".join(_said(reading)) == f"{line} {line} {line}"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1. Drink water.\n2. Sleep well.\n3. Walk daily.", ["Drink water.", "Sleep well.", "Walk daily."]),
        ("1) Bebe agua fría.\n2) Duerme bien siempre.", ["Bebe agua fría.", "Duerme bien siempre."]),
        ("1.喝水要多喝。\n2.睡觉要睡够。", ["喝水要多喝。", "睡觉要睡够。"]),
        ("① 물을 많이 마신다.\n② 일찍 잠을 잔다.", ["물을 많이 마신다.", "일찍 잠을 잔다."]),
        ("1、水を飲みましょう。\n2、よく寝ましょう。", ["水を飲みましょう。", "よく寝ましょう。"]),
        ("- Trink Wasser.\n- Schlaf gut.", ["Trink Wasser.", "Schlaf gut."]),
        ("• Пей больше воды.\n• Спи подольше.", ["Пей больше воды.", "Спи подольше."]),
        ("* पानी पीजिए रोज़।\n* अच्छी नींद लीजिए।", ["पानी पीजिए रोज़।", "अच्छी नींद लीजिए।"]),
        ("(1) Boire de l'eau.\n(2) Bien dormir.", ["Boire de l'eau.", "Bien dormir."]),
        ("1️⃣ Minum air putih.\n2️⃣ Tidur cukup.", ["Minum air putih.", "Tidur cukup."]),
        ("3. Sıcak bir çay.\n2. Güzel bir kitap.\n1. Uzun bir uyku.", ["Sıcak bir çay.", "Güzel bir kitap.", "Uzun bir uyku."]),
        ("1. اشرب الماء كثيرا.\n2. نم جيدا دائما.", ["اشرب الماء كثيرا.", "نم جيدا دائما."]),
    ],
)  # fmt: skip
def test_list_marks_are_not_said(text: str, kept: list[str]) -> None:
    assert _said(_read(text)) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("# Why cats purr\n**Cats** purr when *happy*.\nThey sleep.", ["Cats purr when happy.", "They sleep."]),
        ("## 고래\n**고래**는 노래한다.\n`코드`도 쓴다.", ["고래는 노래한다.", "코드도 쓴다."]),
        ("# 海\n**海**は青いです。\n---\n波が来ます。", ["海は青いです。", "波が来ます。"]),
        ("El <b>mar</b> es azul.<br>La luna es blanca.", ["El mar es azul.", "La luna es blanca."]),
        ("<h1>Bienen</h1><p>Bienen <i>tanzen</i>.</p><p>Sie fliegen.</p>", ["Bienen tanzen.", "Sie fliegen."]),
        ("Voir [la page](https://a.b/c) demain.\nElle est ~~bleue~~ belle.", ["Voir la page demain.", "Elle est bleue belle."]),
        ("Море **синее**.\n```python\nprint('x')\n```\nЛуна белая.", ["Море синее.", "Луна белая."]),
        ("| Chá | Tempo |\n|---|---|\n| Verde | 2 min |\n| Preto | 4 min |", ["Verde: 2 min.", "Preto: 4 min."]),
        ("> समुद्र **नीला** है।\nचाँद सफ़ेद है।", ["समुद्र नीला है।", "चाँद सफ़ेद है।"]),
        ("2 * 3 * 4 is 24. snake_case_name stays. A < B &amp; C.", ["2 * 3 * 4 is 24.", "snake_case_name stays.", "A < B & C."]),
        ("ทะเล**สีฟ้า**สวยมากจริงๆ\n# พระจันทร์\nพระจันทร์สีขาวนวลตา", ["ทะเลสีฟ้าสวยมากจริงๆ", "พระจันทร์สีขาวนวลตา"]),
        ("**البحر** أزرق.\n***\nالقمر أبيض.", ["البحر أزرق.", "القمر أبيض."]),
    ],
)  # fmt: skip
def test_markup_is_read_as_one_hears_it(text: str, kept: list[str]) -> None:
    assert _said(_read(text)) == kept


def test_a_heading_is_the_title_and_a_later_one_a_rest() -> None:
    reading = _read("# Why cats purr\nCats purr.\nThey sleep.\n## At night\nThey hunt.")
    assert reading.title == "Why cats purr"
    assert reading.thoughts[-1].directions == ("pause", "At night")


def test_a_heading_alone_is_the_topic() -> None:
    reading = _read("# Why cats purr")
    assert (reading.kind, reading.subject) == ("topic", "Why cats purr")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna: How are you?\nBen: Fine, thanks.\nAnna: Good.", ["Anna", "Ben"]),
        ("Anna: Hi there!\nBen: Hello.\nCleo: Are you coming?", ["Anna", "Ben", "Cleo"]),
        ("**Anna:** Are you there?\n**Ben:** I am.", ["Anna", "Ben"]),
        ("철수: 안녕!\n영희: 그래, 안녕.\n민수: 나도 왔어.", ["철수", "영희", "민수"]),
        ("太郎：こんにちは！\n花子：元気ですか。\n太郎：はい。", ["太郎", "花子"]),
        ("小明：你好！\n小红：你好。\n老师：你们好。", ["小明", "小红", "老师"]),
        ("Анна: Привет!\nИван: Привет.\nАнна: Как дела?", ["Анна", "Иван"]),
        ("सीता: नमस्ते!\nराम: आप कैसे हैं?", ["सीता", "राम"]),
        ("ليلى: مرحبا!\nعمر: كيف حالك؟", ["ليلى", "عمر"]),
        ("Lucía: ¿Vienes?\nPablo: Sí, ya voy.", ["Lucía", "Pablo"]),
        ("Léa : Tu viens ?\nHugo : Oui, j'arrive.", ["Léa", "Hugo"]),
        ("Mr. Kim: Are you here?\nDr. Lee: Yes, I am.", ["Mr. Kim", "Dr. Lee"]),
        ("Anna (whispering): Who is there?\nBen: It is me.", ["Anna", "Ben"]),
        ("[Anna]: Are you there?\n[Ben]: I am here.", ["Anna", "Ben"]),
        ("Anna: Hi! Ben: Hello. Anna: How are you?", ["Anna", "Ben"]),
        ("ANNA: Are you there?\nNarrator: Nobody answered.", ["ANNA"]),
    ],
)  # fmt: skip
def test_names_are_speakers(text: str, names: list[str]) -> None:
    reading = _read(text)
    assert reading.kind == "screenplay"
    assert list(reading.speakers) == names
    assert not any(name in said for said in _said(reading) for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "Ingredients: flour and eggs.\nSteps: mix them and bake.",
        "Problem: Your sink leaks.\nSolution: Our tape holds.",
        "Myth: You swallow spiders.\nFact: You do not.\nMyth: Cats hate water.\nFact: Some love it.",
        "Remember: never lie to a friend. It hurts for long.",
        "Music: the language of all. It heals. It lives.",
        "재료: 밀가루와 달걀.\n순서: 섞어서 굽는다.",
        "材料：小麦粉と卵です。\n手順：混ぜて焼きます。",
        "问题：水管漏水。\n答案：用胶带。",
        "Pregunta: por qué llueve.\nRespuesta: por las nubes.",
        "Frage: Warum regnet es?\nAntwort: Wegen der Wolken.",
        "Вопрос: почему дождь?\nОтвет: из-за туч.",
        "समस्या: नल टपकता है।\nसमाधान: हमारा टेप।",
        "Bees: They make honey.\nAnts: They build towns.",
    ],
)
def test_a_label_that_is_a_sentences_own_word_is_said(text: str) -> None:
    reading = _read(text)
    assert reading.speakers == ()
    assert " ".join(_said(reading)).replace(" ", "") == text.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("text", "kept", "silent"),
    [
        ("Hook: Did you know that bees dance?\nVISUAL: bees on a flower\nCTA: Follow us for more.", ["Did you know that bees dance?", "Follow us for more."], 1),
        ("Narrator: The old house was silent. Hook: Nobody came here. VISUAL: a dark house. CTA: Follow us for more.", ["The old house was silent.", "Nobody came here.", "Follow us for more."], 1),
        ("Scene 1: The kitchen\nNarrator: It was dark.\n[door creaks]\nNarrator: Nobody came.", ["It was dark.", "Nobody came."], 2),
        ("[upbeat music] Hello and welcome. (camera zooms in) This is Rome.", ["Hello and welcome.", "This is Rome."], 2),
        ("나레이션: 옛날에 바다가 있었다.\n（빗소리）\n나레이션: 비가 내렸다.", ["옛날에 바다가 있었다.", "비가 내렸다."], 1),
        ("ナレーション：昔々のことです。\n（雨の音）\nナレーション：雨が降りました。", ["昔々のことです。", "雨が降りました。"], 1),
        ("【旁白】从前有一座山。\n【画面】山上有庙\n【旁白】庙里有个和尚。", ["从前有一座山。", "庙里有个和尚。"], 1),
        ("Narrador: Llueve en la ciudad.\n(suena música triste)\nNarrador: Nadie sale hoy.", ["Llueve en la ciudad.", "Nadie sale hoy."], 1),
        ("Erzähler: Es regnet in der Stadt.\n(Kamera fährt zurück)\nErzähler: Niemand kommt.", ["Es regnet in der Stadt.", "Niemand kommt."], 1),
        ("Narrateur : Il pleut sur la ville.\n[bruit de pluie]\nNarrateur : Personne ne sort.", ["Il pleut sur la ville.", "Personne ne sort."], 1),
        ("Диктор: В городе идёт дождь.\n(шум дождя)\nДиктор: Никто не выходит.", ["В городе идёт дождь.", "Никто не выходит."], 1),
        ("सूत्रधार: शहर में बारिश है।\n(बारिश की आवाज़)\nसूत्रधार: कोई नहीं आया।", ["शहर में बारिश है।", "कोई नहीं आया।"], 1),
        ("الراوي: المطر يهطل في المدينة.\n(صوت المطر)\nالراوي: لم يأت أحد.", ["المطر يهطل في المدينة.", "لم يأت أحد."], 1),
        ("Cats purr all day. They sleep at night. Dogs do not. #shorts #nature", ["Cats purr all day.", "They sleep at night.", "Dogs do not."], 1),
        ("*sighs*\nI am tired of it. You know it too.", ["I am tired of it.", "You know it too."], 1),
        ("He left (laughs) and came back. Vincent (1853–1890) painted. Bees (Apis mellifera) fly.", ["He left and came back.", "Vincent (1853–1890) painted.", "Bees (Apis mellifera) fly."], 1),
    ],
)  # fmt: skip
def test_directions_are_silent(text: str, kept: list[str], silent: int) -> None:
    reading = _read(text)
    assert _said(reading) == kept
    assert len(reading.silent) == silent


def test_a_screenplay_as_it_is_printed() -> None:
    reading = _read(
        "INT. LIGHTHOUSE - NIGHT\n\nRain falls.\n\nANNA\n(whispering)\nWho is there?\n\nBEN\nIt is me.\n\nCUT TO:\n"
    )
    assert [(t.speaker, t.text) for t in reading.thoughts] == [
        ("Anna", "Who is there?"),
        ("Ben", "It is me."),
    ]
    assert reading.thoughts[0].directions == (
        "INT. LIGHTHOUSE - NIGHT",
        "Rain falls.",
        "whispering",
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[0:00-0:05] Coffee begins in Ethiopia.\n[0:05-0:10] Goats dance all night.", [("Coffee begins in Ethiopia.", 5000), ("Goats dance all night.", 5000)]),
        ("[0:00-0:05] Coffee begins here. [0:05-0:10] Goats dance all night.", [("Coffee begins here.", 5000), ("Goats dance all night.", 5000)]),
        ("0:00 - 0:04: 커피는 에티오피아에서 시작된다.\n0:04 - 0:08: 염소가 춤춘다.", [("커피는 에티오피아에서 시작된다.", 4000), ("염소가 춤춘다.", 4000)]),
        ("(0–3秒) コーヒーの始まりです。\n(3–6秒) ヤギが踊ります。", [("コーヒーの始まりです。", 3000), ("ヤギが踊ります。", 3000)]),
        ("00:00 El café nace en Etiopía.\n00:05 Las cabras bailan.", [("El café nace en Etiopía.", None), ("Las cabras bailan.", None)]),
        ("[00:00] Кофе родом из Эфиопии.\n[00:04] Козы танцуют.", [("Кофе родом из Эфиопии.", None), ("Козы танцуют.", None)]),
        ("0-5s: Der Kaffee kommt aus Äthiopien.\n5-9s: Ziegen tanzen.", [("Der Kaffee kommt aus Äthiopien.", 5000), ("Ziegen tanzen.", 4000)]),
        ("**[0:00–0:03]** قهوة من إثيوبيا.\n**[0:03–0:06]** الماعز يرقص.", [("قهوة من إثيوبيا.", 3000), ("الماعز يرقص.", 3000)]),
        ("[0:00-0:02] 咖啡来自非洲。\n[0:02-0:05] 山羊跳舞。", [("咖啡来自非洲。", 2000), ("山羊跳舞。", 3000)]),
        ("[0:00-0:02] कॉफ़ी यहाँ से आई।\n[0:02-0:05] बकरियाँ नाचीं।", [("कॉफ़ी यहाँ से आई।", 2000), ("बकरियाँ नाचीं।", 3000)]),
    ],
)  # fmt: skip
def test_time_codes_are_times(text: str, kept: list[tuple[str, int | None]]) -> None:
    assert [(t.text, t.wished_ms) for t in _read(text).thoughts] == kept


def test_subtitle_files_are_read() -> None:
    srt = "1\n00:00:01,000 --> 00:00:03,500\n<i>Coffee begins</i>\nin Ethiopia.\n\n2\n00:00:04,000 --> 00:00:06,000\n{\\an8}[bleating] Goats dance.\n"
    reading = _read(srt)
    assert reading.kind == "subtitles"
    assert [(t.text, t.wished_ms) for t in reading.thoughts] == [
        ("Coffee begins in Ethiopia.", 2500),
        ("Goats dance.", 2000),
    ]
    vtt = "WEBVTT\n\nNOTE by me\n\n00:01.000 --> 00:03.000 align:start\n<v 영희>안녕하세요.\n\n00:03.000 --> 00:05.000\n<v 철수>반가워요.\n"
    told = _read(vtt)
    assert [(t.speaker, t.text) for t in told.thoughts] == [
        ("영희", "안녕하세요."),
        ("철수", "반가워요."),
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"title": "Cats", "scenes": [{"text": "Cats purr.", "visual": "a cat", "duration": 4}, {"narration": "They sleep."}]}', ["Cats purr.", "They sleep."]),
        ('[{"speaker": "Anna", "line": "Hello."}, {"speaker": "Ben", "text": "Hi there."}]', ["Hello.", "Hi there."]),
        ('{"segments": [{"start": 0, "end": 2.5, "text": "고래가 노래한다."}]}', ["고래가 노래한다."]),
        ('```json\n{"scenes": [{"voiceover": "海は青いです。"}]}\n```', ["海は青いです。"]),
        ('{"scene_1": {"dialogue": [{"character": "Ana", "line": "Hola a todos."}], "image_prompt": "p"}}', ["Hola a todos."]),
        ('["Die Sonne scheint.", "Der Mond ist weiß."]', ["Die Sonne scheint.", "Der Mond ist weiß."]),
        ('{"script": "Море синее. Луна белая."}', ["Море синее.", "Луна белая."]),
        ('{"data": {"video": {"shots": [{"caption": "البحر أزرق."}]}}}', ["البحر أزرق."]),
        ('{"scenes": ["समुद्र नीला है।"]}', ["समुद्र नीला है।"]),
    ],
)  # fmt: skip
def test_known_json_shapes_are_read(text: str, kept: list[str]) -> None:
    reading = _read(text)
    assert reading.kind == "plan"
    assert _said(reading) == kept


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a": 1, "b": [2, 3]}', "JSON in which nothing is said"),
        ('{"scenes": [{"text": "Cats purr.",}]}', "looks like JSON"),
        ("[" * 5000 + '"', "nested too deeply"),
        ("1.\n2.\n3.", "nothing in it that could be said"),
        ("...", "nothing in it that could be said"),
        ('"""\n\'\'', "nothing in it that could be said"),
        ("\u200b\u200e", "nothing in it that could be said"),
        ("---\n***", "nothing in it that could be said"),
        ("<br><hr>", "nothing in it that could be said"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(text: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        _read(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("... and then the door opened. She looked in. Nobody.", "And then the door opened"),
        ('"""\n"Hello" she said. He left. They cried.', '"Hello" she said'),
        ('I never lied," she said. He believed her. It was late.', "I never lied, she said"),
        ("Title: The lake\nThe lake is deep. Fish swim.", "The lake"),
        ("제목: 호수\n호수는 깊다. 물고기가 산다.", "호수"),
        ("Am 3. Mai 2020 war es so. Es schneite. Alle lachten.", "Am 3. Mai 2020 war es so"),
        ("Hazme un anuncio para mi panadería", "Mi panadería"),
        ("समुद्र नीला है। चाँद सफ़ेद है। रात हुई।", "समुद्र नीला है"),
        ("「海は青い。」と言った。雨が降った。風も吹いた。", "「海は青い。」と言った"),
        ("5 facts about bees", "5 facts about bees"),
        ("“Why is the sea salty?”", "Why is the sea salty?"),
        ("Visit https://example.org/a?b=1 now! Save 37.5% today. Bye now.", "Visit https://example.org/a?b=1 now!"),
        ("The old tower on the hill, which the engineers of the valley built in the year 1850, fell. It rained. We wept.", "The old tower on the hill"),
    ],
)  # fmt: skip
def test_titles_are_whole_phrases(text: str, title: str) -> None:
    assert _read(text).title == title


@pytest.mark.parametrize(
    "text",
    [
        "Rain falls. The sea is salty.", "Why is the sea salty? Rivers carry salt.",
        "비가 내린다. 바다는 짜다.", "雨が降ります。海は塩辛いです。", "下雨了，真好。海水是咸的。",
        "Llueve mucho. El mar es salado.", "Es regnet viel. Das Meer ist salzig.", "Il pleut fort. La mer est salée.",
        "Идёт дождь. Море солёное.", "बारिश होती है। समुद्र खारा है।", "هطل المطر. البحر مالح.", "Yağmur yağıyor. Deniz tuzlu.",
    ],
)  # fmt: skip
def test_half_a_script_is_kept(text: str) -> None:
    reading = _read(text)
    assert reading.kind == "script"
    assert "".join(_said(reading)).replace(" ", "") == text.replace(" ", "")


def test_what_follows_a_command_and_a_colon_is_kept() -> None:
    assert _said(_read("Make a video of this script:\nRain falls here. Rivers run far.")) == [
        "Rain falls here.",
        "Rivers run far.",
    ]
    assert _said(_read("다음 대본으로 영상을 만들어줘:\n비가 내린다. 바다는 짜다.")) == [
        "비가 내린다.",
        "바다는 짜다.",
    ]


def test_beside_a_command_only_what_is_to_be_told_is_kept() -> None:
    reading = _read("Make a video about my bakery. We open at 7 and sell rolls. Use a calm tone.")
    assert (reading.subject, _said(reading)) == ("my bakery", ["We open at 7 and sell rolls."])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Anna: Hi!\nBen: Hello you.\n[door]\nAnna: Are you there?", "a screenplay of 3 sentences, English, two speakers; 1 direction is not spoken"),
        ("Rain falls. Rivers run. The sea is salty.", "a script of 3 sentences, English"),
        ("우주에 관한 3가지 사실을 30초 영상으로 만들어줘", "a topic, “우주”, Korean, 3 facts, about 30 seconds"),
        ("Write a bedtime story about a fox", "a topic, “a fox”, English, a story"),
    ],
)  # fmt: skip
def test_how_it_was_understood_is_said(text: str, said: str) -> None:
    assert described(_read(text)) == said


@pytest.mark.parametrize(
    ("styled", "plain"),
    [
        ("𝗕𝗶𝗴 𝗻𝗲𝘄𝘀", "Big news"), ("ＡＩ の話", "AI の話"), ("１００％ オレンジ", "100% オレンジ"), ("ⓣⓔⓐ time", "tea time"),
        ("ﬁne ﬂowers", "fine flowers"), ("ｶﾞﾗｽの靴", "ガラスの靴"), ("🅱ig day", "Big day"), ("ﻣﺮﺣﺒﺎ بكم", "مرحبا بكم"),
        ("½ cup of ㎏", "½ cup of ㎏"), ("x² and 1ª", "x² and 1ª"), ("①번 방", "①번 방"), ("本当！？", "本当！？"),
        ("№ 5 is ™", "№ 5 is ™"), ("１０：３０ に会う", "10:30 に会う"),
    ],
)  # fmt: skip
def test_styled_letters_are_plain_and_other_signs_stay(styled: str, plain: str) -> None:
    assert _read(styled).subject == plain.strip("!！")


_HOSTILE = [
    "x", "가나다. ", "a b ", "ab\n", "Make a ", "a video about ", "5 facts ", "「あ。", "あ", "ก ข ", "A: b.\n", "30 seconds ",
    "(a) ", "https://", "\"'", "1, ", "please ", "make me ", "영상 ", "만들어줘 ", "を作って", "的视频", "个事实", "hakkında ",
    "के बारे में ", '{"a":', "[", "[a](b", "Anna: ", "#a ", "*", "_a", "<", "`", "> ", "|a", "<a ", "&", "0:00 - ", "1\n00:00:01,000 --> 00:00:02,000\nx\n",
    "1. a\n", "A\n\n", "INT. X\n\nA\nb\n\n", "- ", "（", "“", "«a ", "![ ",
]  # fmt: skip


@pytest.mark.parametrize("unit", _HOSTILE)
def test_no_input_takes_long(unit: str) -> None:
    text = (unit * (20_000 // len(unit) + 1))[:20_000]
    _read("warm up")
    begin = time.process_time()
    try:
        read = len(_read(text).thoughts)
    except Unreadable:
        read = 0
    assert read >= 0
    assert time.process_time() - begin < 5.0
