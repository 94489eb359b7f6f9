"""What the theses app shows on pages of other floors: desk, front page, digest, organisation."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.registries import Deadline, QueueState
from cluster_portal.core.visibility import audience, once
from theses.forms.profiles import institutions_of
from theses.models import SupervisorProfile, Topic
from theses.models.choices import UNPUBLISHED, Origin, Stage
from theses.pages.presentation import row_of
from theses.standing import has, has_any

if TYPE_CHECKING:
    from collections.abc import Iterable


ON_DESK, ON_FRONT, IN_DIGEST = 12, 4, 24
COUNTED = 10_000
CLOSING_SOON = timedelta(days=14)
KIND = gettext_lazy("Last day to apply to a thesis topic")


def _rows(topics: Iterable[Topic]) -> list[dict[str, Any]]:
    return [row_of(topic) for topic in topics]


def _topics(user: Any) -> list[Topic]:
    """Her own and those that close next, read once for both."""
    return once(user, "_topics_on_desk", lambda: list(_read(user)))


def _read(user: Any) -> Any:
    visible = Topic.objects.visible_to(user)
    closing = visible.open().filter(closes_on__isnull=False).order_by("closes_on", "pk")
    wanted = Q(pk__in=closing.values("pk")[:ON_DESK])
    if has(user, "topics"):
        mine = Q(contact=user.pk) | Q(organisation__in=audience(user).edits)
        mine |= Q(origin=Origin.STUDENT, student=user.pk)
        own = visible.filter(mine).exclude(stage=Stage.WITHDRAWN).order_by("-pk")
        wanted |= Q(pk__in=own.values("pk")[:ON_DESK])
    return Topic.objects.visible_to(user).filter(wanted).for_cards().order_by("-pk")


def my_topics(user: Any) -> list[dict[str, Any]]:
    """What she offers herself or through an organisation whose contact she is."""
    return _rows(_offered(user)[:ON_DESK])


def my_ideas(user: Any) -> list[dict[str, Any]]:
    return _rows(_ideas(user)[:ON_DESK])


def _offered(user: Any) -> list[Topic]:
    edits = audience(user).edits
    read = _topics(user)
    return [each for each in read if each.contact_id == user.pk or each.organisation_id in edits]


def _ideas(user: Any) -> list[Topic]:
    """A student's own, in whatever state; another student's that closes next is not hers."""
    read = _topics(user)
    return [each for each in read if each.origin == Origin.STUDENT and each.student_id == user.pk]


def to_revise(user: Any) -> list[dict[str, Any]]:
    """What a coordinator has returned for changes and nobody has sent anew."""
    mine = {topic.pk: topic for topic in (*_offered(user), *_ideas(user))}
    drafts = [pk for pk, topic in mine.items() if topic.stage == Stage.DRAFT]
    last = audit.last_acts(Topic, drafts, ["send_back", "submit"])
    return [
        {**row_of(mine[pk]), "text": "", "action": _("Read why, and send it anew")}
        for pk in drafts
        if last.get(pk) == "send_back"
    ]


def to_review(user: Any) -> list[dict[str, Any]]:
    """What has been sent to a coordinator's own clusters, the oldest first."""
    if not audience(user).coordinates:
        return []
    rows = Topic.objects.managed_by(user).filter(stage=Stage.IN_REVIEW)
    return [
        {**row_of(topic), "text": "", "action": _("Read and answer")}
        for topic in rows.for_cards().order_by("updated_at", "pk")[:ON_DESK]
    ]


def first_steps(user: Any) -> list[dict[str, Any]]:
    """For a newcomer of no organisation, or of a school, who has nothing to do with theses yet."""
    known = audience(user)
    if known.coordinates or has_any(user):
        return []
    if (known.is_member or known.organisations) and not institutions_of(user).exists():
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


def newest(user: Any) -> dict[str, Any] | None:
    open_topics = Topic.objects.visible_to(user).open()
    rows = _rows(open_topics.for_cards().order_by("-published_at", "-pk")[:ON_FRONT])
    if not rows:
        return None
    count = open_topics.order_by()[:COUNTED].count()
    figures = [{"label": _("Open thesis topics"), "value": count}]
    return {"rows": rows, "list_url": reverse("theses:list"), "figures": figures}


def searchable(user: Any) -> Any:
    return Topic.objects.visible_to(user).exclude(stage__in=sorted(UNPUBLISHED))


def searchable_people(user: Any) -> Any:
    """Who has opened a profile to this reader."""
    rows = SupervisorProfile.objects.visible_to(user).filter(is_open=True)
    return rows.select_related("user")


def on_list(user: Any) -> Any:
    return Topic.objects.visible_to(user).open().select_related("organisation")


def closing(user: Any) -> list[Deadline]:
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


def new_topics(user: Any, since: datetime) -> Any:
    topics = Topic.objects.visible_to(user).open().filter(published_at__gte=since)
    return topics.select_related("organisation").order_by("-published_at", "-pk")[:IN_DIGEST]


def closing_topics(user: Any, since: datetime) -> Any:
    last = timezone.localdate() + CLOSING_SOON
    topics = Topic.objects.visible_to(user).open().filter(closes_on__lte=last)
    return topics.select_related("organisation").order_by("closes_on", "pk")[:IN_DIGEST]


def offered_data(user: Any) -> list[dict[str, Any]]:
    """Of what she proposed herself also the words: they are her own, whoever commissions it."""
    proposed = Q(origin=Origin.STUDENT, student=user.pk)
    proposed |= Q(origin=Origin.SUPERVISOR, supervisor=user.pk)
    rows = Topic.objects.visible_to(user).filter(Q(contact=user.pk) | proposed).order_by("pk")
    return [
        {"title": row.title, "state": row.get_stage_display(), **_own_words(row, user)}
        for row in rows
    ]


def _own_words(topic: Topic, user: Any) -> dict[str, Any]:
    proposers = {Origin.STUDENT: topic.student_id, Origin.SUPERVISOR: topic.supervisor_id}
    if proposers.get(Origin(topic.origin)) != user.pk:
        return {}
    words = ("description", "aim", "questions", "material", "schedule", "keywords")
    return {name: value for name in words if (value := getattr(topic, name))}


def in_review(user: Any) -> QueueState:
    rows = Topic.objects.managed_by(user).filter(stage=Stage.IN_REVIEW)
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = reverse("admin:theses_topic_changelist")
    return QueueState(_("Topics to review"), url=f"{url}?stage__exact=in_review", **found)
