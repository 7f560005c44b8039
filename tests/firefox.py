"""Debian's Firefox for the tests, through its own protocol, Marionette: Playwright drives only a build of its own.

Source: https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEYS: Final = {"Enter": "\ue007", "Escape": "\ue00c", "ArrowDown": "\ue015", "Control": "\ue009"}
"""Source: https://www.w3.org/TR/webdriver2/#keyboard-actions."""
_PREFERENCES: Final = {
    "marionette.port": 0,  # any that is free
    "network.proxy.type": 1,  # a proxy that is not there, so that nothing leaves this machine
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "services.settings.server": "data:,",
    "datareporting.policy.dataSubmissionEnabled": False,
}
_FAULTS: Final = """
    const found = Services.console.getMessageArray().filter((m) => m instanceof Ci.nsIScriptError)
      .filter((m) => m.sourceName.startsWith(arguments[0])).map((m) => `${m.category}: ${m.errorMessage}`);
    Services.console.reset();
    return found;
"""
"""Takes the errors and warnings of the pages below an address; refusals of the policy are such."""


class Firefox:
    """A Firefox without a window, with a profile of its own."""

    def __init__(self, program: str, profile: Path) -> None:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        options = ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
        self._process = subprocess.Popen(
            [program, *options, "--profile", str(profile)],
            env={**os.environ, "HOME": str(profile)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port = self._wait(lambda: int((profile / "MarionetteActivePort").read_text(encoding="utf-8")))
        self._socket = self._wait(lambda: socket.create_connection(("127.0.0.1", port), timeout=60))
        self._stream = self._socket.makefile("rb")
        self._read()  # who it is
        self._number = 0
        self.send("WebDriver:NewSession")

    def _wait(self, attempt: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the attempt returns
        deadline = time.monotonic() + 60
        while True:
            try:
                return attempt()
            except (OSError, ValueError):  # noqa: PERF203 - it waits
                assert self._process.poll() is None, "Firefox has ended"
                assert time.monotonic() < deadline, "Firefox does not answer"
                time.sleep(0.1)

    def _read(self) -> Any:  # noqa: ANN401 - any JSON
        size = b""
        while not size.endswith(b":"):
            byte = self._stream.read(1)
            assert byte, "Firefox has closed the connection"
            size += byte
        return json.loads(self._stream.read(int(size[:-1])))

    def send(self, name: str, **parameters: object) -> Any:  # noqa: ANN401 - any JSON
        """Return the answer to a command; an error is an AssertionError."""
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, number, error, answer = self._read()
        assert number == self._number
        assert error is None, error
        return answer.get("value") if isinstance(answer, dict) else answer

    def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 - any JSON
        """Return what a function's body returns in the page."""
        return self.send("WebDriver:ExecuteScript", script=script, args=arguments)

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true in the page."""
        deadline = time.monotonic() + 8
        while not self.run(f"return Boolean({expression})"):
            assert time.monotonic() < deadline, expression
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Press keys together: a letter, or one of `KEYS`."""
        values = [KEYS.get(key, key) for key in keys]
        actions = [{"type": "keyDown", "value": value} for value in values]
        actions += [{"type": "keyUp", "value": value} for value in reversed(values)]
        self.send("WebDriver:PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def write(self, text: str) -> None:
        """Press one key after the other."""
        for letter in text:
            self.press(letter)

    def set_width(self, width: int) -> None:
        """Give pages so many pixels; a window cannot be as narrow as a phone."""
        self._in_browser("gBrowser.selectedBrowser.style.maxWidth = `${arguments[0]}px`", width)
        self.wait_for(f"innerWidth === {width}")

    def take_faults(self, address: str) -> list[str]:
        """Return the errors and warnings of the pages below an address since the last time."""
        found: list[str] = self._in_browser(_FAULTS, address)
        return found

    def _in_browser(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 - any JSON
        self.send("Marionette:SetContext", value="chrome")
        try:
            return self.run(script, *arguments)
        finally:
            self.send("Marionette:SetContext", value="content")

    def close(self) -> None:
        """End the browser."""
        self._stream.close()
        self._socket.close()
        self._process.terminate()
        self._process.wait(30)
