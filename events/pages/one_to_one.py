"""Meetings of two: whom it is worth meeting and why, one's own, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.content import Deadline
from cluster_portal.core.knots import Tie
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from events.models import OneToOne
from events.models.one_to_one import MOVES, SET, Outcome, Side, Stage, when
from events.pages.words import span
from events.services import busy
from events.services.one_to_one import may_ask
from members import matching
from members.models import Capability, ExpertFace, Need, NeedMatch, Organisation, User
from members.services.recipients import contacts_of
from projects.models import Challenge, Project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

    from cluster_portal.core.visibility import Reader

Row = dict[str, Any]
# What was begun from an outcome continues the need behind the meeting; the meeting is not told.
TIES = (
    Tie("project-of-one-to-one", Need, Project, OneToOne, "need", "project"),
    Tie("challenge-of-one-to-one", Need, Challenge, OneToOne, "need", "challenge"),
)
MOST_NEEDS, MOST_OF_NEED, MOST_SUGGESTED, MOST_MINE, ON_DESK = 6, 2, 8, 40, 6
MINE: Part[list[OneToOne]] = Part("meetings of two on a desk")
DONE = (Stage.TOLD, Stage.DECLINED, Stage.WITHDRAWN, Stage.EXPIRED, Stage.CANCELLED)
STARTS = {
    Outcome.PROJECT: (gettext_lazy("Make it a project idea"), "projects:project_propose"),
    Outcome.CHALLENGE: (gettext_lazy("Make it a challenge"), "projects:challenge_propose"),
}


def trail(*names: Any) -> list[dict[str, str]]:
    above = [
        {"name": _("Events"), "url": reverse("events:list")},
        {"name": _("Meet each other"), "url": reverse("events:one_to_ones")},
    ]
    *links, last = names or (None,)
    if last is None:
        return [above[0], {"name": above[1]["name"]}]
    return [
        *above, *({"name": str(each), "url": each.get_absolute_url()} for each in links),
        {"name": str(last)},
    ]  # fmt: skip


def other_of(meeting: OneToOne, user: Reader) -> str:
    """Whom the reader meets, in words: a person, their organisation, or both."""
    is_asker = meeting.side_of(user) == Side.ASKER
    person = meeting.asked if is_asker else meeting.asker
    place = meeting.asked_organisation if is_asker else meeting.asker_organisation
    name = person.get_full_name() if person is not None and person.is_active else ""
    return ", ".join(filter(None, [name, str(place or "")])) or _("A removed user")


def row(meeting: OneToOne, user: Reader) -> Row:
    stage = Stage(meeting.stage)
    at = when(meeting.starts_at) if meeting.starts_at else ""
    is_turn = MOVES.may("accept", meeting, user)
    is_due = MOVES.may("tell", meeting, user) and stage == Stage.AGREED
    words = _("Waits for your answer") if is_turn else str(meeting.get_stage_display())
    return {
        "title": meeting.topic, "url": meeting.get_absolute_url(), "kind": other_of(meeting, user),
        "text": at, "state": "check" if is_turn or is_due else stage.look,
        "state_text": _("Tell what came of it") if is_due else words,
    }  # fmt: skip


def mine(user: Reader) -> list[OneToOne]:
    rows = OneToOne.objects.visible_to(user).select_related(
        "asker", "asked", "asker_organisation", "asked_organisation"
    )
    return MINE.get(user.pk, lambda: list(rows.order_by("-updated_at")[:MOST_MINE]))


def values(user: Reader) -> Row:
    own = mine(user)
    turns = [each for each in own if _needs(each, user)]
    rest = [each for each in own if each not in turns]
    return {
        "trail": trail(), "may_ask": may_ask(user),
        "turns": [row(each, user) for each in turns],
        "coming": [row(each, user) for each in rest if each.stage == Stage.AGREED],
        "waiting": [row(each, user) for each in rest if each.stage == Stage.ASKED],
        "done": [row(each, user) for each in rest if each.stage in DONE],
        "suggestions": suggestions(user), "figures": figures(user),
    }  # fmt: skip


def _needs(meeting: OneToOne, user: Reader) -> bool:
    is_due = meeting.stage == Stage.AGREED and MOVES.may("tell", meeting, user)
    return is_due or MOVES.may("accept", meeting, user)


def figures(user: Reader) -> list[Row]:
    """For coordinators: how many were asked, agreed, held, and what came; nobody is named."""
    known = audience(user)
    if not (known.is_admin or known.coordinates):
        return []
    rows = OneToOne.objects.counted_for(user)
    counted = rows.aggregate(
        asked=Count("pk"), agreed=Count("pk", filter=Q(stage__in=(Stage.AGREED, Stage.TOLD))),
        told=Count("pk", filter=Q(stage=Stage.TOLD)),
        further=Count("pk", filter=Q(outcome__in=(Outcome.PROJECT, Outcome.CHALLENGE,
                                                  Outcome.OFFER))),
    )  # fmt: skip
    return [
        {"name": _("Meetings asked for"), "value": counted["asked"]},
        {"name": _("Agreed"), "value": counted["agreed"]},
        {"name": _("Outcome recorded"), "value": counted["told"]},
        {"name": _("Led to a project, a challenge or an offer"), "value": counted["further"]},
    ]


# Whom it is worth meeting.


def suggestions(user: Reader) -> list[Row]:
    """From the reader's needs and from what the reader's side can do for others' needs."""
    if not may_ask(user):
        return []
    found: list[Row] = []
    for each in (*_for_my_needs(user), *_for_my_answers(user)):
        if each["who"] not in {one["who"] for one in found}:
            found.append(each)
    asked = set(
        OneToOne.objects.of_person(user).filter(stage__in=(Stage.ASKED, Stage.AGREED))
        .values_list("asked_organisation", flat=True)
    )  # fmt: skip
    return [each for each in found if each["organisation"] not in asked][:MOST_SUGGESTED]


