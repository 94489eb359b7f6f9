"""Telling a need, and its way from draft to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.matching import themes
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import unmarked
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.matching import NAMED
from members.models import Cluster, Membership, Need, NeedMatch, NeedOffer, Organisation, User
from members.models.needs import (
    GRACE,
    MOVES,
    NO_HURRY,
    PUBLISHED,
    RESERVED_SLUGS,
    Stage,
    has_contact,
)
from members.services.arrivals import came
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.vocabulary import Term

AT_ONCE = 500


def organisations_of(user: Reader) -> Any:
    """For whom the user may tell a need: their own organisations, and those they coordinate."""
    known = audience(user)
    managed = Organisation.objects.managed_by(user).values("pk")
    own = Q(pk__in=known.organisations)
    rows = Organisation.objects.standing()
    if known.is_admin or known.coordinates:
        return rows.filter(own | Q(pk__in=managed))
    return rows.members().filter(own)


def is_private_member(user: Reader) -> bool:
    return Membership.objects.active().filter(person=user.pk).exists()


def clusters_of(organisation: Organisation | None, user: Reader) -> Any:
    """Where the owner of a need is a member today, or has been taken in."""
    memberships = Membership.objects.active()
    if organisation is None:
        return Cluster.objects.filter(pk__in=memberships.filter(person=user.pk).values("cluster"))
    theirs = Q(pk__in=memberships.filter(organisation=organisation).values("cluster"))
    return Cluster.objects.filter(theirs | Q(pk=organisation.introduced_by_id))


@transaction.atomic
def tell_need(values: dict[str, Any], *, by: User) -> Need:
    """Stores a draft with the themes that its text speaks of; the same form makes one need."""
    known = made_by(Need, values["form_key"], teller=by)
    if known is not None:
        return known
    organisation = values.get("organisation")
    if organisation is not None and not organisations_of(by).contains(organisation):
        raise Refused(_("You cannot tell a need for this organisation."))
    if organisation is None and not is_private_member(by):
        raise Refused(_("Choose the organisation whose need this is."))
    need = Need(
        **{**values, "organisation": organisation},
        home_cluster=home_of(organisation, by),
        person=None if organisation else by,
        teller=by,
        is_on_behalf=bool(organisation and organisation.pk not in audience(by).organisations),
        region=organisation.region if organisation else None,
    )
    _insert(need)
    need.terms.set(themes.found_in(f"{need.what}\n{need.purpose}", NAMED))
    search.reindex(need)
    audit.record(need, "created", by=by)
    return need


def home_of(organisation: Organisation | None, by: User) -> Cluster:
    """Of several clusters the one that the teller coordinates or belongs to."""
    known = audience(by)
    clusters = list(clusters_of(organisation, by).order_by("pk"))
    mine = [c for c in clusters if c.pk in known.coordinates | known.member_clusters]
    found = mine or clusters
    if not found:
        raise Refused(_("Only a member of a cluster can tell a need."))
    return next((c for c in found if c.pk in known.coordinates), found[0])


def _insert(need: Need) -> None:
    """An address taken meanwhile by another makes a second try."""
    need.slug = _free_slug(need.what)
    try:
        with transaction.atomic():
            need.save(force_insert=True)
    except IntegrityError:
        need.slug = _free_slug(need.what)
        need.save(force_insert=True)


def _free_slug(what: str) -> str:
    return cleaning.free_slug(Need.objects.all(), what, empty="tarve", reserved=RESERVED_SLUGS)


def locked(need: Need) -> Need:
    return Need.objects.select_for_update(of=("self",), no_key=True).get(pk=need.pk)


@transaction.atomic
def edit_need(
    need: Need,
    values: dict[str, Any],
    *,
    by: User,
    seen: str = "",
    terms: Iterable[Term] | None = None,
) -> Need:
    """`seen` is the `stamp` of what the editor saw; another's change since is not lost."""
    need = locked(need)
    _refuse_other_version(need, seen)
    changed = [name for name, value in values.items() if getattr(need, name) != value]
    before = need.visibility
    for name in changed:
        setattr(need, name, values[name])
    if terms is not None and {t.pk for t in terms} != {t.pk for t in need.terms.all()}:
        need.terms.set(terms)
        changed.append("terms")
    if not changed:
        return need
    need.matched_at = None
    if "needed_by" in changed:
        need.asked_at = None  # a new day answers "is it still open?", and is asked about itself
    need.save()
    search.reindex(need)
    details = {"changed": changed, **audit.change(visibility=(before, need.visibility))}
    audit.record(need, "edited", by=by, details=details)
    tell_edited(need, by=by)
    need_came(need, before=before)
    return need


