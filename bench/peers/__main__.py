"""`python -m bench.peers`: installs the tools that listbot is measured beside, through npm and pip."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv

from bench.peers import FOLDER


def main() -> int:
    npm = shutil.which("npm")
    if npm is None:
        print("SKIPPED awesome-lint and markdownlint-cli2: npm is not installed", file=sys.stderr)
    else:
        subprocess.run([npm, "install", "--no-audit", "--no-fund"], cwd=FOLDER, check=True)
    home = FOLDER / "venv"
    venv.create(home, with_pip=True, clear=True)
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(FOLDER / "requirements.txt")], check=True)
    return 0 if npm else 1


if __name__ == "__main__":
    sys.exit(main())
