"""The situation review: assessed, proposed, approved, sent; what begins from a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.core.visibility import audience
from cluster_portal.knowledge.models import (
    Agreement,
    Assessment,
    BegunChallenge,
    Evaluation,
    SituationReview,
    periods,
)
from cluster_portal.knowledge.models import evaluations as evaluation_rules
from cluster_portal.knowledge.models.periods import Interval
from cluster_portal.knowledge.models.reviews import MOVES, RESERVED_SLUGS, Stage
from cluster_portal.knowledge.services.letter_text import text_of
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import Letter
from cluster_portal.notifications.models.letters import Stage as LetterStage
from cluster_portal.notifications.services import following
from members.models import Cluster, Membership, Organisation, User
from members.services.arrivals import came
from members.services.recipients import contacts_of
from projects.services.challenge_telling import tell_challenge
from projects.services.entries import refuse_late
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.vocabulary import Term
    from cluster_portal.core.workflow import Move
    from cluster_portal.knowledge.models import Indicator
    from projects.models import Challenge

TO_MEMBERS = "members"  # the audience that a letter begins with
UNSENT = frozenset({LetterStage.DRAFT, LetterStage.SCHEDULED})
SAYS_WHERE = frozenset({"approve"})  # steps whose reason is told with the review


@transaction.atomic
def begin_review(cluster: Cluster, starts_on: datetime.date, *, by: User) -> SituationReview:
    """One for each quarter; whoever asks twice gets the same. The last one is where it begins."""
    cluster = Cluster.objects.select_for_update(of=("self",), no_key=True).get(pk=cluster.pk)
    if not Cluster.objects.managed_by(by).contains(cluster):
        raise Refused(_("Only the region’s coordinators write its situation review."))
    starts_on = periods.first_day(starts_on, Interval.QUARTER)
    known = SituationReview.objects.filter(home_cluster=cluster, starts_on=starts_on).first()
    if known is not None:
        return known
    region = f"{cluster.region.label_fi} {starts_on.year} {(starts_on.month + 2) // 3}"
    slug = cleaning.free_slug(
        SituationReview.objects.all(), region, empty="katsaus", reserved=RESERVED_SLUGS
    )
    review = SituationReview.objects.create(
        home_cluster=cluster, starts_on=starts_on, slug=slug, lead_fi="", meaning_fi=""
    )
    _continue_last(review)
    search.reindex(review)
    audit.record(review, "created", by=by)
    return review


def _continue_last(review: SituationReview) -> None:
    """What was assessed the last time is what the coordinator begins from."""
    earlier = SituationReview.objects.approved().filter(
        home_cluster=review.home_cluster, starts_on__lt=review.starts_on
    )
    last = earlier.newest_first().first()
    for row in last.assessments.all() if last else ():
        row.pk = None
        row._state.adding = True
        row.review, row.trend = review, "same"
        row.reasons_sv = row.reasons_en = ""  # else they would say what the Finnish no longer does
        row.save()


@transaction.atomic
def edit_review(
    review: SituationReview, texts: Mapping[str, str],
    assessed: Mapping[int, Mapping[str, str] | None], *, by: User, seen: str,
) -> SituationReview:  # fmt: skip
    """Texts, and each theme's assessment by its primary key; None takes one away."""
    review = _locked(review)
    if not review.is_editable_by(by) or review.stage != Stage.DRAFT:
        raise Refused(_("Only a draft can be edited. Return the review to draft first."))
    if seen != review.stamp:
        raise Overtaken
    for name, value in texts.items():
        setattr(review, name, value)
    review.save()
    for theme, values in assessed.items():
        if values is None:
            review.assessments.filter(theme=theme).delete()
        else:
            Assessment.objects.update_or_create(review=review, theme_id=theme, defaults=values)
    search.reindex(review)
    audit.record(review, "edited", by=by)
    return review


def _locked(review: SituationReview) -> SituationReview:
    rows = SituationReview.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("home_cluster__region").get(pk=review.pk)


@transaction.atomic
def move_review(
    review: SituationReview, action: str, *, by: User, reason: str = ""
) -> SituationReview:
    """Takes one step. What was said of an earlier proposal does not count for the next one."""
    review = _locked(review)
    move = MOVES.step(action, review, by)
    reason = checked_reason(move, reason)
    if action == "propose":
        _refuse_incomplete(review)
        review.agreements.all().delete()
    review.stage = move.target
    is_approved = review.stage == Stage.APPROVED
    review.approved_at = timezone.now() if is_approved else None
    review.approved_in = reason[:200] if action in SAYS_WHERE else ""
    review.answer = reason if action == "send_back" else ""
    if action == "reopen":
        _leave_letter(review, by=by)
    review.save()
    search.reindex(review)
    entry = audit.record(
        review, f"review {action}", by=by, reason=reason, details={"stage": move.target}
    )
    _tell(review, move, key=str(entry.pk), by=by)
    return review


def _leave_letter(review: SituationReview, *, by: User) -> None:
    """What is approved next is written into a letter of its own; an unsent one goes with its text.

    One that is on its way or has been sent stays where letters are kept.
    """
    rows = Letter.objects.filter(pk=review.letter_id or 0, stage__in=UNSENT)
    letter = rows.select_for_update(of=("self",), no_key=True).first()
    review.letter = None
    if letter is not None:
        audit.record(review, "review letter dropped", by=by, details={"letter": letter.pk})
        letter.delete()


