"""The desk as an application of the web: addresses → what `Work` does. The one module that knows Starlette.

All work is done in one thread, in turn; between requests it decides what nobody asked for yet, a document at a time.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from pipeline.commands.entries import Changed
from pipeline.core.errors import LockstepError
from pipeline.core.model import HTML_FILES
from pipeline.desk.aside import Aside
from pipeline.desk.guard import Asked, Refused
from pipeline.desk.work import Work

STATIC = {"css": "text/css", "js": "text/javascript"}
SUFFIXES = {
    "html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript", "json": "application/json", "svg": "image/svg+xml",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif",
    "woff2": "font/woff2", "pdf": "application/pdf", "mp3": "audio/mpeg", "mp4": "video/mp4", "vtt": "text/vtt", "txt": "text/plain",
}  # fmt: skip
REST = 0.25
"""Seconds without a request after which what nobody asked for is decided."""


@dataclass
class Hub:
    """Who listens for changes, and the one thread in which everything is done."""

    work: Work
    key: str
    token: str
    cookie: str
    impacts: Aside
    standing: Aside
    crew: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "desk"))
    listeners: set[asyncio.Queue[dict[str, Any]]] = field(default_factory=set)
    asked: float = 0.0
    wanted: str = ""
    """The language that was asked for last."""

    async def run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        loop = asyncio.get_running_loop()
        self.asked = loop.time()
        return await loop.run_in_executor(self.crew, function, *arguments)

    def tell(self, **event: Any) -> None:
        """Tell every open page."""
        for listener in self.listeners:
            listener.put_nowait(event)

    async def changed(self, paths: set[str]) -> None:
        """Read what changed on disk again, and tell."""
        await self.run(self.work.live.take, paths)
        style = all(
            path.startswith(("templates/static/", "source/")) and not path.endswith((".md", *HTML_FILES))
            for path in paths
        )
        self.tell(kind="style" if style else "page", paths=sorted(paths)[:20], trouble=self.work.live.trouble)
        if any(path.startswith("source/") or path == "locale/edits.jsonl" for path in paths):
            self.impacts.ask()

    async def rest(self) -> None:
        """While nobody asks for anything: settle what an edit left for later, then decide what waits to be."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self.crew, self.work.live.warmed)
        while True:
            await asyncio.sleep(REST / 5)
            if loop.time() - self.asked < REST:
                continue
            if self.work.live.now().day != self.work.live.project.clock.day:
                await self.changed({"pyproject.toml"})  # what is too old by the policy is so from midnight on
            elif found := self.work.live.unsettled():
                await asyncio.to_thread(getattr, found, "turned")
                if await self.run(self.work.live.settle, found):
                    self.tell(kind="page", paths=[], trouble=self.work.live.trouble)
            elif self.wanted:
                with contextlib.suppress(LockstepError, KeyError):
                    await self.decide(self.wanted)

    async def decide(self, locale: str) -> None:
        """Decide what waits in a language until somebody asks for something; tell how far it is."""
        loop = asyncio.get_running_loop()
        told = loop.time()
        while await loop.run_in_executor(self.crew, self.work.decide_some, locale):
            if loop.time() - told > 1:
                told = loop.time()
                self.tell(kind="known", paths=[], trouble=self.work.live.trouble)
            if loop.time() - self.asked < REST:
                return
        self.wanted = ""
        self.tell(kind="known", paths=[], trouble=self.work.live.trouble)


def answer(hub: Hub, function: Callable[[Asked], Any]) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """An address that takes JSON, or a query, and answers JSON."""

    async def endpoint(request: Request) -> Response:
        try:
            asked = Asked.of(await request.body()) if request.method == "POST" else Asked(dict(request.query_params))
            made = await hub.run(function, asked)
        except Refused as problem:
            return JSONResponse({"error": problem.why}, problem.status)
        except Changed as problem:
            theirs = await hub.run(hub.work.theirs, asked) if problem.now else None
            return JSONResponse({"error": said(problem), "theirs": theirs}, 409)
        except LockstepError as problem:
            return JSONResponse({"error": said(problem)}, 409)
        return Response(json.dumps(made, ensure_ascii=False), media_type="application/json")

    return endpoint


def is_file(path: str) -> bool:
    """Whether an address is that of a file which a page shows, and no page's."""
    name = path.rpartition("/")[2]
    return "." in name and not name.endswith(".html")


