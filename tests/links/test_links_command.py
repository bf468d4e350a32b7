"""`listbot links` and `listbot check --links` as a user runs them: files, git, and the zoo.

Where a run is killed, interrupted or doubled it is a process; else it runs here, with a hasty patience.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import jsonschema
import pytest

from listbot import entries
from listbot.cli import main
from listbot.commands import link_options
from listbot.links import book, session, store
from listbot.output.links_json import JsonLinks, schema
from tests.links.conftest import QUICK
from tests.links.zoo import Zoo, answer, in_turn, ok, redirect, silence, slow


class Done(NamedTuple):
    """What a run printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "listbot", *map(str, arguments), "--allow-address", "127.0.0.0/8"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory in which the command runs, with a cache of its own."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return here


Command = Callable[..., Done]


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(link_options, "Limits", lambda **given: QUICK._replace(**given))

    def runner(*arguments: str | Path) -> Done:
        asking = arguments[0] == "links" or "--links" in arguments
        code = main([*map(str, arguments), *(["--allow-address", "127.0.0.0/8"] if asking else [])])
        return Done(code, *capsys.readouterr())

    return runner


@pytest.fixture
def links(run: Command) -> Command:
    return functools.partial(run, "links")


@pytest.fixture
def site(zoo: Zoo) -> str:
    """A site with a page of every kind; its address."""
    for path, page in {
        "/ok": ok(),
        "/old/tool": redirect("/new/tool"),
        "/new/tool": ok(),
        "/soft": ok("Page not found"),
        "/wall": answer(403),
    }.items():
        zoo.page(path, page)
    return zoo.url("", "127.0.0.1")


def written(folder: Path, site: str, *paths: str) -> Path:
    readme = folder / "README.md"
    items = "".join(f"- [{path}]({site}{path})\n" for path in paths)
    readme.write_text(f"# A list\n\n{items}", "utf-8")
    return readme


def test_every_link_is_told_once_with_its_reason(folder: Path, site: str, links: Command) -> None:
    written(folder, site, "/ok", "/gone", "/old/tool#usage", "/wall", "/soft", "/gone")
    done = links()
    assert done.stdout.replace(site, "SITE") == (
        "README.md:4:11 (+1): gone SITE/gone – the server says that there is no such page (404)\n"
        "README.md:5:21: moved SITE/old/tool#usage – it has moved for good; now SITE/new/tool\n"
        "README.md:7:11: suspicious SITE/soft – it answers, and its title says that there is no such page\n"
        "README.md:6:11: blocked SITE/wall – the host does not answer programs\n"
    )
    assert re.sub(r"[\d.]+ s\n", "N s\n", done.stderr).replace(site.removeprefix("http://"), "SITE") == (
        "5 URLs in 6 links: 1 gone, 1 moved, 1 suspicious, 1 blocked, 1 alive; 7 requests, N s\n"
        "asked: SITE 7\n"
        "told by: page 3\n"
        "not verified, 1 suspicious: it answers, and its title says that there is no such page (127.0.0.1 1)\n"
        "not verified, 1 blocked: the host does not answer programs (127.0.0.1 1)\n"
        "listbot: 1 move can be written into the list: `listbot fix --links --select moved-link`\n"
    )
    assert done.returncode == 0
    assert links("--fail-on", "warning").returncode == 1
    assert links("--fail-on", "warning", "--exit-zero").returncode == 0


def test_a_move_that_is_not_certain_is_told_as_such_and_left_alone(
    zoo: Zoo, folder: Path, site: str, run: Command
) -> None:
    zoo.page("/old/page", redirect("/another/name"))
    zoo.page("/another/name", ok())
    readme = written(folder, site, "/old/page", "/ok")
    before = readme.read_text("utf-8")
    done = run("links")
    assert done.stdout.replace(site, "SITE") == (
        "README.md:3:15: moved SITE/old/page – it has moved for good; now SITE/another/name (not certain)\n"
    )
    assert done.stderr.splitlines()[-1] == (
        "listbot: 1 move not certain, for you to decide: `listbot check --links --pedantic --select moved-link`"
    )
    told = run("check", "--links", "--pedantic", "--select", "moved-link", "--format", "concise")
    assert told.stdout.replace(site, "SITE") == (
        "README.md:3:15: hint[moved-link] moved for good to SITE/another/name\n"
    )
    left = "listbot: 1 move not certain, and left alone: `--pedantic` shows, and with `--unsafe-fixes` writes them\n"
    assert run("fix", "--links", "--select", "moved-link").stderr.startswith(left)
    assert "not certain" not in run("fix", "--links", "--select", "dead-link").stderr
    assert readme.read_text("utf-8") == before
    run("fix", "--links", "--select", "moved-link", "--pedantic", "--unsafe-fixes")
    assert readme.read_text("utf-8") == before.replace(f"({site}/old/page)", f"({site}/another/name)")


