"""What belongs to an organisation, as bytes to compare, and what outsiders can try against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from members.models import Affiliation, Membership, Organisation
from theses.models import Application, ApplicationFile, Topic

if TYPE_CHECKING:
    from django.test import Client

    from members.models import User


def belongings(organisation: Organisation) -> dict[str, list[Any]]:
    """Its row, its people, its memberships in force, its content and what was sent to it.

    That somebody asks to be its colleague or applies in its name is not its own yet.
    """
    topics = Topic.objects.filter(organisation=organisation)
    applications = Application.objects.filter(topic__in=topics)
    rows = {
        "organisation": Organisation.objects.filter(pk=organisation.pk),
        "terms": organisation.terms.all(),
        "people": Affiliation.objects.filter(organisation=organisation).confirmed(),
        "memberships": Membership.objects.filter(organisation=organisation).active(),
        "topics": topics,
        "applications": applications,
        "files": ApplicationFile.objects.filter(application__in=applications),
    }
    return {name: sorted(found.values_list(), key=str) for name, found in rows.items()}


def organisation_form(organisation: Organisation) -> dict[str, Any]:
    """The admin's form as a browser would send it, with the name changed."""
    return {
        "name": "Kaapattu Oy", "slug": organisation.slug, "kind": organisation.kind,
        "visibility": organisation.visibility, "email_domains": "evil.example",
        "memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0,
    }  # fmt: skip


def try_admin(client: Client, user: User, organisation: Organisation, target: User) -> list[int]:
    """Every form of the admin that could reach the organisation, sent by the user; the answers."""
    client.force_login(user)
    person = {"user": target.pk, "organisation": organisation.pk, "reason": "Siksi."}
    sent = [
        client.post("/admin/members/affiliation/add/", {**person, "role": "contact"}),
        client.post("/admin/members/affiliation/add/", {**person, "role": "member"}),
        client.post(
            f"/admin/members/organisation/{organisation.pk}/change/",
            organisation_form(organisation),
        ),
    ]
    for row in Affiliation.objects.filter(organisation=organisation):
        place = f"/admin/members/affiliation/{row.pk}"
        sent.append(client.post(f"{place}/change/", {"role": "member", "reason": "Siksi."}))
        sent += [
            client.post(f"{place}/move/{action}/", {"reason": "Siksi.", "confirmed": "yes"})
            for action in ("confirm", "decline", "end", "restore", "settle")
        ]
    return [answer.status_code for answer in sent]


def closed_pages(organisation: Organisation) -> list[str]:
    """What only its own side opens; the public page is everybody's."""
    page = organisation.get_absolute_url()
    rows = Application.objects.filter(topic__organisation=organisation)
    files = ApplicationFile.objects.filter(application__in=rows)
    return [
        f"{page}edit/", f"{page}people/",
        *(row.get_absolute_url() for row in rows),
        *(row.get_absolute_url() for row in files if hasattr(row, "get_absolute_url")),
        f"/admin/members/organisation/{organisation.pk}/change/",
        *(
            f"/admin/members/affiliation/{row.pk}/change/"
            for row in Affiliation.objects.filter(organisation=organisation).confirmed()
        ),
        *(f"/admin/theses/application/{row.pk}/change/" for row in rows),
    ]  # fmt: skip
