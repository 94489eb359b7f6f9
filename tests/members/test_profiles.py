"""An organisation's page is kept alive by its contact: logo, themes, confirmation."""

import datetime
import io
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from members.models import Organisation
from members.models.profiles import ASKED_AFTER, CONFIRMED_FOR
from members.pages import organisation as page
from members.services import organisations, profiles
from tests import factories


def ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


def picture(name="logo.png", colour="navy"):
    out = io.BytesIO()
    Image.new("RGB", (200, 120), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def edit_data(organisation, **values):
    return {
        "name": organisation.name, "kind": "company", "description": organisation.description,
        "version": organisation.updated_at.isoformat(), **values,
    }  # fmt: skip


def confirmed(organisation, days):
    Organisation.objects.filter(pk=organisation.pk).update(confirmed_on=ago(days))
    organisation.refresh_from_db()
    return organisation


# What the contact edits


def test_contact_writes_all_of_the_page_without_a_coordinator(client, lead, company):
    goal = Term.objects.get(scheme="sdg", code="sdg-11")
    data = edit_data(
        company, summary="Löydämme kadonneet.", languages=["fi", "sv"], terms=[goal.pk],
        activities=["rdi", "humanitarian"], website="https://sensoritekniikka.example",
    )  # fmt: skip
    client.force_login(lead)

    client.post(f"{company.get_absolute_url()}edit/", data)

    company.refresh_from_db()
    assert (company.summary, company.languages) == ("Löydämme kadonneet.", ["fi", "sv"])
    assert company.activities == ["rdi", "humanitarian"]
    assert list(company.terms.all()) == [goal]
    assert company.confirmed_on == timezone.localdate()
    shown = client.get(company.get_absolute_url()).content.decode().replace("\u00ad", "")
    assert "Humanitaarinen työ" in shown
    assert "SDG 11" in shown


@pytest.mark.parametrize(
    "values",
    [
        {"languages": ["xx"]},
        {"activities": ["war"]},
        {"summary": "TL IV suunnitelma"},
        {"summary": "Lue www.evil.fi"},
        {"summary": "x" * 161},
        {"name": "SALAINEN Oy"},
        {"website": "javascript:alert(1)"},
        {"terms": ["999999999999999999999"]},
        {"version": "ei"},
        {"version": "2026-01-01T00:00:00"},
    ],
)
def test_bad_input_is_refused_at_its_field(client, lead, company, values):
    client.force_login(lead)

    response = client.post(f"{company.get_absolute_url()}edit/", edit_data(company, **values))

    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(values)


def test_terms_that_the_form_does_not_offer_stay(lead, company):
    field = Term.objects.filter(scheme="education_field").first()
    task = Term.objects.filter(scheme="security_task").first()
    company.terms.add(field)

    organisations.edit_organisation(company, {}, by=lead, terms=[task])

    assert set(company.terms.all()) == {field, task}


def test_logo_saved_by_another_meanwhile_is_no_conflict(client, lead, company):
    client.force_login(lead)
    data = edit_data(company, description="Uusi.")
    client.post(f"{company.get_absolute_url()}logo/", {"logo": picture()})

    response = client.post(f"{company.get_absolute_url()}edit/", data)

    company.refresh_from_db()
    assert (response.status_code, company.description) == (302, "Uusi.")
    assert company.logo


def test_themes_are_searched_without_javascript_and_nothing_is_saved(client, lead, company):
    chosen = Term.objects.get(scheme="security_task", code="search")
    data = edit_data(company, description="Kesken.", terms=[chosen.pk], narrow="terms")
    client.force_login(lead)

    response = client.post(f"{company.get_absolute_url()}edit/", data | {"terms-words": "varavoi"})

    shown = response.content.decode()
    assert response.status_code == 200
    assert "Varavoima" in shown
    assert "Muonitus" not in shown
    assert f'value="{chosen.pk}"' in shown
    assert "Kesken." in shown
    company.refresh_from_db()
    assert company.description == ""


# The logo


def test_logo_is_shown_to_who_sees_the_organisation_and_to_nobody_else(client, lead, company):
    client.force_login(lead)
    client.post(f"{company.get_absolute_url()}logo/", {"logo": picture()})
    company.refresh_from_db()
    client.logout()

    answer = client.get(company.logo_url)
    Organisation.objects.update(visibility="members")

    assert answer["Content-Type"] == "image/webp"
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff", "default-src 'none'; sandbox",
    )  # fmt: skip
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (200, 200)
    assert client.get(company.logo_url).status_code == 404


