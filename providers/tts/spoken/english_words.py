"""English words and names that rules of numbers and capitals ask for."""

from __future__ import annotations

RULERS = frozenset(
    """
    Alexander Alfonso Catherine Charles Christian Constantine Cyrus Darius Edward Elizabeth
    Ferdinand Francis Frederick Friedrich George Gustav Harald Henry Ivan James John Louis Ludwig
    Mary Napoleon Nicholas Otto Paul Peter Philip Pius Ramesses Ramses Richard Rudolf Stephen
    Thutmose Victoria Wilhelm William Xerxes Benedict Leo Gregory Innocent Clement Leopold
    """.split()
)


NUMBERED = frozenset(
    "War Part Chapter Act Volume Type Phase Stage Episode Book Class Level".split()
)


# fmt: off
ABBREVIATIONS = {
    "Dr.": "Doctor", "Mr.": "Mister", "Mrs.": "Missus", "Ms.": "Miz", "Prof.": "Professor",
    "Mt.": "Mount", "Jr.": "Junior", "Sr.": "Senior", "Inc.": "Incorporated", "Ltd.": "Limited",
    "Co.": "Company", "Gen.": "General", "Sgt.": "Sergeant", "Capt.": "Captain", "vs.": "versus",
    "vs": "versus", "etc.": "et cetera", "etc": "et cetera", "e.g.": "for example",
    "i.e.": "that is", "approx.": "approximately", "ca.": "circa", "dept.": "department",
    "est.": "established", "No.": "number", "no.": "number", "Nr.": "number", "Vol.": "volume",
    "vol.": "volume", "Ch.": "chapter", "Fig.": "figure", "fig.": "figure", "p.": "page",
    "pp.": "pages", "a.m.": "AM", "p.m.": "P M", "w/": "with", "WWI": "World War one",
    "WWII": "World War two", "C++": "C plus plus", "C#": "C sharp", "w/o": "without",
}

# fmt: on
