"""Experts: what they say of themselves, the consent for each field, and the faces made from both.

Every act ends in `_draw`, in the same transaction: what is withdrawn is gone from lists, search,
feeds, digests and matching with the commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import unmarked
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox, saved_searches
from members.models import ExpertConsent, ExpertFace, ExpertOffer, ExpertProfile, User
from members.models.expert_fields import WIDTH, Field, Level
from members.models.experts import MOVES, Stage
from members.services import contacts
from members.services.arrivals import answers_came

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from cluster_portal.core.vocabulary import Term

ACTS = {
    "show": "profile shown",
    "hide": "profile hidden",
    "withhold": "profile withheld",
    "release": "profile released",
}
PHONE_LEVELS = frozenset({Level.MEMBERS.value})
TOLD = (
    *("keywords", "summary", "languages", "availability", "available_from", "available_until"),
    *("background", "organisation", "region", "is_remote", "phone"),
)
CONSENTED = [each for each in Field if each != Field.PROFILE]


@dataclass(frozen=True)
class Told:
    """What a person says: plain fields by name, themes, and offers by kind with their terms."""

    values: dict[str, Any]
    terms: Iterable[Term]
    offers: Mapping[str, str]


def profile_of(user: User) -> ExpertProfile | None:
    return ExpertProfile.objects.filter(user=user).first()


@transaction.atomic
def save_profile(user: User, told: Told, *, by: User, version: str = "") -> ExpertProfile:
    """Makes the profile, hidden, or changes it. `Refused` when another window saved meanwhile."""
    _take_turns(user)
    profile = _locked(user)
    is_new = profile is None
    if profile is None:
        slug = cleaning.free_slug(ExpertProfile.objects.all(), str(user), empty="asiantuntija")
        profile = ExpertProfile(user=user, slug=slug)
    elif version and version != version_of(profile):
        raise Refused(
            _("The profile was changed in another window. Reload the page and make the change.")
        )
    for name, value in told.values.items():
        setattr(profile, name, value)
    _refuse_foreign(profile)
    profile.save()
    profile.terms.set(told.terms)
    _set_offers(profile, told.offers)
    audit.record(profile, "created" if is_new else "edited", by=by)
    _draw(profile)
    return profile


@transaction.atomic
def save_all(
    user: User, told: Told, choices: Mapping[str, str], *, show: bool, by: User, version: str = ""
) -> ExpertProfile:
    """What the one form of the page says: the texts, who sees them, and whether to show them."""
    profile = choose(save_profile(user, told, by=by, version=version), choices, by=by)
    return move(profile, "show", by=by) if show and profile.stage == Stage.OFF else profile


@transaction.atomic
def choose(profile: ExpertProfile, choices: Mapping[str, str], *, by: User) -> ExpertProfile:
    """Who sees which field: a level, or nothing for nobody. `Field.PROFILE` is never nobody."""
    profile = _relocked(profile)
    now = timezone.now()
    before = levels_of(profile)
    seen_by = choices.get(Field.PROFILE) or profile.seen_by
    if profile.seen_by != seen_by:
        profile.seen_by = Level(seen_by)
        profile.save(update_fields=["seen_by", "updated_at"])
        if profile.stage == Stage.SHOWN:
            _consent(profile, Field.PROFILE, seen_by, now)
    for field in CONSENTED:
        if field in choices:
            _consent(profile, field, choices[field], now)
    details = audit.change(**{
        name: (before.get(name, ""), level)
        for name, level in {**before, **levels_of(profile), "profile": seen_by}.items()
    })  # fmt: skip
    audit.record(profile, "opened", by=by, details=details)
    _draw(profile)
    return profile


@transaction.atomic
def move(profile: ExpertProfile, action: str, *, by: User, reason: str = "") -> ExpertProfile:
    """Show, hide; and a coordinator's withholding with a reason, which the person is told."""
    profile = _relocked(profile)
    step = MOVES.step(action, profile, by)
    reason = unmarked(reason.strip())
    if step.needs_reason and not reason:
        raise Refused(_("Give a reason."))
    now = timezone.now()
    profile.stage = Stage(step.target)
    profile.shown_at = now if step.target == Stage.SHOWN else profile.shown_at
    profile.withheld_reason = reason if step.target == Stage.WITHHELD else ""
    profile.save(update_fields=["stage", "shown_at", "withheld_reason", "updated_at"])
    _consent(profile, Field.PROFILE, profile.seen_by if step.target == Stage.SHOWN else "", now)
    entry = audit.record(profile, ACTS[action], by=by, reason=reason)
    if by.pk != profile.user_id:
        outbox.post("expert_moved", to=profile.user, key=str(entry.pk), about=profile)
    _draw(profile)
    return profile


