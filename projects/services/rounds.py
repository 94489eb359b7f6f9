"""Comments on a draft, and reviews of the programme in force."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from members.models import Affiliation, User
from members.services import letter_receivers
from members.services.recipients import coordinators_of
from projects.models import Comment, Measure, Programme, Review
from projects.models.programmes import Stage
from projects.models.rounds import Kind, Outcome

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from projects.models import Goal

MOST_COMMENTS = 50  # of one person on one version


def may_comment(programme: Programme, user: Reader) -> bool:
    if not user.is_authenticated or not programme.takes_comments:
        return False
    return Programme.objects.visible_to(user).filter(pk=programme.pk).exists()


@transaction.atomic
def comment(
    programme: Programme, text: str, *, by: User, goal: Goal | None = None,
    kind: str = Kind.COMMENT,
) -> Comment:  # fmt: skip
    """The draft's row is the lock: the round is open, and one says the same thing once."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if not may_comment(programme, by):
        raise Refused(_("The comment round is over."))
    own = Comment.objects.filter(programme=programme, author=by)
    same = own.filter(text=text, goal=goal, kind=kind).first()
    if same:
        return same
    if own.count() >= MOST_COMMENTS:
        raise Refused(_("You have written many comments already. Write to the coordinator."))
    post = Affiliation.objects.confirmed().filter(user=by).select_related("organisation").first()
    made = Comment.objects.create(
        programme=programme, goal=goal, kind=kind, author=by, name=str(by), text=text,
        organisation=post.organisation if post else None,
    )  # fmt: skip
    entry = audit.record(made, "commented", by=by)
    to = coordinators_of([programme.home_cluster_id], but=by)
    outbox.post_to_all("programme_commented", to=to, key=str(entry.pk), about=made)
    return made


@transaction.atomic
def answer_comment(comment: Comment, outcome: str, answer: str, *, by: User) -> Comment:
    """What became of a comment; a better answer replaces the first. Whoever wrote it is told once:
    when it is first handled."""
    comment = Comment.objects.select_for_update(of=("self",), no_key=True).get(pk=comment.pk)
    if not Comment.objects.in_scope_of(by).contains(comment):
        raise Refused(_("You cannot do this."))
    if answer and outcome == Outcome.NEW:
        raise Refused(_("Say what became of the comment, too."))
    if (comment.outcome, comment.answer) == (outcome, answer):
        return comment
    comment.outcome, comment.answer = outcome, answer
    comment.save(update_fields=["outcome", "answer"])
    audit.record(comment, "comment answered", by=by)
    author = comment.author
    if outcome != Outcome.NEW and author and author.is_active and author != by:
        outbox.post("comment_answered", to=author, key=str(comment.pk), about=comment)
    return comment


@transaction.atomic
def open_round(programme: Programme, *, by: User) -> int:
    """Tells those who are asked in the round of a draft that it is open; each of a day once."""
    people = _asked(programme).filter(is_active=True).exclude(pk=by.pk)
    key = f"{programme.pk}:{programme.comments_until}"
    if not programme.takes_comments:
        raise Refused(_("Give the day until which the round is open first."))
    audit.record(programme, "comment round opened", by=by)
    outbox.post_to_all("comments_asked", to=people, key=key, about=programme)
    return people.count()


def _asked(programme: Programme) -> QuerySet[User]:
    """Those who are named, and all members of the cluster where these are asked, too."""
    named = Q(pk__in=programme.commenters.values("pk"))
    if not programme.comments_of_members:
        return User.objects.filter(named)
    cluster = programme.home_cluster_id
    for people in (letter_receivers.people, letter_receivers.private_members):
        named |= Q(pk__in=people(cluster, {}).values("pk"))
    return User.objects.filter(named)


@transaction.atomic
def hold_review(review: Review, words: str, *, by: User) -> Review:
    """Keeps what was seen, with how many measures stood where that day. A review is held once."""
    review = locked(review)
    if review.held_on is not None:
        raise Refused(_("The review has been held already."))
    if not Review.objects.editable_by(by).filter(pk=review.pk).exists():
        raise Refused(_("You cannot do this."))
    states = Measure.objects.of(review.programme).values_list("state", flat=True)
    review.counts = dict(Counter(states))
    review.held_on, review.held_by, review.words = timezone.localdate(), by, words
    review.save()
    audit.record(review, "review held", by=by)
    _plan_next(review)
    return review


def locked(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).get(pk=review.pk)


def _plan_next(review: Review) -> None:
    """Half a year later; every other one looks at the whole year."""
    planned = review.programme.reviews.filter(held_on=None).exists()
    if planned or review.programme.stage != Stage.APPROVED:
        return
    months = 12 if review.months == 6 else 6
    due = later(review.due_on)
    rows = Review.objects.filter(programme=review.programme)
    rows.get_or_create(programme=review.programme, due_on=due, defaults={"months": months})


def later(day: datetime.date) -> datetime.date:
    """Half a year on; of a day that the month lacks, its last one."""
    months = day.year * 12 + day.month - 1 + 6
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def plan_first(programme: Programme) -> None:
    """The year clock begins when a version comes into force."""
    due = later(programme.approved_on or timezone.localdate())
    Review.objects.get_or_create(programme=programme, due_on=due, defaults={"months": 6})
