"""The words of labels, and of people who talk, in every language of the product at once."""

from __future__ import annotations

import re
from typing import Literal

Role = Literal["narrator", "part", "scene", "silent", "title", "tags", "speaker"]

# Known labels, in every language of the product at once: none of them is anybody's name.
KNOWN: dict[Role, str] = {
    "narrator": """
        narrator|narration|voiceover|voice over|voice-over|vo|v.o.|v/o|speaker|host|voice|script
        나레이션|내레이션|나레이터|내레이터|해설|해설자|ナレーション|ナレーター|語り|語り手|旁白|解说|画外音|配音|口播
        narrador|narradora|narración|voz en off|narrateur|narratrice|voix off|voix-off|erzähler
        erzählerin|sprecher|sprecherin|off-stimme|off|narração|locutor|locução|voz off|narratore
        voce fuori campo|voce narrante|anlatıcı|dış ses|seslendirme|narator|lektor|verteller|voice-over
        закадровый голос|рассказчик|диктор|голос за кадром|оповідач|голос за кадром|диктор
        người kể chuyện|lời dẫn|thuyết minh|सूत्रधार|कथावाचक|वाचक|الراوي|راوي|المعلق|ผู้บรรยาย|เสียงบรรยาย
    """,
    "part": """
        hook|intro|introduction|opening|body|main|main content|content|outro|ending|closing|close
        conclusion|call to action|cta|call-to-action|setup|build-up|climax|punchline|twist|payoff
        도입|도입부|오프닝|훅|본문|본론|서론|결론|엔딩|마무리|클로징|導入|冒頭|オープニング|フック|本編|本文|結び|エンディング
        まとめ|締め|开头|开场|钩子|引子|正文|结尾|结语|行动号召|gancho|introducción|desarrollo|cierre|conclusión
        llamada a la acción|accroche|corps|conclusion|appel à l'action|aufhänger|einleitung|einstieg
        hauptteil|schluss|fazit|handlungsaufruf|introdução|desenvolvimento|conclusão|chamada para ação
        encerramento|gancio|introduzione|corpo|conclusione|invito all'azione|giriş|gelişme|sonuç|kapanış
        kanca|harekete geçirici mesaj|pembuka|pembukaan|isi|penutup|kesimpulan|ajakan bertindak|wstęp
        haczyk|rozwinięcie|zakończenie|wezwanie do działania|inleiding|kern|afsluiting|slot|oproep
        вступление|хук|крючок|основная часть|заключение|концовка|призыв к действию|вступ|гачок
        основна частина|висновок|заклик до дії|mở đầu|mở bài|thân bài|kết bài|kết luận|kết thúc
        kêu gọi hành động|भूमिका|परिचय|निष्कर्ष|समापन|مقدمة|المقدمة|الخاتمة|خاتمة|دعوة إلى العمل|บทนำ|เปิดเรื่อง
        เนื้อหา|สรุป|ปิดท้าย
    """,
    "silent": """
        visual|visuals|image|picture|video|footage|b-roll|broll|camera|shot|cut|cut to|scene description
        setting|location|background|action|music|bgm|sfx|sound|sound effect|sound effects|audio|fx
        on screen|on-screen|on screen text|on-screen text|text on screen|screen text|overlay|text overlay
        caption|super|graphic|graphics|animation|transition|tone|mood|style|format|duration|length|time
        target audience|audience|note to editor|editor|prompt|image prompt|video prompt|negative prompt
        화면|영상|비주얼|이미지|자막|음악|배경음악|효과음|카메라|배경|장소|지문|톤|길이|画面|映像|ビジュアル|画像|テロップ|字幕|音楽|音
        効果音|カメラ|背景|場所|ト書き|視覚|尺|视觉|镜头|图片|音乐|背景音乐|音效|字幕|地点|背景|时长|imagen|visuales|cámara
        música|efecto de sonido|efectos de sonido|sonido|texto en pantalla|plano|image|visuel|caméra
        musique|bruitage|son|texte à l'écran|plan|bild|kamera|musik|soundeffekt|geräusch|ton|einblendung
        text im bild|imagem|câmera|efeito sonoro|som|texto na tela|immagine|inquadratura|musica
        effetto sonoro|suono|testo a schermo|görsel|kamera|müzik|ses efekti|ses|ekran yazısı|gambar
        visual|musik|efek suara|suara|teks di layar|obraz|ujęcie|kamera|muzyka|dźwięk|efekt dźwiękowy
        tekst na ekranie|beeld|camera|muziek|geluid|geluidseffect|tekst in beeld|кадр|визуал|видео|камера
        музыка|звук|звуковой эффект|текст на экране|титры|візуал|відео|музика|звуковий ефект
        текст на екрані|hình ảnh|máy quay|âm nhạc|nhạc nền|nhạc|âm thanh|hiệu ứng âm thanh|chữ trên màn hình
        दृश्य|कैमरा|संगीत|ध्वनि|ध्वनि प्रभाव|المشهد|صورة|الصورة|كاميرا|موسيقى|الموسيقى|مؤثر صوتي|مؤثرات صوتية
        نص على الشاشة|ภาพ|กล้อง|เพลง|ดนตรี|เสียงประกอบ|ข้อความบนจอ
    """,
    "title": """
        title|video title|headline|제목|타이틀|タイトル|題名|标题|題目|题目|título|titre|titel|titolo|başlık|judul|tytuł
        название|заголовок|назва|tiêu đề|शीर्षक|العنوان|عنوان|ชื่อเรื่อง
    """,
    "tags": """
        hashtags|hashtag|tags|keywords|해시태그|태그|ハッシュタグ|タグ|标签|etiquetas|mots-clés|schlagwörter|schlagworte
        хештеги|хэштеги|теги|etiketler|tagar|hashtagi|thẻ|हैशटैग|هاشتاغ|وسوم|แฮชแท็ก
    """,
}
# Words with which a sentence or an item begins, however often: they are said.
OWN_WORDS = frozenset(
    word.strip()
    for word in """
    note|notes|tip|tips|pro tip|fact|facts|fun fact|myth|truth|pro|pros|con|cons|step|problem|solution
    question|answer|example|reason|result|warning|remember|ingredients|steps|before|after|then|now|today
    day|week|year|first|second|third|finally|bonus|lesson|rule|conclusion|one|two|three|method|summary
    참고|팁|사실|진실|오해|장점|단점|단계|문제|해결|해결책|예|이유|결과|주의|재료|순서|방법|질문|답|정답|注意|ヒント|事実|誤解|メリット
    デメリット|手順|問題|解決|解決策|例|理由|結果|材料|方法|質問|答え|ポイント|提示|事实|真相|误区|优点|缺点|步骤|问题|解决|答案|原因|结果|材料
    nota|consejo|dato|hecho|mito|verdad|realidad|ventaja|desventaja|paso|pasos|problema|solución|ejemplo
    razón|resultado|advertencia|recuerda|ingredientes|pregunta|respuesta|antes|después|hoy|note|astuce
    fait|mythe|vérité|réalité|avantage|inconvénient|étape|étapes|problème|exemple|raison|résultat|attention
    ingrédients|question|réponse|avant|après|hinweis|tipp|fakt|mythos|wahrheit|vorteil|nachteil|schritt
    lösung|beispiel|grund|ergebnis|achtung|zutaten|frage|antwort|vorher|nachher|dica|fato|verdade
    vantagem|desvantagem|passo|solução|exemplo|razão|aviso|lembre-se|resposta|depois|consiglio|fatto
    verità|vantaggio|svantaggio|passaggio|soluzione|esempio|motivo|risultato|attenzione|ingredienti
    domanda|risposta|prima|dopo|ipucu|bilgi|efsane|gerçek|artı|eksi|adım|sorun|çözüm|örnek|neden|sonuç
    dikkat|malzemeler|soru|cevap|önce|sonra|catatan|tips|fakta|mitos|kelebihan|kekurangan|langkah|masalah
    solusi|contoh|alasan|hasil|peringatan|bahan|pertanyaan|jawaban|sebelum|sesudah|uwaga|wskazówka|fakt
    mit|prawda|zaleta|wada|krok|rozwiązanie|przykład|powód|wynik|składniki|pytanie|odpowiedź|przed|po
    let op|feit|mythe|waarheid|voordeel|nadeel|stap|probleem|oplossing|voorbeeld|reden|resultaat
    ingrediënten|vraag|antwoord|voor|na|совет|факт|миф|правда|плюс|минус|плюсы|минусы|шаг|проблема|решение
    пример|причина|результат|внимание|важно|ингредиенты|вопрос|ответ|до|после|порада|міф|крок|проблема
    рішення|приклад|питання|відповідь|увага|інгредієнти|lưu ý|mẹo|sự thật|lầm tưởng|ưu điểm|nhược điểm
    bước|vấn đề|giải pháp|ví dụ|lý do|kết quả|cảnh báo|nguyên liệu|câu hỏi|trả lời|trước|sau|सुझाव|तथ्य
    मिथक|सच|फायदा|नुकसान|चरण|समस्या|समाधान|उदाहरण|कारण|परिणाम|चेतावनी|सामग्री|प्रश्न|उत्तर|सवाल|जवाब
    نصيحة|حقيقة|خرافة|ميزة|عيب|خطوة|مشكلة|المشكلة|حل|الحل|مثال|سبب|نتيجة|تحذير|تذكر|المكونات|المقادير|سؤال
    جواب|قبل|بعد|เคล็ดลับ|ข้อเท็จจริง|ความเชื่อ|ข้อดี|ข้อเสีย|ขั้นตอน|ปัญหา|วิธีแก้|ตัวอย่าง|เหตุผล|ผลลัพธ์|คำเตือน
    ส่วนผสม|คำถาม|คำตอบ|ก่อน|หลัง
    """.replace("\n", "|").split("|")
    if word.strip()
)
# Who speaks says I and you, asks and exclaims.
TALK = re.compile(
    r"[?？!！؟¿¡]|\b(?:i|i'm|i’m|i'll|you|your|we|my|me|let's|let’s|hello|hi|hey|yes|no|thanks|please)\b"
    r"|(?:나는|내가|저는|제가|너는|네가|우리|당신|안녕|고마워|그래|아니|습니다|어요|아요|해요|이야|거야|자\.)"
    r"|(?:私|僕|俺|君|あなた|です|ます|だよ|だね|ありがとう|はい|いいえ)|[我你您咱]|谢谢|你好"
    r"|\b(?:yo|tú|tu|mi|nosotros|hola|sí|gracias|soy|estoy|je|j'|tu|vous|nous|moi|bonjour|salut|oui|merci"
    r"|ich|du|wir|mein|dein|hallo|ja|nein|danke|eu|você|nós|meu|olá|oi|sim|obrigado|io|ciao|noi|grazie|sono"
    r"|ben|sen|biz|merhaba|evet|hayır|teşekkürler|aku|saya|kamu|kita|halo|ya|tidak|ja|ty|my|cześć|tak|nie"
    r"|ik|jij|je|wij|hoi|nee|bedankt|я|ты|вы|мы|привет|да|нет|спасибо|ти|ви|ми|привіт|так|ні|дякую"
    r"|tôi|bạn|mình|chúng ta|xin chào|chào|vâng|cảm ơn)\b|मैं|तुम|आप|हम|नमस्ते|हाँ|नहीं|धन्यवाद"
    r"|أنا|أنت|نحن|مرحبا|نعم|لا |شكرا|ฉัน|ผม|คุณ|เรา|สวัสดี|ครับ|ค่ะ",
    re.IGNORECASE,
)
ENDS = re.compile(r"[.!?…。！？।؟۔~～][\"'”’»」』)）]*$|[가-힣]$|[\u0e00-\u0eff]$")
