"""A page in a real browser: what it prints, what it asks for, what it looks like."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


class Page:
    """One open page of a headless Chromium, driven over its DevTools socket."""

    def __init__(self, address: str) -> None:
        websocket = pytest.importorskip("websocket")
        self._socket = websocket.create_connection(address, timeout=240, suppress_origin=True)
        self._sent = 0
        self.console: list[str] = []
        self.requests: list[str] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def __enter__(self) -> Page:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and give its answer; events that come first are kept."""
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": parameters}
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._sent:
                assert "error" not in answer, answer
                return dict(answer["result"])
            self._note(answer)

    def open(self, path: Path, *, width: int = 1280, height: int = 900) -> None:
        """Open a file and wait until it is loaded."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.send("Emulation.setDeviceMetricsOverride", **size)
        self.send("Page.navigate", url=path.resolve().as_uri())
        while not self._note(json.loads(self._socket.recv())):
            pass

    def evaluate(self, script: str) -> Any:
        """Give the value of a script that the page runs."""
        found = self.send("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def photograph(self, path: Path) -> None:
        """Keep the page as a picture, from top to bottom."""
        found = self.send("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(found["data"]))

    def _note(self, event: dict[str, Any]) -> bool:
        """Keep what an event tells; say whether the page is loaded."""
        parameters = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                address = parameters["request"]["url"]
                if not address.startswith("data:"):  # a picture within the page
                    self.requests.append(address)
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded":
                self.console.append(json.dumps(parameters))
            case "Page.loadEventFired":
                return True
        return False


@contextmanager
def open_browser() -> Iterator[Page]:
    """Start a browser with one empty page and a profile of its own."""
    assert CHROMIUM is not None
    # What the browser started may still write into its profile for a moment after it has ended.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"]
        command = [CHROMIUM, *options, f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            with Page(_find_page(process)) as page:
                yield page
        finally:
            process.terminate()
            process.wait(timeout=30)


def _find_page(process: subprocess.Popen[str]) -> str:
    """Read the port that the browser prints, and ask it for the address of its page."""
    import urllib.request

    assert process.stderr is not None
    line = next(line for line in process.stderr if "DevTools listening on" in line)
    port = line.split("://")[1].split("/")[0]
    with urllib.request.urlopen(f"http://{port}/json/list", timeout=30) as answer:
        pages = [p for p in json.load(answer) if p["type"] == "page"]
    return str(pages[0]["webSocketDebuggerUrl"])
