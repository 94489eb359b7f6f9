"""A round's way: opened, closed by hand or by the hour, opened again."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import unmarked
from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.surveys.models import Response, Round, Template
from cluster_portal.surveys.models.rounds import MOVES, RESERVED_SLUGS, Mode, Stage
from cluster_portal.surveys.services import invitations, subjects
from members.models.content import LEVELS
from members.services.recipients import coordinators_of

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

AT_ONCE = 50
FEEDBACK_TAKEN = datetime.timedelta(days=14)
RESULTS, TOLD_WITHIN = "survey_results", datetime.timedelta(days=7)


def free_slug(title: str) -> str:
    rows = Round.objects.all()
    return cleaning.free_slug(rows, title, empty="kysely", reserved=RESERVED_SLUGS)


@transaction.atomic
def create_round(survey_round: Round, *, by: User | None) -> Round:
    """Stores a draft; an address taken meanwhile by another makes a second try."""
    survey_round.slug = free_slug(survey_round.title_fi)
    try:
        with transaction.atomic():
            survey_round.save(force_insert=True)
    except IntegrityError:
        survey_round.slug = free_slug(survey_round.title_fi)
        survey_round.save(force_insert=True)
    audit.record(survey_round, "created", by=by)
    return survey_round


@transaction.atomic
def open_round(survey_round: Round, *, by: User) -> Round:
    """Takes answers from now on; whoever is invited is told at this moment, not before."""
    survey_round = invitations.turn_of(survey_round)
    step = MOVES.step("open", survey_round, by)
    _refuse_unready(survey_round)
    survey_round.stage, survey_round.opened_at = Stage(step.target), timezone.now()
    survey_round.save(update_fields=["stage", "opened_at", "updated_at"])
    audit.record(survey_round, "opened", by=by)
    if survey_round.mode == Mode.ANONYMOUS:
        subjects.ask_for_feedback(survey_round)
    else:
        invitations.tell_invited(survey_round)
    return survey_round


def _refuse_unready(survey_round: Round) -> None:
    if not survey_round.version.is_published:
        raise Refused(_("Publish the questionnaire first: a draft can still change."))
    if survey_round.closes_at <= timezone.now():
        raise Refused(_("The closing day has passed. Give a later one first."))
    if subjects.is_too_wide(survey_round, survey_round.visibility):
        raise Refused(_("Fewer see what the feedback is about. Let no more see the results."))
    is_by_invitation = survey_round.mode not in {Mode.OPEN, Mode.ANONYMOUS}
    if is_by_invitation and not survey_round.responses.exists():
        raise Refused(_("Nobody has been invited yet. Invite first, then open the round."))


@transaction.atomic
def close_round(survey_round: Round, *, by: User) -> Round:
    survey_round = invitations.turn_of(survey_round)
    survey_round.stage = Stage(MOVES.step("close", survey_round, by).target)
    return _close(survey_round, by)


def _close(survey_round: Round, by: User | None) -> Round:
    """Whoever is saving an answer is waited for: after the commit no answer is taken."""
    _wait_for_writers(survey_round)
    survey_round.stage, survey_round.closed_at = Stage.CLOSED, timezone.now()
    survey_round.save(update_fields=["stage", "closed_at", "updated_at"])
    entry = audit.record(survey_round, "closed", by=by)
    readers = coordinators_of([survey_round.home_cluster_id], but=by)
    outbox.post_to_all("survey_closed", to=readers, key=str(entry.pk), about=survey_round)
    return survey_round


def _wait_for_writers(survey_round: Round) -> None:
    rows = Response.objects.filter(round=survey_round).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))


def close_overdue() -> int:
    """The chore: rounds whose closing moment has passed; each is closed by one worker."""
    found = list(Round.objects.overdue().order_by("closes_at").values_list("pk", flat=True))
    return sum(_close_one(pk) for pk in found[:AT_ONCE])


@transaction.atomic
def _close_one(pk: int) -> int:
    rows = Round.objects.overdue().select_for_update(
        no_key=True, of=("self",), skip_locked=True
    )  # fmt: skip
    survey_round = rows.filter(pk=pk).first()
    if survey_round is None:
        return 0
    _close(survey_round, None)
    return 1


@transaction.atomic
def reopen_round(survey_round: Round, *, by: User, reason: str) -> Round:
    """Takes answers again, until the closing day that it has been given anew."""
    survey_round = invitations.turn_of(survey_round)
    step = MOVES.step("reopen", survey_round, by)
    reason = unmarked(cleaning.one_line(reason)[:200])
    if not reason:
        raise Refused(_("Give a reason."))
    if survey_round.closes_at <= timezone.now():
        raise Refused(_("The closing day has passed. Give a later one first."))
    survey_round.stage, survey_round.closed_at = Stage(step.target), None
    survey_round.save(update_fields=["stage", "closed_at", "updated_at"])
    audit.record(survey_round, "opened again", by=by, reason=reason)
    return survey_round


@transaction.atomic
def round_about(thing: Any, *, by: User) -> Round:
    """A draft that asks feedback of something that is over; a second press finds the first."""
    subject = subjects.of_thing(thing)
    if subject is None or not subject.over(by).filter(pk=thing.pk).exists():
        raise Refused(_("Feedback is asked when it is over."))
    subject.model._default_manager.select_for_update(no_key=True, of=("self",)).get(pk=thing.pk)
    found = subjects.rounds_about(thing).order_by("pk").first()
    if found is not None:
        return found
    template = Template.objects.filter(key=subject.template(thing)).first()
    version = template.newest() if template else None
    if version is None:
        raise Refused(_("There is no published questionnaire for feedback."))
    titles = {f"title_{code}": getattr(thing, f"title_{code}")[:160] for code in LANGUAGES}
    made = Round(
        home_cluster=thing.home_cluster, version=version, mode=Mode.ANONYMOUS, about=thing,
        organisation=thing.organisation, visibility=_visibility_about(thing),
        closes_at=timezone.now() + FEEDBACK_TAKEN, **titles,
    )  # fmt: skip
    return create_round(made, by=by)


@transaction.atomic
def ask_participants(thing: Any, template_key: str) -> Round | None:
    """The portal itself asks whoever took part, anonymously, once with each questionnaire.

    Within the transaction that holds the thing's lock. None where there is no such questionnaire.
    """
    template = Template.objects.filter(key=template_key).first()
    version = template.newest() if template else None
    if template is None or version is None:
        return None
    known = subjects.rounds_about(thing).filter(version__template=template).first()
    if known is not None:
        return known
    made = Round(
        home_cluster=thing.home_cluster, version=version, mode=Mode.ANONYMOUS, about=thing,
        organisation=thing.organisation, visibility=_visibility_about(thing),
        closes_at=timezone.now() + FEEDBACK_TAKEN, **_titles(thing, template),
    )  # fmt: skip
    made = create_round(made, by=None)
    made.stage, made.opened_at = Stage.OPEN, timezone.now()
    made.save(update_fields=["stage", "opened_at", "updated_at"])
    audit.record(made, "opened", by=None)
    subjects.ask_for_feedback(made, template.key)
    return made


def _titles(thing: Model, template: Template) -> dict[str, str]:
    """Of the thing and the questionnaire, in each language that the thing has."""
    found = {}
    for code in LANGUAGES:
        title = getattr(thing, f"title_{code}")
        name = getattr(template, f"name_{code}") or template.name_fi
        found[f"title_{code}"] = f"{title[:100]}: {name[:58]}" if title else ""
    return found


def _visibility_about(thing: Model) -> Visibility:
    """The members of the clusters, or fewer where the thing is for fewer."""
    widest = subjects.widest_about(thing)
    return max(widest, Visibility.MEMBERS, key=LEVELS.__getitem__)


@transaction.atomic
def repeat_round(survey_round: Round, *, by: User) -> Round:
    """A draft of the next round: the newest questions, and whoever of those asked can be asked."""
    newest: Any = survey_round.version.template.newest()
    names = ("title_fi", "title_sv", "title_en", "intro_fi", "intro_sv", "intro_en", "mode", "role",
             "visibility", "reminder_limit", "reminder_days", "expected", "home_cluster",
             "organisation", "about_type", "about_id")  # fmt: skip
    made = Round(
        **{name: getattr(survey_round, name) for name in names},
        version=newest or survey_round.version, previous=survey_round,
        closes_at=timezone.now() + (survey_round.closes_at - survey_round.created_at),
    )  # fmt: skip
    made = create_round(made, by=by)
    invitations.invite_again(made, survey_round, by=by)
    return made


def tell_results() -> int:
    """The chore: whoever has answered a round is told once that its results are there."""
    lately = timezone.now() - TOLD_WITHIN
    rows = Round.objects.with_results().filter(tables_published_at__gte=lately)
    return sum(_tell_results_of(survey_round) for survey_round in rows.order_by("pk"))


@transaction.atomic
def _tell_results_of(survey_round: Round) -> int:
    survey_round = invitations.turn_of(survey_round)
    kind = ContentType.objects.get_for_model(Round)
    told = OutboxMail.objects.filter(kind=RESULTS, about_type=kind, about_id=survey_round.pk)
    if told.exists():
        return 0
    people = list(invitations.answered_side(survey_round))
    outbox.post_to_all(RESULTS, to=people, key=str(survey_round.pk), about=survey_round)
    return len(people)
