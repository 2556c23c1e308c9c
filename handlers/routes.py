"""How a message finds its handler: the words in which handlers/__init__.py is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bot.menu import plain, spellings
from bot.port import Reply
from handlers.turn import Turn

Handler = Callable[..., list[Reply]]


@dataclass(frozen=True, slots=True)
class Route:
    """When `kind` and one of `keys` fit, `handler(turn, *rest)` answers."""

    kind: str
    keys: tuple[str, ...]
    handler: Handler


def command(names: str, words: Iterable[str], handler: Handler) -> Route:
    """`/name`, an alias, or exactly these plain words, with their marks or with none at all."""
    slashed = [f"/{name}" for name in names.split()]
    typed = [spelling for word in words for spelling in sorted(spellings(word))]
    return Route("command", tuple(dict.fromkeys([*slashed, *typed])), handler)


def choice(name: str, handler: Handler) -> Route:
    """A tapped value `name:a:b` calls `handler(turn, "a", "b")`."""
    return Route("choice", (name,), handler)


Reader = Callable[[str, date], tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What `read` finds in a sentence, wherever the person is, `handler(turn, *found)` answers."""

    read: Reader
    handler: Handler


def meaning(read: Reader, handler: Handler) -> Meaning:
    """Words that mean this, in whatever step they are said: `read` gives what they say, or None."""
    return Meaning(read, handler)


def doing(name: str, handler: Handler) -> Route:
    """Free words while the person is in the step `name:a` call `handler(turn, "a")`."""
    return Route("doing", (name,), handler)


def anything(handler: Handler) -> Route:
    """What nothing else fits."""
    return Route("anything", ("",), handler)


class Routes:
    """The routes, looked up by what was said."""

    def __init__(self, routes: Iterable[Route | Meaning]) -> None:
        self._found: dict[tuple[str, str], Handler] = {}
        self._meanings: list[Meaning] = []
        for route in routes:
            if isinstance(route, Meaning):
                self._meanings.append(route)
                continue
            for key in route.keys:
                if (route.kind, key) in self._found:
                    raise ValueError(f"two routes answer {route.kind} {key!r}")
                self._found[route.kind, key] = route.handler

    def tapped(self, turn: Turn, value: str) -> list[Reply]:
        """Answer a choice that was offered."""
        name, *rest = value.split(":")
        return self._found["choice", name](turn, *rest)

    def typed(self, turn: Turn) -> list[Reply]:
        """Answer words: a command first, then what they mean anywhere, then the step the person is in, then anything."""
        first, _, rest = turn.said.partition(" ")
        handler = self._found.get(("command", first.lower())) if first.startswith("/") else None
        if handler is not None:
            return handler(turn, *filter(None, [rest.strip()]))
        handler = self._found.get(("command", plain(turn.said).rstrip(".!? ")))
        if handler is not None:
            return handler(turn)
        for one in self._meanings:
            found = one.read(turn.said, turn.today)
            if found is not None:
                return one.handler(turn, *found)
        name, *args = turn.person.doing.split(":")
        if ("doing", name) in self._found:
            return self._found["doing", name](turn, *args)
        return self._found["anything", ""](turn)

    def names(self, kind: str) -> set[str]:
        """Every key of a kind, for tests and command menus."""
        return {key for found, key in self._found if found == kind}
