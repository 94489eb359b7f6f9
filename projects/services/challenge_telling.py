"""Telling a challenge: a draft at any step, until its owner sends it to be reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.matching import themes
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import audience
from members.matching import NAMED
from members.services.needs import home_of, organisations_of
from projects.models import Challenge
from projects.models.challenges import RESERVED_SLUGS, Stage, usual_deadline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from members.models import Cluster, Need, Organisation, User

UNPUBLISHED = frozenset({Stage.DRAFT, Stage.IN_REVIEW})
LINKS = ("named_organisations", "terms")


@transaction.atomic
def tell_challenge(values: dict[str, Any], *, by: User, need: Need | None = None) -> Challenge:
    """Stores a draft; the same form makes one challenge. What came of a need keeps the tie."""
    known = made_by(Challenge, values["form_key"], teller=by)
    if known is not None:
        return known
    organisation = values["organisation"]
    if not organisations_of(by).contains(organisation):
        raise Refused(_("You cannot tell a challenge for this organisation."))
    is_ours = organisation.pk in audience(by).organisations
    challenge = Challenge(
        **values,
        home_cluster=_cluster_of(organisation, by, need),
        teller=by,
        contact=by if is_ours else None,
        from_need=need,
        closes_at=usual_deadline(),
        visibility="members",
    )
    _insert(challenge)
    if need is not None:
        challenge.terms.set(need.terms.all())
    _find_themes(challenge)
    search.reindex(challenge)
    audit.record(challenge, "created", by=by, details={"need": need.pk} if need else {})
    return challenge


def _cluster_of(organisation: Organisation, by: User, need: Need | None) -> Cluster:
    return need.home_cluster if need is not None else home_of(organisation, by)


def _insert(challenge: Challenge) -> None:
    """An address taken meanwhile by another makes a second try."""
    challenge.slug = _free_slug(challenge.title_fi)
    try:
        with transaction.atomic():
            challenge.save(force_insert=True)
    except IntegrityError:
        challenge.slug = _free_slug(challenge.title_fi)
        challenge.save(force_insert=True)


def _free_slug(title: str) -> str:
    rows = Challenge.objects.all()
    return cleaning.free_slug(rows, title, empty="haaste", reserved=RESERVED_SLUGS)


def _find_themes(challenge: Challenge) -> None:
    """Those that the text speaks of, where its owner has chosen none."""
    if not challenge.terms.exists():
        text = "\n".join([challenge.title_fi, challenge.background, challenge.need])
        challenge.terms.set(themes.found_in(text, NAMED))


@transaction.atomic
def edit_challenge(
    challenge: Challenge, values: dict[str, Any], *, by: User, seen: str = ""
) -> Challenge:
    """One step of the form. `seen` is the `stamp` of what the editor saw; another's change since
    is not lost. What is published is changed by the coordinators."""
    challenge = Challenge.objects.select_for_update(of=("self",), no_key=True).get(pk=challenge.pk)
    if seen and seen != challenge.stamp:
        raise Overtaken
    if challenge.stage not in UNPUBLISHED:
        raise Refused(_("The challenge is published. Ask a coordinator to change it."))
    links = {name: values[name] for name in LINKS if name in values}
    plain = {name: value for name, value in values.items() if name not in LINKS}
    changed = [name for name, value in plain.items() if getattr(challenge, name) != value]
    for name in changed:
        setattr(challenge, name, plain[name])
    changed += [name for name, rows in links.items() if _set(challenge, name, rows)]
    if not changed:
        return challenge
    challenge.save()
    if "terms" not in values:
        _find_themes(challenge)
    search.reindex(challenge)
    audit.record(challenge, "edited", by=by, details={"changed": changed})
    return challenge


def _set(challenge: Challenge, name: str, rows: Iterable[Model]) -> bool:
    had = {row.pk for row in getattr(challenge, name).all()}
    wanted = {row.pk for row in rows}
    getattr(challenge, name).set(wanted)
    return had != wanted
