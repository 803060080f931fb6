"""What a text says beside the words: looks, sounds and rests, which nobody speaks."""

from __future__ import annotations

import re

_GROUP = re.compile(
    r"\[([^\[\]\n]{1,200})\]|［([^［］\n]{1,200})］|\(([^()\n]{1,120})\)|（([^（）\n]{1,120})）"
)
# Words of directions, in every language of the product; only between round brackets are they
# needed, for what stands between those is mostly said.
_DIRECTS = re.compile(
    r"\b(?:camera|zoom|pans?\b|cuts? to|fade|music|sounds?\b|sfx|bgm|laugh|giggl|chuckl|sigh|whisper|shout"
    r"|gasp|sob|crying|pauses?\b|beat\b|silence|applause|cheer|clap|thunder|footsteps|knock|creak|slam"
    r"|transition|close-?up|wide shot|on[- ]screen|off[- ]screen|smil|nods?\b|b-roll|whoosh|ding\b|v\.?o\.?$"
    r"|cámara|música|sonido|efecto|risas|ríe\b|suspir|susurr|aplaus|pausa|silenci|pantalla|plano|fundido"
    r"|llora|grita|caméra|musique|bruit|rires?\b|rit\b|soupi|chuchot|applaudi|écran|fondu|pleure|crie\b"
    r"|kamera|musik|geräusch|lacht|lachen|seufz|flüster|stille|bildschirm|einblend|schnitt|großaufnahme"
    r"|weint|schreit|câmera|risos|tela\b|chora\b|inquadratur|musica|suono|rumore|ride\b|risate|sospir"
    r"|sussurr|schermo|dissolvenza|piange|müzik|kahkaha|güler|gülüyor|fısılda|alkış|sessizlik|ekran"
    r"|ağla|bağır|suara|tertawa|berbisik|tepuk tangan|jeda|hening|layar|menangis|muzyka|dźwięk|odgłos"
    r"|śmiech|śmieje|wzdycha|szept|oklaski|cisza|płacze|krzycz|muziek|geluid|gelach|zucht|fluister"
    r"|stilte|scherm|huilt|máy quay|nhạc|âm thanh|tiếng|cười|thở dài|thì thầm|vỗ tay|tạm dừng|im lặng"
    r"|màn hình|cận cảnh|камера|музык|музик|звук|смех|сміх|смеёт|смієт|вздых|зітха|шеп|аплод|оплеск"
    r"|пауза|тишина|тиша|экран|екран|кадр|плач|крич|шум)"
    r"|카메라|줌|음악|효과음|소리|웃음|웃으며|한숨|속삭|박수|침묵|잠시|정적|멈춤|화면|자막|전환|클로즈업|페이드"
    r"|カメラ|ズーム|音楽|効果音|音$|笑|ため息|ささや|拍手|沈黙|^間$|画面|テロップ|フェード|BGM|泣きな|叫"
    r"|镜头|鏡頭|音乐|音效|声$|声音|叹气|低声|掌声|沉默|停顿|字幕|淡出|特写|哭|喊"
    r"|कैमरा|संगीत|ध्वनि|आवाज|हँस|फुसफुस|तालियाँ|विराम|सन्नाट|كاميرا|موسيقى|صوت|يضحك|ضحك|يتنهد|يهمس"
    r"|تصفيق|صمت|توقف|กล้อง|ดนตรี|เพลง|เสียง|หัวเราะ|ถอนหายใจ|กระซิบ|ปรบมือ|เงียบ",
    re.IGNORECASE,
)
_PAUSE = re.compile(
    r"\b(?:pause|beat|silence|stille|pausa|silencio|silêncio|silenzio|pauze|stilte|pauza|cisza|jeda"
    r"|hening|sessizlik|duraklama|tạm dừng|im lặng|пауза|тишина|тиша)\b"
    r"|잠시|침묵|정적|멈춤|쉼|沈黙|^間$|停顿|沉默|विराम|सन्नाट|صمت|توقف|เงียบ|หยุด",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"(\d{1,2}(?:\.\d)?)\s*(?:s|sec|초|秒|сек|seg|sek|ث|วิ)", re.IGNORECASE)
