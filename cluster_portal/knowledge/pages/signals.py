"""The register of signals, a signal's page, the foresight report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy, pgettext

from cluster_portal.core import pictures
from cluster_portal.core.lists import ListPage
from cluster_portal.knowledge.filters import SignalFilters
from cluster_portal.knowledge.models import Signal, SignalUse
from cluster_portal.knowledge.models.signals import MOVES, Kind, Stage
from cluster_portal.knowledge.pages.situation import trail
from cluster_portal.knowledge.services.signals import fits_of, may_propose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

TITLE = gettext_lazy("Signals of the future")
DRAWN = 40
USED = 6


def of_reader(user: Reader) -> Any:
    """Those that are followed, what matters most first, with what a row shows."""
    rows = Signal.objects.visible_to(user).followed().defer("search")
    return (
        rows.annotate(
            supporters=Count("supports", distinct=True), seen_in=Count("sources", distinct=True)
        )
        .prefetch_related("uses")
        .highest_first()
    )


def row(signal: Any) -> dict[str, Any]:
    uses = list(signal.uses.all())
    return {
        "title": signal.title, "url": signal.get_absolute_url(), "text": signal.text,
        "kind": signal.kind, "kind_name": signal.get_kind_display(),
        "horizon": signal.get_horizon_display(),
        "likelihood": signal.likelihood, "impact": signal.impact, "points": signal.points,
        "supporters": _supporters(signal.supporters), "sources": _sources(signal.seen_in),
        "opportunity": signal.opportunity, "used": uses[0].what if uses else "",
    }  # fmt: skip


def _supporters(count: int) -> str:
    return ngettext("%(count)s supporter", "%(count)s supporters", count) % {"count": count}


def _sources(count: int) -> str:
    return ngettext("%(count)s source", "%(count)s sources", count) % {"count": count}


def register(signals: Iterable[Any]) -> dict[str, Any] | None:
    """The picture with its table; the numbers are those of the list."""
    shown = list(signals)
    if not shown:
        return None
    spots = [
        pictures.Spot(number, each.kind, each.likelihood, each.impact)
        for number, each in enumerate(shown, start=1)
    ]
    label = _("Likelihood and impact")
    caption = pictures.Caption("register", label, _(
        "Each signal stands by its likelihood and impact from 1 to 5; its number leads to the list."
    ))  # fmt: skip
    return {
        "heading": label, "level": "h2", "label": label,
        "note": _(
            "The number leads to the list. The shape tells the kind: circle a weak signal, square "
            "a trend, diamond a risk, hexagon a scenario."
        ),
        "svg": pictures.register(caption, spots), "words": True,
        "head": [{"name": name} for name in (
            _("Number"), _("Signal"), _("Kind"), _("Likelihood"), _("Impact"),
            pgettext("likelihood times impact", "Product"),
        )],
        "rows": [
            [str(number), each.title, each.get_kind_display(), str(each.likelihood),
             str(each.impact), str(each.points)]
            for number, each in enumerate(shown, start=1)
        ],
    }  # fmt: skip


def used(user: Reader, most: int = USED) -> list[dict[str, str]]:
    """Decisions in which signals were used, the newest first."""
    rows = SignalUse.objects.visible_to(user).select_related("signal")
    return [
        {
            "what": use.what, "url": use.url or use.signal.get_absolute_url(),
            "signal": use.signal.title, "month": date_format(use.used_on, "F"),
            "year": str(use.used_on.year),
        }
        for use in rows[:most]
    ]  # fmt: skip


def _around(found: Found) -> dict[str, Any]:
    user = found.user
    return {
        "pic": register(list(found.rows[:DRAWN])), "used": used(user), "current": "situation",
        "feed_query": found.params.urlencode(), "may_propose": may_propose(user),
        "mine": mine(user),
    }  # fmt: skip


def proposed_by(user: Reader) -> Any:
    """What the reader has proposed and is not taken up yet."""
    if not user.is_authenticated:
        return Signal.objects.none()
    return Signal.objects.filter(author=user.pk, stage__in=[Stage.PROPOSED, Stage.REJECTED])


def mine(user: Reader) -> list[dict[str, Any]]:
    return [
        {
            "title": each.title, "url": each.get_absolute_url(), "kind": each.get_kind_display(),
            "state": Stage(each.stage).look, "state_text": each.get_stage_display(),
        }
        for each in proposed_by(user)[:5]
    ]  # fmt: skip


SIGNALS = ListPage(
    "signals",
    TITLE,
    "situation:signals",
    rows=of_reader,
    filters=SignalFilters,
    counted=ngettext_lazy("%(count)s signal", "%(count)s signals", "count"),
    page="knowledge/signal_list.html",
    results="knowledge/_signal_results.html",
    row=row,
    around=_around,
    above=((gettext_lazy("Regional situation"), "situation:overview"),),
    told=Q(stage=Stage.OPEN),
    per_page=DRAWN,
)


def values(signal: Signal, user: Reader) -> dict[str, Any]:
    is_editor = signal.is_editable_by(user)
    supports = signal.supports.count()
    is_supporter = bool(user.is_authenticated and signal.supports.filter(user=user.pk).exists())
    is_open = signal.stage == Stage.OPEN
    return {
        "trail": trail((TITLE, reverse("situation:signals")), signal.title),
        "current": "situation", "signal": signal, "stage": Stage(signal.stage),
        "is_open": is_open, "sources": list(signal.sources.all()), "uses": list(signal.uses.all()),
        "supporters": _supporters(supports), "is_supporter": is_supporter,
        "may_support": is_open and may_propose(user) and signal.author_id != user.pk,
        "fits": fits_of(signal, user),
        "is_coordinator": signal.is_managed_by(user),
        "moves": MOVES.open_to(signal, user) if is_editor else [],
        "edit_url": reverse("situation:signal_edit", args=[signal.slug]) if is_editor else "",
        "turn": _turn(signal) if is_editor else "",
        "terms": list(signal.terms.all()),
    }  # fmt: skip


def _turn(signal: Signal) -> str:
    told = {
        Stage.PROPOSED: _("A coordinator assesses the signal and publishes it, or says why not."),
        Stage.OPEN: _("The signal is followed. Record the decisions in which it is used."),
        Stage.CLOSED: _("The signal is no longer followed; its page stays."),
        Stage.REJECTED: _("The signal was not taken up."),
    }
    return told[Stage(signal.stage)]


def report(user: Reader) -> dict[str, Any]:
    """Everything that is followed, by kind, to print."""
    rows = list(of_reader(user)[:DRAWN])
    numbered = [{**row(each), "number": number} for number, each in enumerate(rows, start=1)]
    return {
        "trail": trail((TITLE, reverse("situation:signals")), _("Foresight report")),
        "current": "situation", "pic": register(rows), "used": used(user, 20),
        "groups": [
            {"name": kind.label, "rows": [each for each in numbered if each["kind"] == kind]}
            for kind in Kind if any(each["kind"] == kind for each in numbered)
        ],
        "chances": [each for each in numbered if each["opportunity"]],
        "made_on": date_format(timezone.localdate()),
        "count": len(rows), "used_count": SignalUse.objects.visible_to(user).count(),
    }  # fmt: skip