def _refuse_incomplete(review: SituationReview) -> None:
    if review.missing:
        names = ", ".join(str(theme) for theme in review.missing)
        raise Refused(_("Assess every theme first. Missing: %(names)s.") % {"names": names})
    if not review.lead_fi or not review.meaning_fi:
        raise Refused(_("Say in one sentence how the region is, and what it means."))


def _tell(review: SituationReview, move: Move, *, key: str, by: User) -> None:
    if move.target == Stage.PROPOSED:
        members = Membership.objects.active().filter(cluster=review.home_cluster_id)
        readers = list(contacts_of(members.values("organisation"), but=by))
        outbox.post_to_all("review_proposed", to=readers, key=key, about=review)
    elif move.target == Stage.APPROVED:
        came("situation-reviews", review, since=review.approved_at)
        following.tell(review, "approved", key=key, by=by)


def may_agree_for(review: SituationReview, user: Reader) -> Any:
    """Member organisations of the cluster for which the reader answers."""
    known = audience(user)
    members = Membership.objects.active().filter(cluster=review.home_cluster_id)
    return Organisation.objects.filter(pk__in=known.edits).filter(
        pk__in=members.values("organisation")
    )


@transaction.atomic
def agree(
    review: SituationReview, organisation: Organisation, *, agrees: bool, otherwise: str, by: User
) -> Agreement:
    """The organisation's word on what is proposed; its last one stands."""
    review = _locked(review)
    if review.stage != Stage.PROPOSED:
        raise Refused(_("Opinions are given on a review that is proposed."))
    if not may_agree_for(review, by).contains(organisation):
        raise Refused(_("You do not answer for this organisation."))
    otherwise = "" if agrees else cleaning.prose(otherwise)[:600]
    if not agrees and not otherwise:
        raise Refused(_("Say in short what you see otherwise."))
    made, _is_new = Agreement.objects.update_or_create(
        review=review, organisation=organisation,
        defaults={"agrees": agrees, "otherwise": otherwise, "given_by": by,
                  "given_at": timezone.now()},
    )  # fmt: skip
    try:
        made.clean()
    except ValidationError as error:
        raise Refused(error.messages[0]) from None
    audit.record(review, "review opinion", by=by, details={"organisation": organisation.pk})
    return made


@transaction.atomic
def write_letter(review: SituationReview, *, by: User) -> Letter:
    """A draft in the three languages; who presses twice gets the same one."""
    review = _locked(review)
    if not review.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    if review.stage != Stage.APPROVED:
        raise Refused(_("Approve the review before you send it."))
    if review.letter is not None:
        return review.letter
    words: dict[str, str] = {}
    for code in written_in(review):
        with translation.override(code):
            words[f"subject_{code}"], words[f"body_{code}"] = text_of(review)
    letter = Letter.objects.create(
        cluster=review.home_cluster, sender=by, sender_name=by.get_full_name(),
        audience=[TO_MEMBERS], **words,
    )  # fmt: skip
    review.letter = letter
    review.save(update_fields=["letter"])
    audit.record(review, "review letter", by=by, details={"letter": letter.pk})
    return letter


def written_in(review: SituationReview) -> list[str]:
    """The languages in which all that a letter says is written; Finnish always."""

    def is_whole(code: str) -> bool:
        texts = [getattr(review, f"{stem}_{code}") for stem in ("lead", "meaning")]
        return all(texts + [getattr(each, f"reasons_{code}") for each in assessments])

    assessments = list(review.assessments.all())
    return [code for code in LANGUAGES if code == "fi" or is_whole(code)]


@transaction.atomic
def begin_challenge(
    indicator: Indicator, region: Term, values: dict[str, Any], *, by: User
) -> Challenge:
    """A draft of a challenge that keeps where it came from; the same form makes one."""
    challenge = tell_challenge(values, by=by)
    BegunChallenge.objects.get_or_create(
        challenge=challenge,
        defaults={"indicator": indicator, "region": region, "form_key": values["form_key"]},
    )
    return challenge


@transaction.atomic
def save_evaluation(
    evaluation: Evaluation, values: dict[str, Any], *, by: User, seen: str = ""
) -> Evaluation:
    """A new one when it has no key yet; `seen` is the `stamp` of what the editor saw."""
    is_new = evaluation.pk is None
    if not is_new:
        rows = Evaluation.objects.select_for_update(of=("self",), no_key=True)
        evaluation = rows.get(pk=evaluation.pk)
        refuse_late(evaluation, seen)
    if not Cluster.objects.managed_by(by).filter(pk=evaluation.home_cluster_id).exists():
        raise Refused(_("Only coordinators write evaluations."))
    indicators = values.pop("indicators", None)
    for name, value in values.items():
        setattr(evaluation, name, value)
    if is_new:
        evaluation.slug = cleaning.free_slug(
            Evaluation.objects.all(), evaluation.title_fi, empty="arviointi",
            reserved=evaluation_rules.RESERVED_SLUGS,
        )  # fmt: skip
    evaluation.save()
    if indicators is not None:
        evaluation.indicators.set(indicators)
    search.reindex(evaluation)
    audit.record(evaluation, "created" if is_new else "edited", by=by)
    if is_new:
        came("evaluations", evaluation, since=evaluation.created_at)
    return evaluation
