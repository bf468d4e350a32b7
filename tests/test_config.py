"""Settings: where they are found, what is refused and with which sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from listbot.checks import RULES
from listbot.config import Selection, Settings, discover, load, model, settle
from listbot.errors import ConfigError
from listbot.finding import Severity
from listbot.rulebook import pages

NOTHING_ASKED = Selection()


def settings(tmp_path: Path, text: str, asked: Selection = NOTHING_ASKED) -> Settings:
    path = tmp_path / "listbot.toml"
    path.write_text(text)
    return settle(load(path, "listbot.toml", pages(), RULES), pages(), RULES, asked)


def enabled(found: Settings) -> set[str]:
    return {rule.page.id for rule in found.enabled}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("exclud = []", "listbot.toml: unknown key 'exclud'; the nearest name is 'exclude'"),
        ("exclude = 'a'", "listbot.toml: 'exclude' is 'a': input should be a valid list; write ['a']"),
        (
            "[rules.missing-section]\nrequired = ['tools', ' ']",
            "'rules.missing-section.required.1' is ' ': a name is exp",
        ),
        ("[rules.duplicate-entri]", "unknown key 'rules.duplicate-entri'; the nearest name is 'duplicate-entry'"),
        ("[rules.duplicate-entry]\ndistinkt = []", "'rules.duplicate-entry.distinkt'; the nearest name is 'distinct'"),
        ("[rules.duplicate-entry]\nseverity = 'eror'", "'error', 'warning', 'hint' or 'off'; the nearest is 'error'"),
        ("[rules.duplicate-entry]\ncross-listing = 1", "'learned', 'on-purpose' or 'mistake'"),
        ("select = ['empty-sections']", "the nearest is 'empty-section'"),
        ("max-file-size = 0", "'max-file-size' is 0: input should be greater than 0"),
        ("max-file-size = '8 MB'", "'max-file-size' is '8 MB': input should be a valid integer"),
        ("a = ", "listbot.toml: not valid TOML"),
    ],
)
def test_a_mistake_is_one_sentence_with_file_key_and_nearest_name(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_severity_caps_and_off_switches_off(tmp_path: Path) -> None:
    found = settings(
        tmp_path, "[rules.duplicate-entry]\nseverity = 'warning'\n[rules.empty-section]\nseverity = 'off'\n"
    )
    caps = {rule.page.id: rule.cap for rule in found.enabled}
    assert caps["duplicate-entry"] is Severity.WARNING
    assert "empty-section" not in caps


def test_options_reach_their_rule_and_origins_say_where_from(tmp_path: Path) -> None:
    found = settings(tmp_path, "exclude = ['a/*']\n[rules.duplicate-entry]\ncross-listing = 'mistake'\n")
    (rule,) = [rule for rule in found.enabled if rule.page.id == "duplicate-entry"]
    assert rule.options.cross_listing == "mistake"
    assert found.origins["rules.duplicate-entry.cross-listing"] == ("mistake", "listbot.toml")
    assert found.origins["rules.duplicate-entry.distinct"] == ([], "rules/duplicate-entry.md")
    assert found.origins["exclude"] == (["a/*"], "listbot.toml")
    assert found.origins["max-file-size"] == (8_000_000, "default")


def test_selection(tmp_path: Path) -> None:
    assert enabled(settings(tmp_path, "select = ['empty-section', 'broken-path']")) == {"empty-section", "broken-path"}
    assert "empty-section" not in enabled(settings(tmp_path, "ignore = ['empty-section']"))
    asked = Selection(select=("broken-path",))
    assert enabled(settings(tmp_path, "select = ['empty-section']", asked)) == {"broken-path"}
    with pytest.raises(ConfigError, match="--select: there is no rule 'broken-paths'"):
        settings(tmp_path, "", Selection(select=("broken-paths",)))


def test_the_nearest_file_wins_and_listbot_toml_goes_first(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert discover(inner) is None or tmp_path not in discover(inner).parents  # type: ignore[union-attr]
    (tmp_path / "pyproject.toml").write_text("[tool.listbot]\nexclude = []\n")
    assert discover(inner) == tmp_path / "pyproject.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert discover(inner) == tmp_path / "pyproject.toml"
    (tmp_path / "listbot.toml").write_text("")
    assert discover(inner) == tmp_path / "listbot.toml"


def test_keys_in_pyproject_are_named_whole(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool.listbot]\nexclud = []\n")
    with pytest.raises(ConfigError, match=r"unknown key 'tool\.listbot\.exclud'"):
        load(path, "pyproject.toml", pages(), RULES)


def test_the_schema_knows_every_rule_and_option() -> None:
    schema = model(pages(), RULES).model_json_schema(by_alias=True)
    tables = schema["$defs"]
    for page in pages().values():
        assert set(tables[page.id]["properties"]) == {"severity", *page.options}
    assert json.loads(json.dumps(schema)) == schema