def test_no_entry_is_read_where_links_are_asked(
    folder: Path, site: str, links: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are half of a long list's memory."""
    monkeypatch.setattr(entries, "extract", lambda _: pytest.fail("entries were read"))
    written(folder, site, "/ok")
    assert links().returncode == 0


def test_json_is_of_the_published_form(folder: Path, site: str, links: Command) -> None:
    written(folder, site, "/ok", "/gone", "/ok")
    done = links("--format", "json")
    report = json.loads(done.stdout)
    jsonschema.validate(report, json.loads(schema()))
    JsonLinks.model_validate(report)
    alive, gone = report["links"]
    assert alive["places"] == [
        {"path": "README.md", "line": 3, "column": 9},
        {"path": "README.md", "line": 5, "column": 9},
    ]
    assert (gone["outcome"], gone["reason"], gone["status"], gone["strikes"]) == ("gone", "status-404", 404, 1)
    assert report["summary"] | {"seconds": 0} == {
        "links": 3, "urls": 2, "alive": 1, "moved": 0, "withdrawn": 0, "gone": 1, "blocked": 0, "unknown": 0,
        "suspicious": 0, "dead": 0, "remembered": 0, "requests": 3, "limited": 0, "told_by": {"page": 2}, "seconds": 0,
    }  # fmt: skip


def test_junit_fails_for_what_is_gone_only(folder: Path, site: str, links: Command) -> None:
    written(folder, site, "/ok", "/gone", "/wall", "/old/tool")
    suite = ElementTree.fromstring(links("--format", "junit").stdout)[0]  # noqa: S314 - our own output
    assert {key: suite.get(key) for key in ("tests", "failures", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "skipped": "1",
    }
    assert [case.get("name") for case in suite if case.find("failure") is not None] == [f"{site}/gone"]


def test_markdown_shows_urls_as_code(folder: Path, site: str, links: Command) -> None:
    written(folder, site, "/gone?a=|`x`@somebody#1")
    table = links("--format", "markdown").stdout
    assert f"| README.md:3:29 | `{site}/gone?a=%7C%60x%60@somebody#1` |" in table


def test_what_lives_is_remembered_and_what_fails_is_asked_again(
    zoo: Zoo, folder: Path, site: str, links: Command
) -> None:
    written(folder, site, "/ok", "/gone", "/wall")
    links()
    zoo.asked.clear()
    done = links()
    assert {request.path for request in zoo.asked} == {"/gone"}
    assert "2 from memory" in done.stderr
    zoo.asked.clear()
    links("--refresh")
    assert {request.path for request in zoo.asked} == {"/ok", "/gone", "/wall"}


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@lab.example"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_since_asks_only_for_what_the_change_adds(zoo: Zoo, folder: Path, site: str, links: Command) -> None:
    git(folder, "init", "-q", "-b", "main")
    written(folder, site, "/old-dead", "/ok")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    written(folder, site, "/ok", "/gone", "/old-dead")
    done = links("--since", "HEAD", "--format", "json")
    assert {request.path for request in zoo.asked} == {"/gone"}
    (gone,) = json.loads(done.stdout)["links"]
    assert gone["added"] is True
    assert done.returncode == 1
    git(folder, "commit", "-qam", "two")
    done = links("--since", "HEAD")
    assert (done.returncode, done.stdout) == (0, "")
    done = links("--since", "nowhere")
    assert done.returncode == 2
    assert "'nowhere' names no commit" in done.stderr


def test_since_follows_a_renamed_list(zoo: Zoo, folder: Path, site: str, links: Command) -> None:
    git(folder, "init", "-q", "-b", "main")
    written(folder, site, "/old-dead", "/ok").rename(folder / "LIST.md")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    git(folder, "mv", "LIST.md", "README.md")
    (folder / "README.md").write_text((folder / "README.md").read_text("utf-8") + f"- [new]({site}/gone)\n", "utf-8")
    git(folder, "commit", "-qam", "two")
    links("--since", "HEAD~1")
    assert {request.path for request in zoo.asked} == {"/gone"}


def test_check_calls_a_dead_link_an_error_where_the_change_adds_it(
    zoo: Zoo, folder: Path, site: str, run: Command
) -> None:
    git(folder, "init", "-q", "-b", "main")
    written(folder, site, "/old-dead", "/ok")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    written(folder, site, "/ok", "/gone", "/old-dead")
    told = run("check", "--links", "--select", "dead-link", "--format", "concise")
    assert (told.returncode, told.stdout.count("warning[dead-link]")) == (0, 2)
    zoo.asked.clear()
    told = run("check", "--links", "--select", "dead-link", "--format", "concise", "--since", "HEAD", "--refresh")
    assert {request.path for request in zoo.asked} == {"/gone"}
    assert told.returncode == 1
    assert [line.split(":")[1] for line in told.stdout.splitlines() if "error[dead-link]" in line] == ["4"]
    assert "warning[dead-link]" not in told.stdout


def test_a_file_that_is_not_there_is_one_sentence(links: Command) -> None:
    assert links("nowhere.md") == (2, "", "listbot: nowhere.md: there is no such file; check the path\n")


def test_what_is_dead_fails_and_what_is_gone_does_not(folder: Path, site: str, links: Command, run: Command) -> None:
    """The third time is now; the first two come from a history that was kept elsewhere."""
    written(folder, site, "/gone", "/lost")
    now = time.time()
    gone = [{"at": now - days * 86_400, "outcome": "gone", "reason": "status-404"} for days in (7, 3.5)]
    line = {"url": f"{site}/gone", "first_seen": now - 20 * 86_400, "probes": gone}
    (folder / "history.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    assert links().returncode == 0
    links("--import", "history.jsonl")
    done = links()
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert first.startswith(
        f"README.md:3:11: dead {site}/gone – the server says that there is no such page (404); 3 times"
    )
    assert second.startswith(f"README.md:4:11: gone {site}/lost – ")
    told = run("check", "--links", "--format", "concise", "--select", "dead-link")
    assert (told.returncode, told.stdout.count("error["), told.stdout.count("warning[")) == (1, 1, 1)


def test_another_port_is_asked_where_it_is_named() -> None:
    plan = link_options.plan(link_options.Options(port=(8_080,)), "list", whole=True)
    assert plan.policy.ports == {80, 443, 8_080}


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_sees_progress_and_then_tables(zoo: Zoo, folder: Path, site: str) -> None:
    import pty

    zoo.page("/slow", slow(ok(), 1.0))
    written(folder, site, "/gone", "/slow")
    ours, theirs = pty.openpty()
    with subprocess.Popen(command("links"), stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL) as process:
        os.close(theirs)
        seen = b""
        with contextlib.suppress(OSError):  # how Linux says that the other side is closed
            while piece := os.read(ours, 4_096):
                seen += piece
        assert process.wait(30) == 0
    os.close(ours)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode())
    assert re.search(r"\d of 2 URLs, \d+ a second; waiting for 127\.0\.0\.1:\d+ \(\d\)", text)
    assert "Gone, in fewer than three checks: 1 URL" in text
    assert "2 URLs in 2 links: 1 gone, 1 alive; 3 requests" in text


def test_no_link_is_no_clean_bill(folder: Path, links: Command) -> None:
    (folder / "README.md").write_text("# Nothing\n\n[here](#nothing)\n", "utf-8")
    done = links()
    assert done.returncode == 4
    assert "there is no link in what was read" in done.stderr


def test_half_a_list_is_no_clean_bill(zoo: Zoo, folder: Path, site: str, links: Command) -> None:
    for number in range(10):
        zoo.page(f"/{number}", ok())
    written(folder, site, *(f"/{number}" for number in range(10)))
    assert links().returncode == 0
    written(folder, site, *(f"/{number}" for number in range(4)))
    done = links()
    assert done.returncode == 4
    assert "4 links, and there were 10 the last time" in done.stderr
    assert links().returncode == 0, "what was cut on purpose is told once"
    written(folder, site, *(f"/{number}" for number in range(2)))
    assert links().returncode == 0, "half is not less than half"


def strikes(store: Path) -> list[tuple[str, str]]:
    db = sqlite3.connect(store)
    rows = db.execute("SELECT url, outcome FROM probe").fetchall()
    db.close()
    return rows


def test_a_run_without_network_counts_against_nobody(
    zoo: Zoo, folder: Path, tmp_path: Path, site: str, links: Command
) -> None:
    dead = "http://127.0.0.99:1"
    written(folder, dead, "/a", "/b")
    store = tmp_path / "store.sqlite"
    done = links("--store", store, "--canary", "http://127.0.0.98:1/")
    assert done.returncode == 4
    assert "this looks like our own network" in done.stderr
    assert strikes(store) == []
    zoo.page("/canary", ok())
    done = links("--store", store, "--canary", f"{site}/canary")
    assert done.returncode == 0
    assert {outcome for _, outcome in strikes(store)} == {"unknown"}


def test_a_dead_network_is_no_clean_bill_where_the_time_is_up_first(
    zoo: Zoo, folder: Path, tmp_path: Path, site: str, run: Command
) -> None:
    """`/slow` is silent beside hosts that accept nobody, so that the time is up before all was asked."""
    zoo.page("/slow", silence)
    written(folder, "", f"{site}/slow", "http://127.0.0.99:1/a", "http://127.0.0.97:1/b")
    for arguments in (["check", "--links"], ["links"]):
        store = tmp_path / f"{arguments[0]}.sqlite"
        asked = [*arguments, "--store", store, "--deadline", "0.3s", "--no-registries", "--canary"]
        done = run(*asked, "http://127.0.0.98:1/")
        assert re.search(r"(\d) of \1 hosts are silent, and so are sites that are as good as always there", done.stderr)
        assert (done.returncode, strikes(store)) == (4, [])
    assert "listbot: the time was up: " in done.stderr
    zoo.page("/canary", ok())
    done = run(*asked, f"{site}/canary")
    assert "inconclusive" not in done.stderr
    assert done.returncode == 0


def test_hosts_under_way_when_the_time_is_up_are_not_lost(
    zoo: Zoo, folder: Path, links: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They answered in the run before; that they have not yet in this one says nothing of the network."""
    monkeypatch.setattr(session, "SystemResolver", lambda: zoo)
    hosts = [f"host{number}.example" for number in range(10)]
    written(folder, "", *(zoo.url("/a", host) for host in hosts), zoo.url("/ok", "quick.example"))
    zoo.page("/a", ok())
    zoo.page("/ok", ok())
    zoo.page("/canary", ok())
    assert "11 alive" in links().stderr
    zoo.page("/a", silence)
    done = links("--refresh", "--deadline", "0.3s", "--canary", zoo.url("/canary"))
    assert "the time was up: 10 URLs not checked" in done.stderr
    assert "inconclusive" not in done.stderr
    assert done.returncode == 0


def test_private_addresses_are_not_asked_and_say_nothing_of_the_network(
    zoo: Zoo, folder: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder, site, "/a", "/b", "/c", "/d", "/e")
    code = main(["links", "--no-registries", "--format", "json", "--canary", "http://127.0.0.98:1/"])
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert {row["reason"] for row in report["links"]} == {"refused-address"}
    assert (report["summary"]["requests"], report["inconclusive"], zoo.asked) == (0, None, [])
    assert re.sub(r"[\d.]+ s\n", "N s\n", err) == (
        "5 URLs in 5 links: 5 unknown; 0 requests, N s\n"
        "not verified, 5 unknown: it leads to a private address, which is not asked (127.0.0.1 5)\n"
        "listbot: 5 URLs of private addresses not asked; "
        "where the network is yours, name it with `--allow-address NETWORK`\n"
    )
    assert code == 0


def test_a_registry_at_a_private_address_says_nothing_of_the_network(
    zoo: Zoo, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(session, "SystemResolver", lambda: zoo)
    (folder / "README.md").write_text("# Papers\n\n- [A paper](https://arxiv.org/abs/2401.00001)\n", "utf-8")
    mirrors = [
        f"--registry={name}=http://127.0.0.1:1" for name in ("arxiv", "arxiv-pages", "datacite", "semantic-scholar")
    ]
    main(["links", *mirrors, "--format", "json", "--canary", "http://127.0.0.98:1/"])
    report = json.loads(capsys.readouterr().out)
    assert (report["summary"]["requests"], report["inconclusive"]) == (0, None)


def test_the_deadline_leaves_the_rest_unknown_and_says_so(zoo: Zoo, folder: Path, site: str, links: Command) -> None:
    zoo.page("/slow", silence)
    written(folder, site, "/ok", "/slow")
    done = links("--deadline", "0.3s")
    assert "1 unchecked" in done.stderr
    assert "the time was up: 1 URL not checked" in done.stderr
    assert done.stdout == ""
    assert done.returncode == 0
    done = links("--deadline", "soon")
    assert (done.returncode, done.stderr) == (
        2,
        "listbot: a deadline of 'soon': expected a time such as 120s, 10m or 1h\n",
    )


def test_check_says_what_the_deadline_left(zoo: Zoo, folder: Path, site: str, run: Command) -> None:
    zoo.page("/slow", silence)
    written(folder, site, "/ok", "/slow")
    done = run("check", "--links", "--select", "dead-link", "--deadline", "0.3s")
    assert "listbot: the time was up: 1 URL not checked\n" in done.stderr
    assert done.returncode == 0


def started(*arguments: str | Path, command_name: str = "links") -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(command_name, *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for(zoo: Zoo, requests: int) -> None:
    limit = time.monotonic() + 30
    while len(zoo.asked) < requests:
        assert time.monotonic() < limit, "the run did not begin"
        time.sleep(0.01)


@pytest.mark.parametrize("arguments", [["links"], ["check", "--links", "--pedantic", "--format", "concise"]])
def test_an_interrupted_run_tells_what_it_knows(zoo: Zoo, folder: Path, site: str, arguments: list[str]) -> None:
    zoo.page("/slow", silence)
    written(folder, site, "/ok", "/wall", "/slow")
    process = started(*arguments[1:], command_name=arguments[0])
    wait_for(zoo, 3)
    time.sleep(0.5)  # until the answers to the others are in
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "the host does not answer programs" in out
    assert "the run was interrupted: 1 URL not checked" in err
    assert "Traceback" not in err


def test_a_killed_run_is_gone_on_with(zoo: Zoo, folder: Path, tmp_path: Path, site: str, links: Command) -> None:
    paths = [f"/{number}" for number in range(60)]
    for path in paths:
        zoo.page(path, slow(ok(), 0.2))
    zoo.page("/dead", answer(404))
    written(folder, site, "/dead", *paths)
    store = tmp_path / "store.sqlite"
    process = started("--store", store)
    wait_for(zoo, 25)
    time.sleep(0.8)
    process.kill()
    process.communicate()
    known = {url.removeprefix(site) for url, outcome in strikes(store) if outcome == "alive"}
    assert len(known) >= 16, "at most eight were under way when the twenty-fifth was asked"
    zoo.asked.clear()
    done = links("--store", store, "--format", "json")
    assert known.isdisjoint(request.path for request in zoo.asked)
    dead = json.loads(done.stdout)["links"][0]
    assert (dead["outcome"], dead["strikes"]) == ("gone", 1), "a strike of a run that was killed counts"
    assert json.loads(done.stdout)["summary"]["alive"] == 60


def test_two_processes_share_a_store(zoo: Zoo, folder: Path, tmp_path: Path, site: str) -> None:
    for number in range(40):
        zoo.page(f"/{number}", slow(ok(), 0.05))
    (folder / "a.md").write_text("".join(f"- <{site}/{number}>\n" for number in range(30)), "utf-8")
    (folder / "b.md").write_text("".join(f"- <{site}/{number}>\n" for number in range(10, 40)), "utf-8")
    store = tmp_path / "store.sqlite"
    processes = [started("--store", store, name) for name in ("a.md", "b.md")]
    outputs = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    assert len({url for url, _ in strikes(store)}) == 40


def test_a_copy_is_proposed_for_what_is_gone(zoo: Zoo, folder: Path, site: str, links: Command) -> None:
    zoo.page(("127.0.0.1", "*"), answer(200, f"20240301120000 {site}/gone\n", content_type="text/plain"))
    zoo.page("/gone", answer(404))
    written(folder, site, "/gone")
    done = links("--archive-index", f"{site}/cdx")
    assert f"a copy: {site}/web/20240301120000/{site}/gone" in done.stdout


def test_the_copy_is_one_near_the_day_when_the_line_was_written(
    zoo: Zoo, folder: Path, site: str, links: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    zoo.page(("127.0.0.1", "*"), answer(404))
    written(folder, site, "/gone")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2021-03-04T05:06:07Z")
    git(folder, "commit", "-qm", "one")
    links("--archive-index", f"{site}/cdx")
    (asked,) = [request.path for request in zoo.asked if request.path.startswith("/cdx")]
    assert "sort=closest&closest=20210304050607&limit=1" in asked


def test_an_archive_that_does_not_answer_is_left_alone(zoo: Zoo, folder: Path, site: str, links: Command) -> None:
    zoo.page(("127.0.0.1", "*"), in_turn(*[answer(404)] * 10, answer(503)))
    written(folder, site, *(f"/{number}" for number in range(5)))
    done = links("--archive-index", f"{site}/cdx")
    assert sum(request.path.startswith("/cdx") for request in zoo.asked) == 3
    assert done.stdout.count(": gone ") == 5


def test_a_history_goes_from_one_machine_to_another(folder: Path, site: str, links: Command) -> None:
    written(folder, site, "/gone", "/ok")
    links()
    assert links("--export", "history.jsonl").returncode == 0
    lines = (folder / "history.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["url"] for line in lines] == [f"{site}/gone", f"{site}/ok"]
    assert links("--import", "history.jsonl", "--store", "other.sqlite").stderr == "listbot: 2 links read\n"
    assert links("--export", "-", "--store", "other.sqlite").stdout.splitlines() == lines
    (folder / "bad.jsonl").write_text("{}\n", "utf-8")
    done = links("--import", "bad.jsonl")
    assert (done.returncode, done.stderr.startswith("listbot: bad.jsonl:1: not a line of a history")) == (2, True)
    assert links("--import", "absent.jsonl").returncode == 2
    assert links("--export", "absent/history.jsonl").returncode == 2


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--allow-address", "everywhere"),
        ("--canary", "ftp://site.example/"),
        ("--archive-index", "nowhere"),
        ("--contact", "two\nlines"),
        ("--user-agent", "ö"),
    ],
)
def test_an_option_that_means_nothing_is_one_sentence(
    folder: Path, site: str, links: Command, option: str, value: str
) -> None:
    written(folder, site, "/ok")
    done = links(f"{option}={value}")
    assert done.returncode == 2
    assert done.stderr.startswith(f"listbot: {option} ")
    assert done.stderr.count("\n") == 1


def test_hosts_are_told_who_asks(zoo: Zoo, folder: Path, site: str, links: Command) -> None:
    written(folder, site, "/ok")
    links("--contact", "mailto:lists@lab.example")
    assert re.fullmatch(r"listbot/[\d.]+ \(\+mailto:lists@lab\.example; .*\)", zoo.asked[0].headers["user-agent"])
    links("--refresh", "--user-agent", "somebody/1")
    assert zoo.asked[-1].headers["user-agent"] == "somebody/1"


def test_the_configuration_says_how_links_are_asked(
    zoo: Zoo, folder: Path, site: str, links: Command, run: Command
) -> None:
    zoo.page("/slow", silence)
    written(folder, site, "/slow")
    (folder / "listbot.toml").write_text("[links]\ncontact = 'https://lab.example/bot'\ndeadline = '0.3s'\n", "utf-8")
    assert "the time was up" in links("--canary", f"{site}/ok").stderr
    assert "(+https://lab.example/bot;" in zoo.asked[0].headers["user-agent"]
    run("check", "--links", "--canary", f"{site}/ok")
    assert "(+https://lab.example/bot;" in zoo.asked[-1].headers["user-agent"]
    (folder / "listbot.toml").write_text("[links]\nallow-address = ['127.0.0.0/8']\n", "utf-8")
    done = links()
    assert (done.returncode, "unknown key 'links.allow-address'" in done.stderr) == (2, True)


def test_a_store_that_is_none_is_refused_in_one_sentence(folder: Path, site: str, links: Command) -> None:
    (folder / "store").write_text("this is no store at all, and long enough to be looked at " * 20, "utf-8")
    written(folder, site, "/ok")
    done = links("--store", "store")
    assert done.returncode == 2
    assert done.stderr.startswith("listbot: store: this store of links cannot be opened")
    assert done.stderr.count("\n") == 1


def test_a_store_that_somebody_holds_is_one_sentence_and_waited_for(
    folder: Path, site: str, links: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_WAIT", 0.01)
    monkeypatch.setattr(book, "_PATIENCE", 0.05)
    written(folder, site, "/ok")
    links("--store", "store")
    db = sqlite3.connect("store", isolation_level=None)
    begin = store.Store.begin

    def begin_and_hold(opened: store.Store, name: str, count: int, now: float) -> int:
        run = begin(opened, name, count, now)
        db.execute("BEGIN IMMEDIATE")
        return run

    monkeypatch.setattr(store.Store, "begin", begin_and_hold)
    done = links("--store", "store", "--refresh")
    assert done.returncode == 2
    assert done.stderr == (
        "listbot: store: this store of links cannot be used: database is locked; "
        "name another file with --store, or delete it\n"
    )
    db.execute("ROLLBACK")
    db.close()


# check --links --------------------------------------------------------------------------------------------------------


def test_the_rules_about_links_run_with_check(folder: Path, site: str, run: Command) -> None:
    written(folder, site, "/ok", "/gone", "/old/tool#usage", "/wall")
    done = run("check", "--links", "--format", "concise", "--pedantic")
    assert [line.replace(site, "SITE") for line in done.stdout.splitlines() if "-link]" in line] == [
        "README.md:4:11: warning[dead-link] SITE/gone is gone: the server says that there is no such page (404)",
        "README.md:5:21: warning[moved-link] moved for good to SITE/new/tool#usage",
        "README.md:6:11: hint[unverified-link] not verified: the host does not answer programs",
    ]
    assert done.returncode == 0


def test_a_comment_silences_a_dead_link_also_where_links_are_not_checked(folder: Path, site: str, run: Command) -> None:
    readme = written(folder, site, "/ok", "/gone")
    text = readme.read_text("utf-8")
    ignored = "<!-- listbot: ignore[dead-link] kept for its history -->"
    readme.write_text(text.replace("/gone)", f"/gone) {ignored}"), "utf-8")
    for arguments in (["check", "--links"], ["check"]):
        done = run(*arguments, "--format", "concise")
        assert "dead-link" not in done.stdout
        assert "unused-suppression" not in done.stdout


def test_check_is_inconclusive_where_the_network_is(folder: Path, run: Command) -> None:
    written(folder, "http://127.0.0.99:1", "/a")
    done = run("check", "--links", "--canary", "http://127.0.0.98:1/")
    assert done.returncode == 4
    assert "links are inconclusive" in done.stderr
    assert "dead-link" not in done.stdout


def test_what_was_gone_once_is_asked_twice(zoo: Zoo, folder: Path, site: str, links: Command) -> None:
    zoo.page("/hiccup", in_turn(answer(404), ok()))
    written(folder, site, "/hiccup")
    assert links("--format", "json").returncode == 0
    assert zoo.count("/hiccup") == 2


def test_the_store_is_in_the_users_cache(folder: Path, site: str, links: Command) -> None:
    written(folder, site, "/ok")
    links()
    assert (Path(os.environ["XDG_CACHE_HOME"]) / "listbot" / "links.sqlite").is_file()
