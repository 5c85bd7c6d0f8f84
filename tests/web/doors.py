"""Every route of the application, flattened, with its guards."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from starlette.routing import Mount

from voicebot.web.staff.guards import Guard, Open


class Door(NamedTuple):
    """A route, flattened."""

    path: str
    methods: frozenset[str]
    endpoint: Any
    guards: tuple[Guard | Open, ...]


def doors(app: FastAPI) -> Iterator[Door]:
    """Every route of the application, also those of routers in routers."""
    yield from _inside(app.routes, "")


def _inside(routes: list[Any], prefix: str) -> Iterator[Door]:
    for route in routes:
        router = getattr(route, "original_router", None)
        if router is not None:
            yield from _inside(router.routes, prefix + route.include_context.prefix)
        elif isinstance(route, Mount):
            yield Door(prefix + route.path, frozenset({"GET"}), route.app, ())
        else:
            found = tuple(_guards(route.dependant)) if hasattr(route, "dependant") else ()
            yield Door(prefix + route.path, frozenset(getattr(route, "methods", None) or {"WS"}), route.endpoint, found)


def _guards(dependant: Dependant) -> Iterator[Guard | Open]:
    if isinstance(dependant.call, Guard | Open):
        yield dependant.call
    for inner in dependant.dependencies:
        yield from _guards(inner)
