"""The theses' part in erasing an account: what waits is answered, what was done stays nameless."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.core import audit, search
from cluster_portal.core.files import discard
from cluster_portal.notifications.models import OutboxMail
from members.services.erasure import hand_over
from theses.models import (
    Application,
    ApplicationFile,
    Approach,
    LightReport,
    ProfileAccess,
    StudentField,
    StudentProfile,
    StudentRegion,
    StudentTerm,
    SupervisionRequest,
    SupervisorField,
    SupervisorProfile,
    SupervisorSeats,
    SupervisorTheme,
    Thesis,
    Topic,
)
from theses.models import applications as applying
from theses.models import approaches as approaching
from theses.models import supervision as supervising
from theses.models.choices import Origin, Stage
from theses.models.works import ACTIVE
from theses.services import applications, approaches, closing, supervision, topics
from theses.services.parties import offerers, tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.content import Person
    from members.models import User

# Where a rule of the database wants words, or a refusal its reason.
NO_WORDS = "–"
WITHDRAWABLE = [Stage.DRAFT, Stage.IN_REVIEW, Stage.OPEN, Stage.EXPIRED]
# What an idea tells of its student, beside its title and address.
IDEA = (
    *("title_sv", "title_en", "description", "aim", "questions", "material", "outside"),
    *("summary_sv", "summary_en"),
)
ERASED_SLUG = "erased-"
STUDENT_LINKS = (StudentField, StudentTerm, StudentRegion, ProfileAccess)
SUPERVISOR_LINKS = (SupervisorField, SupervisorTheme, SupervisorSeats)


def blockers(user: User) -> list[str]:
    """Work that others count on is brought to an end, or to other hands, first."""
    under_way = Thesis.objects.active()
    found = [
        _("Thesis under way: %(title)s. Finish or end it on its page first.") % {"title": title}
        for title in under_way.filter(application__student=user).values_list("title", flat=True)
    ]
    return found + [
        _("Supervises a thesis under way: %(title)s. Another supervisor must take it over first.")
        % {"title": title}
        for title in under_way.filter(supervisor=user).values_list("title", flat=True)
    ]


def effects(user: User) -> list[str]:
    rows: Iterable[tuple[str, QuerySet[Any]]] = (
        (_("Student profiles that are deleted: %(count)s."), _of(StudentProfile, user=user)),
        (_("Supervisor profiles that are deleted: %(count)s."), _of(SupervisorProfile, user=user)),
        (
            _("Pending thesis applications that are withdrawn, and the topic told: %(count)s."),
            Application.objects.pending().filter(student=user),
        ),
        (_("Files that are deleted: %(count)s."), _of(ApplicationFile, application__student=user)),
        (_("Offers and invitations that are taken back: %(count)s."), _sent(user)),
        (_("Invitations that are declined: %(count)s."), _received(user)),
        (_("Requests to supervise that are declined: %(count)s."), _requests(user)),
        (
            _("Ideas and proposals without a commissioner that are withdrawn: %(count)s."),
            _own(user),
        ),
        (
            _("Own ideas and proposals whose title, address and texts are erased: %(count)s."),
            _emptied(user),
        ),
        (
            _("Topics that pass to the organisation’s other contacts: %(count)s."),
            Topic.objects.filter(contact=user).exclude(pk__in=_own(user).values("pk")),
        ),
        (
            _("Theses that stay without the name: %(count)s."),
            Thesis.objects.filter(Q(application__student=user) | Q(supervisor=user)),
        ),
    )
    counted = [(words, found.count()) for words, found in rows]
    return [words % {"count": count} for words, count in counted if count]


def _of(model: Any, **conditions: Any) -> QuerySet[Any]:
    return model.objects.filter(**conditions)


def _sent(user: User) -> QuerySet[Approach]:
    return Approach.objects.pending().filter(by=user)


def _received(user: User) -> QuerySet[Approach]:
    return Approach.objects.pending().filter(to=user, kind__in=approaching.TO_PERSON)


def _requests(user: User) -> QuerySet[SupervisionRequest]:
    stages = [supervising.Stage.QUEUED, supervising.Stage.ASKED, supervising.Stage.WAITING]
    return SupervisionRequest.objects.filter(supervisor=user, stage__in=stages)


def _own(user: User) -> QuerySet[Topic]:
    """The person's own proposals that no organisation stands behind."""
    student = Q(origin=Origin.STUDENT, student=user)
    supervisor = Q(origin=Origin.SUPERVISOR, supervisor=user)
    return Topic.objects.filter(student | supervisor, organisation=None, stage__in=WITHDRAWABLE)