def test_new_logo_takes_the_place_of_the_old(
    lead, company, django_capture_on_commit_callbacks, client
):
    client.force_login(lead)
    address = f"{company.get_absolute_url()}logo/"
    client.post(address, {"logo": picture()})
    old = Organisation.objects.get(pk=company.pk).logo

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"logo": picture(colour="red")})

    new = Organisation.objects.get(pk=company.pk).logo
    assert default_storage.exists(new)
    assert not default_storage.exists(old)
    client.post(f"{address}remove/")
    assert Organisation.objects.get(pk=company.pk).logo == ""


def test_logo_whose_file_is_gone_is_not_found(client, company):
    Organisation.objects.update(logo="logos/ei-ole.webp")

    assert client.get(f"{company.get_absolute_url()}logo.webp").status_code == 404


def test_drawing_that_is_a_program_is_no_logo(client, lead, company):
    client.force_login(lead)
    drawing = SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")

    response = client.post(f"{company.get_absolute_url()}logo/", {"logo": drawing})

    assert response.status_code == 422
    assert "logo.svg" in response.context["form"].errors["logo"][0]


@pytest.mark.parametrize("who", ["member", "outsider", "other_office"])
@pytest.mark.parametrize("path", ["logo/", "logo/remove/", "confirm/", "edit/"])
def test_others_change_nothing(client, request, company, who, path):
    client.force_login(request.getfixturevalue(who))

    assert client.post(f"{company.get_absolute_url()}{path}", {}).status_code == 404


# How well the facts are known


@pytest.mark.parametrize(
    ("days", "due", "stale"),
    [(0, False, False), (335, False, False), (336, True, False), (365, True, False),
     (366, True, True)],
)  # fmt: skip
def test_facts_grow_old(company, days, due, stale):
    confirmed(company, days)

    assert (company.is_due, company.is_stale) == (due, stale)
    assert Organisation.objects.stale().contains(company) == stale


def test_facts_that_nobody_confirmed_are_old_and_those_of_an_ended_one_are_not(company):
    assert Organisation.objects.stale().contains(company)

    Organisation.objects.update(valid_until=ago(1))

    assert not Organisation.objects.stale().exists()


@pytest.mark.parametrize("who", [None, "outsider", "member", "office"])
def test_reader_is_told_that_the_facts_are_old_and_never_asked(client, request, company, who):
    confirmed(company, 400)
    factories.affiliation(factories.user(), company, role="contact")
    if who:
        client.force_login(request.getfixturevalue(who))

    shown = client.get(company.get_absolute_url()).content.decode()

    assert "Tiedot vahvistettu" in shown
    assert "Vahvista tiedot" not in shown
    assert 'class="sure"' not in shown


def test_keeper_confirms_with_one_press(client, lead, company):
    confirmed(company, 400)
    client.force_login(lead)
    version = client.get(company.get_absolute_url()).context["sure"]["version"]

    client.post(f"{company.get_absolute_url()}confirm/", {"version": version})

    company.refresh_from_db()
    assert company.confirmed_on == timezone.localdate()
    assert audit.AuditEntry.objects.filter(action="facts confirmed", actor=lead).count() == 1


def test_what_somebody_changed_meanwhile_is_not_confirmed_unseen(lead, company, office):
    confirmed(company, 400)
    seen = company.updated_at
    organisations.edit_organisation(company, {"description": "Toinen."}, by=office)

    with pytest.raises(Refused):
        profiles.confirm_facts(company, by=lead, seen_version=seen)

    company.refresh_from_db()
    assert company.confirmed_on == ago(400)


def test_coordinator_confirms_nothing_in_an_organisations_name(company, office):
    with pytest.raises(Refused):
        profiles.confirm_facts(company, by=office, seen_version=company.updated_at)


@pytest.mark.parametrize(
    ("domain", "way"), [("firma.fi", "/ask/"), ("muu.fi", "/members/join/organisation/?q=")]
)
def test_page_without_a_keeper_can_be_claimed(client, outsider, domain, way):
    free = factories.organisation("Vapaa Oy", is_shadow=True, email_domains=[domain])
    outsider.emailaddress_set.create(email="o@firma.fi", verified=True)
    client.force_login(outsider)

    shown = client.get(free.get_absolute_url()).content.decode()

    assert 'data-state="free"' in shown
    assert way in shown


def test_page_with_a_contact_cannot_be_claimed(client, lead, company):
    assert 'data-state="free"' not in client.get(company.get_absolute_url()).content.decode()


# Asked once a year


def asked():
    return OutboxMail.objects.filter(kind=profiles.KIND)