def _own_needs(user: Reader) -> Any:
    known = audience(user)
    own = Q(organisation__in=known.organisations) | Q(person=known.user_id)
    return Need.objects.visible_to(user).open().filter(own)


def _for_my_needs(user: Reader) -> Iterator[Row]:
    needs = _own_needs(user).prefetch_related("terms").defer("search").order_by("-pk")
    for need in needs[:MOST_NEEDS]:
        stored = list(need.matches.standing()[: 3 * MOST_OF_NEED])
        for match, fit in matching.shown(need, stored, user)[:MOST_OF_NEED]:
            answers = matching.declared(match.answers)
            other = _owner(fit.object)
            if answers is not None and other is not None:
                shown = answers.show(fit.object)
                yield _suggestion(match, need, shown["title"], fit, other, is_mine=True)


def _for_my_answers(user: Reader) -> Iterator[Row]:
    for answers, kind in _answering():
        own = answers.mine(user).values("pk")
        rows = NeedMatch.objects.standing().filter(content_type=kind, object_id__in=own)
        rows = rows.filter(need__in=_seen_needs(user))
        rows = rows.exclude(need__in=_own_needs(user).values("pk")).select_related(
            "need__organisation", "need__person"
        )
        for match in rows.order_by("-score", "pk")[:MOST_OF_NEED]:
            fit = matching.fit_of(answers, match.object_id, match.need, user)
            other = match.need.organisation or match.need.person
            if fit is not None and other is not None:
                yield _suggestion(match, match.need, str(match.need), fit, other, is_mine=False)


def _seen_needs(user: Reader) -> Any:
    return Need.objects.visible_to(user).open().values("pk")


def _answering() -> list[tuple[Any, ContentType]]:
    """What answers a need and has somebody to meet."""
    return [
        (answers, ContentType.objects.get_for_model(answers.model))
        for answers in matching.every()
        if answers.model in {Capability, Organisation, ExpertFace}
    ]


def _owner(thing: Model) -> Organisation | User | None:
    if isinstance(thing, Organisation):
        return thing
    if isinstance(thing, ExpertFace):
        return thing.profile.user
    return getattr(thing, "organisation", None)


