"""What no fit of content can make good: level, language, place, time, pay, school, room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.lookups import GreaterThan

from theses.models import (
    Application,
    Approach,
    StudentRegion,
    SupervisorField,
    SupervisorSeats,
    TopicEducationField,
)
from theses.models.applications import Stage as ApplicationStage
from theses.models.approaches import Kind
from theses.models.approaches import Stage as ApproachStage
from theses.models.choices import Pay
from theses.models.terms import Half, term_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from theses.models import StudentProfile, SupervisorProfile, Topic

GONE = frozenset(ApplicationStage) - {ApplicationStage.WITHDRAWN}


def _any_of(field: str, values: list[str]) -> Q:
    """A list that names none, on either side, leaves it open."""
    return Q(**{field: []}) | Q(**{f"{field}__overlap": values}) if values else Q()


def of_student(profile: StudentProfile, regions: list[int]) -> Q:
    """Topics this student could take on."""
    school = Q(school__isnull=True)
    fits = school | Q(school=profile.school_id) if profile.school_id else school
    fits &= Q(student__isnull=True)  # another student's own idea
    if regions:
        place = Q(region__in=regions)
        fits &= place | Q(is_remote=True) if profile.is_remote else place
    if profile.wants_pay:
        fits &= ~Q(pay=Pay.NO)
    if profile.available_until:
        fits &= Q(starts_on__isnull=True) | Q(starts_on__lte=profile.available_until)
    lists = _any_of("levels", [profile.level])
    return fits & lists & _any_of("languages", list(profile.languages))


def not_taken_up(profile: StudentProfile) -> Q:
    """Neither the student's own offer nor one applied to already."""
    applied = Application.objects.filter(
        student=profile.user_id, stage__in=sorted(GONE), topic=OuterRef("pk")
    )
    return ~Exists(applied) & ~Q(contact=profile.user_id) & ~Q(supervisor=profile.user_id)


def of_topic(topic: Topic) -> Q:
    """Which students could take this topic on."""
    fits = Q(level__in=topic.levels) if topic.levels else Q()
    fits &= _any_of("languages", list(topic.languages))
    named = StudentRegion.objects.filter(profile=OuterRef("pk"))
    place = ~Exists(named) | Exists(named.filter(term=topic.region_id))
    fits &= place | Q(is_remote=True) if topic.is_remote else place
    if topic.pay == Pay.NO:
        fits &= Q(wants_pay=False)
    if topic.starts_on:
        fits &= Q(available_until__isnull=True) | Q(available_until__gte=topic.starts_on)
    if topic.school_id:
        fits &= Q(school=topic.school_id)
    return fits


def not_approached(topic: Topic) -> Q:
    """Students who have not applied to the topic, nor been invited to it."""
    applied = Application.objects.filter(topic=topic, student=OuterRef("user"))
    invited = Approach.objects.filter(
        topic=topic,
        to=OuterRef("user"),
        kind__in=[Kind.INVITE_STUDENT, Kind.INVITE_SUPERVISOR],
        stage__in=[ApproachStage.PENDING, ApproachStage.DECLINED],
    )
    return ~Exists(applied) & ~Exists(invited)


def of_supervisor(profile: SupervisorProfile) -> Q:
    """Topics of the supervisor's levels and languages, and school or of none in particular."""
    fits = _any_of("levels", list(profile.levels)) & _any_of("languages", list(profile.languages))
    return fits & (Q(school__isnull=True) | Q(school=profile.institution_id))


def in_field_or_none(fields: Iterable[int]) -> Q:
    """Topics of one of the fields, or of none in particular."""
    named = TopicEducationField.objects.filter(topic=OuterRef("pk"))
    return Exists(named.filter(term__in=fields)) | ~Exists(named)


def supervisors_of(topic: Topic, fields: list[int], day: datetime.date | None = None) -> Q:
    """Which supervisors could take it: level, language, field, school, and a seat this term."""
    fits = _any_of("levels", list(topic.levels)) & _any_of("languages", list(topic.languages))
    if fields:
        named = SupervisorField.objects.filter(profile=OuterRef("pk"))
        fits &= Exists(named.filter(term__in=fields)) | ~Exists(named)
    if topic.school_id:
        fits &= Q(institution=topic.school_id)
    return fits & has_seat(day)


def has_seat(day: datetime.date | None = None) -> Q:
    """Room in the term of the day; where the term has no row yet, as in the latest before it."""
    year, half = term_of(day)
    until = Q(year__lt=year) | Q(year=year, half__in={half, Half.SPRING})
    rows = SupervisorSeats.objects.filter(until, profile=OuterRef("pk"))
    now = rows.filter(year=year, half=half)
    before = rows.order_by("-year", "half").values("capacity")[:1]
    goes_on = Q(GreaterThan(Subquery(before), 0))
    return Exists(now.filter(taken__lt=F("capacity"))) | (~Exists(now) & goes_on)
