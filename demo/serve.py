"""Bring up the demo city: database, city, then the web server and the worker until Ctrl-C.

    python demo/serve.py [--port 8000] [--prepared]

Every step may be run again: the second start only looks whether there is anything to do.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
HOST = "127.0.0.1"  # the demo's secret key is public: it is for this machine only
START_SECONDS = 60
STOP_SECONDS = 10


def prepare() -> None:
    """Make or upgrade the database and load the demo city, saying what happens."""
    for title, command in {
        "Database (a minute the first time)": ["migrate"],
        "Demo city": ["city", "demo"],
        "Hours of the day": ["start_daily"],
    }.items():
        print(f"\n{title}", flush=True)
        subprocess.run([*MANAGE, *command], cwd=ROOT, check=True)


def is_free(port: int) -> bool:
    """Tell whether a server can listen on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def start(port: int) -> list[subprocess.Popen[bytes]]:
    """Start the web server and the worker, in groups of their own so that Ctrl-C reaches only us."""
    web = [sys.executable, "-m", "gunicorn", f"--bind={HOST}:{port}", "--workers=2", "--threads=4"]
    web += ["--worker-class=gthread", "--graceful-timeout=1", "--log-level=warning"]
    worker = [*MANAGE, "db_worker", "--no-reload", "--verbosity=0"]
    return [subprocess.Popen(command, cwd=ROOT, start_new_session=True) for command in (web, worker)]


def wait_until_it_answers(url: str, processes: list[subprocess.Popen[bytes]]) -> bool:
    """Wait for any answer from the address; give up when a process ends or time is over."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(url, timeout=START_SECONDS):  # noqa: S310 our own http address
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
    return False


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """End the processes, kindly first."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def serve(port: int) -> int:
    """Run web server and worker until one of them ends or we are told to stop; return the exit code."""
    url = f"http://localhost:{port}/"
    processes = start(port)
    try:
        if not wait_until_it_answers(url, processes):
            print("\nThe site did not start; the reason stands above.", file=sys.stderr)
            return 1
        print(f"\nOpenness is at {url}, its editor at {url}admin/. Ctrl-C stops it.", flush=True)
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        print("\nThe web server or the worker ended by itself.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)
        return 0
    finally:
        stop(processes)


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description="Serve the demo city.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--prepared", action="store_true", help="the database and the city are ready")
    options = parser.parse_args()
    # A stop from outside ends as tidily as Ctrl-C, which a shell's background job otherwise ignores.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openness.settings.dev")
    if not is_free(options.port):
        print(
            f"Port {options.port} is taken. Another one: make demo PORT={options.port + 1}", file=sys.stderr
        )
        return 1
    try:
        if not options.prepared:
            prepare()
    except KeyboardInterrupt:
        return 1
    except subprocess.CalledProcessError as error:
        return error.returncode
    return serve(options.port)


if __name__ == "__main__":
    sys.exit(main())
