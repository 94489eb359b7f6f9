"""Rounds as those see them who are asked: the list, one round's page, the interviewer's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext

from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import audience
from cluster_portal.surveys.filters import RoundFilters
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.models.responses import UNANSWERED, Stage, speaks_for
from cluster_portal.surveys.models.rounds import BEGUN, Mode, looks_after
from cluster_portal.surveys.models.rounds import Stage as RoundStage
from cluster_portal.surveys.pages import interviews, responses
from cluster_portal.surveys.services import invitations

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

ON_PAGE = 20


def listed(user: Reader) -> Any:
    """Those that have begun; an anonymous one only when its results are there for all."""
    rows = Round.objects.visible_to(user).filter(stage__in=BEGUN)
    rows = rows.exclude(Q(mode=Mode.ANONYMOUS) & ~Q(stage=RoundStage.PUBLISHED))
    over_at = Case(When(~Q(stage=RoundStage.OPEN), then=F("closes_at")))
    rows = rows.order_by(over_at.desc(nulls_first=True), "closes_at", "-pk")
    return rows.select_related("version__template", "home_cluster")


def state_words(survey_round: Round) -> tuple[str, str]:
    """A look and its words."""
    if survey_round.stage == RoundStage.PUBLISHED:
        return "done", pgettext("survey", "Results")
    if survey_round.takes_answers:
        day = date_format(timezone.localtime(survey_round.closes_at), "SHORT_DATE_FORMAT")
        return "open", _("Open until %(day)s") % {"day": day}
    if survey_round.stage == RoundStage.DRAFT:
        return RoundStage.DRAFT.look, pgettext("survey round", "Draft")
    return "stopped", _("Closed")


def row(survey_round: Round) -> dict[str, Any]:
    look, words = state_words(survey_round)
    return {
        "url": survey_round.get_absolute_url(),
        "title": survey_round.title,
        "kind": survey_round.version.template.get_purpose_display(),
        "text": survey_round.home_cluster.name,
        "state": look,
        "state_text": words,
    }


def awaited(user: Reader, *, talks: bool = False) -> list[Response]:
    """What waits for the reader: to be answered, or to be checked; the soonest to close first.

    With `talks` those that the reader is to hold or write down, too.
    """
    if not user.is_authenticated:
        return []
    open_now = Q(stage__in=UNANSWERED, round__stage=RoundStage.OPEN,
                 round__closes_at__gt=timezone.now())  # fmt: skip
    # Of an interview, the day that was agreed on: until it is held, nothing is to be done.
    open_now &= ~Q(round__mode=Mode.INTERVIEWS) | Q(stage=Stage.AGREED)
    to_check = Q(stage=Stage.ANSWERED)
    rows = Response.objects.mine(user).filter(open_now | to_check)
    if talks:
        own = invitations.agreeable_by(user).filter(interviewer=user.pk)
        both = Q(pk__in=rows.values("pk")) | Q(pk__in=own.values("pk"))
        rows = Response.objects.filter(both)
    rows = rows.select_related("round__version__template", "organisation", "person")
    return list(rows.order_by("round__closes_at", "pk")[:ON_PAGE])


def awaited_row(response: Response, user: Reader) -> dict[str, Any]:
    is_check = response.stage == Stage.ANSWERED
    if response.stage == Stage.AGREED and response.agreed_on is not None:
        return _agreed_row(response, response.agreed_on)
    day = date_format(timezone.localtime(response.round.closes_at), "SHORT_DATE_FORMAT")
    return {
        "url": response.get_absolute_url(),
        "title": response.round.title,
        "kind": str(response.organisation or _("You")),
        "text": _("What was written down in your interview waits for you to check it.")
        if is_check
        else _("Answers are taken until %(day)s.") % {"day": day},
        "state": "late" if is_check else "waiting",
        "state_text": _("To be checked") if is_check else _begun_words(response),
        "action": _("Check") if is_check and speaks_for(response, user) else _("Answer"),
    }


def _agreed_row(response: Response, day: datetime.date) -> dict[str, Any]:
    """An interview to come: there is a day to know, and nothing to do before it."""
    return {
        "url": response.get_absolute_url(),
        "title": response.round.title,
        "kind": str(response.organisation or _("You")),
        "text": _("The day of the interview is %(day)s.")
        % {"day": date_format(day, "DATE_FORMAT")},
        "state": Stage(response.stage).look,
        "state_text": response.get_stage_display(),
        "action": _("Open it"),
    }


def _begun_words(response: Response) -> str:
    return _("Begun") if response.answers else _("Not begun")


def _around(found: Found) -> dict[str, Any]:
    user = found.user
    known = audience(user)
    return {
        "awaited": [awaited_row(response, user) for response in awaited(user)],
        "has_talks": user.is_authenticated and interviews.has_any(user),
        "coordinates": bool(known.is_admin or known.coordinates),
    }


ROUNDS = ListPage(
    "surveys", gettext_lazy("Surveys"), "surveys:list",
    rows=listed,
    filters=RoundFilters,
    counted=ngettext_lazy("%(count)s round", "%(count)s rounds", "count"),
    page="surveys/round_list.html",
    results="components/results_rows.html",
    row=row,
    around=_around,
)  # fmt: skip


def complete(user: Reader) -> Any:
    """An anonymous round that is still open is found by its link alone."""
    known = audience(user)
    shown = ~Q(mode=Mode.ANONYMOUS) | Q(stage=RoundStage.PUBLISHED)
    if not known.is_admin:
        shown |= Q(home_cluster__in=known.coordinates)
    rows = Round.objects.visible_to(user)
    rows = rows if known.is_admin else rows.filter(shown)
    return rows.select_related("version__template", "home_cluster")


def values(survey_round: Round, user: Reader) -> dict[str, Any]:
    look, words = state_words(survey_round)
    known = audience(user)
    mine = list(Response.objects.mine(user).filter(round=survey_round)
                .select_related("organisation", "round", "person").order_by("pk")[:ON_PAGE]
                ) if user.is_authenticated else []  # fmt: skip
    is_ours = looks_after(survey_round, user)
    can_begin = survey_round.mode == Mode.OPEN and survey_round.takes_answers and known.is_member
    return {
        "round": survey_round,
        "look": look,
        "state_text": words,
        "purpose": survey_round.version.template.get_purpose_display(),
        "sections": [section.title for section in survey_round.version.sections.all()],
        "mine": [mine_row(response, user) for response in mine],
        "can_begin": can_begin and (not mine or responses.is_another_left(survey_round, user)),
        "invited_only": _invited_only(survey_round)
        if known.is_member and not mine and not is_ours
        else "",
        "needs_member": survey_round.mode == Mode.OPEN and survey_round.takes_answers
        and not known.is_member,
        "has_results": survey_round.stage == RoundStage.PUBLISHED,
        "results_url": f"{survey_round.get_absolute_url()}results/",
        "is_ours": is_ours,
        "facts": _facts(survey_round, user),
        "who_sees": _who_sees(survey_round),
        "trail": [
            {"name": _("Surveys"), "url": reverse("surveys:list")}, {"name": survey_round.title},
        ],
    }  # fmt: skip


def _invited_only(survey_round: Round) -> str:
    """Why a member whom nobody invited cannot answer; nothing where all members can."""
    if not survey_round.takes_answers or survey_round.mode in {Mode.OPEN, Mode.ANONYMOUS}:
        return ""
    words = _("This questionnaire is answered by invitation.")
    if survey_round.mode != Mode.ORGANISATIONS:
        return words
    contact = _("Your organisation’s contact person can give a part to you.")
    return f"{words} {contact}"


def mine_row(response: Response, user: Reader) -> dict[str, Any]:
    takes = response.round.takes_answers
    can_answer = response.stage in UNANSWERED and takes
    words = _("Answer") if can_answer else _("Open it")
    if response.stage == Stage.ANSWERED and speaks_for(response, user):
        words = _("Check")
    return {
        "url": response.get_absolute_url(),
        "title": str(response.organisation or _("Your own answers")),
        "state": Stage(response.stage).look,
        "state_text": response.get_stage_display(),
        "action": words,
    }


def _facts(survey_round: Round, user: Reader) -> list[dict[str, Any]]:
    cluster = survey_round.home_cluster
    closes = date_format(timezone.localtime(survey_round.closes_at), "DATETIME_FORMAT")
    rows = [
        {"name": _("Who asks"), "value": cluster.name, "url": cluster.get_absolute_url()},
        {"name": _("Who is asked"), "value": survey_round.get_mode_display()},
        {"name": _("Answers are taken until"), "value": closes},
        {"name": _("Who sees the results"), "value": survey_round.get_visibility_display()},
    ]
    before = None
    if survey_round.previous_id is not None:
        before = complete(user).begun().filter(pk=survey_round.previous_id).first()
    if before is not None:
        rows.append({"name": _("Round before"), "value": before.title,
                     "url": before.get_absolute_url()})  # fmt: skip
    return rows


def _who_sees(survey_round: Round) -> list[str]:
    if survey_round.is_anonymous:
        return [
            _("Nothing of who answers, or when, is stored."),
            _("The organisers see the answers without names."),
            _("Others only see figures of at least five answers."),
        ]
    first = (
        _("You and the coordinators of the cluster see your answers.")
        if survey_round.asks_persons
        else _("Your organisation’s people who answer and the cluster’s coordinators see them.")
    )
    lines = [first]
    if survey_round.mode == Mode.INTERVIEWS:
        lines.append(_("The interviewer sees the answers that they have written down."))
    lines.append(
        _("Others only see figures of at least five answers, fixed once for the whole round.")
    )
    if survey_round.takes_answers:
        lines.append(
            _("You can correct your answers until the round closes, and decline to answer.")
        )
    return lines
