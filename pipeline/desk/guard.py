"""Who may ask the desk for what: this machine's browser alone, from the desk's own pages, in requests that are what they say.

A page of another site must neither read nor write here, whatever name it gives this address (DNS rebinding) and whatever a
browser sends along with its requests (CSRF); nor may another person of this machine, who does not know the key.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

LARGEST = 256_000
"""The most bytes of a request's body: a text and what belongs to it."""
OPEN = "/-desk/open"
SHELL = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; media-src 'self' https:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""What a page of the site may do inside the desk: it runs no script, whoever wrote it."""
ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Refused(Exception):
    """A request that is not answered: the status, and what is told."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(frozen=True)
class Guard:
    """An application behind its checks. `key` opens the desk in a browser, `token` lets it write; both are new at each start."""

    app: App
    port: int
    key: str
    token: str

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    @property
    def cookie(self) -> str:
        """The name of the cookie: browsers keep one jar for all ports of a machine."""
        return f"lockstep-desk-{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        policy = SHELL if str(scope["path"]).startswith("/-desk/") else PAGE

        async def sealed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", ()),
                    *ALWAYS,
                    (b"content-security-policy", policy.encode()),
                ]
            await send(message)

        try:
            body = await self.admitted(scope, receive)
        except Refused as problem:
            await refuse(sealed, problem)
            return
        given = False

        async def again() -> MutableMapping[str, Any]:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, again, sealed)

    async def admitted(self, scope: Scope, receive: Receive) -> bytes:
        """The body of a request that may pass. Raises Refused for any other."""
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            headers[name.decode("latin-1").lower()] = value.decode("latin-1")
        if headers.get("host", "") not in self.hosts:
            raise Refused(421, "This desk answers at 127.0.0.1 only.")
        origin = headers.get("origin")
        if origin is not None and origin.removeprefix("http://") not in self.hosts:
            raise Refused(403, "Another site asked for this. Nothing was done.")
        if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
            raise Refused(403, "Another site asked for this. Nothing was done.")
        if scope["method"] not in {"GET", "HEAD", "POST"}:
            raise Refused(405, "The desk knows GET and POST.")
        if scope["path"] != OPEN and not self.knows(headers.get("cookie", "")):
            raise Refused(403, "Open the desk by the address that it printed when it started: it has a key in it.")
        if scope["method"] != "POST":
            return b""
        if not hmac.compare_digest(headers.get("x-desk-token", "").encode(), self.token.encode()):
            raise Refused(403, "The desk was started anew since. Reload this page; what you typed is kept.")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise Refused(415, "The desk takes JSON.")
        return await whole(headers, receive)

    def knows(self, cookies: str) -> bool:
        try:
            found = SimpleCookie(cookies).get(self.cookie)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self.key.encode())


async def whole(headers: dict[str, str], receive: Receive) -> bytes:
    """A request's body, up to the most that is taken."""
    stated = headers.get("content-length", "0")
    if not stated.isdigit() or int(stated[:12]) > LARGEST:
        raise Refused(413, f"Too large: {LARGEST // 1000} kB at most.")
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "The request ended early.")
        body += bytes(message.get("body", b""))
        if len(body) > LARGEST:
            raise Refused(413, f"Too large: {LARGEST // 1000} kB at most.")
        if not message.get("more_body"):
            return body


async def refuse(send: Send, problem: Refused) -> None:
    body = json.dumps({"error": problem.why}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@dataclass(frozen=True, slots=True)
class Asked:
    """The JSON of a request, asked key by key. Every answer is what it was asked for, or Refused with the key."""

    found: dict[str, Any]

    @staticmethod
    def of(body: bytes) -> Asked:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError) as problem:
            raise Refused(400, "This is not JSON.") from problem
        if not isinstance(found, dict):
            raise Refused(400, "This is not a JSON object.")
        return Asked(found)

    def text(self, name: str, default: str | None = None, most: int = 100_000) -> str:
        value = self.found.get(name, default)
        if not isinstance(value, str) or len(value) > most:
            raise Refused(400, f"`{name}` is a text.")
        try:
            value.encode()
        except UnicodeEncodeError as problem:
            raise Refused(400, f"`{name}` has half a character.") from problem
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.found.get(name)
        if not isinstance(value, list) or not 1 <= len(value) <= 12:
            raise Refused(400, f"`{name}` is a list of texts.")
        return tuple(Asked({name: one}).text(name) for one in value)
