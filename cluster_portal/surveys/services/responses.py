"""Answering: beginning, saving as one types, sending, checking, handing over to a colleague."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from cluster_portal.surveys.models import Handover, Response, Round, Section
from cluster_portal.surveys.models.responses import (
    MOVES,
    UNANSWERED,
    Stage,
    answers_for,
    answers_whole,
    interviews,
    sections_of,
)
from cluster_portal.surveys.models.rounds import Mode
from cluster_portal.surveys.questionnaire import Questionnaire, fingerprint
from members.models import Affiliation, Organisation, User
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Saved:
    """`overtaken` are answers that somebody else had saved since the writer's page was drawn, and
    that have just been replaced.
    """

    response: Response
    overtaken: Mapping[str, Any]


def locked(response: Response) -> Response:
    """The round is read by a statement of its own, after the lock: a round that somebody has closed
    meanwhile is closed."""
    rows = Response.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation").get(pk=response.pk)


@transaction.atomic
def start(survey_round: Round, *, by: User, organisation: Organisation | None = None) -> Response:
    """Opens an answer in a round that is open to all members; a second press finds the first."""
    survey_round = Round.objects.select_for_update(no_key=True).get(pk=survey_round.pk)
    require_open(survey_round)
    known = audience(by)
    if survey_round.mode != Mode.OPEN or not known.is_member:
        raise Refused(_("This questionnaire is answered by invitation."))
    if organisation is not None and organisation.pk not in known.organisations:
        raise Refused(_("You do not belong to this organisation."))
    row = {"organisation": organisation, "person": None if organisation else by}
    found = Response.objects.filter(round=survey_round, **row).first()
    if found is not None:
        if not answers_for(found, by):
            raise Refused(
                _("A colleague is answering already. Ask them to hand the questionnaire over.")
            )
        return found
    _require_member(organisation)
    response = Response.objects.create(round=survey_round, invited_at=timezone.now(), **row)
    _let_in(response, by)
    audit.record(response, "started", by=by)
    return response


def _let_in(response: Response, by: User) -> None:
    """A colleague who begins for the organisation may go on although the contact is another."""
    if not answers_for(response, by):
        Handover.objects.get_or_create(
            response=response, section=None, user=by, defaults={"by": by}
        )


def require_open(survey_round: Round) -> None:
    if not survey_round.takes_answers:
        raise Refused(_("The round has closed. Answers are no longer taken."))


@transaction.atomic
def save_answers(
    response: Response, values: Mapping[str, Any], *, by: User,
    seen: Mapping[str, str] | None = None,
) -> Saved:  # fmt: skip
    """Stores cleaned values by the keys of their questions, None for one that was emptied.

    Of two people who answer the same question, the last one's answer stays; `seen` holds the
    fingerprints of the answers that the writer's page showed, so that the writer can be told. An
    answer that was sent is changed by those who could send it, as long as the round is open.
    """
    response = locked(response)
    require_open(response.round)
    _require_membership(response)
    if not _may_write(response, by):
        raise Refused(_("You cannot change these answers."))
    before = dict(response.answers)
    asked = Questionnaire.of(response.round.version).by_key
    values = {key: value for key, value in values.items() if key in asked}
    for key, value in values.items():
        if value is None:
            response.answers.pop(key, None)
        else:
            response.answers[key] = value
    if response.answers == before:
        return Saved(response, {})
    response.revision += 1
    response.saved_at = timezone.now()
    response.save(update_fields=["answers", "revision", "saved_at"])
    if response.is_counted:
        audit.record(response, "changed after sending", by=by, details={"questions": len(values)})
    return Saved(response, _overtaken(before, values, seen or {}))


def _overtaken(
    before: Mapping[str, Any], values: Mapping[str, Any], seen: Mapping[str, str]
) -> dict[str, Any]:
    changed = {key: before.get(key) for key in values if before.get(key) != values[key]}
    return {
        key: value
        for key, value in changed.items()
        if key in seen and fingerprint(value) != seen[key]
    }


def _require_membership(response: Response) -> None:
    """A round that is open to all members is answered by those who still are members."""
    if response.round.mode == Mode.OPEN:
        _require_member(response.organisation)


def _require_member(organisation: Organisation | None) -> None:
    if organisation is None:
        return
    if not Organisation.objects.members().filter(pk=organisation.pk).exists():
        raise Refused(
            _("Your organisation is no longer a member of the network, and only members answer.")
        )


def _may_write(response: Response, by: User) -> bool:
    if response.is_counted:
        return answers_for(response, by) and answers_whole(response, by)
    if answers_for(response, by):
        return response.stage != Stage.DECLINED
    return response.stage in UNANSWERED and interviews(response, by)


@transaction.atomic
def submit(response: Response, *, by: User) -> Response:
    """Sends the answers. What the organisation sends itself is right; what an interviewer wrote
    goes to the organisation to be checked.
    """
    response = locked(response)
    require_open(response.round)
    _require_membership(response)
    own = answers_for(response, by)
    action = "answer" if own else "send"
    if response.stage == Stage.CHECKED and answers_whole(response, by):
        return _send_again(response, by)
    response.stage = MOVES.step(action, response, by).target
    _complete(response)
    now = timezone.now()
    response.answered_at, response.answered_on = now, timezone.localdate(now)
    _freeze_background(response)
    if own:
        response.checked_at, response.checked_by = now, by
    else:
        response.written = response.answers
    response.save()
    entry = audit.record(response, action, by=by)
    if not own:
        _ask_to_check(response, entry.pk, by)
    return response


def _send_again(response: Response, by: User) -> Response:
    """Its own side has corrected what was sent."""
    _complete(response)
    response.checked_at, response.checked_by = timezone.now(), by
    response.save(update_fields=["checked_at", "checked_by", "answers"])
    audit.record(response, "corrected", by=by)
    return response


def _complete(response: Response) -> None:
    questionnaire = Questionnaire.of(response.round.version)
    response.answers = questionnaire.trimmed(response.answers)
    missing = questionnaire.missing(response.answers)
    if missing:
        named = {"question": missing[0].text, "count": len(missing)}
        raise Refused(_("Answer these first: “%(question)s” (%(count)s missing).") % named)


def _freeze_background(response: Response) -> None:
    """Sector and region as they are today: figures do not move when the organisation does."""
    owner = response.organisation
    if owner is not None:
        response.sector, response.kind = owner.sector, owner.kind
        response.region = owner.region.code if owner.region else ""


def _ask_to_check(response: Response, entry: int, by: User) -> None:
    for reader in who_checks(response):
        if reader.pk != by.pk:
            outbox.post("survey_to_check", to=reader, key=f"{entry}:{reader.pk}", about=response)


def who_checks(response: Response) -> list[User]:
    """Who was interviewed; for an organisation its contacts, too."""
    people = [response.person] if response.person else []
    if response.organisation_id and not response.round.asks_persons:
        people += [u for u in contacts_of([response.organisation_id]) if u not in people]
    return people


@transaction.atomic
def check(response: Response, *, by: User, revision: int) -> Response:
    """The organisation confirms what the interviewer wrote; `revision` is what was read."""
    response = locked(response)
    if revision != response.revision:
        raise Refused(_("The answers have changed meanwhile. Read them again."))
    response.stage = MOVES.step("check", response, by).target
    _complete(response)
    response.checked_at, response.checked_by = timezone.now(), by
    response.save(update_fields=["stage", "checked_at", "checked_by", "answers"])
    audit.record(response, "checked", by=by)
    return response


@transaction.atomic
def decline(response: Response, *, by: User) -> Response:
    response = locked(response)
    require_open(response.round)
    response.stage = MOVES.step("decline", response, by).target
    response.save(update_fields=["stage"])
    audit.record(response, "declined", by=by)
    return response


@transaction.atomic
def rejoin(response: Response, *, by: User) -> Response:
    """Answers after all; what was written before declining is still there."""
    response = locked(response)
    require_open(response.round)
    response.stage = MOVES.step("rejoin", response, by).target
    response.save(update_fields=["stage"])
    audit.record(response, "rejoined", by=by)
    return response


def colleagues_of(response: Response, *, but: User) -> Any:
    """To whom an answer can be handed: confirmed people of the organisation."""
    posts = Affiliation.objects.confirmed().filter(organisation=response.organisation_id)
    people = User.objects.filter(pk__in=posts.values("user"), is_active=True)
    return people.exclude(pk=but.pk).order_by("sort_name", "pk")


@transaction.atomic
def hand_over(
    response: Response, to: User, *, by: User, section: Section | None = None
) -> Handover:
    """Asks a colleague to answer a section, or all; a repeat asks nobody twice."""
    response = locked(response)
    require_open(response.round)
    if not answers_for(response, by):
        raise Refused(_("You cannot do this."))
    if response.organisation_id is None or not colleagues_of(response, but=by).contains(to):
        raise Refused(_("Choose a colleague of your organisation."))
    mine = sections_of(response, by)
    if mine is not None and (section is None or section.key not in mine):
        raise Refused(_("You can only hand over what was handed to you."))
    made, is_new = Handover.objects.get_or_create(
        response=response, section=section, user=to, defaults={"by": by}
    )
    if is_new:
        entry = audit.record(response, "handed_over", by=by, details={"to": to.pk})
        outbox.post("survey_handed_over", to=to, key=str(entry.pk), about=response)
    return made


@transaction.atomic
def finish_handed(response: Response, *, by: User) -> int:
    """A colleague has answered what was handed to them; who asked is told, once."""
    response = locked(response)
    rows = list(response.handovers.filter(user=by, done_at=None).select_related("by"))
    for row in rows:
        row.done_at = timezone.now()
        row.save(update_fields=["done_at"])
    for asker in {row.by for row in rows if row.by}:
        if asker.pk != by.pk:
            key = f"{max(row.pk for row in rows)}:{asker.pk}"
            outbox.post("survey_part_done", to=asker, key=key, about=response)
    if rows:
        audit.record(response, "part_done", by=by)
    return len(rows)
