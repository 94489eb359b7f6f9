"""Groups of a course, what they hand in, and the risk register of the exercise."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, files
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.notifications import outbox
from events.models import Course, CourseGroup, CourseGroupMember, GroupOutput, RiskEntry
from events.models.courses import Stage
from projects.services import entries

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Model

    from cluster_portal.core.files import Upload
    from members.models import User

FOLDER = "course-outputs"
MOST_GROUPS, MOST_OUTPUTS, MOST_RISKS = 40, 20, 300


def lock_inside(course: Course, by: User) -> Course:
    """Fresh and locked, for whoever takes part or looks after it, while the course is held."""
    course = Course.objects.select_for_update(of=("self",), no_key=True).get(pk=course.pk)
    if not Course.objects.inside(by).filter(pk=course.pk).exists():
        raise Refused(_("You cannot do this."))
    if course.stage in {Stage.ENDED, Stage.CANCELLED}:
        raise Refused(_("The course has ended."))
    return course


@transaction.atomic
def make_group(course: Course, name: str, *, form_key: UUID, by: User) -> CourseGroup:
    """A participant who makes one is in it; a trainer only makes it."""
    course = lock_inside(course, by)
    known = CourseGroup.objects.filter(form_key=form_key, course=course).first()
    if known is not None:
        return known
    if course.groups.count() >= MOST_GROUPS:
        raise Refused(_("A course has at most %(count)s groups.") % {"count": MOST_GROUPS})
    try:
        with transaction.atomic():
            group = CourseGroup.objects.create(course=course, name=name, form_key=form_key)
    except IntegrityError:
        raise Refused(_("There is a group of this name already.")) from None
    audit.record(course, "course group made", by=by, details={"group": group.pk})
    if Course.objects.attended_by(by).filter(pk=course.pk).exists():
        _put(group, by)
    return group


def _put(group: CourseGroup, user: User) -> None:
    CourseGroupMember.objects.update_or_create(
        course=group.course, user=user, defaults={"group": group}
    )


@transaction.atomic
def join_group(group: CourseGroup, *, by: User) -> None:
    """Whoever takes part is in one group; joining another leaves the first."""
    course = lock_inside(group.course, by)
    if not Course.objects.attended_by(by).filter(pk=course.pk).exists():
        raise Refused(_("Groups are for those who have a place in the course."))
    _put(group, by)
    audit.record(course, "course group joined", by=by, details={"group": group.pk})


@transaction.atomic
def hand_in(
    group: CourseGroup, values: dict[str, Any], upload: Upload | None, *, form_key: UUID, by: User
) -> GroupOutput:
    """By a member of the group; earlier outputs stay as they are."""
    course = lock_inside(group.course, by)
    known = GroupOutput.objects.filter(form_key=form_key, group=group).first()
    if known is not None:
        return known
    if not group.members.filter(user=by).exists():
        raise Refused(_("An output is handed in by the members of the group."))
    if group.outputs.count() >= MOST_OUTPUTS:
        raise Refused(_("The group has handed in as much as can be kept."))
    output = GroupOutput(course=course, group=group, form_key=form_key, sender=by, **values)
    if upload is not None:
        output.name, output.size = upload.name, len(upload.content)
        output.file = files.store(upload, FOLDER)
    output.save()
    audit.record(course, "group output handed in", by=by, details={"output": output.pk})
    return output


@transaction.atomic
def remove_output(output: GroupOutput, *, by: User) -> None:
    """By who handed it in, and by the trainers."""
    course = lock_inside(output.course, by)
    if output.sender_id != by.pk and not course.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    stored = output.file
    audit.record(course, "group output removed", by=by, details={"output": output.pk})
    output.delete()
    if stored:
        transaction.on_commit(partial(files.discard, stored))


@transaction.atomic
def comment_output(output: GroupOutput, text: str, *, seen: str, by: User) -> GroupOutput:
    """By the trainers, also once the course has ended; the group is told."""
    course = Course.objects.select_for_update(of=("self",), no_key=True).get(pk=output.course_id)
    if not course.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    output = GroupOutput.objects.select_related("group").get(pk=output.pk)
    if output.comment == text:
        return output
    if output.stamp != seen:
        raise Overtaken
    output.comment, output.commented_at = text, timezone.now()
    output.save(update_fields=["comment", "commented_at"])
    entry = audit.record(course, "group output commented", by=by, details={"output": output.pk})
    for member in output.group.members.exclude(user=by).select_related("user").order_by("pk"):
        outbox.post("output_commented", to=member.user, key=str(entry.pk), about=output)
    return output


def sweep_files() -> int:
    def known(names: list[str]) -> set[str]:
        return set(GroupOutput.objects.filter(file__in=names).values_list("file", flat=True))

    return files.sweep(FOLDER, known)


# The risk register.


def _refuse_closed(course: Course) -> None:
    if not course.has_register:
        raise Refused(_("The course has no risk register."))


@transaction.atomic
def add_risk(course: Course, values: dict[str, Any], *, form_key: UUID, by: User) -> RiskEntry:
    course = lock_inside(course, by)
    _refuse_closed(course)
    known = RiskEntry.objects.filter(form_key=form_key, course=course).first()
    if known is not None:
        return known
    if course.risks.count() >= MOST_RISKS:
        raise Refused(_("The register has as many rows as can be kept."))
    risk = RiskEntry.objects.create(course=course, form_key=form_key, author=by, **values)
    audit.record(course, "risk added", by=by, details={"risk": risk.pk})
    return risk


@transaction.atomic
def edit_risk(risk: RiskEntry, values: dict[str, Any], *, version: int, by: User) -> RiskEntry:
    """By anybody inside; two who change the same row do not overwrite each other."""
    course = lock_inside(risk.course, by)
    risk = RiskEntry.objects.select_for_update(of=("self",)).get(pk=risk.pk)
    if risk.version != version:
        raise Overtaken
    changed = entries.assign(risk, values)
    risk.version += 1
    risk.save()
    audit.record(course, "risk edited", by=by, details={"risk": risk.pk, "changed": changed})
    return risk


@transaction.atomic
def remove_risk(risk: RiskEntry, *, by: User) -> None:
    """By who wrote it, and by the trainers."""
    course = lock_inside(risk.course, by)
    if risk.author_id != by.pk and not course.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    audit.record(course, "risk removed", by=by, details={"risk": risk.pk})
    risk.delete()


@transaction.atomic
def tie(public_id: str, made: Model, by: User) -> None:
    """The signal that was proposed from a row; the first one stands at the row."""
    found = RiskEntry.objects.visible_to(by).filter(public_id=public_id).first()
    related: Any = RiskEntry._meta.get_field("signal").related_model
    if found is None or not isinstance(made, related):
        return
    risk = RiskEntry.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if risk.signal_id is None:
        risk.signal_id = made.pk
        risk.save(update_fields=["signal"])
        audit.record(risk.course, "risk became a signal", by=by, details={"risk": risk.pk})
