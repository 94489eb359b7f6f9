"""The themes, regions and types that concern a reader: what counts, why, and what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType

from cluster_portal.core import interests, vocabulary
from cluster_portal.core.interests import MUTED, REGION, TERM, TYPE
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.notifications.models import Follow
from cluster_portal.notifications.services import interests as services

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

FIELDS = {TERM: "themes", REGION: "regions", TYPE: "types"}


def chosen(user: Reader) -> dict[str, list[int]]:
    """What is ticked: what the reader follows, and what counts without that and is not off."""
    found: dict[str, list[int]] = {name: [] for name in FIELDS.values()}
    for tag, interest in interests.interests_of([user])[user.pk].items():
        if tag.kind in FIELDS and interest.reason != MUTED:
            found[FIELDS[tag.kind]].append(int(tag.value))
    return found


def counted(user: Reader) -> list[str]:
    """Why things concern the reader without their following anything, in words."""
    given = {
        (one.reason, one.value)
        for tag, one in services.given_to(user).items()
        if tag.kind in FIELDS
    }
    return sorted(set(interests.in_words(given, user).values()))


def followed_names(user: Reader) -> list[str]:
    """The themes, regions and types that the reader follows; two statements at most."""
    rows = Follow.objects.visible_to(user).filter(is_muted=False)
    types = ContentType.objects.get_for_models(Term, ContentType)
    rows = rows.filter(about_type__in=types.values())
    terms = {term.pk: term for scheme in Scheme for term in vocabulary.terms(scheme)}
    names = {kind.pk: str(one.label) for kind, one in services.followable()}
    found = [
        terms[pk].label if kind == types[Term].pk and pk in terms else names.get(pk, "")
        for kind, pk in rows.order_by("pk").values_list("about_type", "about_id")
    ]
    return [name for name in found if name]
