"""Marionette, the remote protocol that is compiled into Thunderbird: length-prefixed JSON over a local socket."""

from __future__ import annotations

import json
import socket
from typing import Any


class MarionetteError(RuntimeError):
    """What the program answered instead of a result."""


class Marionette:
    """One session with privileged script. timeout: seconds for any answer."""

    def __init__(self, port: int, timeout: float = 30) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout)
        self._count = 0
        self._read()
        self.send(
            "WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"timeouts": {"script": int(timeout * 1000)}}}}
        )
        self.send("Marionette:SetContext", {"value": "chrome"})

    def send(self, command: str, parameters: dict[str, Any]) -> Any:
        """The answer to a command. Raises MarionetteError."""
        self._count += 1
        message = json.dumps([0, self._count, command, parameters]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            raise MarionetteError(f"{command}: {error.get('message')}\n{error.get('stacktrace', '')}")
        return result.get("value", result) if isinstance(result, dict) else result

    def run(self, script: str, *arguments: Any) -> Any:
        """The value of an async function body; the arguments are `a`."""
        body = f"const [a, done] = [[...arguments].slice(0, -1), arguments[arguments.length - 1]]; (async () => {{ {script} }})().then(v => done([v ?? null]), e => done(String(e) + e.stack));"
        value = self.send(
            "WebDriver:ExecuteAsyncScript", {"script": body, "args": list(arguments), "sandbox": "system"}
        )
        if isinstance(value, str):
            raise MarionetteError(value)
        return value[0]

    def close(self) -> None:
        self._socket.close()

    def _read(self) -> Any:
        length = b""
        while (byte := self._socket.recv(1)) != b":":
            if not byte:
                raise MarionetteError("the program closed the connection")
            length += byte
        body = b""
        while len(body) < int(length):
            body += self._socket.recv(int(length) - len(body))
        return json.loads(body)
