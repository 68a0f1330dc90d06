"""The sentences of a sign-in that a provider's side has spoilt: it is out of reach, or its answer is not believed."""

from __future__ import annotations

from maksa.errors import NotAllowed, Unreachable
from maksa.text import Text

BEGIN_ANEW = Text(
    fa="ورود را از نو آغاز کنید؛ اگر باز چنین شد با گذرواژه وارد شوید و این جمله را به راهبر سامانه بگویید.",
    en="Begin to sign in anew; if it happens again, sign in with your password and tell the administrator this sentence.",
)


def unreachable(issuer: str, fa: str, en: str) -> Unreachable:
    """Say that a provider gives no usable answer, and that there is another way in."""
    return Unreachable(
        Text(
            fa=f"ارائه‌دهندهٔ ورود {issuer} اکنون در دسترس نیست: {fa}.",
            en=f"The sign-in provider {issuer} cannot be used at this moment: {en}.",
        ),
        mend=Text(
            fa="با گذرواژه وارد شوید، یا اندکی بعد دوباره بیازمایید.",
            en="Sign in with your password, or try again in a while.",
        ),
    )


def not_believed(fa: str, en: str) -> NotAllowed:
    """Say why an answer in a provider's name is not believed; never with a token, a code or a secret."""
    return NotAllowed(
        Text(
            fa=f"پاسخ ارائه‌دهندهٔ ورود پذیرفته نشد: {fa}.",
            en=f"The answer of the sign-in provider is not accepted: {en}.",
        ),
        mend=BEGIN_ANEW,
    )


def not_granted(error: str) -> NotAllowed:
    """Say that the provider did not sign the person in; `error` is its code, of which only its letters are repeated."""
    code = "".join(c for c in error[:40] if c.isascii() and (c.isalnum() or c in "_-.")) or "?"
    if code == "access_denied":
        return NotAllowed(
            Text(
                fa="در صفحهٔ ارائه‌دهنده از ورود انصراف داده شد.",
                en="The sign-in was given up at the provider.",
            ),
            mend=Text(fa="ورود را از نو آغاز کنید.", en="Begin to sign in anew."),
        )
    return NotAllowed(
        Text(
            fa=f"ارائه‌دهندهٔ ورود شما را وارد نکرد ({code}).",
            en=f"The sign-in provider did not sign you in ({code}).",
        ),
        mend=BEGIN_ANEW,
    )
