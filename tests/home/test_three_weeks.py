"""Three weeks of digests over the example: as the readers get them, by mail, with time moved.

On three Mondays, and on one day on which others get theirs, digests are composed and delivered at
8.05; new things come for some and not for others, and three people stop in three ways.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from html import unescape
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from cluster_portal.core import interests, request_cache
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications import digests
from cluster_portal.notifications.digest_choice import NO_INTERESTS
from cluster_portal.notifications.models import DigestItem, Follow, MailState, OutboxMail
from cluster_portal.notifications.sending.delivery import deliver_due
from members.models import (
    Affiliation,
    Capability,
    Cluster,
    Coordinator,
    Membership,
    Need,
    Organisation,
    User,
)
from projects.models import Challenge
from tests.knowledge import factories as knowledge
from tests.projects import factories as projects

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = (0, 7, 8, 14)
NEW_ON = (0, 7)
TEN = {
    f"{name}@example.org"
    for name in (
        "yllapito", "koordinaattori.pirkanmaa", "koordinaattori.pohjois-savo", "yritys",
        "viranomainen", "jarjesto", "tutkija", "ohjaaja", "opiskelija", "siiri.siilimalli",
    )
}  # fmt: skip
# Who open every link of theirs: of an organisation, of a school, of a cluster, and one who leaves.
OPENING = {f"{name}@example.org" for name in ("viranomainen", "opiskelija", "siiri.siilimalli")}
# Before all of it, also by the clock of the database, which stands still.
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
Key = tuple[int, int]
LINK = re.compile(r'href="([^"]+)"')
SITE = settings.SITE_URL


@dataclass
class Came:
    """One digest as it came."""

    to: str
    day: int
    subject: str
    html: str
    text: str
    stop: str

    @property
    def pages(self) -> list[str]:
        return [unescape(one).removeprefix(SITE) for one in LINK.findall(self.html)
                if unescape(one).startswith(SITE)]  # fmt: skip


@dataclass
class Weeks:
    """What was published when, and what came to whom."""

    came: list[Came] = field(default_factory=list)
    made: list[Any] = field(default_factory=list)
    forbidden: set[tuple[str, str]] = field(default_factory=set)
    opened: set[tuple[str, str]] = field(default_factory=set)
    themes: dict[Key, int] = field(default_factory=dict)

    def to(self, address: str) -> list[Came]:
        return [one for one in self.came if one.to == address]


def first_morning() -> datetime:
    """Of a coming Monday, by the calendar of Helsinki, always at the same place of the month.

    The first Wednesday of a month, on which one of the ten gets a monthly digest, is on day 9.
    """
    today = timezone.localdate()
    monday = today + timedelta(days=7 - today.weekday())
    while (monday + timedelta(days=9)).day > 7:
        monday += timedelta(days=7)
    return timezone.make_aware(datetime.combine(monday, time(8, 5)))


def publish(cluster: Cluster, other: Cluster, owner: Organisation, week: int) -> list[Any]:
    """Open to all, to members, to one cluster, and to one organisation alone; by theme."""
    themes = list(Term.objects.filter(scheme="security_task").order_by("pk")[:6])
    closes = timezone.now() + timedelta(days=80)
    made: list[Any] = []
    for number, theme in enumerate(themes):
        mark = f"viikolla {week} teemasta {number}"
        seen = ("public", "members")[number % 2]
        made += [
            projects.challenge(cluster, title_fi=f"Haaste {mark}", closes_at=closes,
                               visibility=seen),
            knowledge.article(other, title_fi=f"Juttu {mark}", visibility=seen),
            projects.challenge(other, title_fi=f"Klusterin haaste {mark}", closes_at=closes,
                               visibility="cluster"),
            projects.challenge(cluster, title_fi=f"Oma haaste {mark}", closes_at=closes,
                               visibility="private", organisation=owner),
        ]  # fmt: skip
        for one in made[-4:]:
            one.terms.set([theme])
    return made


def compose_and_read(weeks: Weeks, day: int) -> None:
    """All that is due is composed and leaves; some of the ten open every link of theirs."""
    digests.compose_digests(timezone.now())
    OutboxMail.objects.filter(state=MailState.QUEUED).update(due_at=LONG_AGO)
    while deliver_due():
        pass
    for sent in django_mail.outbox:
        [address] = sent.to
        html = str(sent.alternatives[0][0])
        stop = sent.extra_headers["List-Unsubscribe"].strip("<>").split(">")[0]
        one = Came(address, day, sent.subject, html, str(sent.body), stop.removeprefix(SITE))
        weeks.came.append(one)
        if address in OPENING:
            new = {(address, page) for page in one.pages} - weeks.opened
            weeks.opened |= new
            closed = closed_to(address, sorted(page for _address, page in new))
            weeks.forbidden |= {(address, page) for page in closed}
    django_mail.outbox.clear()


def closed_to(address: str, pages: list[str]) -> list[str]:
    client = Client()
    client.force_login(User.objects.get(email=address))
    return [page for page in pages if client.get(page, follow=True).status_code != 200]


STOPS_ON = 7  # who loses an organisation gets a mail on day 8, which is read
STOPPED, UNFOLLOWED, LEFT = "yritys@example.org", "jarjesto@example.org", "viranomainen@example.org"


def stop_in_three_ways(weeks: Weeks) -> None:
    """By the link of a mail, by following no longer, and by losing one's organisation."""
    last = weeks.to(STOPPED)[-1]
    answer = Client(enforce_csrf_checks=True).post(last.stop, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    Follow.objects.filter(user__email=UNFOLLOWED).delete()
    Affiliation.objects.filter(user__email=LEFT).update(
        stage="ended", until=timezone.localdate() - timedelta(days=1)
    )


@pytest.fixture
def weeks(db: None) -> Iterator[Weeks]:
    began = first_morning()
    with time_machine.travel(began - timedelta(days=3)):
        call_command("load_demo", into=connection.settings_dict["NAME"], verbosity=0)
    User.objects.update(date_joined=LONG_AGO)
    OutboxMail.objects.filter(state=MailState.QUEUED).update(state=MailState.DROPPED)
    django_mail.outbox.clear()
    cluster, other = Cluster.objects.order_by("pk")[:2]
    owner = Organisation.objects.filter(memberships__cluster=cluster).order_by("pk").first()
    assert owner is not None
    weeks = Weeks()
    with time_machine.travel(began, tick=False) as clock:
        for day in DAYS:
            clock.move_to(began + timedelta(days=day))
            if day in NEW_ON:
                weeks.made += publish(cluster, other, owner, day // 7)
                weeks.themes = {key_of(one): one.terms.get().pk for one in weeks.made}
            compose_and_read(weeks, day)
            if day == STOPS_ON:
                stop_in_three_ways(weeks)
        yield weeks


def told_to(user: User) -> Counter[Key]:
    rows = DigestItem.objects.filter(user=user)
    return Counter(rows.values_list("content_type", "object_id"))


def key_of(thing: Any) -> Key:
    return ContentType.objects.get_for_model(thing).pk, thing.pk


@dataclass(frozen=True)
class Sides:
    """Whose side a reader is on, asked of the tables: neither of access rules nor of digests."""

    is_admin: bool
    organisations: frozenset[int]
    clusters: frozenset[int]
    coordinates: frozenset[int]
    followed: frozenset[int]
    muted: frozenset[int]
    said: frozenset[int]
    sectors: frozenset[str]

    def may_see(self, thing: Any) -> bool:
        near = thing.home_cluster_id in self.clusters | self.coordinates
        own = thing.organisation_id in self.organisations
        return (
            self.is_admin
            or thing.visibility == "public"
            or (thing.visibility == "members" and bool(self.clusters | self.coordinates))
            or (thing.visibility == "cluster" and near)
            or thing.home_cluster_id in self.coordinates
            or own
        )


def sides_of(user: User) -> Sides:
    places = Affiliation.objects.confirmed().filter(user=user)
    own = frozenset(places.values_list("organisation", flat=True))
    joined = Membership.objects.active().filter(Q(person=user) | Q(organisation__in=own))
    follows = Follow.objects.filter(
        user=user, about_type=ContentType.objects.get_for_model(Term)
    ).values_list("about_id", flat=True)
    return Sides(
        is_admin=user.is_superuser,
        organisations=own,
        clusters=frozenset(joined.values_list("cluster", flat=True)),
        coordinates=frozenset(
            Coordinator.objects.current().filter(user=user).values_list("cluster", flat=True)
        ),
        followed=frozenset(follows.filter(is_muted=False)),
        muted=frozenset(follows.filter(is_muted=True)),
        said=frozenset(joined.exclude(interests=None).values_list("interests", flat=True)),
        sectors=frozenset(Organisation.objects.filter(pk__in=own).values_list("sector", flat=True)),
    )


def missing(weeks: Weeks, user: User) -> list[str]:
    """Of what was published, what the reader follows and may see and was not told."""
    got, sides = told_to(user), sides_of(user)
    return [
        thing.title_fi
        for thing in weeks.made
        if weeks.themes[key_of(thing)] in sides.followed - sides.muted
        and sides.may_see(thing)
        and key_of(thing) not in got
    ]


def untrue(weeks: Weeks, user: User) -> list[str]:
    """Reasons of what was published that the tables do not bear out."""
    sides, found = sides_of(user), []
    for item in DigestItem.objects.filter(user=user):
        theme = weeks.themes.get((item.content_type_id, item.object_id))
        if theme and not bears_out(item.reason, item.reason_value, theme, sides):
            found.append(f"{item.reason} {item.reason_value} of theme {theme}")
    return found


def bears_out(reason: str, value: str, theme: int, sides: Sides) -> bool:
    """Of the reasons that a theme, an organisation or a sector gives; others are left alone."""
    own: dict[str, Any] = {"capability": Capability, "need": Need}
    if reason in own:
        rows = own[reason].objects.filter(pk=value, organisation__in=sides.organisations)
        return bool(rows.filter(terms=theme).exists())
    return {
        "follow-theme": value == str(theme) and theme in sides.followed,
        "interest": value == str(theme) and theme in sides.said,
        interests.OTHER_SECTOR: value not in sides.sectors,
        NO_INTERESTS: not sides.followed,
    }.get(reason, True)


def told_things() -> list[Any]:
    keys = DigestItem.objects.values_list("content_type", "object_id").distinct()
    return [
        ContentType.objects.get_for_id(kind).get_object_for_this_type(pk=pk) for kind, pk in keys
    ]


def tags_of(thing: Any) -> frozenset[interests.Tag]:
    return interests.tags_of(type(thing), [thing.pk])[thing.pk]


def equal_pairs(readers: list[User]) -> list[tuple[int, int]]:
    """People who were told the same in all the weeks."""
    told = {user.pk: sorted(told_to(user)) for user in readers}
    return [(one, other) for one, other in combinations(told, 2) if told[one] == told[other]]


def unlike(weeks: Weeks, readers: list[User]) -> list[tuple[int, int]]:
    """Pairs who were told the same and care for different things among all that was told."""
    pairs = equal_pairs(readers)
    about = {tag for thing in [*weeks.made, *told_things()] for tag in tags_of(thing)}
    care = {
        pk: {tag: one for tag, one in mine.items() if tag in about}
        for pk, mine in interests.interests_of(readers).items()
    }
    return [(one, other) for one, other in pairs if care[one] != care[other]]


def faults_of(weeks: Weeks, user: User) -> Iterator[str]:
    """Of the mails of one reader: told twice, too many, too large, or what they may not see."""
    told = DigestItem.objects.filter(user=user).values_list("content_type", "object_id", "day")
    if max(Counter(told).values()) > 1:
        yield f"{user}: told twice"
    for one in weeks.to(user.email):
        if one.html.count("<li style=") > 12 or len(one.html.encode()) > 100_000:
            yield f"{user}: too much on day {one.day}"
    sides = sides_of(user)
    closed_since = STOPS_ON if user.email == LEFT else -1
    mails = [one for one in weeks.to(user.email) if one.day > closed_since]
    text = "".join(one.html + one.text for one in mails)
    for thing in weeks.made:
        if not sides.may_see(thing) and thing.title_fi in text:
            yield f"{user}: {thing.title_fi}"
        lines = sum(one.text.count(f"- {thing.title_fi}:") for one in weeks.to(user.email))
        if lines > 1 and type(thing) is not Challenge:  # one that closes is told of its day, too
            yield f"{user}: {thing.title_fi} {lines} times"


@request_cache.scope()
def test_three_weeks_of_digests_over_the_example(weeks: Weeks) -> None:
    """Everything relevant came once with a true reason, nothing forbidden, stopping at once."""
    readers = [user for user in User.objects.filter(is_active=True) if weeks.to(user.email)]
    ten = [user for user in readers if user.email in TEN]
    settled = [user for user in ten if user.email not in {STOPPED, UNFOLLOWED, LEFT}]

    assert (len(readers) >= 40, len(ten)) == (True, 10)
    assert weeks.forbidden == set()
    assert [fault for user in readers for fault in faults_of(weeks, user)] == []
    assert [(user.email, name) for user in settled for name in missing(weeks, user)] == []
    assert [(user.email, why) for user in settled for why in untrue(weeks, user)] == []
    assert unlike(weeks, readers) == []
    assert max(one.day for one in weeks.to(STOPPED)) <= STOPS_ON
    assert [one.day for one in weeks.to(LEFT) if one.day > STOPS_ON] == [8]
    later = [one for one in weeks.to(UNFOLLOWED) if one.day > STOPS_ON]
    assert later != []
    assert not any("seuraat teemaa" in one.text for one in later)
