"""Sending by e-mail: a notice, or the question whether an address wants notices; plain text and simple HTML."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from maksa.registry.delivery.keys import DeliveryKeys
from maksa.registry.delivery.message import Message
from maksa.registry.delivery.records import Subscription
from maksa.registry.delivery.settings import MailServer
from maksa.registry.delivery.subscriptions import CONFIRM_DAYS
from maksa.registry.delivery.webhook import Outcome
from maksa.text import Text

_LONGEST_SUBJECT = 150
_NAME = Text("مکسا", "Maksa")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every mail of a centre needs: its mail server, the address of its site, the keys of codes."""

    server: MailServer
    public_url: str | None
    keys: DeliveryKeys

    def link(self, subscription: Subscription, deed: str, code: str) -> str | None:
        """Give the link that confirms or ends a subscription; None where no site is known."""
        if self.public_url is None:
            return None
        page = "confirm" if deed == "confirm" else "unsubscribe"
        return f"{self.public_url.rstrip('/')}/api/v1/subscriptions/{subscription.number}/{page}?code={code}"


def mail_of(head: Letterhead, subscription: Subscription, message: Message, now: datetime) -> EmailMessage:
    """Write the mail of a notice, with the way to end the subscription in its headers and at its foot."""
    language = subscription.language
    told = message.text.in_language(language)
    first, _, _ = told.partition("\n")
    code = head.keys.code("end", subscription.number, subscription.created)
    ending = head.link(subscription, "end", code)
    lines = [*told.split("\n")]
    if head.public_url is not None:
        lines.append(f"{head.public_url.rstrip('/')}{message.path}")
    foot = Text(
        f"این خبر را برای اشتراک {subscription.number} می‌گیرید. پایان اشتراک: {ending or f'کد {code}'}",
        f"You get this for subscription {subscription.number}. To end it: {ending or f'code {code}'}",
    )
    mail = _mail(head, subscription, first, [*lines, "", foot.in_language(language)], now)
    mail["Message-ID"] = f"<{message.id}@{_domain(head.server)}>"
    mailto = f"<mailto:{head.server.sender}?subject={quote(f'unsubscribe {subscription.number} {code}')}>"
    mail["List-Unsubscribe"] = mailto if ending is None else f"<{ending}>, {mailto}"
    if ending is not None:
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail


def confirmation_of(head: Letterhead, subscription: Subscription, now: datetime) -> EmailMessage:
    """Write the one mail that an address gets before it confirms: what it would be told of, and the code."""
    number, language = subscription.number, subscription.language
    code = head.keys.code("confirm", number, subscription.created)
    link = head.link(subscription, "confirm", code)
    what = _what(subscription)
    said = Text(
        f"کسی این نشانی را برای خبرهای مکسا دربارهٔ {what.fa} داده است (اشتراک {number}).",
        f"Somebody gave this address for notices of Maksa about {what.en} (subscription {number}).",
    )
    how = Text(
        f"اگر شما بودید تا {CONFIRM_DAYS} روز تأیید کنید؛ کد تأیید: {code}",
        f"If it was you, confirm it within {CONFIRM_DAYS} days; the code: {code}",
    )
    no = Text(
        "اگر شما نبودید کاری نکنید: جز همین یک ایمیل چیزی فرستاده نمی‌شود.",
        "If it was not you, do nothing: nothing but this one mail is sent.",
    )
    lines = [
        said.in_language(language),
        how.in_language(language),
        *([link] if link else []),
        no.in_language(language),
    ]
    subject = Text("تأیید نشانی برای خبرهای مکسا", "Confirm your address for notices of Maksa")
    mail = _mail(head, subscription, subject.in_language(language), lines, now)
    mail["Message-ID"] = f"<confirm-s{number}-{int(subscription.created.timestamp())}@{_domain(head.server)}>"
    return mail


def send_mail(server: MailServer, mail: EmailMessage, to: str, seconds: float) -> Outcome:
    """Hand a mail to the mail server; it arrived when that took it. What it said is told by number only."""
    try:
        with _connected(server, seconds) as smtp:
            if server.tls == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            if server.user is not None:
                smtp.login(server.user, server.password or "")
            smtp.send_message(mail, server.sender, [to])
    except smtplib.SMTPRecipientsRefused as error:
        status = next(iter(error.recipients.values()))[0]
        return Outcome(f"SMTP {status}: the address was refused")
    except smtplib.SMTPAuthenticationError as error:
        return Outcome(f"SMTP {error.smtp_code}: the mail server did not accept our user")
    except smtplib.SMTPResponseException as error:
        return Outcome(f"SMTP {error.smtp_code}")
    except TimeoutError:
        return Outcome("the mail server gave no answer in time")
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(f"no connection to the mail server ({type(error).__name__})")
    return Outcome("SMTP 250", arrived=True)


def _connected(server: MailServer, seconds: float) -> smtplib.SMTP:
    if server.tls == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, _domain(server), timeout=seconds, context=context)
    return smtplib.SMTP(server.host, server.port, _domain(server), timeout=seconds)


def _mail(
    head: Letterhead, subscription: Subscription, subject: str, lines: list[str], now: datetime
) -> EmailMessage:
    language = subscription.language
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"{_NAME.in_language(language)} <{head.server.sender}>"
    mail["To"] = subscription.address
    mail["Subject"] = _one_line(subject)
    mail["Date"] = format_datetime(now)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = language
    mail.set_content("\n".join(lines) + "\n", cte="base64")
    mail.add_alternative(_html(lines, language), subtype="html", cte="base64")
    return mail


def _html(lines: list[str], language: str) -> str:
    direction = "rtl" if language == "fa" else "ltr"
    written = "".join(f"<p>{_linked(line)}</p>\n" for line in lines if line)
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<meta charset="utf-8">\n'
        f'<body style="font-family: Tahoma, sans-serif; line-height: 1.8">\n{written}</body>\n</html>\n'
    )


def _linked(line: str) -> str:
    if line.startswith(("http://", "https://")) and " " not in line:
        return f'<a dir="ltr" href="{escape(line)}">{escape(line)}</a>'
    return escape(line)


def _one_line(text: str) -> str:
    """Give the subject of a mail: one printable line of bounded length, so that no text adds a header."""
    line = "".join(c if c.isprintable() or c == "\u200c" else " " for c in text)
    return line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1]}…"


def _what(subscription: Subscription) -> Text:
    target = subscription.target
    match target.kind:
        case "list":
            return Text(f"فهرست {target.list}", f"the list {target.list}")
        case "code":
            return Text(f"کد {target.code} از {target.list}", f"the code {target.code} of {target.list}")
        case "request":
            return Text(f"درخواست کد {target.about}", f"request {target.about}")
        case "discrepancies":
            return Text(f"مغایرت‌های {target.about}", f"the discrepancies of {target.about}")
        case "letters":
            return Text("نامه‌ها", "letters")
        case "everything":
            return Text("همه چیز", "everything")


def _domain(server: MailServer) -> str:
    return server.sender.partition("@")[2]