def _emptied(user: User) -> QuerySet[Topic]:
    """What the person alone has written: nobody commissioned it, and no thesis came of it."""
    own = Q(origin=Origin.STUDENT, student=user) | Q(origin=Origin.SUPERVISOR, supervisor=user)
    theses = Thesis.objects.filter(application__topic=OuterRef("pk"))
    return Topic.objects.filter(own, ~Exists(theses), organisation=None)


def erase(user: User) -> None:
    """Topic by topic in the order of their keys, as every service locks them."""
    for application in Application.objects.pending().filter(student=user).order_by("topic"):
        applications.withdraw_application(application, by=user)
    for approach in _sent(user).order_by("topic", "pk"):
        approaches.answer(approach, "withdraw", by=user)
    for approach in _received(user).select_related("by").order_by("topic", "pk"):
        approaches.answer(approach, "decline", by=user, reason=_left_for(approach.by))
    _decline_requests(user)
    for topic in _own(user).order_by("pk"):
        topics.withdraw_left_topic(topic, by=user, why=closing.LEFT)
    _pass_topics(user)
    _delete_profiles(user)
    _leave_nameless(user)


def _left_for(reader: User) -> str:
    with override(reader.language):
        return closing.reason_in_words(closing.LEFT, "")


def _decline_requests(user: User) -> None:
    rows = _requests(user).select_related("thesis__application__student")
    for request in rows.order_by("thesis", "pk"):
        if request.stage == supervising.Stage.QUEUED:  # nobody has been told of it yet
            request.stage = supervising.Stage.WITHDRAWN
            request.save(update_fields=["stage"])
            audit.record(request, "withdraw", by=user)
        else:
            reason = _left_for(request.thesis.application.student)
            supervision.answer(request, "decline", by=user, reason=reason)


def _pass_topics(user: User) -> None:
    """To the organisation's other contacts, else to the coordinators: no topic is lost."""
    own = Topic.objects.filter(Q(contact=user) | Q(supervisor=user) | Q(student=user))
    emptied = set(_emptied(user).values_list("pk", flat=True))
    for row in own.exclude(pk__in=_own(user).values("pk")).order_by("pk"):
        topic = topics.locked(row)
        was_contact = topic.contact_id == user.pk
        for side in ("contact", "supervisor", "student"):
            if getattr(topic, f"{side}_id") == user.pk:
                setattr(topic, side, None)
        if topic.pk in emptied:
            _empty(topic)
        topic.save()
        entry = audit.record(topic, "contact left", by=user)
        if was_contact and topic.stage not in {Stage.WITHDRAWN, Stage.FINISHED}:
            tell("topic_passed", offerers(topic), entry, topic, but=user)


def _empty(topic: Topic) -> None:
    """Others' rows point at the topic, so that it stays, without a word of its writer."""
    topic.title = _erased_title()
    topic.slug = f"{ERASED_SLUG}{uuid4().hex}"
    for name in IDEA:
        setattr(topic, name, "")
    topic.keywords = []
    Approach.objects.filter(topic=topic).update(message=NO_WORDS)
    search.reindex(topic)


def _erased_title() -> str:
    with override(settings.LANGUAGE_CODE):
        return _("Erased topic")


def _forget_in_messages(topics: list[int]) -> None:
    """Others' messages about emptied topics no longer say what these were called."""
    columns = ("title", "title_sv", "title_en")
    versions = Topic.pgh_event_model.objects.filter(pgh_obj_id__in=topics)  # type: ignore[attr-defined]
    titles = {title for row in versions.values_list(*columns) for title in row if title}
    about = Q()
    for model, rows in (
        (Topic, Topic.objects.filter(pk__in=topics)),
        (Approach, Approach.objects.filter(topic__in=topics)),
        (Application, Application.objects.filter(topic__in=topics)),
    ):
        kind = ContentType.objects.get_for_model(model)
        about |= Q(about_type=kind, about_id__in=rows.values("pk"))
    OutboxMail.objects.filter(about).update(titles={})
    for mail in OutboxMail.objects.filter(values__title__in=titles):
        mail.values["title"], mail.titles = _erased_title(), {}
        mail.save(update_fields=["values", "titles"])


