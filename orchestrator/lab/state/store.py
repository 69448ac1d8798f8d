"""Documents in SQLite, by kind and key. Writes gather until `commit`, which is durable when it returns; nothing is acknowledged before it."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from orchestrator.model.errors import OperationFailed
from orchestrator.model.json_value import Json

_SCHEMA_VERSION = 1


class Store:
    """One database file. Used by one thread."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        path.chmod(0o600)
        self._pending: dict[tuple[str, str], Json] = {}
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, _SCHEMA_VERSION):
            raise OperationFailed(f"{path} was written by another version of the lab.", "Stop the lab and delete its directory.")
        self._connection.execute("CREATE TABLE IF NOT EXISTS document (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID")
        self._connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")

    def read(self, kind: str) -> Iterator[tuple[str, Json]]:
        """All documents of a kind, as they were committed."""
        for key, value in self._connection.execute("SELECT key, value FROM document WHERE kind = ?", (kind,)):
            yield key, json.loads(value)

    def put(self, kind: str, key: str, value: Json) -> None:
        """Write a document at the next commit; it is read then, so a later change of `value` is written too."""
        self._pending[kind, key] = value

    def delete(self, kind: str, key: str) -> None:
        """Drop a document at the next commit."""
        self._pending[kind, key] = None

    def commit(self) -> None:
        """Make everything so far durable, all or nothing."""
        if not self._pending:
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for (kind, key), value in self._pending.items():
                if value is None:
                    self._connection.execute("DELETE FROM document WHERE kind = ? AND key = ?", (kind, key))
                else:
                    self._connection.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?)", (kind, key, json.dumps(value, separators=(",", ":"))))
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._pending.clear()

    def close(self) -> None:
        """Commit and close."""
        self.commit()
        self._connection.close()
