"""The hooks that other repositories get, run by the real pre-commit and by prek in scratch repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.repositories import Scratch

ROOT = Path(__file__).resolve().parents[1]
HOOKS: dict[str, Any] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}
TOOLS = ("pre-commit", "prek")
OLD = "# Tools\n\n- [a](https://a.example)\n- [b] (https://b.example)\n"
GOOD = "- [d](https://d.example)\n"
BAD = "- [c] (https://c.example)\n- [a](https://a.example)\n"
REFUSED = (
    "README.md:5:3: error[malformed-link] the blank between “]” and “(” keeps “c” from being a link\n"
    "README.md:6:3: error[duplicate-entry] a.example is already listed on line 3\n"
)


class Hooked(Scratch):
    """A repository with our hook, as a contributor has it."""

    def __init__(self, root: Path, tool: str, hook: str = "listbot", **replaced: Any) -> None:
        super().__init__(root)
        self.tool = str(Path(sys.executable).parent / tool)
        self.home = root.parent / "home"
        local = {**HOOKS[hook], "language": "system", **replaced}
        self.write(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]}))
        self.commit(README_md=OLD)
        self.run("install")

    @property
    def environment(self) -> dict[str, str]:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        homes = {"PRE_COMMIT_HOME": str(self.home), "PREK_HOME": str(self.home)}
        return {"PATH": path, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", **homes}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.tool, *arguments],
            cwd=self.root,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )

    def try_to_commit(self, *arguments: str) -> str | None:
        """What is printed where the commit is refused; None where it is made."""
        before = self.git("rev-parse", "HEAD")
        said = self.git("commit", "-m", "change", *arguments, check=False, **self.environment)
        return said if self.git("rev-parse", "HEAD") == before else None


@pytest.fixture(params=TOOLS)
def hooked(request: pytest.FixtureRequest, tmp_path: Path) -> Hooked:
    return Hooked(tmp_path / "repository", request.param)


def unindented(text: str) -> str:
    """prek indents what a hook prints."""
    return "".join(line.removeprefix("  ") + "\n" for line in text.splitlines())


def test_a_bad_commit_is_refused_with_a_readable_message(hooked: Hooked) -> None:
    hooked.write("README.md", OLD + BAD)
    hooked.git("add", "README.md")
    said = hooked.try_to_commit()
    assert said is not None
    assert REFUSED in unindented(said)
    assert "2 errors in 1 file (duplicate-entry 1, malformed-link 1), 1 old" in said


def test_a_good_commit_passes_beside_an_old_defect(hooked: Hooked) -> None:
    hooked.write("README.md", OLD + GOOD)
    hooked.git("add", "README.md")
    assert hooked.try_to_commit() is None


def test_what_is_not_staged_is_not_judged(hooked: Hooked) -> None:
    hooked.write("README.md", OLD + GOOD)
    hooked.git("add", "README.md")
    hooked.write("README.md", OLD + GOOD + BAD)
    assert hooked.try_to_commit() is None
    assert hooked.try_to_commit("-a") is not None


def test_a_commit_of_some_files_is_judged_by_its_own_index(hooked: Hooked) -> None:
    hooked.write("other.md", BAD)
    hooked.git("add", "other.md")
    hooked.write("README.md", OLD + GOOD)
    assert hooked.try_to_commit("README.md") is None
    assert hooked.try_to_commit("other.md") is not None


def test_all_files_are_never_green_by_accident(hooked: Hooked) -> None:
    done = hooked.run("run", "--all-files")
    assert done.returncode == 1
    assert "README.md:4:3: error[malformed-link]" in done.stdout


def test_a_range_of_commits_is_judged_against_its_start(hooked: Hooked) -> None:
    start = hooked.git("rev-parse", "HEAD").strip()
    hooked.write("README.md", OLD + GOOD)
    hooked.git("commit", "-qam", "good", "--no-verify")
    good = hooked.git("rev-parse", "HEAD").strip()
    hooked.write("README.md", OLD + GOOD + BAD)
    hooked.git("commit", "-qam", "bad", "--no-verify")
    assert hooked.run("run", "--from-ref", start, "--to-ref", good).returncode == 0
    done = hooked.run("run", "--from-ref", good, "--to-ref", "HEAD")
    assert done.returncode == 1
    assert "README.md:6:3: error[malformed-link]" in done.stdout
    assert "README.md:4" not in done.stdout


def test_the_hook_leaves_out_what_the_configuration_excludes(hooked: Hooked) -> None:
    hooked.write("listbot.toml", "exclude = ['archive']\n")
    hooked.write("archive/old.md", BAD)
    hooked.git("add", "-A")
    assert hooked.try_to_commit() is None


@pytest.mark.parametrize("tool", TOOLS)
def test_a_baseline_in_the_hook(tool: str, tmp_path: Path) -> None:
    hooked = Hooked(tmp_path / "repository", tool, args=["--baseline", "listbot-baseline.tsv"])
    subprocess.run([sys.executable, "-m", "listbot", "baseline"], cwd=hooked.root, check=True, capture_output=True)
    assert hooked.run("run", "--all-files").returncode == 0


@pytest.fixture(params=TOOLS)
def mending(request: pytest.FixtureRequest, tmp_path: Path) -> Hooked:
    """With the fixing hook, and a list of which one old line could be fixed."""
    return Hooked(tmp_path / "repository", request.param, "listbot-fix")


def test_the_fixing_hook_mends_what_is_staged_alone_and_stops_the_commit_once(mending: Hooked) -> None:
    mending.write("README.md", OLD + "- [e] (https://e.example)\n- [a](https://a.example)\n")
    mending.git("add", "README.md")
    said = mending.try_to_commit()
    assert said is not None
    assert "README.md:4" not in said
    text = OLD + "- [e](https://e.example)\n- [a](https://a.example)\n"
    assert (mending.root / "README.md").read_text("utf-8") == text
    mending.git("add", "README.md")
    assert mending.try_to_commit() is None


def test_the_fixing_hook_lets_a_good_line_pass_beside_an_old_defect(mending: Hooked) -> None:
    mending.write("README.md", OLD + GOOD)
    assert mending.try_to_commit("-a") is None
    assert (mending.root / "README.md").read_text("utf-8") == OLD + GOOD


def test_the_fixing_hook_leaves_what_is_not_staged(mending: Hooked) -> None:
    mending.write("README.md", OLD + "- [e] (https://e.example)\n")
    mending.git("add", "README.md")
    mending.write("other.md", BAD)
    mending.write("README.md", "# More tools\n" + OLD.removeprefix("# Tools\n") + "- [e] (https://e.example)\n")
    assert mending.try_to_commit() is not None
    assert (mending.root / "other.md").read_text("utf-8") == BAD
    assert (mending.root / "README.md").read_text("utf-8").startswith(OLD.replace("# Tools", "# More tools"))


def test_the_fixing_hook_mends_whole_files_where_all_are_asked_for(mending: Hooked) -> None:
    assert mending.run("run", "--all-files").returncode == 1
    assert (mending.root / "README.md").read_text("utf-8") == OLD.replace("] (", "](")
    mending.git("add", "README.md")
    assert mending.run("run", "--all-files").returncode == 0


@pytest.mark.nightly
@pytest.mark.parametrize("tool", TOOLS)
def test_the_hook_installs_from_this_repository(tool: str, tmp_path: Path) -> None:
    """As users have it: from a repository at a revision, with `pip` and an environment of its own."""
    source = Scratch(tmp_path / "listbot")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.split("\0")[:-1]:
        if (ROOT / name).is_file():
            (source.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source.root / name)
    rev = source.commit()
    hooked = Hooked(tmp_path / "repository", tool)
    config = {"repos": [{"repo": str(source.root), "rev": rev, "hooks": [{"id": "listbot"}]}]}
    hooked.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    hooked.write("README.md", OLD + BAD)
    hooked.git("add", "-A")
    said = hooked.try_to_commit()
    assert said is not None
    assert REFUSED in unindented(said)
