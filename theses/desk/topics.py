"""What a desk shows of topics: one's own, those to review, the days on which they close."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.content import Deadline
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from members.models import Organisation, User
from theses.forms.profiles import institutions_of
from theses.models import Application, StudentProfile, SupervisorProfile, Topic
from theses.models.choices import Origin, Stage
from theses.pages.presentation import row_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader

ON_DESK = 12
ON_CARDS: Part[list[Topic]] = Part("topics on a desk")
SUGGESTS: Part[bool] = Part("whether there is a profile to suggest by")
KIND = gettext_lazy("Last day to apply to a thesis topic")


def _rows(topics: Iterable[Topic]) -> list[dict[str, Any]]:
    return [row_of(topic) for topic in topics]


def _topics(user: Reader) -> list[Topic]:
    """The reader's own and those that close next, read once for both."""
    return ON_CARDS.get(user.pk, lambda: list(_read(user)))


def _read(user: Reader) -> Any:
    visible = Topic.objects.visible_to(user)
    closing = visible.open().filter(closes_on__isnull=False).order_by("closes_on", "pk")
    wanted = Q(pk__in=closing.values("pk")[:ON_DESK])
    own = visible.mine(user).exclude(stage=Stage.WITHDRAWN).order_by("-pk")
    wanted |= Q(pk__in=own.values("pk")[:ON_DESK])
    return Topic.objects.visible_to(user).filter(wanted).for_cards().order_by("-pk")


def my_topics(user: Reader) -> list[dict[str, Any]]:
    """The reader's own offers, and those of the organisations spoken for."""
    return _rows(_offered(user)[:ON_DESK])


def my_ideas(user: Reader) -> list[dict[str, Any]]:
    return _rows(_ideas(user)[:ON_DESK])


def _offered(user: Reader) -> list[Topic]:
    edits = audience(user).edits
    read = _topics(user)
    return [each for each in read if each.contact_id == user.pk or each.organisation_id in edits]


def _ideas(user: Reader) -> list[Topic]:
    """A student's own, in whatever state; not another student's that closes next."""
    read = _topics(user)
    return [each for each in read if each.origin == Origin.STUDENT and each.student_id == user.pk]


def to_revise(user: Reader) -> list[dict[str, Any]]:
    """What a coordinator has returned for changes and nobody has sent anew."""
    mine = {topic.pk: topic for topic in (*_offered(user), *_ideas(user))}
    drafts = [pk for pk, topic in mine.items() if topic.stage == Stage.DRAFT]
    last = audit.last_acts(Topic, drafts, ["send_back", "submit"])
    return [
        {**row_of(mine[pk]), "tags": (), "action": _("Read why, and send it anew")}
        for pk in drafts
        if last.get(pk) == "send_back"
    ]


def to_review(user: Reader) -> list[dict[str, Any]]:
    """What has been sent to a coordinator's own clusters, the oldest first."""
    if not audience(user).coordinates:
        return []
    rows = Topic.objects.managed_by(user).filter(stage=Stage.IN_REVIEW)
    return [
        {**row_of(topic), "tags": (), "action": _("Read and answer")}
        for topic in rows.for_cards().order_by("updated_at", "pk")[:ON_DESK]
    ]


def newcomers(user: Reader) -> Any:
    """Rows for those alone to whom theses may be new: of no organisation, or of a school."""
    known = audience(user)
    if known.coordinates or known.user_id is None:
        return Organisation.objects.none()
    if known.is_member or known.organisations:
        return institutions_of(user)
    return User.objects.filter(pk=known.user_id)


def first_steps(user: Reader) -> list[dict[str, Any]]:
    """For one of the `newcomers` who has nothing to do with theses yet."""
    if _takes_part(user):
        return []
    steps = (
        ("list", _("Find a thesis topic"), _("Search by your own words and apply.")),
        ("profile", _("Tell what you study or supervise"), _("The portal suggests what fits.")),
        ("propose", _("Propose a topic of your own"), _("It seeks whoever is missing.")),
    )
    return [
        {"url": reverse(f"theses:{page}"), "title": title, "text": text}
        for page, title, text in steps
    ]


def _takes_part(user: Reader) -> bool:
    topics = Topic.objects.mine(user).order_by().values("pk")
    applications = Application.objects.mine(user).order_by().values("pk")
    return bool(suggests(user)) or topics.union(applications, all=True).exists()


def closing(user: Reader) -> list[Deadline]:
    """The next last days to apply."""
    days = [
        (topic.closes_on, topic.pk, topic)
        for topic in _topics(user)
        if topic.closes_on and topic.is_open
    ]
    return [
        Deadline(
            at=timezone.make_aware(datetime.combine(day, time(23, 59))),
            kind=KIND,
            title=topic.heading,
            url=topic.get_absolute_url(),
        )
        for day, _pk, topic in sorted(days)[:ON_DESK]
    ]


def suggests(user: Reader) -> list[bool]:
    """Whether there is a profile to suggest by; the suggestions come after the page."""
    return [True] if SUGGESTS.get(user.pk, lambda: _has_profile(user)) else []


def _has_profile(user: Reader) -> bool:
    student = StudentProfile.objects.editable_by(user).order_by().values("pk")
    supervisor = SupervisorProfile.objects.editable_by(user).filter(is_open=True)
    return student.union(supervisor.order_by().values("pk"), all=True).exists()
