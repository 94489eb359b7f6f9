"""A capability's way: entered, confirmed by its owner, renewed, expired, withdrawn."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import unmarked
from cluster_portal.core.visibility import audience
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.notifications import outbox, saved_searches
from members.models import Capability, CurrentMember, Organisation
from members.models.capabilities import RESERVED_SLUGS, Source, Stage
from members.models.capability_workflow import MOVES, looks_after, speaks_for_owner
from members.services.arrivals import answers_came
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.vocabulary import Term
    from members.models import User

LIST = "capabilities"  # the key of its list, by which searches are saved
AT_ONCE = 500
SENT_TWICE_WITHIN = datetime.timedelta(minutes=2)


def free_slug(title: str) -> str:
    """An address made of the title that no capability has yet."""
    return cleaning.free_slug(
        Capability.objects.all(), title, empty="osaaminen", reserved=RESERVED_SLUGS
    )


@transaction.atomic
def create_capability(
    values: dict[str, Any],
    *,
    by: User | None,
    terms: Iterable[Term] = (),
    regions: Iterable[Term] = (),
) -> Capability:
    """A draft of somebody of the organisation, or of a coordinator on its behalf."""
    capability = Capability(**values, entered_by=by)
    if by is not None:
        _refuse_stranger(capability, by)
        is_own = capability.organisation_id in audience(by).organisations
        capability.source = values.get("source", Source.OWNER if is_own else Source.COORDINATOR)
    repeated = _repeated(capability, by)
    if repeated is not None:
        return repeated
    capability.slug = free_slug(capability.title_fi)
    try:
        with transaction.atomic():
            capability.save(force_insert=True)
    except IntegrityError:  # somebody took the address meanwhile
        capability.slug = free_slug(capability.title_fi)
        capability.save(force_insert=True)
    set_links(capability, terms=terms, regions=regions)
    search.reindex(capability)
    audit.record(capability, "created", by=by)
    return capability


def _repeated(capability: Capability, by: User | None) -> Capability | None:
    """What the same form stored a moment ago, when it was sent twice; under the owner's lock."""
    Organisation.objects.select_for_update(no_key=True).get(pk=capability.organisation_id)
    since = timezone.now() - SENT_TWICE_WITHIN
    return Capability.objects.filter(
        organisation=capability.organisation_id, entered_by=by, title_fi=capability.title_fi,
        kind=capability.kind, created_at__gt=since,
    ).exclude(entered_by=None).first()  # fmt: skip


def _came(capability: Capability, since: datetime.datetime | None) -> None:
    saved_searches.published(LIST, capability.pk, since=since)
    answers_came(LIST, capability.pk)


@transaction.atomic
def edit_capability(
    capability: Capability,
    values: dict[str, Any],
    *,
    by: User,
    seen: str = "",
    terms: Iterable[Term] | None = None,
    regions: Iterable[Term] | None = None,
) -> tuple[str, ...]:
    """Sets what differs; returns the names of what changed.

    Saved by its owner, what is published counts as confirmed today. Saved by a coordinator, the
    owner's contacts are told. `seen` is the `stamp` of what the editor saw.
    """
    capability = locked(capability)
    _refuse_stranger(capability, by)
    _refuse_other_version(capability, seen)
    seen_by = audit.change(
        visibility=(capability.visibility, values.get("visibility", capability.visibility))
    )
    changed = [name for name, value in values.items() if getattr(capability, name) != value]
    for name in changed:
        setattr(capability, name, values[name])
    changed += set_links(capability, terms=terms, regions=regions)
    is_owner = speaks_for_owner(capability, by)
    if changed:
        capability.source = Source.OWNER if is_owner else Source.COORDINATOR
        capability.sourced_on = timezone.localdate()
    if is_owner and capability.stage in {Stage.PUBLISHED, Stage.EXPIRED}:
        _confirm(capability, by)
        capability.stage = Stage.PUBLISHED
    capability.save()
    search.reindex(capability)
    audit.record(capability, "edited", by=by, details={"changed": changed, **seen_by})
    if changed and not is_owner:
        tell_edited(capability, by=by)
    if changed and capability.stage == Stage.PUBLISHED:
        _came(capability, capability.published_at)
    return tuple(changed)