def _suggestion(
    match: NeedMatch, need: Need, title: str, fit: Any, other: Any, *, is_mine: bool
) -> Row:
    words = _("Your need: %(need)s") if is_mine else _("Their need: %(need)s")
    about = title if is_mine else ""
    return {
        "match": match, "who": str(other), "about": about, "need": need,
        "organisation": other.pk if isinstance(other, Organisation) else None,
        "why": words % {"need": need}, "reasons": [str(each) for each in fit.reasons],
        "other": other, "topic": (title if is_mine else str(need))[:160],
        "url": f"{reverse('events:one_to_one_ask')}?{urlencode({'match': match.pk})}",
    }  # fmt: skip


def suggested(key: str, user: Reader) -> Row | None:
    """The suggestion with this number, if it is one of the reader's."""
    if not key.isdecimal() or len(key) > 12:
        return None
    match = NeedMatch.objects.visible_to(user).standing().filter(pk=int(key)).first()
    if match is None:
        return None
    rows = (*_for_my_needs(user), *_for_my_answers(user))
    return next((each for each in rows if each["match"].pk == match.pk), None)


def begun_from(params: Any, user: Reader) -> Row | None:
    """Whom the form asks: of a suggestion, of a need, or an organisation by its address."""
    if found := suggested(params.get("match", ""), user):
        return found
    if slug := params.get("need", "")[:100]:
        need = Need.objects.visible_to(user).open().filter(slug=slug).first()
        other = need and (need.organisation or need.person)
        return {"other": other, "need": need, "topic": str(need), "reasons": []} if other else None
    slug = params.get("organisation", "")[:100]
    rows = Organisation.objects.visible_to(user).standing().members()
    other = rows.filter(slug=slug).first()
    return {"other": other, "need": None, "topic": "", "reasons": []} if other else None


def person_of(other: Any) -> User | None:
    """The one who would come, where that is known: an expert, or the only contact."""
    if isinstance(other, User):
        return other
    contacts = list(contacts_of([other.pk])[:2])
    return contacts[0] if len(contacts) == 1 else None


def of_need(need: Need, user: Reader) -> str:
    """The address of the form from the page of a need; empty for whoever cannot ask."""
    if not may_ask(user) or not need.is_open:
        return ""
    if need.organisation_id in audience(user).organisations or need.person_id == user.pk:
        return ""
    return f"{reverse('events:one_to_one_ask')}?{urlencode({'need': need.slug})}"


# One of them.


def page(meeting: OneToOne, user: Reader) -> Row:
    is_turn = MOVES.may("accept", meeting, user)
    return {
        "meeting": meeting, "other": other_of(meeting, user), "look": Stage(meeting.stage).look,
        "when": span(meeting.starts_at, meeting.ends_at)
        if meeting.starts_at and meeting.ends_at else "",
        "trail": trail(meeting), "is_turn": is_turn, "facts": _facts(meeting),
        "times": _times(meeting, user) if meeting.stage == Stage.ASKED else [],
        "reasons": meeting.reasons.splitlines(),
        "need": Need.objects.visible_to(user).filter(pk=meeting.need_id).first(),
        "answer_by": when(meeting.answer_by), "can_tell": MOVES.may("tell", meeting, user),
        "moves": MOVES.without("accept", "offer", "tell").open_to(meeting, user),
        "url": meeting.get_absolute_url(), "starts": _starts(meeting),
        "became": _became(meeting, user),
    }  # fmt: skip


def _facts(meeting: OneToOne) -> list[tuple[str, str]]:
    told = [(_("How long"), str(meeting.get_minutes_display())), (_("Place"), meeting.place)]
    return [(name, value) for name, value in told if value]


def _times(meeting: OneToOne, user: Any) -> list[Row]:
    """Each with whether the reader is somewhere else at that time."""
    now = timezone.now()
    taken = busy.spans_of([user], now)
    return [
        {
            "at": time.starts_at.isoformat(), "words": when(time.starts_at),
            "is_past": time.starts_at <= now,
            "clashes": busy.clashes((time.starts_at, time.starts_at + meeting.length), taken),
        }
        for time in meeting.times.all()
    ]  # fmt: skip


