"""Signals: proposed by members, assessed and published by coordinators, supported, used."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.matching import themes
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import audience, audiences_of
from cluster_portal.knowledge.models import Signal, SignalSource, SignalSupport, SignalUse
from cluster_portal.knowledge.models.signals import MOVES, RESERVED_SLUGS, Stage
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members import matching
from members.matching import NAMED
from members.models import Cluster, User
from members.models.kinds import Sector
from members.models.needs import Kind as NeedKind
from members.services.arrivals import came
from members.services.recipients import coordinators_of
from projects.services.challenge_matching import CAPABILITIES
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    from cluster_portal.core.answers import Answers
    from cluster_portal.core.matching.features import Features
    from cluster_portal.core.matching.score import Match
    from cluster_portal.core.visibility import Reader

SHOWN = 5
LOOKED_AT = 40
logger = logging.getLogger(__name__)


def may_propose(user: Reader) -> bool:
    return bool(user.is_authenticated and audience(user).is_member)


def home_of(user: User) -> Cluster:
    """Of several clusters the one that the user coordinates, else the first of theirs."""
    known = audience(user)
    mine = known.coordinates or known.member_clusters
    if not mine:
        raise Refused(_("Only members of a cluster propose signals."))
    return Cluster.objects.get(pk=min(mine))


@transaction.atomic
def propose_signal(values: dict[str, Any], *, by: User) -> Signal:
    """The same form makes one signal; the coordinators of the proposer's cluster are told."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one form, one signal
    known = made_by(Signal, values["form_key"], author=by)
    if known is not None:
        return known
    plain = {name: value for name, value in values.items() if name not in {"sources", "terms"}}
    signal = Signal(**plain, home_cluster=home_of(by), author=by)
    signal.slug = cleaning.free_slug(
        Signal.objects.all(), signal.title_fi, empty="signaali", reserved=RESERVED_SLUGS
    )
    signal.save(force_insert=True)
    _set_sources(signal, values.get("sources", []))
    _find_themes(signal)
    search.reindex(signal)
    entry = audit.record(signal, "created", by=by)
    readers = list(coordinators_of([signal.home_cluster_id], but=by))
    outbox.post_to_all("signal_proposed", to=readers, key=str(entry.pk), about=signal)
    return signal


def _set_sources(signal: Signal, sources: list[tuple[str, str]]) -> None:
    if [(row.title, row.url) for row in signal.sources.all()] == sources:
        return
    signal.sources.all().delete()
    for title, url in sources:
        SignalSource.objects.create(signal=signal, title=title, url=url)


def _find_themes(signal: Signal) -> None:
    if not signal.terms.exists():
        text = "\n".join([signal.title_fi, signal.text_fi, signal.opportunity_fi])
        signal.terms.set(themes.found_in(text, NAMED))


def locked(signal: Signal) -> Signal:
    return Signal.objects.select_for_update(of=("self",), no_key=True).get(pk=signal.pk)


@transaction.atomic
def edit_signal(signal: Signal, values: dict[str, Any], *, by: User, seen: str) -> Signal:
    """`seen` is the `stamp` of what the editor saw. A new opportunity is told anew."""
    signal = locked(signal)
    if not signal.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    if seen != signal.stamp:
        raise Overtaken
    _change(signal, values)
    if "sources" in values:
        _set_sources(signal, values["sources"])
    if "terms" in values:
        signal.terms.set(values["terms"])
    _find_themes(signal)
    search.reindex(signal)
    audit.record(signal, "edited", by=by)
    return signal


def _change(signal: Signal, values: dict[str, Any]) -> None:
    before = signal.opportunity_fi
    for name, value in values.items():
        if name not in {"sources", "terms"}:
            setattr(signal, name, value)
    if signal.stage == Stage.OPEN and not (signal.likelihood and signal.impact):
        raise Refused(_("A published signal has a likelihood and an impact."))
    if signal.opportunity_fi != before:
        signal.matched_at = None
    signal.save()


@transaction.atomic
def move_signal(signal: Signal, action: str, *, by: User, reason: str = "") -> Signal:
    signal = locked(signal)
    move = MOVES.step(action, signal, by)
    reason = checked_reason(move, reason)
    if move.target == Stage.OPEN and not (signal.likelihood and signal.impact):
        raise Refused(_("Assess likelihood and impact before you publish the signal."))
    signal.stage, signal.answer = move.target, reason
    if move.target == Stage.OPEN:
        signal.published_at = signal.published_at or timezone.now()
    signal.save()
    search.reindex(signal)
    entry = audit.record(signal, f"signal {action}", by=by, reason=reason)
    if signal.stage == Stage.OPEN:
        came("signals", signal, since=signal.published_at)
    following.tell(signal, "moved", key=str(entry.pk), by=by)
    author = signal.author
    if author is not None and author.is_active and author != by:
        values: dict[str, str | int] = {"stage": signal.stage, "reason": reason}
        outbox.post("signal_moved", to=author, key=str(entry.pk), about=signal, values=values)
    return signal


