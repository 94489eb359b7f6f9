"""Two rows of one organisation become one; what both have is kept, and so is the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.classified import unmarked
from cluster_portal.core.visibility import Visibility, audience, forget_audiences
from cluster_portal.notifications import outbox
from members.models import Affiliation, Membership, Organisation, User
from members.models.affiliations import CURRENT, Role
from members.models.affiliations import Stage as AffiliationStage
from members.models.memberships import BINDING
from members.models.memberships import Stage as MembershipStage
from members.services.organisations import lock_identity, reindex_owned
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field, Model

# What the kept row takes over where it has nothing itself.
FILLED = (
    "name_sv", "name_en", "short_name", "business_id", "region", "municipality", "website",
    "summary", "description", "languages", "activities", "size_class", "parent", "valid_from",
)  # fmt: skip
HANDLED = (Affiliation, Membership)


@transaction.atomic
def merge_organisations(
    kept: Organisation, gone: Organisation, *, by: User, reason: str
) -> Organisation:
    """Moves people, memberships, content and names of `gone` to `kept`.

    `gone` stays as a closed row whose address leads to `kept`, with its history and with what
    `kept` has already (a partnership in the same project, for instance). Contacts of both are told.
    """
    lock_identity()
    rows = Organisation.objects.select_for_update().in_bulk([kept.pk, gone.pk])
    kept, gone = rows[kept.pk], rows[gone.pk]
    reason = unmarked(reason.strip())
    _refuse(kept, gone, by, reason)
    contacts = list(_contacts(kept, gone))
    _leave_branch(kept, gone)
    _join_memberships(kept, gone)
    _join_people(kept, gone)
    for field in _references():
        _move(field, kept, gone)
    _join_facts(kept, gone)
    search.reindex([kept, gone])
    reindex_owned([kept, gone])
    entry = audit.record(kept, "merged", by=by, reason=reason, details={"gone": gone.pk})
    audit.record(gone, "merged", by=by, reason=reason, details={"kept": kept.pk})
    for user in contacts:
        if user.pk != by.pk:
            values: dict[str, str | int] = {"gone": gone.name}
            outbox.post(
                "organisations_merged", to=user, key=str(entry.pk), about=kept, values=values
            )
    return kept


def _refuse(kept: Organisation, gone: Organisation, by: User, reason: str) -> None:
    editable = Organisation.objects.managed_by(by)
    if kept == gone or editable.filter(pk__in=[kept.pk, gone.pk]).count() < 2:
        raise Refused(_("You cannot do this."))
    if not by.is_superuser:
        _refuse_beyond_scope([kept, gone], by)
    if gone.merged_at or kept.merged_at:
        raise Refused(_("This organisation has been merged already."))
    if not reason:
        raise Refused(_("Give the reason."))


def _refuse_beyond_scope(rows: list[Organisation], by: User) -> None:
    """A coordinator decides neither for another cluster nor who leads what had its own contact."""
    memberships = Membership.objects.active().filter(organisation__in=rows)
    if memberships.exclude(cluster__in=audience(by).coordinates).exists():
        raise Refused(_("One of them is a member of another cluster: ask the administrator."))
    if all(row.affiliations.contacts().exists() for row in rows):
        raise Refused(_("Both have a contact person: ask the administrator."))


def _contacts(*organisations: Organisation) -> Iterator[User]:
    yield from contacts_of(organisations)


def _join_memberships(kept: Organisation, gone: Organisation) -> None:
    """One membership per cluster goes on: the active one, then the older one."""
    binding = Membership.objects.filter(organisation__in=[kept, gone], stage__in=BINDING)
    ranked = sorted(binding, key=lambda m: (m.stage != MembershipStage.ACTIVE, m.created_at, m.pk))
    seen: set[int] = set()
    for membership in ranked:
        if membership.cluster_id in seen:
            _close(membership)
        seen.add(membership.cluster_id)
    Membership.objects.filter(organisation=gone).update(organisation=kept)
    forget_audiences()


def _close(membership: Membership) -> None:
    was_member = membership.since is not None
    membership.stage = MembershipStage.ENDED if was_member else MembershipStage.WITHDRAWN
    if was_member:
        membership.until = timezone.localdate()
    membership.save()


def _join_people(kept: Organisation, gone: Organisation) -> None:
    """Who belongs to both goes on as the contact, if that is what they were in one of them."""
    both = Affiliation.objects.filter(organisation=gone, stage__in=CURRENT)
    for affiliation in both.select_related("user"):
        own = Affiliation.objects.filter(
            organisation=kept, user=affiliation.user, stage__in=CURRENT
        ).first()
        if own is None:
            continue
        if affiliation.stage == AffiliationStage.CONFIRMED:
            own.stage = AffiliationStage.CONFIRMED
            own.role = affiliation.role if own.role == Role.MEMBER else own.role
            own.save()
            affiliation.until = timezone.localdate()
        affiliation.stage = AffiliationStage.ENDED
        affiliation.save()
    Affiliation.objects.filter(organisation=gone).update(organisation=kept)
    forget_audiences()


def _leave_branch(kept: Organisation, gone: Organisation) -> None:
    """A unit somewhere below the row that is closed would become its own ancestor."""
    above = kept.parent
    while above is not None and above != gone:
        above = above.parent
    if above == gone:
        kept.parent = None
        kept.save(update_fields=["parent", "updated_at"])


def _references() -> Iterator[Field[Any, Any]]:
    """Every column that points at an organisation, links of many-to-many fields included.

    Not the ledgers: history says what was so.
    """
    for relation in Organisation._meta.get_fields(include_hidden=True):
        field: Any = getattr(relation, "field", None)
        model = relation.related_model
        is_reference = field is not None and (relation.one_to_many or relation.one_to_one)
        is_ours = is_reference and field.model._meta.managed and not _is_ledger(field.model)
        if is_ours and model not in HANDLED:
            yield field


def _is_ledger(model: type[Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def _move(field: Field[Any, Any], kept: Organisation, gone: Organisation) -> None:
    """Row by row only where `kept` has one of them already; that one stays with `gone`."""
    rows = field.model._default_manager.filter(**{field.name: gone})
    if field.model is Organisation:
        rows = rows.exclude(pk=kept.pk)
    keys = list(rows.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            rows.update(**{field.name: kept})
    except IntegrityError:
        for pk in keys:
            _move_one(rows.filter(pk=pk), field.name, kept)


def _move_one(row: Any, name: str, kept: Organisation) -> None:
    try:
        with transaction.atomic():
            row.update(**{name: kept})
    except IntegrityError:
        return


def _join_facts(kept: Organisation, gone: Organisation) -> None:
    for name in FILLED:
        if not getattr(kept, name) and getattr(gone, name) != kept:
            setattr(kept, name, getattr(gone, name))
    if not kept.logo:  # a stored picture belongs to one row
        kept.logo, gone.logo = gone.logo, ""
    names = [gone.name, gone.name_sv, gone.name_en, gone.short_name, *gone.former_names]
    own = {kept.name, kept.name_sv, kept.name_en, kept.short_name, *kept.former_names, ""}
    kept.former_names = [*kept.former_names, *dict.fromkeys(n for n in names if n not in own)]
    kept.email_domains = list(dict.fromkeys([*kept.email_domains, *gone.email_domains]))
    kept.is_shadow = kept.is_shadow and gone.is_shadow
    external_id, gone.external_id = gone.external_id, ""
    gone.parent = None
    gone.successor, gone.merged_at = kept, timezone.now()
    gone.valid_until = gone.valid_until or max(
        timezone.localdate(), gone.valid_from or kept.created_at.date()
    )
    gone.visibility, gone.email_domains = Visibility.PRIVATE, []
    gone.save()
    if kept.successor_id == gone.pk:
        kept.successor = None
    kept.external_id = kept.external_id or external_id
    kept.save()
