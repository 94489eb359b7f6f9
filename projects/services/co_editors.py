"""Co-editors of an idea: asked by one who edits, editing once they have said yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from members.models import User
from projects.models import Project, ProjectEditor
from projects.models.editors import EditorStage
from projects.services import ideas

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

MOST_EDITORS = 12


@transaction.atomic
def ask_editor(project: Project, address: str, *, by: User) -> ProjectEditor | None:
    """None where no account has the address: the page says the same either way."""
    idea = ideas.locked(project)
    if not idea.is_editable_by(by):
        raise Refused(_("You do not edit this idea any more."))
    if idea.editors.count() >= MOST_EDITORS:
        raise Refused(_("At most %(count)s co-editors.") % {"count": MOST_EDITORS})
    held = EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_active=True)
    person = User.objects.filter(pk__in=held.values("user")).exclude(pk=by.pk).first()
    if person is None or idea.author_id == person.pk:
        audit.record(idea, "co-editor asked", by=by)
        return None
    editor, is_new = ProjectEditor.objects.get_or_create(
        project=idea, user=person, defaults={"named_by": by}
    )
    audit.record(idea, "co-editor asked", by=by)
    if is_new:
        outbox.post("co_editor_asked", to=person, key=str(editor.public_id), about=editor)
    return editor


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
    row.delete()
    audit.record(idea, "co-editor removed", by=by)


def asked_of(project: Project, user: Reader) -> ProjectEditor | None:
    """The reader's own question that waits for an answer."""
    if not user.is_authenticated:
        return None
    return project.editors.filter(user=user.pk, stage=EditorStage.ASKED).first()