@transaction.atomic
def check_need(
    need: Need,
    values: dict[str, Any],
    *,
    by: User,
    seen: str = "",
    terms: Iterable[Term],
    publish: bool = False,
) -> tuple[Need, bool]:
    """What was checked, and whether it is published with it: both, or with a refusal neither."""
    saved = edit_need(need, values, by=by, seen=seen, terms=terms)
    if not publish or saved.stage != Stage.DRAFT:
        return saved, False
    return move_need(saved, "publish", by=by), True


def _refuse_other_version(need: Need, seen: str) -> None:
    if seen and seen != need.stamp:
        raise Overtaken


def tell_edited(need: Need, *, by: User) -> None:
    """Tells the organisation what somebody else has changed of what stands in its name."""
    if need.stage == Stage.DRAFT or need.organisation_id in audience(by).organisations:
        return
    contacts = contacts_of([need.organisation_id], but=by)
    outbox.post_to_all("need_edited", to=contacts, key=f"{need.pk}:{need.stamp}", about=need)


def need_came(need: Need, *, before: str = "") -> None:
    if need.stage in PUBLISHED:
        came("needs", need, since=need.published_at, before=before)


@transaction.atomic
def move_need(need: Need, action: str, *, by: User, reason: str = "", seen: str = "") -> Need:
    """Takes one step of the table. What a coordinator tells on behalf waits for the organisation
    where it has somebody to confirm it. `seen` is the `stamp` of what was looked at."""
    need = locked(need)
    _refuse_other_version(need, seen)
    move = MOVES.step(action, need, by)
    reason = unmarked(reason.strip())
    if move.needs_reason and not reason:
        raise Refused(_("Give a reason."))
    waits = action == "publish" and waits_for_organisation(need, by)
    target = Stage.WAITING if waits else Stage(move.target)
    _enter(need, target)
    entry = audit.record(need, action, by=by, reason=reason, details={"stage": str(target)})
    following.tell(need, "moved", key=str(entry.pk), by=by)
    _tell(need, action, by, reason, str(entry.pk))
    return need


def waits_for_organisation(need: Need, by: Reader) -> bool:
    """Told on behalf, by one who is not of the organisation, and somebody there can confirm it."""
    is_ours = need.organisation_id in audience(by).organisations
    return need.is_on_behalf and not is_ours and has_contact(need)


def _refuse_former_member(need: Need) -> None:
    """Whoever has left publishes nothing more; a profile that nobody has claimed never joined."""
    if need.organisation and need.organisation.is_shadow:
        return
    owner = Q(person=need.person_id) if need.person_id else Q(organisation=need.organisation_id)
    if not Membership.objects.active().filter(owner, cluster=need.home_cluster_id).exists():
        raise Refused(_("Only a member of a cluster can tell a need."))


def _enter(need: Need, stage: Stage) -> None:
    now = timezone.now()
    if stage in {Stage.OPEN, Stage.WAITING}:
        _refuse_former_member(need)
    if stage == Stage.OPEN:
        if need.needed_by and need.needed_by < timezone.localdate():
            raise Refused(_("The day by which it is needed has passed. Choose a later one first."))
        need.published_at = need.published_at or now
        need.ended_at = need.asked_at = need.matched_at = None
    elif need.stage in {Stage.OPEN, Stage.EXPIRED}:
        need.ended_at = now
    need.stage = stage
    need.save()
    need_came(need)


def _tell(need: Need, action: str, by: User, reason: str, key: str) -> None:
    """The organisation of what is told in its name, the teller of what became of it."""
    values: outbox.Values = {"reason": reason}
    if need.stage == Stage.WAITING:
        outbox.post_to_all(
            "need_to_confirm", to=contacts_of([need.organisation_id], but=by), key=key, about=need
        )
    elif action == "publish" and need.organisation_id:
        outbox.post_to_all(
            "need_published", to=contacts_of([need.organisation_id], but=by), key=key, about=need
        )
    elif action in {"confirm", "decline"} and need.teller and need.teller != by:
        outbox.post(
            "need_confirmed" if action == "confirm" else "need_declined",
            to=need.teller, key=key, about=need, values=values,
        )  # fmt: skip
    elif action in {"close", "withdraw"} and need.organisation_id and need.published_at:
        tell_edited(need, by=by)


