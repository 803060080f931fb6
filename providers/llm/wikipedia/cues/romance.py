"""Cues of Spanish, French, Portuguese and Italian."""

from __future__ import annotations

from providers.llm.wikipedia.cues.cues import Cues, words

SPANISH = Cues(
    stop=words(
        "el la los las un una unos unas de del al a en con por para sobre y o u e que qué cómo como"
        " por porqué cuál cuáles quién quiénes cuándo dónde cuánto cuántos cuánta cuántas es son fue"
        " era está están ser hay se su sus lo le les más muy tan todo toda haz hazme crea video"
        " vídeo corto datos dato cosas curiosidades razones acerca historia vida explica cuéntame"
        " dime funciona funcionan hace hacen tiene tienen no si mi tu nos me"
    ),
    because=r"\b(?:porque|debid[oa]s? a|a causa de|por es[ot]|causad[oa]s? por|causa|provoca|se "
    r"debe|gracias a|ya que|puesto que|procede[n]?|proviene[n]?|como resultado|resultado de|"
    r"por lo que|de modo que|razón|explica)\b",
    manner=r"\b(?:mediante|a través de|proceso|método|cuando|luego|después|primero|hasta|permite[n]?|"
    r"consiste|por medio de|se (?:obtiene|elabora|prepara|tuesta|muele|forma))\b",
    striking=r"\b(?:(?:el|la|los|las) (?:más|mayor|menor|único|única)|más (?:grande|antigu[oa]|alt[oa]|"
    r"largo|rápido) |únic[oa]s?|primer[oa]?|mayor|récord|más de|menos de|hasta|mitad|millones|mil|"
    r"nunca|mundo|sin embargo|incluso|doble|veces)\b|%",
    dull=r"\b(?:género|familia de|etimolog\w*|(?:la palabra|el término|el nombre)|deriva de|también "
    r"(?:llamad|conocid)\w*|se denomina\w*|véase|edición|premio|ISBN)\b",
    leans=r"(?:est[eao]s?|es[eao]s?|aquel\w*|ell[oa]s?|él|su|sus|lo|le|les|dich[oa]s?|tal(?:es)?|ambos|"
    r"ambas|otr[oa]s?|así|entonces|luego|por (?:tanto|ello|eso|esto|ejemplo|lo tanto)|en "
    r"(?:este|esta|ese|esa|ello|cambio|consecuencia)|a su vez|de (?:ahí|ellos)|(?:en|a|de|con|por|para|tras|durante|desde|hasta|"
    r"sobre|según|bajo) (?:est[eao]s?|es[eao]s?|ello|sus?|dich[oa]s?|entonces)|"
    r"pero|y|o|aunque|allí|aquí|es|son|fue|fueron|era|eran|tiene|tienen|está|están|puede|pueden|se|"
    r"posee|poseen|vive|viven|nació|murió|contiene|también|algunos|algunas|uno|una de ellas|ya|"
    r"el (?:mismo|primero|segundo|último)|la (?:misma|primera|segunda|última))\b",
    points_back=r"\b(?:est[eao]s? (?:proceso|método|fenómeno|efecto|época|especie|modo|animales)|dich[oa]s?|"
    r"respectivamente|mencionad[oa]s?|anteriormente|véase)\b",
    drops=r"(?:sin embargo|además|asimismo|no obstante|de hecho|también|"
    r"por otra parte|por otro lado),\s+(?!(?:si|cuando)\b)",
    holds=r"\b(?:no|ni|nunca|nada|ningun[oa]?|sin|excepto|salvo|si|sólo|solo|solamente|puede[n]?|podría[n]?|"
    r"quizá\w*|tal vez|posiblemente|probablemente|algun[oa]s?|unos|unas|aproximadamente|alrededor|casi|"
    r"cerca|estima\w*|cree\w*|considera\w*|según|supuest\w*|parece\w*|suele\w*|generalmente|"
    r"normalmente|menudo|veces|mayoría|muchos|muchas|pocos|pocas|hasta|mientras|depend\w*)\b",
    tails=(
        r",\s+(?:incluid[oa]s?|incluyendo|como|entre ellos|entre ellas|especialmente)\s[^,;]*(?=\.$)",
        r",\s+(?:lo que|lo cual|la cual|el cual|que|donde|cuy[oa]s?)\b[^,;]*(?=\.$)",
        r";\s[^;]*(?=\.$)",
    ),
    apposition=r"^(?:(?-i:[A-ZÁÉÍÓÚÑ])[\w'’.-]+\s?){1,4}(,\s(?:un|una|el|la)\s[^,;]{3,60},)"
    r"(?=\s(?:es|fue|era|tiene|\w+ó)\b)",
    line="Fuente: Wikipedia, «{title}».",
    card="Fuente: Wikipedia, «{title}» · CC BY-SA 4.0",
)

