"""What of an article is no prose of its own, in any language."""

from __future__ import annotations

import re

# Headings of sections that hold lists, or tire.
NO_PROSE = re.compile(
    r"^(?:see also|references|external links|notes?|sources|bibliography|further reading|citations|"
    r"footnotes|gallery|works cited|filmography|discography|in popular culture|etymology|"
    r"terminology|taxonomy|같이 보기|참고 ?문헌|각주|외부 링크|주석|어원|갤러리|목록|関連項目|脚注|参考文献|外部リンク|"
    r"注釈|出典|語源|関連文献|véase también|referencias|enlaces externos|notas|bibliografía|etimología|"
    r"galería|انظر أيضا|انظر أيضًا|مراجع|المراجع|وصلات خارجية|هوامش|مصادر|معرض صور|أصل الكلمة|"
    r"siehe auch|literatur|weblinks|einzelnachweise|etymologie|voir aussi|références|liens externes|"
    r"notes et références|bibliographie|étymologie|ver também|referências|ligações externas|etimologia|"
    r"note|collegamenti esterni|voci correlate|bibliografia|см\. также|примечания|литература|ссылки|"
    r"этимология|lihat pula|lihat juga|referensi|pranala luar|catatan kaki|参考资料|參考資料|外部链接|外部連結|"
    r"参见|參見|参考文献|注释|註釋|词源)$",
    re.IGNORECASE,
)
# What no article's prose has: markup, addresses, shouting, laughing, hands laid on the keys.
VANDALISED = re.compile(
    r"<\/?\w+[^>]*>|\{\{|\}\}|\[\[|\]\]|https?://|www\.|!!|\?\?|(.)\1{3,}|"
    r"\b(?:lol|lmao|haha\w*|jaja\w*|asdf\w*|qwerty\w*|wtf|poop\w*|sucks|xd|ur mom|hi mom|subscribe|follow me)\b|"
    r"ㅋㅋ|ㅎㅎ|ㅠㅠ|ｗｗ|ww\b|ههه|555",
    re.IGNORECASE,
)
CITATION = re.compile(
    r"\s?\[(?:\d{1,3}|[a-z]|nota \d+|note \d+|注 ?\d+|citation needed|clarification needed|who\?|when\?|"
    r"출처 필요|要出典|cita requerida|بحاجة لمصدر)\]",
    re.IGNORECASE,
)
# Titles of lists, and of years.
LIST_TITLE = re.compile(
    r"^(?:list of|lists of|outline of|index of|timeline of|glossary of|목록|anexo:|lista de|liste d|قائمة|"
    r"список|daftar)|(?:목록|の一覧|列表)$|^\d{3,4}(?:年|년)?$",
    re.IGNORECASE,
)
