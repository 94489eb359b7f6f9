"""The page of one need: what it is, what fits and why, what came of it, and what can be done."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import origin, vocabulary
from cluster_portal.core.visibility import audience
from members import matching
from members.forms.needs import VISIBILITIES
from members.models import Need, NeedMatch, NeedOffer, Organisation
from members.models.needs import MOVES, Stage
from members.pages import needs
from members.services.needs import is_private_member, organisations_of

if TYPE_CHECKING:
    from cluster_portal.core.matching.score import Match
    from cluster_portal.core.visibility import Reader
    from members.models.needs import NeedQuerySet

SHOWN, READ, ON_DESK = 8, 24, 10
FORMS = ("publish", "answer", "renew")  # steps with a page of their own


def complete(user: Reader) -> Any:
    """Needs with all that the page shows of them."""
    links = Need.terms.through.objects.filter(need=OuterRef("pk")).order_by().values("term_id")
    editable = Need.objects.editable_by(user).filter(pk=OuterRef("pk"))
    rows = Need.objects.visible_to(user).annotate(
        can_edit=Exists(editable), term_keys=ArraySubquery(links)
    )
    return needs.with_owner(rows, user).select_related("home_cluster").defer("search")


def values(need: Any, user: Reader) -> dict[str, Any]:
    need.remember_editor(user, is_editor=need.can_edit)
    fits = fit_rows(need, list(need.matches.standing()[:READ]), user)
    return {
        "need": need,
        "owner": needs.owner_of(need),
        "owner_name": needs.owner_name(need),
        "look": Stage(need.stage).look,
        "themes": _themes(need),
        "facts": _facts(need),
        "fits": fits,
        "is_looking": need.matched_at is None,  # a task does it
        "answer": answer_of(need, fits, user),
        "offers": offer_rows(need, user) if need.can_edit and need.offer_count else [],
        "thread": origin.thread_of(need, user),
        "starts": origin.starts_of(need, user) if user.is_authenticated else [],
        "moves": MOVES.without(*FORMS).open_to(need, user),
        "can_publish": MOVES.may("publish", need, user),
        "can_answer": MOVES.may("answer", need, user),
        "is_asked": need.is_open and need.asked_at is not None and need.can_edit,
        "can_help": need.is_open and not _is_ours(need, user),
        "trail": trail(need.what),
        "current": "capabilities",
    }


def may_tell(user: Reader) -> bool:
    if not user.is_authenticated:
        return False
    return is_private_member(user) or organisations_of(user).exists()


def said_of(need: Need) -> str:
    """What a step has brought about, for whoever took it."""
    if need.stage == Stage.WAITING:
        return _("The organisation has been asked to confirm the need. Then it is published.")
    if need.stage == Stage.OPEN:
        return _("The need is published. You are told when something fits or somebody offers help.")
    return _("Done. The need is now: %(state)s.") % {"state": need.get_stage_display()}


def answers_to_choose(need: Need, user: Reader) -> dict[str, Any]:
    """What can have answered it: the offers of help and what was suggested, each in words."""
    fits = fit_rows(need, list(need.matches.standing()[:READ]), user)
    return {
        "matches": [(fit["stored"], f"{fit['kind']}: {fit['title']}") for fit in fits],
        "offers": [(row["offer"], f"{row['name']}, {row['day']}")
                   for row in offer_rows(need, user)],
    }  # fmt: skip


def trail(*names: Any) -> list[dict[str, Any]]:
    above = [
        {"name": _("Capabilities and solutions"), "url": reverse("members:capabilities")},
        {"name": _("Needs"), "url": reverse("members:needs")},
    ]
    *links, last = names
    return [*above, *({"name": str(n), "url": n.get_absolute_url()} for n in links),
            {"name": last}]  # fmt: skip


def _is_ours(need: Need, user: Reader) -> bool:
    known = audience(user)
    if known.user_id is None:
        return False
    return need.person_id == known.user_id or need.organisation_id in known.organisations


def _themes(need: Any) -> list[str]:
    keys = set(need.term_keys)
    every = (term for scheme in matching.NAMED for term in vocabulary.terms(scheme))
    return [term.label for term in every if term.pk in keys]


def _facts(need: Any) -> list[dict[str, Any]]:
    cluster = need.home_cluster
    seen_by = dict(VISIBILITIES).get(need.visibility, need.get_visibility_display())
    facts = [
        {"name": _("By when"), "value": need.day_in_words},
        {"name": _("Where"), "value": needs.region_of(need) or _("Anywhere")},
        {"name": _("Who sees this"), "value": seen_by},
        {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
    ]
    if need.published_at:
        facts.append(
            {"name": _("Told"), "value": date_format(timezone.localtime(need.published_at))}
        )
    if need.can_edit:
        facts.append({"name": _("Offers of help"), "value": str(need.offer_count)})
    return facts


def fit_rows(need: Need, stored: list[NeedMatch], user: Reader) -> list[dict[str, Any]]:
    """What fits, with the reasons that this reader may know."""
    found = matching.shown(need, stored, user)
    return [_fit(match, fit) for match, fit in found[:SHOWN]]


def _fit(stored: NeedMatch, match: Match) -> dict[str, Any]:
    answers = matching.declared(stored.answers)
    told = [{"text": text, "fit": ""} for text in match.reasons]
    told += [{"text": text, "fit": "partly"} for text in match.doubts]
    shown = answers.show(match.object) if answers else {}
    return {**shown, "reasons": told, "pk": stored.pk, "stored": stored}


def offer_rows(need: Need, user: Reader) -> list[dict[str, Any]]:
    rows = NeedOffer.objects.visible_to(user).filter(need=need)
    return [
        {
            "offer": offer,
            "name": " · ".join(filter(None, [str(offer.sender or _("A removed user")),
                                             str(offer.organisation or "")])),
            "organisation": offer.organisation,
            "day": date_format(timezone.localtime(offer.offered_at)),
        }
        for offer in rows.select_related("sender", "organisation")
    ]  # fmt: skip


def answer_of(need: Need, fits: list[dict[str, Any]], user: Reader) -> dict[str, Any] | None:
    """What answered it, as far as the reader sees it: words, what was suggested, who helped."""
    if need.stage != Stage.ANSWERED:
        return None
    helper = need.offers.filter(is_answer=True).values("organisation")
    return {
        "words": need.answer,
        "fit": next((fit for fit in fits if fit["stored"].is_answer), None),
        "helper": Organisation.objects.visible_to(user).filter(pk__in=helper).first(),
    }


def of_mine(matches: Any, user: Reader) -> Any:
    """Those of the pairs whose thing the reader answers for."""
    ours = [
        Q(answers=each.key, object_id__in=each.mine(user).order_by().values("pk"))
        for each in matching.every()
    ]
    return matches.filter(reduce(or_, ours)) if ours else matches.none()


def fitting_needs(user: Reader) -> NeedQuerySet:
    """Open needs of others that fit something of the reader's."""
    if not audience(user).is_member:
        return Need.objects.none()
    fitting = of_mine(NeedMatch.objects.standing(), user).values("need")
    rows = Need.objects.visible_to(user).open().filter(pk__in=fitting)
    return rows.exclude(pk__in=Need.objects.mine(user).values("pk"))


def answerable(user: Reader) -> list[dict[str, Any]]:
    """For a desk, the newest first."""
    rows = fitting_needs(user).order_by("-published_at", "-pk")
    return [needs.line(need) for need in rows[:ON_DESK]]