FRENCH = Cues(
    stop=words(
        "le la les l un une des de du d au aux à en dans sur avec par pour et ou que qu quoi qui quel"
        " quelle quels quelles comment pourquoi quand où combien est sont était c ce cette ces s se son"
        " sa ses il elle ils elles on nous vous ne pas plus très tout faits choses raisons histoire vie"
        " explique fais crée vidéo court propos fonctionne"
    ),
    because=r"\b(?:parce que|car|en raison de|à cause de|grâce à|dû|due|causée?s? par|provient|"
    r"proviennent|c'est pourquoi|résulte|puisque|provoque|explique|ainsi)\b",
    manner=r"\b(?:en \w+ant|grâce à|à l'aide de|processus|méthode|lorsque|quand|puis|ensuite|"
    r"d'abord|jusqu'à|permet\w*|consiste)\b",
    striking=r"\b(?:le plus|la plus|les plus|seule?s?|unique|premi\w+|record|plus de|moins de|jusqu'à|"
    r"moitié|millions?|milliards?|jamais|monde|fois|malgré)\b|%",
    dull=r"\b(?:genre|famille de|étymolog\w*|le (?:mot|terme|nom)|dérive|également appel\w*|désigne|"
    r"aussi (?:appel|connu)\w*|voir aussi|édition|ISBN)\b",
    leans=r"(?:ce|cet|cette|ces|cela|ceci|c'|il|elle|ils|elles|son|sa|ses|leur|leurs|on|celui|celle|ceux|"
    r"celles|tel\w*|ainsi|donc|par (?:conséquent|exemple|ailleurs)|dans ce|à cette|alors|ensuite|puis|"
    r"mais|et|ou|or|y|en effet|certain\w*|d'autres|l'un\w*|le (?:même|premier|second|dernier)|"
    r"la (?:même|première|seconde|dernière)|les deux)(?:\b|(?<='))",
    points_back=r"\b(?:cette (?:méthode|espèce|période)|ce (?:processus|phénomène)|celui-ci|celle-ci|"
    r"ceux-ci|celles-ci|ce dernier|cette dernière|respectivement|ci-dessus|ci-dessous)\b",
    drops=r"(?:cependant|toutefois|de plus|en outre|par ailleurs|néanmoins|également),\s+(?!(?:si|quand|lorsque)\b)",
    holds=r"\b(?:ne|n'|pas|jamais|aucune?|sans|sauf|si|seulement|peut|peuvent|pourrai\w*|peut-être|"
    r"probablement|certain\w*|environ|presque|près|estim\w*|considér\w*|selon|semble\w*|souvent|parfois|"
    r"généralement|plupart|rarement|plusieurs|peu|jusqu|tandis|dépend\w*)\b",
    tails=(
        r",\s+(?:notamment|dont|y compris|comme|tels? que|telles? que)\s[^,;]*(?=\.$)",
        r",\s+(?:qui|ce qui|où|lequel|laquelle)\b[^,;]*(?=\.$)",
        r"\s?;\s[^;]*(?=\.$)",
    ),
    line="Source : Wikipédia, « {title} ».",
    card="Source : Wikipédia, « {title} » · CC BY-SA 4.0",
)

