"""Polish: the subject stands alone, after a colon or in quotation marks, so that no case is wrong."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    A co ty powiesz? Napisz swoją odpowiedź w komentarzu.
    Sprawdź to jeszcze dziś i opowiedz nam, co udało się znaleźć.
    Które pytanie zostanie z tobą na dłużej? Napisz poniżej.
    Zapytaj kogoś wieczorem i wróć tu z odpowiedzią.
    Na jedno z tych pytań na pewno znasz odpowiedź. Na które?
"""
_GENERAL = pool(
    hook="""
        {S}. Jaki obraz jako pierwszy pojawia ci się w głowie?
        Dziś jest tylko jeden temat, a oto i on: {s}.
        Powiedz to na głos: {s}. O czym myślisz?
        Masz minutę, żeby o tym opowiedzieć. Od czego zaczynasz? {S}.
        Dziś porozmawiamy {p}. Co przychodzi ci na myśl?
        Tylko kilka pytań {p}. Zaczynamy?
        Co opowiesz koledze {p}? Zacznij od jednego zdania.
        Zatrzymaj się na chwilę. Dziś rozmowa {p}.
    """,
    where="""
        Gdzie to wszystko się zaczyna? Spróbuj wyobrazić sobie to pierwsze miejsce.
        {S}. Gdzie było twoje pierwsze spotkanie z tym tematem?
    """,
    who="""
        Kto wokół ciebie zna się na tym najlepiej i co by powiedział?
        Powiedz koledze: „{s}”. Jak myślisz, co sobie wyobrazi?
    """,
    look_closely="""
        Przyjrzyj się z bliska. Co zauważasz po raz pierwszy?
        Podejdź tak blisko, aż jeden szczegół wypełni ekran. Który to?
        Wyobraź sobie tuż przed sobą: {s}. Który szczegół widzisz najpierw?
    """,
    how="""
        Jak wytłumaczysz to dziecku, w jednym krótkim zdaniu?
        Powiedz to w zdaniu, które zrozumie dziecko: {s}.
        Narysuj to trzema kreskami. Od której zaczynasz?
    """,
    years="""
        Pomyśl, co było dziesięć lat temu i co będzie za dziesięć. Co się nie zmieni?
        {S}, za sto lat od dziś. Co widzisz?
        Pomyśl o kimś sprzed stu lat. Co by o tym wszystkim powiedział?
    """,
    without="""
        A teraz zabierz to wszystko. Czego zabraknie i kto zauważy pierwszy?
        Wyobraź sobie, że jutro to znika. Co zmieni się najpierw?
    """,
    surprise="""
        Jaka jest najdziwniejsza rzecz, którą o tym mówią? I czy to prawda?
        {S}. Czy jest historia, w którą do dziś trudno ci uwierzyć?
        Opowiedz o tym babci. Co zdziwi ją najbardziej?
    """,
    find_out="""
        Gdyby wolno było zadać tylko jedno pytanie, jakie by było twoje?
        {S}. Jakiego pytania nikt jeszcze od ciebie nie usłyszał?
        Masz wolną godzinę. Co sprawdzisz w pierwszej kolejności?
    """,
    closing=_CLOSING,
)

