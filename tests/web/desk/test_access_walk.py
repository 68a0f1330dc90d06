"""Every route of the desk against the table of access: who may, and the sentence for who may not."""

from __future__ import annotations

import pytest

from maksa.registry.parties.access import acts, may, roles
from maksa.registry.parties.parties import Party, add_party
from maksa.web.api.desk.routes import DESK

API = "/api/v1"
CSV = "text/csv"
PARTY_OF = {"centre": "centre", "insurer": "tamin", "vendor": "maker"}

# Method, path, body (a string is a file), and the act that the table of access asks for; None: for everybody signed in,
# who see what is their party's.
WALK = (
    ("GET", "/code-requests", None, None),
    ("GET", "/code-requests/statistics", None, None),
    ("GET", "/code-requests/1/history", None, None),
    ("POST", "/code-requests/1/acts", {"act": "accept"}, "request-decide"),
    ("POST", "/code-requests/batch", "terminology,text\nherbs,گل گاوزبان\n", "request-file"),
    ("GET", "/discrepancies", None, None),
    ("GET", "/discrepancies/1", None, None),
    ("POST", "/discrepancies/1/decision", {"outcome": "accepted", "why": "x"}, "discrepancy-decide"),
    ("POST", "/discrepancies/1/assignment", {"owner": "x"}, "discrepancy-decide"),
    ("POST", "/discrepancies/uploads?party={party}&list=herbs", "code\n00125\n", "discrepancy-report"),
    ("GET", "/discrepancies/uploads", None, None),
    ("GET", "/discrepancies/uploads/1", None, None),
    ("GET", "/discrepancies/trend?party={party}", None, None),
    ("GET", "/parties", None, None),
    ("POST", "/parties", {"party": "x", "name": "x", "kind": "vendor"}, "party-keep"),
    ("GET", "/people", None, "party-keep"),
    ("POST", "/people", {"login": "x", "name": "x", "party": "centre"}, "party-keep"),
    ("POST", "/people/nobody/roles", {"roles": []}, "party-keep"),
    ("POST", "/people/nobody/disable", None, "party-keep"),
    ("POST", "/people/nobody/enable", None, "party-keep"),
    ("POST", "/people/nobody/password", None, "party-keep"),
    ("GET", "/clients", None, "party-keep"),
    ("POST", "/clients", {"client": "x", "name": "x"}, "party-keep"),
    ("POST", "/clients/nobody/rotate", None, "party-keep"),
    ("POST", "/clients/nobody/revoke", None, "party-keep"),
    ("POST", "/clients/nobody/grant", {}, "party-keep"),
    ("GET", "/journal", None, "journal-read"),
    ("GET", "/journal/chain", None, "journal-read"),
)
OURS = ("code-requests", "discrepancies", "parties", "people", "clients", "journal")


def asked(ask, header, step, party):
    """Send one step of the walk."""
    method, path, body, _ = step
    target = API + path.format(party=party)
    if isinstance(body, str):
        return ask(method, target, headers={"content-type": CSV, **header}, body=body.encode())
    if body is None:
        return ask(method, target, headers=header)
    return ask.post_json(target, body, headers=header)


@pytest.mark.parametrize("role", roles())
def test_a_role_may_exactly_what_the_table_says(home, ask, staff, role):
    """For each route: allowed, or 403 with a sentence in both languages that names the role held and who may."""
    add_party(home.registry, Party("maker", "سازنده", "vendor"))
    party = PARTY_OF[roles()[role].at[0]]
    header = staff.hire("somebody", role, party=party)

    for step in WALK:
        act = step[3]
        answer = asked(ask, header, step, party)
        if act is None or may((role,), act):
            assert answer.status in {200, 201, 202, 404}, (step, answer.text)
            continue
        problem = answer.json()
        allowed = ", ".join(roles()[name].title.en for name in acts()[act].roles)
        assert answer.status == 403, (step, answer.text)
        assert roles()[role].title.en in problem["detail"]
        assert roles()[role].title.fa in problem["detail_fa"]
        assert problem["mend"] == f"This is for: {allowed}."


def test_the_walk_leaves_no_route_out():
    """Each route of these resources is a step of the walk."""
    walked = {(method, path.partition("?")[0]) for method, path, _, _ in WALK}
    ours = {
        (
            one.method,
            one.path.removeprefix(API).format(
                request=1, discrepancy=1, upload=1, login="nobody", client="nobody"
            ),
        )
        for one, _ in DESK
        if one.path.removeprefix(f"{API}/").partition("/")[0] in OURS
    }

    assert ours == walked


def test_somebody_without_a_role_is_told_so(ask, staff):
    """Who holds no role reads their own party's records, and is refused any act."""
    header = staff.hire("nobody-yet", party="tamin")
    refused = asked(ask, header, WALK[3], "tamin")

    assert asked(ask, header, WALK[0], "tamin").status == 200
    assert refused.status == 403
    assert "none" in refused.json()["detail"]
