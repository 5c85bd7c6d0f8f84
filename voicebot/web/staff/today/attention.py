"""What somebody should look at today, each with where it is mended. Looks at the disk and the store, so it blocks."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

from voicebot.checking.freshness import NEAR_DAYS
from voicebot.city import data_sets
from voicebot.content import Content
from voicebot.editing.differences import file_label
from voicebot.service import Service
from voicebot.web.health import health
from voicebot.web.staff.office import Office

Level = Literal["bad", "warn", "note"]
LEVELS: tuple[Level, ...] = ("bad", "warn", "note")
LEAST_FREE_BYTES, LEAST_FREE_SHARE = 2 * 2**30, 0.1
"""Less than both, and somebody should make room: a day of calls is some hundred megabytes."""
RECENT = timedelta(days=7)
UNSURE_SHARE, LEAST_TURNS = 0.25, 20
"""From so many replies on, a share of misunderstood ones above this is told."""


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing to look at."""

    level: Level
    name: str
    """Of the words: `today_at_<name>`."""
    link: str = ""
    """Address under `/staff/` where it is mended; empty where only the machine's administrator can."""
    values: Mapping[str, str | int] = field(default_factory=dict)
    """What the words hold."""
    details: tuple[str, ...] = ()
    """Sentences or names, a few."""


def attention(
    office: Office, now: datetime, failed: Mapping[str, int], *, refused: bool = False
) -> tuple[Attention, ...]:
    """All of it, the worst first.

    Args:
        office: What the pages share.
        now: In the city's zone.
        failed: How often parts have failed in calls, by part.
        refused: Whether the folder holds content that was refused.
    """
    service = office.service
    found = [
        *_parts(service, failed),
        *_disk(service),
        *_content(service.content, now),
        *_publishing(office, refused=refused),
        *_calls(service, now),
    ]
    return tuple(sorted(found, key=lambda each: LEVELS.index(each.level)))


def _parts(service: Service, failed: Mapping[str, int]) -> Iterator[Attention]:
    _, parts = health(service)
    if not parts["store"]:
        yield Attention("bad", "store")
    if not parts["recordings"]:
        yield Attention("bad", "recordings", "keeping")
    for kind in ("recognisers", "voices"):
        names = parts[kind]
        missing = tuple(language for language, name in names.items() if not name) if isinstance(names, Mapping) else ()
        if missing:
            yield Attention("bad", kind, "keeping", details=missing)
    if failed:
        times = tuple(f"{part}: {number}" for part, number in failed.items())
        yield Attention("warn", "failed", "calls?outcome=error", {"times": sum(failed.values())}, times)
    if service.search_improves:
        yield Attention("note", "vectors")


def _disk(service: Service) -> Iterator[Attention]:
    try:
        disk = shutil.disk_usage(service.settings.data)
    except OSError:
        return
    if disk.free < LEAST_FREE_BYTES or disk.free < LEAST_FREE_SHARE * disk.total:
        level: Level = "bad" if disk.free < LEAST_FREE_BYTES else "warn"
        yield Attention(level, "disk", "keeping", {"free": f"{disk.free / 2**30:.1f} GB"})


def _content(content: Content, now: datetime) -> Iterator[Attention]:
    today = now.date()
    near = today + timedelta(days=NEAR_DAYS)
    for kind, link, dated in (
        ("answers", "content/faq?expiry=", {each.question: each.valid_until for each in content.entries}),
        ("facts", "content/facts?expiry=", {name: fact.valid_until for name, fact in content.city.facts.items()}),
    ):
        over = tuple(name for name, last in dated.items() if last and last < today)
        soon = tuple(name for name, last in dated.items() if last and today <= last <= near)
        if over:
            yield Attention("bad", f"{kind}_over", f"{link}over", {"number": len(over)}, over[:3])
        if soon:
            yield Attention("warn", f"{kind}_near", f"{link}near", {"number": len(soon)}, soon[:3])
    stale = tuple(each.message for each in data_sets.stale(content.city.data, today))
    if stale:
        yield Attention("warn", "data", "keeping", {"number": len(stale)}, stale[:3])


def _publishing(office: Office, *, refused: bool) -> Iterator[Attention]:
    if refused:
        yield Attention("bad", "refused", "content/draft")
    failed = [plan for plan in office.library.plans(5) if plan.state == "failed"]
    if failed:
        yield Attention("bad", "plan_failed", "content/draft", details=tuple(plan.told for plan in failed[:1]))
    current = office.library.in_force()
    if current is not None:
        heard, draft = office.library.files(current.release), office.library.draft().files
        changed = sorted(path for path in heard.keys() | draft.keys() if heard.get(path) != draft.get(path))
        if changed:
            names = tuple(map(file_label, changed[:3]))
            yield Attention("note", "draft", "content/draft", {"number": len(changed)}, names)


def _calls(service: Service, now: datetime) -> Iterator[Attention]:
    figures, week = service.store.figures, now - RECENT
    open_tickets, late = figures.owed(now)
    if late:
        yield Attention("bad", "late", "operator", {"number": late})
    if open_tickets - late:
        yield Attention("warn", "owed", "operator", {"number": open_tickets - late})
    since = week.date().isoformat()
    errors = figures.outcomes(now - timedelta(days=1), now).get("error", 0)
    if errors:
        link = urlencode({"outcome": "error", "from": (now - timedelta(days=1)).date().isoformat()})
        yield Attention("bad", "errors", f"calls?{link}", {"number": errors})
    rows = figures.sums(week.date(), now.date(), ("turns.scene",))["turns.scene"]
    awaited = sum(row[0] for row in rows.values())
    lost = sum(row[0] for key, row in rows.items() if key.endswith(("no_match", "rejected")))
    if awaited >= LEAST_TURNS and lost > UNSURE_SHARE * awaited:
        link = urlencode({"lost": "1", "from": since})
        yield Attention("warn", "unsure", f"calls?{link}", {"percent": round(100 * lost / awaited)})
    unreviewed = figures.unreviewed(week)
    if unreviewed:
        link = urlencode({"lost": "1", "reviewed": "no", "from": since})
        yield Attention("note", "unreviewed", f"calls?{link}", {"number": unreviewed})
