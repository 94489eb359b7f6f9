"""First steps of a new contact, colleague or private member; what is there ticks them."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.content import FirstStep, Step
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from members.models import Affiliation, Capability, ExpertProfile, Membership, Organisation, User
from members.models.affiliations import CURRENT

LED: Part[Organisation | None] = Part("organisation that a contact leads")
FACTS: Part[User] = Part("what steps and doors ask of anybody")


def _led(user: User) -> Any:
    """The first of the organisations whose contact the user is, with what there is of it."""
    return LED.get(user.pk, lambda: _find_led(user))


def _find_led(user: User) -> Any:
    mine = audience(user).edits
    if not mine:
        return None
    others = Affiliation.objects.filter(organisation=OuterRef("pk"), stage__in=CURRENT)
    kind = ContentType.objects.get_for_model(Organisation)
    acts = AuditEntry.objects.filter(
        content_type=kind, object_id=OuterRef("pk"), action="colleague invited"
    )
    links = Organisation.terms.through.objects.filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(pk__in=mine).order_by("pk")
    return rows.annotate(
        has_capabilities=Exists(Capability.objects.filter(organisation=OuterRef("pk"))),
        has_terms=Exists(links),
        has_colleagues=Exists(others.exclude(user=user)),
        has_invited=Exists(acts),
    ).first()


def _step(user: User, page: str, is_done: Any) -> Step | None:
    """A step that concerns contacts alone."""
    led = _led(user)
    return Step(reverse(page, args=[led.slug]), bool(is_done(led))) if led else None


def confirm_page(user: User) -> Step | None:
    return _step(user, "members:organisation_edit", lambda led: not led.is_stale)


def add_themes(user: User) -> Step | None:
    return _step(user, "members:organisation_edit", lambda led: led.has_terms)


def invite_colleague(user: User) -> Step | None:
    return _step(user, "members:people", lambda led: led.has_colleagues or led.has_invited)


def add_capability(user: User) -> Step | None:
    """The first of what the organisation can do."""
    led = _led(user)
    return Step(reverse("members:capability_propose"), led.has_capabilities) if led else None


def is_known_without_profile(user: User) -> bool:
    """Whether the steps of this page have found out that there is no expert profile."""
    return FACTS.has(user.pk) and not facts_of(user).has_profile


def facts_of(user: User) -> Any:
    """What steps and doors ask of anybody, in one statement."""
    return FACTS.get(user.pk, lambda: _find_facts(user))


def _find_facts(user: User) -> Any:
    known = audience(user)
    own = Q(person=known.user_id) | Q(organisation__in=known.edits)
    uncommitted = F("values_accepted_at").desc(nulls_first=True)
    spoken = Membership.objects.active().filter(own).order_by(uncommitted, "pk")
    home = Organisation.objects.filter(pk__in=known.organisations).order_by("pk")
    return User.objects.annotate(
        membership=Subquery(spoken.values("public_id")[:1]),
        accepted_at=Subquery(spoken.values("values_accepted_at")[:1]),
        is_shown=Exists(ExpertProfile.objects.listed().filter(user=OuterRef("pk"))),
        has_profile=Exists(ExpertProfile.objects.filter(user=OuterRef("pk"))),
        sector=Subquery(home.values("sector")[:1]),
    ).get(pk=user.pk)


def commit_to_values(user: User) -> Step | None:
    """For who speaks for a member, and for a private one."""
    facts = facts_of(user)
    if facts.membership is None:
        return None
    return Step(reverse("members:values", args=[facts.membership]), facts.accepted_at is not None)


def show_expertise(user: User) -> Step | None:
    """Whoever is a member may be found as an expert."""
    if not audience(user).is_member:
        return None
    return Step(reverse("members:my_expert"), facts_of(user).is_shown)


STEPS = (
    FirstStep(
        "page", _("Confirm your organisation’s page"),
        _("Check the facts and save: others see that they hold."), confirm_page, order=10,
    ),
    FirstStep(
        "themes", _("Choose the themes of your organisation"),
        _("By them you are found, and what suits you is suggested."), add_themes, order=11,
    ),
    FirstStep(
        "values", _("Commit to the shared values"),
        _("Sustainable development and the safety of humankind."), commit_to_values, order=12,
    ),
    FirstStep(
        "capability", _("Tell one thing that you can do"),
        _("A product, a service, a facility or a skill that others may need."),
        add_capability, order=12,
    ),
    FirstStep(
        "colleague", _("Invite a colleague"),
        _("Two see more than one, and neither is alone when the other is away."),
        invite_colleague, order=13,
    ),
    FirstStep(
        "expert", _("Tell what you know, if you like"),
        _("You decide field by field what is shown and to whom."), show_expertise, order=20,
    ),
)  # fmt: skip
