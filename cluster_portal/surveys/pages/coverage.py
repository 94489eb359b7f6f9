"""How far a round is: who is in which state, since when, and what has come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.surveys.models.responses import COUNTED, UNANSWERED, Stage
from cluster_portal.surveys.models.rounds import Mode
from cluster_portal.surveys.models.rounds import Stage as RoundStage
from cluster_portal.surveys.services import reminders
from cluster_portal.surveys.services.feedback import link_of
from cluster_portal.surveys.services.invitations import asked_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from cluster_portal.surveys.models import Response, Round


HELD = [Stage.HELD, *sorted(COUNTED)]
# In the questionnaire of a talk on goals: whether the stakeholder commits to them.
COMMITS, YES = "commits", ["yes", "conditions"]
MOST_NAMED = 200


def with_counts(rows: QuerySet[Round]) -> QuerySet[Round]:
    """Each row's `asked_count` and `answered_count`, counted with it."""
    counted = Q(responses__stage__in=COUNTED)
    return rows.annotate(
        asked_count=Count("responses"), answered_count=Count("responses", filter=counted)
    )


def answered_words(survey_round: Any) -> str:
    """Of how many asked; where nobody is invited one by one, of how many hoped for."""
    total = _total(survey_round, survey_round.asked_count)
    answered: int = survey_round.answered_count
    if not total:
        return str(answered)
    words = {"count": answered, "total": total, "share": percent(answered, total)}
    return _("%(count)s / %(total)s (%(share)s %%)") % words


def _total(survey_round: Round, asked: int) -> int:
    if survey_round.mode in {Mode.OPEN, Mode.ANONYMOUS}:
        return survey_round.expected or 0
    return asked


def percent(part: int, of: int) -> int:
    return round(100 * part / of) if of else 0


def days_waited(response: Response) -> int | None:
    """Since the invitation, or since it was written down and waits to be checked."""
    since = response.invited_at if response.stage in UNANSWERED else response.answered_at
    if since is None or response.stage in {Stage.CHECKED, Stage.DECLINED}:
        return None
    return (timezone.now() - since).days


def states(survey_round: Round) -> list[dict[str, Any]]:
    """How many are in each state, and since when the first of them waits."""
    rows = survey_round.responses.order_by().values("stage")
    found = {
        row["stage"]: row for row in rows.annotate(count=Count("pk"), oldest=Min("invited_at"))
    }
    return [
        {
            "key": stage.value, "label": stage.label, "look": stage.look,
            "count": found[stage]["count"], "oldest": found[stage]["oldest"],
        }
        for stage in Stage
        if stage in found
    ]  # fmt: skip


def figures(survey_round: Round) -> dict[str, Any]:
    """Coverage of any round; of talks also how quickly they began and who commits to the goals."""
    counted = Q(stage__in=COUNTED)
    commits = Q(**{f"answers__{COMMITS}__in": YES})
    found = survey_round.responses.order_by().aggregate(
        asked=Count("pk"), held=Count("pk", filter=Q(stage__in=HELD)),
        answered=Count("pk", filter=counted), checked=Count("pk", filter=Q(stage=Stage.CHECKED)),
        committed=Count("pk", filter=counted & commits),
        first_held=Min("held_on"), first_answer=Min("answered_on", filter=counted),
    )  # fmt: skip
    total = _total(survey_round, found["asked"])
    return {
        **found, "total": total,
        "coverage": percent(found["answered"], total) if total else None,
        "discussed": percent(found["held"], found["asked"]),
        "commitment": percent(found["committed"], found["asked"]),
        "days_to_first": _days(survey_round, found["first_answer"]),
        "days_to_talk": _days(survey_round, found["first_held"]),
    }  # fmt: skip


def _days(survey_round: Round, day: datetime.date | None) -> int | None:
    if day is None or survey_round.opened_at is None:
        return None
    return max(0, (day - timezone.localdate(survey_round.opened_at)).days)


def asks_commitment(survey_round: Round) -> bool:
    sections = survey_round.version.sections
    return sections.filter(questions__key=COMMITS).exists()


def stats(survey_round: Round, found: dict[str, Any]) -> list[dict[str, Any]]:
    is_interview = survey_round.mode == Mode.INTERVIEWS
    rows = [
        (_("Coverage"), _share(found["coverage"])),
        (pgettext("survey", "Answered"), f"{found['answered']} / {found['total']}" if found["total"]
         else str(found["answered"])),
    ]  # fmt: skip
    if is_interview:
        rows += [
            (_("Discussed"), _share(found["discussed"])),
            (_("Checked by who was asked"), str(found["checked"])),
            (_("Days to the first talk"), _number(found["days_to_talk"])),
        ]
    if asks_commitment(survey_round):
        rows += [
            (_("Days to the first goals"), _number(found["days_to_first"])),
            (_("Committed"), _share(found["commitment"])),
        ]
    return [{"label": label, "value": value} for label, value in rows]


