"""The desk as doors know it."""

import pytest
from sqlalchemy import select, update

from maksa.errors import BadParameter, NotFound, OverQuota, WrongState
from maksa.model.code_request import Wanted
from maksa.registry.journal import list_journal
from maksa.registry.requests import desk as request_desk
from maksa.registry.requests.code_requests import do_act, list_requests
from maksa.registry.requests.desk import Desk
from maksa.registry.requests.tables import code_request_day
from maksa.terminology.service import LocalTerminology

ADDRESS = "192.0.2.7"


@pytest.fixture
def desk(registry, toy_shelf):
    """Open a desk over the toy herbs."""
    return Desk(registry, LocalTerminology(toy_shelf), b"a key")


def test_a_request_is_filed_by_the_asker_and_followed_with_its_token(registry, desk):
    """The journal names the asker, not an address; who files is told what is likely there already."""
    filed = desk.file(Wanted("herbs", "بابونه المانی", origin="api"), address=ADDRESS)

    assert desk.own(filed.request.number, filed.token) == filed.request
    assert (filed.candidates[0].key, filed.candidates[0].likely) == ("00125", True)
    again = desk.similar(Wanted("herbs", "بابونه المانی"))
    assert [(one.found, one.points) for one in again[:2]] == [("list", 100), ("request", 100)]
    assert list_journal(registry)[0].actor == "asker"


def test_an_address_files_a_bounded_number_a_day(registry, desk, monkeypatch):
    """One over the bound is refused with what else to do and keeps nothing; another address, and another day, may file."""
    monkeypatch.setattr(request_desk, "MOST_OF_ADDRESS", 2)
    for _ in range(2):
        desk.file(Wanted("herbs", "گل"), address=ADDRESS)
    with pytest.raises(OverQuota, match="2 requests"):
        desk.file(Wanted("herbs", "گل"), address=ADDRESS)
    desk.file(Wanted("herbs", "گل"), address="192.0.2.8")
    assert len(list_requests(registry)) == 3

    with registry.writing() as connection:
        connection.execute(update(code_request_day).values(day="2020-01-01"))
    desk.file(Wanted("herbs", "گل"), address=ADDRESS)
    with registry.reading() as connection:
        rows = connection.execute(select(code_request_day)).all()
    assert len(rows) == 2
    assert ADDRESS not in str(rows)


def test_all_addresses_together_are_bounded_too(desk, monkeypatch):
    """Many addresses do not flood the desk."""
    monkeypatch.setattr(request_desk, "MOST_OF_ALL", 2)
    for number in range(2):
        desk.file(Wanted("herbs", "گل"), address=f"192.0.2.{number}")
    with pytest.raises(OverQuota):
        desk.file(Wanted("herbs", "گل"), address="192.0.2.9")


def test_what_may_not_be_said_is_refused_before_anything_is_counted(registry, desk):
    """A refused text costs nobody a request."""
    with pytest.raises(BadParameter):
        desk.file(Wanted("herbs", ""), address=ADDRESS)

    with registry.reading() as connection:
        assert connection.execute(select(code_request_day)).all() == []


def test_the_asker_acts_by_the_token_alone(registry, desk):
    """An answer leads on; the journal names the asker and not what was said; a wrong token finds nothing."""
    filed = desk.file(Wanted("herbs", "گل ختمی", origin="api"), address=ADDRESS)
    number = filed.request.number
    do_act(registry, number, "accept")
    do_act(registry, number, "ask", said="کدام؟")

    with pytest.raises(NotFound):
        desk.act(number, "wrong", "answer", "ریشه")
    with pytest.raises(WrongState):
        desk.act(number, filed.token, "appeal", "ریشه")
    assert desk.act(number, filed.token, "answer", "ریشه").state == "in-work"
    entry = list_journal(registry)[0]
    assert (entry.actor, "ریشه" in str(entry)) == ("asker", False)
