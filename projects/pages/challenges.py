"""A challenge's page and card, as plain values for the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.core import origin
from cluster_portal.core.visibility import Visibility, audience
from members.models import Organisation
from members.models.kinds import Sector
from projects.forms.proposals import QuestionForm
from projects.models import Challenge
from projects.models.challenges import PUBLISHED, Stage, waits_for
from projects.models.proposals import RECEIVED, may_propose
from projects.models.proposals import Stage as Proposed
from projects.models.shared import Scope
from projects.pages.challenge_circles import circles
from projects.services import challenge_matching, openings
from projects.services.challenge_telling import UNPUBLISHED
from projects.services.questions import may_ask

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

SHAPES = {
    Stage.OPEN: "open",
    Stage.CLOSED: "waiting",
    Stage.SOLVED: "done",
    Stage.UNMATCHED: "stopped",
    Stage.WITHDRAWN: "stopped",
}
NEAR_DAYS = 14
MOST_TEASERS = 20
LATEST_OPENINGS = 12
MOST_DEMANDS, LONGEST_DEMAND = 10, 200
FOR = {
    Visibility.ACCOUNTS: gettext_lazy("Everyone who has signed in can read the whole challenge."),
    Visibility.MEMBERS: gettext_lazy("Members of the clusters can read the whole challenge."),
    Visibility.CLUSTER: gettext_lazy(
        "Members of the cluster can read the whole challenge: %(cluster)s."
    ),
    Visibility.GROUP: gettext_lazy("Those whom its owner has named can read the whole challenge."),
}


def shape(challenge: Challenge) -> str:
    if challenge.stage == Stage.OPEN and not challenge.is_open:
        return SHAPES[Stage.CLOSED]
    return SHAPES.get(Stage(challenge.stage), "waiting")


def state_words(challenge: Challenge) -> str:
    """Open until 18.12.2026 klo 16.00, or the state's own name."""
    if challenge.is_open:
        return _("Open until %(moment)s") % {"moment": moment(challenge.closes_at)}
    if challenge.stage == Stage.OPEN:
        return str(Stage.CLOSED.label)
    return str(challenge.get_stage_display())


def moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def until(at: Any) -> str:
    return _("until %(moment)s") % {"moment": moment(at)}


def days_left(challenge: Challenge) -> str:
    """“9 days left” when it is near; empty otherwise."""
    if not challenge.is_open:
        return ""
    days = (timezone.localtime(challenge.closes_at).date() - timezone.localdate()).days
    if days > NEAR_DAYS:
        return ""
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def with_owner(rows: QuerySet[Challenge], user: Reader) -> QuerySet[Any]:
    """With its organisation, and whether the reader may see who that is (`owner_seen`)."""
    owner = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    return rows.select_related("organisation").annotate(owner_seen=Exists(owner))


def card(challenge: Any) -> dict[str, Any]:
    return {
        "kind": challenge.organisation.title if challenge.owner_seen else _("Challenge"),
        "title": challenge.title,
        "url": challenge.get_absolute_url(),
        "text": challenge.summary,
        "state": shape(challenge),
        "state_text": state_words(challenge),
        "meta": " · ".join(filter(None, [days_left(challenge), levels(challenge)])),
    }


def row(challenge: Challenge) -> dict[str, Any]:
    """A challenge as a line on other pages."""
    return {
        "url": challenge.get_absolute_url(),
        "title": challenge.title,
        "kind": _("Challenge"),
        "text": challenge.summary,
        "state": shape(challenge),
        "state_text": state_words(challenge),
    }


def figures(found: Found) -> list[dict[str, Any]]:
    """How many there are by state and by level, as the facets have counted them."""
    groups = {group.key: group for group in found.filters.groups}
    counted = [option for key in ("stage", "level") for option in groups[key].options]
    return [{"label": option.label, "value": option.count_text} for option in counted]


def levels(challenge: Challenge) -> str:
    return ", ".join(str(Scope(code).label) for code in challenge.scopes).lower()


def proposers(challenge: Challenge) -> str:
    """The sectors whose members may propose; empty where every member may."""
    return ", ".join(str(Sector(code).label) for code in challenge.proposer_sectors)


def teasers(user: Reader) -> list[dict[str, Any]]:
    """Open challenges of which this reader sees the teaser alone."""
    teased = Challenge.objects.teased_to(user).open().order_by("closes_at", "pk")
    return [row(challenge) for challenge in teased[:MOST_TEASERS]]


