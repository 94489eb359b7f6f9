"""The own expert profile: how others see it, what came through it, and since when it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core import audit
from members.models import ExpertConsent, ExpertProfile, User
from members.models.expert_fields import Field, Level
from members.models.experts import MOVES, Stage, belongs
from members.pages.experts import seen_values, trail
from members.services import contacts
from members.services.experts import fields_at, levels_of

if TYPE_CHECKING:
    from members.forms.experts import ExpertForm

MOST_MESSAGES = 20


def page(
    profile: ExpertProfile | None, user: User, form: ExpertForm, shown_as: str
) -> dict[str, Any]:
    values = {
        "form": form, "name": str(user), "profile": profile, "is_listable": is_listable(user),
        "trail": [*trail("")[:-1], {"name": _("My expert profile")}], "current": "members",
    }  # fmt: skip
    if profile is None:
        return values
    level = Level(shown_as) if shown_as in Level.values else Level.MEMBERS
    return values | {
        "stage": Stage(profile.stage),
        "is_shown": profile.stage == Stage.SHOWN,
        "moves": MOVES.open_to(profile, user),
        "previews": previews(level),
        "preview": preview(profile, level),
        "messages_got": contacts.sent_to(profile)[:MOST_MESSAGES],
        "asked_words": asked_words(profile),
        "consents": consents(profile),
    }


def is_listable(user: User) -> bool:
    """Whether the person belongs to the network today, so that a shown profile is found."""
    return User.objects.filter(belongs("pk"), pk=user.pk, is_active=True).exists()


def previews(shown: Level) -> list[dict[str, Any]]:
    words = {
        Level.PUBLIC: _("A visitor"), Level.ACCOUNTS: _("A signed-in user"),
        Level.MEMBERS: _("A member"),
    }  # fmt: skip
    here = reverse("members:my_expert")
    return [
        {"label": label, "url": f"{here}?as={level.value}#preview", "is_current": level == shown}
        for level, label in words.items()
    ]


def preview(profile: ExpertProfile, level: Level) -> dict[str, Any] | None:
    """What that level of reader sees, or would see once the profile is shown."""
    fields = fields_at(profile, level, levels_of(profile))
    return seen_values(profile.as_seen(fields)) if fields else None


def asked_words(profile: ExpertProfile) -> str:
    count = audit.of(profile).filter(action="contact request").count()
    words = ngettext(
        "You have been asked %(count)d time.", "You have been asked %(count)d times.", count
    )
    return words % {"count": count}


def consents(profile: ExpertProfile) -> list[dict[str, Any]]:
    """Newest first, the ended ones too."""
    rows = ExpertConsent.objects.filter(profile=profile).order_by("-given_at", "-pk")
    return [
        {
            "field": Field(row.field).label, "seen_by": Level(row.seen_by).label,
            "given_at": row.given_at, "withdrawn_at": row.withdrawn_at,
        }
        for row in rows
    ]  # fmt: skip
