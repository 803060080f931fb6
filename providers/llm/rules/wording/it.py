"""Italian."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    E tu che ne dici? Scrivi la tua risposta nei commenti.
    Cercalo oggi stesso e raccontaci che cosa hai trovato.
    Quale domanda ti resterà in testa? Scrivila qui sotto.
    Chiedilo a qualcuno stasera e porta qui la sua risposta.
    A una di queste sai rispondere di sicuro. Quale?
"""
_GENERAL = pool(
    hook="""
        {S}. Qual è la prima immagine che ti viene in mente?
        Oggi c'è un solo argomento, ed è questo: {s}.
        Dillo ad alta voce: {s}. A che cosa pensi?
        Se avessi un minuto per parlarne, che cosa diresti? {S}.
        Resta un momento, oggi parliamo {d:di}.
    """,
    where="""
        Dove comincia tutto? Prova a immaginare quel primissimo luogo.
        {S}. Dove ne hai sentito parlare per la prima volta?
    """,
    who="""
        Chi ne sa di più tra le persone che conosci, e che cosa direbbe?
        Di' «{s}» a un amico. Secondo te, che cosa si immagina?
    """,
    look_closely="""
        Guarda da vicino. Che cosa noti per la prima volta?
        Avvicinati finché un dettaglio riempie lo schermo. Qual è?
        Immagina, proprio davanti a te: {s}. Quale dettaglio vedi per primo?
    """,
    how="""
        Come lo spiegheresti a un bambino, in una frase sola?
        Dillo in una frase che un bambino capisca: {s}.
        Disegnalo con tre linee soltanto. Da quale cominci?
    """,
    years="""
        Pensa a dieci anni fa e a dieci anni da adesso. Che cosa resta uguale?
        {S}, tra cento anni. Che cosa vedi?
        Pensa a qualcuno di cento anni fa. Che cosa ne direbbe?
    """,
    without="""
        Adesso togli tutto. Che cosa mancherebbe, e chi se ne accorge per primo?
        Immagina un mondo senza {d}. Che cosa cambierebbe per primo?
    """,
    surprise="""
        Qual è la cosa più strana che hai sentito dire? E sarà vera?
        {S}. C'è una storia a cui non hai mai creduto fino in fondo?
        Se ne parlassi a tua nonna, che cosa la stupirebbe di più?
    """,
    find_out="""
        Se potessi fare una sola domanda, quale sarebbe?
        {S}. Quale domanda non hai mai fatto a nessuno?
        Con un'ora tutta per te, che cosa cercheresti per prima?
    """,
    closing=_CLOSING,
)

