"""Cues of Arabic, German, Russian and Indonesian."""

from __future__ import annotations

from providers.llm.wikipedia.cues.cues import Cues, words

ARABIC = Cues(
    stop=words(
        "لماذا كيف ما ماذا من متى أين هل كم أي هو هي هم في على إلى عن مع أو و ثم أن إن التي الذي الذين هذا هذه ذلك"
        " تلك كان كانت يكون تكون حقائق حقيقة معلومات أشياء أسباب قصة تاريخ حياة فيديو قصير اصنع اشرح أخبرني عجيبة مدهشة"
        " خمس ثلاث أربع عن حول يتم تعمل يعمل"
    ),
    because=r"بسبب|لأن|نتيجة|السبب|سبب|يعود|تعود|ناتج|ينتج|تنتج|يؤدي|تؤدي|مما يجعل|بفضل|إذ|لذلك",
    manner=r"عن طريق|من خلال|بواسطة|باستخدام|طريقة|عملية|عندما|ثم|بعد|قبل|حتى|يمكن|تسمح",
    striking=r"أكبر|أصغر|أطول|أقدم|أسرع|أعمق|أعلى|أول|الوحيد|الأكثر|أكثر|أقل|مليون|مليار|ألف|نصف|معظم|العالم|جميع|مرة|%|٪|بدون|رغم",
    dull=r"جنس|فصيلة|الاسم العلمي|اشتقاق|(?:كلمة|مصطلح|لفظ)|يسمى|تسمى|يطلق|تطلق|يُعرف|انظر|توضيح|طبعة|رتبة",
    leans=r"و?(?:هو|هي|هم|هما|هذا|هذه|هؤلاء|ذلك|تلك|أولئك|كما|لكن|ولكن|لذلك|لذا|ثم|كذلك|أيضا|أيضًا|ومن|منها|ومنها|منهم|"
    r"فيه|فيها|عليه|عليها|له|لها|لهم|به|بها|بذلك|وقد|فقد|غير|بينما|حيث|مثل|على سبيل|من (?:هنا|ثم|ذلك)|بعد ذلك|قبل ذلك|"
    r"في (?:هذا|هذه|ذلك|تلك)|إذ|كان|كانت|نحن|أنا)(?=[\s،])|(?:وتلك|وهكذا|وكان|وكانت|ويعد|وتعد|ويمكن|ويتم|فإن|فهو|فهي)",
    points_back=r"(?:هذه|هذا|تلك|ذلك) (?:العملية|الطريقة|الظاهرة|الفترة|النوع)|المذكور|سابق الذكر|الأخير|فيما يلي",
    drops=r"(?:في الواقع|بالإضافة إلى ذلك)،\s+",
    holds=r"(?:^|\s)(?:لا|لم|لن|ليس|ليست|غير|دون|بدون|إلا|سوى|فقط|قد|ربما|يمكن|تمكن|حوالي|نحو|تقريبا|تقريبًا|بعض|معظم|"
    r"أغلب|غالبا|غالبًا|عادة|أحيانا|أحيانًا|إذا|لو|حتى|يُعتقد|يعتقد|يقدر|يُقدر|وفقا|وفقًا|بينما|يبدو|كثير)(?=\s|[،.])",
    tails=(r"،\s+(?:مثل|ومنها|بما في ذلك|خاصة)\s[^،؛]*(?=\.$)", r"؛\s[^؛]*(?=\.$)"),
    line="المصدر: ويكيبيديا، «{title}».",
    card="المصدر: ويكيبيديا، «{title}» · CC BY-SA 4.0",
)

