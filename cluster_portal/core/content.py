"""A content type is declared once; whatever walks over all types reads the declarations here.

An app's `content.py` holds its declarations, its `apps.py` calls `content.register(*TYPES)`:

    CALLS = Content("calls", 45, _("Funding calls"), model=FundingCall, digest=digest.CALLS, …)

Each part of a declaration has a key of its own and stands in the order of its type, unless it says
another. `parts(lambda one: one.digest)` gives the digest sections of all types in that order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.states import QueueState, Step, Waits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta

    from django.db.models import Model, QuerySet
    from django.utils.functional import _StrPromise

    from cluster_portal.core.answers import Answers, Asks
    from cluster_portal.core.counting import Count
    from cluster_portal.core.digest_section import DigestSection
    from cluster_portal.core.interests import Interests, Tagging
    from cluster_portal.core.knots import Break, Knot, Tie
    from cluster_portal.core.letter_audiences import LetterAudience
    from cluster_portal.core.lists import ListPage
    from cluster_portal.core.origin import Origin, Row, Source, Start
    from cluster_portal.core.reading import Reading
    from cluster_portal.core.reporting import Report
    from cluster_portal.core.visibility import Reader


ROWS = "components/rows.html"  # draws lines of url, title, kind, text, tags, state, action


@dataclass(frozen=True)
class Part:
    key: str
    order: int = field(default=0, kw_only=True)  # 0: that of the type


P = TypeVar("P", bound=Part)
Rows = Callable[[Any], "QuerySet[Any]"]


MOST_DEADLINES, MOST_TOLD = 12, 24


@dataclass(frozen=True)
class Destination(Part):
    """An item of the main navigation; `url_name` is reversed in the reader's language."""

    label: str | _StrPromise
    url_name: str

    @property
    def name(self) -> str:
        return str(self.label)

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Found(Part):
    """A kind in the one search and in the sitemap: `rows(user)` is a searchable queryset.

    Each found object has `get_absolute_url()`, `search_title` and `search_summary`.
    """

    label: str | _StrPromise
    rows: Callable[[Any], QuerySet[Any]]
    has_pages: bool = True  # of their own, for the sitemap


@dataclass(frozen=True)
class Card(Part):
    """A section of my desk: `rows(user)` drawn by `template`; no rows draw nothing.

    With `urgent` it stands under "what needs me". Of all the cards with `among` the desk asks in
    one statement whether there is any, and reads the rows of those only.
    """

    label: str | _StrPromise
    rows: Callable[[Any], list[Any]]
    template: str = ROWS
    urgent: bool = False
    among: Callable[[Any], QuerySet[Any]] | None = None


@dataclass(frozen=True)
class FirstStep(Part):
    """A line of the checklist on a new member's desk; None for whom it does not concern."""

    label: str | _StrPromise
    text: str | _StrPromise
    step: Callable[[Any], Step | None]


@dataclass(frozen=True)
class FrontSection(Part):
    """A block of the front page: `values(user)` for `template`; None draws nothing."""

    values: Callable[[Any], dict[str, Any] | None]
    template: str


@dataclass(frozen=True)
class Figure(Part):
    """A key figure of the network: how many of `rows(user)` there are now.

    It leads to the list `url_name` as narrowed by `query`, for example `?stage=open`.
    """

    label: str | _StrPromise
    rows: Rows
    url_name: str = ""
    query: str = ""


@dataclass(frozen=True)
class Yearly(Part):
    """What is counted of each year: `rows(user)` by the field `moment`, a day or a moment."""

    label: str | _StrPromise
    rows: Rows
    moment: str


@dataclass(frozen=True)
class Offering(Part):
    """What research and education have on offer, since when: a source of its growth by unit.

    `counted(user)` gives (kind in words, organisation's primary key, year, how many).
    """

    counted: Callable[[Any], Iterable[tuple[Any, int, int, int]]]


@dataclass(frozen=True)
class Cooperation(Part):
    """Who works with whom: `pairs(user)` gives (thing, organisation) by their primary keys.

    Organisations of one thing work together. `is_named` says that it may be told of the single
    organisation; else it counts for whole sectors only.
    """

    label: str | _StrPromise
    pairs: Callable[[Any], Iterable[tuple[int, int]]]
    is_named: bool = True


