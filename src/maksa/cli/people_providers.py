"""`maksa people providers`, `link` and `links`: by which OpenID providers people sign in, and who they are there."""

from __future__ import annotations

from typing import BinaryIO

import click

from maksa.cli.asking import desk_of
from maksa.cli.options import Session, acting, shared
from maksa.cli.output import print_json, print_table, say
from maksa.errors import BadParameter
from maksa.home import open_home
from maksa.registry.parties.links import Link, link_person, list_links, unlink_person
from maksa.registry.parties.providers import Provider, add_provider, list_providers, remove_provider
from maksa.text import Text

_MOST_READ = 10_000
"""Bytes read of a secret's file, which has a line of some 50."""
_PROVIDER = Text("ارائه‌دهنده", "provider")


@click.group("providers")
def providers() -> None:
    """Say by which OpenID providers people sign in."""


@providers.command("add")
@click.argument("provider")
@click.option("--title-fa", required=True, help="Its name on the Persian page for signing in.")
@click.option("--title-en", required=True, help="Its English name.")
@click.option("--issuer", required=True, metavar="URL", help="Its address, as its discovery document has it.")
@click.option("--client-id", required=True, help="The id of our client there.")
@click.option(
    "--secret-file",
    required=True,
    type=click.File("rb"),
    help="A file with the secret of our client there in its one line; - is standard input.",
)
@click.option(
    "--party", "parties", multiple=True, metavar="ID", help="An organisation whose people it signs in."
)
@click.option(
    "--email-party",
    "email_parties",
    multiple=True,
    metavar="ID",
    help="The same, and a verified e-mail address may link its people at their first sign-in.",
)
@acting
def add(
    session: Session,
    *,
    provider: str,
    title_fa: str,
    title_en: str,
    issuer: str,
    client_id: str,
    secret_file: BinaryIO,
    parties: tuple[str, ...],
    email_parties: tuple[str, ...],
) -> None:
    """Register a provider, or renew one of the same issuer; the secret is kept encrypted with the key of the home."""
    home = desk_of(session)
    secret = secret_file.read(_MOST_READ).decode("utf-8", "replace").removesuffix("\n").removesuffix("\r")
    title = Text(title_fa, title_en)
    wanted = Provider(provider, title, issuer, client_id, (*parties, *email_parties), email_parties)
    added = add_provider(home.registry, wanted, secret, home.token_key)
    if session.json:
        print_json(added)
        return
    path = f"/desk/sign-in/{provider}/callback"
    said = Text(
        f"{provider} ثبت شد. در آنجا این نشانی بازگشت را ثبت کنید: نشانی میز کار و سپس {path}",
        f"{provider} is registered. Register this redirect address there: that of your desk, then {path}",
    )
    say(session, said)


@providers.command("list")
@shared
def list_all(session: Session) -> None:
    """List the providers; no secret is shown."""
    held = list_providers(open_home(session.home).registry)
    if session.json:
        print_json({"total": len(held), "items": held})
        return
    if not held:
        say(session, Text("ارائه‌دهنده‌ای ثبت نشده است.", "No provider is registered."))
        return
    headers = (
        _PROVIDER,
        Text("نام", "title"),
        Text("صادرکننده", "issuer"),
        Text("سازمان‌ها", "parties"),
        Text("با رایانامه", "by e-mail"),
    )
    print_table(session, headers, (_row(session, one) for one in held))


@providers.command("remove")
@click.argument("provider")
@acting
def remove(session: Session, *, provider: str) -> None:
    """End a provider, all links to it, and the sessions that it began."""
    remove_provider(desk_of(session).registry, provider)
    if session.json:
        print_json({"provider_id": provider, "removed": True})
    else:
        say(session, Text(f"{provider} برداشته شد.", f"{provider} is removed."))


@click.command("link")
@click.argument("login")
@click.option("--provider", required=True, metavar="ID", help="The provider.")
@click.option("--subject", metavar="SUB", help="Who the person is there: its claim sub.")
@click.option("--email", metavar="ADDRESS", help="The verified address that links them at the first sign-in.")
@click.option("--undo", is_flag=True, help="End the link, and the sessions that it opened.")
@acting
def link(
    session: Session, *, login: str, provider: str, subject: str | None, email: str | None, undo: bool
) -> None:
    """Say who a person is at a provider, in place of a link held."""
    if undo and (subject or email):
        raise BadParameter(
            "undo",
            Text(
                "--undo با --subject و --email نمی‌آید.",
                "--undo goes with neither --subject nor --email.",
            ),
        )
    registry = desk_of(session).registry
    if undo:
        unlink_person(registry, login, provider)
        told = Link(login, provider)
        said = Text(
            f"{login} با {provider} وارد نمی‌شود.", f"{login} does not sign in with {provider} any more."
        )
    else:
        told = link_person(registry, Link(login, provider, subject, email))
        said = Text(f"{login} با {provider} وارد می‌شود.", f"{login} signs in with {provider}.")
    if session.json:
        print_json(told)
    else:
        say(session, said)


@click.command("links")
@shared
def links(session: Session) -> None:
    """List who people are at the providers."""
    held = list_links(open_home(session.home).registry)
    if session.json:
        print_json({"total": len(held), "items": held})
        return
    if not held:
        say(session, Text("کسی پیوند داده نشده است.", "Nobody is linked."))
        return
    headers = (
        Text("شناسه", "login"),
        _PROVIDER,
        Text("شناسه در آنجا", "subject"),
        Text("رایانامهٔ منتظر", "awaited e-mail"),
    )
    rows = ((one.login, one.provider_id, one.subject or "", one.email or "") for one in held)
    print_table(session, headers, rows)


def _row(session: Session, provider: Provider) -> tuple[object, ...]:
    title = provider.title.in_language(session.language)
    parties, emails = ", ".join(provider.parties), ", ".join(provider.email_parties)
    return (provider.provider_id, title, provider.issuer, parties, emails)
