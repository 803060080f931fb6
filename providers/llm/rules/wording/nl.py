"""Dutch."""

from __future__ import annotations

from providers.llm.rules.wording.pools import Phrases, lines, pool

_CLOSING = """
    Wat zeg jij? Zet je antwoord in de reacties.
    Zoek het vandaag nog op en vertel ons wat je hebt gevonden.
    Welke vraag blijft bij je hangen? Schrijf het hieronder.
    Vraag het vanavond aan iemand en kom terug met het antwoord.
    Eén van deze vragen kun je vast beantwoorden. Welke?
"""
_GENERAL = pool(
    hook="""
        {S}. Welk beeld komt er als eerste in je op?
        Vandaag is er maar één onderwerp, en dat is dit: {s}.
        Zeg het eens hardop: {s}. Waar denk je aan?
        Als je hier een minuut over mocht praten, wat zou je zeggen? {S}.
        Blijf even hangen. Vandaag hebben we het over {d}.
    """,
    where="""
        Waar begint het allemaal? Stel je die allereerste plek voor.
        {S}. Waar kwam je dit voor het eerst tegen?
    """,
    who="""
        Wie in je buurt weet hier het meest van, en wat zou die zeggen?
        Zeg “{s}” tegen een vriend. Wat ziet die voor zich, denk je?
    """,
    look_closely="""
        Kijk eens goed. Wat valt je nu pas voor het eerst op?
        Kom dichterbij tot één detail het scherm vult. Welk detail is het?
        Stel je voor, vlak voor je neus: {s}. Welk detail zie je het eerst?
    """,
    how="""
        Hoe zou je dit aan een kind uitleggen, in één enkele zin?
        Zeg het in één zin die een kind begrijpt: {s}.
        Teken het met maar drie lijnen. Waar begin je?
    """,
    years="""
        Denk tien jaar terug en tien jaar vooruit. Wat blijft hetzelfde?
        {S}, over honderd jaar. Wat zie je dan?
        Denk aan iemand van honderd jaar geleden. Wat zou die hiervan zeggen?
    """,
    without="""
        Haal het nu allemaal weg. Wat ontbreekt er, en wie merkt het als eerste?
        Stel je een wereld voor zonder {d}. Wat verandert er als eerste?
    """,
    surprise="""
        Wat is het vreemdste dat je hierover hebt gehoord? En klopt het?
        {S}. Is er een verhaal dat je nooit helemaal hebt geloofd?
        Als je het aan je oma vertelt, wat verrast haar het meest?
    """,
    find_out="""
        Als je maar één vraag mocht stellen, welke zou dat zijn?
        {S}. Welke vraag heb je nog nooit aan iemand gesteld?
        Als je een uur vrij had, wat zou je dan het eerst opzoeken?
    """,
    closing=_CLOSING,
)

