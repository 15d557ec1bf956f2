"""A private PostgreSQL for one test run: own folder, own socket, no port, gone afterwards.

    python -m tests.engines.postgres COMMAND…

runs the command with DATABASE_URL set, and exits with its code.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from . import REQUIRED

# A database that is thrown away need not survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "listen_addresses": "''"}


def find_binaries() -> Path | None:
    """Return the folder with initdb and pg_ctl, the newest when there are several, or None."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    # Debian keeps each version in a folder of its own, off the PATH.
    versions = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(versions, key=lambda folder: float(folder.parent.name), default=None)


def _owner() -> str | None:
    """Return whom the server runs as: PostgreSQL refuses root, so root hands over to another user."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def running(binaries: Path) -> Iterator[str]:
    """Start a server, yield the address of its database, stop it and delete it."""
    owner = _owner()
    # A socket's path has at most 107 bytes: the usual temporary folder may be too deep.
    folder = Path(tempfile.mkdtemp(prefix="openness-pg-", dir="/tmp"))
    data, log = folder / "data", folder / "log"
    if owner:
        shutil.chown(folder, owner)

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [binaries / program, *arguments],
            user=owner,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            server_log = log.read_text() if log.exists() else ""
            raise RuntimeError(f"{program} failed:\n{done.stdout}{server_log}")

    try:
        run(
            "initdb",
            f"--pgdata={data}",
            "--username=openness",
            "--auth=trust",
            "--encoding=UTF8",
            "--lc-collate=C",
            "--lc-ctype=C.UTF-8",
            "--no-sync",
        )
        options = " ".join(f"-c {name}={value}" for name, value in FAST.items())
        run(
            "pg_ctl",
            f"--pgdata={data}",
            f"--log={log}",
            "--wait",
            f"--options={options} -k {folder}",
            "start",
        )
        try:
            yield f"postgres://openness@{quote(str(folder), safe='')}/postgres"
        finally:
            run("pg_ctl", f"--pgdata={data}", "--wait", "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command on a private server; without PostgreSQL say so, and fail where it is required."""
    binaries = find_binaries()
    if binaries is None:
        print("PostgreSQL is not installed here, so its tests do not run. On Debian: apt install postgresql")
        return 1 if REQUIRED else 0
    with running(binaries) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
