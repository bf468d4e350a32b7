"""`listbot config`: the settings in force, and where each comes from."""

from __future__ import annotations

import json
import sys
from typing import Any

from listbot.checks import RULES
from listbot.config import Settings, model
from listbot.errors import EXIT_CLEAN
from listbot.rulebook import pages


def run_schema() -> int:
    """Print the JSON schema of the configuration."""
    sys.stdout.write(json.dumps(model(pages(), RULES).model_json_schema(by_alias=True), indent=2) + "\n")
    return EXIT_CLEAN


def run(settings: Settings) -> int:
    """Print every setting as `key = value  # origin`."""
    lines = [(f"{key} = {_shown(value)}", origin) for key, (value, origin) in settings.origins.items()]
    width = min(64, max(len(line) for line, _ in lines))
    for line, origin in lines:
        sys.stdout.write(f"{line:<{width}}  # {origin}\n")
    return EXIT_CLEAN


def _shown(value: Any) -> str:
    if value is None:
        return "(not set)"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {json.dumps(v)}" for key, v in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
