"""German: the subject stands alone or after a colon, where no article and no case is wrong."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    Was sagst du? Schreib deine Antwort in die Kommentare.
    Schau heute noch nach und erzähl uns, was du gefunden hast.
    Welche Frage bleibt bei dir hängen? Schreib sie unten hin.
    Frag heute Abend jemanden und bring die Antwort hierher mit.
    Eine dieser Fragen kannst du bestimmt beantworten. Welche?
"""
_GENERAL = pool(
    hook="""
        {S}. Welches Bild hast du als Erstes im Kopf?
        Heute gibt es nur ein Thema, und zwar dieses: {s}.
        Sag es einmal laut: {s}. Woran denkst du?
        Hättest du eine Minute, um davon zu erzählen, was würdest du sagen? {S}.
        Heute reden wir {p}. Was fällt dir als Erstes ein?
        Was würdest du einem Freund {p} erzählen? Fang mit einem Satz an.
        Stell dir vor, du sollst gleich {p} reden. Wie fängst du an?
        Bleib kurz hier. Heute reden wir nur {p}.
    """,
    where="""
        Wo fängt das alles an? Stell dir diesen allerersten Ort vor.
        {S}. Wo ist dir das zum ersten Mal begegnet?
    """,
    who="""
        Wer in deiner Nähe kennt sich am besten damit aus, und was würde er sagen?
        Sag zu einem Freund einfach: „{s}“. Was sieht er wohl vor sich?
    """,
    look_closely="""
        Schau ganz genau hin. Was fällt dir zum ersten Mal auf?
        Geh so nah heran, bis ein Detail das Bild füllt. Welches ist es?
        Stell dir vor, direkt vor dir: {s}. Welches Detail siehst du zuerst?
    """,
    how="""
        Wie würdest du das einem Kind erklären, in einem einzigen Satz?
        Sag es in einem Satz, den ein Kind versteht: {s}.
        Zeichne es mit nur drei Strichen. Womit fängst du an?
    """,
    years="""
        Denk zehn Jahre zurück und zehn Jahre voraus. Was bleibt gleich?
        {S}, heute in hundert Jahren. Was siehst du?
        Denk an jemanden vor hundert Jahren. Was würde er wohl dazu sagen?
    """,
    without="""
        Jetzt nimm das alles weg. Was würde fehlen, und wer merkt es zuerst?
        Und wenn es das morgen nicht mehr gäbe? Was wäre als Erstes anders?
    """,
    surprise="""
        Was ist das Seltsamste, das du darüber gehört hast? Und stimmt es?
        {S}. Gibt es eine Geschichte dazu, die du nie ganz geglaubt hast?
        Was würde deine Oma am meisten wundern, wenn du ihr davon erzählst?
    """,
    find_out="""
        Wenn du nur eine einzige Frage frei hättest, welche wäre es?
        {S}. Welche Frage hast du noch niemandem gestellt?
        Was würdest du zuerst nachschlagen, wenn du eine Stunde Zeit hättest?
    """,
    closing=_CLOSING,
)

