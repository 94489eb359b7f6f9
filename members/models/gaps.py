"""What an organisation's facts may lack, as the coordinators' today page counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from members.models.affiliations import Affiliation
from members.models.organisations import Organisation, OrganisationQuerySet

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


class Gap(models.TextChoices):
    CONTACT = "contact", _("Members without a contact person")
    CONFIRMATION = "confirmation", _("Pages that nobody has confirmed for a year")
    THEMES = "themes", _("Members without themes")
    REGION = "region", _("Members without a region")


def lacking(rows: OrganisationQuerySet, gap: str) -> OrganisationQuerySet:
    """Of these, those with the gap."""
    if gap == Gap.CONTACT:
        contacts = Affiliation.objects.contacts().filter(organisation=OuterRef("pk"))
        return rows.filter(~Exists(contacts))
    if gap == Gap.CONFIRMATION:
        return rows.stale()
    if gap == Gap.THEMES:
        links = Organisation.terms.through.objects.filter(organisation=OuterRef("pk"))
        return rows.filter(~Exists(links))
    return rows.filter(region__isnull=True)


def with_gap(user: Reader, gap: str) -> OrganisationQuerySet:
    """The members that this coordinator looks after and that have the gap."""
    members = Organisation.objects.managed_by(user).standing().members()
    return lacking(members, gap)
