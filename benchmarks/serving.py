"""``milium serve`` as it is started: how soon it answers, what it keeps in memory, and its pages while photos come in.

Over real HTTP, on SQLite, with the demo. Linux alone says how much of the memory processes share (PSS).
"""

from __future__ import annotations

import io
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx
from PIL import Image

from benchmarks.photos import made
from benchmarks.texts import ROOT


Answer = TypeVar("Answer")
PATIENCE = 180.0
AT_ONCE, READERS = 10, 4
WORDS = (
    "For 2 months I have had an itchy rash on my neck. I tried hydrocortisone and it did not help."
)
OPEN = (
    "/",
    "/about/",
    "/cases/",
    "/search/?q=itchy+rash+on+the+neck",
    "/about/condition/psoriasis/",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A site that was started: its process, its address, the case links and accounts it told of, and and the seconds it took:
    ``took`` on the clock, ``worked`` of the processors."""

    process: int
    address: str
    links: tuple[str, ...]
    accounts: tuple[str, ...]
    took: float
    worked: float


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        with site(home, "--demo"):
            pass
        starts, worked = [], []
        for _ in range(3):
            with site(home) as running:
                starts.append(running.took)
                worked.append(running.worked)
        print(
            f"from the command to the first page, on an instance that is there: median {statistics.median(starts):.2f} s, "
            f"fastest {min(starts):.2f} s of {len(starts)}; "
            f"of the processors, all processes together, {statistics.median(worked):.2f} s (wanted: under 2 s)"
        )
        with site(home, "--demo") as running:
            time.sleep(5)
            remembered(running, "idle")
            used(running)
            time.sleep(2)
            remembered(running, "after use")
            crowded(running)


@contextmanager
def site(home: str, *options: str) -> Iterator[Running]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("MILIUM_", "DATABASE_"))
    }
    environment |= {
        "MILIUM_HOME": home,
        "PYTHONPATH": str(ROOT / "src"),
        "MILIUM_SCREENING": "none",
        "MILIUM_SECOND_FACTOR": "optional",
    }
    address, log = f"http://127.0.0.1:{port}", Path(home, "log")
    start = time.perf_counter()
    with log.open("w", encoding="utf-8") as told:
        server = subprocess.Popen(
            [sys.executable, "-m", "milium", "serve", "--port", str(port), *options],
            env=environment, stdout=told, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        until(address, server)
        took, said = time.perf_counter() - start, log.read_text(encoding="utf-8")
        worked = sum(processor(pid) for pid in family(server.pid))
        yield Running(
            process=server.pid,
            address=address,
            links=tuple(re.findall(r"as asker +\S+?(/c/\S+/)", said)),
            accounts=tuple(re.findall(r"as \w+ +(\S+@\S+)", said)),
            took=took,
            worked=worked,
        )
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(120)


def until(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end and server.poll() is None:
        try:
            if httpx.get(address).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.01)
    raise SystemExit(f"{address} did not answer within {PATIENCE:.0f} s")


def remembered(running: Running, when: str) -> None:
    """What the command and everything it started hold: shared pages counted once (PSS), and by each that sees them (RSS)."""
    pss = rss = 0
    processes = family(running.process)
    for pid in processes:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        pss += int(re.findall(r"^Pss: +(\d+)", text, re.MULTILINE)[0])
        rss += int(re.findall(r"^Rss: +(\d+)", text, re.MULTILINE)[0])
    print(
        f"memory {when}, web and worker, {len(processes)} processes: {pss / 1024:.0f} MB (PSS; the sum of RSS is {rss / 1024:.0f} MB); "
        "wanted: under 250 MB"
    )


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text(encoding="ascii").split()
    ]
    return [pid, *(found for child in children for found in family(child))]


def processor(pid: int) -> float:
    """Seconds of the processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def used(running: Running) -> None:
    """What people do: read, search, ask, sign in, print, send photos; by several at once, so that every process is used."""
    own = [
        f"{link}{page}"
        for link in running.links
        for page in ("", "summary/", "summary.pdf", "photos/", "download/")
    ]
    for _ in range(2):
        together(READERS, lambda: [page(running, address) for address in (*OPEN, *own)])
    together(READERS, lambda: asked(running))
    for account in running.accounts:
        together(2, lambda account=account: signed_in(running, account))
    together(2, lambda: sent(running, running.links[0], made((1600, 1200), "JPEG")))


def page(running: Running, address: str) -> float:
    start = time.perf_counter()
    answer = httpx.get(running.address + address, timeout=PATIENCE)
    if answer.status_code != httpx.codes.OK:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return time.perf_counter() - start


def asked(running: Running) -> None:
    with httpx.Client(base_url=running.address, timeout=PATIENCE, follow_redirects=True) as client:
        token = token_of(client, "/")
        client.post("/understand/", data=token | {"text": WORDS}).raise_for_status()
        client.post("/", data=token | {"text": WORDS}).raise_for_status()


def signed_in(running: Running, account: str) -> None:
    with httpx.Client(base_url=running.address, timeout=PATIENCE, follow_redirects=True) as client:
        data = token_of(client, "/sign-in/") | {"login": account, "password": "milium-demo"}
        answer = client.post("/sign-in/", data=data)
        if "/sign-in/" in str(answer.url):
            raise SystemExit(f"{account} could not sign in")
        for found in set(re.findall(r'href="(/(?:queue|moderate|operator)[^"#?]*)"', answer.text)):
            client.get(found).raise_for_status()


def sent(running: Running, link: str, data: bytes) -> tuple[float, int, bytes]:
    """One photo, sent as the page sends it, until it is taken: seconds, how often, and what the site keeps of it."""
    with httpx.Client(base_url=running.address, timeout=PATIENCE) as client:
        token = token_of(client, f"{link}photos/")
        fields = token | {
            "upload": uuid.uuid4().hex, "view": "close", "site": "", "side": "",
            "knowable": "no", "intimate": "no", "alt": "",
        }  # fmt: skip
        start, tries = time.perf_counter(), 0
        while True:
            tries += 1
            answer = client.post(
                f"{link}photos/",
                data=fields,
                files={"photo": ("a.jpg", data)},
                headers={"X-Photo": "part"},
            )
            if answer.status_code == httpx.codes.CREATED:
                break
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                raise SystemExit(f"a photo was answered {answer.status_code}: {answer.text[:300]}")
            time.sleep(float(answer.headers["Retry-After"]))
        address = re.findall(r'href="(/c/[^"]+/full/)"', answer.text)[0]
        return time.perf_counter() - start, tries, client.get(address).raise_for_status().content


def token_of(client: httpx.Client, address: str) -> dict[str, str]:
    """What a page's first form carries unseen."""
    form = client.get(address).text.partition("<form")[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))