@transaction.atomic
def support(signal: Signal, *, by: User, is_on: bool) -> None:
    """A second press changes nothing; nobody supports what they have proposed themselves."""
    signal = locked(signal)
    if not may_propose(by) or signal.stage != Stage.OPEN:
        raise Refused(_("You cannot do this."))
    if signal.author_id == by.pk:
        raise Refused(_("You have proposed this signal yourself."))
    if is_on:
        SignalSupport.objects.get_or_create(signal=signal, user=by)
    else:
        SignalSupport.objects.filter(signal=signal, user=by).delete()


@transaction.atomic
def add_use(signal: Signal, values: dict[str, Any], *, by: User) -> SignalUse:
    """A decision in which it was used; sent twice it is told once."""
    signal = locked(signal)
    if not signal.is_managed_by(by):
        raise Refused(_("Only coordinators record uses."))
    made, is_new = SignalUse.objects.get_or_create(
        signal=signal, what=values["what"], used_on=values["used_on"],
        defaults={"url": values["url"]},
    )  # fmt: skip
    if is_new:
        entry = audit.record(signal, "signal used", by=by)
        following.tell(signal, "used", key=str(entry.pk), by=by)
    return made


@dataclass(frozen=True)
class Opportunity:
    """A signal as `members.matching` holds it against capabilities: it looks for a solution."""

    signal: Signal
    kind: Any = NeedKind.SOLUTION
    region_id: int | None = None

    @property
    def organisation_id(self) -> int | None:
        return self.signal.organisation_id

    @property
    def terms(self) -> Any:
        return self.signal.terms

    def match_features(self) -> Features:
        return self.signal.match_features()

    def match_texts(self) -> list[str]:
        """What a reason may quote: whoever reads the signal reads all of it."""
        return [self.signal.title_fi, self.signal.text_fi, self.signal.opportunity_fi]


def _of_companies() -> Answers | None:
    """Capabilities as an opportunity asks for them: of business alone."""
    answers = matching.declared(CAPABILITIES)
    if answers is None:
        return None
    business = Q(organisation__sector=Sector.BUSINESS)
    return replace(answers, kinds={kind: among & business for kind, among in answers.kinds.items()})


def match_waiting() -> int:
    """Tells companies of the opportunities that nobody has been told of; one transaction each."""
    waiting = Signal.objects.followed().filter(matched_at=None).exclude(opportunity_fi="")
    return sum(_tried(pk) for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:50]))


def _tried(pk: int) -> bool:
    try:
        return _match_one(pk)
    except Exception:
        logger.exception("signal %s cannot be matched", pk)
        return False


@transaction.atomic
def _match_one(pk: int) -> bool:
    """Skips one that another worker holds."""
    rows = Signal.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    signal = rows.followed().filter(pk=pk, matched_at=None).first()
    if signal is None:
        return False
    _tell_owners(signal)
    Signal.objects.filter(pk=pk).update(matched_at=timezone.now())
    return True


def _tell_owners(signal: Signal) -> None:
    """Contacts of companies whose capability fits, each once of what the signal says by now."""
    answers = _of_companies()
    reader = coordinators_of([signal.home_cluster_id]).first()
    if answers is None or reader is None:
        return
    owners: dict[int, User] = {}
    for match in matching.fits(answers, Opportunity(signal), reader):
        for owner in answers.owners(match.object):
            owners.setdefault(owner.pk, owner)
    audiences_of(owners.values())
    readers = [
        owner for owner in owners.values()
        if Signal.objects.visible_to(owner).filter(pk=signal.pk).exists()
    ]  # fmt: skip
    key = f"{signal.pk}:{signal.stamp}"
    outbox.post_to_all("signal_for_you", to=readers, key=key, about=signal)


def fits_of(signal: Signal, user: Reader) -> list[Match]:
    """Which capabilities of the reader's own companies fit the opportunity, and why."""
    answers = _of_companies()
    if answers is None or not signal.opportunity_fi or not audience(user).organisations:
        return []
    wish = Opportunity(signal)
    mine = answers.mine(user).order_by().values("pk")
    rows = matching.possible(answers, wish, user).filter(pk__in=mine)
    found = [
        matching.explained(answers, row, matching.Wish.of(wish))
        for row in matching.with_keys(answers, rows).order_by("-pk")[:LOOKED_AT]
    ]
    return [match for match in found if match.has_reason][:SHOWN]