@transaction.atomic
def move_capability(
    capability: Capability, action: str, *, by: User, reason: str = "", seen: str = ""
) -> Capability:
    """Takes one step of the table; publishing, confirming and renewing hold for the same time.

    A coordinator who vouches tells how the organisation has confirmed it: that is the source.
    `seen` is the `stamp` of what was looked at.
    """
    capability = locked(capability)
    _refuse_other_version(capability, seen)
    move = MOVES.step(action, capability, by)
    reason = unmarked(cleaning.one_line(reason)[:200])
    if move.needs_reason:
        if not reason:
            raise Refused(_("Give a reason."))
        capability.source, capability.source_note = Source.INTERVIEW, reason
        capability.sourced_on = timezone.localdate()
    stage = Stage(move.target)
    if stage != Stage.WITHDRAWN:
        refuse_unready(capability)
    if stage == Stage.PUBLISHED:
        _confirm(capability, by)
        capability.published_at = capability.published_at or timezone.now()
    capability.stage = stage
    capability.save()
    entry = audit.record(capability, action, by=by, reason=reason)
    if stage == Stage.UNCONFIRMED:
        _tell("capability_to_confirm", capability, entry, but=by)
    if stage == Stage.PUBLISHED and action != "renew":
        _came(capability, timezone.now())
    return capability


@transaction.atomic
def expire_overdue() -> int:
    """Takes what was not renewed in time off the lists; its owner is told. Returns how many."""
    rows = Capability.objects.overdue().select_for_update(skip_locked=True, of=("self",))
    capabilities = list(rows.order_by("pk")[:AT_ONCE])
    for capability in capabilities:
        capability.stage = Stage.EXPIRED
        capability.save(update_fields=["stage", "updated_at"])
        entry = audit.record(capability, "expired", by=None)
        _tell("capability_expired", capability, entry, until=str(capability.expires_on))
    return len(capabilities)


def tell_edited(capability: Capability, *, by: User) -> None:
    """Tells the owner's contacts that a coordinator has changed what stands of them."""
    if capability.stage != Stage.DRAFT:
        key = f"{capability.pk}:{capability.stamp}"
        people = owners(capability, but=by)
        outbox.post_to_all("capability_edited", to=people, key=key, about=capability)


def ask_to_confirm(capability: Capability, *, by: User) -> int:
    """Mails the owner's contacts what waits for them, once a day; returns how many there are."""
    people = owners(capability, but=by)
    day = timezone.localdate().isoformat()
    outbox.post_to_all(
        "capability_to_confirm", to=people, key=f"{capability.pk}:{day}", about=capability
    )
    return len(people)


def locked(capability: Capability) -> Capability:
    rows = Capability.objects.select_for_update(of=("self",)).select_related("home_cluster")
    return rows.get(pk=capability.pk)


def has_member(capability: Capability) -> bool:
    """Whether the owner is a member of the home cluster today."""
    return CurrentMember.objects.filter(
        organisation=capability.organisation_id, cluster=capability.home_cluster_id
    ).exists()


def refuse_unready(capability: Capability) -> None:
    """A draft may be stored half filled in; what others see is whole."""
    if not has_member(capability):
        raise Refused(_("The organisation is no member of the cluster now."))
    if not capability.kind:
        raise Refused(_("Choose first what it is."))
    if not capability.summary_fi.strip():
        raise Refused(_("Tell first what it does."))
    if not capability.terms.filter(scheme=Scheme.SECURITY_TASK).exists():
        raise Refused(_("Choose at least one situation or task in which it helps."))
    is_anywhere = capability.is_nationwide or capability.is_remote
    if not is_anywhere and not capability.regions.exists():
        raise Refused(_("Tell where you deliver it."))


def set_links(
    capability: Capability,
    *,
    terms: Iterable[Term] | None = None,
    regions: Iterable[Term] | None = None,
) -> list[str]:
    """Terms and regions, each left alone when it is not given; returns what changed."""
    changed = []
    for name, wanted in (("terms", terms), ("regions", regions)):
        if wanted is None:
            continue
        links, keys = getattr(capability, name), {term.pk for term in wanted}
        if set(links.values_list("pk", flat=True)) != keys:
            links.set(keys)
            changed.append(name)
    return changed


def _confirm(capability: Capability, by: User) -> None:
    capability.confirmed_by, capability.confirmed_on = by, timezone.localdate()
    capability.expires_on = capability.last_day(capability.confirmed_on)


def renewed_until(capability: Capability) -> datetime.date:
    return capability.last_day(timezone.localdate())


def _refuse_other_version(capability: Capability, seen: str) -> None:
    if seen and seen != capability.stamp:
        raise Overtaken


def _refuse_stranger(capability: Capability, by: User) -> None:
    own = capability.organisation_id in audience(by).organisations
    if not own and not looks_after(capability, by):
        raise Refused(_("You cannot enter capabilities of this organisation."))


def _tell(
    kind: str,
    capability: Capability,
    entry: audit.AuditEntry,
    *,
    but: User | None = None,
    **values: str | int,
) -> None:
    outbox.post_to_all(
        kind, to=owners(capability, but=but), key=str(entry.pk), about=capability, values=values
    )


def owners(capability: Capability, *, but: User | None = None) -> list[User]:
    """Who answers for it: the organisation's contacts."""
    return list(contacts_of([capability.organisation_id], but=but))
