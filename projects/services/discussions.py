"""Discussing in a project: whoever works in it writes and hears of what others write."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
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
GATHERED = 15 * 60  # seconds in which messages of one discussion become one mail
MOST_A_DAY = 100  # messages of one person, in all projects


@transaction.atomic
def begin(project: Project, title: str, text: str, *, form_key: UUID, by: User) -> Discussion:
    project = _locked(project, by)
    known = made_by(Discussion, form_key, project=project, author=by)
    if known is not None:
        return known
    made_by(DiscussionMessage, form_key, discussion=None)  # refused: the form of a message
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
    known = made_by(DiscussionMessage, form_key, discussion=discussion, author=by)
    return known or _write(discussion, text, form_key=form_key, by=by)


def _write(discussion: Discussion, text: str, *, form_key: UUID, by: User) -> DiscussionMessage:
    lately = DiscussionMessage.objects.filter(author=by, sent_at__gt=timezone.now() - A_DAY)
    if lately.count() >= MOST_A_DAY:
        raise Refused(_("You have written many messages today. Go on tomorrow."))
    message = DiscussionMessage.objects.create(
        discussion=discussion, text=text, form_key=form_key, author=by,
        organisation=_organisation_of(discussion.project, by),
    )  # fmt: skip
    Discussion.objects.filter(pk=discussion.pk).update(last_at=message.sent_at)
    _tell(discussion, message.sent_at, by)
    return message


def _tell(discussion: Discussion, sent_at: datetime.datetime, by: User) -> None:
    """One mail for all that is written in a quarter of an hour."""
    since = int(sent_at.timestamp()) // GATHERED * GATHERED
    until = since + GATHERED
    values: outbox.Values = {"since": since, "until": until}
    outbox.post_to_all(
        "project_message", to=hearers_of(discussion, but=by), key=f"{discussion.pk}:{since}",
        about=discussion, values=values,
        due_at=datetime.datetime.fromtimestamp(until, tz=datetime.UTC),
    )  # fmt: skip


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
