"""What the pages of a letter show: whom it reaches, how it looks, how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.notifications import outbox
from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import Channel, MailState, Preference
from cluster_portal.notifications.sending import rendering
from cluster_portal.notifications.services import letters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cluster_portal.core.letter_audiences import LetterAudience
    from cluster_portal.core.visibility import Reader
    from cluster_portal.notifications.models import Letter

MOST_NAMED = 50


@dataclass(frozen=True)
class Reach:
    """How many get a letter, in which language and way, and who does not."""

    count: int
    guests: int
    languages: list[tuple[str, int]]
    untranslated: list[tuple[str, int]]
    portal_only: int
    weekly: int
    names: list[str]
    left_out: list[tuple[str, str]]
    left_out_count: int

    @property
    def unnamed(self) -> int:
        return self.count - len(self.names)

    @property
    def left_out_unnamed(self) -> int:
        return self.left_out_count - len(self.left_out)


def reach_of(letter: Letter) -> Reach:
    people = letters.people_of(letter)
    readers = letters.reachable(people)
    by_language = dict(readers.order_by().values_list("language").annotate(Count("pk")))
    guests = letters.guests_of(letter)
    for _key, guest in guests.values():
        by_language[guest.language] = by_language.get(guest.language, 0) + 1
    languages = [
        (code, str(name), by_language[code])
        for code, name in settings.LANGUAGES
        if code in by_language
    ]
    left_out = people.exclude(pk__in=readers.order_by().values("pk"))
    by_channel = _channels(readers)
    named = [*_names(readers), *(guest.name or guest.email for _key, guest in guests.values())]
    return Reach(
        count=sum(by_language.values()),
        guests=len(guests),
        languages=[(name, count) for _code, name, count in languages],
        untranslated=[
            (name, count) for code, name, count in languages if letter.language_for(code) != code
        ],
        portal_only=by_channel.get(Channel.OFF, 0),
        weekly=by_channel.get(Channel.WEEKLY, 0),
        names=named[:MOST_NAMED],
        left_out=[(str(one), _why_left_out(one)) for one in left_out.order_by("pk")[:MOST_NAMED]],
        left_out_count=left_out.count(),
    )


def _names(readers: QuerySet[Any]) -> list[str]:
    return [str(one) for one in readers.order_by("sort_name", "pk")[:MOST_NAMED]]


def _channels(readers: QuerySet[Any]) -> dict[str, int]:
    chosen = Preference.objects.filter(
        group=KindGroup.LETTERS, user__in=readers.order_by().values("pk")
    )
    return dict(chosen.values_list("channel").annotate(Count("pk")))


def _why_left_out(user: Reader) -> str:
    return _("the address is not confirmed") if user.is_active else _("the account is closed")


def shown(letter: Letter, reader: Reader) -> list[rendering.Shown]:
    """The letter in each language that it is written in, as this reader would get it."""
    return [
        rendering.shown(
            outbox.compose(letters.KIND, to=reader, about=letter, values={"language": language})
        )
        for language in letter.languages
    ]


def audience_words(letter: Letter, user: Reader) -> list[str]:
    """To whom a letter goes: “People of member organisations: Business; Contact person”."""
    return [_words(each, chosen, user) for each, chosen in letters.chosen_audiences(letter)]


def _words(audience: LetterAudience, chosen: Mapping[str, list[str]], user: Reader) -> str:
    labels = [
        ", ".join(str(label) for value, label in one.choices(user) if value in chosen[one.key])
        for one in audience.narrowings
        if one.key in chosen
    ]
    narrowed = [label for label in labels if label]  # a thing may be gone, or past being offered
    return f"{audience.label}: {'; '.join(narrowed)}" if narrowed else str(audience.label)


@dataclass(frozen=True)
class Progress:
    count: int
    waiting: int
    rows: list[tuple[str, int]]

    @property
    def done(self) -> int:
        return self.count - self.waiting


def progress_of(letter: Letter) -> Progress:
    mails = letters.mails_of(letter).filter(Q(is_notice=True) | Q(recipient=None))
    states = dict(mails.order_by().values_list("state").annotate(count=Count(F("pk"))))
    words = {
        MailState.SENT: _("Sent by e-mail"),
        MailState.QUEUED: _("Waiting"),
        MailState.WEEKLY: _("Left for the digest"),
        MailState.DROPPED: _("In the portal only"),
        MailState.FAILED: _("Could not be delivered"),
    }
    rows = [(label, states[state]) for state, label in words.items() if state in states]
    count = sum(states.values())
    return Progress(count, states.get(MailState.QUEUED, 0), rows)


@dataclass(frozen=True)
class Reminder:
    audience: LetterAudience
    cluster: Any
    count: int


def reminders_for(clusters: QuerySet[Any]) -> list[Reminder]:
    """The reminders that somebody would get, by cluster."""
    found = []
    for cluster in clusters:
        for each in letters.audiences().values():
            if each.ready is None:
                continue
            count = letters.reachable(each.people(cluster.pk, {})).count()
            count += len(list(each.guests(cluster.pk, {})))
            found.append(Reminder(each, cluster, count))
    return found


def ready_texts(audience: LetterAudience) -> dict[str, str]:
    """The texts of a reminder in all languages, for the fields of a new letter."""
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            if audience.ready:
                found[f"subject_{code}"] = str(audience.ready.subject)
                found[f"body_{code}"] = str(audience.ready.body)
    return found