@dataclass(frozen=True)
class Answered:
    """What answered a need: something suggested, an offer of help, or words."""

    match: NeedMatch | None = None
    offer: NeedOffer | None = None
    words: str = ""


@transaction.atomic
def answer_need(need: Need, answered: Answered, *, by: User) -> Need:
    if not (answered.match or answered.offer or answered.words.strip()):
        raise Refused(_("Say what answered the need."))
    need = locked(need)
    MOVES.step("answer", need, by)
    need.answer = answered.words.strip()
    _enter(need, Stage.ANSWERED)
    for row in (answered.match, answered.offer):
        if row is not None:
            row.is_answer = True
            row.save(update_fields=["is_answer"])
    entry = audit.record(need, "need answered", by=by)
    following.tell(need, "moved", key=str(entry.pk), by=by)
    if answered.offer and answered.offer.sender and answered.offer.sender != by:
        outbox.post("need_answered", to=answered.offer.sender, key=str(need.pk), about=need)
    return need


@transaction.atomic
def renew_need(need: Need, needed_by: datetime.date | None, *, by: User) -> Need:
    """Still open: with a new day, or without any hurry."""
    need = locked(need)
    MOVES.step("renew", need, by)
    need.needed_by, need.renewed_at = needed_by, timezone.now()
    _enter(need, Stage.OPEN)
    entry = audit.record(need, "renew", by=by)
    following.tell(need, "moved", key=str(entry.pk), by=by)
    return need


def side_of(need: Need, *, but: User | None = None) -> list[User]:
    """Who is told of what happens to it: who told it or whose it is, else the contacts."""
    who = need.person or (need.teller if not need.is_on_behalf else None)
    if who is not None and who.is_active and Need.objects.editable_by(who).contains(need):
        return [who] if who != but else []
    contacts = contacts_of([need.organisation_id])
    people: list[User | None] = [*contacts] or [need.teller]
    return [person for person in people if person and person.is_active and person != but]


def _overdue() -> Any:
    """Open ones whose day has passed; those without a day half a year after they were told."""
    today = timezone.localdate()
    long_ago = timezone.now() - NO_HURRY
    told = Q(renewed_at=None, published_at__lt=long_ago) | Q(renewed_at__lt=long_ago)
    late = Q(needed_by__lt=today) | Q(told, needed_by=None)
    rows = Need.objects.open().filter(late)
    return rows.select_for_update(of=("self",), skip_locked=True, no_key=True).order_by("pk")


@transaction.atomic
def ask_or_expire() -> int:
    """The chore: asks once whether a need is still open; without an answer it expires."""
    now = timezone.now()
    asked = list(_overdue().filter(asked_at=None)[:AT_ONCE])
    for need in asked:
        need.asked_at = now
        need.save(update_fields=["asked_at"])  # a form that is open still begins from it
        key = f"{need.pk}:{need.due_on}"
        outbox.post_to_all("need_still_open", to=side_of(need), key=key, about=need)
    silent = list(_overdue().filter(asked_at__lt=now - GRACE)[:AT_ONCE])
    for need in silent:
        _enter(need, Stage.EXPIRED)
        entry = audit.record(need, "expired", by=None)
        following.tell(need, "moved", key=str(entry.pk))
        outbox.post_to_all("need_expired", to=side_of(need), key=str(entry.pk), about=need)
    return len(asked) + len(silent) + _end_of_former_members()


def _end_of_former_members() -> int:
    """Open needs end with the membership; of a profile that nobody has claimed there was none."""
    in_force = Membership.objects.active().filter(cluster=OuterRef("home_cluster"))
    own = in_force.filter(Q(person=OuterRef("person")) | Q(organisation=OuterRef("organisation")))
    left = Need.objects.open().filter(~Exists(own)).exclude(organisation__is_shadow=True)
    rows = left.select_for_update(of=("self",), skip_locked=True, no_key=True).order_by("pk")
    found = list(rows[:AT_ONCE])
    for need in found:
        _enter(need, Stage.EXPIRED)
        entry = audit.record(need, "expired", by=None, reason="membership ended")
        outbox.post_to_all("need_expired", to=side_of(need), key=str(entry.pk), about=need)
    return len(found)


def dismiss_match(match: NeedMatch, *, by: User) -> None:
    """ "Does not fit": it is not shown again, and who owns the thing hears nothing."""
    if match.dismissed_at is None:
        match.dismissed_at = timezone.now()
        match.save(update_fields=["dismissed_at"])
        audit.record(match.need, "suggestion dismissed", by=by)