GERMAN = Cues(
    stop=words(
        "der die das den dem des ein eine einen einem einer und oder in im an am auf aus mit von vom zu"
        " zum zur für über um ist sind war waren wird werden hat haben kann können wie warum wieso weshalb"
        " was wer wann wo welche welcher wieviel viele nicht so sehr es er sie man sich ihr sein seine mach"
        " mache erstelle erkläre video kurzes fakten dinge gründe geschichte leben funktioniert alle"
    ),
    because=r"\b(?:weil|denn|aufgrund|wegen|dadurch|durch|verursacht|Ursache|Grund|führt|entsteht|"
    r"entstehen|stammt|daher|sodass|infolge|dank)\b",
    manner=r"\b(?:indem|durch|mithilfe|mittels|Verfahren|Prozess|wenn|dann|zuerst|danach|bis|"
    r"ermöglicht\w*|dabei)\b",
    striking=r"\b(?:größte\w*|kleinste\w*|längste\w*|älteste\w*|schnellste\w*|tiefste\w*|höchste\w*|"
    r"einzige\w*|erste\w*|mehr als|weniger als|bis zu|Hälfte|Millionen|Milliarden|Prozent|nie|Welt|"
    r"Rekord|doppelt|mal|trotz|sogar)\b|%",
    dull=r"\b(?:Gattung|Familie der|Etymologie|(?:das Wort|der Begriff|der Name|die Bezeichnung)|leitet "
    r"sich|auch \w+ genannt|bezeichnet|siehe|Auflage|ISBN|Begriffsklärung)\b",
    leans=r"(?:dies\w*|jen\w*|er|sie|es|ihr\w*|sein\w*|man|solche\w*|beide\w*|andere\w*|einige|dort|hier|"
    r"dabei|dadurch|dafür|damit|danach|daran|darauf|darin|davon|dazu|deshalb|daher|also|so|dann|somit|"
    r"folglich|zum Beispiel|beispielsweise|in dies\w*|zu dies\w*|bei dies\w*|nach dies\w*|aber|und|oder|"
    r"doch|denn|letzter\w*|erster\w*|der (?:letztere|erstere)|hierbei|hierzu|hierfür|hingegen|wir|ich)\b",
    points_back=r"\b(?:dies(?:es|er|em|en) (?:Verfahren|Prozess|Zeit|Art|Effekt)|beziehungsweise oben|"
    r"letztere\w*|erstere\w*|siehe (?:oben|unten)|genannte\w*)\b",
    # A marker at the beginning turns verb and subject round: it cannot simply go.
    drops=r"(?!)",
    holds=r"\b(?:nicht|kein\w*|nie|niemals|ohne|außer|wenn|falls|nur|lediglich|kann|können|könnte\w*|dürfte\w*|"
    r"vielleicht|möglicherweise|wahrscheinlich|vermutlich|einige|manche|etwa|rund|ungefähr|circa|ca|fast|"
    r"nahezu|geschätzt\w*|schätz\w*|gilt|gelten|angeblich|soll|sollen|laut|scheint|meist\w*|oft|häufig|"
    r"manchmal|gewöhnlich|überwiegend|selten|viele|wenige|bis|während|sofern|hauptsächlich)\b",
    tails=(
        r",\s+(?:darunter|etwa|insbesondere|vor allem|zum Beispiel)\s[^,;]*(?=\.$)",
        r";\s[^;]*(?=\.$)",
    ),
    line="Quelle: Wikipedia, „{title}“.",
    card="Quelle: Wikipedia, „{title}“ · CC BY-SA 4.0",
)

