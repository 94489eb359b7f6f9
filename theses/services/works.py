"""A thesis from the match to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.models import Agreement, Thesis
from theses.models.works import Stage

if TYPE_CHECKING:
    from members.models import User
    from theses.models import Application


def open_thesis(application: Application, *, by: User) -> Thesis:
    """In the accepting transaction: the commissioner and the student have said yes."""
    thesis = Thesis.objects.create(application=application, title=application.topic.heading)
    Agreement.objects.create(thesis=thesis)
    audit.record(thesis, "opened", by=by)
    return thesis


def leave_thesis(application: Application, *, by: User) -> None:
    """In the withdrawing transaction: what has not begun is undone; `Refused` once it is agreed."""
    thesis = Thesis.objects.select_for_update().filter(application=application).first()
    if thesis is None:
        return
    if thesis.stage not in {Stage.SEEKING, Stage.MATCHED}:
        raise Refused(_("The thesis has been agreed on. End it on the page of the thesis."))
    thesis.stage, thesis.ending_reason = Stage.ENDED, _("The student stepped back.")
    thesis.save()
    audit.record(thesis, "end", by=by, reason=thesis.ending_reason)
