"""To the provider with a question, and back with its answer: who may answer, how often, and to which question."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from fake_issuer import CLIENT_ID, GONE, SECRET

from maksa.errors import NotAllowed, Unreachable
from maksa.web.single_sign_on.flow import Claims, begin, finish, sign_out_address

REDIRECT = "http://127.0.0.1:9/desk/sign-in/national/callback"


def test_who_signed_in_there_is_known_here(through):
    """By the subject; no e-mail address is asked for."""
    assert through() == Claims("s-1", None)


def test_the_question_has_all_that_protects_it(fake, party):
    """State, nonce and a PKCE challenge, each fresh; the verifier stays here."""
    (first, pending), (second, other) = (begin(party, REDIRECT) for _ in range(2))
    asked = dict(parse_qsl(urlsplit(first).query))

    assert first.startswith(f"{fake.address}/authorize?")
    assert asked["response_type"] == "code"
    assert asked["scope"] == "openid"
    assert asked["redirect_uri"] == REDIRECT
    assert asked["code_challenge_method"] == "S256"
    challenge = hashlib.sha256(pending.verifier.encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
    assert pending.verifier not in first
    once = {pending.state, pending.nonce, pending.verifier, other.state, other.nonce, other.verifier}
    assert len(once) == 6
    assert min(map(len, once)) >= 43
    assert second != first


def test_an_address_that_has_a_query_already_keeps_it(fake, party):
    """The question is added to it."""
    fake.description["authorization_endpoint"] += "?tenant=1"

    assert begin(party, REDIRECT)[0].startswith(f"{fake.address}/authorize?tenant=1&response_type=code")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"state": "x"}, r"\(state\)"),
        ({"state": "استان"}, r"\(state\)"),
        ({"state": GONE}, r"\(state\)"),
        ({"iss": "https://other.example"}, r"\(iss\)"),
        ({"iss": GONE}, r"\(iss\)"),
        ({"code": GONE}, r"\(code\)"),
        ({"code": ""}, r"\(code\)"),
        ({"code": "x" * 4001}, r"\(code\)"),
        ({"code": "made up"}, r"\(invalid_grant\)"),
        ({"error": "access_denied"}, "given up at the provider"),
        ({"error": "<b>server_error</b>\n"}, r"\(bserver_errorb\)"),
        ({"error": "خطا"}, r"\(\?\)"),
    ],
)
def test_an_answer_to_something_else_is_refused(through, changes, why):
    """Of another sign-in, of another issuer, without a code, or with an error in its place."""
    with pytest.raises(NotAllowed, match=why):
        through(**changes)


def test_an_error_counts_only_with_the_state_of_the_question(through):
    """Anybody can send a browser here."""
    with pytest.raises(NotAllowed, match=r"\(state\)"):
        through(error="access_denied", state="x")


def test_a_parameter_that_stands_twice_is_refused(fake, party):
    """Which of both was meant, nobody can know."""
    address, pending = begin(party, REDIRECT)
    query = fake.authorized(address)

    with pytest.raises(NotAllowed, match="stands in it twice"):
        finish(party, pending, [*query, ("code", "other")])


def test_what_a_provider_adds_is_not_looked_at(through):
    """Some tell their own session."""
    assert through(session_state="x", scope="openid").subject == "s-1"


def test_an_issuer_that_does_not_name_itself_need_not(fake, through):
    """But when it does, it is the right one."""
    del fake.description["authorization_response_iss_parameter_supported"]

    assert through(iss=GONE).subject == "s-1"
    assert through().subject == "s-1"
    with pytest.raises(NotAllowed, match=r"\(iss\)"):
        through(iss="https://other.example")


def test_a_code_is_taken_once(fake, party):
    """The second time the provider does not know it."""
    address, pending = begin(party, REDIRECT)
    query = fake.authorized(address)
    finish(party, pending, query)

    with pytest.raises(NotAllowed, match="invalid_grant"):
        finish(party, pending, query)


def test_a_code_of_another_browser_is_worth_nothing(fake, party):
    """It has another challenge, so the verifier of this browser does not open it."""
    stolen = fake.authorized(begin(party, REDIRECT)[0])
    pending = begin(party, REDIRECT)[1]

    with pytest.raises(NotAllowed, match="invalid_grant"):
        finish(party, pending, [("state", pending.state), *[one for one in stolen if one[0] != "state"]])


@pytest.mark.parametrize("methods", [["client_secret_basic"], ["client_secret_post"]])
def test_the_secret_is_given_as_the_provider_takes_it(fake, through, methods):
    """In the header, or in the form."""
    fake.description["token_endpoint_auth_methods_supported"] = methods

    assert through().subject == "s-1"


def test_a_wrong_secret_is_the_providers_no(party, through):
    """And no fault of this program."""
    with pytest.raises(NotAllowed, match="did not sign you in"):
        through(replace(party, secret="wrong"))


@pytest.mark.parametrize(
    ("claims", "email"),
    [
        ({}, "s-1@example.org"),
        ({"email": "a@b.example", "email_verified": True}, "a@b.example"),
        ({"email": "a@b.example", "email_verified": False}, None),
        ({"email": "a@b.example", "email_verified": "true"}, None),
        ({"email": "a@b.example"}, None),
        ({"email": ["a@b.example"], "email_verified": True}, None),
    ],
)
def test_an_address_counts_only_when_the_provider_has_verified_it(fake, party, through, claims, email):
    """It comes in the ID token, or from the provider's userinfo."""
    fake.claims = claims

    assert through(replace(party, wants_email=True)).email == email
    assert ("GET /me" in fake.asked) == (not claims)