PHRASES = Phrases(
    names=("Giulia", "Luca"),
    ordinals=lines("""
        Numero uno.
        Numero due.
        Numero tre.
        Numero quattro.
        Numero cinque.
        Numero sei.
        Numero sette.
        Numero otto.
        Numero nove.
        Numero dieci.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} Che cosa risponderesti, proprio adesso?
        Ho una domanda per te: {q}
        {Q} Prenditi tre secondi per pensarci.
        Fermati un attimo e rifletti. {Q}
    """),
    why=pool(
        hook="""
            {Q} Prova a indovinare prima di andare avanti.
            La domanda di oggi è questa: {q}
            {Q} Di' ad alta voce la tua prima idea.
            Hai una risposta per questa? {Q}
        """,
        where="Dove cercheresti la causa per prima cosa: fuori, dentro o sotto?",
        who="""
            Secondo te, chi se l'è chiesto per primo, e davanti a che cosa?
            Se potessi chiamare un esperto, che cosa gli chiederesti subito?
        """,
        look_closely="Parti da quello che si vede. Quale piccolo dettaglio può essere un indizio?",
        how="Come potresti verificare la tua idea con quello che hai in casa?",
        years="Cento anni fa, a quale risposta avresti creduto tu?",
        without="Immagina che sia tutto al contrario. Che altro dovrebbe cambiare?",
        surprise="""
            Due idee possono suonare giuste. Quale ti sorprenderebbe di più?
            Capovolgi la tua idea. Ha ancora senso?
        """,
        find_out="Che cosa dovresti scoprire per averne la certezza?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} Andiamo un passo alla volta.
            Ecco che cosa vogliamo sapere oggi: {q}
            {Q} Quale sarebbe il tuo primo passo?
            Ti va di pensarci insieme? {Q}
        """,
        where="Da dove si comincia? Di' il primo passo, e soltanto il primo.",
        who="Chi potrebbe fartelo vedere, e quale parte dovrebbe rifare piano?",
        look_closely="""
            Guardalo al rallentatore. Da quale momento dipende tutto?
            Quale piccola cosa sfuggirebbe a un principiante? Cercala.
        """,
        how="""
            Di' i passi in ordine. A quale ti blocchi?
            Sapresti dirlo a un amico in tre brevi passaggi?
        """,
        years="I tuoi nonni avrebbero detto lo stesso? Chiediglielo, se puoi.",
        without="Togli un passo, solo con la mente. Funziona ancora?",
        surprise="Che cosa potrebbe andare storto, e come te ne accorgeresti in tempo?",
        find_out="Quale parte vorresti rivedere, da vicino e con calma?",
        closing="""
            Tocca a te: scrivi nei commenti i passi come li vedi tu.
            Salva il video, prova, e torna a dirci che cosa hai imparato.
            Conosci un modo migliore? Scrivilo qui sotto.
            Conosci qualcuno che se lo chiede? Mandagli questo video.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Conta con me e vedi quante ne indovini.
            Oggi si gioca a indovinare. Il tema: {s}.
            Hai voglia di una piccola sfida? {S}.
            {S}. Quante ne sai dire senza cercare?
        """,
        where="Da dove cominceresti la lista? Di' la prima che ti viene in mente.",
        who="Qualcosa che solo un vero esperto ti direbbe. Hai un'idea?",
        look_closely="""
            Qualcosa che si vede a occhio nudo. Che cosa sarà?
            Un dettaglio piccolo, facile da perdere. Quale ti viene in mente?
        """,
        how="Qualcosa su come funziona. Spiegalo tutto d'un fiato.",
        years="Una che avrebbero detto anche i tuoi nonni. Quale potrebbe essere?",
        without="L'unica cosa che non si potrebbe togliere. Quale sarà?",
        surprise="""
            Qualcosa di difficile da credere. Che cosa hai sentito dire?
            Una per gli scettici: vero o inventato? Decidi tu.
        """,
        find_out="Una che dovresti ancora cercare. Qual è?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Vieni un po' più vicino. La storia è questa: {s}.
            Chiudi gli occhi un momento e immagina. {S}.
            C'è una storia che ti aspetta: {s}.
            {S}. Ascolta, sta per cominciare.
        """,
        where="Immagina il luogo in cui comincia. Che cosa si sente laggiù?",
        who="""
            C'è qualcuno, lontano da tutti. Che nome gli daresti?
            Qualcuno ha un desiderio e non l'ha detto a nessuno. Lo indovini?
        """,
        look_closely="Vieni più vicino. C'è una piccola cosa che nessuno ha ancora notato.",
        how="Un passo, e poi un altro. Tu da che parte andresti?",
        years="Il tempo passa. Forse una notte, forse molti anni.",
        without="E poi manca qualcosa. Senti che silenzio c'è adesso.",
        surprise="""
            Aspetta. Hai visto? Niente è più come un momento fa.
            E lì, quando nessuno guarda, tutto si capovolge.
        """,
        find_out="Piano piano si capisce a che cosa serviva tutto questo.",
        closing="""
            E come va a finire? Questa parte la racconti tu.
            Scrivi tu l'ultima frase. Leggiamo i commenti.
            Il finale è ancora aperto. Che cosa vorresti che succedesse?
            Raccontala a qualcuno stasera, con parole tue.
        """,
    ),
    ad=pool(
        hook="""
            Fermati un momento e dai un'occhiata qui: {s}.
            Vogliamo presentarti qualcosa. {S}.
            {S}. Che cosa vorresti sapere per prima cosa?
            Oggi gira tutto intorno a questo: {s}.
        """,
        where="In quale momento della tua giornata troverebbe posto?",
        who="""
            Chi sarebbe la prima persona a cui mostrarlo?
            Chi, tra le persone care, ne sarebbe felice?
        """,
        look_closely="""
            Guarda più da vicino. Che cosa ti colpisce per primo?
            Lascia correre lo sguardo, con calma. Quale dettaglio preferisci?
        """,
        how="Come cominceresti: per conto tuo o con qualcuno a cui vuoi bene?",
        years="Immaginati tra un anno. Che cosa ti farà piacere aver provato?",
        without="Che cosa manca adesso alla tua giornata? Con sincerità.",
        surprise="Che cosa dovrebbe succedere per farti dire «wow»?",
        find_out="Che cosa vuoi chiedere prima di decidere? Chiedi pure.",
        closing="""
            {S}. Vieni a vedere con i tuoi occhi.
            Ti incuriosisce? Guarda meglio oggi stesso: {s}.
            La scelta è tua. {S}.
            Hai domande? Rispondiamo volentieri. {S}.
            Vuoi saperne di più? Chiedici pure nei commenti.
            Adesso tocca a te: passa a trovarci e guarda di persona.
        """,
    ),
)
