"""Where a lower floor asks a higher one: small ordered registries, filled from `apps.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.urls import reverse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

Entry = TypeVar("Entry", bound="Keyed")


@dataclass(frozen=True)
class Keyed:
    key: str
    order: int


class Registry(Generic[Entry]):
    """Entries by key, in `order`; registering a key again replaces it."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def register(self, entry: Entry) -> None:
        self._entries[entry.key] = entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted(self._entries.values(), key=lambda entry: (entry.order, entry.key)))

    def __getitem__(self, key: str) -> Entry:
        return self._entries[key]


@dataclass(frozen=True)
class Destination(Keyed):
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
class DeskCard(Keyed):
    """A section of my desk: `rows(user)` gives what needs her, drawn by `template` (value `rows`).

    With `urgent` it stands under "what needs me". An empty list draws nothing.
    """

    label: str | _StrPromise
    rows: Callable[[Any], list[Any]]
    template: str
    urgent: bool = False


@dataclass(frozen=True)
class SearchKind(Keyed):
    """A kind of thing in the unified search: `visible(user)` is a searchable queryset.

    Each found object has `get_absolute_url()`, `search_title` and `search_summary`.
    """

    label: str | _StrPromise
    visible: Callable[[Any], QuerySet[Any]]
    has_pages: bool = True  # of their own, for the map of the site


@dataclass(frozen=True)
class FrontSection(Keyed):
    """A block of the front page: `values(user)` for `template`; None draws nothing."""

    values: Callable[[Any], dict[str, Any] | None]
    template: str


@dataclass(frozen=True)
class PersonalData(Keyed):
    """What an app holds of a person: `export(user)` as plain data."""

    label: str | _StrPromise
    export: Callable[[Any], list[dict[str, Any]]]


@dataclass(frozen=True)
class Person:
    """Who is being erased, by all that names her: what the ledgers are searched for afterwards."""

    pk: int
    name: str
    addresses: tuple[str, ...]


def _nothing_kept(person: Person) -> None:
    return None


@dataclass(frozen=True)
class Erasure(Keyed):
    """An app's part in erasing an account (docs/decisions/0009-erasure.md).

    `blockers(user)` says in sentences what must be settled first, `effects(user)` what will happen.
    `erase(user)` does it through the services, so that others are told; it is called twice in one
    transaction, the second time when nothing new of hers can be stored any more. `forget(person)`
    comes after the account's row is gone, through `audit.blank` and `audit.forget`: the ledgers.
    """

    label: str | _StrPromise
    blockers: Callable[[Any], list[str]]
    effects: Callable[[Any], list[str]]
    erase: Callable[[Any], None]
    forget: Callable[[Person], None] = _nothing_kept


@dataclass(frozen=True)
class Chore(Keyed):
    """Something the hourly round does: `run()` closes what is over, returns how many it touched."""

    run: Callable[[], int]


@dataclass(frozen=True)
class DemoLoader(Keyed):
    """One app's part of the demo content: `load(folder, today)`; idempotent."""

    load: Callable[..., None]


@dataclass(frozen=True)
class QueueState:
    """What waits in a queue for one coordinator: how many, since when, and where to act."""

    label: str | _StrPromise
    count: int
    oldest: datetime | None
    url: str


@dataclass(frozen=True)
class Queue(Keyed):
    """A queue of the coordinators' today page."""

    state: Callable[[Any], QueueState]


@dataclass(frozen=True)
class AdminPage(Keyed):
    """A page of the coordinators' site beside its lists: `key` names the address `admin:<key>`.

    With a `label` the today page leads to it.
    """

    path: str
    view: Callable[..., Any]
    label: str | _StrPromise = ""

    @property
    def url(self) -> str:
        return reverse(f"admin:{self.key}")


@dataclass(frozen=True)
class OrganisationSection(Keyed):
    """What an app shows on an organisation's page: `rows(organisation, user)` for `template`."""

    label: str | _StrPromise
    rows: Callable[[Any, Any], list[Any]]
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
class DeadlineSource(Keyed):
    """Deadlines near: `rows(user)` gives the coming ones that the reader may see."""

    rows: Callable[[Any], list[Deadline]]


navigation: Registry[Destination] = Registry()
desk_cards: Registry[DeskCard] = Registry()
search_kinds: Registry[SearchKind] = Registry()
front_sections: Registry[FrontSection] = Registry()
personal_data: Registry[PersonalData] = Registry()
erasures: Registry[Erasure] = Registry()
chores: Registry[Chore] = Registry()
demo_loaders: Registry[DemoLoader] = Registry()
queues: Registry[Queue] = Registry()
admin_pages: Registry[AdminPage] = Registry()
organisation_sections: Registry[OrganisationSection] = Registry()
deadlines: Registry[DeadlineSource] = Registry()
