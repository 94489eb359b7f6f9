"""Who sees what of a challenge, as rings of readers and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cluster_portal.core import pictures
from cluster_portal.core.visibility import Visibility

if TYPE_CHECKING:
    from projects.models import Challenge


def circles(challenge: Challenge) -> dict[str, Any]:
    """Who reads what, as rings from everyone to those who are named, and as a table."""
    names = [_("Everyone"), _("Members"), _("Chosen sectors"), _("A named group")]
    chosen = 0
    if challenge.visibility in {Visibility.MEMBERS, Visibility.CLUSTER, Visibility.ACCOUNTS}:
        chosen = 1
    elif challenge.visibility == Visibility.GROUP:
        chosen = 2 if challenge.named_sectors else 3
    elif challenge.visibility == Visibility.PRIVATE:
        chosen = len(names)
    whole, teaser = _("the whole challenge"), _("the heading and one sentence")
    outside = teaser if challenge.has_teaser else _("nothing")
    label = _("Who sees what")
    return {
        "label": label,
        "caption": _("What each circle of readers sees"),
        "svg": pictures.circles(
            pictures.Caption("circles", label, _("The filled circles read the whole challenge.")),
            names, chosen,
        ),
        "head": [{"name": _("Circle")}, {"name": _("Sees")}],
        "rows": [
            *([name, whole if number >= chosen else outside] for number, name in enumerate(names)),
            [_("Whoever told it and the coordinator"), _("the whole challenge and the proposals")],
        ],
    }  # fmt: skip
