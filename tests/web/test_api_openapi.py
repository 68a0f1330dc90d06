"""The description of the API: valid, complete, and true of every answer."""

from __future__ import annotations

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from maksa.web.api.outcome import TITLES
from maksa.web.api.routes import OPERATIONS
from maksa.web.refusal import _KINDS

HERBS = "/api/v1/terminologies/herbs"


@pytest.fixture(scope="module")
def document(service):
    """The document as it is served."""
    from asgi import Asker
    from asking import KEY
    from fakes import FakeClients, FakeJournal

    from maksa.web.app import create_app

    ask = Asker(create_app(service, FakeClients(), KEY, journal=FakeJournal()))
    return ask.get("/api/v1/openapi.json").json()


def test_the_description_is_valid(document):
    """OpenAPI 3.1, by its own schema."""
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_route_is_described_and_every_description_is_a_route(document):
    """The table of routes and the document name the same operations."""
    routes = {(one.method.lower(), one.path.replace("+}", "}")) for one, _ in OPERATIONS}
    described = {(method, path) for path, methods in document["paths"].items() for method in methods}

    assert described == routes


def test_every_parameter_is_described(document):
    """What a route reads stands in its description, and nothing else."""
    for operation, _ in OPERATIONS:
        described = document["paths"][operation.path.replace("+}", "}")][operation.method.lower()]
        names = [one["name"] for one in described["parameters"] if one["in"] == "query"]
        assert names == [one.name for one in operation.parameters]


QUESTIONS = [
    ("/api/v1/terminologies", "/api/v1/terminologies"),
    ("/api/v1/terminologies/{id}", HERBS),
    ("/api/v1/terminologies/{id}", "/api/v1/terminologies/LOINC"),
    ("/api/v1/terminologies/{id}", "/api/v1/terminologies/nothing"),
    ("/api/v1/terminologies/{id}/concepts", f"{HERBS}/concepts"),
    ("/api/v1/terminologies/{id}/concepts", f"{HERBS}/concepts?limit=0"),
    ("/api/v1/terminologies/{id}/concepts/{code}", f"{HERBS}/concepts/00131"),
    ("/api/v1/terminologies/{id}/concepts/{code}", f"{HERBS}/concepts/1"),
    ("/api/v1/terminologies/{id}/editions", f"{HERBS}/editions"),
    ("/api/v1/terminologies/{id}/diff", f"{HERBS}/diff?from=1&to=2"),
    ("/api/v1/terminologies/{id}/editions/{edition}/file", f"{HERBS}/editions/2/file"),
    ("/api/v1/letters", "/api/v1/letters?limit=3"),
    ("/api/v1/letters", "/api/v1/letters?stub=maybe"),
    ("/api/v1/letters/{number}", "/api/v1/letters/110%2F356"),
    ("/api/v1/letters/{number}", "/api/v1/letters/110%2F1"),
    ("/api/v1/letters/{number}/attachments/{name}", "/api/v1/letters/110%2F1/attachments/none"),
    ("/api/v1/search", "/api/v1/search?q=a"),
    ("/api/v1/search", "/api/v1/search"),
    ("/api/v1/validate", "/api/v1/validate?terminology=herbs&code=00130"),
    ("/api/v1/translate", "/api/v1/translate?terminology=herbs&code=00125"),
    ("/api/v1/relative-value", "/api/v1/relative-value?terminology=herbs&code=00125"),
    ("/api/v1/openapi.json", "/api/v1/openapi.json"),
    ("/api/v1/code-requests/{request}", "/api/v1/code-requests/1"),
    ("/api/v1/feeds/editions.atom", "/api/v1/feeds/editions.atom"),
    ("/api/v1/feeds/letters.atom", "/api/v1/feeds/letters.atom"),
    ("/api/v1/feeds/{id}.atom", "/api/v1/feeds/herbs.atom"),
    ("/api/v1/subscriptions/{subscription}/confirm", "/api/v1/subscriptions/1/confirm?code=x"),
    ("/api/v1/subscriptions/{subscription}/unsubscribe", "/api/v1/subscriptions/1/unsubscribe"),
    ("/healthz", "/healthz"),
    ("/readyz", "/readyz"),
    ("/metrics", "/metrics"),
]


@pytest.mark.parametrize(("path", "target"), QUESTIONS)
def test_an_answer_is_as_it_is_described(ask, document, path, target):
    """Status, content type and shape of real answers are those of the document."""
    answer = ask.get(target)

    described = document["paths"][path]["get"]["responses"][str(answer.status)]
    content = described["content"][answer.headers["content-type"].partition(";")[0]]
    if "$ref" in content["schema"]:
        schema = {**content["schema"], "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer.json())


def test_every_question_of_the_table_is_asked_here():
    """No route is left without a look at its answer; those of the desk are looked at by each of its tests."""
    paths = {one.path.replace("+}", "}") for one, _ in OPERATIONS if one.method == "GET" and not one.signed}

    assert {path for path, _ in QUESTIONS} == paths


def test_every_kind_of_refusal_has_a_title():
    """A problem never goes without its title."""
    assert {kind for _, kind in _KINDS.values()} <= set(TITLES)
    assert all(title.fa and title.en for title in TITLES.values())
