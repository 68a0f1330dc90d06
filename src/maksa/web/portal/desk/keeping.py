"""The pages of parties, people and clients, for who keeps them; a secret just made is shown once and never again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from maksa.errors import MaksaError, NotAllowed
from maksa.model.clients import SCOPES
from maksa.model.jalali import parse_day, today
from maksa.registry.parties.access import may, roles
from maksa.registry.parties.clients import Grant, NewClient, last_day
from maksa.registry.parties.parties import PARTY_KINDS, SYSTEM_KINDS, Party, System
from maksa.registry.parties.people import NewPassword, Person
from maksa.text import Text
from maksa.web.desk import keeping as desk
from maksa.web.desk.acting import Acting
from maksa.web.portal.desk import filters
from maksa.web.portal.desk.visit import Visit, done_word, go_to
from maksa.web.query import read_number
from maksa.web.refusal import Refusal, bad_parameter

_PARTY = ("party", "name", "kind", "system", "system_name", "system_kind")
_PERSON = ("login", "name", "party", *(f"role-{name}" for name in roles()))
_PERSON_ACT = ("act", *(f"role-{name}" for name in roles()))
_CLIENT = ("client", "name", "last_day")
_CLIENT_ACT = ("act", "party", "per_minute", "per_day", *(f"scope-{name}" for name in SCOPES))
_DONE: Mapping[str, Text] = {
    "added": Text("ثبت شد", "registered"),
    "roles": Text("نقش‌ها تغییر کرد", "the roles are changed"),
    "disable": Text("دسترسی پایان یافت", "access has ended"),
    "enable": Text("دسترسی باز شد", "access is given again"),
    "grant": Text("دامنه‌ها و سهم‌ها ثبت شد", "scopes and quotas are recorded"),
    "revoke": Text("کارخواه باطل شد", "the client is revoked"),
}
_SCOPE_TITLES = {
    "read": "پرسیدن از فهرست‌ها",
    "requests": "درخواست کد به نام سازمان",
    "discrepancies": "فرستادن فهرست و دیدن مغایرت‌های سازمان",
    "adoption": "اعلام اجرا به نام سازمان",
}
_MOST = 1_000_000_000


async def parties(visit: Visit) -> Response:
    """Show the parties and their systems."""
    return await _parties(visit, done=visit.query((filters.DONE,)).get(filters.DONE))


async def add_party(visit: Visit) -> Response:
    """Register a party, or a further system of one."""
    sent = await visit.form(_PARTY)
    system = tuple(sent.get(name, "").strip() for name in _PARTY[3:])
    systems = (System(*system),) if any(system) else ()
    party = Party(sent.get("party", "").strip(), sent.get("name", ""), sent.get("kind", ""), systems)
    try:
        await visit.do(lambda acting: desk.add_party(acting, party))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _parties(visit, typed=sent, wrong=wrong)
    return go_to("/desk/parties?done=added")


async def people(visit: Visit) -> Response:
    """Show all people."""
    return await _people(visit, done=visit.query((filters.DONE,)).get(filters.DONE))


async def add_person(visit: Visit) -> Response:
    """Register somebody, and show the first password once."""
    sent = await visit.form(_PERSON)
    held = _ticked(sent, "role-", roles())
    person = Person(sent.get("login", "").strip(), sent.get("name", ""), sent.get("party", ""), held)
    try:
        new = await visit.do(lambda acting: desk.add_person(acting, person))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _people(visit, typed=sent, wrong=wrong)
    return _password(visit, new, 201)


async def person(visit: Visit) -> Response:
    """Show one person."""
    return await _person(visit, done=visit.query((filters.DONE,)).get(filters.DONE))


async def change_person(visit: Visit) -> Response:
    """Give roles, end or give access, or make a new password and show it once."""
    login, sent = _named(visit, "login"), await visit.form(_PERSON_ACT)
    act, held = sent.get("act", ""), _ticked(sent, "role-", roles())

    def do(acting: Acting) -> NewPassword | None:
        match act:
            case "roles":
                desk.set_roles(acting, login, held)
            case "disable" | "enable":
                desk.set_disabled(acting, login, disabled=act == "disable")
            case "password":
                return desk.reset_password(acting, login)
            case _:
                raise _no_act("roles", "disable", "enable", "password")
        return None

    try:
        new = await visit.do(do)
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _person(visit, wrong=wrong)
    return go_to(f"{visit.request.url.path}?done={act}") if new is None else _password(visit, new, 200)


async def clients(visit: Visit) -> Response:
    """Show all clients."""
    return await _clients(visit, done=visit.query((filters.DONE,)).get(filters.DONE))


async def add_client(visit: Visit) -> Response:
    """Register a client, and show its secret once."""
    sent = await visit.form(_CLIENT)
    client_id, name, until = (sent.get(field, "").strip() for field in _CLIENT)
    try:
        day = parse_day(until, parameter="last_day") if until else None
        new = await visit.do(lambda acting: desk.add_client(acting, client_id, name=name, last_day=day))
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _clients(visit, typed=sent, wrong=wrong)
    return _secret(visit, new, 201)


async def client(visit: Visit) -> Response:
    """Show one client."""
    return await _client(visit, done=visit.query((filters.DONE,)).get(filters.DONE))


async def change_client(visit: Visit) -> Response:
    """Say what a client may, replace its secret and show it once, or end it."""
    client_id, sent = _named(visit, "client"), await visit.form(_CLIENT_ACT)
    act = sent.get("act", "")
    grant = Grant(
        sent.get("party") or None,
        _ticked(sent, "scope-", SCOPES),
        _quota(sent, "per_minute"),
        _quota(sent, "per_day"),
    )

    def do(acting: Acting) -> NewClient | None:
        match act:
            case "grant":
                desk.grant_client(acting, client_id, grant)
            case "rotate":
                return desk.rotate_client(acting, client_id)
            case "revoke":
                desk.revoke_client(acting, client_id)
            case _:
                raise _no_act("grant", "rotate", "revoke")
        return None

    try:
        new = await visit.do(do)
    except NotAllowed:
        raise
    except MaksaError as wrong:
        return await _client(visit, wrong=wrong)
    return go_to(f"{visit.request.url.path}?done={act}") if new is None else _secret(visit, new, 200)


async def _parties(
    visit: Visit,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: MaksaError | None = None,
    done: str | None = None,
) -> Response:
    fields = {"rows": await visit.do(desk.list_parties), "keeps": may(visit.roles, desk.ACT)}
    kinds = {"kinds": PARTY_KINDS, "system_kinds": SYSTEM_KINDS}
    return _page(visit, "parties", {**fields, **kinds, "typed": _typed(_PARTY, typed)}, wrong, done)


async def _people(
    visit: Visit,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: MaksaError | None = None,
    done: str | None = None,
) -> Response:
    fields = await visit.do(
        lambda acting: {"rows": desk.list_people(acting), "parties": desk.list_parties(acting)}
    )
    return _page(visit, "people", {**fields, "roles": roles(), "typed": _typed(_PERSON, typed)}, wrong, done)


async def _person(visit: Visit, *, wrong: MaksaError | None = None, done: str | None = None) -> Response:
    login = _named(visit, "login")
    found = await visit.do(lambda acting: desk.find_person(acting, login))
    return _page(visit, "person", {"person": found, "roles": roles()}, wrong, done)


async def _clients(
    visit: Visit,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: MaksaError | None = None,
    done: str | None = None,
) -> Response:
    rows = await visit.do(desk.list_clients)
    fields = {"rows": rows, "typed": _typed(_CLIENT, typed)}
    return _page(visit, "clients", fields, wrong, done)


async def _client(visit: Visit, *, wrong: MaksaError | None = None, done: str | None = None) -> Response:
    client_id = _named(visit, "client")
    fields = await visit.do(
        lambda acting: {
            "client": desk.find_client(acting, client_id),
            "parties": desk.list_parties(acting),
        }
    )
    return _page(visit, "client", fields, wrong, done)


def _page(
    visit: Visit, name: str, fields: dict[str, Any], wrong: MaksaError | None, done: str | None
) -> Response:
    shared = {
        "done": done_word(done, _DONE),
        "today": today(),
        "last_day": last_day,
        "scopes": _SCOPE_TITLES,
    }
    return visit.page(f"desk/{name}.html", {**shared, **fields}, wrong=wrong)


def _password(visit: Visit, new: NewPassword, status: int) -> Response:
    secrets = (("شناسه", new.person.login), ("گذرواژه", new.password))
    fields = {"title": new.person.name, "secrets": secrets, "back": "/desk/people"}
    return visit.page("desk/shown_once.html", fields, status=status)


def _secret(visit: Visit, new: NewClient, status: int) -> Response:
    secrets = (
        ("client_id", new.client.client_id),
        ("secret", new.secret),
        ("username", new.client.username),
        ("password", new.password),
        ("pid", ", ".join(new.client.pids)),
    )
    back = f"/desk/clients/{new.client.client_id}"
    fields = {"title": new.client.name, "secrets": secrets, "back": back}
    return visit.page("desk/shown_once.html", fields, status=status)


def _ticked(
    sent: Mapping[str, str], prefix: str, known: Mapping[str, Any] | tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(name for name in known if sent.get(f"{prefix}{name}") == "1")


def _quota(sent: Mapping[str, str], name: str) -> int | None:
    text = sent.get(name, "").strip()
    return read_number(1, _MOST)(name, text) if text else None


def _typed(known: tuple[str, ...], sent: Mapping[str, str] | None) -> dict[str, str]:
    return {name: (sent or {}).get(name, "") for name in known}


def _named(visit: Visit, name: str) -> str:
    return str(visit.request.path_params[name])


def _no_act(*known: str) -> Refusal:
    return bad_parameter("act", Text("این کار شناخته نیست.", "There is no such act."), known=known)
