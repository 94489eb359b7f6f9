"""A pilot's page and card, as plain values for the templates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core import origin, pictures
from cluster_portal.core.database.columns import listed, texts
from cluster_portal.core.visibility import audience
from members.models import Organisation
from members.models.kinds import Sector
from projects.models import Learning, Permit, Pilot, PilotMaker, PilotValue, TestEnvironment
from projects.models.learnings import Kind
from projects.models.pilot_parts import Answer, PermitState
from projects.models.pilots import MOVES, OVER, Stage, waits_for
from projects.pages.projects import period
from projects.services.pilot_makers import few_sectors, may_answer_for

if TYPE_CHECKING:
    from decimal import Decimal

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

PAGE_MOVES = MOVES.without("close")  # on the page of the learnings
PATH = (Stage.PLANNED, Stage.RUNNING, Stage.CLOSING, Stage.CLOSED)
STEP_NAMES = {
    Stage.CLOSING: gettext_lazy("Learnings being written"),
    Stage.CLOSED: gettext_lazy("Learnings told"),
}


def complete(rows: QuerySet[Pilot], user: Reader) -> QuerySet[Any]:
    """With what its page shows of other tables, by one statement."""
    own = OuterRef("pk")
    owner = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    bed = TestEnvironment.objects.visible_to(user).filter(pk=OuterRef("testbed"))
    links = Pilot.terms.through.objects.filter(pilot=own)
    editors = Pilot.objects.editable_by(user).filter(pk=own)
    return rows.select_related("home_cluster", "organisation", "testbed").annotate(
        owner_seen=Exists(owner),
        testbed_seen=Exists(bed),
        is_editor=Exists(editors),
        term_labels=texts(links.order_by("term__scheme", "term__position"), "term__label"),
        permit_rows=listed(
            Permit.objects.filter(pilot=own).order_by("pk"), name="name", state="state",
            granted_on="granted_on",
        ),
        value_rows=listed(
            PilotValue.objects.filter(pilot=own).order_by("pk"), label="label", value="value",
            is_before="is_before",
        ),
        learning_rows=listed(
            Learning.objects.filter(pilot=own).order_by("number"), number="number", kind="kind",
            title="title", text="text",
        ),
    )  # fmt: skip


def look(pilot: Pilot) -> str:
    return Stage(pilot.stage).look


def sector_words(pilot: Pilot) -> str:
    return ", ".join(str(Sector(code).label) for code in pilot.sectors)


def when_and_where(pilot: Pilot) -> str:
    times = period(pilot.starts_on, pilot.ends_on)
    return ", ".join(filter(None, [times, pilot.place]))


def card(pilot: Pilot) -> dict[str, Any]:
    return {
        "kind": when_and_where(pilot) or _("Pilot"),
        "title": pilot.title,
        "url": pilot.get_absolute_url(),
        "text": pilot.summary,
        "state": look(pilot),
        "state_text": pilot.get_stage_display(),
        "meta": sector_words(pilot),
    }


def row(pilot: Pilot) -> dict[str, Any]:
    """A pilot as a line on other pages."""
    return {
        "url": pilot.get_absolute_url(),
        "title": pilot.title,
        "kind": _("Pilot"),
        "text": pilot.summary,
        "state": look(pilot),
        "state_text": pilot.get_stage_display(),
    }


def trail(*names: Any) -> list[dict[str, str]]:
    """Pilots above, then pages with addresses, the last one without."""
    above = [{"name": _("Pilots"), "url": reverse("projects:pilots")}]
    *links, last = names
    return [*above, *({"name": str(n), "url": n.get_absolute_url()} for n in links),
            {"name": str(last)}]  # fmt: skip


def values(pilot: Any, *, user: Reader) -> dict[str, Any]:
    makers = list(
        PilotMaker.objects.visible_to(user)
        .filter(pilot=pilot)
        .select_related("organisation")
        .order_by("pk")
    )
    with_us = [maker for maker in makers if maker.answer == Answer.ACCEPTED]
    return {
        "pilot": pilot,
        "look": look(pilot),
        "time_and_place": when_and_where(pilot),
        "steps": steps(pilot),
        "makers": [_maker(maker) for maker in with_us],
        "sectors": [{"code": code, "name": Sector(code).label} for code in pilot.sectors],
        "facts": facts(pilot),
        "permits": permits(pilot),
        "picture": picture(pilot),
        "terms": pilot.term_labels,
        "thread": origin.thread_of(pilot, user),
        "trail": trail(pilot.title),
        "can_ask": pilot.published_at is not None and not _speaks_for(pilot, with_us, user),
        **learnings(pilot),
        **(own_side(pilot, makers, user) if pilot.is_editor else {}),
        **asked(makers, user),
    }


def _speaks_for(pilot: Pilot, makers: list[PilotMaker], user: Reader) -> bool:
    """The makers' contacts get the questions: they would write to themselves."""
    ours = audience(user).edits
    return any(maker.organisation_id in ours for maker in makers) or pilot.teller_id == user.pk


