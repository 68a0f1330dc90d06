"""Ask an application, and hold every answer of its native API against the description of it."""

from __future__ import annotations

import re
from functools import cached_property

import jsonschema
from asgi import Answer, Asker

OPEN = "/api/v1/openapi.json"


class Described(Asker):
    """An asker for which an answer that the OpenAPI document does not describe is a failure."""

    def __call__(self, method, target, **rest) -> Answer:
        """Send a request, and look at the answer."""
        answer = super().__call__(method, target, **rest)
        if isinstance(target, str) and target.startswith("/api/v1/") and target != OPEN:
            self._check(method.lower(), target.partition("?")[0], answer)
        return answer

    @cached_property
    def _document(self):
        return Asker(self.app).get(OPEN).json()

    @cached_property
    def _paths(self):
        return [
            (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))), path)
            for path in self._document["paths"]
        ]

    def _check(self, method: str, path: str, answer: Answer) -> None:
        # A path without parameters comes before one that a parameter would match too.
        found = sorted(
            (known for form, known in self._paths if form.fullmatch(path)), key=lambda one: "{" in one
        )
        if not found:
            assert answer.status == 404, f"{path} is not described"
            return
        responses = self._document["paths"][found[0]].get(method, {}).get("responses")
        assert responses is not None or answer.status == 405, f"{method} {path} is not described"
        if responses is None:
            return
        described = responses.get(str(answer.status)) or responses.get("default")
        assert str(answer.status) in responses or answer.status >= 405, f"{method} {path}: {answer.status}"
        content = described.get("content")
        if content is None:
            return
        schema = content[answer.headers["content-type"].partition(";")[0]]["schema"]
        if "$ref" in schema:
            whole = {**schema, "components": self._document["components"]}
            jsonschema.Draft202012Validator(whole).validate(answer.json())
