"""Every phrase of every language: places, script, length, marks; nothing twice, nothing missing."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain
from typing import get_args

import pytest

from domain.reading.length import WEIGHT_PER_SECOND, weight
from domain.run import MAX_CUTS
from providers.llm.rules.beats import BEATS
from providers.llm.rules.forms import Subject, has_place
from providers.llm.rules.phrases import PHRASES, Phrases, Pool, TopicKind

KINDS: tuple[TopicKind, ...] = get_args(TopicKind)
# One subject a language that stands in running text, and one question.
SUBJECTS = {
    "ar": ("القهوة", "لماذا البحر مالح؟"), "de": ("der Mond", "Warum ist der Himmel blau?"), "en": ("honey bees", "Why is the sky blue?"),
    "es": ("el café", "¿Por qué el cielo es azul?"), "fr": ("les abeilles", "Pourquoi le ciel est bleu ?"), "hi": ("चाय", "आसमान नीला क्यों है?"),
    "id": ("kopi", "Mengapa laut asin?"), "it": ("il caffè", "Perché il cielo è blu?"), "ja": ("コーヒー", "海はなぜ塩辛い？"), "ko": ("꿀벌", "바다는 왜 짤까?"),
    "nl": ("de maan", "Waarom is de lucht blauw?"), "pl": ("kawa", "Dlaczego niebo jest niebieskie?"), "pt": ("o café", "Por que o céu é azul?"),
    "ru": ("кофе", "Почему небо голубое?"), "th": ("กาแฟ", "ทำไมท้องฟ้าสีฟ้า"), "tr": ("kahve", "Gökyüzü neden mavi?"), "uk": ("кава", "Чому небо блакитне?"),
    "vi": ("cà phê", "Vì sao biển mặn?"), "zh": ("咖啡", "海水为什么咸？"),
}  # fmt: skip
SCRIPTS = {
    "ar": "ARABIC", "hi": "DEVANAGARI", "ja": "HIRAGANA|KATAKANA|CJK|PROLONGED", "ko": "HANGUL", "ru": "CYRILLIC",
    "th": "THAI", "uk": "CYRILLIC", "zh": "CJK",
}  # fmt: skip
# Letters that a language does not have show a word of its neighbour.
FOREIGN = {
    "ru": "іїєґўђј", "uk": "ыэъё", "es": "ãõçàèòæœß", "pt": "ñßœ", "it": "ñãõßœ", "fr": "ñãõßáíóú", "de": "ñãõàèçéáíó",
    "nl": "ñãõßœ", "pl": "äöüßñřčš", "tr": "äßñéàèqxw", "vi": "äöüßñ", "id": "äöüßéñ", "en": "éñäöüß",
}  # fmt: skip
# Said twice on purpose: step by step, slowly, loudly.
REDUPLICATED = set("adım yavaş piano dần seve".split())
QUOTES = {
    "de": ("„", "“"), "pl": ("„", "”"), "es": ("«", "»"), "fr": ("«", "»"), "it": ("«", "»"), "ru": ("«", "»"),
    "uk": ("«", "»"), "ar": ("«", "»"), "ja": ("「", "」"), "ko": ("‘", "’"),
}  # fmt: skip


def _kinds() -> list[pytest.ParameterSet]:
    return [
        pytest.param(language, kind, id=f"{language}-{kind}")
        for language in PHRASES
        for kind in KINDS
    ]


def _between(pool: Pool) -> list[str]:
    return list(chain.from_iterable(pool.between.values()))


def _all(pool: Pool) -> list[str]:
    return [*pool.openings, *_between(pool), *pool.closings]


def _said(phrases: Phrases, language: str, kind: TopicKind) -> list[str]:
    """All of a kind with a short subject that fits it."""
    topic, question = SUBJECTS[language]
    subject = Subject.of(question if kind in ("why", "how", "what") else topic, language)
    told = Subject.of(
        topic,
        language,
        told={"de": "über den Mond", "ru": "о Москве", "uk": "про каву", "pl": "o kawie"}.get(
            language, ""
        ),
    )
    phrases_of_kind = _all(phrases.pool(kind))
    said = [subject.said_in(p) for p in phrases_of_kind if subject.fits(p)]
    return said + [told.said_in(p) for p in phrases_of_kind if "{p}" in p]


def test_every_language_of_the_outlines_is_there() -> None:
    wanted = "en ko ja zh es de fr pt hi ar ru id it tr vi pl nl th uk".split()
    assert sorted(PHRASES) == sorted(wanted)
    assert sorted(SUBJECTS) == sorted(wanted)


@pytest.mark.parametrize(("language", "kind"), _kinds())
def test_a_pool_has_enough_to_choose_from(language: str, kind: TopicKind) -> None:
    pool = PHRASES[language].pool(kind)
    assert len(pool.openings) >= 4
    assert len(_between(pool)) >= 10
    assert len(pool.closings) >= 4
    assert set(pool.between) <= set(BEATS) - {"hook", "your_turn", "own"}
    assert len(pool.between) >= MAX_CUTS - 2
    assert all(pool.between.values())
    # For a subject that is not said again: too long, a question, in a case.
    assert sum(not has_place(line) for line in pool.closings) >= 2
    assert all(any(not has_place(line) for line in lines) for lines in pool.between.values())


@pytest.mark.parametrize(("language", "kind"), _kinds())
def test_a_bare_subject_has_openings_enough_too(language: str, kind: TopicKind) -> None:
    bare = {
        "en": "lighthouse",
        "es": "faro",
        "fr": "phare",
        "it": "faro",
        "pt": "farol",
        "ko": "光",
    }
    subject = Subject.of(bare.get(language, SUBJECTS[language][0]), language)
    pool = PHRASES[language].pool(kind)
    fitting = [line for line in pool.openings if subject.fits(line)]
    assert len(fitting) >= (2 if subject.text == "光" else 4)
    assert all(any(subject.fits(line) for line in lines) for lines in pool.between.values())


@pytest.mark.parametrize(("language", "kind"), _kinds())
def test_openings_name_the_subject_and_places_are_known(language: str, kind: TopicKind) -> None:
    pool = PHRASES[language].pool(kind)
    assert all(has_place(line) for line in pool.openings)
    wanted = "qQ" if kind in ("why", "how", "what") else "sSdDp"
    for line in _all(pool):
        places = re.findall(r"\{[^}]*\}", line)
        assert line.count("{") == line.count("}") == len(places) <= 1, line
        for place in places:
            assert re.fullmatch(r"\{[sSdqQp]\}|\{s:(은|이|을|이라면)\}|\{d:(de|di)\}", place), line
            assert place[1] in wanted or kind == "what", line
        if line.startswith(("{s}", "{q}", "{d")):
            assert language in ("ko", "ja", "zh"), f"begins small: {line}"


@pytest.mark.parametrize("language", PHRASES)
def test_no_phrase_and_no_sentence_of_it_is_twice_in_a_pool(language: str) -> None:
    for kind in KINDS:
        lines = _all(PHRASES[language].pool(kind))
        assert len(set(lines)) == len(lines), kind
        # A film has only the openings for a subject in a case, or only the others.
        apart = [line for line in lines if "{p}" not in line]
        sentences = [s.strip() for line in apart for s in re.split(r"(?<=[.?!。？！।؟])", line)]
        whole = [s for s in sentences if len(s) > 12 and not has_place(s)]
        assert len(set(whole)) == len(whole), [s for s in whole if whole.count(s) > 1]


@pytest.mark.parametrize(("language", "kind"), _kinds())
def test_no_two_phrases_of_a_pool_begin_alike_too_often(language: str, kind: TopicKind) -> None:
    beginnings = [line[:14] for line in _between(PHRASES[language].pool(kind))]
    assert len(beginnings) - len(set(beginnings)) <= 3


@pytest.mark.parametrize(("language", "kind"), _kinds())
def test_a_line_takes_two_to_nine_seconds_to_say(language: str, kind: TopicKind) -> None:
    for line in _said(PHRASES[language], language, kind):
        seconds = weight(line) / WEIGHT_PER_SECOND
        assert 1.9 <= seconds <= 9, f"{seconds:.1f} s: {line}"


@pytest.mark.parametrize(("language", "kind"), _kinds())
def test_marks_are_single_quotes_paired_and_a_sentence_ends(language: str, kind: TopicKind) -> None:
    for line in _said(PHRASES[language], language, kind):
        assert not re.search(r"[.?!,:;。？！，：；،؛؟।]\s*[.?!,:;。？！，：；،؛؟।]", line), line
        assert "  " not in line
        assert line == line.strip()
        opening, closing = QUOTES.get(language, ("“", "”"))
        assert line.count(opening) == line.count(closing), line
        assert not set(line) & (set("“”„«»「」‘’") - {opening, closing}), line
        assert line.count("¿") == (line.count("?") if language == "es" else 0), line
        assert line.count('"') == 0, line
        ends = {"th": r"[\u0e00-\u0e7f”]$", "ja": "[。？]$", "zh": "[。？]$"}
        assert re.search(ends.get(language, r"[.?!।؟]$"), line), line


@pytest.mark.parametrize("language", PHRASES)
def test_a_word_is_not_doubled(language: str) -> None:
    for kind in KINDS:
        for line in _said(PHRASES[language], language, kind):
            words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.lower())
            doubled = [a for a, b in zip(words, words[1:], strict=False) if a == b and len(a) > 1]
            assert set(doubled) <= REDUPLICATED, line


@pytest.mark.parametrize("language", PHRASES)
def test_letters_are_the_languages_own(language: str) -> None:
    script = SCRIPTS.get(language, "LATIN")
    phrases = PHRASES[language]
    lines = [re.sub(r"\{[^}]*\}", "", line) for kind in KINDS for line in _all(phrases.pool(kind))]
    for line in [*lines, *phrases.ordinals, *phrases.names]:
        letters = [c for c in line if c.isalpha()]
        odd = [c for c in letters if not re.match(script, unicodedata.name(c))]
        assert not odd, line
        assert not set(line.lower()) & set(FOREIGN.get(language, "")), line
        assert unicodedata.normalize("NFC", line) == line
        assert not re.search(r"[\u200b-\u200f\u00a0\u202a-\u202e]", line), line


@pytest.mark.parametrize("language", PHRASES)
def test_a_list_is_counted_in_words(language: str) -> None:
    ordinals = PHRASES[language].ordinals
    assert len(set(ordinals)) == len(ordinals) >= MAX_CUTS - 2
    assert not any(c.isdigit() for ordinal in ordinals for c in ordinal)


def test_did_you_know_is_asked_once_at_most() -> None:
    worn = re.compile(
        r"did you know|sabías que|saviez-vous|wusstest du|알고 계셨나요|知っていましたか|你知道吗|sapevi che",
        re.I,
    )
    for phrases in PHRASES.values():
        for kind in KINDS:
            assert sum(bool(worn.search(line)) for line in _all(phrases.pool(kind))) <= 1


# Where a language has cases, suffixes or joined articles, the subject stands as it was given.
UNCHANGED = {
    "ru": "кошка|собака|чёрная дыра|море|солнце|мой дедушка|Пётр Первый|пчёлы|дети|GPT-4|50%|Москва|старый маяк|время|имя|любовь|деньги|Пушкин|история чая|1812 год",
    "uk": "кішка|собака|чорна діра|море|сонце|мій дідусь|Київ|бджоли|діти|GPT-4|50%|старий маяк|час|ім'я|любов|гроші|Шевченко|історія чаю|пісня|чай",
    "pl": "kot|pies|czarna dziura|morze|słońce|mój dziadek|Kraków|pszczoły|dzieci|GPT-4|50%|stara latarnia|czas|imię|miłość|pieniądze|Chopin|historia herbaty|pieśń|książka",
    "de": "der Mond|die Katze|das Meer|Bienen|ein alter Leuchtturm|mein Opa|schwarzes Loch|Kaffee|Goethe|München|GPT-4|50%|die Zeit|Kinder|der Bär|Liebe|Geld|Geschichte des Tees|ein Lied|Bücher",
    "tr": "kedi|köpek|kara delik|deniz|güneş|dedem|İstanbul|arılar|çocuklar|GPT-4|50%|eski fener|zaman|aşk|para|Atatürk|çayın tarihi|şarkı|kitap|yağmur",
    "ar": "القطة|الكلب|ثقب أسود|البحر|الشمس|جدي|القاهرة|النحل|المهندسون|GPT-4|50%|منارة قديمة|الوقت|الحب|المال|أبو الهول|تاريخ الشاي|أغنية|كتاب|مطر",
    "hi": "बिल्ली|घोड़ा|काला छेद|समुद्र|सूरज|मेरे दादा|दिल्ली|मधुमक्खियाँ|बच्चे|GPT-4|50%|पुराना मकान|समय|प्यार|पैसा|गाँधी|चाय का इतिहास|गाना|किताब|लड़का",
    "ja": "猫|犬|ブラックホール|海|太陽|祖父|東京|蜜蜂|子ども|GPT-4|50%|古い灯台|時間|愛|お金|夏目漱石|お茶の歴史|歌|本|雨",
    "zh": "猫|狗|黑洞|大海|太阳|我的爷爷|北京|蜜蜂|孩子|GPT-4|50%|老灯塔|时间|爱|钱|鲁迅|茶的历史|歌|书|雨",
    "th": "แมว|สุนัข|หลุมดำ|ทะเล|ดวงอาทิตย์|คุณปู่|กรุงเทพ|ผึ้ง|เด็ก|GPT-4|50%|ประภาคารเก่า|เวลา|ความรัก|เงิน|สุนทรภู่|ประวัติชา|เพลง|หนังสือ|ฝน",
    "vi": "mèo|chó|hố đen|biển|mặt trời|ông tôi|Hà Nội|ong|trẻ em|GPT-4|50%|ngọn hải đăng cũ|thời gian|tình yêu|tiền|Nguyễn Du|lịch sử trà|bài hát|sách|mưa",
    "id": "kucing|anjing|lubang hitam|laut|matahari|kakekku|Jakarta|lebah|anak-anak|GPT-4|50%|mercusuar tua|waktu|cinta|uang|Kartini|sejarah teh|lagu|buku|hujan",
}  # fmt: skip


@pytest.mark.parametrize("language", UNCHANGED)
def test_the_subject_keeps_its_form(language: str) -> None:
    subjects = UNCHANGED[language].split("|")
    assert len(subjects) >= 20
    for words in subjects:
        subject = Subject.of(words, language)
        for kind in ("general", "facts", "story", "ad"):
            for phrase in _all(PHRASES[language].pool(kind)):
                if has_place(phrase) and subject.fits(phrase):
                    said = subject.said_in(phrase)
                    whole = (
                        words
                        if language in ("ja", "zh", "th")
                        else rf"(?<!\w){re.escape(words)}(?!\w)"
                    )
                    assert re.search(whole.replace("İ", "i"), said.replace("İ", "i"), re.I), said


@pytest.mark.parametrize("language", [*sorted({"de", "ru", "uk", "pl", "ar", "hi"})])
def test_where_there_are_cases_the_subject_stands_apart(language: str) -> None:
    apart = r"(?:^|[:：] ?|[“„«]|[.?!।؟] ?)\{[sSqQ]\}|\{p\}"
    for kind in KINDS:
        for phrase in _all(PHRASES[language].pool(kind)):
            assert not has_place(phrase) or re.search(apart, phrase), phrase
