"""Following as an interest: themes, regions, kinds of content and single things.

A muted row says that the reader wants to hear nothing of it, whatever else would speak for it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import content, vocabulary
from cluster_portal.core.errors import Refused
from cluster_portal.core.interests import (
    MUTED,
    OBJECT,
    REGION,
    TERM,
    TYPE,
    Interest,
    Interests,
    Mine,
    Reason,
    Tag,
    tag,
)
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.notifications.digest_choice import NO_INTERESTS
from cluster_portal.notifications.models import Follow
from cluster_portal.notifications.services.following import MOST

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from django.db.models import Model

    from cluster_portal.core.visibility import Reader

    Names = Callable[[Any, Collection[str]], Mapping[str, str]]

REASONS = {
    TERM: "follow-theme",
    REGION: "follow-region",
    TYPE: "follow-type",
    OBJECT: "follow-thing",
}


def of(people: list[Any]) -> Mapping[int, Mapping[Tag, Interest]]:
    found: defaultdict[int, Mine] = defaultdict(dict)
    rows = Follow.objects.filter(user__in=people).order_by("pk")
    columns = ("user", "about_type", "about_id", "is_muted")
    for user, kind, pk, is_muted in rows.values_list(*columns):
        mark = tag_of(kind, pk)
        reason = MUTED if is_muted else REASONS[mark.kind]
        found[user][mark] = Interest(reason, mark.value)
    return found


def tag_of(kind: int, pk: int) -> Tag:
    """What a follow of this thing means for what is offered."""
    if kind == _type_of(Term):
        regions = {term.pk for term in vocabulary.terms(Scheme.REGION)}
        return tag(REGION if pk in regions else TERM, pk)
    if kind == _type_of(ContentType):
        return tag(TYPE, pk)
    return tag(OBJECT, f"{kind}:{pk}")


def _type_of(model: type[Model]) -> int:
    return ContentType.objects.get_for_model(model).pk


def _still(kind: str, names: Names) -> Names:
    """Who has stopped following since is not told that they follow."""

    def still(reader: Reader, values: Collection[str]) -> Mapping[str, str]:
        rows = Follow.objects.visible_to(reader).filter(is_muted=False)
        marks = (tag_of(*row) for row in rows.values_list("about_type", "about_id"))
        return names(reader, {one.value for one in marks if one.kind == kind} & set(values))

    return still


def _term_names(_reader: Reader, values: Collection[str]) -> dict[str, str]:
    return {str(term.pk): term.label for term in Term.objects.filter(pk__in=values)}


def type_names(_reader: Reader, values: Collection[str]) -> dict[str, str]:
    return {str(kind.pk): str(one.label) for kind, one in followable() if str(kind.pk) in values}


def followable() -> list[tuple[ContentType, content.Content]]:
    """The types that digests tell of."""
    known = [one for one in content.types() if one.model and one.digest]
    return [(ContentType.objects.get_for_model(one.model), one) for one in known if one.model]


def _thing_names(reader: Reader, values: Collection[str]) -> dict[str, str]:
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for value in values:
        kind, pk = value.split(":")
        by_kind[kind].append(pk)
    names = {}
    for kind, pks in by_kind.items():
        model: Any = ContentType.objects.get_for_id(int(kind)).model_class()
        for thing in model.objects.visible_to(reader).filter(pk__in=pks):
            names[f"{kind}:{thing.pk}"] = str(thing)
    return names


FOLLOWED = Interests(
    "follows", of,
    {
        "follow-thing": Reason(
            75, _("Because you follow: %(name)s"), _still(OBJECT, _thing_names), follows=True
        ),
        "follow-theme": Reason(
            70, _("Because you follow the theme: %(name)s"), _still(TERM, _term_names),
            follows=True,
        ),
        "follow-type": Reason(
            40, _("Because you follow all that is new of: %(name)s"), _still(TYPE, type_names),
            follows=True,
        ),
        "follow-region": Reason(
            35, _("Because you follow the region: %(name)s"), _still(REGION, _term_names),
            follows=True,
        ),
        NO_INTERESTS: Reason(1, _("Because you have not chosen yet what you follow"), weak=True),
        MUTED: Reason(1000, ""),
    },
)  # fmt: skip


class Choice(NamedTuple):
    """Of a model, the rows that the reader wants to hear of, and those they were asked about."""

    model: type[Any]
    wanted: set[int]
    offered: set[int]


@transaction.atomic
def choose_all(choices: Iterable[Choice], *, by: Any) -> None:
    """What is wanted and counts by itself needs no row; what counts and is not wanted is muted."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    given = given_to(by)
    for choice in choices:
        _choose(choice, given, by)
    if Follow.objects.visible_to(by).count() > MOST:
        raise Refused(
            gettext("You follow %(count)d things, which is the most. Stop following one first.")
            % {"count": MOST}
        )


def _choose(choice: Choice, given: Mine, by: Any) -> None:
    kind = _type_of(choice.model)
    rows = {}
    for pk in choice.offered:
        is_given = tag_of(kind, pk) in given
        if (pk in choice.wanted) != is_given:
            rows[pk] = is_given
    own = Follow.objects.editable_by(by).on(choice.model).filter(about_id__in=choice.offered)
    kept = {one.about_id: one for one in own}
    for pk, one in kept.items():
        if rows.get(pk) != one.is_muted:
            one.delete()
    new = [pk for pk, is_muted in rows.items() if pk not in kept or kept[pk].is_muted != is_muted]
    Follow.objects.bulk_create(
        Follow(user_id=by.pk, about_type_id=kind, about_id=pk, is_muted=rows[pk]) for pk in new
    )


def given_to(reader: Reader) -> Mine:
    """What concerns a reader without their following it."""
    found: Mine = {}
    for part in content.parts(lambda one: one.interests):
        if part.key != FOLLOWED.key:
            found |= part.of([reader]).get(reader.pk, {})
    return found