@pytest.mark.parametrize(("days", "letters"), [(335, 0), (336, 1), (700, 1)])
def test_contact_is_asked_before_the_page_is_marked(lead, company, days, letters):
    confirmed(company, days)

    profiles.ask_to_confirm()

    assert [mail.recipient for mail in asked()] == [lead] * letters


def test_nobody_is_asked_twice_in_a_year(lead, company):
    confirmed(company, 400)

    assert [profiles.ask_to_confirm(), profiles.ask_to_confirm()] == [1, 0]
    Organisation.objects.update(confirmation_asked_on=ago(366))
    assert profiles.ask_to_confirm() == 1


@pytest.mark.parametrize(
    "values", [{"valid_until": ago(1)}, {"confirmed_on": None}, {"confirmed_on": ago(10)}]
)
def test_ended_new_and_fresh_ones_are_not_asked(lead, company, values):
    Organisation.objects.update(**{"confirmed_on": ago(400), **values})

    assert profiles.ask_to_confirm() == 0


def test_organisation_without_a_contact_is_not_asked(company, member):
    confirmed(company, 400)

    assert profiles.ask_to_confirm() == 0


@pytest.fixture
def link(lead, company):
    confirmed(company, 400)
    profiles.ask_to_confirm()
    return profiles.confirmation_path(company.pk, lead.pk, str(timezone.localdate()))


def test_letter_holds_a_link_that_works(client, link, company):
    text = letter(asked().get()).text

    path = re.search(r"/members/confirm/[^/\s]+/", text).group()
    assert client.get(path).context["organisation"] == company
    assert company.name in text


def test_link_shows_the_facts_and_changes_nothing(client, link, company):
    response = client.get(link)

    company.refresh_from_db()
    assert response.context["organisation"] == company
    assert company.confirmed_on == ago(400)


def test_press_confirms_without_signing_in_and_the_link_dies(client, link, lead, company):
    version = client.get(link).context["version"]

    done = client.post(link, {"version": version})

    company.refresh_from_db()
    assert done.status_code == 200
    assert company.confirmed_on == timezone.localdate()
    assert audit.AuditEntry.objects.get(action="facts confirmed").actor == lead
    assert client.get(link).status_code == 404


def test_press_on_facts_that_changed_meanwhile_shows_them_anew(client, link, company, office):
    version = client.get(link).context["version"]
    organisations.edit_organisation(company, {"description": "Toinen."}, by=office)

    response = client.post(link, {"version": version})

    company.refresh_from_db()
    assert company.confirmed_on == ago(400)
    assert response.context["fault"]
    assert response.context["organisation"].description == "Toinen."


def test_link_is_useless_once_the_role_or_the_time_is_over(client, link, lead, company):
    Organisation.objects.update(confirmation_asked_on=ago(61))
    old = profiles.confirmation_path(company.pk, lead.pk, str(ago(61)))
    assert client.get(old).status_code == 404
    Organisation.objects.update(confirmation_asked_on=timezone.localdate())
    assert client.get(link).status_code == 200

    lead.affiliations.update(role="member")

    assert client.get(link).status_code == 404


def test_forged_and_broken_links_are_not_found(client, link, company):
    other = factories.organisation()
    forged = link[:-3] + "ab/"
    elsewhere = reverse("members:organisation_confirm_by_link", args=["x"])

    assert [client.get(each).status_code for each in (forged, elsewhere)] == [404, 404]
    assert other.confirmed_on is None


def test_limits_leave_time_to_answer():
    assert ASKED_AFTER + datetime.timedelta(days=30) == CONFIRMED_FOR


# What the page never shows


def test_nameless_colleague_is_shown_by_role_and_never_by_address(client, company, member):
    nameless = factories.user("salattu@example.org", first_name="", last_name="")
    factories.affiliation(nameless, company, role="contact")
    client.force_login(member)

    shown = client.get(company.get_absolute_url()).content.decode()

    assert "salattu@example.org" not in shown
    assert "yhteyshenkilö" in shown.lower()


def test_commitment_and_enquiries_are_for_those_who_look_after_the_page(
    company, lead, office, member, outsider
):
    company.memberships.update(values_accepted_at=timezone.now())
    audit.record(company, "contact request", by=outsider)

    def shown(user):
        values = page.values(company.slug, user)
        return values.get("values_accepted_on"), values.get("enquiries", {}).get("total")

    today = timezone.localdate()
    assert [shown(user) for user in (lead, office)] == [(today, 1), (today, None)]
    assert [shown(user) for user in (member, outsider, AnonymousUser())] == [(None, None)] * 3
