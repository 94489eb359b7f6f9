"""Documents of projects, as a content type."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import Card, Chore, Content, Demo, Erasure, PersonalData
from projects import erasure, exports
from projects.demo import papers as demo
from projects.models import ProjectDocument
from projects.pages import status_reports
from projects.services import documents
from projects.services.status_reports import remind

PAPERS = Content(
    "papers", 51, _("Documents of projects"), ProjectDocument,
    desk=(
        Card("status-reports", _("Status reports to write"), status_reports.due_rows, urgent=True,
             among=status_reports.due_of),
    ),
    exports=(
        PersonalData("papers", _("What I have written in projects"), exports.papers),
    ),
    erasure=(
        Erasure("papers", _("Documents of projects"), erasure.paper_effects,
                erasure.erase_from_papers),
    ),
    chores=(
        Chore("document-files", documents.sweep_files),
        Chore("status-reports", remind),
    ),
    demo=(Demo("papers", demo.load, order=57),),
)  # fmt: skip
