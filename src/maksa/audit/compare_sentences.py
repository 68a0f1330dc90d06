"""Every sentence that comparing a party's list says: of a difference, of a suggestion, of what cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence

from maksa.errors import BadParameter, TooLarge
from maksa.model.edition import EditionRef
from maksa.text import Text

_NAMED = 5


def not_in_their_list(code: str) -> Text:
    """Say that a code of the reference is missing in the party's list."""
    return Text(
        f"کد {code} در مرجع فعال است و در فهرست طرف نیست.",
        f"Code {code} is active in the reference and missing in their list.",
    )


def not_in_reference(code: str, terminology: str) -> Text:
    """Say that a code of the party is not in the reference."""
    return Text(f"کد {code} در {terminology} نیست.", f"Code {code} is not in {terminology}.")


def code_differs(code: str, ours: Sequence[str]) -> Text:
    """Say that the same product has another code in the reference."""
    fa, en = _few(ours)
    return Text(
        f"برای همین فراورده کد طرف {code} و کد مرجع {fa} است.",
        f"The same product has the code {code} in their list and {en} in the reference.",
    )


def spelled_otherwise(code: str, ours: str) -> Text:
    """Say that the party writes a code in another spelling."""
    return Text(f"کد {ours} نزد طرف {code} نوشته شده است.", f"Code {ours} is written {code} in their list.")


def no_longer_used(code: str, replaced_by: str | None) -> Text:
    """Say that the party uses a code that is retired here."""
    if replaced_by is None:
        return Text(
            f"کد {code} در مرجع منسوخ است و جایگزینی ندارد.",
            f"Code {code} is retired in the reference, without a replacement.",
        )
    return Text(
        f"کد {code} در مرجع منسوخ است؛ جایگزین آن {replaced_by} است.",
        f"Code {code} is retired in the reference; {replaced_by} replaces it.",
    )


def not_yet_used(code: str) -> Text:
    """Say that the party uses a code before its time."""
    return Text(f"کد {code} در این روز هنوز نافذ نشده است.", f"Code {code} is not yet effective on this day.")


def title_differs(code: str, alike: int) -> Text:
    """Say that the titles of a code differ, and how alike they are."""
    return Text(
        f"عنوان کد {code} با عنوان مرجع یکی نیست (همانندی {alike} درصد).",
        f"The title of code {code} is not that of the reference ({alike} % alike).",
    )


def strength_differs(code: str, theirs: str, ours: str) -> Text:
    """Say that the strengths in two titles of a code differ."""
    return Text(
        f"قدرت یا واحد کد {code} یکی نیست: نزد طرف {theirs}، در مرجع {ours}.",
        f"Strength or unit of code {code} differ: {theirs} in their list, {ours} in the reference.",
    )


def value_differs(code: str, names: Sequence[str]) -> Text:
    """Say that values of a code differ."""
    fa, en = _few(names)
    return Text(f"مقدار {fa} برای کد {code} یکی نیست.", f"Of code {code} these values differ: {en}.")


def one_of_theirs(code: str, ours: Sequence[str]) -> Text:
    """Say that one code of the party stands for several of the reference."""
    fa, en = _few(ours)
    return Text(
        f"کد {code} نزد طرف به‌جای چند مورد مرجع نشسته است: {fa}.",
        f"Their one code {code} stands for several of the reference: {en}.",
    )


def several_of_theirs(ours: str, codes: Sequence[str]) -> Text:
    """Say that several codes of the party stand for one of the reference."""
    fa, en = _few(codes)
    return Text(
        f"به‌جای یک مورد مرجع ({ours}) طرف چند کد دارد: {fa}.",
        f"For one of the reference ({ours}) they have several codes: {en}.",
    )


def alike(percent: int) -> Text:
    """Say how alike two titles are."""
    return Text(f"همانندی عنوان {percent} درصد", f"titles {percent} % alike")


def same_strength(strength: str) -> Text:
    """Say that strengths agree."""
    return Text(f"قدرت یکی است: {strength}", f"same strength: {strength}")


