"""Holds requests and answers against the description: shapes, and fields that the description does not know.

A validator of JSON Schema lets unknown fields pass, because GitHub's schemas rarely forbid them; a misspelt field is
exactly what a test should find, so they are counted as violations here, on both sides.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import referencing
from jsonschema.exceptions import best_match
from openapi_schema_validator import OAS30Validator, oas30_format_checker
from referencing.jsonschema import DRAFT4

from tests.forge.description import Description, Json, Operation

_BASE = "urn:github"
_QUERY = {"integer": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__}


_REMARKS = {"title", "description", "example", "examples"}  # words of a schema that constrain nothing
_REMEMBERED = 20_000  # verdicts


class Violation(NamedTuple):
    """Something that GitHub's description does not allow, or an etiquette that GitHub asks for and nobody checks."""

    side: str
    """`request`, `answer`, `graphql`, `webhook` or `conduct`."""
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.side}: {self.what}"


class Contract:
    """The description as a judge. Every method yields sentences, none where all is well."""

    def __init__(self, description: Description) -> None:
        self.description = description
        resource = referencing.Resource.from_contents(description.document, default_specification=DRAFT4)
        self._registry = referencing.Registry().with_resource(_BASE, resource)
        self._judges: dict[str, Any] = {}
        self._verdicts: dict[tuple[str, str], tuple[str, ...]] = {}
        self.broken: list[Violation] = []
        """What the forges of this contract found and nobody expected."""
        self.judged = 0
        """Requests, answers and payloads held against the description so far."""

    def query(self, operation: Operation, query: dict[str, list[str]]) -> Iterator[str]:
        """What is wrong with the parameters behind the question mark."""
        self.judged += 1
        known = {parameter["name"]: parameter for parameter in self._parameters(operation)}
        for name, values in query.items():
            if name not in known:
                yield f"unknown parameter {name!r}"
                continue
            schema = self.description.resolve(known[name]["schema"])
            try:
                value = _QUERY[schema["type"]](values[-1]) if schema.get("type") in _QUERY else values[-1]
            except (KeyError, ValueError):
                yield f"{name}={values[-1]!r} is not of type {schema['type']}"
                continue
            if "enum" in schema and value not in schema["enum"]:
                yield f"{name}={value!r} is not one of {schema['enum']}"
        for name, parameter in known.items():
            if parameter.get("required") and name not in query:
                yield f"the parameter {name!r} is missing"

    def body(self, operation: Operation, body: Any) -> Iterator[str]:
        """What is wrong with a request's JSON; None means that there is none."""
        described = self.description.operation(operation).get("requestBody")
        if described is None:
            # PyGithub sends an empty body or `null` where GitHub reads none.
            if body:
                yield "a body where none is read"
            return
        if body is None:
            if described.get("required"):
                yield "no JSON in the body"
            return
        yield from self._judge([*_place(operation), "requestBody", "content", "application/json", "schema"], body)

    def answer(self, operation: Operation, status: int, body: Any) -> Iterator[str]:
        """What is wrong with an answer's JSON, None standing for an empty answer."""
        responses = self.description.operation(operation)["responses"]
        described = responses.get(str(status))
        if described is None:
            if status < 400:
                yield f"the status {status} is not described"
            elif body is not None:
                yield from self.schema("basic-error", body)
            return
        place = [*_place(operation), "responses", str(status)]
        if "$ref" in described:
            place = described["$ref"].removeprefix("#/").split("/")
        content = self.description.resolve(described).get("content", {})
        if content and body is not None:
            media = "application/json" if "application/json" in content else next(iter(content))
            yield from self._judge([*place, "content", media, "schema"], body)
        elif body is not None:
            yield f"a body where the status {status} has none"
        elif content:
            yield f"no body where the status {status} has one"

    def schema(self, name: str, body: Any) -> Iterator[str]:
        """What is wrong with a value of a named schema."""
        yield from self._judge(["components", "schemas", name], body)

    def webhook(self, name: str, payload: Json) -> Iterator[str]:
        """What is wrong with the payload of an event such as `pull-request-opened`."""
        self.judged += 1
        place = ["x-webhooks", name, "post", "requestBody", "content", "application/json", "schema"]
        yield from self._judge(place, payload)

    def _parameters(self, operation: Operation) -> Iterator[Json]:
        for parameter in self.description.operation(operation).get("parameters", []):
            resolved = self.description.resolve(parameter)
            if resolved["in"] == "query":
                yield resolved

    def _judge(self, place: list[str], value: Any) -> Iterator[str]:
        target: Any = self.description.document
        for part in place:
            target = target[part]
        if isinstance(value, list) and {"type", "items"} >= set(target) - _REMARKS:
            # One by one, because a list that is read again has mostly the same members.
            for index, member in enumerate(value):
                for sentence in self._verdict([*place, "items"], member):
                    yield f"[{index}] {sentence}"
        else:
            yield from self._verdict(place, value)

    def _verdict(self, place: list[str], value: Any) -> tuple[str, ...]:
        """What is wrong with a value at a place of the description, remembered by the value's JSON."""
        pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in place)
        key = (pointer, json.dumps(value))
        if key not in self._verdicts:
            if len(self._verdicts) > _REMEMBERED:
                self._verdicts.clear()
            self._verdicts[key] = tuple(self._judged(pointer, place, value))
        return self._verdicts[key]

    def _judged(self, pointer: str, place: list[str], value: Any) -> Iterator[str]:
        if pointer not in self._judges:
            schema = {"$ref": f"{_BASE}#/{pointer.replace('{', '%7B').replace('}', '%7D')}"}
            self._judges[pointer] = OAS30Validator(schema, registry=self._registry, format_checker=oas30_format_checker)
        for error in self._judges[pointer].iter_errors(value):
            deepest = best_match([error])  # what one of several allowed forms lacks, not that none of them fits
            yield f"{deepest.json_path}: {_short(deepest.message)}"
        target: Any = self.description.document
        for part in place:
            target = target[part]
        yield from self._unknown([target], value, "$")

    def _unknown(self, schemas: list[Json], value: Any, path: str) -> Iterator[str]:
        """Fields of `value` that none of the schemas knows, at any depth."""
        flat = list(self._alternatives(schemas))
        if isinstance(value, list):
            inner = [schema["items"] for schema in flat if "items" in schema]
            for index, child in enumerate(value):
                yield from self._unknown(inner, child, f"{path}[{index}]")
        elif isinstance(value, dict):
            properties = [schema["properties"] for schema in flat if "properties" in schema]
            if not properties or any(schema.get("additionalProperties") for schema in flat):
                return
            for name, child in value.items():
                described = [known[name] for known in properties if name in known]
                if described:
                    yield from self._unknown(described, child, f"{path}.{name}")
                else:
                    yield f"{path}: unknown field {name!r}"

    def _alternatives(self, schemas: list[Json]) -> Iterator[Json]:
        for schema in schemas:
            resolved = self.description.resolve(schema)
            yield resolved
            for word in ("allOf", "anyOf", "oneOf"):
                yield from self._alternatives(resolved.get(word, []))


def _place(operation: Operation) -> list[str]:
    return ["paths", operation.template, operation.method.lower()]


def _short(message: str) -> str:
    """A message begins with the whole value that it is about, and says at its end what is wrong."""
    return message if len(message) <= 200 else f"…{message[-150:]}"
