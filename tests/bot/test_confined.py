"""What a stranger chose is read where no token is, and where little can be used up."""

from __future__ import annotations

import itertools
import operator
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from listbot.commands.confined import ExhaustedError, Limits, answer
from listbot.errors import InternalError

LIMITS = Limits(cpu=2, wall=20, memory=500_000_000, file=100_000)
needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space usefully")


def test_the_answer_comes_back_and_no_token_goes_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_TOKEN", "ACTIONS_RUNTIME_TOKEN"):
        monkeypatch.setenv(name, "secret")
        assert answer(os.getenv, name, "not known") == "not known"
    assert answer(str.upper, "ü\udcff") == "Ü\udcff"


@needs_limits
@pytest.mark.parametrize(
    ("work", "arguments"),
    [
        (sum, (itertools.repeat(1),)),  # time
        (operator.mul, ("x", 200_000)),  # its own answer
        (Path.write_text, ("{file}", "x" * 200_000)),
    ],
)
def test_what_takes_too_much_ends(work: Callable[..., str], arguments: tuple[object, ...], tmp_path: Path) -> None:
    given = [tmp_path / "file" if one == "{file}" else one for one in arguments]
    with pytest.raises(ExhaustedError, match="more time or memory than is given to a pull request"):
        answer(work, *given, limits=LIMITS)


@on_linux
def test_memory_ends() -> None:
    with pytest.raises(ExhaustedError):
        answer(operator.mul, "x", 1_000_000_000, limits=LIMITS._replace(file=2_000_000_000))


def test_waiting_ends_too() -> None:
    with pytest.raises(ExhaustedError):
        answer(time.sleep, 60, limits=LIMITS._replace(wall=1))


def test_a_fault_of_ours_is_told_as_one() -> None:
    with pytest.raises(InternalError, match="ValueError: invalid literal for int"):
        answer(int, "x")
