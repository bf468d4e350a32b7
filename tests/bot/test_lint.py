"""The first stage in a real repository: what GitHub shows of it, with no token at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from listbot.bot import memory
from listbot.cli import main
from listbot.commands import link_results
from listbot.commands.link_options import Options
from listbot.commands.link_results import CheckedLinks
from listbot.document import Document
from listbot.liveness import LinkResult, Outcome, Reason
from tests.bot.hostile import ATTACKS, assert_inert
from tests.bot.test_report import DUPLICATE, LIST, OTHER_FORM, RULES


class Checkout:
    """A repository as `actions/checkout` leaves it: the merge of a pull request, two commits deep."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory / "work"
        self.origin = directory / "origin"
        self.summary = directory / "summary.md"
        self.artifact = directory / "listbot.json"
        self.event = directory / "event.json"
        self.origin.mkdir()
        self.git("init", "-q", "-b", "main", cwd=self.origin)
        self.commit({"README.md": LIST, "listbot.toml": RULES}, "Begin")

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=cwd or self.origin, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, files: dict[str, str | bytes], message: str) -> str:
        for name, content in files.items():
            path = self.origin / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def pull(self, files: dict[str, str | bytes], *, depth: int = 2) -> None:
        """Check out the merge of a branch with these files."""
        base = self.git("rev-parse", "main")
        self.git("checkout", "-q", "-b", "change")
        head = self.commit(files, "Change")
        self.git("checkout", "-q", "main")
        self.git("checkout", "-q", "--detach")
        self.git("merge", "-q", "--no-ff", "-m", "Merge", "change")
        self.git("branch", "-f", "merged")
        url = f"file://{self.origin}"
        self.git("clone", "-q", f"--depth={depth}", "-b", "merged", url, str(self.directory), cwd=self.origin.parent)
        self.git("checkout", "-q", "main")
        self.event.write_text(
            json.dumps(
                {
                    "repository": {"id": 7, "name": "papers", "owner": {"login": "curator"}},
                    "pull_request": {"number": 12, "head": {"sha": head}, "base": {"sha": base}},
                }
            ),
            "utf-8",
        )


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    made = Checkout(tmp_path)
    monkeypatch.setenv("GITHUB_EVENT_NAME", "pull_request")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(made.event))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(made.summary))
    monkeypatch.setenv("RUNNER_ENVIRONMENT", "self-hosted")
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return made


