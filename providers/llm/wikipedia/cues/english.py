"""Cues of English."""

from __future__ import annotations

from providers.llm.wikipedia.cues.cues import Cues, words

ENGLISH = Cues(
    stop=words(
        "a an the is are was were be been do does did can could would should will has have had of"
        " in on at to for from with by about into over as and or but so if that this these those"
        " it its they their he she his her we our you your i my me us there here not no"
        " why how what who whom whose when where which really actually exactly much many long"
        " tell explain show make create video short film clip fact facts thing things reason"
        " reasons way ways tip tips interesting amazing fun surprising know work works story"
        " happen happens mean means called get gets come comes one two three four five six seven"
        " eight nine ten some all every history life"
    ),
    because=r"\b(?:because|due to|caused? by|causes?|as a result|results? (?:from|in)|reason|"
    r"owing to|leads? to|so that|which is why|thanks to|comes? from|explains?|therefore|"
    r"thereby|arises?|produced by|responsible for|in order to|since)\b",
    manner=r"\b(?:by \w+ing|using|process|method|then|begins? when|(?:is|are) (?:\w+ly )?\w+(?:ed|wn|nd) "
    r"(?:from|into|by|in|with|and|to|while)|passes?|stages?|steps?|means of)\b",
    striking=r"\b(?:largest|smallest|longest|oldest|fastest|deepest|highest|hottest|coldest|"
    r"heaviest|brightest|strongest|only|first|unique|unlike|despite|even|more than|less than|"
    r"as many as|as much as|up to|over half|half|most|never|without|every|million|billion|"
    r"percent|per cent|world|record|twice|times|two|three|four|five|six|seven|eight|nine|ten|dozens?|"
    r"hundreds?|thousands?)\b|%",
    dull=r"\b(?:genus|family of|phylum|taxon\w*|etymolog\w*|is derived from|derives from|"
    r"the (?:word|term|name)|plural|also (?:known|spelled|called)|was named|named after|"
    r"refers? to|ISBN|census|see also|disambiguation|edition|published in|award|listed)\b",
    leans=r"(?:this|these|those|that|it|its|they|their|them|he|she|his|her|such|both|neither|"
    r"either|another|others?|some|each|here|there|then|thus|therefore|hence|consequently|"
    r"accordingly|for example|for instance|as a result|as such|by then|since then|"
    r"(?:in|at|by|after|since|for|with|from|under|on|to|through|due to|because of|despite|during|"
    r"before|until) (?:this|that|these|those|such|his|her|their|its|both|either)|one|the (?:latter|former|same|"
    r"other|resulting|above|following|two|three)|among (?:these|them)|of these|of them|instead|"
    r"likewise|similarly|conversely|in contrast|by contrast|on the other hand|nevertheless|yet|"
    r"and|but|or|so|all (?:of )?(?:these|three|four|this)|most of (?:these|them|this)|"
    r"many of (?:these|them)|we|you|i)\b",
    points_back=r"\b(?:the (?:latter|former)|respectively|aforementioned|this (?:process|effect|"
    r"method|period|time|reason|means|practice|phenomenon|species|way)|these \w+|those \w+ "
    r"(?:were|are)|is an exception|are exceptions|see (?:below|above|figure|table)|as (?:mentioned|noted|described|shown))\b",
    drops=r"(?:however|moreover|furthermore|in addition|additionally|also|in fact|indeed|"
    r"notably|interestingly),\s+(?!(?:if|when)\b)",
    holds=r"\b(?:not|no|never|none|nor|neither|without|except|unless|if|only|may|might|could|"
    r"perhaps|possibly|probably|likely|unlikely|some|(?:about|around) (?:\d|an?\b|one|half|two|three)|approximately|roughly|nearly|"
    r"almost|estimated|believed|thought|considered|claimed|said|reported|alleged\w*|suggest\w*|"
    r"apparently|usually|often|sometimes|generally|typically|mostly|mainly|rarely|few|least|"
    r"most|many|depending|provided|until|while|whether|according|would|should|can|cannot|two|three|four|five|six|seven|"
    r"eight|nine|ten|dozens?|hundreds?|thousands?|millions?|billions?|half|thirds?|quarters?|twice)\b|n't",
    tails=(
        r",\s+(?:which|who|whose|where)\b[^,;]*(?=\.$)",
        r",\s+(?:including|such as|especially|for example|for instance|e\.g\.)\s[^,;]*(?=\.$)",
        r",\s+(?:making|giving|leading|resulting|allowing|creating|becoming)\b[^,;]*(?=\.$)",
        r";\s[^;]*(?=\.$)",
    ),
    apposition=r"^(?:(?-i:[A-Z])[\w'’.-]+\s?){1,4}(,\s(?:an?|the)\s[^,;]{3,60},)(?=\s(?:is|was|had|has|were|are|\w+ed)\b)",
    is_a=r"\s(?:is|are|was|were)\s",
    pronouns={"it": "is|was", "they": "are|were", "he": "was|is", "she": "was|is"},
)