def said(problem: LockstepError) -> str:
    """What went wrong, where that is known, and what to do about it."""
    text = f"{problem.what[:1].upper()}{problem.what[1:]}. {problem.todo}".strip()
    return f"{problem.path}{f':{problem.line}' if problem.line else ''}: {text}" if problem.path else text


def application(hub: Hub) -> Starlette:
    """All addresses of the desk."""
    work = hub.work

    def writing(function: Callable[[Asked], Any]) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        inner = answer(hub, function)

        async def endpoint(request: Request) -> Response:
            made = await inner(request)
            if made.status_code == 200:
                hub.tell(kind="page", paths=[], trouble=work.live.trouble)
            return made

        return endpoint

    async def opened(request: Request) -> Response:
        if request.query_params.get("key") != hub.key:
            return JSONResponse({"error": "This is not the key of this start of the desk."}, 403)
        made = RedirectResponse("/-desk/", 303)
        made.set_cookie(hub.cookie, hub.key, httponly=True, samesite="strict")
        return made

    async def shell(request: Request) -> Response:
        html = (files(__package__) / "static/desk.html").read_text("utf-8")
        return Response(html, media_type="text/html")

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        known = {one.name: one for one in (files(__package__) / "static").iterdir()}
        kind = STATIC.get(name.rpartition(".")[2])
        if name not in known or kind is None:
            return JSONResponse({"error": "There is no such file."}, 404)
        return Response(known[name].read_bytes(), media_type=kind)

    async def events(request: Request) -> Response:
        mine: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        hub.listeners.add(mine)

        async def stream() -> AsyncIterator[str]:
            try:
                yield f"retry: 500\ndata: {json.dumps({'kind': 'hello', 'trouble': work.live.trouble})}\n\n"
                while True:
                    try:
                        yield f"data: {json.dumps(await asyncio.wait_for(mine.get(), 15))}\n\n"
                    except TimeoutError:
                        yield ": here\n\n"
            finally:
                hub.listeners.discard(mine)

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def page(request: Request) -> Response:
        path = request.path_params["path"]
        if not path:
            return RedirectResponse("/-desk/")
        try:
            found = await hub.run(work.address, path)
            if found and not path.endswith(("/", ".html")):
                return RedirectResponse(f"/{path}/")
            body = await hub.run(work.page, path) if found else await hub.run(work.file, path)
            if body is None and is_file(path):
                return JSONResponse({"error": "The site has no such file."}, 404)
            lost = await hub.run(work.missing, path) if body is None else b""
        except LockstepError as problem:
            return Response(said(problem), 500, media_type="text/plain")
        if body is None:
            return Response(lost, 404, headers={"content-type": SUFFIXES["html"]})
        kind = (
            "text/html; charset=utf-8"
            if found
            else SUFFIXES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
        )
        return Response(body, headers={"content-type": kind})

    def site(asked: Asked) -> dict[str, Any]:
        return {**work.site(), "token": hub.token}

    def blocks(asked: Asked) -> dict[str, Any]:
        made = work.blocks(asked.text("locale"), asked.text("path"))
        hub.wanted = asked.text("locale")
        if hub.wanted == work.live.settings.english.name and hub.impacts.made is None:
            hub.impacts.ask()
        return made

    def worklist(asked: Asked) -> dict[str, Any]:
        made = work.worklist(asked.text("locale"))
        if made["known"] < made["of"]:
            hub.wanted = asked.text("locale")
        return made

    reads = {
        "site": site,
        "blocks": blocks,
        "card": work.card,
        "worklist": worklist,
    }
    writes = {
        "save": work.save, "undo": work.undo, "sign": work.sign, "send-back": work.send_back, "comment": work.comment, "decide": work.decide,
    }  # fmt: skip
    return Starlette(
        routes=[
            Route("/-desk/open", opened),
            Route("/-desk/", shell),
            Route("/-desk/events", events),
            Route("/-desk/static/{name}", static),
            *(Route(f"/-desk/api/{name}", answer(hub, function)) for name, function in reads.items()),
            Route("/-desk/api/impact", answer(hub, lambda asked: hub.impacts.newest())),
            Route(
                "/-desk/api/standing", answer(hub, lambda asked: hub.standing.newest(anew=bool(asked.text("anew", ""))))
            ),
            Route("/-desk/api/check", answer(hub, work.check), methods=["POST"]),
            *(Route(f"/-desk/api/{name}", writing(function), methods=["POST"]) for name, function in writes.items()),
            Route("/{path:path}", page),
        ]
    )
