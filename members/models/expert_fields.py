"""What consent is given for, to whom, and the choices of an expert's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.vocabulary import Scheme

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Audience


class Level(models.TextChoices):
    """Who sees a field; the narrowest first. A coordinator reads as a member."""

    MEMBERS = "members", _("Members")
    ACCOUNTS = "accounts", _("Signed-in users")
    PUBLIC = "public", _("Everyone")


# The vocabulary of expertise.
EXPERTISE = (Scheme.SECURITY_TASK, Scheme.VITAL_FUNCTION, Scheme.CRITICAL_SECTOR)

WIDTH = {level.value: width for width, level in enumerate(Level)}


def level_of(known: Audience) -> Level:
    """As which of the levels a reader reads."""
    if known.is_member or known.is_admin:
        return Level.MEMBERS
    return Level.PUBLIC if known.user_id is None else Level.ACCOUNTS


class Field(models.TextChoices):
    """What consent is given for. The whole profile is one: the name, that one belongs here."""

    PROFILE = "profile", _("Name and picture")
    EXPERTISE = "expertise", _("Expertise")
    SUMMARY = "summary", _("In my own words")
    LANGUAGES = "languages", _("Languages")
    OFFERS = "offers", _("What I offer")
    AVAILABILITY = "availability", _("When I have time")
    BACKGROUND = "background", _("Work and background")
    ORGANISATION = "organisation", _("Organisation")
    REGION = "region", _("Region")
    PHONE = "phone", _("Phone number")


class Spoken(models.TextChoices):
    FI = "fi", _("Finnish")
    SV = "sv", _("Swedish")
    EN = "en", _("English")
    SE = "se", _("Northern Sámi")
    SIGN = "fse", _("Finnish Sign Language")
    ET = "et", _("Estonian")
    RU = "ru", _("Russian")
    UK = "uk", _("Ukrainian")
    DE = "de", _("German")
    FR = "fr", _("French")
    ES = "es", _("Spanish")
    AR = "ar", _("Arabic")


class OfferKind(models.TextChoices):
    TALK = "talk", _("Talk or workshop")
    MENTORING = "mentoring", _("Mentoring")
    REVIEW = "review", _("Review of a text or plan")
    VOLUNTEERING = "volunteering", _("Voluntary help")


PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()-]{4,24}$", _("Write the number with digits, for example +358 40 123 4567.")
)