def teaser(slug: str, user: Reader) -> dict[str, Any]:
    """What a reader who may not open the challenge sees of it; 404 for one without a teaser."""
    rows = Challenge.objects.teased_to(user).select_related("home_cluster")
    challenge = get_object_or_404(rows, slug=slug)
    cluster = challenge.home_cluster
    return {
        "challenge": challenge,
        "state": shape(challenge),
        "state_text": state_words(challenge),
        "days_left": days_left(challenge),
        "facts": [
            {"name": _("Deadline"), "value": moment(challenge.closes_at)},
            {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
        ],
        "whose": FOR[Visibility(challenge.visibility)] % {"cluster": cluster.name},
        "is_for_members": challenge.visibility in {Visibility.MEMBERS, Visibility.CLUSTER},
        "trail": trail(challenge.title),
    }


def trail(*names: Any) -> list[dict[str, str]]:
    """Challenges above, then pages with addresses, the last one without."""
    above = [{"name": _("Challenges"), "url": reverse("projects:challenges")}]
    *links, last = names
    return [*above, *({"name": str(n), "url": n.get_absolute_url()} for n in links),
            {"name": str(last)}]  # fmt: skip


def values(challenge: Any, *, user: Reader) -> dict[str, Any]:
    answers = answering(challenge, user)
    return {
        "challenge": challenge,
        "state": shape(challenge),
        "state_text": state_words(challenge),
        "days_left": days_left(challenge),
        "is_my_turn": waits_for(challenge, user),
        "tell_url": tell_url(challenge, user),
        "why": why(challenge, user),
        **answers,
        "steps": steps(challenge),
        "parts": parts(challenge),
        "circles": circles(challenge),
        "facts": facts(challenge, answers["proposal_words"]),
        "owner": challenge.organisation if challenge.owner_seen else None,
        "contact": challenge.contact if audience(user).is_member else None,
        "terms": challenge.terms.all(),
        "thread": origin.thread_of(challenge, user),
        "trail": trail(challenge.title),
    }


def tell_url(challenge: Challenge, user: Reader) -> str:
    """Where its own side goes on with what is not published yet."""
    if challenge.stage not in UNPUBLISHED or not challenge.is_editable_by(user):
        return ""
    step = "check" if challenge.need and challenge.summary_fi else "what"
    return reverse("projects:challenge_tell", args=[challenge.slug, step])


def answering(challenge: Challenge, user: Reader) -> dict[str, Any]:
    """Proposals and questions: what the reader sees of them and can do."""
    is_side = challenge.is_editable_by(user)
    is_live = challenge.stage in PUBLISHED
    seen = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    asked = challenge.questions.select_related("organisation").annotate(is_named=Exists(seen))
    rows = list(asked.order_by("asked_at", "pk"))
    sent, mine = _proposals(challenge, user)
    can_ask = challenge.is_open and may_ask(challenge, user)
    return {
        "is_side": is_side,
        "proposal_count": sent,
        "proposal_words": _proposal_words(challenge, sent, is_side=is_side),
        "compare_url": _page("proposal_compare", challenge) if is_side and is_live else "",
        "decides": waits_for(challenge, user),
        "own_proposal": mine,
        "propose_url": _page("proposal_write", challenge) if not mine
        and may_propose(challenge, user) else "",
        "questions": [_question(row, is_side=is_side) for row in rows],
        "answered": sum(bool(row.answer) for row in rows),
        "can_answer": is_side and is_live,
        "question_form": QuestionForm(challenge=challenge) if can_ask else None,
        "has_questions": is_live and (rows or can_ask),
        **_opened(challenge, is_side=is_side),
        "winners": _winners(challenge, user),
        "starts": origin.starts_of(challenge, user) if user.is_authenticated and is_live else [],
        "is_watched": challenge.is_graded,
    }  # fmt: skip


def _page(name: str, challenge: Challenge) -> str:
    return reverse(f"projects:{name}", args=[challenge.slug])


def _proposals(challenge: Challenge, user: Reader) -> tuple[int, Any]:
    """How many have come, and the one of the reader's own organisation."""
    known = audience(user)
    rows = list(challenge.proposals.all())
    mine = next((row for row in rows if row.organisation_id in known.organisations), None)
    return sum(row.stage in RECEIVED for row in rows), mine


def _proposal_words(challenge: Challenge, sent: int, *, is_side: bool) -> str:
    if challenge.stage not in PUBLISHED:
        return ""
    if is_side:
        return str(sent)
    if not sent:
        return _("None yet")
    return _("%(count)s, seen by its owner alone") % {"count": sent}


def _question(row: Any, *, is_side: bool) -> dict[str, Any]:
    """Who asked without a name is told to the challenge's own side alone; so is who is hidden."""
    is_told = row.organisation and (row.is_named or is_side)
    name = row.organisation.title if is_told else _("A member")
    if row.is_anonymous:
        known = _("%(name)s, without a name") % {"name": name}
        name = known if is_side else _("A member without a name")
    return {
        "key": row.form_key, "text": row.text, "answer": row.answer, "who": name,
        "day": date_format(timezone.localtime(row.asked_at), "DATE_FORMAT"),
    }  # fmt: skip


def _opened(challenge: Challenge, *, is_side: bool) -> dict[str, Any]:
    """The latest, and where all of them stand if there are more."""
    rows = openings.openings(challenge, openings.OPENED).order_by("-pk") if is_side else ()
    latest = list(rows[: LATEST_OPENINGS + 1])
    return {
        "opened": [opening(row) for row in latest[:LATEST_OPENINGS]],
        "all_opened_url": _page("challenge_openings", challenge)
        if len(latest) > LATEST_OPENINGS else "",
    }  # fmt: skip


def opening(row: Any) -> dict[str, Any]:
    return {"when": row.at, "what": str(row.actor or _("A removed user")), "state": "done"}


def _winners(challenge: Challenge, user: Reader) -> list[dict[str, Any]]:
    """Who solved it, as far as the reader may see those organisations."""
    if challenge.stage != Stage.SOLVED:
        return []
    chosen = challenge.proposals.filter(stage=Proposed.CHOSEN).select_related("organisation")
    rows = chosen.filter(organisation__in=Organisation.objects.visible_to(user).values("pk"))
    return [{"title": row.title, "organisation": row.organisation} for row in rows]


def why(challenge: Challenge, user: Reader) -> list[dict[str, str]]:
    """Which of the reader's own capabilities fit an open challenge of another's, and why."""
    if not challenge.is_open or challenge.organisation_id in audience(user).organisations:
        return []
    found = challenge_matching.fits_of(challenge, user)
    return [{"title": fit.object.title, "text": "; ".join(fit.reasons)} for fit in found]


def parts(challenge: Challenge) -> list[dict[str, Any]]:
    """The texts that were filled in, in the order in which a reader needs them."""
    texts = [
        (_("Background"), challenge.background),
        (_("Need"), challenge.need),
        (_("Current practice"), challenge.current_practice),
        (_("Limits"), challenge.limits),
        (_("Desired outcome"), challenge.outcome),
    ]
    return [
        {"heading": heading, "text": text, "demands": demands(text) if text == challenge.need
         else []}
        for heading, text in texts if text
    ]  # fmt: skip


def demands(need: str) -> list[str]:
    """Lines that stand for themselves, to be numbered; none where the need is told as prose."""
    lines = [line.strip() for line in need.splitlines() if line.strip()]
    is_list = 1 < len(lines) <= MOST_DEMANDS and max(map(len, lines)) <= LONGEST_DEMAND
    return lines if is_list else []


def steps(challenge: Challenge) -> list[dict[str, Any]]:
    """Published, open, evaluation, decision; empty for what is not published."""
    published = challenge.published_at
    if published is None:
        return []
    decided = challenge.decided_at is not None
    ended = challenge.stage in {Stage.UNMATCHED, Stage.WITHDRAWN}
    open_now = challenge.is_open
    last = challenge.get_stage_display() if decided or ended else _("Decision")
    return [
        {"name": _("Published"), "note": date_format(timezone.localtime(published), "DATE_FORMAT"),
         "state": "done"},
        {"name": _("Open for solutions"), "note": until(challenge.closes_at),
         "state": "current" if open_now else "done"},
        {"name": _("Evaluation"), "note": "",
         "state": "" if open_now else "done" if decided or ended else "current"},
        {"name": last, "note": _decision_day(challenge),
         "state": "stopped" if ended else "done" if decided else ""},
    ]  # fmt: skip


def _decision_day(challenge: Challenge) -> str:
    """When it was decided, else by when it is promised."""
    if challenge.decided_at is not None:
        return date_format(timezone.localtime(challenge.decided_at), "DATE_FORMAT")
    due = challenge.decision_on
    return _("By %(day)s") % {"day": date_format(due)} if due else ""


def facts(challenge: Any, proposals: str) -> list[dict[str, Any]]:
    owner = challenge.organisation if challenge.owner_seen else None
    cluster = challenge.home_cluster
    due = challenge.decision_on
    return [
        {
            "name": _("Challenge from"), "value": owner.title if owner else "",
            "url": owner.get_absolute_url() if owner else "",
        },
        {"name": _("Deadline"), "value": moment(challenge.closes_at)},
        {"name": _("Proposals"), "value": proposals},
        {"name": _("Who may propose"), "value": proposers(challenge)},
        {"name": _("Decision by"), "value": date_format(due) if due else ""},
        {"name": _("Level of activity"), "value": levels(challenge)},
        {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
    ]  # fmt: skip