@transaction.atomic
def delete_profile(profile: ExpertProfile, *, by: User) -> None:
    """The profile goes whole, with what was written to it; the acts keep that there was one.

    Of one that a coordinator has hidden an empty row stays, so that a new one is hidden as well.
    """
    profile = _relocked(profile)
    audit.record(profile, "deleted", by=by)
    contacts.forget_target(profile)
    if profile.stage == Stage.WITHHELD:
        _empty(profile)
    else:
        profile.delete()


def _empty(profile: ExpertProfile) -> None:
    blank = ExpertProfile()
    for name in TOLD:
        setattr(profile, name, getattr(blank, name))
    profile.save()
    profile.terms.clear()
    profile.offers.all().delete()
    ExpertConsent.objects.current().filter(profile=profile).update(withdrawn_at=timezone.now())
    _draw(profile)


def version_of(profile: ExpertProfile) -> str:
    return profile.updated_at.isoformat()


def levels_of(profile: ExpertProfile) -> dict[str, str]:
    """Who sees which field by the consents in force; the profile itself by its own column."""
    current = ExpertConsent.objects.current().filter(profile=profile).exclude(field=Field.PROFILE)
    return dict(current.values_list("field", "seen_by")) | {"profile": profile.seen_by}


def fields_at(profile: ExpertProfile, level: Level, levels: Mapping[str, str]) -> list[str]:
    """Which fields this level of reader sees; nothing where the profile itself is narrower."""
    if WIDTH[profile.seen_by] < WIDTH[level]:
        return []
    open_ones = [name for name, seen_by in levels.items() if WIDTH[seen_by] >= WIDTH[level]]
    return [field.value for field in Field if field in open_ones]


def _take_turns(user: User) -> None:
    """Before there is a profile, the person's own row is the lock: a form sent twice makes one."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _locked(user: User) -> ExpertProfile | None:
    return ExpertProfile.objects.select_for_update(of=("self",)).filter(user=user).first()


def _relocked(profile: ExpertProfile) -> ExpertProfile:
    return ExpertProfile.objects.select_for_update(of=("self",)).get(pk=profile.pk)


def _refuse_foreign(profile: ExpertProfile) -> None:
    """Nobody shows an organisation that has not confirmed them."""
    known = audience(profile.user)
    if profile.organisation_id and profile.organisation_id not in known.organisations:
        raise Refused(_("Your place in this organisation has not been confirmed."))


def _set_offers(profile: ExpertProfile, offers: Mapping[str, str]) -> None:
    profile.offers.exclude(kind__in=offers).delete()
    for kind, note in offers.items():
        ExpertOffer.objects.update_or_create(profile=profile, kind=kind, defaults={"note": note})


def _consent(profile: ExpertProfile, field: Field, seen_by: str, now: datetime) -> None:
    """Ends the consent that there is where it says something else, and begins the new one."""
    if field == Field.PHONE and seen_by not in {"", *PHONE_LEVELS}:
        raise Refused(_("A phone number is shown to members at most."))
    rows = ExpertConsent.objects.current().filter(profile=profile, field=field)
    had = rows.first()
    if (had.seen_by if had else "") == seen_by:
        return
    rows.update(withdrawn_at=now)
    if seen_by:
        ExpertConsent.objects.create(
            profile=profile, field=field, seen_by=Level(seen_by), given_at=now
        )


def _draw(profile: ExpertProfile) -> None:
    """The faces of a shown profile, one for each level that finds it; none of a hidden one."""
    levels = levels_of(profile)
    drawn = {level: fields_at(profile, level, levels) for level in Level}
    if profile.stage != Stage.SHOWN:
        drawn = {}
    wanted = {level: fields for level, fields in drawn.items() if fields}
    ExpertFace.objects.filter(profile=profile).exclude(level__in=wanted).delete()
    for level, fields in wanted.items():
        _draw_face(profile, level, fields)


def _draw_face(profile: ExpertProfile, level: Level, fields: list[str]) -> None:
    seen = profile.as_seen(fields)
    face, _is_new = ExpertFace.objects.update_or_create(
        profile=profile, level=level,
        defaults={
            "fields": fields, "languages": seen.languages, "organisation": seen.organisation,
            "offers": [each.kind for each in seen.offers], "region": seen.region,
            "shown_at": profile.shown_at or timezone.now(),
        },
    )  # fmt: skip
    face.terms.set(seen.terms)
    search.reindex(face)
    saved_searches.published("experts", face.pk, since=profile.shown_at)
    answers_came("experts", face.pk)
