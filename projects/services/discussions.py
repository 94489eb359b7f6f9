"""Discussing in a project: whoever works in it writes and hears of what others write."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from members.models import Organisation, User
from members.services.recipients import contacts_of
from projects.models import Discussion, DiscussionMessage, Project
from projects.models.workspace import workplaces, works_in
from projects.services.ideas import side_of

if TYPE_CHECKING:
    from uuid import UUID

A_DAY = datetime.timedelta(days=1)
MOST_A_DAY = 100  # messages of one person, in all projects


@transaction.atomic
def begin(project: Project, title: str, text: str, *, form_key: UUID, by: User) -> Discussion:
    project = _locked(project, by)
    known = Discussion.objects.filter(form_key=form_key).first()
    if known is not None:
        _refuse_other(is_same=known.project_id == project.pk and known.author_id == by.pk)
        return known
    _refuse_other(is_same=not DiscussionMessage.objects.filter(form_key=form_key).exists())
    discussion = Discussion.objects.create(
        project=project, title=title, form_key=form_key, author=by
    )
    audit.record(discussion, "discussion begun", by=by)
    _write(discussion, text, form_key=form_key, by=by)
    return discussion


@transaction.atomic
def write(discussion: Discussion, text: str, *, form_key: UUID, by: User) -> DiscussionMessage:
    """The same form writes once."""
    _locked(discussion.project, by)
    known = DiscussionMessage.objects.filter(form_key=form_key).first()
    if known is None:
        return _write(discussion, text, form_key=form_key, by=by)
    _refuse_other(is_same=known.discussion_id == discussion.pk and known.author_id == by.pk)
    return known


def _refuse_other(*, is_same: bool) -> None:
    """A form's key that has made something else: nothing is lost and nothing breaks."""
    if not is_same:
        raise Refused(_("You cannot do this."))


def _write(discussion: Discussion, text: str, *, form_key: UUID, by: User) -> DiscussionMessage:
    lately = DiscussionMessage.objects.filter(author=by, sent_at__gt=timezone.now() - A_DAY)
    if lately.count() >= MOST_A_DAY:
        raise Refused(_("You have written many messages today. Go on tomorrow."))
    message = DiscussionMessage.objects.create(
        discussion=discussion, text=text, form_key=form_key, author=by,
        organisation=_organisation_of(discussion.project, by),
    )  # fmt: skip
    Discussion.objects.filter(pk=discussion.pk).update(last_at=message.sent_at)
    outbox.post_to_all(
        "project_message", to=hearers_of(discussion, but=by), key=str(message.pk), about=message
    )
    return message


def _organisation_of(project: Project, user: User) -> Organisation | None:
    """For which of the project's organisations the author writes, where there is no doubt."""
    partners = project.partnerships.accepted().values_list("organisation", flat=True)
    ours = audience(user).organisations & {*partners, project.organisation_id}
    return Organisation.objects.get(pk=next(iter(ours))) if len(ours) == 1 else None


def hearers_of(discussion: Discussion, *, but: User) -> list[User]:
    """The project's own side, its partners' contacts, and who has written in the discussion."""
    project = discussion.project
    partners = list(project.partnerships.accepted().values_list("organisation", flat=True))
    people = {person.pk: person for person in side_of(project, but=but)}
    people |= {person.pk: person for person in contacts_of(partners, but=but)}
    wrote = discussion.messages.exclude(author=None).values("author")
    for person in User.objects.filter(pk__in=wrote, is_active=True).exclude(pk=but.pk):
        if person.pk not in people and works_in(project, person):
            people[person.pk] = person
    return list(people.values())


@transaction.atomic
def change(message: DiscussionMessage, text: str, *, by: User) -> DiscussionMessage:
    message = _message(message)
    if not DiscussionMessage.objects.editable_by(by).filter(pk=message.pk).exists():
        raise Refused(_("A message can be changed for a short time only. Write a new one."))
    message.text, message.changed_at = text, timezone.now()
    message.save(update_fields=["text", "changed_at"])
    return message


@transaction.atomic
def remove(message: DiscussionMessage, *, by: User) -> DiscussionMessage:
    message = _message(message)
    if not DiscussionMessage.objects.removable_by(by).filter(pk=message.pk).exists():
        raise Refused(_("The message is removed by its author or by the project’s editors."))
    message.text, message.removed_at = "", timezone.now()
    message.save(update_fields=["text", "removed_at"])
    audit.record(message, "discussion message removed", by=by)
    return message


def _message(message: DiscussionMessage) -> DiscussionMessage:
    rows = DiscussionMessage.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("discussion__project").get(pk=message.pk)


def _locked(project: Project, by: User) -> Project:
    """The author's row is locked: forms sent twice take turns, and the count of a day holds."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    found = workplaces(by).filter(pk=project.pk).first()
    if found is None:
        raise Refused(_("You no longer work in this project."))
    return found
