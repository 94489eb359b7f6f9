"""Applications as their applicants make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress

from members.models.memberships import Stage
from members.services import applications
from members.services.applications import Applied
from tests import factories

if TYPE_CHECKING:
    from members.models import Cluster, Membership, User


def verified(email: str, **values: Any) -> User:
    person = factories.user(email, **values)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def draft(by: User, cluster: Cluster, **details: Any) -> Membership:
    """A new organisation's draft."""
    details = {"name": "Uusi Yritys Oy", "kind": "company", **details}
    applied = Applied(cluster=cluster, membership={"motive": "Haluamme mukaan."}, details=details)
    return applications.save_draft(applied, by=by)


def submitted(by: User, cluster: Cluster, **details: Any) -> Membership:
    return applications.submit(draft(by, cluster, **details), by=by)


def at(stage: Stage, by: User, cluster: Cluster) -> Membership:
    """A private person's application at a stage, without the way there."""
    return factories.membership(by, cluster, stage=stage, applicant=by, **_filled(stage))


def _filled(stage: Stage) -> dict[str, Any]:
    return {"decision_reason": "Syy."} if stage == Stage.REJECTED else {}
