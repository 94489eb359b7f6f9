"""What the members app holds of a person, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q

from members.models import (
    Capability,
    ContactMessage,
    ExpertProfile,
    Membership,
    NamedPerson,
    Need,
    NeedOffer,
    Organisation,
    TenderNotice,
)

if TYPE_CHECKING:
    from members.models import User


def my_data(user: User) -> list[dict[str, Any]]:
    memberships = Membership.objects.filter(applicant=user) | Membership.objects.filter(person=user)
    rows: list[dict[str, Any]] = [{
        "kind": "account", "email": user.email, "first_name": user.first_name,
        "last_name": user.last_name, "title": user.title, "language": user.language,
        "joined": user.date_joined.isoformat(),
    }]  # fmt: skip
    rows += [
        {
            "kind": "membership", "cluster": row.cluster.name_fi, "state": row.stage,
            "organisation": str(row.organisation or ""), "motive": row.motive,
            "expectations": row.expectations, "question": row.question, "answer": row.answer,
            "decision_reason": row.decision_reason,
            "submitted": row.submitted_at.isoformat() if row.submitted_at else None,
        }
        for row in memberships.distinct().select_related("cluster", "organisation")
    ]  # fmt: skip
    rows += _coordination(user)
    brought = Organisation.objects.filter(brought_by=user).order_by("pk")
    rows += [{"kind": "organisation brought", "organisation": row.name} for row in brought]
    written = ContactMessage.objects.filter(sender=user).order_by("pk")
    rows += [{"kind": "message", "text": row.message, "at": row.created_at} for row in written]
    rows += _named(user)
    offers = Capability.objects.filter(Q(entered_by=user) | Q(confirmed_by=user)).order_by("pk")
    rows += [
        {
            "kind": "capability", "title": row.title_fi, "entered": row.entered_by_id == user.pk,
            "confirmed": row.confirmed_on if row.confirmed_by_id == user.pk else None,
        }
        for row in offers
    ]  # fmt: skip
    affiliations = user.affiliations.select_related("organisation")
    return rows + [
        {
            "kind": "affiliation", "organisation": row.organisation.name, "role": row.role,
            "state": row.stage, "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else None,
        }
        for row in affiliations
    ]  # fmt: skip


def _named(user: User) -> list[dict[str, Any]]:
    """What coordinators have recorded of them, also where they have not answered yet."""
    own = NamedPerson.objects.filter(user=user) | NamedPerson.objects.proposed_to(user)
    found = own.distinct().select_related("organisation", "cluster").order_by("pk")
    return [
        {
            "kind": "named person", "name": row.name, "email": row.email, "title": row.title,
            "language": row.language, "phone": row.phone, "role": row.role, "state": row.stage,
            "organisation": str(row.organisation or ""), "cluster": row.cluster.name_fi,
            "since": row.since, "until": row.until, "agreement_on": row.agreement_on,
            "source": row.source, "invited": row.invited_at, "answered": row.answered_at,
        }
        for row in found
    ]  # fmt: skip


def _coordination(user: User) -> list[dict[str, Any]]:
    """Their terms as coordinator, and what was said when they were named."""
    posts = user.coordinatorships.select_related("cluster")
    rows: list[dict[str, Any]] = [
        {
            "kind": "coordinator", "cluster": row.cluster.name_fi, "since": row.since,
            "until": row.until,
        }
        for row in posts
    ]  # fmt: skip
    return rows + [
        {
            "kind": "named as coordinator", "cluster": row.cluster.name_fi, "state": row.stage,
            "since": row.since, "until": row.until, "reason": row.reason,
            "decision_reason": row.decision_reason,
        }
        for row in user.nominations.select_related("cluster")
    ]  # fmt: skip


def needs(user: User) -> list[dict[str, Any]]:
    """Needs that they told or own, and the help that they have offered."""
    own = Need.objects.filter(Q(teller=user) | Q(person=user)).order_by("pk")
    rows: list[dict[str, Any]] = [
        {
            "kind": "need", "what": row.what, "purpose": row.purpose, "state": row.stage,
            "needed_by": row.needed_by, "organisation": str(row.organisation or ""),
            "answer": row.answer,
        }
        for row in own.select_related("organisation")
    ]  # fmt: skip
    offers = NeedOffer.objects.filter(sender=user).select_related("need").order_by("pk")
    return rows + [
        {"kind": "offer of help", "need": row.need.what, "at": row.offered_at} for row in offers
    ]


def sign_in_data(user: User) -> list[dict[str, Any]]:
    """Their addresses, second factors and open sign-ins; never a secret of them."""
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    factors = Authenticator.objects.filter(user=user).order_by("pk")
    sessions = UserSession.objects.filter(user=user).order_by("pk")
    rows: list[dict[str, Any]] = [
        {"kind": "address", "address": row.email, "verified": row.verified} for row in addresses
    ]
    rows += [
        {"kind": "second factor", "type": row.get_type_display(), "added": row.created_at}
        for row in factors
    ]
    return rows + [
        {
            "kind": "session", "ip": row.ip, "browser": row.user_agent,
            "since": row.created_at, "seen": row.last_seen_at,
        }
        for row in sessions
    ]  # fmt: skip


def expert_data(user: User) -> list[dict[str, Any]]:
    """What they say of themselves, to whom it is shown, and each consent with its times."""
    profile = ExpertProfile.objects.filter(user=user).first()
    if profile is None:
        return []
    rows: list[dict[str, Any]] = [{
        "kind": "expert profile", "address": profile.slug, "state": profile.stage,
        "shown_since": profile.shown_at, "hidden_because": profile.withheld_reason,
        "found_by": profile.seen_by, "keywords": profile.keywords,
        "themes": [str(term) for term in profile.terms.all()], "in_own_words": profile.summary,
        "languages": profile.languages, "availability": profile.availability,
        "available_from": profile.available_from, "available_until": profile.available_until,
        "background": profile.background, "organisation": str(profile.organisation or ""),
        "region": str(profile.region or ""), "remote": profile.is_remote, "phone": profile.phone,
    }]  # fmt: skip
    rows += [{"kind": "offer", "what": row.kind, "terms": row.note} for row in profile.offers.all()]
    return rows + [
        {
            "kind": "consent", "field": row.field, "seen_by": row.seen_by, "given": row.given_at,
            "withdrawn": row.withdrawn_at,
        }
        for row in profile.consents.all()
    ]  # fmt: skip


def tender_data(user: User) -> list[dict[str, Any]]:
    rows = TenderNotice.objects.filter(proposed_by=user).order_by("pk")
    return [
        {"title": row.title, "link": row.link, "state": row.stage, "proposed": row.created_at}
        for row in rows
    ]
