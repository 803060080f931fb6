"""How a film is asked for, in each language: the words of commands, lengths and counts.

Each value is a piece of a regular expression. In most languages a command begins the sentence
(`make me a video about …`); in Korean, Japanese, Turkish and Hindi, and partly in German, Dutch
and Chinese, it ends it (`…에 대한 영상 만들어줘`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language. Empty where it has none."""

    make: str = ""
    tell: str = ""
    polite: str = ""
    me: str = ""
    video: str = ""
    story: str = ""
    ad: str = ""
    about: str = ""
    ending: str = ""
    tells_at_end: str = ""
    seconds: str = ""
    minutes: str = ""
    long: str = ""
    before_length: str = ""
    scenes: str = ""
    facts: str = ""
    instruction: str = ""
    why: str = ""
    how: str = ""
    what: str = ""
    who: str = ""
    when: str = ""
    spaced: bool = True


VOCABULARY: dict[str, Vocabulary] = {
    "en": Vocabulary(
        make=r"make|create|generate|produce|write|give|do|film|record|prepare|draft|need|want|show",
        tell=r"tell|explain|teach|talk|describe|show",
        polite=r"please|can you|could you|would you|i want you to|i(?:'d| would) like(?: you to)?|i want|i need|help me|let's|let’s|hey|hi",
        me=r"me|us|to me|to us",
        video=r"(?:video|short|reel|clip|film|movie|tiktok|animation|explainer|documentary)s?(?:[ -](?:video|clip|film|script)s?)?|scripts?|youtube shorts?",
        story=r"(?:story|tale|fairy[ -]?tale|fable|legend)(?: video| script)?",
        ad=r"(?:ad|advert|advertisement|commercial|promo|promotion)(?: video| film| spot| script)?",
        about=r"about|on|of|for|explaining|showing|describing|featuring|that (?:explains|shows|tells)|which (?:explains|shows)|telling|where|in which|to explain|promoting|advertising|regarding|with(?= a )",
        seconds=r"seconds?|secs?|s", minutes=r"minutes?|mins?|m", long=r"-?\s?long",
        before_length=r"in|for|of|lasting|within|under|about|around|max(?:imum)?|at most|up to|length:?|duration:?",
        scenes=r"scenes?|cuts?|shots?", facts=r"facts?|tips?|reasons?|ways?|things?|ideas?|steps?|mistakes?|secrets?|lessons?|benefits?|examples?|habits?|tricks?|hacks?|myths?|rules?|signs?|questions?|truths?|points?",
        instruction=r"use|keep|add|include|make|ensure|avoid|do not|don't|don’t|no\s+\w+\s+please|end|start|begin|write|speak|explain|tell|mention|let|target|tone|style|format|please|it should|the (?:video|tone|style|voice|script|story) (?:should|must)|for (?:kids|children|beginners)",
        why=r"why|how come|reasons?", how=r"how", what=r"what|which|is|are|do|does|can|should", who=r"who|whose", when=r"when|where",
    ),
    "es": Vocabulary(
        make=r"haz(?:me|nos)?|hágame|hacer?|crea(?:me|r)?|créame|genera(?:me|r)?|genérame|escribe(?:me)?|escríbe(?:me)?|escribir|produce|prepara(?:me)?|prepárame|graba(?:me)?|quiero|necesito|dame|quisiera",
        tell=r"cuéntame|cuentame|explíca(?:me|nos)|explica(?:me)?|dime|háblame|hablame|enséñame|describe|muéstrame",
        polite=r"por favor|puedes|podrías|quiero que|me gustaría|necesito que|ayúdame a|hola", me=r"me|nos",
        video=r"(?:v[ií]deo|short|reel|clip|corto|película|documental|tiktok|animación|guion|guión)s?", story=r"cuento|historia|relato|fábula|leyenda",
        ad=r"anuncio|comercial|publicidad|promo|spot", about=r"sobre|acerca de|de|del|para|explicando|que (?:explique|cuente|hable de|muestre)|mostrando|con",
        seconds=r"segundos?|segs?|s", minutes=r"minutos?|mins?", long=r"", before_length=r"en|de|dura(?:ción)?:?|por|máximo",
        scenes=r"escenas?|planos?|cortes?", facts=r"datos|hechos|consejos|razones|motivos|formas|maneras|cosas|ideas|pasos|errores|secretos|lecciones|beneficios|ejemplos|hábitos|trucos|mitos|curiosidades",
        instruction=r"usa|utiliza|mantén|añade|incluye|evita|termina|empieza|que sea|hazlo|sin|con un tono|no uses|el tono|el vídeo debe",
        why=r"¿?\s?por\s?qu[eé]", how=r"¿?\s?c[oó]mo", what=r"¿?\s?qu[eé]|¿?\s?cu[aá]l(?:es)?", who=r"¿?\s?qui[eé]n(?:es)?", when=r"¿?\s?cu[aá]ndo|¿?\s?d[oó]nde",
    ),
    "fr": Vocabulary(
        make=r"fais(?:-moi|-nous)?|faites(?:-moi)?|faire|crée(?:-moi|r)?|créez|génère(?:-moi)?|générer|écris(?:-moi)?|écrivez|écrire|produis|prépare(?:-moi)?|réalise(?:r)?|je veux|je voudrais|donne-moi|j'ai besoin d['’]",
        tell=r"raconte(?:-moi|z-moi)?|explique(?:-moi|z-moi|z)?|dis-moi|parle(?:-moi|-nous)? d[eu']?|apprends-moi|décris",
        polite=r"s'il te plaît|s’il te plaît|s'il vous plaît|stp|peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|je veux que tu|j'aimerais|aide-moi à|bonjour|salut", me=r"moi|nous|me",
        video=r"(?:vid[ée]o|short|reel|clip|film|court[ -]métrage|documentaire|tiktok|animation|script|scénario)s?", story=r"histoire|conte|récit|fable|légende",
        ad=r"pub|publicité|annonce|spot(?: publicitaire)?|promo", about=r"sur|à propos (?:de |du |des |d['’])|au sujet (?:de |du |des )|de|du|des|d['’]|pour|expliquant|qui (?:explique|montre|raconte|parle de)|montrant|avec",
        seconds=r"secondes?|secs?|s", minutes=r"minutes?|mins?", long=r"", before_length=r"en|de|d'une durée de|durée\s?:?|pendant|maximum",
        scenes=r"scènes?|plans?", facts=r"faits|conseils|raisons|façons|manières|choses|idées|étapes|erreurs|secrets|leçons|avantages|bienfaits|exemples|habitudes|astuces|mythes|anecdotes",
        instruction=r"utilise|utilisez|garde|ajoute|inclus|évite|termine|commence|sans|avec un ton|le ton|ne pas|il doit|elle doit",
        why=r"pourquoi", how=r"comment", what=r"qu['’]est-ce|que|quoi|quel(?:le)?s?|est-ce", who=r"qui", when=r"quand|où",
    ),
    "de": Vocabulary(
        make=r"mach(?:e|en)?|erstell(?:e|en)?|erzeug(?:e|en)?|generier(?:e|en)?|schreib(?:e|en)?|produzier(?:e|en)?|dreh(?:e|en)?|ich (?:möchte|will|brauche|hätte gern)|gib|kreier(?:e|en)?",
        tell=r"erzähl(?:e|en)?|erklär(?:e|en)?|sag|zeig(?:e)?|beschreib(?:e)?|bring mir bei", polite=r"bitte|kannst du|können sie|könntest du|könnten sie|ich möchte, dass du|hilf mir|hallo",
        me=r"mir|uns|mal|bitte|mir bitte|mir mal", video=r"(?:kurz|erklär|lern)?(?:video|short|reel|clip|film|kurzfilm|tiktok|animation|skript|doku|dokumentation)s?", story=r"(?:gute[- ]?nacht[- ]?)?geschichte|märchen|erzählung|fabel|sage",
        ad=r"werbung|werbespot|werbevideo|werbeclip|werbefilm|anzeige|spot|promo", about=r"über|zu|zum|zur|von|vom|für|darüber|mit|das (?:zeigt|erklärt),?",
        ending=r"(?:machen|erstellen|erzeugen|generieren|schreiben|drehen|produzieren|zeigen|erzählen|erklären)(?:,? bitte)?",
        seconds=r"sekunden|sekunde|sekündig\w*|sek|s", minutes=r"minuten|minute|minütig\w*|min", long=r"(?:\s?lang(?:e[ns]?)?|ig(?:e[ns]?)?)", before_length=r"in|von|mit|für|dauer:?|länge:?|maximal",
        scenes=r"szenen?|einstellungen|schnitte", facts=r"fakten|tipps|gründe|wege|dinge|ideen|schritte|fehler|geheimnisse|lektionen|vorteile|beispiele|gewohnheiten|tricks|mythen|arten",
        instruction=r"verwende|benutze|nutze|halte|füge|vermeide|beende|beginne|ohne|bitte|der ton|es soll|das video soll|mit einem",
        why=r"warum|wieso|weshalb", how=r"wie", what=r"was|welche[rsnm]?|ist|sind|kann", who=r"wer|wessen", when=r"wann|wo",
    ),
    "pt": Vocabulary(
        make=r"fa[zç](?:a)?(?:-me)?|fazer|cria(?:r)?|crie(?:-me)?|gera(?:r)?|gere|escreva|escreve|escrever|produza|prepara|prepare|grave|me (?:faça|dê|crie|escreva)|quero|preciso de|gostaria de|dê-me",
        tell=r"conta-me|conte(?:-me)?|me (?:conte|conta|explica|explique|fale|diga|ensine)|explique|explica(?:-me)?|diga-me|fale|fala-me|ensine-me|descreva",
        polite=r"por favor|você pode|pode|poderia|podes|quero que|eu quero|gostaria que|me ajude a|olá|oi", me=r"me|nos|para mim|pra mim",
        video=r"(?:v[ií]deo|short|reel|clipe?|curta|filme|documentário|tiktok|animação|roteiro)s?(?: curto)?", story=r"história|estória|conto|fábula|lenda", ad=r"anúncio|comercial|propaganda|promo|publicidade",
        about=r"sobre|acerca d[eoa]s?|de|do|da|dos|das|para(?: a| o)?|explicando|mostrando|que (?:explique|mostre|conte|fale (?:de|sobre))|com",
        seconds=r"segundos?|segs?|s", minutes=r"minutos?|mins?", long=r"", before_length=r"em|de|com|duração:?|por|máximo de",
        scenes=r"cenas?|planos?|cortes?", facts=r"fatos|factos|dicas|razões|motivos|formas|maneiras|coisas|ideias|passos|erros|segredos|lições|benefícios|exemplos|hábitos|truques|mitos|curiosidades",
        instruction=r"use|utilize|mantenha|adicione|inclua|evite|termine|comece|sem|com um tom|o tom|não use|deve ser",
        why=r"por\s?qu[eê]", how=r"como", what=r"o que|que|qual|quais", who=r"quem", when=r"quando|onde",
    ),
    "it": Vocabulary(
        make=r"fa(?:i|mmi|cci|re|i un)?|crea(?:mi|re)?|genera(?:mi|re)?|scrivi(?:mi)?|scrivere|prepara(?:mi)?|produci|realizza(?:re)?|gira|voglio|vorrei|dammi|ho bisogno di",
        tell=r"racconta(?:mi|ci)?|raccontami|spiega(?:mi|ci)?|dimmi|parla(?:mi)?|insegnami|descrivi(?:mi)?|mostrami",
        polite=r"per favore|per piacere|puoi|potresti|può|voglio che|mi piacerebbe|aiutami a|ciao", me=r"mi|ci|me",
        video=r"(?:video|short|reel|clip|film|cortometraggio|documentario|tiktok|animazione|filmato|copione|script)s?", story=r"storia|favola|fiaba|racconto|leggenda", ad=r"pubblicità|spot|annuncio|promo",
        about=r"su|sul|sulla|sull['’]|sullo|sui|sugli|sulle|riguardo a|riguardante|di|del|della|dell['’]|dei|delle|per(?: la| il)?|che (?:spieg[ah]i?|mostr[ai]|parl[ai] d[ei])|con",
        seconds=r"secondi|secondo|sec|s", minutes=r"minuti|minuto|min", long=r"", before_length=r"in|da|di|durata:?|per|massimo",
        scenes=r"scen[ae]|inquadrature|tagli", facts=r"fatti|consigli|ragioni|motivi|modi|cose|idee|passi|passaggi|errori|segreti|lezioni|benefici|esempi|abitudini|trucchi|miti|curiosità",
        instruction=r"usa|utilizza|mantieni|aggiungi|includi|evita|termina|inizia|senza|con un tono|il tono|non usare|deve essere",
        why=r"perch[eé]", how=r"come", what=r"che cosa|che|cosa|qual(?:e|i)?|è", who=r"chi", when=r"quando|dove",
    ),
    "ru": Vocabulary(
        make=r"сделай(?:те)?|создай(?:те)?|сгенерируй(?:те)?|напиши(?:те)?|сними(?:те)?|подготовь(?:те)?|придумай(?:те)?|сделать|создать|хочу|мне нужн[оа]?|нужн[оа]?|дай|смонтируй",
        tell=r"расскажи(?:те)?|объясни(?:те)?|поясни|опиши|покажи|научи", polite=r"пожалуйста|можешь|можете|не мог(?:ли)? бы(?: ты| вы)?|помоги(?:те)?|привет|я хочу, чтобы ты|давай",
        me=r"мне|нам|для меня", video=r"(?:видео(?:ролик|клип)?|ролик|шортс?|рилс?|клип|фильм|мультик|анимаци[юя]|сценарий|тикток)(?:а|и|у|ов)?", story=r"(?:историю|история|сказку|сказка|рассказ|легенду|басню)", ad=r"реклам(?:у|а|ный ролик)|промо",
        about=r"о|об|обо|про|на тему|для|с объяснением|в котором|где|:", seconds=r"секунд(?:ы|у|ный|ное|а)?|сек|с", minutes=r"минут(?:ы|у|ный|ное|а)?|мин", long=r"", before_length=r"на|за|длиной(?: в)?|длительностью(?: в)?|в|продолжительностью",
        scenes=r"сцен(?:ы|ах|а)?|кадр(?:ов|а|ах)?", facts=r"факт(?:ов|а|ы)?|совет(?:ов|а|ы)?|причин(?:ы|а)?|способ(?:ов|а|ы)?|вещ(?:ей|и)|иде(?:й|и)|шаг(?:ов|а|и)?|ошиб(?:ок|ки)|секрет(?:ов|а|ы)?|урок(?:ов|а|и)?|пример(?:ов|а|ы)?|привыч(?:ек|ки)|миф(?:ов|а|ы)?|лайфхак(?:ов|а)?",
        instruction=r"используй|добавь|избегай|закончи|начни|без|не используй|тон|стиль|пусть|пожалуйста|видео должно",
        why=r"почему|зачем|отчего", how=r"как", what=r"что|како[йе]|кака[яую]|какие", who=r"кто", when=r"когда|где",
    ),
    "uk": Vocabulary(
        make=r"зроби(?:ть)?|створи(?:ть)?|згенеруй(?:те)?|напиши(?:ть)?|зніми(?:ть)?|підготуй(?:те)?|вигадай|зробити|створити|хочу|мені потрібн[еао]?|дай",
        tell=r"розкажи(?:ть)?|поясни(?:ть)?|опиши|покажи|навчи", polite=r"будь ласка|можеш|можете|чи можеш|чи не міг би ти|допоможи|привіт|я хочу, щоб ти|давай",
        me=r"мені|нам|для мене", video=r"(?:відео(?:ролик|кліп)?|ролик|шортс?|рілс?|кліп|фільм|мультик|анімацію|сценарій|тікток)(?:а|и|у|ів)?", story=r"(?:історію|історія|казку|казка|оповідання|розповідь|легенду|байку)", ad=r"реклам(?:у|а|ний ролик)|промо",
        about=r"про|на тему|о|об|для|в якому|де|:", seconds=r"секунд(?:и|у|а|ний|не)?|сек|с", minutes=r"хвилин(?:и|у|а|ний|не)?|хв", long=r"", before_length=r"на|за|тривалістю(?: в)?|довжиною(?: в)?|в|у",
        scenes=r"сцен(?:и|ах|а)?|кадр(?:ів|и|ах)?", facts=r"факт(?:ів|и)?|порад(?:и)?|причин(?:и)?|способ(?:ів|и)|реч(?:ей|і)|іде[йї]|крок(?:ів|и)|помил(?:ок|ки)|секрет(?:ів|и)|уроків|приклад(?:ів|и)|звич(?:ок|ки)|міф(?:ів|и)",
        instruction=r"використовуй|додай|уникай|закінчи|почни|без|не використовуй|тон|стиль|нехай|будь ласка|відео має",
        why=r"чому|навіщо", how=r"як", what=r"що|який|яка|яке|які", who=r"хто", when=r"коли|де",
    ),
    "pl": Vocabulary(
        make=r"zrób(?:cie)?|stwórz|utwórz|wygeneruj|napisz(?:cie)?|nakręć|przygotuj|nagraj|zrobić|stworzyć|chcę|chciał[a]?bym|potrzebuję|daj",
        tell=r"opowiedz|wyjaśnij|wytłumacz|powiedz|opisz|pokaż|naucz mnie", polite=r"proszę|czy możesz|możesz|czy mógłbyś|czy mogłabyś|pomóż mi|cześć|chcę, żebyś",
        me=r"mi|nam|dla mnie", video=r"(?:wideo|video|film(?:ik)?|short|rolk[ęa]|klip|animacj[ęa]|scenariusz|tiktok)(?:a|u|i|y)?", story=r"historię|historia|opowieść|opowiadanie|bajkę|bajka|baśń|legendę", ad=r"reklamę|reklama|spot(?: reklamowy)?|promo",
        about=r"o|na temat|dotycząc[yae]|dla|pokazując[yae]|wyjaśniając[yae]|w którym", seconds=r"sekund(?:y|ę|owy|owe|ową)?|sek|s", minutes=r"minut(?:y|ę|owy|owe|ową)?|min", long=r"", before_length=r"na|w|o długości|trwając[yae]|długość:?",
        scenes=r"scen(?:y|ach)?|ujęć|ujęcia", facts=r"fakt(?:ów|y)|ciekawost(?:ek|ki)|porad(?:y)?|rad(?:y)?|powod(?:ów|y)|sposob(?:ów|y)|rzecz(?:y)|pomysł(?:ów|y)|krok(?:ów|i)|błęd(?:ów|y)|sekret(?:ów|y)|lekcji|przykład(?:ów|y)|nawyk(?:ów|i)|mit(?:ów|y)|trik(?:ów|i)",
        instruction=r"użyj|używaj|dodaj|unikaj|zakończ|zacznij|bez|nie używaj|ton|styl|niech|proszę|film ma",
        why=r"dlaczego|czemu", how=r"jak", what=r"co|jaki[ea]?|jaka|czym|czy", who=r"kto|kim", when=r"kiedy|gdzie",
    ),
    "nl": Vocabulary(
        make=r"maak|creëer|genereer|schrijf|produceer|film|bereid|ik wil|ik zou graag|geef|maken", tell=r"vertel|leg uit|beschrijf|toon|laat zien|leer", polite=r"alsjeblieft|alstublieft|kun je|kan je|kunt u|zou je|ik wil dat je|help me|hallo|hoi",
        me=r"me|mij|ons|voor mij|eens", video=r"(?:korte )?(?:video|short|reel|clip|film(?:pje)?|tiktok|animatie|script|documentaire)s?", story=r"verhaal(?:tje)?|sprookje|vertelling|fabel|legende", ad=r"advertentie|reclame(?:spot|film|video)?|promo|spot",
        about=r"over|van|voor|met|waarin|die (?:uitlegt|laat zien)", ending=r"(?:te )?(?:maken|schrijven|genereren|vertellen|creëren|uitleggen)(?:,? alsjeblieft)?",
        seconds=r"seconden|seconde|sec|s", minutes=r"minuten|minuut|min", long=r"\s?lange?", before_length=r"van|in|voor|duur:?|lengte:?|maximaal",
        scenes=r"scènes?|scenes?|shots?", facts=r"feiten|weetjes|tips|redenen|manieren|dingen|ideeën|stappen|fouten|geheimen|lessen|voordelen|voorbeelden|gewoontes|trucs|mythes",
        instruction=r"gebruik|houd|voeg|vermijd|eindig|begin|zonder|met een|de toon|het moet|de video moet",
        why=r"waarom", how=r"hoe", what=r"wat|welke?|is|zijn", who=r"wie", when=r"wanneer|waar",
    ),
    "id": Vocabulary(
        make=r"buat(?:kan|lah)?|bikin(?:kan|in)?|ciptakan|hasilkan|tulis(?:kan)?|produksi|siapkan|saya (?:ingin|mau|butuh)|beri(?:kan)?|membuat", tell=r"ceritakan|jelaskan|terangkan|beri tahu|ajari|tunjukkan|gambarkan", polite=r"tolong|mohon|bisakah (?:kamu|anda)|bisa(?:kah)?|coba|bantu(?: saya)?|hai|halo",
        me=r"saya|aku|kami|untuk saya|ke saya|sebuah|satu", video=r"(?:video|short|reel|klip|film|animasi|naskah|skrip|tiktok)s?(?: pendek| singkat)?", story=r"cerita|kisah|dongeng|legenda|fabel", ad=r"iklan|promosi|promo",
        about=r"tentang|mengenai|soal|untuk|yang (?:menjelaskan|menunjukkan|menceritakan)|dari|dengan", seconds=r"detik|dtk|s", minutes=r"menit|mnt", long=r"", before_length=r"selama|berdurasi|durasi:?|dalam|dengan durasi|maksimal",
        scenes=r"adegan|scene", facts=r"fakta|tips|alasan|cara|hal|ide|langkah|kesalahan|rahasia|pelajaran|manfaat|contoh|kebiasaan|trik|mitos",
        instruction=r"gunakan|pakai|tambahkan|sertakan|hindari|akhiri|mulai|tanpa|jangan|dengan nada|nada|harus",
        why=r"mengapa|kenapa", how=r"bagaimana|gimana|cara", what=r"apa(?:kah)?|apa itu|mana", who=r"siapa", when=r"kapan|di mana",
    ),
    "vi": Vocabulary(
        make=r"(?:hãy )?(?:làm|tạo|viết|dựng|sản xuất|quay|soạn)(?: ra)?|tôi (?:muốn|cần)(?: một)?|cho tôi", tell=r"(?:hãy )?(?:kể|giải thích|nói|mô tả|dạy|cho tôi biết)", polite=r"làm ơn|vui lòng|xin hãy|hãy|bạn có thể|có thể|giúp tôi|xin chào|giúp",
        me=r"cho tôi nghe|cho mình nghe|cho tôi|cho mình|giúp tôi|tôi|mình", video=r"(?:đoạn |bộ )?(?:video|clip|phim|short|reel|hoạt hình|kịch bản|tiktok)(?: ngắn)?", story=r"(?:câu )?(?:chuyện|truyện)(?: cổ tích| ngắn)?|cổ tích", ad=r"(?:video |bài )?quảng cáo",
        about=r"về|nói về|kể về|giải thích|cho|giới thiệu|của|với", seconds=r"giây|s", minutes=r"phút", long=r"", before_length=r"trong|dài|thời lượng:?|khoảng|tối đa",
        scenes=r"cảnh|phân cảnh", facts=r"sự thật|điều|mẹo|lý do|cách|thứ|ý tưởng|bước|sai lầm|bí mật|bài học|lợi ích|ví dụ|thói quen|thủ thuật",
        instruction=r"sử dụng|dùng|thêm|tránh|kết thúc|bắt đầu|không dùng|giọng|phong cách|đừng|hãy",
        why=r"vì sao|tại sao|sao", how=r"(?:làm )?(?:thế nào|sao để)|cách", what=r"cái gì|gì|là gì", who=r"ai", when=r"khi nào|bao giờ|ở đâu",
    ),
    "ar": Vocabulary(
        make=r"اصنع|إصنع|أنشئ|انشئ|أنشيء|اعمل|أعمل|اكتب|أكتب|أنتج|حضّر|حضر|جهز|جهّز|ولّد|صمم|صمّم|أريد|اريد|أحتاج|أعطني", tell=r"اشرح|احك|احكِ|احكي|أخبرني|اخبرني|حدثني|حدّثني|صف|علمني|تحدث", polite=r"من فضلك|لو سمحت|رجاءً|رجاء|هل يمكنك(?: أن)?|هل تستطيع(?: أن)?|ممكن|ساعدني في|مرحبا",
        me=r"لي|لنا|لى|منك", video=r"(?:مقطع |مقاطع )?(?:الفيديو|فيديو|فيديوهات|فيلم(?:ا|اً)?|كليب|ريلز?|شورتس?|مقطع(?:ا|اً)?|سيناريو)", story=r"قصة|حكاية|رواية|أسطورة", ad=r"إعلان(?:ا|اً)?|اعلان(?:ا|اً)?|دعاية|ترويج(?:ا|اً)?",
        about=r"عن|حول|بخصوص|لـ|من أجل|يشرح|يوضح|يتحدث عن|تتحدث عن|في", seconds=r"ثانية|ثواني|ثوان|ث", minutes=r"دقيقة|دقائق|دقيقتين", long=r"", before_length=r"مدته|مدتها|لمدة|في|خلال|بطول|طوله|من",
        scenes=r"مشاهد|مشهد(?:ا|اً)?|لقطات|لقطة", facts=r"حقائق|معلومات|نصائح|أسباب|طرق|أشياء|أفكار|خطوات|أخطاء|أسرار|دروس|فوائد|أمثلة|عادات|حيل|خرافات",
        instruction=r"استخدم|استعمل|أضف|تجنب|اختم|ابدأ|بدون|لا تستخدم|بنبرة|النبرة|يجب",
        why=r"لماذا|ليش|لم(?=\s)", how=r"كيف", what=r"ما|ماذا|ماهو|أي|هل", who=r"من(?= هو| هي| اخترع| بنى| كتب| اكتشف)", when=r"متى|أين",
    ),
    "ko": Vocabulary(
        polite=r"(?:제발|부탁(?:해|드려요|합니다)?|혹시|안녕(?:하세요)?|저기)[,!.]?", video=r"(?:짧은\s*)?(?:(?:유튜브\s*|틱톡\s*|홍보\s*|교육\s*)?(?:동영상|영상|비디오|쇼츠|숏츠|숏폼|릴스|클립|애니메이션|영화|대본|스크립트|다큐))(?:\s*(?:영상|대본|하나|한\s*편|한\s*개))*",
        story=r"이야기|동화|옛날이야기|전설|우화|스토리|괴담", ad=r"(?:홍보\s*)?광고|홍보|CF|프로모션",
        about=r"에\s*(?:대한|대해서?|대하여|관한|관해서?|관하여)|을\s*(?:주제로|소개하는|설명하는|다룬|다루는|위한)|를\s*(?:주제로|소개하는|설명하는|다룬|다루는|위한)|을|를|의|으로|로|위한|용",
        ending=r"(?:좀\s*)?(?:만들어|제작해|생성해|작성해|써|찍어|해|그려|준비해|보여|뽑아|부탁해)(?:\s*(?:줘|주세요|줄래|주라|줄\s*수\s*있(?:어|나요|니|을까요?)|달라|다오|봐|주시겠어요|주십시오|요))*(?:요)?|만들기|제작|부탁(?:해|드려요|합니다|드립니다)(?:요)?|(?:을|를)?\s*원해(?:요)?|필요해(?:요)?",
        tells_at_end=r"(?:설명|이야기|얘기|소개)?\s*(?:해|알려|가르쳐|들려|말해|설명해|소개해|이야기해|얘기해)\s*(?:줘|주세요|줄래|주라|줄\s*수\s*있(?:어|나요|니)|주십시오|봐)(?:요)?",
        seconds=r"초", minutes=r"분", long=r"\s*(?:짜리|길이의|길이|동안의|동안|정도의|정도|안에|이내의|이내|분량의|분량|내외의)?", scenes=r"장면|컷|씬",
        facts=r"가지|개의|개|선|대", instruction=r"",
        why=r"왜|이유", how=r"어떻게|어떡해|방법|법$|하는\s*법", what=r"무엇|뭐|뭘|무슨|어떤|뭔", who=r"누가|누구", when=r"언제|어디", spaced=False,
    ),
    "ja": Vocabulary(
        polite=r"(?:お願いします|すみません|ぜひ)[、。]?", video=r"(?:短い|短編の?)?(?:ショート動画|動画|ショート|ビデオ|映像|クリップ|リール|アニメ|映画|台本|脚本|ムービー)", story=r"(?:お)?(?:話|はなし|物語|童話|昔話|ストーリー)", ad=r"(?:広告|宣伝|CM|コマーシャル|プロモ)(?:動画|ビデオ)?",
        about=r"について(?:の)?|に関する|に関して(?:の)?|を(?:テーマに|題材に)(?:した)?|を(?:紹介|説明|解説)する|の|を|向けの|用の|で",
        ending=r"を?(?:作って|作成して|制作して|生成して|書いて|撮って|用意して|お願い)(?:ください|下さい|くれ(?:ます(?:か)?|ませんか|る)?|ほしい(?:です)?|欲しい(?:です)?|もらえます(?:か)?|します|いただけますか)?|が(?:欲しい|ほしい)(?:です)?|を?(?:作成|制作)(?:お願いします)?",
        tells_at_end=r"(?:教えて|説明して|話して|語って|紹介して|解説して)(?:ください|下さい|くれ(?:ます(?:か)?|ませんか|る)?|ほしい(?:です)?)?",
        seconds=r"秒", minutes=r"分", long=r"(?:間|程度|以内|くらい)?(?:の|で)?", scenes=r"シーン|場面|カット", facts=r"つの|つ|選|個の|個|種類の|種類|ヶ条|か条",
        why=r"なぜ|どうして|何故|理由", how=r"どう(?:やって|すれば|したら)?|方法|やり方|仕方|作り方", what=r"何|なに|どんな|どれ|とは", who=r"誰|だれ", when=r"いつ|どこ", spaced=False,
    ),
    "zh": Vocabulary(
        make=r"(?:制作|做|生成|创建|创作|写|寫|拍|拍摄|编|讲|講|说|說|製作|創建|寫|弄|整|来|給我|给我)(?:一下)?(?:出)?", tell=r"(?:介绍|讲讲|讲述|说说|解释|讲解|告诉我|讲一讲|说一说|聊聊|科普|介紹|解釋|告訴我)(?:一下)?", polite=r"请(?:你)?|請(?:你)?|給我|麻烦(?:你)?|可以|能不能|能否|能|帮我|帮忙|幫我|给我|為我|为我|我想(?:要)?|我要|我需要|你好[，,]?",
        me=r"给我|為我|为我|我", video=r"(?:短)?(?:视频|短片|影片|影像|動畫|动画|短视频|視頻|纪录片|脚本|电影)", story=r"(?:睡前|童话)?故事|童话|传说|寓言", ad=r"广告(?:片|视频)?|廣告|宣传片|推广视频",
        about=r"关于|關於|介绍|讲述|讲解|有关|以", ending=r"(?:的)?", seconds=r"秒钟|秒鐘|秒", minutes=r"分钟|分鐘|分", long=r"(?:左右|以内|长|長)?(?:的)?", scenes=r"个?场景|个?镜头|幕|个?画面", facts=r"个|個|件|种|種|条|條|大",
        why=r"为什么|為什麼|为何|為何|原因", how=r"怎么|怎麼|如何|怎样|怎樣|方法", what=r"什么|什麼|啥|哪些|何谓", who=r"谁|誰", when=r"什么时候|何时|哪里|哪儿", spaced=False,
    ),
    "tr": Vocabulary(
        polite=r"lütfen|merhaba|selam", video=r"(?:kısa )?(?:video|short|reel|klip|film|animasyon|senaryo|tiktok|belgesel)(?:su|sunu|yu|u|i|ı|lar)?(?:nu|yu|sunu)?", story=r"(?:hikaye|hikâye|masal|öykü|efsane)(?:si|sini|yi|i|ı|ni)?", ad=r"(?:reklam|tanıtım)(?:ı|ını|i| filmi| videosu)?",
        about=r"hakkında(?:ki)?|ile ilgili|üzerine|konulu|için|anlatan|açıklayan|gösteren|konusunda",
        ending=r"(?:yap(?:ar mısın|abilir misin|ın|ınız)?|oluştur(?:ur musun|abilir misin|un)?|hazırla(?:r mısın|yın)?|üret(?:ir misin|in)?|yaz(?:ar mısın|ın)?|çek(?:er misin|in)?|istiyorum|lazım)(?:,? lütfen)?",
        tells_at_end=r"(?:(?:bana|bize)\s+)?(?:anlat(?:ır mısın|ın)?|açıkla(?:r mısın|yın)?|söyle|öğret(?:ir misin)?|anlatabilir misin)(?:,? lütfen)?",
        me=r"bana|bize|benim için|bir", seconds=r"saniye(?:lik|de)?|sn", minutes=r"dakika(?:lık|da)?|dk", long=r"", scenes=r"sahne(?:li|de)?", facts=r"bilgi|gerçek|ipucu|neden|sebep|yol|şey|fikir|adım|hata|sır|ders|fayda|örnek|alışkanlık|püf noktası|efsane|madde",
        instruction=r"kullan|ekle|kaçın|bitir|başla|olsun",
        why=r"neden|niçin|niye", how=r"nasıl", what=r"ne|nedir|hangi", who=r"kim", when=r"ne zaman|nerede",
    ),
    "hi": Vocabulary(
        polite=r"कृपया|प्लीज़|प्लीज|नमस्ते|क्या आप", me=r"मुझे|हमें|मेरे लिए|एक", video=r"(?:छोटा |छोटी |शॉर्ट )?(?:वीडियो|विडियो|शॉर्ट्स?|रील|क्लिप|फ़िल्म|फिल्म|एनिमेशन|स्क्रिप्ट)", story=r"कहानी|कथा|किस्सा|लोककथा", ad=r"विज्ञापन|प्रचार|ऐड",
        about=r"के बारे में|पर|के विषय (?:में|पर)|से संबंधित|के लिए|की|का|के|समझाने वाला|बताने वाला",
        ending=r"(?:बना(?:ओ|इए|इये|एं|एँ|ना|कर दो|कर दीजिए| दो| दीजिए| सकते हैं)?|तैयार (?:करो|कीजिए|करें)|लिख(?:ो|िए|ें| दो)?|चाहिए|सुना(?:ओ|इए|एँ)|दिखा(?:ओ|इए))",
        tells_at_end=r"(?:(?:मुझे|हमें)\s+)?(?:बता(?:ओ|इए|इये|एं|एँ|ना)?|समझा(?:ओ|इए|इये|एं|एँ)?|सिखा(?:ओ|इए)|सुना(?:ओ|इए)|वर्णन कीजिए)",
        seconds=r"सेकंड|सेकेंड|सेकण्ड|सेकंड्स", minutes=r"मिनट", long=r"\s*(?:का|की|के|में|वाला|वाली)?", scenes=r"दृश्य|सीन", facts=r"तथ्य|बातें|बात|सुझाव|कारण|तरीके|तरीक़े|चीज़ें|चीजें|विचार|कदम|गलतियाँ|रहस्य|सबक|फायदे|फ़ायदे|उदाहरण|आदतें|टिप्स",
        why=r"क्यों|क्यूँ|क्यूं", how=r"कैसे|तरीका|तरीक़ा", what=r"क्या|कौन सा|कौनसा", who=r"कौन|किसने", when=r"कब|कहाँ|कहां", spaced=True,
    ),
    "th": Vocabulary(
        make=r"(?:ช่วย)?(?:ทำ|เล่า|สร้าง|เขียน|ผลิต|ถ่าย|แต่ง|จัดทำ|อยากได้|ต้องการ|ขอ)", tell=r"(?:ช่วย)?(?:เล่า(?:ให้ฟัง)?|อธิบาย|บอก(?:ฉัน|ผม)?|สอน|พูดถึง)", polite=r"โปรด|กรุณา|ช่วย|สวัสดี|คุณช่วย|อยากให้", me=r"ให้ฉัน|ให้ผม|ให้หน่อย|ให้", video=r"(?:คลิป)?(?:วิดีโอ|วีดีโอ|คลิป|หนัง|ภาพยนตร์|แอนิเมชัน|บท|สคริปต์)(?:สั้น)?(?:ๆ)?", story=r"นิทาน|เรื่องเล่า|เรื่องราว|ตำนาน|เรื่อง", ad=r"โฆษณา|โปรโมท",
        about=r"เกี่ยวกับ|เรื่อง|ของ|สำหรับ|ที่อธิบาย|ว่าด้วย|ให้กับ", ending=r"(?:ให้หน่อย|หน่อย|ให้ที|ที)?(?:ครับ|ค่ะ|คะ|นะ)*", seconds=r"วินาที|วิ", minutes=r"นาที", long=r"", before_length=r"ยาว|ความยาว|ใน|ภายใน", scenes=r"ฉาก", facts=r"ข้อเท็จจริง|เคล็ดลับ|เหตุผล|วิธี|สิ่ง|ข้อ|ไอเดีย|ขั้นตอน|เรื่อง|อย่าง|ประการ",
        why=r"ทำไม|เพราะอะไร|เหตุใด", how=r"อย่างไร|ยังไง|วิธี", what=r"อะไร|คืออะไร", who=r"ใคร", when=r"เมื่อไร|เมื่อไหร่|ที่ไหน", spaced=False,
    ),
}  # fmt: skip

