"""Every sentence that an import says of a row of a map."""

from __future__ import annotations

from collections.abc import Iterable

from maksa.intake.ledger import Remark
from maksa.intake.map_words import NO_MAP, RELATIONSHIPS
from maksa.intake.sentences import shown
from maksa.text import Text


def missing_target(column: str) -> Remark:
    """Say that a row has no target, and does not say that this was decided."""
    return Remark(
        "missing-value",
        Text(
            fa=f"ستون {column} در این ردیف خالی است و ردیف نمی‌گوید که نگاشتی نیست.",
            en=f"Column {column} is empty in this row, and the row does not say that there is no map.",
        ),
        Text(
            fa=f"کد مقصد را بنویسید، یا اگر تصمیم بر نبودن نگاشت است {NO_MAP} را.",
            en=f"Write the target code, or {NO_MAP} when it was decided that there is none.",
        ),
    )


def target_beside_no_map(code: str) -> Remark:
    """Say that a row has a target and the relationship "no map"."""
    return Remark(
        "no-map-with-target",
        Text(
            fa=f"این ردیف کد مقصد {shown(code)} دارد و نسبتش {NO_MAP} است.",
            en=f"The row has the target {shown(code)}, and its relationship is {NO_MAP}.",
        ),
        Text(fa="یکی از آن دو را بردارید.", en="Take one of the two away."),
    )


def unknown_relationship(word: str) -> Remark:
    """Say that a relationship is not known, so the row is set aside."""
    return Remark(
        "unknown-relationship",
        Text(fa=f"نسبت «{shown(word)}» شناخته نیست.", en=f"Relationship '{shown(word)}' is not known."),
        Text(
            fa=f"یکی از این‌ها را بنویسید: {'، '.join((*RELATIONSHIPS, NO_MAP))}.",
            en=f"Write one of: {', '.join((*RELATIONSHIPS, NO_MAP))}.",
        ),
    )


def relationship_widened(word: str, name: str) -> Remark:
    """Say that a relationship was kept under a word that says less."""
    return Remark(
        "relationship-widened",
        Text(
            fa=f"نسبت «{shown(word)}» در واژگان نگاشت نیست و {name} گرفته شد.",
            en=f"Relationship '{shown(word)}' is none of the words of maps and was taken as {name}.",
        ),
        Text(
            fa="اگر نسبت دقیق‌تری می‌دانید آن را بنویسید.",
            en="Write the more exact relationship, if you know it.",
        ),
    )


def other_list(sent: str, known: Iterable[str]) -> Remark:
    """Say that a row names a list that this map does not lead from or to."""
    names = tuple(known)
    return Remark(
        "wrong-list",
        Text(
            fa=f"فهرست «{shown(sent)}» از فهرست‌های این سوی نگاشت نیست.",
            en=f"List '{shown(sent)}' is none of the lists at this end of the map.",
        ),
        Text(fa=f"یکی از این‌ها را بنویسید: {'، '.join(names)}.", en=f"Write one of: {', '.join(names)}."),
    )


def unnamed_end(side: str) -> Remark:
    """Say that neither the row nor the import names the list at one end."""
    fa = "مبدأ" if side == "source" else "مقصد"
    return Remark(
        "missing-list",
        Text(
            fa=f"نه این ردیف فهرست {fa} را نام می‌برد و نه دستور واردکردن.",
            en=f"Neither the row nor the import names the list of the {side}.",
        ),
        Text(
            fa=f"ستون {side}_list را بیفزایید یا --{side}-list را بدهید.",
            en=f"Add a column {side}_list, or give --{side}-list.",
        ),
    )


def contradiction(code: str, first: int | None, what: Text) -> Remark:
    """Say that two rows of a source cannot both be right; both are kept."""
    return Remark(
        "contradiction",
        Text(
            fa=f"کد {shown(code)} در ردیف {first} هم آمده است و {what.fa}. هر دو ماندند.",
            en=f"Code {shown(code)} stands in row {first} too, and {what.en}. Both are kept.",
        ),
        Text(
            fa="یکی را بردارید، یا با «maksa maps decide» تصمیم بگیرید.",
            en="Take one of them away, or decide with 'maksa maps decide'.",
        ),
    )


ONE_HAS_NO_MAP = Text("یکی می‌گوید نگاشتی نیست", "one of them says that there is no map")
OTHER_RELATIONSHIP = Text("همان مقصد را با نسبتی دیگر دارد", "has the same target with another relationship")


def incomplete_decision(missing: Iterable[str]) -> Remark:
    """Say that a decision lacks a part; what was said of it is kept in the comment."""
    names = tuple(missing)
    return Remark(
        "decision-incomplete",
        Text(
            fa=f"تصمیم این ردیف این‌ها را ندارد: {'، '.join(names)}؛ آنچه هست در توضیح ماند.",
            en=f"The decision of the row lacks: {', '.join(names)}; what it says is kept in the comment.",
        ),
        Text(
            fa="نام تصمیم‌گیرنده، تاریخ و دلیل را بنویسید.",
            en="Write who decided, the day, and why.",
        ),
    )


def not_taken(part: str) -> Remark:
    """Say that a part of a map has no place in an edition."""
    return Remark(
        "not-taken",
        Text(
            fa=f"بخش {shown(part)} در نگاشت جایی ندارد و گرفته نشد.",
            en=f"The part {shown(part)} has no place in a map and was not taken.",
        ),
    )
