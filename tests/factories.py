"""Plain builders: each makes one valid object and says what it assumes."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.core.vocabulary import Term
from members.models import (
    Affiliation,
    Capability,
    Cluster,
    Coordinator,
    Membership,
    Organisation,
    User,
)
from members.models.affiliations import Role
from members.models.affiliations import Stage as AffiliationStage
from members.models.memberships import Stage as MembershipStage

PASSWORD = "testi-salasana"
_numbers = itertools.count(1)
A_DAY = datetime.date(2026, 1, 1)


def user(email: str = "", **values: Any) -> User:
    number = next(_numbers)
    values = {"first_name": "Testi", "last_name": f"Henkilö{number}", **values}
    return User.objects.create_user(
        email or f"user{number}@example.org", "testi-salasana", **values
    )


def verified(user: User) -> User:
    """The same user, able to sign in: their address is verified."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def second_factor(user: User) -> Authenticator:
    return Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})


def region(code: str = "06") -> Term:
    return Term.objects.get(scheme="region", code=code)


def cluster(slug: str = "", **values: Any) -> Cluster:
    slug = slug or f"cluster-{next(_numbers)}"
    names = {f"name_{language}": f"Klusteri {slug}" for language in ("fi", "sv", "en")}
    return Cluster.objects.create(
        **{"slug": slug, "founded": 2011, "region": region(), **names, **values}
    )


def organisation(name: str = "", **values: Any) -> Organisation:
    number = next(_numbers)
    values = {"slug": f"organisaatio-{number}", "kind": "company", **values}
    return Organisation.objects.create(name=name or f"Organisaatio {number} Oy", **values)


def membership(of: Organisation | User, cluster: Cluster, **values: Any) -> Membership:
    """An active membership unless `stage` says otherwise."""
    member = {"person": of} if isinstance(of, User) else {"organisation": of}
    values = {"stage": MembershipStage.ACTIVE, "since": A_DAY, **values}
    return Membership.objects.create(cluster=cluster, **member, **values)


def affiliation(user: User, organisation: Organisation, **values: Any) -> Affiliation:
    """A confirmed one unless `stage` says otherwise."""
    values = {"stage": AffiliationStage.CONFIRMED, "role": Role.MEMBER, "since": A_DAY, **values}
    return Affiliation.objects.create(user=user, organisation=organisation, **values)


def coordinator(of: Cluster, email: str = "") -> User:
    person = user(email, is_staff=True)
    Coordinator.objects.create(user=person, cluster=of, since=A_DAY)
    return person


def capability(of: Organisation, cluster: Cluster, **values: Any) -> Capability:
    """A published product for searches, confirmed today and valid for a year.

    The owner is on the list only as a member of the cluster: see `membership`.
    """
    number, today = next(_numbers), timezone.localdate()
    terms = values.pop("terms", [])
    regions = values.pop("regions", [])
    values = {
        "slug": f"osaaminen-{number}", "kind": "product", "title_fi": f"Osaaminen {number}",
        "summary_fi": "Auttaa etsinnässä.", "stage": "published", "in_disruption": "yes",
        "confirmed_on": today, "expires_on": today + datetime.timedelta(days=365),
        "published_at": timezone.now(), **values,
    }  # fmt: skip
    made = Capability.objects.create(organisation=of, home_cluster=cluster, **values)
    made.terms.set(terms)
    made.regions.set(regions)
    search.reindex(made)
    return made