@dataclass(frozen=True)
class OrganisationSection(Part):
    """A section of an organisation's page: `rows(organisation, user)` drawn by `template`.

    One that `leads` stands first and in full width: what the organisation can do for others.
    """

    label: str | _StrPromise
    rows: Callable[[Any, Any], list[Any]]
    template: str = ROWS
    leads: bool = False


@dataclass(frozen=True)
class ClusterSection(Part):
    """A section of a cluster's page: `rows(cluster, user)` as lines."""

    label: str | _StrPromise
    rows: Callable[[Any, Any], list[Any]]
    template: str = ROWS


@dataclass(frozen=True)
class RegionSection(Part):
    """A section of a region's profile: `values(region, user)` for `template`, as on the front page.

    The region is a term. Nothing in it may tell of a single organisation, site or municipality.
    """

    values: Callable[[Any, Any], dict[str, Any] | None]
    template: str


@dataclass(frozen=True)
class Deadline:
    """A moment that a reader should not miss."""

    at: datetime
    kind: str | _StrPromise
    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Deadlines(Part):
    """`rows(user)` gives the coming ones that the reader may see; `is_own` where they are theirs:
    those stand in the reader's calendar.
    """

    rows: Callable[[Any], list[Deadline]]
    is_own: bool = False


def deadlines_at(
    moment: str, kind: str | _StrPromise, rows: Rows
) -> Callable[[Any], list[Deadline]]:
    """The coming moments of that name, the soonest first."""

    def coming(user: Reader) -> list[Deadline]:
        ahead = rows(user).filter(**{f"{moment}__gt": timezone.now()}).order_by(moment, "pk")
        return [
            Deadline(getattr(row, moment), kind, str(row), row.get_absolute_url())
            for row in ahead[:MOST_DEADLINES]
        ]

    return coming


def since(moment: str, rows: Rows) -> Callable[[Any, datetime], QuerySet[Any]]:
    """Items of a digest: those whose moment of that name is news, the newest first."""
    return lambda user, day: (
        rows(user).filter(**{f"{moment}__gte": day}).order_by(f"-{moment}", "-pk")[:MOST_TOLD]
    )


def soon(moment: str, within: timedelta, rows: Rows) -> Callable[[Any, datetime], QuerySet[Any]]:
    """Items of a digest: those whose moment of that name is near, the soonest first."""

    def closing(user: Reader, _since: datetime) -> QuerySet[Any]:
        now = timezone.now()
        near = rows(user).filter(**{f"{moment}__range": (now, now + within)})
        return near.order_by(moment, "pk")[:MOST_TOLD]

    return closing


@dataclass(frozen=True)
class Queue(Part):
    """A queue of the coordinators' today page; `days` is the target within which a case is done."""

    state: Callable[[Any], QueueState]
    days: int = 0
    waits: Waits = Waits.DECISION


@dataclass(frozen=True)
class Following(Part):
    """Things of this type can be followed: `rows(user)` are those seen.

    `address` names the field by which the address tells one, `state(thing)` says in words how one
    stands; `news` is what followers can be told, by keys.
    `moment` names the field of what followers have in their calendars, `moment_label` is its name.
    """

    label: str | _StrPromise
    rows: Rows
    state: Callable[[Any], str]
    news: Mapping[str, str | _StrPromise]
    address: str = "slug"
    moment: str = ""
    moment_label: str | _StrPromise = ""


@dataclass(frozen=True)
class PersonalData(Part):
    """What is held of a person: `export(user)` as plain data."""

    label: str | _StrPromise
    export: Callable[[Any], list[dict[str, Any]]]


@dataclass(frozen=True)
class Person:
    """Who is being erased, by all that names the person: what the ledgers are searched for."""

    pk: int
    name: str
    addresses: tuple[str, ...]


def _nothing(*_of: Any) -> None:
    return None


def _no_sentences(_user: Any) -> list[str]:
    return []