def _delete_profiles(user: User) -> None:
    StudentProfile.objects.filter(user=user).delete()
    Thesis.objects.filter(seat__profile__user=user).exclude(stage__in=ACTIVE).update(seat=None)
    SupervisorProfile.objects.filter(user=user).delete()


def _leave_nameless(user: User) -> None:
    """What is over; what came meanwhile still waits, and is answered in the second pass."""
    for file in ApplicationFile.objects.filter(application__student=user):
        transaction.on_commit(lambda name=file.file.name: discard(name))  # type: ignore[misc]
        file.delete()
    LightReport.objects.filter(by=user).delete()
    written = list(Thesis.objects.filter(application__student=user).select_related("application"))
    applied = Application.objects.filter(student=user)
    applied = applied.exclude(stage__in=[*applying.PENDING, applying.Stage.ACCEPTED])
    _without_reasons(applied, applying.Stage.DECLINED)
    hand_over(
        applied, "student", user,
        motivation=NO_WORDS, school="", meeting="", other_times="",
    )  # fmt: skip
    for thesis in written:
        thesis.shows_author, thesis.light, thesis.light_note = False, "green", ""
        thesis.save()
        search.reindex(Thesis.objects.get(pk=thesis.pk))
    supervised = Thesis.objects.filter(supervisor=user).exclude(stage__in=ACTIVE)
    hand_over(supervised, "supervisor", user)
    over = Approach.objects.exclude(stage=approaching.Stage.PENDING)
    _without_reasons(over.filter(Q(by=user) | Q(to=user)), approaching.Stage.DECLINED)
    for side in ("by", "to"):
        hand_over(over.filter(**{side: user}), side, user, message=NO_WORDS)
    SupervisionRequest.objects.filter(asked_by=user).update(message="")
    asked = SupervisionRequest.objects.filter(supervisor=user)
    asked = asked.exclude(pk__in=_requests(user).values("pk"))
    _without_reasons(asked, supervising.Stage.DECLINED)
    hand_over(asked, "supervisor", user, message="")


def _without_reasons(rows: QuerySet[Any], declined: str) -> None:
    rows.filter(stage=declined).update(reason=NO_WORDS)
    rows.exclude(stage=declined).update(reason="")


def forget(person: Person) -> None:
    _forget_profiles(person.pk)
    mine = Q(student_id=person.pk)
    applied = audit.versions_of(Application, mine)
    audit.blank(
        Application, mine, motivation="", school="", meeting="", other_times="", reason=""
    )  # fmt: skip
    audit.blank(Thesis, Q(application_id__in=applied), light_note="")
    audit.forget(ApplicationFile, Q(application_id__in=applied))
    audit.forget(LightReport, Q(by_id=person.pk))
    ideas = Q(student_id=person.pk, organisation=None)
    own = audit.versions_of(Topic, ideas | Q(supervisor_id=person.pk, organisation=None))
    left = Topic.objects.filter(pk__in=own, slug__startswith=ERASED_SLUG)
    emptied = list(left.values_list("pk", flat=True))
    _forget_in_messages(emptied)
    texts: dict[str, Any] = {"keywords": [], **dict.fromkeys(IDEA, "")}
    audit.blank(Topic, Q(pgh_obj_id__in=emptied), title="", slug="", **texts)
    to_ideas = Q(topic_id__in=audit.versions_of(Topic, ideas), kind__in=approaching.TO_TOPIC)
    audit.blank(Topic, ideas, **texts)
    asked = Q(supervisor_id=person.pk) | Q(asked_by_id=person.pk)
    sent = Q(by_id=person.pk) | Q(to_id=person.pk) | to_ideas
    for model, rows in ((Approach, sent), (SupervisionRequest, asked)):
        keys = audit.versions_of(model, rows)
        audit.blank(model, rows, message="", reason="")
        audit.blank_words(model, keys)
    audit.blank_words(Application, applied)


def _forget_profiles(pk: int) -> None:
    own = Q(user_id=pk)
    for profile, links in ((StudentProfile, STUDENT_LINKS), (SupervisorProfile, SUPERVISOR_LINKS)):
        keys = audit.versions_of(profile, own)
        for link in links:
            audit.forget(link, Q(profile_id__in=keys))
        audit.forget(profile, own)
        audit.blank_words(profile, keys)