RUSSIAN = Cues(
    stop=words(
        "почему как что кто когда где зачем сколько какой какая какие в во на с со по о об от до из за и"
        " или но а не это этот эта есть был была были быть его её их про факты фактов вещи причины история"
        " жизнь видео короткое сделай создай расскажи объясни интересные удивительные все для к у ли"
    ),
    because=r"(?:потому что|из-за|благодаря|вследствие|так как|поскольку|причин\w+|в результате|вызва\w+|"
    r"приводит|приводят|объясня\w+|поэтому|обусловлен\w*)",
    manner=r"(?:с помощью|путём|посредством|процесс\w*|метод\w*|когда|затем|сначала|после|позволя\w+|через)",
    striking=r"(?:сам(?:ый|ая|ое|ые|ого|ой|ым)\b|крупнейш\w+|единственн\w+|перв(?:ый|ая|ое)|более|менее|свыше|"
    r"миллион\w*|миллиард\w*|процент\w*|половин\w+|никогда|мир[аеу]?\b|рекорд\w*|раз\b|%)",
    dull=r"(?:семейств\w+|\bрода?\b|этимолог\w+|слово|термин|название|происходит от|также известн\w+|см\.|"
    r"издани\w+|называ\w+|многозначн\w+)",
    leans=r"(?:эт(?:о|от|а|и|ого|ой|их|им|ому|у)|т(?:от|а|е|ого|ой|ех)|он|она|оно|они|его|её|их|им|ему|ей|такой|такая|"
    r"такие|таким образом|поэтому|затем|тогда|там|здесь|оба|обе|другие|некоторые|например|однако|но|и|а|"
    r"или|кроме того|при этом|в (?:этом|этой|этот|том)|на этом|после этого|до этого|для этого|из них|"
    r"последн\w+|первые из|мы|я|также|тем не менее|впоследствии|позже|позднее)\b",
    points_back=r"\b(?:эт(?:от|ого|ому) (?:процесс\w*|метод\w*)|вышеупомянут\w+|соответственно|последний из)\b",
    drops=r"(?!)",
    holds=r"\b(?:не|ни|нет|никогда|без|кроме|если|только|лишь|мо(?:жет|гут)|возможно|вероятно|некотор\w+|"
    r"около|примерно|приблизительно|почти|оцен\w+|считает\w*|предполаг\w+|согласно|по данным|обычно|часто|"
    r"иногда|большинств\w+|многие|редко|до|пока|завис\w+|как правило|бы)\b",
    tails=(r",\s+(?:включая|в том числе|например|особенно)\s[^,;]*(?=\.$)", r";\s[^;]*(?=\.$)"),
    line="Источник: Википедия, «{title}».",
    card="Источник: Википедия, «{title}» · CC BY-SA 4.0",
)

INDONESIAN = Cues(
    stop=words(
        "mengapa kenapa bagaimana apa siapa kapan dimana mana berapa di ke dari dan atau yang ini itu untuk"
        " dengan pada adalah ialah tentang soal fakta hal alasan sejarah cara kerja hidup video pendek buat"
        " buatkan jelaskan ceritakan menarik unik bisa dapat tidak ada itu kita kamu"
    ),
    because=r"\b(?:karena|sebab|disebabkan|akibat|menyebabkan|berasal|sehingga|dikarenakan|alasan)\b",
    manner=r"\b(?:melalui|dengan cara|proses|metode|ketika|kemudian|setelah|pertama|menggunakan|memungkinkan)\b",
    striking=r"\b(?:ter(?:besar|kecil|panjang|tua|cepat|dalam|tinggi|banyak)|paling|satu-satunya|pertama|"
    r"lebih dari|kurang dari|hingga|setengah|juta|miliar|ribu|persen|dunia|tidak pernah|kali)\b|%",
    dull=r"\b(?:genus|famili|suku|etimologi|(?:kata|istilah|nama)|disebut|dikenal (?:juga|sebagai)|lihat|"
    r"edisi|disambiguasi)\b",
    leans=r"(?:ini|itu|ia|dia|mereka|hal (?:ini|itu|tersebut)|tersebut|beberapa|kemudian|lalu|oleh karena itu|"
    r"karena itu|dengan demikian|jadi|misalnya|contohnya|namun|tetapi|dan|atau|selain itu|keduanya|salah "
    r"satunya|di (?:sini|sana|antaranya)|pada (?:saat|masa) (?:itu|ini)|setelah itu|sejak itu|kami|kita|saya)\b",
    points_back=r"\b(?:tersebut|(?:proses|metode|cara|jenis) ini|masing-masing|di atas|berikut ini)\b",
    drops=r"(?!)",
    holds=r"\b(?:tidak|bukan|belum|tanpa|kecuali|jika|bila|apabila|hanya|mungkin|dapat|bisa|sekitar|kira-kira|"
    r"hampir|beberapa|sebagian|kebanyakan|umumnya|biasanya|sering|kadang\w*|jarang|menurut|diperkirakan|"
    r"dianggap|diduga|konon|tergantung|sampai|selama|banyak)\b",
    tails=(r",\s+(?:termasuk|seperti|misalnya|terutama)\s[^,;]*(?=\.$)", r";\s[^;]*(?=\.$)"),
    line="Sumber: Wikipedia, “{title}”.",
    card="Sumber: Wikipedia, “{title}” · CC BY-SA 4.0",
)
