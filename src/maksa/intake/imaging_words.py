"""The words by which titles of imaging services tell their modality and the part of the body.

Written for this project from the titles that public lists use; a title that none of them meets stays without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from maksa.model.persian import fold

# Compared with folded titles. The order decides: a CT angiography is a CT, a mammography by magnetic resonance an MRI.
_MODALITIES: tuple[tuple[str, str], ...] = (
    (
        "NM",
        r"پزشکی هسته ?ای|هسته ?ای|سنتی ?گرافی|اسکن ایزوتوپ|پت اسکن|اسپکت|spect|pet|nm|scintigra\w*|nuclear",
    ),
    ("CT", r"سی ?تی ?اسکن|سی ?تی|ct|computed tomography"),
    ("MRI", r"ام ?ار ?ای|mri|mr|magnetic resonance"),
    ("MG", r"ماموگرافی|mg|mammogra\w*"),
    ("DXA", r"تراکم ا?استخوان|dxa|dexa|bone density"),
    ("US", r"سونو ?گرافی|سونو|اولتراسوند|us|ultraso\w*|داپلر|doppler"),
    ("XA", r"انژیو ?گرافی|xa|angiogra\w*"),
    ("XR", r"رادیو ?گرافی|رادیولوژی|پرتونگاری|گرافی|xr|x ray|radiogra\w*"),
)
_ANATOMY: tuple[tuple[str, str], ...] = (
    (
        "head",
        (
            r"سر|جمجمه|مغز|صورت|سینوس\w*|چشم|اربیت|گوش|فک|بینی|هیپوفیز"
            r"|head|skull|brain|face|facial|sinus\w*|orbit\w*|ear|auditory|mandible|pituitary"
        ),
    ),
    ("neck", r"گردن|تیرویید|حنجره|neck|thyroid|larynx|carotid"),
    ("chest", r"قفسه ?سینه|قفسه صدری|ریه|توراکس|مدیاستن|chest|lung|thorax|mediastin\w*|rib|ribs"),
    ("breast", r"پستان|ماموگرافی|breast|mammogra\w*"),
    ("heart", r"قلب|عروق|کرونر|شریان\w*|ورید\w*|ایورت|heart|cardiac|vessel\w*|coronary|artery|vein|aort\w*"),
    (
        "abdomen",
        (
            r"شکم|کبد|کلیه|کلیه ها|طحال|پانکراس|کیسه صفرا|مجاری صفراوی|معده|روده"
            r"|abdom\w*|liver|kidney\w*|renal|spleen|pancrea\w*|gallbladder|biliary"
        ),
    ),
    ("pelvis", r"لگن|رحم|تخمدان|پروستات|مثانه|pelvi\w*|uter\w*|ovar\w*|prostate|bladder|hip bone"),
    ("spine", r"ستون فقرات|مهره\w*|نخاع|کمر|spin\w*|vertebra\w*|cervical|lumbar|sacr\w*"),
    (
        "upper-limb",
        r"شانه|بازو|ارنج|ساعد|مچ دست|دست|اندام فوقانی|shoulder|arm|elbow|forearm|wrist|hand|upper extremity",
    ),
    (
        "lower-limb",
        r"هیپ|ران|زانو|ساق|مچ پا|پا|اندام تحتانی|hip|thigh|femur|knee|leg|ankle|foot|lower extremity",
    ),
    ("whole-body", r"تمام بدن|کل بدن|اسکلتی|whole body|skelet\w*"),
)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


_MODALITY_WORDS = tuple((modality, _words(pattern)) for modality, pattern in _MODALITIES)
_ANATOMY_WORDS = tuple((part, _words(pattern)) for part, pattern in _ANATOMY)


def modality_of(titles: Iterable[str]) -> str | None:
    """Give the modality that the titles of a service name: CT, MRI, NM, US, MG, XR, DXA or XA; None for none."""
    text = "\n".join(fold(title) for title in titles)
    return next((modality for modality, words in _MODALITY_WORDS if words.search(text)), None)


def anatomy_of(titles: Iterable[str]) -> tuple[str, ...]:
    """Give the parts of the body that the titles name, in the order of the table."""
    text = "\n".join(fold(title) for title in titles)
    return tuple(part for part, words in _ANATOMY_WORDS if words.search(text))
