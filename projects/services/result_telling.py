"""Telling a result: a draft at any step, until its owner sends it to be reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.files import discard, store
from cluster_portal.core.matching import themes
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import audience
from members.matching import NAMED
from members.models import User
from members.services.needs import home_of, organisations_of
from projects.models import Recommendation, Result, ResultFile
from projects.models.recommendations import State
from projects.models.results import RESERVED_SLUGS, UNPUBLISHED, coordinates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

    from cluster_portal.core.files import Upload
    from cluster_portal.core.origin import Begun
    from cluster_portal.core.visibility import Reader
    from projects.models import Challenge, Pilot, Project

FOLDER = "results"
MOST_FILES = 6
LINKS = ("makers", "terms", "measures")
Point = tuple[str, str]  # a recommendation's title and detail


def may_tell(user: Reader) -> bool:
    return bool(user.is_authenticated) and organisations_of(user).exists()


@dataclass(frozen=True)
class Beginning:
    """What a result came of: of this app, or what a type above says of its own things."""

    project: Project | None = None
    challenge: Challenge | None = None
    pilot: Pilot | None = None
    beyond: Begun | None = None

    @property
    def values(self) -> dict[str, Any]:
        """Of the nearest of them: `organisation`, `home_cluster`, `terms`."""
        nearest = self.pilot or self.project or self.challenge
        if nearest is not None:
            return {
                "organisation": nearest.organisation, "home_cluster": nearest.home_cluster,
                "terms": nearest.terms.all(),
            }  # fmt: skip
        return self.beyond.values if self.beyond else {}

    @property
    def things(self) -> list[Any]:
        things = [self.project, self.challenge, self.pilot, self.beyond and self.beyond.thing]
        return [thing for thing in things if thing is not None]


NOTHING = Beginning()


@transaction.atomic
def tell_result(values: dict[str, Any], *, by: User, begun: Beginning = NOTHING) -> Result:
    """Stores a draft; the same form makes one result."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one form, one result
    known = made_by(Result, values["form_key"], teller=by)
    if known is not None:
        return known
    organisation = values["organisation"]
    if not organisations_of(by).contains(organisation):
        raise Refused(_("You cannot tell a result for this organisation."))
    given = dict(begun.values)
    terms, home = given.pop("terms", None), given.pop("home_cluster", None)
    is_ours = organisation.pk in audience(by).organisations
    result = Result(
        **{**given, **values},
        home_cluster=home or home_of(organisation, by),
        project=begun.project,
        challenge=begun.challenge,
        pilot=begun.pilot,
        teller=by,
        contact=by if is_ours else None,
        visibility="public",
        languages=["fi"],
    )
    _insert(result)
    result.makers.add(organisation)
    if terms is not None:
        result.terms.set(terms)
    if begun.beyond is not None:
        begun.beyond.tie(result)
    _find_themes(result)
    search.reindex(result)
    audit.record(result, "created", by=by)
    return result


def _insert(result: Result) -> None:
    """An address taken meanwhile by another makes a second try."""
    result.slug = _free_slug(result.title_fi)
    try:
        with transaction.atomic():
            result.save(force_insert=True)
    except IntegrityError:
        result.slug = _free_slug(result.title_fi)
        result.save(force_insert=True)


def _free_slug(title: str) -> str:
    rows = Result.objects.all()
    return cleaning.free_slug(rows, title, empty="tulos", reserved=RESERVED_SLUGS)


def _find_themes(result: Result) -> None:
    """Those that the text speaks of, where its owner has chosen none."""
    if not result.terms.exists():
        text = "\n".join([result.title_fi, result.summary_fi, result.why])
        result.terms.set(themes.found_in(text, NAMED))


def may_edit(result: Result, user: Reader) -> bool:
    """What is published is changed by the coordinators, so that a brief stays what was read."""
    if result.stage in UNPUBLISHED:
        return result.is_editable_by(user)
    return result.stage == "published" and coordinates(result, user)


@transaction.atomic
def edit_result(result: Result, values: dict[str, Any], *, by: User, seen: str = "") -> Result:
    """One step of the form. `seen` is the `stamp` of what the editor saw; another's change since
    is not lost."""
    result = locked(result)
    if seen and seen != result.stamp:
        raise Overtaken
    if not may_edit(result, by):
        raise Refused(_("The result is published. Ask a coordinator to change it."))
    special = {*LINKS, "points", "uploads"}
    plain = {name: value for name, value in values.items() if name not in special}
    changed = [name for name, value in plain.items() if getattr(result, name) != value]
    for name in changed:
        setattr(result, name, plain[name])
    changed += [name for name in LINKS if name in values and _set(result, name, values[name])]
    if "points" in values and _set_points(result, values["points"]):
        changed.append("recommendations")
    if values.get("uploads"):
        _keep_files(result, values["uploads"])
        changed.append("files")
    if not changed:
        return result
    result.save()
    if "terms" not in values:
        _find_themes(result)
    search.reindex(result)
    audit.record(result, "edited", by=by, details={"changed": changed})
    return result


def locked(result: Result) -> Result:
    return Result.objects.select_for_update(of=("self",), no_key=True).get(pk=result.pk)


def _set(result: Result, name: str, rows: Iterable[Model]) -> bool:
    had = {row.pk for row in getattr(result, name).all()}
    wanted = {row.pk for row in rows}
    getattr(result, name).set(wanted)
    return had != wanted


def _set_points(result: Result, points: Sequence[Point]) -> bool:
    """By their places; one whose follow-up has been told cannot be taken away."""
    rows = {row.position: row for row in result.recommendations.all()}
    changed = False
    for position, (title, detail) in enumerate(points, start=1):
        row = rows.pop(position, None) or Recommendation(result=result, position=position)
        if (row.title, row.detail) != (title, detail):
            row.title, row.detail = title, detail
            row.save()
            changed = True
    for row in rows.values():
        if row.state != State.WAITING or row.uses.exists():
            raise Refused(
                _("“%(title)s” has been followed up already and cannot be removed.")
                % {"title": row.title}
            )
        row.delete()
        changed = True
    return changed


def _keep_files(result: Result, uploads: Iterable[Upload]) -> None:
    """Stored within the transaction; what a rollback leaves behind, the sweep takes."""
    uploads = list(uploads)
    if result.files.count() + len(uploads) > MOST_FILES:
        raise Refused(_("At most %(count)s files can be added.") % {"count": MOST_FILES})
    for upload in uploads:
        ResultFile.objects.create(
            result=result, name=upload.name, file=store(upload, FOLDER), size=len(upload.content)
        )


@transaction.atomic
def remove_file(file: ResultFile, *, by: User) -> None:
    result = locked(file.result)
    if not may_edit(result, by):
        raise Refused(_("The result is published. Ask a coordinator to change it."))
    audit.record(result, "file removed", by=by)
    file.delete()
    Result.objects.filter(pk=result.pk).update(updated_at=timezone.now())
    transaction.on_commit(lambda: discard(file.file.name or ""))
