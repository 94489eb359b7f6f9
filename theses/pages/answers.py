"""A finished thesis may answer a need for knowledge or for a solution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.answers import Answers
from cluster_portal.core.text import richtext
from members.models.needs import Kind
from theses.models import Thesis
from theses.pages.finished_list import RELATED

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import User


def _rows(user: Reader) -> Any:
    rows = Thesis.objects.visible_to(user).finished().defer("search")
    return rows.select_related(*RELATED, "supervisor")


def _texts(row: Thesis) -> list[str]:
    return [row.title, ", ".join(row.topic.keywords), richtext.plain(row.abstract)]


def _shown(row: Thesis) -> dict[str, Any]:
    owner = row.topic.named_owner
    kind = [str(_("Finished thesis")), str(row.finished_year or ""), owner.title if owner else ""]
    return {
        "kind": " · ".join(filter(None, kind)),
        "title": row.title,
        "url": row.get_absolute_url(),
        "emblem": owner.name if owner else row.title,
        "sector": owner.sector if owner else "education",
        "ask_url": "",
    }


def _owners(row: Thesis) -> list[User]:
    """The supervisor knows whom to ask about it."""
    supervisor = row.supervisor
    return [supervisor] if supervisor is not None and supervisor.is_active else []


FINISHED = Answers(
    "theses", _("Finished theses"), Thesis, _rows,
    kinds={Kind.KNOWLEDGE: Q(), Kind.SOLUTION: Q()},
    texts=_texts, show=_shown, owners=_owners,
    mine=lambda user: Thesis.objects.finished().filter(supervisor=user.pk),
    terms="application__topic__terms", owner="",
)  # fmt: skip
