"""Files are written whole or not at all: on a real disk, with real modes, links and kills."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from listbot import inputs
from listbot.errors import OutputError
from listbot.rewriting import rewrite

posix = pytest.mark.skipif(os.name != "posix", reason="needs modes, links and signals")
not_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")


def write(path: Path, text: str, new: str) -> None:
    path.write_bytes(text.encode())
    rewrite(path, inputs.read(path, path.name, 1_000), new)


@pytest.mark.parametrize("text", ["old\n", "\ufeffold\r\n", "old"])
def test_the_new_text_stands_in_the_file_and_nothing_beside_it(tmp_path: Path, text: str) -> None:
    write(tmp_path / "README.md", text, text.lstrip("\ufeff").replace("old", "né\r\nw"))
    assert (tmp_path / "README.md").read_bytes() == text.replace("old", "né\r\nw").encode()
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


@posix
def test_mode_and_symbolic_links_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "docs" / "list.md"
    file.parent.mkdir()
    file.write_text("old", "utf-8")
    file.chmod(0o640)
    link = tmp_path / "README.md"
    link.symlink_to(Path("docs") / "list.md")
    rewrite(link, inputs.read(link, "README.md", 1_000), "new")
    assert link.is_symlink()
    assert file.read_text("utf-8") == "new"
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("old", "utf-8")
    source = inputs.read(path, "README.md", 1_000)
    path.write_text("somebody's", "utf-8")
    with pytest.raises(OutputError, match=r"README\.md: this file was changed while listbot ran; run it again"):
        rewrite(path, source, "new")
    assert path.read_text("utf-8") == "somebody's"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_went_meanwhile_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("old", "utf-8")
    source = inputs.read(path, "README.md", 1_000)
    path.unlink()
    with pytest.raises(OutputError, match=r"README\.md: this file or its directory is gone; nothing was written to it"):
        rewrite(path, source, "new")
    assert not list(tmp_path.iterdir())


@posix
@not_root
@pytest.mark.parametrize("locked", ["file", "directory"])
def test_what_may_not_be_written_is_one_sentence(tmp_path: Path, locked: str) -> None:
    path = tmp_path / "README.md"
    path.write_text("old", "utf-8")
    source = inputs.read(path, "README.md", 1_000)
    target, mode = (path, 0o444) if locked == "file" else (tmp_path, 0o555)
    target.chmod(mode)
    try:
        with pytest.raises(OutputError, match="no permission to write here; change the mode of the file or its dir"):
            rewrite(path, source, "new")
        assert path.read_text("utf-8") == "old"
    finally:
        target.chmod(0o755)


@posix
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("old\n", "utf-8")
    program = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom listbot import inputs\n"
        "from listbot.rewriting import rewrite\nfrom listbot.errors import OutputError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    rewrite(Path(sys.argv[1]), inputs.read(Path(sys.argv[1]), 'README.md', 99), 'x' * 5000)\n"
        "except OutputError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "README.md: it cannot be written: File too large; nothing was written to it\n"
    assert [(p.name, p.read_text("utf-8")) for p in tmp_path.iterdir()] == [("README.md", "old\n")]


@posix
def test_whoever_is_killed_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """A process that rewrites again and again is killed at random moments."""
    path = tmp_path / "README.md"
    text = "- [a](https://a.example)\n" * 4_000
    program = (
        "import sys\nfrom pathlib import Path\nfrom listbot import inputs\nfrom listbot.rewriting import rewrite\n"
        "path = Path(sys.argv[1])\nprint('ready', flush=True)\n"
        "while True:\n"
        "    source = inputs.read(path, 'README.md', 1_000_000)\n"
        "    rewrite(path, source, source.text.translate({97: 98, 98: 97}))\n"
    )
    moments = random.Random(5)  # noqa: S311 - moments, not secrets
    path.write_text(text, "utf-8")
    expected = {text, text.translate({97: 98, 98: 97})}
    for _ in range(12):
        process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert path.read_text("utf-8") in expected
    left = {p.name for p in tmp_path.iterdir()} - {"README.md"}
    assert all(name.startswith(".README.md.listbot-") and name.endswith(".tmp") for name in left)
    assert list(inputs.find(tmp_path, lambda _: False)) == [path]
