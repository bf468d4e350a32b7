"""Answers of the described shape: what an answer must have and the state does not know is filled in from the schema.

Required fields only. What may be null is null, a URL is a URL under the answer's own, the rest is the schema's first
choice. The state's own values are laid over it, and `contract` judges the whole.
"""

from __future__ import annotations

import copy
from typing import Any

from tests.forge.description import Description, Json

_PLAIN: Json = {"string": "", "integer": 0, "number": 0, "boolean": False}
_FORMATS = {"date-time": "2026-01-01T00:00:00Z", "uri": "https://example.com/", "email": "octocat@example.com"}


class Skeletons:
    """Makes values of named schemas."""

    def __init__(self, description: Description) -> None:
        self._description = description
        self._made: Json = {}

    def make(self, schema: str, **ours: Any) -> Json:
        """A value of the schema with our fields laid over it."""
        if schema not in self._made:
            described = self._description.schema(schema)
            self._made[schema] = self._value({**described, "nullable": False})
        made: Json = copy.deepcopy(self._made[schema]) | ours
        for name, value in made.items():
            if value == _FORMATS["uri"] and "url" in made and name != "url":
                made[name] = f"{made['url']}/{name.removesuffix('_url')}"
        return made

    def fields(self, schema: str) -> set[str]:
        """The fields that a value of the schema may have."""
        return set(self._description.schema(schema)["properties"])

    def webhook(self, name: str, part: str) -> Json:
        """The fields that a part of a webhook's payload must have, such as `pull_request` of `pull-request-opened`."""
        described = self._description.document["x-webhooks"][name]["post"]["requestBody"]
        schema = self._description.resolve(described["content"]["application/json"]["schema"])
        made: Json = self._value({**self._description.resolve(schema["properties"][part]), "nullable": False})
        return made

    def _value(self, schema: Json) -> Any:
        schema = self._description.resolve(schema)
        if schema.get("nullable"):
            return None
        if "enum" in schema:
            return schema["enum"][0]
        if "allOf" in schema:
            merged: Json = {}
            for part in schema["allOf"]:
                merged |= self._value(part)
            return merged
        for word in ("oneOf", "anyOf"):
            if word in schema and "properties" not in schema:
                return self._value(schema[word][0])
        kind = schema.get("type", "object" if "properties" in schema else "string")
        if kind == "object":
            fields = schema.get("properties", {})
            return {name: self._value(fields[name]) for name in schema.get("required", []) if name in fields}
        if kind == "array":
            return []
        return _FORMATS.get(schema.get("format", ""), _PLAIN[kind]) if kind == "string" else _PLAIN[kind]
