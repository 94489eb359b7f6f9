"""The page of an idea: its circle of roles, who is in, who offers, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.core import origin, pictures
from cluster_portal.core.templatetags.ui import euros
from cluster_portal.core.visibility import Visibility, audience
from projects.forms.partnerships import JoinForm
from projects.models import FundingCall, Partnership, WantedRole
from projects.models.editors import EditorStage
from projects.models.partnerships import GONE, Stage
from projects.models.partnerships import MOVES as PARTNER_MOVES
from projects.models.projects import MOVES
from projects.pages import call_fits, role_suggestions
from projects.pages.applications import applications
from projects.pages.budget import budget_tables
from projects.pages.projects import shape, timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader
    from members.models import Organisation
    from projects.models import Budget, Project

Values = dict[str, Any]
READERS = {
    Visibility.PUBLIC: gettext_lazy("everyone"),
    Visibility.ACCOUNTS: gettext_lazy("signed-in users"),
    Visibility.MEMBERS: gettext_lazy("members of all clusters"),
    Visibility.CLUSTER: gettext_lazy("members of the cluster"),
    Visibility.GROUP: gettext_lazy("those who are in or asked"),
    Visibility.PRIVATE: gettext_lazy("the owner and the coordinators"),
}
# The steps that have a page or a button of their own here.
PAGE_MOVES = MOVES.without("apply", "ask_completion", "complete", "grant", "reject")


def values(project: Any, *, budget: Budget | None, user: Reader) -> Values:
    """`project` comes with what the reader may know of it (`owner_seen`, `is_editor`)."""
    known = audience(user)
    edits = project.is_editor
    partners = _partners(project, user)
    seats = _seats(project, partners)
    page = {
        "project": project,
        "state": shape(project.stage),
        "edits": edits,
        "seats": seats,
        "picture": circle(seats) if seats else None,
        "open_words": open_words(seats),
        "mine": mine_of(partners, user),
        "offers": [_offer(row, user) for row in partners if row.stage == Stage.INTERESTED]
        if edits
        else [],
        "supports": _supports(project, user),
        "may_support": project.is_open_to_partners and known.is_member,
        "terms": project.term_labels,
        "thread": origin.thread_of(project, user),
        "timeline": timeline(project),
        "tables": budget_tables(budget) if budget else None,
        "trail": [
            {"name": _("Projects"), "url": reverse("projects:list")}, {"name": project.title},
        ],
        **_onward(project, user),
    }  # fmt: skip
    page |= _people(project, user) | _call(project, user)
    page["join_form"] = _join_form(project, partners, user)
    page["fitting_calls"] = call_fits.calls_for(project, user)
    is_missing = any(seat["state"] == "missing" for seat in seats)
    is_suggested = edits and is_missing and project.is_open_to_partners
    page["suggestions"] = role_suggestions.suggestions(project, user) if is_suggested else []
    page["facts"] = facts(project, page["editors"])
    page["ahead"] = ahead(project, page["call"])
    page["applications"] = applications(project, user)
    is_asked = project.public_asked_at is not None and not project.is_draft
    page["asks_public"] = is_asked and project.is_managed_by(user)
    return page


def _onward(project: Any, user: Reader) -> Values:
    """What its own people do next once it is out, and what they begin from it."""
    if not project.is_editor or project.is_draft:
        return {"moves": [], "starts": []}
    return {
        "moves": PAGE_MOVES.open_to(project, user), "starts": origin.starts_of(project, user),
    }  # fmt: skip


def _partners(project: Project, user: Reader) -> list[Partnership]:
    rows = Partnership.objects.visible_to(user).filter(project=project)
    found = list(rows.select_related("organisation", "wanted_role").order_by("pk"))
    for row in found:
        row.project = project
    return found


def _roles(project: Project) -> list[Any]:
    """With whether somebody has each, whoever the reader may see."""
    taken = Partnership.objects.accepted().filter(wanted_role=OuterRef("pk"))
    rows = WantedRole.objects.filter(project=project).annotate(is_taken=Exists(taken))
    return list(rows)


def _seats(project: Project, partners: list[Partnership]) -> list[Values]:
    """The lead first, then other partners without a wanted role, then the roles in their order."""
    live = [row for row in partners if row.stage in {Stage.ACCEPTED, Stage.INVITED}]
    loose = sorted(
        (row for row in live if row.wanted_role_id is None),
        key=lambda row: (row.role != "lead", row.stage != Stage.ACCEPTED, row.pk),
    )
    by_role: dict[Any, Partnership] = {}
    for row in live:
        if row.wanted_role_id and (
            row.stage == Stage.ACCEPTED or row.wanted_role_id not in by_role
        ):
            by_role[row.wanted_role_id] = row
    seats = [_seat(row.get_role_display(), row) for row in loose]
    for role in _roles(project):
        if role.is_closed and not role.is_taken:
            continue
        seats.append(_seat(role.name, by_role.get(role.pk), role))
    return [{**seat, "number": number} for number, seat in enumerate(seats, start=1)]


def _seat(name: str, row: Partnership | None, role: Any = None) -> Values:
    is_in = role.is_taken if role else row is not None and row.stage == Stage.ACCEPTED
    if row and row.stage == Stage.INVITED and is_in:
        row = None
    who = row.organisation if row else None
    seat = {
        "name": name, "note": role.note if role else "", "role": role, "row": row,
        "who": who.title if who else "", "url": who.get_absolute_url() if who else "",
        "sector": who.sector if who else "", "state": "missing",
    }  # fmt: skip
    if is_in:
        return seat | {"state": "in", "look": "done", "words": _("In")}
    if row:
        return seat | {"state": "asked", "look": "waiting", "words": _asked_words(row)}
    return seat | {"state": "missing", "look": "open", "words": _("Looked for")}


def _asked_words(row: Partnership) -> str:
    if row.answer_by is None:
        return _("Invited")
    return _("Invited, until %(day)s") % {"day": date_format(row.answer_by, "j.n.")}


def open_words(seats: list[Values]) -> str:
    free = sum(seat["state"] != "in" for seat in seats)
    if not free:
        return _("All roles filled") if seats else ""
    return ngettext("%(count)s place open", "%(count)s places open", free) % {"count": free}


def circle(seats: list[Values]) -> Values:
    taken = sum(seat["state"] == "in" for seat in seats)
    label = _("Roles of the consortium")
    told = {"taken": taken, "free": len(seats) - taken}
    heading = _("%(taken)s in, %(free)s places open") % told
    drawn = [pictures.Seat(seat["state"], seat["sector"]) for seat in seats]
    return {
        "label": label,
        "heading": heading,
        "level": "h2",
        "note": _("A full arc is in, an outlined one is invited, a dashed one is looked for."),
        "svg": pictures.consortium(
            pictures.Caption("consortium", label, heading), drawn,
            [f"{taken} / {len(seats)}", _("roles filled")],
        ),
        "caption": _("Roles and who has them"),
        "head": [{"name": _("Role")}, {"name": _("Who")}, {"name": _("State")}],
        "rows": [
            [f"{seat['number']} {seat['name']}", seat["who"] or "–", seat["words"]]
            for seat in seats
        ],
        "words": True,
    }  # fmt: skip


def mine_of(partners: Iterable[Partnership], user: Reader) -> list[Values]:
    """The reader's organisations' own invitations and offers, with what they can do."""
    known = audience(user)
    mine = [row for row in partners if row.organisation_id in known.organisations]
    return [
        {
            "row": row,
            "url": row.get_absolute_url(),
            "moves": PARTNER_MOVES.without("welcome", "turn_down").open_to(row, user),
            "is_invited": row.stage == Stage.INVITED,
        }
        for row in mine
        if row.stage in {Stage.INVITED, Stage.INTERESTED}
    ]


def partners_of(project: Project, user: Reader) -> list[Partnership]:
    """As far as the reader may know of them."""
    rows = Partnership.objects.visible_to(user).filter(project=project)
    found = list(rows.select_related("organisation", "wanted_role"))
    for row in found:
        row.project = project
    return found


def _offer(row: Partnership, user: Reader) -> Values:
    return {
        "row": row,
        "url": row.get_absolute_url(),
        "moves": PARTNER_MOVES.without("accept", "decline").open_to(row, user),
    }


def _supports(project: Project, user: Reader) -> Values:
    own = Q(user=user.pk) if user.is_authenticated else Q(pk__in=[])
    found = project.supports.aggregate(count=Count("pk"), mine=Count("pk", filter=own))
    words = ngettext("%(count)s supporter", "%(count)s supporters", found["count"])
    return {"words": words % {"count": found["count"]}, **found}


def _people(project: Project, user: Reader) -> Values:
    """Who edits it, by name to signed-in members; and the reader's own question."""
    rows = list(project.editors.select_related("user"))
    own = [row for row in rows if row.user_id == user.pk]
    asked = next((row for row in own if row.stage == EditorStage.ASKED), None)
    names = [row.user.get_full_name() for row in rows if row.stage == EditorStage.ACCEPTED]
    author = project.author
    if author and author.is_active:
        names.insert(0, author.get_full_name())
    shown = names if audience(user).is_member or asked else []
    return {"editors": shown, "asked": asked}