def other_strength(strength: str) -> Text:
    """Say that a candidate has another strength."""
    return Text(f"قدرت دیگری دارد: {strength}", f"other strength: {strength}")


def same_title() -> Text:
    """Say that titles are the same after folding."""
    return Text("عنوان یکی است", "same title")


def by_map(edition: EditionRef, condition: str | None) -> Text:
    """Say that a row of a map leads to a candidate."""
    under = f" ({condition})" if condition else ""
    return Text(
        f"نگاشت {edition.terminology} انتشار {edition.edition}{under}",
        f"map {edition.terminology}, edition {edition.edition}{under}",
    )


def replaces(edition: EditionRef) -> Text:
    """Say that the reference names a replacement."""
    return Text(
        f"جایگزین در {edition.terminology} انتشار {edition.edition}",
        f"replacement in {edition.terminology}, edition {edition.edition}",
    )


def no_such_list(terminology: str, known: tuple[str, ...]) -> BadParameter:
    """Give the error of a file of many lists without the one that is compared."""
    names = ", ".join(known[:_NAMED])
    return BadParameter(
        "terminology",
        Text(f"فایل فهرست {terminology} را ندارد.", f"The file does not hold the list {terminology}."),
        mend=Text(f"فهرست‌های آن: {names}.", f"It holds: {names}."),
        known=known,
    )


def unknown_condition(condition: str, known: tuple[str, ...]) -> BadParameter:
    """Give the error of a condition under which the file has no row."""
    names = ", ".join(known[:_NAMED])
    return BadParameter(
        "condition",
        Text(
            f"فایل ردیفی با شرط «{condition[:60]}» ندارد.", f"The file has no row under '{condition[:60]}'."
        ),
        mend=Text(f"شرط‌های آن: {names}.", f"Its conditions: {names}.")
        if known
        else Text("--condition را بردارید.", "Leave --condition away."),
        known=known,
    )


def is_a_map(terminology: str) -> BadParameter:
    """Give the error of a comparison with a map."""
    return BadParameter(
        "terminology",
        Text(f"{terminology} نگاشت است، نه فهرست.", f"{terminology} is a map, no list."),
        mend=Text("نام یک فهرست مرجع را بدهید.", "Name a list of the reference."),
    )


def not_held(terminology: str) -> BadParameter:
    """Give the error of a comparison with a list of which the reference knows the form only."""
    return BadParameter(
        "terminology",
        Text(
            f"از {terminology} تنها شکل کدها در این خانه هست و محتوای آن نیست.",
            f"Of {terminology} this home knows the form of codes only, not the content.",
        ),
        mend=Text("نخست فهرست را وارد کنید.", "Import the list first."),
    )


def too_many_codes(count: int, bound: int) -> TooLarge:
    """Give the error of a party's list over its bound."""
    return TooLarge(
        Text(
            f"فهرست {count} کد دارد و کران {bound} است.", f"The list has {count} codes; the bound is {bound}."
        ),
        mend=Text("آن را بخش‌بخش با --partial بدهید.", "Upload it in parts, each with --partial."),
    )


def too_many_differences(bound: int) -> TooLarge:
    """Give the error of a comparison with more differences than are kept."""
    return TooLarge(
        Text(
            f"بیش از {bound} مغایرت پیدا شد؛ شاید فهرست یا ستون کد درست داده نشده است.",
            f"More than {bound} differences; perhaps the list or the column of codes is not the right one.",
        ),
        mend=Text(
            "فهرست و ستون‌ها را بررسی کنید؛ اگر فایل بخشی از فهرست است --partial بدهید.",
            "Check the list and the columns; if the file is a part of a list give --partial.",
        ),
    )


def _few(names: Sequence[str]) -> tuple[str, str]:
    shown = list(names[:_NAMED])
    if len(names) > _NAMED:
        shown.append("…")
    return "، ".join(shown), ", ".join(shown)