PHRASES = Phrases(
    names=("Zosia", "Kuba"),
    ordinals=lines("""
        Po pierwsze.
        Po drugie.
        Po trzecie.
        Po czwarte.
        Po piąte.
        Po szóste.
        Po siódme.
        Po ósme.
        Po dziewiąte.
        Po dziesiąte.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} Co odpowiesz, tu i teraz?
        Mam do ciebie pytanie: {q}
        {Q} Daj sobie trzy sekundy.
        Zatrzymaj się na chwilę i pomyśl. {Q}
    """),
    why=pool(
        hook="""
            {Q} Zgadnij, zanim pójdziemy dalej.
            Pytanie na dziś brzmi tak: {q}
            {Q} Powiedz na głos swoją pierwszą myśl.
            Czy znasz na to odpowiedź? {Q}
        """,
        where="Gdzie najpierw szukać przyczyny: na zewnątrz, w środku czy pod spodem?",
        who="""
            Jak myślisz, kto zapytał o to pierwszy i co go zdziwiło?
            Do jakiego eksperta dzwonisz i o co pytasz najpierw?
        """,
        look_closely="Zacznij od tego, co widać. Który drobiazg może być wskazówką?",
        how="Jak sprawdzić twój pomysł w domu, za pomocą prostych rzeczy?",
        years="W jaką odpowiedź ludzie tacy jak ty uwierzyliby sto lat temu?",
        without="Załóżmy, że jest dokładnie na odwrót. Co jeszcze musi się zmienić?",
        surprise="""
            Dwa pomysły mogą brzmieć dobrze. Który zaskoczy cię bardziej?
            Odwróć swój pomysł do góry nogami. Czy nadal ma sens?
        """,
        find_out="Czego trzeba się dowiedzieć, żeby mieć całkowitą pewność?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} Idziemy krok po kroku.
            Oto, czego chcemy się dziś dowiedzieć: {q}
            {Q} Jaki jest twój pierwszy krok?
            Pomyślisz o tym razem ze mną? {Q}
        """,
        where="Od czego się zaczyna? Podaj pierwszy krok i tylko pierwszy.",
        who="Kto może ci to pokazać i co powinien powtórzyć powoli?",
        look_closely="""
            Obejrzyj to w zwolnionym tempie. Od której chwili zależy wszystko?
            Jaki drobiazg przeoczy ktoś początkujący? Poszukaj go.
        """,
        how="""
            Wymień kroki po kolei. Na którym się zatrzymujesz?
            Czy opowiesz to koledze w trzech krótkich krokach?
        """,
        years="Czy twoi dziadkowie powiedzieliby to samo? Zapytaj ich, jeśli możesz.",
        without="Pomiń w myślach jeden krok. Czy to nadal działa?",
        surprise="Co może pójść nie tak i jak zauważyć to na czas?",
        find_out="Który moment chcesz zobaczyć jeszcze raz, z bliska i powoli?",
        closing="""
            Twoja kolej: napisz w komentarzu kroki tak, jak je widzisz.
            Zapisz, spróbuj i wróć opowiedzieć, czego cię to nauczyło.
            Znasz lepszy sposób? Podziel się nim poniżej.
            Znasz kogoś, kto pyta o to samo? Wyślij mu ten film.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Licz, ile odpowiedzi zgadniesz.
            Dziś bawimy się w zgadywanie. Temat jest taki: {s}.
            Masz ochotę na małe wyzwanie? {S}.
            {S}. Ile wymienisz bez szukania?
            Ile wiesz {p}? Licz razem ze mną.
            Mały quiz {p}. Zgadujesz razem ze mną?
            Dziś zgadujemy i mówimy {p}. Ile wymienisz?
            Sprawdź się. Co pamiętasz {p}?
        """,
        where="Od czego zacznie się twoja lista? Powiedz pierwszą myśl.",
        who="Coś, co zdradzi ci tylko prawdziwy znawca. Jakiś pomysł?",
        look_closely="""
            Coś, co widać gołym okiem. Jak myślisz, co to jest?
            Mały szczegół, który łatwo przeoczyć. Który przychodzi ci na myśl?
        """,
        how="Coś o tym, jak to działa. Wyjaśnij to na jednym oddechu.",
        years="Coś, co wymieniliby też twoi dziadkowie. Zgadniesz?",
        without="Ta jedna rzecz, której nie da się pominąć. Co to może być?",
        surprise="""
            Coś, w co trudno uwierzyć. Jakie wersje znasz?
            Coś dla niedowiarków: prawda czy zmyślenie? Ty decydujesz.
        """,
        find_out="Coś, co trzeba jeszcze sprawdzić. Co to będzie?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Podejdź trochę bliżej. Oto historia: {s}.
            Zamknij na chwilę oczy i wyobraź to sobie. {S}.
            Czeka na ciebie pewna historia: {s}.
            {S}. Posłuchaj, zaraz się zacznie.
            Podejdź trochę bliżej. To jest historia {p}.
            Zamknij na chwilę oczy. Przed tobą opowieść {p}.
            Czeka na ciebie historia {p}. Posłuchaj.
            Cicho. Zaraz zacznie się historia {p}.
        """,
        where="Wyobraź sobie miejsce, gdzie to się zaczyna. Co tam słychać?",
        who="""
            Ktoś tam stoi, z dala od wszystkich. Jakie imię mu nadasz?
            Ktoś ma życzenie i nikomu go nie zdradza. Zgadniesz jakie?
        """,
        look_closely="Podejdź bliżej. Jest tu coś małego, czego nikt jeszcze nie widzi.",
        how="Krok, a potem jeszcze jeden. W którą stronę teraz pójdziesz?",
        years="Czas płynie. Może jedna noc, a może wiele lat.",
        without="I nagle czegoś brakuje. Posłuchaj, jak teraz cicho.",
        surprise="""
            Zaczekaj. Widzisz to? Nic nie jest takie jak przed chwilą.
            I wtedy, gdy nikt nie patrzy, wszystko się odwraca.
        """,
        find_out="Powoli staje się jasne, po co to wszystko było.",
        closing="""
            A jak to się kończy? Tę część opowiadasz ty.
            Dopisz ostatnie zdanie. Czytamy komentarze.
            Zakończenie jest wciąż otwarte. Co ma się wydarzyć?
            Opowiedz to komuś dziś wieczorem, własnymi słowami.
        """,
    ),
    ad=pool(
        hook="""
            Zatrzymaj się na chwilę i spójrz: {s}.
            Chcemy ci coś przedstawić. {S}.
            {S}. Czego chcesz się dowiedzieć najpierw?
            Dziś wszystko kręci się wokół tego: {s}.
            Jedna minuta {p}. Czego chcesz się dowiedzieć najpierw?
            Kilka słów {p}. Przyjrzyj się uważniej.
            Poproszę o minutę. Ten film jest {p}.
            Zatrzymaj się na moment. Oto kilka zdań {p}.
        """,
        where="W jakiej chwili twojego dnia jest na to miejsce?",
        who="""
            Komu pokażesz to w pierwszej kolejności?
            Kto z twoich bliskich ucieszy się z tego najbardziej?
        """,
        look_closely="""
            Przyjrzyj się z bliska. Co najpierw przyciąga wzrok?
            Obejrzyj wszystko bez pośpiechu. Który szczegół podoba ci się najbardziej?
        """,
        how="Jak zaczniesz: w pojedynkę czy z kimś, kogo lubisz?",
        years="Wyobraź sobie siebie za rok. Z jakiej próby będziesz się cieszyć?",
        without="Czego brakuje teraz w twoim dniu? Tak szczerze.",
        surprise="Co musi się stać, żeby z twoich ust padło „wow”?",
        find_out="O co chcesz zapytać, zanim wybierzesz? Pytaj śmiało.",
        closing="""
            {S}. Przyjdź i zobacz na własne oczy.
            Masz ochotę na więcej? Przyjrzyj się dziś z bliska: {s}.
            Wybór należy do ciebie. {S}.
            Masz pytania? Chętnie odpowiemy. {S}.
            Chcesz wiedzieć więcej? Zapytaj nas w komentarzu.
            Teraz twoja kolej: zajrzyj do nas i zobacz z bliska.
        """,
    ),
)