# Nouns that say only that a list is one: what it is about is its subject.
PLAIN_FACTS: dict[str, str] = {
    "en": r"(?:fun |interesting |surprising |amazing |weird |quick )?(?:facts?|things|truths)(?: (?:you (?:should|must|need to)|everyone should|to) know)?",
    "es": r"(?:datos|hechos|cosas|curiosidades)(?: (?:curios[oa]s|interesantes|sorprendentes))?",
    "fr": r"(?:faits|choses|anecdotes)(?: (?:étonnant[e]?s|intéressant[e]?s|surprenant[e]?s|à savoir))?",
    "de": r"(?:spannende |interessante |überraschende )?(?:fakten|dinge)", "pt": r"(?:fatos|factos|coisas|curiosidades)(?: (?:curios[oa]s|interessantes))?",
    "it": r"(?:fatti|cose|curiosità)(?: (?:interessanti|sorprendenti))?", "ru": r"(?:интересн\w+ |удивительн\w+ )?(?:факт\w*|вещ\w*)", "uk": r"(?:цікав\w+ )?(?:факт\w*|реч\w*)",
    "pl": r"(?:ciekaw\w+ )?(?:fakt\w*|ciekawost\w*|rzecz\w*)", "nl": r"(?:leuke )?(?:feiten|weetjes|dingen)", "id": r"(?:fakta|hal)(?: (?:menarik|unik))?", "vi": r"(?:sự thật|điều)(?: (?:thú vị|bất ngờ))?",
    "ar": r"(?:حقائق|معلومات|أشياء)(?: (?:مثيرة|مدهشة|غريبة))?", "ko": r"(?:놀라운\s*|재미있는\s*|신기한\s*)?(?:사실|상식|것|이야기|정보)(?:들)?", "ja": r"(?:面白い|驚きの|意外な)?(?:事実|こと|豆知識|知識)",
    "zh": r"(?:有趣的?|惊人的?|冷)?(?:事实|事實|知识|知識|事)", "tr": r"(?:ilginç |şaşırtıcı )?(?:bilgi|gerçek|şey)", "hi": r"(?:रोचक |मज़ेदार |दिलचस्प )?(?:तथ्य|बातें|बात|चीज़ें|चीजें)", "th": r"(?:ข้อเท็จจริง|สิ่ง|เรื่อง)",
}  # fmt: skip
# Forms that only counting has; a word and its number.
MORE_NUMBERS: dict[str, str] = {
    "ko": "두2 세3 네4 다섯5 여섯6 일곱7 여덟8 아홉9 열10",
    "zh": "两2 兩2",
    "ar": "ثلاث3 أربع4 خمس5 ست6 سبع7 ثماني8 ثمان8 تسع9 عشر10",
    "hi": "पांच5",
    "uk": "п'ять5 п’ять5 дві2 дев'ять9 дев’ять9",
    "ru": "две2",
    "es": "una1",
    "pt": "duas2",
    "pl": "dwie2",
}
# After `tell`, fewer words mean `about` than after `a film`.
TELL_ABOUT: dict[str, str] = {
    "en": "about|of",
    "es": "sobre|acerca de|de(?= l[ao]s? )",
    "fr": r"sur|à propos d[eu]|l['’]histoire d[eu]|d[eu]s?|d['’]",
    "de": "über|von|vom",
    "pt": "sobre|acerca de",
    "it": r"di|del|della|dei|delle|sul|sulla|su|riguardo a",
    "ru": "о|об|обо|про",
    "uk": "про|о",
    "pl": "o|na temat",
    "nl": "over",
    "id": "tentang|mengenai|soal",
    "vi": "về",
    "ar": "عن|حول",
}


# A film without a verb before it is asked for only by these: `A Tale of Two Cities` is a name.
ONLY_ABOUT: dict[str, str] = {
    **TELL_ABOUT,
    "en": "about|explaining|on how|on why",
    "es": "sobre|acerca de",
    "fr": r"sur|à propos d[eu]",
    "de": "über",
    "it": r"su|sul|sulla|sull['’]|sui|sulle|riguardo a",
    "th": "เกี่ยวกับ|เรื่อง",
    "ko": r"에\s*(?:대한|대해서?|관한|관해서?)",
    "ja": "について(?:の)?|に関する|に関して(?:の)?",
    "tr": "hakkında|ile ilgili|konulu|anlatan",
    "hi": "के बारे में|के विषय पर",
}
