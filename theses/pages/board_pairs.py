"""The best three for one row of a board, each with what brings the two together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, Value
from django.utils.translation import gettext as _

from members.models import Organisation
from theses import matching
from theses.models import (
    Approach,
    StudentProfile,
    SupervisionRequest,
    SupervisorProfile,
    Topic,
)
from theses.models.approaches import Kind
from theses.services.introductions import introduced, ready_message

if TYPE_CHECKING:
    from theses.pages.boards import Board

SHOWN = 3
READ = 20  # matches, of which some belong to another coordinator or have been introduced


@dataclass
class Pair:
    """`other` stands beside the row: a profile, an organisation, or the topic for a person."""

    topic: Topic
    other: Any
    reasons: list[str] = field(default_factory=list)

    @property
    def party(self) -> Any:
        """Who would be invited, were the row a topic."""
        return None if isinstance(self.other, Topic) else self.other

    @property
    def title(self) -> str:
        if isinstance(self.other, Topic):
            return self.other.heading
        return self.other.title if isinstance(self.other, Organisation) else str(self.other.user)

    @property
    def url(self) -> str:
        return self.other.get_absolute_url()


def addressed(kind: Kind, party: Any) -> dict[str, Any]:
    """The party of an invitation as the services name it."""
    return {"organisation": party} if kind == Kind.INVITE_COMMISSIONER else {"to": party.user}


def pairs_for(board: Board, obj: Any, user: Any) -> list[Pair]:
    """Best first; never a pair that has been brought together before."""
    found = _of_person(obj, user) if board.of_people else _of_topic(board.kind, obj, user)
    fresh = []
    for pair in found:
        party = obj if board.of_people else pair.other
        if not _have_met(pair.topic, board.kind, party):
            fresh.append(pair)
        if len(fresh) == SHOWN:
            break
    return fresh


def _have_met(topic: Topic, kind: Kind, party: Any) -> bool:
    """Brought together by a coordinator, or come to each other by themselves."""
    if introduced(topic, kind).filter(**addressed(kind, party)).exists():
        return True
    offers = Approach.objects.filter(topic=topic)
    if kind == Kind.INVITE_COMMISSIONER:
        return offers.filter(kind=Kind.COMMISSION, organisation=party).exists()
    if kind == Kind.INVITE_STUDENT:
        return topic.applications.filter(student=party.user).exists()
    asked = SupervisionRequest.objects.filter(thesis__application__topic=topic)
    return (
        asked.filter(supervisor=party.user).exists()
        or offers.filter(kind=Kind.SUPERVISE, by=party.user).exists()
    )


def _of_topic(kind: Kind, topic: Topic, user: Any) -> list[Pair]:
    if kind == Kind.INVITE_COMMISSIONER:
        return _commissioners(topic, user)
    finds = matching.students_for if kind == Kind.INVITE_STUDENT else matching.supervisors_for
    matches = finds(topic, user, 2 * SHOWN)
    return [Pair(topic, match.object, match.reasons) for match in matches]


def _of_person(profile: Any, user: Any) -> list[Pair]:
    """Topics of her own clusters alone: she speaks for no others."""
    if isinstance(profile, StudentProfile):
        matches = matching.topics_for(profile, user, READ)
    else:
        matches = matching.topics_to_supervise(profile, user, READ)
    ours = Topic.objects.managed_by(user).filter(pk__in=[match.object.pk for match in matches])
    mine = set(ours.values_list("pk", flat=True))
    found = [match for match in matches if match.object.pk in mine][: 2 * SHOWN]
    return [Pair(match.object, match.object, match.reasons) for match in found]


def _commissioners(topic: Topic, user: Any) -> list[Pair]:
    """Organisations of her scope with a contact person: those first that share most themes, then
    those with topics in the same field, then those of the same region.
    """
    contact = Q(affiliations__role="contact", affiliations__stage="confirmed")
    with_contact = Organisation.objects.filter(contact, affiliations__user__is_active=True)
    terms = [term.pk for term in topic.terms.all()]
    rows = Organisation.objects.in_scope_of(user).filter(pk__in=with_contact.values("pk"))
    fields = [term.pk for term in topic.education_fields.all()]
    offered = Topic.objects.in_scope_of(user).filter(published_at__isnull=False)
    offered = offered.filter(organisation=OuterRef("pk"), education_fields__in=fields)
    rows = rows.annotate(
        shared=Count("terms", filter=Q(terms__in=terms), distinct=True),
        same_field=Exists(offered),
        same_region=Q(region=topic.region_id) if topic.region_id else Value(value=False),
    )
    rows = rows.filter(Q(shared__gt=0) | Q(same_field=True) | Q(same_region=True))
    rows = rows.order_by("-shared", "-same_field", "-same_region", "name", "pk")
    rows = rows.select_related("region").prefetch_related("terms")
    return [Pair(topic, row, _common(row, topic, terms)) for row in rows[: 2 * SHOWN]]


def _common(organisation: Any, topic: Topic, terms: list[int]) -> list[str]:
    shared = [term.label for term in organisation.terms.all() if term.pk in terms]
    fields = ", ".join(term.label for term in topic.education_fields.all())
    told = []
    if shared:
        told.append(_("Same themes: %(themes)s") % {"themes": ", ".join(shared)})
    if organisation.same_field:
        told.append(_("Has offered topics in the same field: %(fields)s") % {"fields": fields})
    if organisation.same_region:
        told.append(_("In the same region: %(region)s") % {"region": organisation.region.label})
    return told


def message_for(board: Board, obj: Any, pair: Pair, user: Any) -> str:
    party = obj if board.of_people else pair.other
    return ready_message(pair.topic, board.kind, by=user, **addressed(board.kind, party))


def pair_of(board: Board, obj: Any, pk: int, user: Any) -> tuple[Topic, dict[str, Any]] | None:
    """What a form names: the topic, and who is invited; None for what this coordinator lacks."""
    if board.of_people:
        topic = Topic.objects.managed_by(user).filter(pk=pk).first()
        return (topic, addressed(board.kind, obj)) if topic is not None else None
    seen: Any = {
        Kind.INVITE_STUDENT: StudentProfile.objects.visible_to(user),
        Kind.INVITE_SUPERVISOR: SupervisorProfile.objects.visible_to(user),
        Kind.INVITE_COMMISSIONER: Organisation.objects.visible_to(user),
    }[board.kind]
    party = seen.filter(pk=pk).first()
    return (obj, addressed(board.kind, party)) if party is not None else None
