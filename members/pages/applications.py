"""What an application's form and status page show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.visibility import Visibility, audience
from members.forms.members import (
    NewOrganisationForm,
    OrganisationApplicationForm,
    PersonApplicationForm,
)
from members.models import Organisation
from members.models.memberships import MOVES, Expectation, Stage, waits_for
from members.pages import joining

if TYPE_CHECKING:
    import datetime

    from django.forms import BaseForm
    from django.http import HttpRequest

    from cluster_portal.core.audit import AuditEntry
    from cluster_portal.core.visibility import Reader
    from members.models import Membership

# What an act is called for the applicant; acts are recorded in English.
ACTS = {
    "application submitted": lambda: _("The application was sent"),
    "application taken into review": lambda: _("Handling began"),
    "more information asked": lambda: _("More information was asked"),
    "information given": lambda: _("The applicant answered"),
    "application approved": lambda: _("The application was approved"),
    "application rejected": lambda: _("The application was rejected"),
    "agreement recorded": lambda: _("The agreement was recorded"),
    "application withdrawn": lambda: _("The application was withdrawn"),
    "application withdrawn by the organisation": lambda: _(
        "The organisation did not confirm the applicant"
    ),
    "membership confirmed by the organisation": lambda: _(
        "The organisation confirmed the applicant"
    ),
    "membership ended": lambda: _("The membership ended"),
    "membership renewed": lambda: _("The membership was renewed"),
    "membership recorded": lambda: _("The coordinator recorded the membership"),
    "recorded membership confirmed": lambda: _("The organisation confirmed the membership"),
    "recorded membership denied": lambda: _("The organisation said that it is not a member"),
    "recorded membership removed": lambda: _("The membership had been recorded by mistake"),
    "decision taken back": lambda: _("The decision was taken back"),
}
BY_THE_ORGANISATION = {
    "application withdrawn by the organisation", "membership confirmed by the organisation",
    "recorded membership confirmed", "recorded membership denied", "information given",
}  # fmt: skip
# Whose turn it is, said to those who act and to the others.
MINE = {
    Stage.DRAFT: lambda: _("It is your turn: finish the application and send it."),
    Stage.MORE_INFORMATION: lambda: _("It is your turn: answer, and handling goes on."),
    Stage.SUBMITTED: lambda: _("It is your turn as the coordinator: handle the application."),
    Stage.IN_REVIEW: lambda: _("It is your turn as the coordinator: handle the application."),
}
OTHERS = {
    Stage.DRAFT: lambda: _("It is the applicant's turn."),
    Stage.SUBMITTED: lambda: _("It is the coordinator's turn. You get a message at each step."),
    Stage.IN_REVIEW: lambda: _("It is the coordinator's turn. You get a message at each step."),
    Stage.MORE_INFORMATION: lambda: _("It is the applicant's turn."),
    Stage.ACCEPTED: lambda: _(
        "The application is accepted. Membership starts when the agreement has been signed or the "
        "organisation’s contact person has confirmed you."
    ),
    Stage.ACTIVE: lambda: _("The membership is in force."),
    Stage.REJECTED: lambda: _("The application was not approved. The reason is below."),
    Stage.WITHDRAWN: lambda: _(
        "The application was withdrawn. You can apply again whenever you like."
    ),
    Stage.ENDED: lambda: _("The membership has ended."),
}
LOOK = {
    Stage.DRAFT: "", Stage.SUBMITTED: "waiting", Stage.IN_REVIEW: "running",
    Stage.MORE_INFORMATION: "late", Stage.ACCEPTED: "waiting", Stage.ACTIVE: "done",
    Stage.REJECTED: "stopped", Stage.WITHDRAWN: "stopped", Stage.ENDED: "stopped",
}  # fmt: skip


def form_of(request: HttpRequest, draft: Membership | None, *, is_draft: bool) -> Any:
    """The form of a private person's application, or of the organisation's that the draft names."""
    is_organisation = draft is not None and draft.person_id is None
    made = OrganisationApplicationForm if is_organisation else PersonApplicationForm
    clusters = joining.clusters_for(draft, request.user)
    data = request.POST if request.method == "POST" else None
    initial = _initial(draft) if draft else {"cluster": request.GET.get("cluster", "")[:10]}
    return made(data, initial=initial, clusters=clusters, is_draft=is_draft)


def _initial(draft: Membership) -> dict[str, Any]:
    names = (
        "cluster", "motive", "expectations", "representative_name", "representative_email",
        "deputy_name", "deputy_email",
    )  # fmt: skip
    values = {name: getattr(draft, name) for name in names}
    values["interests"] = list(draft.interests.all())
    values["values_accepted"] = bool(draft.values_accepted_at)
    return values


def facts_of(draft: Membership) -> dict[str, Any]:
    """What the draft says of its own new organisation."""
    facts = {name: getattr(draft.organisation, name) for name in NewOrganisationForm.facts}
    return {**facts, "says_another": draft.says_another}


PEOPLE = ("representative_name", "representative_email", "deputy_name", "deputy_email")
WISHES = ("motive", "expectations", "interests", "values_accepted")


def form_frame(form: BaseForm, draft: Membership | None) -> dict[str, Any]:
    is_organisation = "deputy_name" in form.fields
    title = (
        _("Membership application of an organisation")
        if is_organisation
        else _("Membership application of a private person")
    )
    groups = [
        ("cluster", _("Cluster"), ("cluster",)),
        ("people", _("Who represents the organisation"), PEOPLE if is_organisation else ()),
        ("wishes", _("Expectations and themes"), WISHES),
    ]
    organisation = draft.organisation if draft else None
    return {
        "title": title,
        "groups": [
            {"key": key, "title": label, "fields": [_laid_out(form[name]) for name in names]}
            for key, label, names in groups
            if names
        ],
        "trail": joining.trail(title),
        "steps": joining.steps(1) if is_organisation else [],
        "organisation": organisation,
        "is_new": organisation is not None and organisation.visibility == Visibility.PRIVATE,
    }


def facts_frame(form: NewOrganisationForm) -> dict[str, Any]:
    title = _("Membership application of an organisation")
    return {
        "title": title,
        "fields": [_laid_out(form[name]) for name in form.facts],
        "trail": joining.trail(title),
        "steps": joining.steps(0),
    }


def _laid_out(field: Any) -> dict[str, Any]:
    """Long lists of ticks lie side by side."""
    return {"field": field, "tiles": field.name == "interests"}


def status(application: Membership, user: Reader) -> dict[str, Any]:
    moves = dict(MOVES.open_to(application, user))
    stage = Stage(application.stage)
    return {
        "application": application,
        "trail": [{"name": _("My desk"), "url": reverse("home:desk")}, {"name": _("Application")}],
        "steps": steps(application),
        "turn": _turn(application, user),
        "look": LOOK[stage],
        "facts": _facts(application),
        "organisation_facts": _organisation_facts(application, user),
        "history": _history(application),
        "can_reply": "reply" in moves,
        "can_agree": "agree" in moves,
        "may_keep": application.organisation_id in audience(user).edits,
        "can_submit": "submit" in moves,
        "can_withdraw": "withdraw" in moves,
        "can_handle": bool(
            moves.keys() & {"take_up", "ask", "approve", "reject", "activate", "end", "renew"}
        ),
        "moves": list(moves.items()),
    }


def _turn(application: Membership, user: Reader) -> str:
    stage, is_mine = Stage(application.stage), waits_for(application, user)
    if application.waits_for_agreement:
        return (
            _("The coordinator has recorded your organisation as a member. Is it right?")
            if is_mine
            else _("The organisation’s contact person has not yet confirmed the membership.")
        )
    return (MINE if is_mine else OTHERS)[stage]()


def steps(application: Membership) -> list[dict[str, Any]]:
    """Draft, sent, review, decision, member, and where it has stopped."""
    stage = Stage(application.stage)
    names = [_("Draft"), _("Sent"), _("Being handled"), _("Decision"), _("Member")]
    place = {
        Stage.DRAFT: 0, Stage.SUBMITTED: 1, Stage.IN_REVIEW: 2, Stage.MORE_INFORMATION: 2,
        Stage.ACCEPTED: 3, Stage.REJECTED: 3, Stage.ACTIVE: 4, Stage.ENDED: 4,
        Stage.WITHDRAWN: 1 if application.submitted_at else 0,
    }[stage]  # fmt: skip
    stopped = stage in {Stage.REJECTED, Stage.WITHDRAWN, Stage.ENDED}
    made: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        state = "done" if number < place else "stopped" if stopped else "current"
        made.append({"name": name, "state": state if number <= place else "", "note": ""})
    made[place]["note"] = "" if stage in {Stage.DRAFT, Stage.ACTIVE} else stage.label
    for number, moment in ((1, application.submitted_at), (3, application.decided_at)):
        if moment:
            made[number]["note"] = date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")
    if application.since and stage == Stage.ACTIVE:
        made[4]["note"] = date_format(application.since, "SHORT_DATE_FORMAT")
    return made


def _facts(application: Membership) -> list[dict[str, Any]]:
    wishes = [str(Expectation(code).label) for code in application.expectations]
    return [
        {"name": _("Cluster"), "value": application.cluster.name,
         "url": application.cluster.get_absolute_url()},
        {"name": _("Applicant"), "value": application.applicant},
        {"name": _("Why"), "value": application.motive},
        {"name": _("Expectations"), "value": "; ".join(wishes)},
        {"name": _("Themes"), "value": ", ".join(t.label for t in application.interests.all())},
        {"name": _("Shared values accepted"), "value": _day(application.values_accepted_at)},
        {"name": _("Representative"), "value": _person(application, "representative")},
        {"name": _("Deputy"), "value": _person(application, "deputy")},
    ]  # fmt: skip


def _day(moment: datetime.datetime | None) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT") if moment else ""


def _person(application: Membership, role: str) -> str:
    parts = (getattr(application, f"{role}_name"), getattr(application, f"{role}_email"))
    return ", ".join(part for part in parts if part)


def _organisation_facts(application: Membership, user: Reader) -> list[dict[str, Any]]:
    """Nothing but the name of an organisation that was known and is hidden from the applicant."""
    organisation = application.organisation
    if organisation is None:
        return []
    if not Organisation.objects.visible_to(user).contains(organisation):
        return [{"name": _("Official name"), "value": organisation.name}]
    return [
        {"name": _("Official name"), "value": organisation.name,
         "url": organisation.get_absolute_url()},
        {"name": _("Name in Swedish"), "value": organisation.name_sv},
        {"name": _("Name in English"), "value": organisation.name_en},
        {"name": _("Kind"), "value": organisation.get_kind_display()},
        {"name": _("Business ID"), "value": organisation.business_id},
        {"name": _("Region"), "value": organisation.region.label if organisation.region else ""},
        {"name": _("Municipality"), "value": organisation.municipality},
        {"name": _("Website"), "value": organisation.website, "url": organisation.website},
    ]  # fmt: skip


def _who(act: AuditEntry, application: Membership) -> str:
    """The applicant by name, others by what they acted as; nobody where the portal did it."""
    if act.actor is None:
        return ""
    if act.actor_id in (application.applicant_id, application.person_id):
        return str(act.actor)
    return _("The organisation") if act.action in BY_THE_ORGANISATION else _("Coordinator")


def _history(application: Membership) -> list[dict[str, Any]]:
    """The acts, newest first, without naming the coordinator behind them."""
    rows = []
    for act in audit.of(application)[:50]:
        if act.action in ACTS:
            words = ACTS[act.action]()
            text = ": ".join(filter(None, [_who(act, application), act.reason]))
            rows.append({"when": act.at, "what": words, "text": text, "state": "done"})
    if rows:
        rows[0]["state"] = "current"
    return rows
