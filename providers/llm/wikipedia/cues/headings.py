"""Headings of the sections that answer "why" and "how", in any language."""

from __future__ import annotations

import re

CAUSES = re.compile(
    r"origin|cause|reason|explan|원인|까닭|이유|기원|原因|理由|起源|由来|origen|causa|raz[oó]n|أصل|سبب|أسباب|"
    r"ursache|entstehung|ursprung|причин|происхожд|asal|penyebab",
    re.IGNORECASE,
)
PROCESSES = re.compile(
    r"process|production|prepar|manufactur|mechani|method|making|brew|만들|제조|조리|과정|원리|방법|製|調理|作り|"
    r"仕組|过程|過程|制作|原理|elabora|producc|proceso|funcionam|التحضير|الإنتاج|إنتاج|طريقة|تصنيع|herstellung|"
    r"verfahren|funktion|fabrication|préparation|produção|lavorazione|приготовл|производств|процесс|pembuatan",
    re.IGNORECASE,
)
