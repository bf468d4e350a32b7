"""What the tests take from npm: installed once, at fixed versions, into a folder that git ignores.

The folder is keyed by `package.json`, so another version is another folder. `LISTBOT_NODE_CACHE` names another place
for it, which several clones can share.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MANIFEST = HERE / "package.json"
_PATIENCE = 240  # seconds for an installation, which takes 15 on an ordinary line


class AbsentError(Exception):
    """npm, or what it should install, is not here; the message says why in one sentence."""


def cache() -> Path:
    """Where everything made from npm's packages is kept, for this very `package.json`."""
    root = os.environ.get("LISTBOT_NODE_CACHE")
    key = hashlib.sha256(MANIFEST.read_bytes()).hexdigest()[:12]
    return (Path(root) if root else HERE.parents[1] / ".cache" / "forge") / key


@functools.cache
def modules() -> Path:
    """The folder `node_modules`, installed at the first call. Raises `AbsentError`."""
    folder = cache() / "node_modules"
    if shutil.which("node") is None:
        raise AbsentError("node is not installed")
    if not folder.is_dir():
        _install(folder)
    return folder


def _install(folder: Path) -> None:
    """Install beside the place and rename, so that an interrupted or a parallel installation leaves no half folder."""
    npm = shutil.which("npm")
    if npm is None:
        raise AbsentError("npm is not installed")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="installing-") as name:
        shutil.copy(MANIFEST, name)
        flags = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        environment = os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}
        try:
            run = subprocess.run(
                [npm, "install", *flags], cwd=name, env=environment, timeout=_PATIENCE, capture_output=True, text=True
            )
        except subprocess.TimeoutExpired as late:
            raise AbsentError(f"npm install took longer than {_PATIENCE} seconds") from late
        if run.returncode:
            raise AbsentError("npm install failed: " + " ".join(run.stderr.split())[-300:])
        _drop_the_unused(Path(name) / "node_modules")
        try:
            (Path(name) / "node_modules").rename(folder)
        except OSError:
            if not folder.is_dir():  # otherwise another run was faster
                raise


def _drop_the_unused(installed: Path) -> None:
    """The descriptions of GitHub Enterprise and the dereferenced copies are 380 MB that nothing here reads."""
    for path in (installed / "@octokit/openapi/generated").glob("*.json"):
        if path.name != "api.github.com.json":
            path.unlink()