@dataclass(frozen=True)
class Erasure(Part):
    """A part in erasing an account (docs/decisions/0009-erasure.md).

    `blockers(user)` says in sentences what must be settled first, `effects(user)` what will happen.
    `erase(user)` does it through the services, so that others are told; it is called twice in one
    transaction, the second time when nothing new can be stored of the account any more.
    `forget(person)` comes after the account's row is gone, through `audit.blank` and
    `audit.forget`: the ledgers.
    """

    label: str | _StrPromise
    effects: Callable[[Any], list[str]]
    erase: Callable[[Any], None] = _nothing
    blockers: Callable[[Any], list[str]] = _no_sentences
    forget: Callable[[Person], None] = _nothing


@dataclass(frozen=True)
class Chore(Part):
    """Something the hourly round does: `run()` closes what is over, returns how many it touched."""

    run: Callable[[], int]


@dataclass(frozen=True)
class Demo(Part):
    """A part of the demo content: `load(folder, today)`; idempotent."""

    load: Callable[..., None]


@dataclass(frozen=True)
class Content:
    """One content type, or what else an app shows and keeps; every part is optional."""

    key: str
    order: int
    label: str | _StrPromise
    model: type[Model] | None = None
    came_from: Callable[[Any, Any], list[Row]] | None = None  # of an object, for a reader
    came_of: tuple[Origin, ...] = ()
    starts: tuple[Start, ...] = ()  # what can be started from other things, by their pages
    sources: tuple[Source, ...] = ()  # of which things of types below can be begun
    knot: Knot | None = None  # how its things stand on the thread (`core.thread`)
    ties: tuple[Tie, ...] = ()  # what of what hangs on what there
    breaks: tuple[Break, ...] = ()  # where a thread ends that should go on
    reading: tuple[Reading, ...] = ()  # about things of other types
    answers: tuple[Answers, ...] = ()  # to needs
    asks: tuple[Asks, ...] = ()  # beside needs
    navigation: tuple[Destination, ...] = ()
    lists: tuple[ListPage, ...] = ()  # whose searches can be saved
    search: tuple[Found, ...] = ()
    front: tuple[FrontSection, ...] = ()
    figures: tuple[Figure, ...] = ()
    yearly: tuple[Yearly, ...] = ()
    offerings: tuple[Offering, ...] = ()
    cooperation: tuple[Cooperation, ...] = ()
    counts: tuple[Count, ...] = ()  # that indicators can be bound to
    organisation: tuple[OrganisationSection, ...] = ()
    clusters: tuple[ClusterSection, ...] = ()
    regions: tuple[RegionSection, ...] = ()
    reports: tuple[Report, ...] = ()  # tables for funders and of a cluster's year
    desk: tuple[Card, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()
    deadlines: tuple[Deadlines, ...] = ()
    digest: tuple[DigestSection, ...] = ()
    expected: str = ""  # what one may expect of a cluster when joining, that this type answers
    tagging: tuple[Tagging, ...] = ()  # what things are about
    interests: tuple[Interests, ...] = ()  # what concerns whom, and why
    queues: tuple[Queue, ...] = ()
    letters: tuple[LetterAudience, ...] = ()
    following: tuple[Following, ...] = ()
    exports: tuple[PersonalData, ...] = ()
    erasure: tuple[Erasure, ...] = ()
    chores: tuple[Chore, ...] = ()
    demo: tuple[Demo, ...] = ()


_types: dict[str, Content] = {}


def register(*types: Content) -> None:
    """Registering a key again replaces it."""
    _types.update({one.key: one for one in types})


def types() -> list[Content]:
    return sorted(_types.values(), key=lambda one: (one.order, one.key))


def of_model(model: type[Model]) -> Content | None:
    """The type whose things are rows of this model."""
    return next((one for one in _types.values() if one.model is model), None)


def parts(of: Callable[[Content], Iterable[P]]) -> list[P]:
    found = [
        (part.order or one.order, part.key, part) for one in _types.values() for part in of(one)
    ]
    return [part for _order, _key, part in sorted(found, key=lambda each: each[:2])]
