"""The lab's daemon: `python -m orchestrator.lab.daemon --directory DIR`. One for each directory; it ends on request, on a signal, or after idling."""

import argparse
import asyncio
import logging
import os
import signal
import socket
import sqlite3
import ssl
import sys
import time
from pathlib import Path

from aiohttp import web

from orchestrator.lab.certificates import ensure_certificates
from orchestrator.lab.control_plane.admin import Admin
from orchestrator.lab.control_plane.deployments import Deployments
from orchestrator.lab.control_plane.login import Login
from orchestrator.lab.control_plane.operations import Operations
from orchestrator.lab.control_plane.resource_groups import ResourceGroups
from orchestrator.lab.control_plane.resources import Resources
from orchestrator.lab.control_plane.routes import Handlers, make_routes
from orchestrator.lab.control_plane.run_command import RunCommand
from orchestrator.lab.control_plane.server import Server
from orchestrator.lab.data_plane_link import DataPlaneLink
from orchestrator.lab.dataplane.client import DataPlane
from orchestrator.lab.deployments.runner import mark_interrupted
from orchestrator.lab.deployments.service import DeploymentService
from orchestrator.lab.deployments.what_if import WhatIfService
from orchestrator.lab.directory import LabDirectory, make_lab_file
from orchestrator.lab.exclusive import hold_exclusively
from orchestrator.lab.kubernetes.api import KubernetesApi
from orchestrator.lab.kubernetes.clusters import Clusters
from orchestrator.lab.request_log import RequestLog
from orchestrator.lab.resource_manager import ResourceManager
from orchestrator.lab.state.store import Store
from orchestrator.lab.state.world import World

_LOG = logging.getLogger("orchestrator.lab.daemon")
_IDLE_SECONDS = 2 * 3600.0
_WATCH_SECONDS = 5.0
_GROUP_COMMIT_SECONDS = 0.05
_LOG_LIMIT_BYTES = 5 * 1024 * 1024


def main() -> int:
    """Run until the end. Exit status 0 also where another daemon already serves this directory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--directory", type=Path, required=True)
    parser.add_argument("--pace", type=float, default=float(os.environ.get("AKS_LAB_PACE") or 0))
    parser.add_argument("--idle-seconds", type=float, default=float(os.environ.get("AKS_LAB_IDLE_SECONDS") or _IDLE_SECONDS))
    options = parser.parse_args()
    directory = LabDirectory(options.directory.resolve())
    directory.make()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
    with hold_exclusively(directory.lock) as held:
        if not held:
            _LOG.info("another daemon serves %s", directory.path)
            return 0
        asyncio.run(_Daemon(directory, options.pace, options.idle_seconds).run())
    return 0


class _Daemon:
    """Puts the parts together and takes them apart in the right order."""

    def __init__(self, directory: LabDirectory, pace: float, idle_seconds: float) -> None:
        self._directory = directory
        self._pace = pace
        self._idle_seconds = idle_seconds
        self._ending = asyncio.Event()
        self._connecting: set[asyncio.Task[object]] = set()

    async def run(self) -> None:
        """Serve until told to end."""
        listener = self._listen()
        certificate, key = ensure_certificates(self._directory.path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        lab_file = make_lab_file(self._directory.read(), port=listener.getsockname()[1], pid=os.getpid())
        self._store = Store(self._directory.database)
        self._world = World(self._store)
        self._link = DataPlaneLink(self._directory.path, lambda directory: DataPlane.start(directory, self._admit))
        self._manager = ResourceManager(self._world, self._link, self._pace)
        self._clusters = Clusters(self._manager, self._link, lab_file.client_secret, self._directory.ca)
        self._link.watch(lambda: (self._world.version, self._manager.all_bodies()))
        mark_interrupted(self._manager)
        server = self._make_server(lab_file.client_secret)
        runner = self._runner = web.AppRunner(server.make_application(), access_log=None)
        await runner.setup()
        await web.SockSite(runner, listener, ssl_context=context).start()
        self._directory.write(lab_file)
        _LOG.info("serving %s, pid %d", lab_file.url, os.getpid())
        background = [asyncio.create_task(work) for work in (self._commit_often(), self._watch_idle(server), self._start_packets(), self._resume_deletions())]
        self._catch_signals()
        await self._ending.wait()
        await asyncio.sleep(0.05)  # the answer to the request that ends us goes out first
        await self._close(runner, background)

    def _make_server(self, secret: str) -> Server:
        manager, operations = self._manager, Operations(self._world)
        self._service = DeploymentService(manager)
        self._run_command = RunCommand(self._link, self._clusters)
        self._groups = ResourceGroups(manager, operations)
        handlers = Handlers(
            login=Login(secret),
            groups=self._groups,
            resources=Resources(manager, operations, self._run_command, self._clusters),
            deployments=Deployments(self._service, WhatIfService(manager)),
            operations=operations,
            admin=Admin(manager, self._run_command, self._ending.set, self._idle_seconds),
        )
        return Server(self._world, secret, make_routes(handlers), KubernetesApi(self._clusters), RequestLog(self._directory.requests))

    def _admit(self, connection: socket.socket) -> None:
        """Serve a connection that a machine of the lab made to an API server."""
        if self._runner.server is None:
            connection.close()
            return
        task = asyncio.get_running_loop().create_task(asyncio.get_running_loop().connect_accepted_socket(self._runner.server, connection))
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)

    def _listen(self) -> socket.socket:
        """The port of the last time where it is free, so that exported variables stay right; else another."""
        previous = self._directory.read()
        for port in (previous.port if previous is not None else 0, 0):
            listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            if os.name == "posix":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                listener.close()
            else:
                return listener
        raise OSError("no free port on 127.0.0.1")

    def _catch_signals(self) -> None:
        if os.name == "posix":
            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, self._ending.set)

    async def _start_packets(self) -> None:
        """The data plane starts beside the first requests, and takes up what a former daemon left."""
        await self._link.applied()

    async def _resume_deletions(self) -> None:
        for group in [g for g in self._world.groups.values() if g["properties"]["provisioningState"] == "Deleting"]:
            await self._groups.finish_delete(group["id"])

    async def _commit_often(self) -> None:
        """Deployments write without being asked: what they wrote becomes durable soon, and at the latest before anybody sees it."""
        while True:
            await asyncio.sleep(_GROUP_COMMIT_SECONDS)
            try:
                self._world.commit()
            except sqlite3.Error:
                _LOG.exception("not stored; it is tried again")
                await asyncio.sleep(1)

    async def _watch_idle(self, server: Server) -> None:
        while True:
            await asyncio.sleep(min(self._idle_seconds / 4, _WATCH_SECONDS))
            if not self._directory.lab_file.exists():
                _LOG.info("the directory is gone: ending")
                self._ending.set()
            if self._directory.log.exists() and self._directory.log.stat().st_size > _LOG_LIMIT_BYTES:
                os.truncate(self._directory.log, 0)
            busy = self._service.busy or self._manager.busy or self._run_command.busy
            if not busy and time.monotonic() - server.last_request > self._idle_seconds:
                _LOG.info("idle for %.0f s: ending", self._idle_seconds)
                self._ending.set()

    async def _close(self, runner: web.AppRunner, background: list["asyncio.Task[None]"]) -> None:
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        await self._service.close()
        await self._clusters.close()
        await runner.cleanup()
        await self._link.close()
        self._store.close()
        _LOG.info("ended")


if __name__ == "__main__":
    sys.exit(main())
