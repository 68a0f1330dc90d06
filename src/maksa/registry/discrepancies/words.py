"""The words of the discrepancy register: kinds, states, outcomes and steps, each once in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from maksa.text import Text

KIND_WORDS: Mapping[str, Text] = {
    "code-differs": Text("کد دیگر برای همان فراورده", "another code for the same product"),
    "retired": Text("منسوخ و هنوز در کاربرد", "retired yet used"),
    "not-yet-effective": Text("پیش از نفاذ در کاربرد", "used before it is effective"),
    "strength-differs": Text("قدرت یا واحد دیگر", "strength or unit differ"),
    "value-differs": Text("مقدار یا قیمت دیگر", "value or price differs"),
    "one-to-many": Text("یک در برابر چند", "one to many"),
    "title-differs": Text("عنوان دیگر", "title differs"),
    "not-in-reference": Text("در مرجع نیست", "not in the reference"),
    "not-in-their-list": Text("در فهرست طرف نیست", "not in their list"),
}
STATE_WORDS: Mapping[str, Text] = {
    "open": Text("باز", "open"),
    "decided": Text("تصمیم‌گرفته", "decided"),
    "closed": Text("بسته", "closed"),
}
OUTCOME_WORDS: Mapping[str, Text] = {
    "accepted": Text("پذیرفته", "accepted"),
    "party-corrects": Text("اصلاح نزد طرف", "to be corrected by them"),
    "reference-corrects": Text("اصلاح در مرجع", "to be corrected by the reference"),
    "no-discrepancy": Text("مغایرت نیست", "no discrepancy"),
}
ACT_WORDS: Mapping[str, Text] = {
    "opened": Text("ثبت شد", "opened"),
    "changed": Text("دگرگون شد", "changed"),
    "reopened": Text("دوباره باز شد", "reopened"),
    "closed": Text("بسته شد", "closed"),
    "decided": Text("تصمیم گرفته شد", "decided"),
    "assigned": Text("سپرده شد", "assigned"),
}