PHRASES = Phrases(
    names=("Lena", "Max"),
    ordinals=lines("""
        Nummer eins.
        Nummer zwei.
        Nummer drei.
        Nummer vier.
        Nummer fünf.
        Nummer sechs.
        Nummer sieben.
        Nummer acht.
        Nummer neun.
        Nummer zehn.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} Was würdest du jetzt sofort antworten?
        Ich habe eine Frage an dich: {q}
        {Q} Gib dir drei Sekunden Zeit.
        Halt kurz an und denk darüber nach. {Q}
    """),
    why=pool(
        hook="""
            {Q} Rate erst mal, bevor es weitergeht.
            Die Frage des Tages lautet: {q}
            {Q} Sag deine erste Idee laut.
            Hättest du darauf eine Antwort? {Q}
        """,
        where="Wo würdest du die Ursache zuerst suchen: außen, innen oder darunter?",
        who="""
            Wer hat sich das wohl als Erster gefragt, und was hat er da gesehen?
            Welchen Experten würdest du anrufen, und was fragst du zuerst?
        """,
        look_closely="Fang mit dem an, was man sieht. Welches Detail könnte eine Spur sein?",
        how="Wie könntest du deine Vermutung zu Hause ausprobieren?",
        years="Welche Antwort hättest du wohl vor hundert Jahren geglaubt?",
        without="Stell dir vor, es wäre genau umgekehrt. Was wäre dann noch anders?",
        surprise="""
            Zwei Ideen können beide gut klingen. Welche würde dich mehr überraschen?
            Stell deine Vermutung auf den Kopf. Ergibt sie immer noch Sinn?
        """,
        find_out="Was müsstest du herausfinden, um ganz sicher zu sein?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} Gehen wir Schritt für Schritt vor.
            Das wollen wir heute wissen: {q}
            {Q} Was wäre dein erster Schritt?
            Bist du bereit, mitzudenken? {Q}
        """,
        where="Wo fängt man an? Nenne den ersten Schritt, und nur den ersten.",
        who="Wer könnte es dir zeigen, und welchen Teil bitte noch einmal langsam?",
        look_closely="""
            Geh in die Zeitlupe. An welchem Moment hängt alles?
            Welche Kleinigkeit würde ein Anfänger übersehen? Such sie.
        """,
        how="""
            Sag die Schritte der Reihe nach auf. Bei welchem stockst du?
            Könntest du es einem Freund in drei kurzen Schritten erklären?
        """,
        years="Hätten deine Großeltern dasselbe gesagt? Frag sie, wenn du kannst.",
        without="Lass in Gedanken einen Schritt weg. Geht es dann noch?",
        surprise="Was könnte schiefgehen, und wie würdest du es rechtzeitig merken?",
        find_out="Welchen Teil möchtest du noch einmal sehen, nah und langsam?",
        closing="""
            Du bist dran: Schreib die Schritte in die Kommentare, wie du sie siehst.
            Speichern, ausprobieren, wiederkommen: Was hast du dabei gelernt?
            Kennst du einen besseren Weg? Verrate ihn unten.
            Fragt sich das noch jemand, den du kennst? Dann schick es weiter.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Zähl mit, bei wie vielen du richtig liegst.
            Heute wird geraten, und zwar zu diesem Thema: {s}.
            Lust auf eine kurze Herausforderung? {S}.
            {S}. Wie viel weißt du, ohne nachzusehen?
            Heute wird geraten: Wie viel kannst du {p} erzählen?
            Bereit zum Raten? Heute reden wir {p}, und du zählst mit.
            Lust auf eine kurze Herausforderung? Heute reden wir {p}.
            Zähl mit. Was kannst du {p} sagen, ohne nachzusehen?
        """,
        where="Wo würdest du anfangen? Nenne das Erste, das dir einfällt.",
        who="Etwas, das dir nur ein Kenner verraten könnte. Hast du eine Idee?",
        look_closely="""
            Etwas, das man mit eigenen Augen sehen kann. Was vermutest du?
            Eine Kleinigkeit, die man leicht übersieht. Welche fällt dir ein?
        """,
        how="Etwas darüber, wie es funktioniert. Erklär es in einem Atemzug.",
        years="Etwas, das auch deine Großeltern genannt hätten. Was könnte es sein?",
        without="Das eine, das man nicht weglassen könnte. Was mag das sein?",
        surprise="""
            Etwas, das man kaum glauben mag. Was hast du schon gehört?
            Eine für die Zweifler: wahr oder erfunden? Du entscheidest.
        """,
        find_out="Eine, für die du noch nachschlagen müsstest. Welche ist das?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Komm ein Stück näher. Die Geschichte heißt so: {s}.
            Mach kurz die Augen zu und stell dir das vor. {S}.
            Eine Geschichte wartet auf dich: {s}.
            {S}. Hör hin, gleich geht es los.
            Komm ein Stück näher. Hier kommt eine Geschichte {p}.
            Mach kurz die Augen zu. Gleich hörst du eine Geschichte {p}.
            Auf dich wartet eine Geschichte {p}. Hör gut zu.
            Psst, gleich beginnt die Geschichte {p}.
        """,
        where="Stell dir den Ort vor, an dem alles beginnt. Was hört man dort?",
        who="""
            Da steht jemand, ganz allein. Welchen Namen würdest du wählen?
            Jemand hat einen Wunsch und hat ihn keinem verraten. Errätst du ihn?
        """,
        look_closely="Komm näher. Da ist etwas Kleines, das noch niemand bemerkt hat.",
        how="Ein Schritt, dann noch einer. Wohin würdest du jetzt gehen?",
        years="Die Zeit vergeht. Vielleicht eine Nacht, vielleicht viele Jahre.",
        without="Und dann fehlt etwas. Hör nur, wie still es geworden ist.",
        surprise="""
            Warte. Hast du das gesehen? Nichts ist mehr wie gerade eben.
            Und da, als niemand hinsieht, kehrt sich alles um.
        """,
        find_out="Langsam wird klar, wozu das alles gut war.",
        closing="""
            Und wie geht es aus? Diesen Teil erzählst du.
            Schreib du den letzten Satz. Wir lesen die Kommentare.
            Das Ende ist noch offen. Was soll passieren?
            Erzähl es heute Abend weiter, mit deinen eigenen Worten.
        """,
    ),
    ad=pool(
        hook="""
            Nimm dir einen Moment und schau dir das an: {s}.
            Wir möchten dir etwas vorstellen. {S}.
            {S}. Was möchtest du zuerst wissen?
            Heute dreht sich alles um eines: {s}.
            Eine kurze Minute {p}, bitte. Was möchtest du zuerst wissen?
            Ein paar Worte {p}. Schau dabei ruhig genauer hin.
            Halt kurz an. Jetzt kommt eine kleine Werbung {p}.
            Hast du einen Moment? Wir haben einen kleinen Film {p}.
        """,
        where="Wo in deinem Tag wäre Platz dafür? Denk kurz nach.",
        who="""
            Wem würdest du das als Erstes zeigen?
            Wer aus deinem Leben würde sich darüber freuen?
        """,
        look_closely="""
            Schau näher hin. Was fällt dir zuerst ins Auge?
            Lass den Blick langsam wandern. Welches Detail gefällt dir am besten?
        """,
        how="Wie würdest du anfangen: allein oder mit jemandem, den du magst?",
        years="Denk dich ein Jahr weiter. Was wirst du gern ausprobiert haben?",
        without="Was fehlt deinem Tag gerade? Sei ganz ehrlich.",
        surprise="Was müsste passieren, damit du „wow“ sagst?",
        find_out="Was möchtest du fragen, bevor du dich entscheidest? Frag einfach.",
        closing="""
            {S}. Komm vorbei und überzeug dich selbst.
            Neugierig? Schau es dir heute genauer an: {s}.
            Du hast die Wahl. {S}.
            Noch Fragen? Wir beantworten sie gern. {S}.
            Noch neugierig? Frag uns einfach in den Kommentaren.
            Jetzt bist du dran: Schau vorbei und mach dir selbst ein Bild.
        """,
    ),
)