def test_an_address_is_asked_for_only_where_it_is_wanted(fake, party, through):
    """Then the scope says so."""
    wanting = replace(party, wants_email=True)

    assert dict(parse_qsl(urlsplit(begin(wanting, REDIRECT)[0]).query))["scope"] == "openid email"
    fake.claims = {"email": "a@b.example", "email_verified": True}
    assert through().email is None


@pytest.mark.parametrize("said", [{"sub": "s-2", "email": "a@b.example", "email_verified": True}, {}])
def test_the_userinfo_of_somebody_else_is_refused(fake, party, through, said):
    """Its subject must be that of the ID token."""
    fake.pages["/me"] = said

    with pytest.raises(NotAllowed, match="somebody else"):
        through(replace(party, wants_email=True))


def test_an_access_token_that_no_header_can_hold_opens_no_userinfo(fake, party, through):
    """It is the provider's own."""
    fake.token_members = {"access_token": "\ud800\r\n"}

    with pytest.raises(Unreachable):
        through(replace(party, wants_email=True))


def test_a_provider_without_userinfo_gives_no_address(fake, party, through):
    """Nobody is linked then."""
    del fake.description["userinfo_endpoint"]

    assert through(replace(party, wants_email=True)).email is None


def test_signing_out_there_leads_back_here(fake, party):
    """Where the provider has a place for it."""
    address = sign_out_address(party, "http://127.0.0.1:9/desk/sign-in")

    assert address.startswith(f"{fake.address}/end?")
    asked = dict(parse_qsl(urlsplit(address).query))
    assert asked == {
        "client_id": CLIENT_ID,
        "post_logout_redirect_uri": "http://127.0.0.1:9/desk/sign-in",
    }


def test_a_provider_may_have_no_place_for_signing_out(fake, party):
    """Then there is none to go to."""
    del fake.description["end_session_endpoint"]

    assert sign_out_address(party, "http://127.0.0.1:9/desk/sign-in") is None


def test_what_is_logged_by_mistake_holds_no_secret(party):
    """The representations leave secrets out."""
    pending = begin(party, REDIRECT)[1]
    shown = repr((party, pending))

    assert not [one for one in (SECRET, pending.state, pending.nonce, pending.verifier) if one in shown]


def test_a_provider_that_fails_at_the_exchange_is_out_of_reach(fake, through):
    """Its refusal says so, and that there is another way in."""
    fake.pages["/token"] = lambda: (500, {}, b"oops")

    with pytest.raises(Unreachable, match="its status is 500") as refusal:
        through()
    assert "Sign in with your password" in refusal.value.mend.en
