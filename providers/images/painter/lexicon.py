"""What the words of a prompt ask for: a family of scene, a motif, a time of day.

Whole words only; a Korean noun may carry a particle. Scripts without spaces are searched for
the word itself, since they have no word boundaries to go by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FAMILIES: dict[str, str] = {
    "ocean": "바다 해변 파도 섬 항구 바닷가 해안 해양 배 소금 | sea ocean beach wave waves coast island ship boat salt salty surf sail | 海 波 島 浜 港 船 塩 | 海洋 大海 海滩 盐 | mar playa océano barco | mer plage océan bateau | meer strand ozean schiff | praia oceano | समुद्र | بحر شاطئ",
    "mountains": "산 산맥 봉우리 언덕 정상 등산 용기 도전 목표 | mountain mountains hill hills peak summit climb hike courage goal challenge success | 山 丘 挑戦 | 山脉 挑战 成功 | montaña éxito | montagne succès | berg berge erfolg | montanha sucesso | पहाड़ | جبل",
    "forest": "숲 나무 정글 강 계곡 시내 자연 | forest tree trees wood woods jungle river stream nature leaf leaves | 森 木 川 自然 | 森林 树 河 河流 自然 | bosque árbol río naturaleza | forêt arbre rivière nature | wald baum fluss natur | floresta árvore rio natureza | जंगल पेड़ नदी | غابة شجرة نهر",
    "dunes": "사막 모래 더위 낙타 이집트 | desert sand dune dunes heat camel egypt pyramid | 砂漠 砂 | 沙漠 沙 | desierto arena | désert sable | wüste sand | deserto areia | रेगिस्तान | صحراء",
    "meadow": "꽃 들판 봄 정원 풀 초원 농장 건강 행복 나비 강아지 고양이 동물 새 | flower flowers meadow field garden spring grass farm health happy happiness butterfly bee bees dog cat puppy kitten animal animals bird birds horse | 花 春 庭 犬 猫 動物 鳥 幸せ | 花园 春天 狗 动物 鸟 健康 快乐 | flor flores jardín perro gato salud | fleur jardin chien chat santé | blume garten hund katze gesundheit | jardim cachorro saúde | फूल कुत्ता बिल्ली | زهرة حديقة كلب قطة",
    "city": "도시 서울 거리 건물 회사 경제 돈 투자 뉴스 교통 자동차 밤거리 부자 사업 | city street town building downtown office economy money finance invest investing business news car traffic tokyo york seoul work job | 都市 街 経済 お金 会社 東京 | 城市 街道 经济 钱 公司 工作 | ciudad calle dinero negocio trabajo | ville rue argent travail | stadt straße geld arbeit | cidade rua dinheiro trabalho | शहर पैसा | مدينة شارع مال عمل",
    "space": "우주 별 행성 은하 블랙홀 로켓 외계인 지구 태양계 과학 | space star stars planet planets galaxy universe rocket alien earth cosmos mars astronomy science comet | 宇宙 星 惑星 銀河 地球 科学 | 太空 星星 行星 银河 | espacio estrella planeta universo | espace étoile planète univers | weltraum stern planet universum | espaço estrela planeta | अंतरिक्ष तारा | فضاء نجم كوكب",
    "snow": "눈사람 겨울 눈꽃 얼음 추위 스키 크리스마스 첫눈 | snow winter ice cold frozen ski christmas arctic polar | 雪 冬 氷 | 雪花 冬天 冰 | nieve invierno hielo | neige hiver glace noël | schnee winter eis weihnachten | neve inverno gelo | बर्फ | ثلج شتاء",
    "underwater": "물고기 고래 산호 심해 바닷속 상어 문어 거북이 | fish whale coral shark octopus underwater dolphin jellyfish aquarium diving | 魚 鯨 珊瑚 深海 | 鱼 鲸鱼 珊瑚 | pez ballena coral | poisson baleine corail | fisch wal koralle | peixe baleia | मछली | سمكة حوت",
    "window": "비 창문 집 방 커피 책 공부 독서 차 아침 음식 요리 카페 잠 휴식 가족 외로움 | rain rainy window home house room coffee tea book books study reading morning food cooking cafe sleep rest family lonely breakfast bread kitchen | 雨 窓 家 部屋 本 勉強 朝 料理 睡眠 家族 | 窗 房间 咖啡 书 学习 早上 食物 睡觉 家庭 | lluvia casa café libro comida | pluie maison livre cuisine | regen haus kaffee buch essen | chuva livro comida | बारिश घर किताब चाय | مطر بيت قهوة كتاب",
    "ribbons": "음악 춤 꿈 마음 감정 생각 바람 시간 미래 에너지 인공지능 기술 디지털 | music song dance dream dreams feeling feelings emotion mind wind flow time future energy ai artificial technology digital internet data code | 音楽 夢 心 風 時間 未来 技術 人工知能 | 音乐 梦 风 时间 未来 人工智能 | música sueño tiempo futuro tecnología | musique rêve temps futur technologie | musik traum zeit zukunft technik | sonho tempo futuro tecnologia | सपना समय | موسيقى حلم وقت مستقبل",
}
_MOTIFS: dict[str, str] = {
    "boat": "배 돛단배 항해 | boat ship sail sailing | 船 | barco | bateau | schiff boot",
    "heart": "사랑 마음 심장 연애 결혼 감사 | love heart romance wedding thanks thank gratitude | 愛 心 恋 | 爱 | amor corazón | amour cœur | liebe herz | प्यार | حب قلب",
    "bulb": "아이디어 생각 창의력 발명 지식 전구 비밀 팁 방법 | idea ideas creative invention knowledge bulb tip tips secret how trick | 発明 知識 方法 | 想法 知识 | idea consejo | idée conseil | idee tipp",
    "coin": "돈 투자 저축 경제 부자 월급 비용 | money coin coins invest saving economy rich price cost finance | お金 経済 | 钱 投资 | dinero | argent | geld | पैसा | مال",
    "clock": "시간 시계 아침 습관 역사 하루 | time clock morning habit history hour minute daily | 時間 時計 歴史 | 时间 历史 | tiempo hora | temps heure | zeit uhr | समय | وقت",
    "rocket": "로켓 우주 시작 스타트업 발사 | rocket space startup launch mars | 宇宙 | 火箭 太空 | cohete | fusée | rakete",
    "leaf": "환경 자연 식물 잎 건강 지구 | leaf leaves plant plants environment green health nature climate | 自然 環境 植物 | 植物 环境 | planta | plante | pflanze",
    "book": "책 공부 독서 학교 이야기 배움 시험 | book books study reading school story learn exam language | 本 勉強 学校 物語 | 书 学习 学校 故事 | libro escuela | livre école | buch schule | किताब | كتاب",
    "chart": "경제 성장 통계 매출 주식 성공 | growth chart stock stocks sales statistics success economy data | 成長 株 | 增长 股票 | éxito | croissance | wachstum",
    "question": "왜 질문 무엇 어떻게 이유 궁금 | why what question how reason wonder | なぜ 何 | 为什么 什么 | qué cómo | pourquoi | warum was | क्यों | لماذا",
    "cat": "고양이 야옹 | cat cats kitten | 猫 ネコ | gato | chat | katze | बिल्ली | قطة",
    "dog": "강아지 개 반려견 | dog dogs puppy | 犬 イヌ | 狗 | perro | chien | hund | कुत्ता | كلب",
    "bird": "새 자유 날개 | bird birds freedom wing wings fly | 鳥 自由 | 鸟 | pájaro | oiseau | vogel",
    "fish": "물고기 고래 낚시 | fish whale fishing | 魚 | 鱼 | pez | poisson | fisch",
    "house": "집 가족 이사 방 부동산 | house home family room | 家 家族 | 房子 家庭 | casa familia | maison famille | haus familie",
    "cup": "커피 차 카페 아침 음식 휴식 | coffee tea cup cafe breakfast drink | コーヒー お茶 | 咖啡 茶 | café té | thé | kaffee tee | चाय | قهوة",
    "phone": "휴대폰 스마트폰 기술 앱 인공지능 유튜브 | phone smartphone technology app ai internet video computer digital | 技術 人工知能 | 手机 人工智能 | teléfono | téléphone | handy technik",
    "music": "음악 노래 춤 | music song dance concert | 音楽 歌 | 音乐 | música | musique | musik",
    "moon": "달 밤 꿈 잠 | moon night dream sleep | 月 夜 夢 | 月亮 | luna noche | lune nuit | mond nacht",
    "sun": "해 태양 여름 희망 행복 | sun summer hope sunny happy | 太陽 夏 希望 | 太阳 夏天 | sol verano | soleil été | sonne sommer",
    "star": "별 꿈 소원 크리스마스 | star stars wish dream christmas | 星 | 星星 | estrella | étoile | stern",
    "tree": "나무 숲 성장 | tree trees forest grow | 木 森 | 树 | árbol | arbre | baum",
    "flower": "꽃 봄 축하 생일 | flower flowers spring birthday celebrate | 花 春 | 春天 | flor | fleur | blume",
    "umbrella": "비 우산 장마 | rain rainy umbrella | 雨 傘 | lluvia | pluie | regen",
    "person": "사람 친구 나 우리 용기 혼자 인생 여행 | person people friend friends me we life alone travel journey walk hero man woman child | 人 友達 人生 旅 | 人 朋友 人生 旅行 | persona amigo vida viaje | ami vie voyage | mensch freund leben reise",
    "drop": "물 비 눈물 소금 바다 | water drop drops tear tears salt sea ocean | 水 涙 塩 | 盐 | agua | eau | wasser",
    "gift": "선물 할인 이벤트 세일 | gift sale discount present offer shop | 割引 | 礼物 打折 | regalo oferta | cadeau | geschenk",
    "mountain": "산 도전 목표 정상 | mountain goal challenge summit peak | 山 | montaña | montagne | berg",
    "bike": "자전거 운동 | bike bicycle cycling sport | 自転車 | 自行车 | bicicleta | vélo | fahrrad",
}
_NIGHT = "밤 한밤 새벽 별 달 우주 어둠 무서운 유령 | night midnight dark moon stars ghost scary horror | 夜 月 暗 | 夜晚 | noche | nuit | nacht | रात | ليل"

_PARTICLES = "은 는 이 가 을 를 의 에 와 과 도 만 로 속 위 들 야 아 요 란 에서 에게 으로 까지 부터 처럼 보다 이란 입니다 이야 에는 에도 들이 들은 들을 들의 이라는 이라고 하고 이나 나".split()
_WORD = re.compile(r"\w+", re.UNICODE)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Subject:
    """What was found, best first."""

    families: tuple[str, ...]
    motifs: tuple[str, ...]
    night: bool


def subject_of(prompt: str) -> Subject:
    """What a prompt asks to see; the word that stands first counts first."""
    text = prompt.lower()
    words = _WORD.findall(text)
    return Subject(
        families=_found(text, words, _FAMILIES),
        motifs=_found(text, words, _MOTIFS),
        night=_position(text, words, _NIGHT) is not None,
    )


def _found(text: str, words: list[str], table: dict[str, str]) -> tuple[str, ...]:
    places = {
        name: place
        for name, line in table.items()
        if (place := _position(text, words, line)) is not None
    }
    return tuple(sorted(places, key=places.__getitem__))


def _position(text: str, words: list[str], line: str) -> int | None:
    """Where the first word of a table's line stands in the text; None where none does."""
    places = []
    for word in line.replace("|", " ").split():
        if _UNSPACED.search(word):
            place = text.find(word)
        else:
            match = next((w for w in words if _is_word(w, word)), None)
            place = text.find(match) if match else -1
        if place >= 0:
            places.append(place)
    return min(places, default=None)


def _is_word(found: str, word: str) -> bool:
    if found == word:
        return True
    return word[0] >= "가" and found.startswith(word) and found[len(word) :] in _PARTICLES
