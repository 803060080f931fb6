"""Where sentences end, and where long ones are parted."""

from __future__ import annotations

import pytest

from domain.reading.length import MAX_THOUGHT, weight
from domain.reading.parting import parted
from domain.reading.sentences import sentences


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The shop opens at 9 a.m. on Mondays. | Mr. Kim paid 3.5 dollars. | “Why?” she asked."),
        ("en", "Visit https://example.org/a?b=1 now! | Save 37.5% today... and then? | J. K. Rowling wrote it."),
        ("de", "Es war am 24. Dezember. | Friedrich II. war König. | Die 3. Klasse lernt. | Es war 1945. | Dann kam der Frieden."),
        ("ru", "В 1945 г. война кончилась. | Это т. е. всё. | «Иди сюда!» — сказала мама."),
        ("uk", "У 1945 р. скінчилась війна. | Див. рис. 3. | Кінець."),
        ("ko", "엄마가 “이제 자라.”라고 말했다. | “안녕?” 하고 물었다. | 1945년 8월 15일. | 3.14는 원주율이다."),
        ("ja", "「もう寝なさい。」と母は言った。 | 「すごい！」って言った。 | え？！ | はい。"),
        ("zh", "他问：“你去吗？” | 我说：“去！” | 然后走了。"),
        ("tr", "“Gel buraya.” dedi annem. | “Neden?” diye sordu. | 2. Dünya Savaşı bitti. | Dr. Ali geldi."),
        ("es", "El Sr. García llegó a las 3 p. m. y se fue. | —¿Vienes? —preguntó Ana. | ¡Nada!"),
        ("fr", "M. Dupont habite ici. | Il a dit : « Viens ! » et partit. | Mme. Curie aussi."),
        ("pt", "O Sr. Silva chegou às 3 h. e saiu. | A Av. Paulista é longa. | Fim."),
        ("it", "Il sig. Rossi arriva. | Vedi pag. 3 del libro. | Non so."),
        ("pl", "Urodził się w 1945 r. w Warszawie. | Prof. dr hab. Nowak mówi."),
        ("nl", "Dhr. De Vries en mw. Jansen kwamen. | Het is bijv. 3 km. | Echt waar."),
        ("id", "Harganya Rp. 5.000 saja. | Dr. Budi datang. | Apa kabar?"),
        ("vi", "TS. Nguyễn Văn A nói. | TP. Hồ Chí Minh rất đông. | Đúng vậy."),
        ("hi", "डॉ. शर्मा आए। | बारिश होती है। | क्या हुआ?"),
        ("ar", "قال د. أحمد نعم. | ثم ذهب؟ | انتهى."),
        ("th", "แมวดำนั่งมองดวงจันทร์ | มันอยากบินไปหา | ในปี 2020 มีแมว 5 ตัว"),
        ("lo", "ສະບາຍດີຕອນເຊົ້າ | ຂ້ອຍມັກກາເຟຫຼາຍ"),
        ("km", "ខ្ញុំស្រឡាញ់ឆ្មា។ | វាគេងលើគ្រែ"),
    ],
)  # fmt: skip
def test_sentences_end_where_they_do(language: str, text: str) -> None:
    kept = text.split(" | ")
    joined = "".join(kept) if language in ("ja", "zh") else " ".join(kept)
    assert sentences(joined, language) == kept


@pytest.mark.parametrize(
    ("language", "text", "whole"),
    [
        ("en", "The tower that the old engineers built on the hill has a height of 1,250,000 cm and a width of 3,500,000 cm according to the very first survey of the valley", ["1,250,000 cm", "3,500,000 cm"]),
        ("en", "Vincent (1850–1912) painted the harbour of the little town by the sea and the storms that came every winter with great patience and he never sold a single one of them", ["(1850–1912)"]),
        ("en", "He said “we will come back in the spring, and when we do, we shall bring the lamps” before he left the harbour with all of his ships and all of his men", ["“we will come back in the spring, and when we do, we shall bring the lamps”"]),
        ("de", "Die Temperatur fiel in der Nacht von 25 auf -5 bis -10 Grad und am nächsten Morgen lagen 10 000 Menschen ohne Strom in ihren kalten Häusern und warteten", ["10 000", "-5", "-10 Grad"]),
        ("fr", "La ville comptait 1 250 000 habitants entre 1850 et 1912 et chacun d'eux voulait voir la grande tour que les ingénieurs avaient bâtie au bord de la mer", ["1 250 000", "1850", "1912"]),
        ("zh", "这座古老的灯塔建于1850年它高达125米每天晚上都会为过往的船只指引方向直到今天仍然有很多游客来参观它并且拍照留念因为它是这个城市最美丽的风景之一也是历史的见证者", ["1850年", "125米", "灯塔"]),
        ("ja", "昔々あるところにおじいさんとおばあさんが住んでいましたおじいさんは山へ芝刈りにおばあさんは川へ洗濯に行きましたすると川上から大きな桃がどんぶらこと流れてきて驚きました", ["おじいさん", "洗濯"]),
        ("ko", "그 오래된 등대는 1850년에 세워졌고 높이가 125미터나 되어 매일 밤 지나가는 배들에게 길을 알려 주며 지금도 많은 사람들이 찾아와 사진을 찍고 이야기를 나누고 돌아간다", ["1850년에", "125미터나"]),
        ("ru", "Старая башня, которую инженеры построили на холме в 1850–1912 годах, имеет высоту 1 250 000 сантиметров и каждую зиму принимает множество гостей из города", ["1850–1912", "1 250 000"]),
    ],
)  # fmt: skip
def test_long_sentences_are_never_parted_inside_a_number_or_a_quotation(
    language: str, text: str, whole: list[str]
) -> None:
    pieces = parted(text, language)
    assert len(pieces) > 1
    assert all(weight(piece) <= MAX_THOUGHT for piece in pieces)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    assert all(any(part in piece for piece in pieces) for part in whole)