PAUSE_MS = 700
MAX_PAUSE_MS = 4000
# A sound effect's tag (`domain/sfx.py`) by what a direction names, in every language.
_SOUNDS: tuple[tuple[str, str], ...] = (
    ("thunder", r"\bthunder|lightning|trueno|tonnerre|\bdonner|trovão|\btuon|\bгром|\bгрім|gürültüsü|guntur|petir|grzmot|donder|\bsấm|천둥|번개|雷|गरज|رعد|ฟ้าร้อง"),
    ("rain", r"\brain|lluvia|\bpluie|\bregen|chuva|pioggia|дожд|дощ|yağmur|hujan|deszcz|\bmưa|빗소리|비\s?(?:오는\s)?소리|비가|雨|बारिश|वर्षा|مطر|ฝน"),
    ("footsteps", r"footstep|\bsteps\b|\bpasos\b|bruits? de pas|schritte|\bpassos\b|\bpassi\b|\bшаги|\bкроки|ayak ses|langkah|\bkroki|voetstap|bước chân|발소리|발걸음|足音|脚步|कदम|خطوات|ฝีเท้า"),
    ("door", r"\bdoor|knock|puerta|\bporte\b|\btür|\bporta\b|двер|\bстук|kapı|pintu|drzwi|\bdeur|\bcửa|문이|문\s?소리|노크|ドア|扉|门|दरवाज|باب|ประตู"),
    ("heartbeat", r"heart|latido|corazón|\bcœur|battement|\bherz|coração|\bcuore|battito|сердц|серц|\bkalp|jantung|\bserc|hartslag|nhịp tim|심장|心臓|心跳|धड़कन|قلب|หัวใจ"),
    ("typing", r"typing|keyboard|teclado|clavier|tastatur|tastiera|клавиатур|клавіатур|klavye|mengetik|klawiatur|toetsenbord|bàn phím|키보드|타자|キーボード|タイピング|键盘|打字|कीबोर्ड|لوحة المفاتيح|พิมพ์"),
    ("wind", r"\bwind|breeze|viento|\bvent\b|vento|ветер|ветр|вітер|rüzg[aâ]r|angin|\bwiatr|tiếng gió|바람|風|风|हवा|رياح|ريح|ลม"),
    ("water", r"\bwaves?\b|ocean|\bsea\b|river|water|stream|\bolas\b|\bmar\b|\bagua|vagues|\bmer\b|\beau\b|wellen|\bmeer|wasser|ondas|água|\bmare\b|acqua|волн|\bмор|\bвод|хвил|dalga|deniz|ombak|laut|\bfale\b|morze|\bwod|golven|\bzee\b|sóng|biển|nước|파도|바다|물소리|강물|波|海|水|लहर|पानी|समुद्र|أمواج|البحر|ماء|คลื่น|ทะเล|น้ำ"),
    ("impact", r"explosion|\bboom|crash|\bbang\b|explosión|knall|esplosione|explosão|взрыв|вибух|patlama|ledakan|wybuch|폭발|쾅|爆発|爆炸|انفجار|विस्फोट|ระเบิด"),
    ("gentle_bell", r"\bbell|chime|\bding\b|campana|cloche|glocke|\bsino\b|колокол|дзвін|\bzil\b|lonceng|dzwon|chuông|종소리|벨|鐘|ベル|铃|钟声|घंटी|جرس|ระฆัง"),
)  # fmt: skip


def without_directions(line: str) -> tuple[str, list[str]]:
    """What is said of a line, and its directions: what stands in square brackets, and in round
    ones where it speaks of cameras, sounds, voices or rests, or is the whole line."""
    found: list[str] = []

    def taken(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None).strip()
        if match[0][0] in "(（" and not _is_direction(line, match, inner):
            return match[0]
        if not inner.isdecimal():
            found.append(inner)
        return " "

    said = _GROUP.sub(taken, line)
    if said == line:
        return line, []
    return re.sub(r"\s+([,.;:!?…、。，！？])", r"\1", " ".join(said.split())), found


def pause_ms(direction: str) -> int:
    """The rest that a direction asks for; 0 for none."""
    if not _PAUSE.search(direction):
        return 0
    seconds = _SECONDS.search(direction)
    return min(round(float(seconds[1]) * 1000), MAX_PAUSE_MS) if seconds else PAUSE_MS


def sound_of(direction: str) -> str | None:
    """The sound effect that a direction names."""
    return next((tag for tag, words in _SOUNDS if re.search(words, direction, re.IGNORECASE)), None)


def _is_direction(line: str, match: re.Match[str], inner: str) -> bool:
    """Between round brackets: a line of its own that is no sentence, or words of directions, few
    of them where they stand within a sentence."""
    before, after = line[: match.start()].rstrip(), line[match.end() :].strip()
    if not before and not after:
        return inner[-1] not in ".!?…。！？।؟"
    is_between = not before or before[-1] in ".!?…。！？।؟:：" or not after
    return bool(_DIRECTS.search(inner)) and (is_between or len(inner.split()) <= 2)