def _maker(maker: PilotMaker) -> dict[str, Any]:
    return {
        "name": maker.organisation.title,
        "url": maker.organisation.get_absolute_url(),
        "slug": maker.organisation.slug,
        "sector": maker.organisation.sector,
        "role": maker.get_role_display(),
        "answer": maker.get_answer_display(),
        "is_asked": maker.answer == Answer.ASKED,
    }


def own_side(pilot: Pilot, makers: list[PilotMaker], user: Reader) -> dict[str, Any]:
    """What its makers do with it, and what is missing."""
    pilot.remember_editor(user, is_editor=True)
    is_over = pilot.stage in OVER
    writes = pilot.stage not in {Stage.DRAFT, Stage.PLANNED}
    waiting = [maker for maker in makers if maker.answer == Answer.ASKED]
    return {
        "is_side": True,
        "is_my_turn": waits_for(pilot, user),
        "missing": pilot.missing_words if pilot.stage == Stage.DRAFT else "",
        "lacks": _lacking(pilot, waiting) if pilot.lacks_sectors and not is_over else "",
        "waiting": [_maker(maker) for maker in waiting],
        "writes_learnings": writes,
        "moves": PAGE_MOVES.open_to(pilot, user),
        "starts": origin.starts_of(pilot, user),
    }


def _lacking(pilot: Pilot, waiting: list[PilotMaker]) -> str:
    """Which sectors are missing, and who of them has been asked already."""
    others = [one.organisation for one in waiting if one.organisation.sector not in pilot.sectors]
    if not others:
        return few_sectors(pilot)
    names = ", ".join(organisation.title for organisation in others)
    asked_already = _("Asked already, not answered yet: %(names)s.") % {"names": names}
    return f"{few_sectors(pilot)} {asked_already}"


def asked(makers: list[PilotMaker], user: Reader) -> dict[str, Any]:
    """The question to the reader's own organisation, for whoever answers for it."""
    known = audience(user)
    looks_after = known.coordinates or known.is_admin
    waiting = [maker for maker in makers if maker.answer == Answer.ASKED]
    mine = [m for m in waiting if m.organisation_id in known.edits or looks_after]
    to_answer = [m for m in mine if may_answer_for(m.organisation, user)]
    return {"to_answer": [_maker(maker) for maker in to_answer]}


def steps(pilot: Pilot) -> list[dict[str, Any]]:
    """From plan to learnings; empty for what is not published."""
    if pilot.published_at is None:
        return []
    is_stopped = pilot.stage == Stage.STOPPED
    here = len(PATH) if is_stopped else PATH.index(Stage(pilot.stage))
    drawn = [
        {"name": STEP_NAMES.get(stage, stage.label), "note": "",
         "state": "done" if at < here or stage == pilot.stage == Stage.CLOSED
         else "current" if at == here else ""}
        for at, stage in enumerate(PATH)
    ]  # fmt: skip
    if is_stopped:
        drawn = [{**drawn[0], "state": "done"},
                 {"name": Stage.STOPPED.label, "note": "", "state": "stopped"}]  # fmt: skip
    return drawn


