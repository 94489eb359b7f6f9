"""The list of topics narrowed to one organisation: where the organisation's page leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core.facets import Chip
from members.models import Organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

KEY = "organisation"


def asked(request: HttpRequest) -> Organisation | None:
    """The one that the address names, when the reader may see it; anything else narrows nothing."""
    slug = request.GET.get(KEY, "")
    if not slug:
        return None
    return Organisation.objects.visible_to(request.user).filter(slug=slug[:200]).first()


def url_of(organisation: Organisation) -> str:
    return f"{reverse('theses:list')}?{urlencode({KEY: organisation.slug})}"


def chip(organisation: Organisation, params: QueryDict) -> Chip:
    """It stands among the chosen filters, and can be taken away like them."""
    rest: Any = params.copy()
    for name in (KEY, "page"):
        rest.pop(name, None)
    label = _("Organisation: %(name)s") % {"name": organisation.title}
    return Chip(KEY, organisation.slug, label, f"?{rest.urlencode()}")
