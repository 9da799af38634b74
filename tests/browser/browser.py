"""A small client of Chromium's DevTools protocol over a pipe, and a page in it.

The browser reads commands from its descriptor 3 and writes answers and events to 4, each a JSON text that ends with a NUL. No host resolves,
so a page that needs the network fails; a page here also fails when it asks for anything but itself, says something to the console, or throws.
"""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import time
from pathlib import Path

DEADLINE = 600  # seconds; only a broken browser or page ever waits that long

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-breakpad", "--disable-crash-reporter", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    "--disable-renderer-backgrounding", "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-pipe"]

KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "End": 35, "Home": 36, "ArrowUp": 38, "ArrowDown": 40}


def check(holds, *said):
    if not holds:
        raise AssertionError(" ".join(str(part) for part in said))


def same(name, found, wanted):
    check(found == wanted, f"{name}: found {found!r}, wanted {wanted!r}")


class Browser:
    def __init__(self, work):
        self.work = Path(work)
        self.profile = self.work / "profile"
        shutil.rmtree(self.profile, ignore_errors=True)
        self.profile.mkdir(parents=True)
        self.answers, self.events, self.rest, self.last = {}, [], b"", 0
        program = shutil.which("chromium")
        check(program, "chromium is missing; scripts/packages.txt names what tests need")
        commands_read, self.commands = self._pipe()
        self.said, said_write = self._pipe()
        log = str(self.work / "browser.log")
        self.process = os.posix_spawn(
            program, [program, *FLAGS, f"--user-data-dir={self.profile}", "about:blank"], os.environ, setpgroup=0,
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o644), (os.POSIX_SPAWN_DUP2, 1, 2),
                          (os.POSIX_SPAWN_DUP2, commands_read, 3), (os.POSIX_SPAWN_DUP2, said_write, 4)])
        os.close(commands_read)
        os.close(said_write)

    @staticmethod
    def _pipe():
        """Both ends above the descriptors that the browser expects."""
        ends = os.pipe()
        high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
        for end in ends:
            os.close(end)
        return high

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.call("Browser.close")
            self._await(lambda: os.waitpid(self.process, os.WNOHANG)[0] != 0)
        except (AssertionError, OSError):
            os.killpg(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        shutil.rmtree(self.profile, ignore_errors=True)

    def call(self, method, session=None, **parameters):
        self.last += 1
        number, command = self.last, {"id": self.last, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        text = json.dumps(command).encode() + b"\0"
        while text:
            text = text[os.write(self.commands, text):]
        self._await(lambda: number in self.answers, method)
        answer = self.answers.pop(number)
        check("error" not in answer, method, answer.get("error"))
        return answer["result"]

    def wait_event(self, method, session, since=0, **wanted):
        """For an event of the name with these parameters, at or after place `since` of the events."""
        self._await(lambda: any(event["method"] == method and event.get("sessionId") == session and wanted.items() <= event["params"].items()
                                for event in self.events[since:]), method)

    def _await(self, condition, what="the browser's end"):
        end = time.monotonic() + DEADLINE
        while not condition():
            check(time.monotonic() < end, "no answer within", DEADLINE, "seconds:", what)
            self._read(1)

    def _read(self, seconds):
        ready, _, _ = select.select([self.said], [], [], seconds)
        if not ready:
            return
        self.rest += os.read(self.said, 1 << 20)
        *whole, self.rest = self.rest.split(b"\0")
        for message in map(json.loads, whole):
            if "id" in message:
                self.answers[message["id"]] = message
            else:
                self.events.append(message)

    def page(self, width=1280, height=900):
        return Page(self, width, height)


class Page:
    def __init__(self, browser, width, height):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.call("Page.setLifecycleEventsEnabled", enabled=True)
        self.resize(width, height)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def resize(self, width, height=900):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def open(self, file, fragment=""):
        self.address = Path(file).resolve().as_uri()
        self.start = len(self.browser.events)
        for address in ("about:blank", self.address + fragment):  # from the same file with another fragment nothing would be loaded
            loader = self.call("Page.navigate", url=address)["loaderId"]
            self.browser.wait_event("Page.lifecycleEvent", self.session, self.start, name="load", loaderId=loader)
        return self

    def run(self, script):
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        check("exceptionDetails" not in answer, script, answer.get("exceptionDetails"))
        return answer["result"].get("value")

    def wait(self, condition):
        self.run("new Promise(done => { const look = () => { if (%s) done(); else setTimeout(look, 10); }; look(); })" % condition)

    def texts(self, selector):
        """Of the visible elements, as they are shown."""
        return self.run(f"[...document.querySelectorAll({json.dumps(selector)})].filter(e => e.getClientRects().length).map(e => e.innerText.trim())")

    def text(self, selector="body"):
        return "\n".join(self.texts(selector))

    def click(self, selector):
        self.run(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center'}})")
        x, y = self.run(f"(r => [r.x + r.width / 2, r.y + r.height / 2])(document.querySelector({json.dumps(selector)}).getClientRects()[0])")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def key(self, name, shift=False):
        code = KEYS[name]
        more = {"text": "\r"} if name == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code, modifiers=8 if shift else 0,
                      **(more if kind == "keyDown" else {}))

    def write(self, selector, text):
        """Instead of what the field holds."""
        self.run(f"(e => {{ e.focus(); e.select(); }})(document.querySelector({json.dumps(selector)}))")
        if text:
            self.call("Input.insertText", text=text)
        else:
            self.call("Input.dispatchKeyEvent", type="keyDown", key="Delete", code="Delete", windowsVirtualKeyCode=46, commands=["Delete"])

    def back(self):
        history = self.call("Page.getNavigationHistory")
        since = len(self.browser.events)
        self.call("Page.navigateToHistoryEntry", entryId=history["entries"][history["currentIndex"] - 1]["id"])
        self.browser.wait_event("Page.navigatedWithinDocument", self.session, since)

    def alone(self):
        """The page asked for nothing but itself, wrote nothing to the console and threw nothing."""
        events = [event for event in self.browser.events[self.start:] if event.get("sessionId") == self.session]
        asked = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
        same("requests", asked - {"about:blank"}, {self.address})
        for method in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"):
            same(method, [event["params"] for event in events if event["method"] == method], [])

    def fits(self, *widths):
        """At each width nothing sticks out to the right."""
        for width in widths:
            self.resize(width)
            same(f"what is wider than {width} pixels", self.run(
                "[...document.querySelectorAll('body *')].filter(e => e.getClientRects().length && (e.getBoundingClientRect().right > innerWidth + 1"
                " || (e.scrollWidth > e.clientWidth + 1 && e.clientWidth && getComputedStyle(e).display !== 'inline')))"
                ".map(e => e.outerHTML.slice(0, 120))"), [])
            check(self.run("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways at", width)
        self.resize(1280)

    def save_screenshot(self, file, top=0, height=None):
        """All of the page, or a part of it."""
        wide, high = self.run("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": top, "width": wide, "height": min(height or high, high - top), "scale": 1}
        picture = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"]
        Path(file).write_bytes(base64.b64decode(picture))

    def print(self, file):
        picture = self.call("Page.printToPDF", preferCSSPageSize=True)["data"]
        Path(file).write_bytes(base64.b64decode(picture))
        return Paper(file)


class Paper:
    """A printed page's file."""

    def __init__(self, file):
        self.file = str(file)
        self.text = self._say("pdftotext", "-layout", self.file, "-")
        #: Without spaces and breaks, for lines may break anywhere.
        self.letters = "".join(self.text.split())

    @staticmethod
    def _say(*command):
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def says(self, text):
        return "".join(text.split()) in self.letters

    def check_a4(self, margin=30):
        """Every page is A4 and every word stands inside the margins, which are given in points."""
        import xml.etree.ElementTree as tree
        sizes = [line for line in self._say("pdfinfo", "-f", "1", "-l", "-1", self.file).splitlines() if line.startswith("Page ") and " size:" in line]
        check(sizes and all("(A4)" in line for line in sizes), "not A4:", sizes)
        space = "{http://www.w3.org/1999/xhtml}"
        for page in tree.fromstring(self._say("pdftotext", "-bbox", self.file, "-")).iter(space + "page"):
            width, height = float(page.get("width")), float(page.get("height"))
            for word in page.iter(space + "word"):
                left, right, top, bottom = (float(word.get(side)) for side in ("xMin", "xMax", "yMin", "yMax"))
                check(margin <= left and right <= width - margin and 0 <= top and bottom <= height, "cut off:", word.text, left, right, top, bottom)