PORTUGUESE = Cues(
    stop=words(
        "o a os as um uma uns umas de do da dos das em no na nos nas com por para sobre e ou que quê"
        " como porque porquê qual quais quem quando onde quanto quantos é são foi era está se seu sua"
        " mais muito tão todo toda faça crie vídeo curto fatos coisas curiosidades razões história vida"
        " explique funciona não me meu"
    ),
    because=r"\b(?:porque|devido a|devido à|por causa|causad[oa]s? por|causa|graças|pois|já que|"
    r"provém|resultado|por isso|de modo que|razão|explica)\b",
    manner=r"\b(?:através|por meio|processo|método|quando|depois|primeiro|até|permite\w*|consiste)\b",
    striking=r"\b(?:(?:o|a|os|as) (?:mais|maior|menor)|únic[oa]s?|primeir[oa]|recorde|mais de|menos de|até|"
    r"metade|milhões|bilhões|nunca|mundo|vezes|apesar)\b|%",
    dull=r"\b(?:gênero|família|etimolog\w*|(?:a palavra|o termo|o nome)|deriva|também (?:chamad|conhecid)"
    r"\w*|ver também|edição|ISBN)\b",
    leans=r"(?:est[ea]s?|ess[ea]s?|isto|isso|aquel\w*|el[ea]s?|seu|sua|seus|suas|tal|tais|ambos|outr[oa]s?|"
    r"assim|então|portanto|por (?:isso|exemplo)|nest[ea]|ness[ea]|dest[ea]|dess[ea]|mas|e|ou|é|são|foi|"
    r"foram|era|tem|têm|está|pode|podem|possui|também|alguns|algumas|o (?:mesmo|primeiro|último)|"
    r"a (?:mesma|primeira|última))\b",
    points_back=r"\b(?:est[ea] (?:processo|método|fenômeno)|ess[ea]s? \w+|respectivamente|mencionad\w+)\b",
    drops=r"(?:no entanto|entretanto|contudo|além disso|de fato|também),\s+"
    r"(?!(?:se|quando)\b)",
    holds=r"\b(?:não|nem|nunca|nenhum\w*|sem|exceto|se|só|somente|apenas|pode\w*|poderia\w*|talvez|"
    r"provavelmente|algun\w*|algumas|aproximadamente|cerca|quase|estima\w*|considera\w*|segundo|parece\w*|"
    r"geralmente|vezes|maioria|muit[oa]s|pouc[oa]s|até|enquanto|depend\w*)\b",
    tails=(
        r",\s+(?:incluindo|como|entre eles|especialmente)\s[^,;]*(?=\.$)",
        r",\s+(?:o que|a qual|o qual|que|onde|cuj[oa]s?)\b[^,;]*(?=\.$)",
        r";\s[^;]*(?=\.$)",
    ),
    line="Fonte: Wikipédia, “{title}”.",
    card="Fonte: Wikipédia, “{title}” · CC BY-SA 4.0",
)

ITALIAN = Cues(
    stop=words(
        "il lo la i gli le un uno una di del della dei delle dello a al alla ai in nel nella con per su"
        " sul sulla e o che cosa come perché quale quali chi quando dove quanto quanti è sono era si suo"
        " sua più molto tutto fai crea video breve fatti cose curiosità ragioni storia vita spiega"
        " funziona non"
    ),
    because=r"\b(?:perché|poiché|a causa|dovut[oaie]|causat[oaie]|grazie a|deriva|quindi|provoca|ragione)\b",
    manner=r"\b(?:mediante|attraverso|processo|metodo|quando|poi|prima|fino|permette|consiste)\b",
    striking=r"\b(?:(?:il|la|i|le) più|unic[oaie]|prim[oa]|record|più di|meno di|fino a|metà|milion[ei]|mai|"
    r"mondo|volte|nonostante)\b|%",
    dull=r"\b(?:genere|famiglia|etimolog\w*|(?:la parola|il termine|il nome)|deriva dal|anche (?:chiamat|"
    r"not)\w*|vedi|edizione|ISBN)\b",
    leans=r"(?:quest[oaie]|quell[oaie]|ess[oaie]|egli|lui|lei|loro|suo|sua|suoi|sue|tal[ei]|entrambi|altr[ie]|"
    r"così|quindi|dunque|inoltre|per (?:esempio|questo)|in (?:questo|questa)|ma|e|o|è|sono|fu|furono|era|"
    r"ha|hanno|può|possono|si|anche|alcun[ie]|ciò)\b",
    points_back=r"\b(?:quest[oa] (?:processo|metodo|fenomeno)|rispettivamente|suddett\w+)\b",
    drops=r"(?:tuttavia|infatti),\s+(?!(?:se|quando)\b)",
    holds=r"\b(?:non|né|mai|nessun\w*|senza|tranne|se|solo|soltanto|può|possono|potrebbe\w*|forse|"
    r"probabilmente|alcun\w*|circa|quasi|stima\w*|considera\w*|secondo|sembra\w*|spesso|talvolta|"
    r"generalmente|maggior|molt[ie]|poch[ie]|fino|mentre|dipend\w*)\b",
    tails=(
        r",\s+(?:tra cui|compres[oaie]|come|inclus[oaie])\s[^,;]*(?=\.$)",
        r",\s+(?:che|il quale|la quale|dove)\b[^,;]*(?=\.$)",
        r";\s[^;]*(?=\.$)",
    ),
    line="Fonte: Wikipedia, «{title}».",
    card="Fonte: Wikipedia, «{title}» · CC BY-SA 4.0",
)
