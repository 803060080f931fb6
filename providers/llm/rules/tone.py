"""The mood of a text and the emotion of a line, from the words that carry them."""

from __future__ import annotations

import re

from domain.plot import Emotion, Mood

_MOODS: tuple[tuple[Mood, str], ...] = (
    (Mood.DARK, r"horror|ghost|scary|dark|murder|mystery|crime|haunt|공포|귀신|유령|무서운|미스터리|어둠|살인|恐怖|幽霊|怖い|鬼|miedo|fantasma|terror|peur|fantôme|angst|geist|страх|призрак|डर|भूत|رعب|شبح"),
    (Mood.EPIC, r"epic|battle|hero|war\b|legend|dragon|empire|challenge|victory|space|universe|volcano|전쟁|영웅|전설|용사|도전|승리|우주|제국|英雄|戦い|伝説|宇宙|战争|传说|héroe|guerra|leyenda|héros|guerre|held\b|krieg|герой|война|वीर|युद्ध|بطل|حرب"),
    (Mood.UPBEAT, r"happy|fun\b|party|dance|summer|birthday|joy|sale|festival|sport|laugh|신나|행복|축제|생일|파티|여름|댄스|할인|운동|楽しい|祭り|誕生日|夏|快乐|生日|节日|feliz|fiesta|verano|joyeux|fête|été|glücklich|sommer|весел|праздник|खुश|त्योहार|سعيد|عيد"),
    (Mood.LOFI, r"coffee|study|city|night\b|rain|cafe|work|code|coding|morning|study|커피|공부|도시|비 오는|카페|새벽|코딩|출근|コーヒー|勉強|都市|雨|咖啡|学习|城市|café|ciudad|lluvia|ville|pluie|kaffee|stadt|regen|кофе|дождь|कॉफी|बारिश|قهوة|مطر"),
)  # fmt: skip
_EMOTIONS: tuple[tuple[Emotion, str], ...] = (
    (Emotion.SAD, r"sad\b|cry|tears?\b|lonely|lost|goodbye|miss you|슬프|슬픈|눈물|외로|이별|그리워|울었|잃어|悲し|涙|寂し|别离|眼泪|伤心|triste|llor|lágrima|pleur|traurig|träne|груст|слез|दुख|उदास|आँसू|حزين|دموع"),
    (Emotion.ANGRY, r"angry|furious|rage\b|hate|화가 나|화난|분노|미워|怒|愤怒|enojad|furios|colère|wütend|злой|гнев|गुस्सा|غاضب"),
    (Emotion.SURPRISED, r"suddenly|surpris|amazing|unbelievable|wow|secret|갑자기|놀라|놀랍|세상에|비밀|突然|驚|びっくり|惊|de repente|sorpres|soudain|surpris|plötzlich|überrasch|вдруг|удив|अचानक|हैरान|فجأة|مفاجأة"),
    (Emotion.HAPPY, r"happy|smile|laugh|joy|love|thank|행복|기쁘|기쁨|웃|사랑|고마|즐거|嬉し|楽し|笑|幸せ|快乐|高兴|爱|feliz|alegr|sonr|heureu|joie|sourire|glücklich|freude|lächel|счаст|радост|खुश|मुस्कु|سعيد|فرح"),
    (Emotion.CALM, r"calm|quiet|peace|silence|slowly|gentle|sleep|고요|조용|평화|천천히|잔잔|静か|穏やか|安静|平静|tranquil|calma|silencio|calme|silence|ruhig|still\b|тих|спокой|शांत|هادئ"),
)  # fmt: skip


# A Latin word is looked for from its beginning: there is rage in "Frage".
_BEGINNING = r"(?:(?<![A-Za-zÀ-ÿ])(?=[A-Za-zÀ-ÿ])|(?=[^A-Za-zÀ-ÿ]))"


def mood_of(text: str, *, advertises: bool) -> Mood:
    """The music's mood: by the words that come up most; calm where none does."""
    counts = {mood: _count(words, text) for mood, words in _MOODS}
    best = max(counts, key=lambda mood: counts[mood])
    if counts[best]:
        return best
    return Mood.UPBEAT if advertises else Mood.CALM


def emotion_of(line: str) -> Emotion:
    """How a line is said: by its words, else by its closing mark."""
    for emotion, words in _EMOTIONS:
        if _count(words, line):
            return emotion
    if re.search(r"[!！]", line):
        return Emotion.EXCITED
    return Emotion.NEUTRAL


def _count(words: str, text: str) -> int:
    return len(re.findall(f"{_BEGINNING}(?:{words})", text, re.IGNORECASE))