def learnings(pilot: Any) -> dict[str, Any]:
    """By kind, once the pilot is over; its makers see them before, too."""
    if pilot.stage not in OVER and not pilot.is_editor:
        return {}
    by_kind = {kind: [row for row in pilot.learning_rows if row["kind"] == kind] for kind in Kind}
    return {
        "learned": bool(pilot.learning_rows),
        "advice": by_kind[Kind.ADVICE],
        "worked": by_kind[Kind.WORKED],
        "failed": by_kind[Kind.FAILED],
    }


def permits(pilot: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": each["name"], "look": PermitState(each["state"]).look,
            "state": PermitState(each["state"]).label,
            "day": date_format(date.fromisoformat(each["granted_on"])) if each["granted_on"]
            else "",
        }
        for each in pilot.permit_rows
    ]  # fmt: skip


def facts(pilot: Any) -> list[dict[str, Any]]:
    owner = pilot.organisation if pilot.owner_seen else None
    bed = pilot.testbed if pilot.testbed_seen else None
    cluster = pilot.home_cluster
    return [
        {"name": _("Place"), "value": pilot.place},
        {"name": _("Time"), "value": period(pilot.starts_on, pilot.ends_on)},
        {"name": _("Run by"), "value": owner.title if owner else "",
         "url": owner.get_absolute_url() if owner else ""},
        {"name": _("Participants"), "value": pilot.participants},
        {"name": _("Costs"), "value": pilot.costs},
        {"name": _("Test environment"), "value": bed.title if bed else "",
         "url": bed.get_absolute_url() if bed else ""},
        {"name": _("Cluster"), "value": cluster.name, "url": cluster.get_absolute_url()},
    ]  # fmt: skip


def in_words(value: Any) -> str:
    """118 or 97,5, as the reader's language writes it."""
    plain = f"{float(value):.2f}".rstrip("0").rstrip(".")
    decimals = len(plain.partition(".")[2])
    return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def picture(pilot: Any) -> dict[str, Any] | None:
    """What was measured before the pilot and in each of its rounds; nothing where there is none."""
    rows = pilot.value_rows
    if not rows:
        return None
    name = pilot.measured_words or _("What was measured")
    best = max(float(each["value"]) for each in rows if not each["is_before"]) if any(
        not each["is_before"] for each in rows
    ) else None  # fmt: skip
    bars = [
        pictures.Bar(each["label"], float(each["value"]), in_words(each["value"]),
                     _kind(each, best))
        for each in rows
    ]  # fmt: skip
    told = ", ".join(f"{each['label']}: {in_words(each['value'])}" for each in rows)
    goal = _goal(pilot.measured_goal)
    return {
        "heading": name,
        "level": "h3",
        "note": goal,
        "svg": pictures.bars(pictures.Caption("measured", name, f"{told}. {goal}".strip()), bars),
        "label": name,
        "head": [{"name": _("When")}, {"name": name, "num": True}],
        "rows": [[each["label"], in_words(each["value"])] for each in rows],
    }


def _kind(each: dict[str, Any], best: float | None) -> str:
    if each["is_before"]:
        return "other"
    return "high" if float(each["value"]) == best else ""


def _goal(goal: Decimal | None) -> str:
    return _("The goal was %(goal)s.") % {"goal": in_words(goal)} if goal is not None else ""


def maker_rows(pilot: Pilot, user: Reader) -> list[dict[str, Any]]:
    """All who were asked, for the pilot's editors; by name those whom the reader sees."""
    seen = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    rows = pilot.makers.select_related("organisation").annotate(is_named=Exists(seen))
    looks = {Answer.ACCEPTED: "done", Answer.ASKED: "waiting", Answer.DECLINED: "stopped"}
    return [
        {
            **(_maker(maker) if maker.is_named else _nameless(maker)),
            "look": looks[Answer(maker.answer)],
            "can_go": maker.is_named
            and maker.organisation_id != pilot.organisation_id
            and maker.answer != Answer.DECLINED
            and pilot.stage not in OVER,
        }
        for maker in rows.order_by("pk")
    ]


def _nameless(maker: PilotMaker) -> dict[str, Any]:
    return {
        "name": _("A partner that is not named"), "url": "", "role": maker.get_role_display(),
        "answer": maker.get_answer_display(),
    }  # fmt: skip