PHRASES = Phrases(
    names=("Sanne", "Daan"),
    ordinals=lines("""
        Nummer één.
        Nummer twee.
        Nummer drie.
        Nummer vier.
        Nummer vijf.
        Nummer zes.
        Nummer zeven.
        Nummer acht.
        Nummer negen.
        Nummer tien.
    """),
    general=_GENERAL,
    what=_GENERAL.opened("""
        {Q} Wat zou je nu meteen antwoorden?
        Ik heb een vraag voor je: {q}
        {Q} Geef jezelf drie seconden.
        Sta even stil en denk hierover na. {Q}
    """),
    why=pool(
        hook="""
            {Q} Doe een gok voordat je verder kijkt.
            De vraag van vandaag is deze: {q}
            {Q} Zeg je eerste idee hardop.
            Heb jij hier een antwoord op? {Q}
        """,
        where="Waar zou je de oorzaak het eerst zoeken: buiten, binnen of eronder?",
        who="""
            Wie vroeg zich dit als eerste af, denk je, en wat zag die?
            Welke expert zou je bellen, en wat vraag je het eerst?
        """,
        look_closely="Begin met wat je kunt zien. Welk klein detail kan een aanwijzing zijn?",
        how="Hoe zou je jouw gok thuis kunnen testen, met gewone spullen?",
        years="Welk antwoord had je honderd jaar geleden geloofd, denk je?",
        without="Stel dat het precies andersom was. Wat zou er nog meer veranderen?",
        surprise="""
            Twee ideeën kunnen allebei goed klinken. Welk zou je meer verrassen?
            Draai je gok eens helemaal om. Klopt het dan nog?
        """,
        find_out="Wat zou je moeten uitzoeken om het echt zeker te weten?",
        closing=_CLOSING,
    ),
    how=pool(
        hook="""
            {Q} We gaan het stap voor stap bekijken.
            Dit willen we vandaag weten: {q}
            {Q} Wat zou jouw eerste stap zijn?
            Klaar om mee te denken? {Q}
        """,
        where="Waar begin je? Noem de eerste stap, en alleen de eerste.",
        who="Wie zou het je kunnen laten zien, en welk deel graag nog eens langzaam?",
        look_closely="""
            Bekijk het in slow motion. Van welk moment hangt alles af?
            Welk klein ding zou een beginner missen? Zoek het.
        """,
        how="""
            Noem de stappen op volgorde. Bij welke loop je vast?
            Kun je het een vriend uitleggen in drie korte stappen?
        """,
        years="Zouden je opa en oma hetzelfde zeggen? Vraag het ze, als het kan.",
        without="Laat in gedachten één stap weg. Werkt het dan nog?",
        surprise="Wat kan er misgaan, en hoe zou je dat op tijd merken?",
        find_out="Welk stuk zou je nog eens willen zien, dichtbij en langzaam?",
        closing="""
            Jouw beurt: zet de stappen in de reacties, zoals jij ze ziet.
            Bewaar dit, probeer het, en vertel ons wat je hebt geleerd.
            Weet jij een betere manier? Zet hem hieronder.
            Ken je iemand met dezelfde vraag? Stuur dit dan door.
        """,
    ),
    facts=pool(
        hook="""
            {S}. Tel mee en kijk hoeveel jij er goed hebt.
            Vandaag gaan we raden. Het onderwerp: {s}.
            Zin in een korte uitdaging? {S}.
            {S}. Hoeveel weet je zonder iets op te zoeken?
        """,
        where="Waar zou jij de lijst beginnen? Noem de eerste die je te binnen schiet.",
        who="Iets wat alleen een kenner je kan vertellen. Enig idee?",
        look_closely="""
            Iets wat je met je eigen ogen kunt zien. Wat is jouw gok?
            Een klein detail dat je zo over het hoofd ziet. Welk bedenk jij?
        """,
        how="Iets over hoe het werkt. Leg het uit in één adem.",
        years="Eentje die je opa en oma ook zouden noemen. Welke zou dat zijn?",
        without="Het enige wat je niet weg kunt laten. Wat zou dat zijn?",
        surprise="""
            Iets wat je bijna niet gelooft. Wat heb je wel eens gehoord?
            Eentje voor de twijfelaars: waar of verzonnen? Jij beslist.
        """,
        find_out="Eentje die je nog moet opzoeken. Welke is dat?",
        closing=_CLOSING,
    ),
    story=pool(
        hook="""
            Kom eens wat dichterbij. Dit is het verhaal: {s}.
            Doe je ogen even dicht en stel je dit voor. {S}.
            Er ligt een verhaal op je te wachten: {s}.
            {S}. Luister, het begint zo.
        """,
        where="Stel je de plek voor waar het begint. Wat hoor je daar?",
        who="""
            Daar staat iemand, helemaal alleen. Welke naam zou je kiezen?
            Iemand heeft een wens en heeft het niemand verteld. Raad je hem?
        """,
        look_closely="Kom dichterbij. Er is iets kleins dat nog niemand heeft gezien.",
        how="Eén stap, en dan nog een. Welke kant zou jij op gaan?",
        years="De tijd gaat voorbij. Misschien een nacht, misschien vele jaren.",
        without="En dan ontbreekt er iets. Hoor eens hoe stil het nu is.",
        surprise="""
            Wacht. Zag je dat? Niets is meer zoals daarnet.
            En dan, als niemand kijkt, draait alles om.
        """,
        find_out="Langzaam wordt duidelijk waar dit allemaal om ging.",
        closing="""
            En hoe loopt het af? Dat deel vertel jij.
            Schrijf jij de laatste zin? We lezen de reacties.
            Het einde ligt nog open. Wat zou jij willen dat er gebeurt?
            Vertel het vanavond aan iemand, in je eigen woorden.
        """,
    ),
    ad=pool(
        hook="""
            Neem even de tijd en kijk hier eens naar: {s}.
            We willen je graag iets laten zien. {S}.
            {S}. Wat zou je het eerst willen weten?
            Vandaag draait alles hierom: {s}.
        """,
        where="Op welk moment van je dag zou hier plaats voor zijn?",
        who="""
            Aan wie zou je dit als eerste laten zien?
            Wie in je leven zou hier blij van worden?
        """,
        look_closely="""
            Kijk eens van dichtbij. Wat valt je het eerst op?
            Laat je blik er rustig over gaan. Welk detail vind je het mooist?
        """,
        how="Hoe zou je beginnen: alleen, of met iemand die je graag mag?",
        years="Denk eens een jaar vooruit. Wat ben je dan blij geprobeerd te hebben?",
        without="Wat mis je nu in je dag? Wees maar eerlijk.",
        surprise="Wat moet er gebeuren voordat jij wauw zegt?",
        find_out="Wat wil je vragen voordat je kiest? Vraag het gerust.",
        closing="""
            {S}. Kom langs en bekijk het zelf.
            Nieuwsgierig? Kijk vandaag eens goed: {s}.
            De keus is aan jou. {S}.
            Nog vragen? We geven graag antwoord. {S}.
            Wil je nog meer weten? Vraag het ons gerust in de reacties.
            Nu ben jij aan zet: kom eens langs en kijk zelf.
        """,
    ),
)
