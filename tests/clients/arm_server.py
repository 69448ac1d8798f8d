"""An HTTPS server on loopback that answers as it is told: for what no well-behaved ARM does. The lab is the other real end, in the other tests."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from orchestrator.lab.certificates import ensure_certificates
from orchestrator.model.targets import Target, TargetKind


@dataclass
class Answer:
    """One answer; a text body is sent as it is. `hang_up`: the connection is closed without one."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hang_up: bool = False


@dataclass
class Script:
    """Answers by `METHOD path` (without the query); a list is used up from the front, its last answer stays."""

    answers: dict[str, list[Answer]]
    seen: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str) -> Answer:
        """The next answer to a request."""
        key = f"{method} {path.partition('?')[0]}"
        self.seen.append(f"{method} {path}")
        if key not in self.answers and (login := _login(path)) is not None:
            return login
        answers = self.answers.get(key, [Answer({"error": {"code": "NotScripted", "message": key}}, 404)])
        return answers.pop(0) if len(answers) > 1 else answers[0]


def _login(path: str) -> Answer | None:
    """Who asks for a token gets one."""
    if path.endswith("/oauth2/v2.0/token"):
        return Answer({"access_token": "t", "expires_in": 3600, "token_type": "Bearer"})
    if path.endswith("/.well-known/openid-configuration"):
        tenant = path.split("/")[1]
        names = {"issuer": "v2.0", "authorization_endpoint": "oauth2/v2.0/authorize", "token_endpoint": "oauth2/v2.0/token"}
        return Answer({name: f"{{base}}/{tenant}/{end}" for name, end in names.items()})
    return None


@contextmanager
def serve(folder: Path, answers: dict[str, list[Answer]]) -> Iterator[tuple[Target, Script]]:
    """Serve until the end of the block."""
    certificate, key = ensure_certificates(folder)
    script = Script(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = script.answer(self.command, self.path)
            if answer.hang_up:
                self.close_connection = True
                return
            base = f"https://localhost:{self.server.server_address[1]}"
            text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
            content = text.replace("{base}", base).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value.replace("{base}", base))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_any

        def log_message(self, *arguments: object) -> None:
            del arguments

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    url = f"https://localhost:{server.server_address[1]}"
    try:
        yield Target(TargetKind.LOCAL, "sub", url, url, "11111111-1111-1111-1111-111111111111", "client", "secret", folder / "ca.pem"), script
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
