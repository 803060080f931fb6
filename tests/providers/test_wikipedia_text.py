"""An article's text: what is prose, how it is shortened, and that nothing else is claimed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.facts import Known
from providers.llm.wikipedia.asked import Asked
from providers.llm.wikipedia.choosing import Room, choose
from providers.llm.wikipedia.cues.languages import LANGUAGES, cues_of
from providers.llm.wikipedia.matching import Words, alike, content_words, stem
from providers.llm.wikipedia.shorten import breaths, spoken_form
from providers.llm.wikipedia.subject import named
from providers.llm.wikipedia.text import Sentence, is_prose, sentences_of
from tests.simulators.mediawiki_pages import edition

LONG = "and that is how the people of the town have told the story ever since those days"


@pytest.mark.parametrize(
    ("language", "sentence", "said"),
    [
        ("en", "An octopus (pl.: octopuses) is a mollusc.", "An octopus is a mollusc."),
        ("en", "It freezes at −2 °C (28 °F) in winter.", "It freezes at −2 °C in winter."),
        ("en", "The salinity is 3.5% (35 g/L, 35 ppt) there.", "The salinity is 3.5% there."),
        ("en", "Ada Lovelace (1815–1852) wrote it down.", "Ada Lovelace wrote it down."),
        ("en", "Tokyo ( ; Japanese: 東京 [toːkʲoː]) is large.", "Tokyo is large."),
        ("en", "However, the sea is salty everywhere.", "The sea is salty everywhere."),
        ("en", "However, if it rains, the sea is less salty.", "However, if it rains, the sea is "
         "less salty."),
        ("en", f"The tower fell in the storm, which was very loud for a summer night, {LONG}.",
         f"The tower fell in the storm, which was very loud for a summer night, {LONG}."),
        ("en", "The river carries the salts of the mountains down through the wide valley to the "
         "shallow sea, including sodium.", "The river carries the salts of the mountains down "
         "through the wide valley to the shallow sea, including sodium."),
        ("en", "The river carries the salts of the high mountains down through the wide and green "
         "valley to the shallow sea, including sodium.", "The river carries the salts of the high "
         "mountains down through the wide and green valley to the shallow sea."),
        ("en", "Ada Lovelace, a daughter of Lord Byron, was the author of the first published "
         "algorithm for the machine that Babbage had drawn.", "Ada Lovelace was the author of the "
         "first published algorithm for the machine that Babbage had drawn."),
        ("en", "Coffee is not advised (except in small amounts) for children.", None),
        ("en", "The town (1,500–2,000 people) is old.", None),
        ("en", "The town (100–200 people) is old.", None),
        ("en", "The town (1500–2000 people) is old.", None),
        ("en", "Ada (10 December 1815 – 27 November 1852) wrote it.", "Ada wrote it."),
        ("en", "In general, the birds of the coast can fly.", "In general, the birds of the coast "
         "can fly."),
        ("en", "Many animals of the wide northern forest, including dogs and wolves, are mammals "
         "of a kind that hunts in packs in winter.", "Many animals of the wide northern forest, "
         "including dogs and wolves, are mammals of a kind that hunts in packs in winter."),
        ("ko", "세종(世宗, 1397년 5월 7일 ~ 1450년 3월 30일)은 왕이다.", "세종은 왕이다."),
        ("es", "Frida (Coyoacán, 6 de julio de 1907-ib., 13 de julio de 1954) fue pintora.",
         "Frida fue pintora."),
        ("ar", "ابن سينا (980م - 1037م) هو عالم.", "ابن سينا هو عالم."),
        ("en", "Most of the water (97%) is salty.", None),
        ("en", "The plant (if it is watered) grows.", None),
        ("ko", "김치(沈菜)는 한국의 음식이다.", "김치는 한국의 음식이다."),
        ("ko", "또한, 김치는 겨울에 담근다.", "김치는 겨울에 담근다."),
        ("ja", "富士山（ふじさん、英語: Mount Fuji）は活火山である。", "富士山は活火山である。"),
        ("ja", "また、猫は甘味を感じない。", "猫は甘味を感じない。"),
        ("es", "El café (del árabe qahwa) es una bebida.", "El café es una bebida."),
        ("es", "Sin embargo, el café es amargo.", "El café es amargo."),
        ("ar", "القهوة (بالإنجليزية: Coffee) مشروب معروف.", "القهوة مشروب معروف."),
        ("th", "ทะเล (sea) เค็ม.", None),
    ],
)  # fmt: skip
def test_a_sentence_is_shortened_only_where_its_claim_stays(
    language: str, sentence: str, said: str | None
) -> None:
    assert spoken_form(sentence, cues_of(language)) == said


@pytest.mark.parametrize(
    "word", ["not", "may", "about 5", "some", "unless", "only", "until", "two"]
)
def test_a_tail_that_holds_something_stays(word: str) -> None:
    sentence = (
        "The river carries the salts of the high mountains down through the wide and green valley "
        f"to the shallow sea, which is {word} warm."
    )
    assert spoken_form(sentence, cues_of("en")) == sentence


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_names_its_source(language: str) -> None:
    cues = cues_of(language)
    assert "Sea" in cues.card.format(title="Sea")
    assert "Sea" in cues.line.format(title="Sea")
    assert "CC BY-SA 4.0" in cues.card


def test_a_long_line_is_two_breaths_of_the_same_words() -> None:
    line = (
        "Marie Salomea Curie, better known as Marie Curie, was a Polish and French physicist and "
        "chemist who conducted pioneering research on radioactivity with 1,500 samples."
    )
    parts = breaths(line)
    assert len(parts) == 2
    assert " ".join(parts) == line
    assert breaths("Short enough.") == ("Short enough.",)


@given(st.text(alphabet="ab ,;.0123456789", min_size=151, max_size=210))
def test_breaths_lose_nothing_and_part_no_number(line: str) -> None:
    parts = breaths(line)
    assert "".join("".join(parts).split()) == "".join(line.split())
    if len(parts) == 2 and parts[0] and parts[1]:
        assert not (parts[0][-1] in ",." and parts[0][-2:-1].isdigit() and parts[1][0].isdigit()
                    and f"{parts[0]}{parts[1]}" in line)  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "asdf lol octopus are so dumb hahaha",
        "OCTOPUSES RULE THE WORLD.",
        "This is great!!!",
        "Octopuses lived <b>there</b>.",
        "hello my name is bob.",
        "Looooool what a page.",
        "The formula is {\\displaystyle x} here.",
        "It is x = 5 here.",
        "Contents",
        "ㅋㅋㅋ 김치 최고다.",
        "ｗｗｗ猫最高です。",
        "jajaja el café es lo mejor.",
        "See https://example.org for more.",
        "Kjhgfd qwrtpsd is here.",
    ],
)
def test_what_is_no_prose_is_not_told(sentence: str) -> None:
    assert not is_prose(sentence)


def test_only_prose_sections_are_read() -> None:
    extract = (
        "The sea is wide.[1] It is salty.\n\n\n== Uses ==\nThe sea feeds many people.\n\n\n"
        "== See also ==\nThe lake is wide.\n\n\n=== More ===\nThe pond is small.\n\n\n"
        "== Life ==\nAsdf lol.\nThe sea has whales.\n\n\n== Empty ==\n\n\n== References ==\nBook."
    )
    found = sentences_of(extract, "en")
    assert [s.text for s in found] == [
        "The sea is wide.", "It is salty.", "The sea feeds many people.", "The sea has whales.",
    ]  # fmt: skip
    assert [s.section for s in found] == ["", "", "Uses", "Life"]
    assert [s.opens for s in found] == [True, False, True, True]


def test_a_huge_extract_is_read_in_part() -> None:
    extract = "\n".join(f"The sea has {n} waves in it." for n in range(60_000))
    assert 500 < len(sentences_of(extract, "en")) < 2500


def _lead(*texts: str) -> list[Sentence]:
    return [Sentence(t, "", 0, n, n, opens=n == 0) for n, t in enumerate(texts)]


@pytest.mark.parametrize(
    ("first", "second", "becomes"),
    [
        ("The octopus is a mollusc.", "It has three hearts.", "The octopus has three hearts."),
        ("Octopuses are molluscs.", "They have arms.", "Octopuses have arms."),
        ("Octopuses are molluscs.", "It has arms.", "It has arms."),
        ("The octopus is a mollusc.", "It is thought that they dream.", "It is thought that they "
         "dream."),
        ("Near the octopus is a stone.", "It has arms.", "It has arms."),
        ("The octopus lives with crabs.", "They have shells.", "They have shells."),
    ],
)  # fmt: skip
def test_a_pronoun_gets_its_subject_only_after_a_definition(
    first: str, second: str, becomes: str
) -> None:
    title = "Octopus" if "Octopuses" not in first else "Octopuses"
    assert named(_lead(first, second), title, cues_of("en"))[1].text == becomes


@pytest.mark.parametrize(
    ("language", "prompt", "words"),
    [
        ("en", "why is the sea salty", ("sea", "salty")),
        ("en", "tell me how coffee is made", ("coffee", "made")),
        ("ko", "바다는 왜 짤까", ("바다", "짤까")),
        ("ko", "고양이의 수염에 대해 알려줘", ("고양이", "수염")),
        ("ja", "海はなぜ塩辛いのか", ("海", "塩辛")),
        ("ja", "富士山について教えて", ("富士山",)),
        ("zh", "海水为什么是咸的", ("海水", "咸")),
        ("es", "¿Por qué el mar es salado?", ("mar", "salado")),
        ("ar", "لماذا البحر مالح؟", ("البحر", "مالح")),
        ("de", "Warum ist das Meer salzig?", ("Meer", "salzig")),
        ("fr", "Pourquoi la mer est-elle salée ?", ("mer", "est-elle", "salée")),
    ],
)
def test_what_a_prompt_is_about(language: str, prompt: str, words: tuple[str, ...]) -> None:
    assert content_words(prompt, language) == words


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("salty", "salt", True), ("salty", "salinity", True), ("sea", "seas", True),
        ("sea", "search", False), ("octopuses", "octopus", True), ("cat", "category", False),
        ("حر", "بحر", False), ("البحر", "بحر", True), ("고양이", "고양이는", True),
    ],
)  # fmt: skip
def test_words_are_alike_by_how_they_begin(first: str, second: str, same: bool) -> None:
    assert alike(stem(first), stem(second)) is same
    assert Words(second).has(stem(first)) is same


def test_a_language_without_cues_is_told_by_the_opening_in_its_order() -> None:
    extract = (
        "De zee (Latijn: mare) is het water rond het land. Zij is zout. Daarom drinkt men het niet."
        "\n\n\n== Diepte ==\nDe zee is diep."
    )
    asked = Asked("de zee", "De zee", "nl", "none", ("zee",), None, 34, 0)
    told = choose(
        sentences_of(extract, "nl"), asked, "Zee", room=Room(None, 400), known=Known((extract,))
    )
    assert [t.text for t in told] == [
        "De zee is het water rond het land.", "Zij is zout.", "Daarom drinkt men het niet.",
    ]  # fmt: skip


# Facts


KNOWN = Known(
    (
        "Seawater (sea water) has a salinity of 3.5% in 1,500 places; Sir Edmond Halley said so.",
        "바닷물은 1kg에 평균 35g의 소금기를 담고 있다.",
        "富士山（ふじさん）は標高3776.12メートルである。",
        "شرب القهوة في ١٦٥٢ في لندن.",
    )
)


@pytest.mark.parametrize(
    ("line", "odd"),
    [
        ("Seawater has a salinity of 3.5%.", ()),
        ("3. Seawater has a salinity of 3.5%.", ()),
        ("Seawater has a salinity of 3.6%.", ("3.6",)),
        ("Seawater has a salinity of 35%.", ()),
        ("Edmond Halley said so in 500 places.", ("500",)),
        ("Isaac Newton said so.", ("isaac", "newton")),
        ("바닷물은 35g의 소금기를 담고 있다.", ()),
        ("바닷물은 53g의 소금기를 담고 있다.", ("53",)),
        ("호수는 소금기를 담고 있다.", ("호수는",)),
        ("富士山は標高3776.12メートルである。", ()),
        ("富士山は標高3777メートルである。", ("3777",)),
        ("北岳は標高3776.12メートルである。", ("北岳", "岳は")),
        ("شرب القهوة في 1652.", ()),
        ("شرب الشاي في 1652.", ("الشاي",)),
    ],
)
def test_what_a_source_does_not_say_is_named(line: str, odd: tuple[str, ...]) -> None:
    assert KNOWN.lacks(line) == odd


@pytest.mark.parametrize("language", ["en", "ko", "ja", "es", "ar"])
def test_no_spoken_form_says_what_its_article_does_not(language: str) -> None:
    found = edition(language)
    assert found is not None
    for page in found.pages:
        known, title = Known((page.text,)), page.title
        for sentence in named(sentences_of(page.text, language), title, cues_of(language)):
            said = spoken_form(sentence.text, cues_of(language))
            assert said is None or known.lacks(said) == (), said
