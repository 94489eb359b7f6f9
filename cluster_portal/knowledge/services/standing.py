"""Saving a standing page: a new version on top of the one that the editor has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.knowledge.models.pages import PageVersion, current, may_edit_pages

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def save_page(key: str, values: dict[str, str], *, by: User, seen: int) -> PageVersion:
    """`seen` is the number of the version that the editor began from; another's is not lost."""
    if not may_edit_pages(by):
        raise Refused(_("You cannot do this."))
    latest = current(key)
    if latest.number != seen:
        raise Overtaken
    if all(getattr(latest, name) == value for name, value in values.items() if name != "note"):
        return latest
    if not latest.pk:
        latest = _keep_given(latest)
    made = PageVersion(key=key, number=latest.number + 1, saved_by=by, **values)
    made.full_clean(exclude=["number"], validate_unique=False, validate_constraints=False)
    _insert(made)
    audit.record(made, "page saved", by=by, details={"page": key, "version": made.number})
    return made


def _keep_given(page: PageVersion) -> PageVersion:
    """The text that the portal came with becomes the first version: it can be restored, too."""
    page.number = 1
    page.note = _("The text that the portal came with")
    _insert(page)
    return page


def _insert(version: PageVersion) -> None:
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError:
        raise Overtaken from None


def restore_version(version: PageVersion, *, by: User) -> PageVersion:
    """The text of an earlier version as a new one: history only grows."""
    texts = {f"body_{code}": getattr(version, f"body_{code}") for code in LANGUAGES}
    note = _("As in version %(number)s") % {"number": version.number}
    latest = current(version.key)
    return save_page(version.key, {**texts, "note": note}, by=by, seen=latest.number)
