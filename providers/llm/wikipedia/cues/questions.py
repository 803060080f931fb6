"""By which words a prompt asks for what, in any language; the first that is there."""

from __future__ import annotations

ASKS = (
    ("why", r"\bwhy\b|왜|이유|なぜ|どうして|何故|为什么|為什麼|为何|por\s?qu[eé]|لماذا|\bwarum|wieso|weshalb|"
            r"pourquoi|\bperch[eé]|почему|mengapa|kenapa"),
    ("how", r"\bhow\b(?! many| much| long| old)|어떻게|どう(?:やって|して|のように)|怎么|怎麼|怎样|如何|\bc[oó]mo\b|"
            r"كيف|\bwie\b|\bcomment\b|\bcome\b|\bкак\b|bagaimana"),
    ("who", r"\bwho\b|누구|누가|誰|だれ|谁|誰|qui[eé]n|\bمن (?:هو|هي|كان)|\bwer\b|\bqui\b|\bquem\b|\bchi\b|\bкто\b|"
            r"siapa"),
    ("when", r"\bwhen\b|언제|いつ|什么时候|何时|cu[aá]ndo|متى|\bwann\b|\bquand\b|\bquando\b|когда|kapan"),
    ("what", r"\bwhat\b|무엇|뭐|何|什么|什麼|qu[eé] (?:es|son)|ما (?:هو|هي)|ماذا|\bwas ist|qu'est|o que|che cos|"
             r"\bчто\b|apa itu|apakah"),
)  # fmt: skip
