"""Co-editors of an idea: asked by one who edits, editing once they have said yes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from members.models import User
from projects.models import Project, ProjectEditor
from projects.models.editors import EditorStage
from projects.services import ideas

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

MOST_EDITORS = 12
A_DAY, FROM_PERSON = datetime.timedelta(days=1), 10  # asked by one person in a day


@transaction.atomic
def ask_editor(project: Project, address: str, *, by: User) -> ProjectEditor | None:
    """None where no account has the address: the page says the same either way.

    Who has said no to this idea is not asked again; that is not told either.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # the count of a day holds
    idea = ideas.locked(project)
    if not idea.is_editable_by(by):
        raise Refused(_("You do not edit this idea any more."))
    if not audience(by).is_member:
        raise Refused(_("Members of a cluster ask others to write with them."))
    _refuse_many(idea)
    asked = audit.AuditEntry.objects.filter(action="co-editor asked", actor=by)
    if asked.filter(at__gt=timezone.now() - A_DAY).count() >= FROM_PERSON:
        raise Refused(_("You have asked many people today. Ask more tomorrow."))
    held = EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_active=True)
    person = User.objects.filter(pk__in=held.values("user")).exclude(pk=by.pk).first()
    if person is None or idea.author_id == person.pk or _has_declined(idea, person):
        audit.record(idea, "co-editor asked", by=by)
        return None
    editor, is_new = ProjectEditor.objects.get_or_create(
        project=idea, user=person, defaults={"named_by": by}
    )
    audit.record(idea, "co-editor asked", by=by)
    if is_new:
        outbox.post("co_editor_asked", to=person, key=str(editor.public_id), about=editor)
    return editor


def _refuse_many(idea: Project) -> None:
    """Those who have said yes: how many were asked would tell which addresses have an account."""
    if idea.editors.accepted().count() >= MOST_EDITORS:
        raise Refused(_("At most %(count)s co-editors.") % {"count": MOST_EDITORS})


def _has_declined(idea: Project, person: User) -> bool:
    kind = ContentType.objects.get_for_model(Project)
    acts = audit.AuditEntry.objects.filter(content_type=kind, object_id=idea.pk, actor=person)
    return acts.filter(action="co-editor declined").exists()


@transaction.atomic
def answer_editor(project: Project, *, yes: bool, by: User) -> None:
    """The one who was asked says yes or no; whoever asked hears it."""
    idea = ideas.locked(project)
    editor = ProjectEditor.objects.filter(project=idea, user=by, stage=EditorStage.ASKED).first()
    if editor is None:
        raise Refused(_("This has been taken back meanwhile."))
    readers = [each for each in [editor.named_by] if each and each.is_active and each != by]
    key = str(editor.public_id)
    if yes:
        _refuse_many(idea)
        editor.stage = EditorStage.ACCEPTED
        editor.save(update_fields=["stage"])
    else:
        editor.delete()
    audit.record(idea, "co-editor accepted" if yes else "co-editor declined", by=by)
    outbox.post_to_all(
        "co_editor_answered", to=readers, key=key, about=idea,
        values={"yes": yes, "name": by.get_full_name()},
    )  # fmt: skip


@transaction.atomic
def remove_editor(editor: ProjectEditor, *, by: User) -> None:
    """Themselves, or by another who edits."""
    idea = ideas.locked(editor.project)
    row = ProjectEditor.objects.filter(pk=editor.pk).first()
    if row is None:
        raise Refused(_("This has been taken back meanwhile."))
    if row.user_id != by.pk and not idea.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    _end(row, idea, by)


def _end(editor: ProjectEditor, idea: Project, by: User) -> None:
    """Who edited hears that they no longer do, who was asked that the question is off; so does
    whoever asked and still waits for the answer."""
    is_asked = editor.stage == EditorStage.ASKED
    concerned = [editor.user, editor.named_by] if is_asked else [editor.user]
    readers = {each for each in concerned if each and each.is_active and each.pk != by.pk}
    key, name = str(editor.public_id), editor.user.get_full_name()
    editor.delete()
    audit.record(idea, "co-editor removed", by=by)
    seeing = {each.pk for each in readers if Project.objects.visible_to(each).contains(idea)}
    for reader in readers:
        is_own = reader.pk == editor.user_id
        outbox.post(
            "co_editor_ended", to=reader, key=key, about=idea if reader.pk in seeing else None,
            values={"title": idea.title, "asked": is_asked, "name": "" if is_own else name},
        )  # fmt: skip


def end_with(project: Project, organisation: int, *, by: User) -> None:
    """Whoever edits, or is asked to, because their organisation was in: none of theirs is in."""
    partners = project.partnerships.accepted().values_list("organisation", flat=True)
    left = {project.organisation_id, *partners}
    for editor in project.editors.select_related("user", "named_by"):
        theirs = audience(editor.user).organisations
        if organisation in theirs and not left & theirs:
            _end(editor, project, by)


def asked_of(project: Project, user: Reader) -> ProjectEditor | None:
    """The reader's own question that waits for an answer."""
    if not user.is_authenticated:
        return None
    return project.editors.filter(user=user.pk, stage=EditorStage.ASKED).first()
