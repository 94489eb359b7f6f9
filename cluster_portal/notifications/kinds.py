"""Every kind of message the portal can send; the apps register theirs in `apps.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


class KindGroup(TextChoices):
    """What a reader switches on and off together."""

    ACCOUNT = "account", _("My account")
    MEMBERSHIP = "membership", _("Memberships")
    CAPABILITIES = "capabilities", _("Capabilities and needs")
    THESES = "theses", _("Theses")
    EVENTS = "events", _("Events")
    SURVEYS = "surveys", _("Surveys")
    PROJECTS = "projects", _("Projects and challenges")
    KNOWLEDGE = "knowledge", _("News and articles")
    SAVED = "saved", _("Saved searches")
    FOLLOWING = "following", _("What I follow")
    LETTERS = "letters", _("Letters from clusters")
    DIGEST = "digest", _("Digest")


class Priority(IntegerChoices):
    """Order of leaving: somebody waits for an urgent mail; a digest can wait for all others."""

    URGENT = 0
    NOTICE = 1
    BULK = 2


class NothingToSay(Exception):
    """Raised by a kind's `context` at send time: the message has lost its point and is dropped."""


def no_context(mail: "OutboxMail") -> dict[str, Any]:
    return {}


def no_calendar(mail: "OutboxMail") -> tuple[str, bytes] | None:
    return None


def no_files(mail: "OutboxMail") -> list[tuple[str, bytes, str]]:
    return []


def nothing(mail: "OutboxMail") -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """One kind of message, with the template `mail/<name>.md`.

    `context` is called in the worker when the mail is sent, in the reader's language, and adds to
    `about values secrets url site`. `reply_to` gives the address of who gets the answer, where a
    person wrote the message; else the reader is told not to reply.
    `sender` gives the name of that person. `language` gives that of the text, where there is none
    in the reader's own.
    An `urgent` kind is one that somebody waits for at the screen; a worker of its own sends it.
    `calendar` gives what calendars answer to: its method and the file (RFC 5546). `files` are
    attached: name, content, type.
    `version` rises when the meaning of `values` changes; a worker leaves newer rows to newer
    workers. What is older than `lifetime` is dropped.
    """

    name: str
    label: str | Promise
    group: KindGroup
    context: Callable[["OutboxMail"], dict[str, Any]] = no_context
    can_unsubscribe: bool = True
    in_inbox: bool = True
    version: int = 1
    lifetime: timedelta | None = None
    urgent: bool = False
    reply_to: Callable[["OutboxMail"], str] = nothing
    sender: Callable[["OutboxMail"], str] = nothing
    language: Callable[["OutboxMail"], str] = nothing
    calendar: Callable[["OutboxMail"], tuple[str, bytes] | None] = no_calendar
    files: Callable[["OutboxMail"], list[tuple[str, bytes, str]]] = no_files

    @property
    def priority(self) -> Priority:
        if self.urgent:
            return Priority.URGENT
        is_bulk = self.group in {KindGroup.DIGEST, KindGroup.LETTERS}
        return Priority.BULK if is_bulk else Priority.NOTICE


def of_group(group: KindGroup) -> Callable[..., Kind]:
    """What declares kinds of one group: `kind(name, label, context, **values)`."""

    def kind(
        name: str,
        label: str | Promise,
        context: Callable[["OutboxMail"], dict[str, Any]] = no_context,
        **values: Any,
    ) -> Kind:
        return Kind(name, label, group, context, **values)

    return kind


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    if kind.name in _kinds:
        raise ValueError(f"mail kind {kind.name} is registered twice")
    _kinds[kind.name] = kind


def get(name: str) -> Kind:
    """Raises KeyError for a name that no app registered."""
    return _kinds[name]


def label_of(name: str) -> str:
    """For display: a kind that is no longer registered keeps its bare name."""
    return str(_kinds[name].label) if name in _kinds else name


def every() -> list[Kind]:
    return list(_kinds.values())


def groups_of_choice() -> list[KindGroup]:
    """The groups in which there is something to switch, in their order of declaration."""
    used = {kind.group for kind in every() if kind.can_unsubscribe}
    return [group for group in KindGroup if group in used]


def labels_of_choice(group: KindGroup) -> list[str]:
    """Of the kinds that are switched with the group, in the active language's order."""
    labels = (str(one.label) for one in every() if one.group == group and one.can_unsubscribe)
    return sorted(dict.fromkeys(labels), key=str.casefold)
