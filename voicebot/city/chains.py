"""Names that point at names: the circles among them. What the names stand for is not known here."""

from collections.abc import Mapping


def circles(links: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Every circle once, from the member that comes first in `links` and back to it: (a, b, a)."""
    found: list[tuple[str, ...]] = []
    placed: set[str] = set()
    for name in links:
        path = [name]
        while path[-1] in links and links[path[-1]] not in path:
            path.append(links[path[-1]])
        if links.get(path[-1]) == name and name not in placed:
            placed.update(path)
            found.append((*path, name))
    return tuple(found)
