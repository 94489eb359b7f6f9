"""What the page of a partnership forum shows besides: regions, national goals, statements."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import audience
from events.models import Body, BodyMember, Statement
from events.models.bodies import Kind
from events.models.statements import MOVES
from events.models.statements import Stage as StatementStage
from events.pages.bodies import trail
from events.services.statements import signing_for, to_sign
from members.models import Cluster, Organisation
from projects.models import Goal, Programme

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

Row = dict[str, Any]
ON_DESK = 6


def values(body: Body, user: Reader) -> Row:
    """Of a forum; statements of any body."""
    shown: Row = {"statements": statements(body, user)}
    if body.kind != Kind.FORUM:
        return shown
    return shown | {
        "by_region": by_region(body, user), "goals": goals(user),
        "decisions_url": decisions_of_regions(body),
    }  # fmt: skip


def by_region(body: Body, user: Reader) -> list[Row]:
    """Organisations that sit in the forum and in its groups, by their region."""
    seats = BodyMember.objects.current().filter(body=body)
    seats = seats | BodyMember.objects.current().filter(body__parent=body)
    rows = Organisation.objects.visible_to(user).filter(pk__in=seats.values("organisation"))
    found: dict[str, list[Organisation]] = defaultdict(list)
    for each in rows.select_related("region").order_by("sort_name", "pk"):
        found[each.region.label if each.region else _("No region")].append(each)
    return [{"region": name, "organisations": found[name]} for name in sorted(found)]


def goals(user: Reader) -> list[Row]:
    """Goals of the programmes in force that a region leads for the whole country."""
    programmes = Programme.objects.visible_to(user).approved().order_by()
    rows = Goal.objects.filter(programme__in=programmes.values("pk"), lead_region__isnull=False)
    rows = rows.select_related("programme", "lead_region").order_by("programme", "number")
    return [
        {
            "title": str(goal), "url": f"{goal.programme.get_absolute_url()}#goal-{goal.number}",
            "tags": [_("Lead region: %(region)s") % {"region": goal.lead_region.label}],
        }
        for goal in rows if goal.lead_region
    ]  # fmt: skip


def decisions_of_regions(body: Body) -> str:
    """The list of decisions, narrowed to the clusters of the forum's regions."""
    clusters = Cluster.objects.filter(region__in=body.regions.all()).order_by("slug")
    chosen = [("cluster", slug) for slug in clusters.values_list("slug", flat=True)]
    return f"{reverse('events:decisions')}?{urlencode(chosen)}" if chosen else ""


def statements(body: Body, user: Reader) -> list[Row]:
    rows = Statement.objects.visible_to(user).filter(body=body)
    return [
        {
            "title": each.title, "url": each.get_absolute_url(), "text": each.addressee,
            "state": StatementStage(each.stage).look, "state_text": each.get_stage_display(),
        }
        for each in rows
    ]  # fmt: skip


def on_desk(user: Reader) -> list[Row]:
    """Statements that wait for the signature of the reader's organisation."""
    return [
        {"title": each.title, "url": each.get_absolute_url(), "kind": each.body.title,
         "text": each.addressee, "state": "check", "state_text": _("Waits for your signature")}
        for each in to_sign(user).select_related("body").order_by("pk")[:ON_DESK]
    ]  # fmt: skip


def statement_values(statement: Statement, user: Reader) -> Row:
    """A hidden organisation that signed is counted and not named."""
    rows = list(statement.signatures.select_related("organisation"))
    seen = set(
        Organisation.objects.visible_to(user)
        .filter(pk__in=[each.organisation_id for each in rows])
        .values_list("pk", flat=True)
    )
    edits = audience(user).edits if user.is_authenticated else frozenset()
    is_open = statement.stage == StatementStage.OPEN
    body = Body.objects.visible_to(user).filter(pk=statement.body_id).first()
    return {
        "statement": statement, "count": len(rows),
        "body_words": body.title if body else statement.body.get_kind_display(),
        "look": StatementStage(statement.stage).look,
        "signed": [
            {"organisation": each.organisation,
             "can_take_back": is_open and each.organisation_id in edits}
            for each in rows if each.organisation_id in seen
        ],
        "hidden": len(rows) - len(seen), "offered": list(signing_for(statement, user)),
        "moves": MOVES.open_to(statement, user), "url": statement.get_absolute_url(),
        "is_editor": statement.body.is_editable_by(user) and statement.stage == "draft",
        "trail": trail(*([body] if body else []), statement.title),
    }  # fmt: skip