def crowded(running: Running) -> None:
    """Ten send a photo of 12 megapixels at once, while others read pages."""
    photo, targets = made((4000, 3000), "JPEG"), [*running.links, *running.links][:AT_ONCE]
    alone = read_while(running, lambda: time.sleep(10))
    results: list[tuple[float, int, bytes]] = []
    meanwhile = read_while(
        running,
        lambda: results.extend(together(AT_ONCE, lambda: sent(running, targets.pop(), photo))),
    )
    shapes = [Image.open(io.BytesIO(kept)).size for _, _, kept in results]
    right = sum(width * 3 == height * 4 for width, height in shapes)
    print(
        f"\n{AT_ONCE} photos of 12 megapixels sent at once, {READERS} readers meanwhile, over HTTP; "
        f"load of the machine {os.getloadavg()[0]:.1f}:"
    )
    print(
        f"  all kept after {max(took for took, _, _ in results):.1f} s; {right} of {AT_ONCE} come back whole; "
        f"sent {sum(tries for _, tries, _ in results)} times"
    )
    timed("pages without uploads", alone)
    timed("pages meanwhile", meanwhile)
    with slow_senders(running):
        timed(f"while {AT_ONCE} send slowly", read_while(running, lambda: time.sleep(10)))


def timed(title: str, took: list[float]) -> None:
    print(f"  {title:24}{len(took):6}  p50 {at(took, 50):5.0f} ms  p99 {at(took, 99):5.0f} ms")


def read_while(running: Running, act: Callable[[], object]) -> list[float]:
    """How long pages take while something is done."""
    ended, took = threading.Event(), list[float]()

    def read() -> None:
        while not ended.is_set():
            for address in (*OPEN, *running.links):
                took.append(page(running, address))
                time.sleep(0.05)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    act()
    ended.set()
    for reader in readers:
        reader.join()
    return took


@contextmanager
def slow_senders(running: Running) -> Iterator[None]:
    """So many have sent the beginning of a photo, and the rest does not come."""
    host, _, port = running.address.removeprefix("http://").partition(":")
    head = (
        f"POST {running.links[0]}photos/ HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 3000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
        'Content-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    )
    lines = [socket.create_connection((host, int(port))) for _ in range(AT_ONCE)]
    for line in lines:
        line.sendall(head.encode() + b"x" * 10_000)
    try:
        yield
    finally:
        for line in lines:
            line.close()


def at(took: list[float], percent: int) -> float:
    """A percentile, in milliseconds."""
    return sorted(took)[min(len(took) - 1, len(took) * percent // 100)] * 1000


def together(count: int, act: Callable[[], Answer]) -> list[Answer]:
    """The same, by so many at once; what each gave."""
    given: list[Answer] = []
    failed: list[BaseException] = []

    def one() -> None:
        try:
            given.append(act())
        except BaseException as error:
            failed.append(error)

    people = [threading.Thread(target=one) for _ in range(count)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    if failed:
        raise failed[0]
    return given


if __name__ == "__main__":
    main()