def _call(project: Project, user: Reader) -> Values:
    """The intended call, where the reader sees it."""
    if project.call_id is None:
        return {"call": None}
    return {"call": FundingCall.objects.visible_to(user).filter(pk=project.call_id).first()}


def _join_form(project: Project, partners: list[Partnership], user: Reader) -> JoinForm | None:
    """For those who could offer themselves: not in yet, not asked, not theirs."""
    known = audience(user)
    if not project.is_open_to_partners or not known.organisations:
        return None
    inside = {row.organisation_id for row in partners if row.stage not in GONE}
    if not known.organisations - inside - {project.organisation_id}:
        return None
    form = JoinForm(user=user, project=project)
    return form if form.offered else None


def facts(project: Any, editors: list[str]) -> list[Values]:
    owner: Organisation | None = project.organisation if project.owner_seen else None
    months = project.duration_months
    size = euros(project.size_cents / 100) if project.size_cents else ""
    maturity = ""
    if project.trl_now and project.trl_goal:
        maturity = f"TRL {project.trl_now} → {project.trl_goal}"
    elif project.trl_now:
        maturity = f"TRL {project.trl_now}"
    return [
        {"name": _("Editors"), "value": ", ".join(editors)},
        {
            "name": _("Owner"), "value": owner.title if owner else "",
            "url": owner.get_absolute_url() if owner else "",
        },
        {"name": _("Size"), "value": _("about %(sum)s") % {"sum": size} if size else ""},
        {
            "name": _("Duration"),
            "value": ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
            if months
            else "",
        },
        {"name": _("Maturity"), "value": maturity},
        {"name": _("Read by"), "value": READERS[Visibility(project.visibility)]},
        {
            "name": _("Cluster"), "value": project.home_cluster.name,
            "url": project.home_cluster.get_absolute_url(),
        },
    ]  # fmt: skip


def ahead(project: Project, call: FundingCall | None) -> list[Values]:
    """From idea to application: what is done and what comes next."""
    rows: list[Values] = []
    if project.published_at:
        published = date_format(timezone.localtime(project.published_at), "DATE_FORMAT")
        rows.append(_ahead(published, _("Idea published"), "done"))
    if project.roles_by:
        until = _("by %(day)s") % {"day": date_format(project.roles_by)}
        rows.append(_ahead(until, _("Roles filled"), "current"))
    last = timezone.localtime(call.closes_at) if call and call.closes_at else None
    closes = date_format(last, "DATE_FORMAT") if last else ""
    text = _("Partners and texts come along ready.")
    rows.append({**_ahead(closes, _("Application"), ""), "text": text})
    return rows


def _ahead(when: str, what: str, state: str) -> Values:
    return {"when_text": when, "what": what, "state": state}