def _starts(meeting: OneToOne) -> list[dict[str, str]]:
    """What is begun from the outcome, once."""
    if meeting.stage != Stage.TOLD or meeting.project_id or meeting.challenge_id:
        return []
    given = urlencode({"meeting": str(meeting.public_id)})
    told = STARTS.get(Outcome(meeting.outcome))
    return [{"title": str(told[0]), "url": f"{reverse(told[1])}?{given}"}] if told else []


def _became(meeting: OneToOne, user: Reader) -> list[Row]:
    found = []
    for name in ("project", "challenge"):
        pk = getattr(meeting, f"{name}_id")
        model: Any = OneToOne._meta.get_field(name).related_model
        thing = model.objects.visible_to(user).filter(pk=pk).first() if pk else None
        if thing is not None:
            found.append({"title": str(thing), "url": thing.get_absolute_url()})
    return found


def words_of(public_id: str, user: Reader) -> dict[str, str]:
    """What a form begins with that is started from an outcome."""
    rows = OneToOne.objects.of_person(user).filter(public_id=public_id, stage=Stage.TOLD)
    meeting = rows.first()
    if meeting is None:
        return {}
    return {"title": meeting.topic, "text": meeting.outcome_words or meeting.topic}


# On other pages.


def waiting(user: Reader) -> Any:
    """What can wait for the reader at all."""
    return OneToOne.objects.visible_to(user).filter(stage__in=(Stage.ASKED, Stage.AGREED))


def on_desk(user: Reader) -> list[Row]:
    """What waits for the reader: an answer, or the outcome of what was held."""
    if not audience(user).is_member:
        return []
    return [row(each, user) for each in mine(user) if _needs(each, user)][:ON_DESK]


def to_meet(user: Reader) -> Any:
    """The reader, if there is something for them on the page of meetings of two: meetings of
    their own, or a need and what fits it, one of them of their side."""
    if not may_ask(user):
        return User.objects.none()
    ours = Q(need__in=_own_needs(user).values("pk"))
    for answers, kind in _answering():
        ours |= Q(content_type=kind, object_id__in=answers.mine(user).values("pk"))
    fitting = NeedMatch.objects.standing().filter(ours, need__in=_seen_needs(user))
    own = OneToOne.objects.visible_to(user)
    return User.objects.filter(Exists(own) | Exists(fitting), pk=user.pk)


def rest_on_desk(user: Reader) -> list[Row]:
    """Those that wait for nobody or for the other one, and the way to all of them."""
    there = [each for each in mine(user) if each.stage in (Stage.ASKED, Stage.AGREED)]
    rows = [row(each, user) for each in there if not _needs(each, user)][:ON_DESK]
    return [
        *rows,
        {
            "title": _("Whom it is worth meeting, and all your meetings of two"),
            "url": reverse("events:one_to_ones"),
        },
    ]


def coming(user: Reader) -> list[Deadline]:
    """Agreed ones, and the answers that the reader owes: their calendar."""
    if not audience(user).is_member:
        return []
    rows = OneToOne.objects.of_person(user).filter(stage=Stage.AGREED, ends_at__gte=timezone.now())
    return [
        Deadline(each.starts_at, _("Meeting of two"), each.topic, each.get_absolute_url())
        for each in rows.order_by("starts_at")[:ON_DESK] if each.starts_at
    ]  # fmt: skip


def in_calendar(user: Reader) -> QuerySet[OneToOne]:
    """Agreed ones, ahead and held."""
    if not audience(user).is_member:
        return OneToOne.objects.none()
    return OneToOne.objects.of_person(user).filter(stage__in=SET)


def of_organisation(organisation: Organisation, user: Reader) -> list[Row]:
    """The way to ask, on the page of a member organisation that is not one's own."""
    known = audience(user)
    if not known.is_member or organisation.pk in known.organisations:
        return []
    given = urlencode({"organisation": organisation.slug})
    return [
        {
            "title": _("Propose a meeting of two"),
            "kind": "",
            "text": _("Offer times: the portal looks that neither of you is elsewhere."),
            "url": f"{reverse('events:one_to_one_ask')}?{given}",
        }
    ]