def _share(value: int | None) -> str:
    return "–" if value is None else _("%(share)s %%") % {"share": value}


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


def page(survey_round: Round, wanted: str) -> dict[str, Any]:
    """The coordinators' page: figures, states to narrow by, and who is in them."""
    found = figures(survey_round)
    url = reverse("surveys:coverage", args=[survey_round.slug])
    tabs = [
        {**state, "url": f"{url}?{urlencode({'state': state['key']})}",
         "is_chosen": state["key"] == wanted}
        for state in states(survey_round)
    ]  # fmt: skip
    return {
        "round": survey_round,
        "stats": stats(survey_round, found),
        "tabs": tabs,
        "all_url": url,
        "wanted": wanted,
        "trail": [
            {"name": _("Surveys"), "url": reverse("surveys:list")},
            {"name": survey_round.title, "url": survey_round.get_absolute_url()},
            {"name": _("Coverage")},
        ],
    }


def rows_of(survey_round: Round, wanted: str) -> QuerySet[Response]:
    rows = survey_round.responses.filter(is_anonymous=False)
    if wanted in Stage:
        rows = rows.filter(stage=wanted)
    shown = rows.select_related("organisation", "person", "interviewer")
    return shown.order_by("invited_at", "pk")


def lines(responses: Iterable[Response]) -> list[dict[str, Any]]:
    """A line of the table each; who is asked is read for all at once."""
    rows = list(responses)
    people = asked_of(rows)
    return [
        {
            "response": row,
            "name": str(row.organisation or row.person or "–"),
            "people": ", ".join(str(each) for each in people[row.pk]),
            "look": Stage(row.stage).look,
            "day": date_format(row.agreed_on, "SHORT_DATE_FORMAT")
            if row.stage == Stage.AGREED and row.agreed_on
            else "",
            "waited": days_waited(row),
        }
        for row in rows
    ]


def panel(survey_round: Round) -> dict[str, Any]:
    """What stands above the form of a round in the admin."""
    found = figures(survey_round)
    listed = reverse("admin:surveys_response_changelist")
    query = {"round__id__exact": survey_round.pk}
    by_invitation = survey_round.mode not in {Mode.OPEN, Mode.ANONYMOUS}
    return {
        "stats": stats(survey_round, found),
        "states": [
            {**state, "url": f"{listed}?{urlencode({**query, 'stage__exact': state['key']})}"}
            for state in states(survey_round)
        ],
        "list_url": f"{listed}?{urlencode(query)}",
        "can_invite": by_invitation and survey_round.stage in {RoundStage.DRAFT, RoundStage.OPEN},
        "due": reminders.due(survey_round, timezone.now()).count()
        if survey_round.takes_answers
        else 0,
        "waiting": reminders.waiting(survey_round).count() if survey_round.takes_answers else 0,
        "letter_url": letter_url(survey_round) if survey_round.takes_answers else "",
        "has_begun": survey_round.stage != RoundStage.DRAFT,
        "is_anonymous": survey_round.is_anonymous,
        "too_many": _too_many(survey_round, found["answered"]),
        "about": survey_round.about,
    }


def _too_many(survey_round: Round, answered: int) -> int:
    """How many were expected, where more anonymous answers have come: one may answer again."""
    expected = survey_round.expected or 0
    return expected if survey_round.is_anonymous and 0 < expected < answered else 0


def letter_url(survey_round: Round) -> str:
    """To a campaign letter to those who have not answered."""
    entries = ["surveys-waiting", f"surveys-waiting.round={survey_round.slug}"]
    query = urlencode([("cluster", survey_round.home_cluster_id),
                       ("reminder", "surveys-waiting"),
                       *(("to", entry) for entry in entries)])  # fmt: skip
    return f"{reverse('admin:notifications_letter_add')}?{query}"


def invitation(survey_round: Round, asked: list[Any]) -> dict[str, Any]:
    """Who would be invited, before it is done."""
    name = "person" if survey_round.asks_persons else "organisation"
    known = set(survey_round.responses.values_list(name, flat=True))
    new = [each for each in asked if each.pk not in known]
    return {
        "is_shown": True,
        "new": new[:MOST_NAMED],
        "new_count": len(new),
        "more": max(0, len(new) - MOST_NAMED),
        "known_count": len(asked) - len(new),
        "is_open": survey_round.stage == RoundStage.OPEN,
    }


def room_link(survey_round: Round) -> dict[str, Any]:
    """The link of an anonymous round as words and as a picture to be read by a phone."""
    address = f"{settings.SITE_URL}{link_of(survey_round)}"
    return {
        "round": survey_round,
        "address": address,
        "picture": get_adapter().build_totp_svg(address),
        "trail": [
            {"name": _("Surveys"), "url": reverse("surveys:list")},
            {"name": survey_round.title, "url": survey_round.get_absolute_url()},
            {"name": _("The link, for a room")},
        ],
    }