def lint(checkout: Checkout, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(checkout.directory)
    return main(["bot", "lint", "--artifact", str(checkout.artifact), *arguments])


def test_an_error_of_the_change_fails_and_is_shown_in_three_places(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.pull({"README.md": LIST + DUPLICATE})
    assert lint(checkout, monkeypatch) == 1
    line = LIST.count("\n") + 1
    assert capsys.readouterr().out == (
        f"::error title=listbot duplicate-entry,file=README.md,line={line},endLine={line},col=3,endColumn=49::"
        "arxiv:1706.03762 is already listed on line 18\n"
    )
    summary = checkout.summary.read_text("utf-8")
    assert summary.startswith("### This change brings 1 error\n")
    head = json.loads(checkout.event.read_text("utf-8"))["pull_request"]["head"]["sha"]
    assert json.loads(checkout.artifact.read_text("utf-8")) == {"version": 1, "head": head, "links": []}


def test_warnings_and_old_errors_do_not_fail(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout.commit({"README.md": LIST + DUPLICATE}, "Long ago")
    checkout.pull({"README.md": LIST + DUPLICATE + OTHER_FORM})
    assert lint(checkout, monkeypatch) == 0
    assert "brings 1 warning" in checkout.summary.read_text("utf-8")


def test_all_is_well(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout.pull({"README.md": LIST + "- [New](https://arxiv.org/abs/2001.04451)\n", "notes.txt": "x"})
    assert lint(checkout, monkeypatch) == 0
    summary = checkout.summary.read_text("utf-8")
    assert summary.startswith("### No findings in this change\n\n**1 new entry**\n")


def test_a_change_to_the_settings_does_not_count_for_itself(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.pull({"README.md": LIST + DUPLICATE, "listbot.toml": RULES + 'ignore = ["duplicate-entry"]\n'})
    assert lint(checkout, monkeypatch) == 1


def test_what_the_base_did_meanwhile_is_not_this_change(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout.commit({"other.md": "# Other\n\n##No heading\n"}, "Meanwhile")
    checkout.pull({"README.md": LIST + OTHER_FORM})
    assert lint(checkout, monkeypatch) == 0
    assert "other.md" not in checkout.summary.read_text("utf-8")


def test_a_checkout_that_is_not_deep_enough_is_told_so(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.pull({"README.md": LIST + DUPLICATE}, depth=1)
    assert lint(checkout, monkeypatch) == 2
    assert "this clone is shallow" in capsys.readouterr().err


def test_a_dead_link_of_the_change_is_an_error_and_is_handed_on(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []

    def of_documents(documents: Iterable[Document], name: str, options: Options, added: set[str]) -> CheckedLinks:
        assert (len(list(documents)), name, options.deadline) == (1, "pull request", "5m")
        asked.append(added)
        found = {url: LinkResult(url, Outcome.GONE, Reason.STATUS_404, added=True) for url in added}
        return CheckedLinks(found, None)

    monkeypatch.setattr(link_results, "of_documents", of_documents)
    monkeypatch.setenv("RUNNER_ENVIRONMENT", "github-hosted")
    checkout.pull({"README.md": LIST + "- [Tool](https://tool.test/x)\n"})
    assert lint(checkout, monkeypatch) == 1
    assert asked == [{"https://tool.test/x"}]
    assert "https://tool.test/x is gone: the server says" in checkout.summary.read_text("utf-8")
    assert json.loads(checkout.artifact.read_text("utf-8"))["links"] == [
        {"url": memory.key("https://tool.test/x"), "reason": "status-404"}
    ]


def test_a_dry_run_writes_nothing(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.pull({"README.md": LIST + DUPLICATE})
    assert lint(checkout, monkeypatch, "--dry-run") == 1
    assert not checkout.summary.exists()
    assert not checkout.artifact.exists()
    assert capsys.readouterr().out.startswith("would write the job summary:\n### This change brings 1 error\n")


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if "\0" not in attack])
def test_hostile_lists_command_nobody(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], attack: str
) -> None:
    text = f"{LIST}- [{attack}](https://arxiv.org/pdf/2205.14135)\n- {attack} [x](https://arxiv.org/abs/1706.03762\n"
    checkout.commit({"listbot.toml": ""}, "All rules")
    checkout.pull({"README.md": text + f"## {attack}\n"})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lint(checkout, monkeypatch)
    assert_inert(checkout.summary.read_text("utf-8"))
    said = capsys.readouterr()
    assert said.err == ""
    for line in obeyed(said.out.splitlines()):
        assert line.startswith(("::error title=listbot ", "::warning title=listbot ", "listbot: "))
        assert "##[" not in line or line.startswith("::")  # a command's own text starts no other


def obeyed(lines: list[str]) -> list[str]:
    """The lines in which the runner looks for commands: none that stands between stop-commands and its own end."""
    found: list[str] = []
    end = None
    for line in lines:
        if end is None and line.startswith("::stop-commands::"):
            end = f"::{line.removeprefix('::stop-commands::')}::"
        elif line == end:
            end = None
        elif end is None:
            found.append(line)
    assert end is None
    return found


def test_what_is_said_of_a_file_with_a_hostile_name_is_no_command(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.pull({"##[error]x.md": b"\xff\xfe", "README.md": LIST + DUPLICATE})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert lint(checkout, monkeypatch) == 2
    said = capsys.readouterr()
    assert "x.md: this file is UTF-16" in said.out
    assert "##[" not in said.out + said.err
    found, unread = obeyed(said.out.splitlines())
    assert found.startswith("::error title=listbot duplicate-entry,")
    assert unread.startswith("::error title=listbot,file=")


def test_another_event_is_nothing_to_do(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.pull({"README.md": LIST})
    monkeypatch.setenv("GITHUB_EVENT_NAME", "push")
    assert lint(checkout, monkeypatch) == 0
    assert capsys.readouterr().err == (
        "listbot: 'push' is no event of a pull request; run this on 'pull_request'; nothing to do\n"
    )


def test_an_event_is_given_by_hand_and_the_head_itself_is_checked_out(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.pull({"README.md": LIST + DUPLICATE}, depth=9)
    event = checkout.event.rename(checkout.event.with_name("by-hand.json"))
    monkeypatch.delenv("GITHUB_EVENT_PATH")
    monkeypatch.setenv("GITHUB_EVENT_NAME", "push")
    head = json.loads(event.read_text("utf-8"))["pull_request"]["head"]["sha"]
    subprocess.run(["git", "checkout", "-q", head], cwd=checkout.directory, check=True)
    assert lint(checkout, monkeypatch, "--event", str(event)) == 1
    assert "is already listed on line 18" in capsys.readouterr().out
    assert f"`README.md` at `{head[:10]}`.\n" in checkout.summary.read_text("utf-8")


def test_without_an_event_the_user_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("GITHUB_EVENT_PATH", raising=False)
    assert main(["bot", "lint"]) == 2
    assert capsys.readouterr().err == (
        "listbot: there is no event: run this in GitHub Actions, or name a file with --event\n"
    )


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_judged(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.pull({"README.md": LIST + DUPLICATE, "bad.md": b"\xff\xfe"})
    assert lint(checkout, monkeypatch) == 2
    said = capsys.readouterr()
    assert said.err == "listbot: bad.md: this file is UTF-16; save it as UTF-8\n"
    found, unread = said.out.splitlines()
    assert found.startswith("::error title=listbot duplicate-entry,")
    assert unread == "::error title=listbot,file=bad.md::bad.md: this file is UTF-16; save it as UTF-8"
    assert "\n- Could not be read, and is not judged: `bad.md`\n" in checkout.summary.read_text("utf-8")


def test_five_thousand_entries_with_eight_hundred_findings_keep_to_every_limit(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = [
        f"- [Paper {n}](https://arxiv.org/abs/{2001 + n // 2000}.{n % 2000 + 10_000}) - Notes.\n" for n in range(4_600)
    ]
    entries += [
        f"- [Paper {n}](https://arxiv.org/abs/2001.{n + 10_000}?utm_source=mail) - Notes.\n" for n in range(400)
    ]
    checkout.pull({"README.md": LIST + "".join(entries)})
    assert lint(checkout, monkeypatch) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error"] * 10 + ["::warning"] * 10 + ["listbot:"]
    assert lines[-1].endswith(" findings more in the job summary")
    assert len(checkout.summary.read_bytes()) <= 900_000


def test_the_first_stage_needs_no_extra() -> None:
    script = "import sys, listbot.commands.bot_lint; assert 'github' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_annotations_stand_on_lines_as_git_counts_them(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = LIST.replace("## Memory\n", "## Memory\n\nAn old\rmac line.\n")
    checkout.commit({"README.md": old}, "A list with a lone carriage return")
    checkout.pull({"README.md": old + DUPLICATE})
    assert lint(checkout, monkeypatch) == 1
    line = (old + DUPLICATE).count("\n")
    assert f",file=README.md,line={line},endLine={line}," in capsys.readouterr().out


LATIN = "# Caf\u00e9\n\nText.\n".encode("latin-1")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LATIN + b"More.\n", "old.md: not UTF-8 at byte offset 5 (0xe9); save the file as UTF-8; nor could its older"),
        ("# Caf\u00e9\n\n##Text\n", "old.md: its older version cannot be read, so nothing is said of what is new here"),
    ],
)
def test_what_was_no_text_before_fails_nobody(
    checkout: Checkout,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str | bytes,
    why: str,
) -> None:
    checkout.commit({"old.md": LATIN}, "A file in Latin-1, long ago")
    checkout.pull({"old.md": text})
    assert lint(checkout, monkeypatch) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"listbot: {why}")
    summary = checkout.summary.read_text("utf-8")
    assert summary.startswith("### No findings in what could be read of this change\n")
    assert "\n- Could not be read, and is not judged: `old.md`\n" in summary
    assert "\nNo Markdown file of this change was judged, at `" in summary


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_shown_all_the_same(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.pull({os.fsdecode(b"caf\xe9.md"): LIST + DUPLICATE, os.fsdecode(b"bad\xe9.md"): b"\xff\xfe"})
    assert lint(checkout, monkeypatch) == 2
    assert "file=caf\ufffd.md,line=" in capsys.readouterr().out
    assert "`bad\ufffd.md`" in checkout.summary.read_text("utf-8")


def test_very_many_files_leave_the_summary_its_size(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout.pull({f"{'d' * 150}/{number:03}.md": "# A\n" for number in range(300)})
    assert lint(checkout, monkeypatch) == 0
    summary = checkout.summary.read_text("utf-8")
    assert "/019.md` and 280 more files at `" in summary
    assert len(summary) < 10_000


def test_a_change_of_no_list_at_all_is_said_to_be_one(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout.pull({"notes.txt": "x"})
    assert lint(checkout, monkeypatch) == 0
    summary = checkout.summary.read_text("utf-8")
    assert summary.startswith("### No findings in this change\n\nNo Markdown file of this change was judged, at `")
