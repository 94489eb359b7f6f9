import pytest

from members.models import Membership, Organisation
from members.services import applications
from tests import factories
from tests.members.factories import draft, submitted


def organisation_data(cluster, **values):
    return {
        "cluster": cluster.pk, "name": "Lomakkeen Yritys Oy", "kind": "company",
        "business_id": "FI 12345671", "motive": "Haluamme mukaan.", "expectations": ["learning"],
        "values_accepted": "on", **values,
    }  # fmt: skip


ORGANISATION, PERSON = "/members/join/organisation/", "/members/join/person/"


def test_visitor_is_led_to_sign_in_and_back(client, db):
    response = client.get(ORGANISATION)

    assert response["Location"] == f"/accounts/login/?next={ORGANISATION}"


def test_visitor_sees_what_joining_is(client, home_cluster):
    page = client.get("/members/join/").content.decode()

    assert home_cluster.name_fi in page
    assert "/accounts/signup/?next=%2Fmembers%2Fjoin%2F" in page


def test_organisation_applies(client, outsider, home_cluster):
    client.force_login(outsider)

    response = client.post(ORGANISATION, organisation_data(home_cluster))

    made = Membership.objects.get()
    assert response["Location"] == made.get_absolute_url()
    assert (made.stage, made.organisation.business_id) == ("submitted", "1234567-1")


def test_person_applies(client, outsider, home_cluster):
    client.force_login(outsider)

    client.post(PERSON, organisation_data(home_cluster))

    assert (Membership.objects.get().person, Membership.objects.get().stage) == (
        outsider,
        "submitted",
    )


def test_draft_needs_little_and_goes_on_later(client, outsider, home_cluster):
    client.force_login(outsider)
    data = {"cluster": home_cluster.pk, "name": "Kesken Oy", "kind": "company", "save": "1"}

    response = client.post(ORGANISATION, data)
    page = client.get(response["Location"]).content.decode()

    assert Membership.objects.get().stage == "draft"
    assert "Kesken Oy" in page


def test_sending_needs_everything(client, outsider, home_cluster):
    client.force_login(outsider)

    response = client.post(ORGANISATION, {})

    wanted = {"cluster", "name", "kind", "motive", "expectations", "values_accepted"}
    assert set(response.context["form"].errors) == wanted
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("business_id", "1029258-1"),
        ("business_id", "١٢٣٤٥٦٧"),
        ("website", "javascript:alert(1)"),
        ("website", "data:text/html,x"),
        ("motive", "Liite TL III"),
        ("motive", "x" * 3001),
        ("name", "x" * 201),
        ("kind", "club"),
        ("cluster", "9" * 30),
        ("region", "-1"),
        ("expectations", ["everything"]),
        ("interests", ["x"]),
        ("representative_email", "a@b@c"),
    ],
)
def test_bad_input_is_a_field_error_and_nothing_is_written(
    client, outsider, home_cluster, field, value
):
    client.force_login(outsider)

    response = client.post(ORGANISATION, {**organisation_data(home_cluster), field: value})

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert not Organisation.objects.exists()


def test_nul_in_a_form_is_a_bad_request(client, outsider, home_cluster):
    client.force_login(outsider)

    response = client.post(ORGANISATION, organisation_data(home_cluster, name="a\x00b"))

    assert response.status_code == 400


def test_script_and_direction_marks_are_shown_harmless(client, outsider, home_cluster):
    client.force_login(outsider)
    hostile = organisation_data(
        home_cluster,
        name="<script>alert(1)</script>\u202egpj",
        motive="**x** <img src=x onerror=y>",
    )

    response = client.post(ORGANISATION, hostile, follow=True)

    page = response.content.decode()
    assert "<script>alert(1)" not in page
    assert "\u202e" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("extra", ["stage", "applicant", "since", "decided_by", "person"])
def test_fields_beyond_the_form_are_ignored(client, outsider, admin_user, home_cluster, extra):
    client.force_login(outsider)

    client.post(ORGANISATION, organisation_data(home_cluster, **{extra: admin_user.pk}))

    made = Membership.objects.get()
    assert (made.stage, made.applicant, made.since, made.person) == (
        "submitted",
        outsider,
        None,
        None,
    )


def test_sending_twice_is_one_application(client, outsider, home_cluster):
    client.force_login(outsider)
    for _press in range(2):
        client.post(ORGANISATION, organisation_data(home_cluster))

    assert Membership.objects.pending().count() == 1


@pytest.mark.parametrize("who", ["outsider", "member", "lead", "other_office"])
@pytest.mark.parametrize("page", ["", "edit/", "reply/", "withdraw/"])
def test_foreign_application_has_no_page(
    client, request, home_cluster, who, page, django_user_model
):
    made = submitted(factories.user(), home_cluster)
    client.force_login(request.getfixturevalue(who))
    address = made.get_absolute_url() + page

    response = client.post(address) if page in {"reply/", "withdraw/"} else client.get(address)

    assert response.status_code == 404


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_status_page_says_whose_turn_it_is_and_takes_the_answer(
    client, outsider, office, home_cluster, prefix
):
    made = submitted(outsider, home_cluster)
    applications.ask(made, by=office, question="Kuka edustaa teitä?")
    client.force_login(outsider)
    address = f"{prefix}/members/applications/{made.public_id}/"

    page = client.get(address)
    client.post(f"{address}reply/", {"reason": "Minä."})

    assert "Kuka edustaa teitä?" in page.content.decode()
    made.refresh_from_db()
    assert (made.stage, made.answer) == ("in_review", "Minä.")


def test_status_page_does_not_name_the_coordinator(client, outsider, office, home_cluster):
    made = submitted(outsider, home_cluster)
    applications.reject(made, by=office, reason="Ei vielä.")
    client.force_login(outsider)

    page = client.get(made.get_absolute_url()).content.decode()

    assert "Ei vielä." in page
    assert office.last_name not in page


def test_application_is_withdrawn_by_post_only(client, outsider, home_cluster):
    made = draft(outsider, home_cluster)
    client.force_login(outsider)
    address = f"{made.get_absolute_url()}withdraw/"

    assert client.get(address).status_code == 405
    client.post(address)

    assert Membership.objects.get().stage == "withdrawn"


def edit_data(organisation, **values):
    return {
        "name": organisation.name, "kind": "company", "description": "Uusi kuvaus.",
        "version": organisation.updated_at.isoformat(), **values,
    }  # fmt: skip


def test_contact_edits_her_organisation(client, lead, company):
    client.force_login(lead)

    client.post(f"{company.get_absolute_url()}edit/", edit_data(company, email_domains="firma.fi"))

    company.refresh_from_db()
    assert (company.description, company.email_domains) == ("Uusi kuvaus.", ["firma.fi"])


def test_second_of_two_editors_sees_the_conflict(client, lead, company):
    client.force_login(lead)
    stale = edit_data(company, description="Toinen.")
    client.post(f"{company.get_absolute_url()}edit/", edit_data(company))

    response = client.post(f"{company.get_absolute_url()}edit/", stale)

    company.refresh_from_db()
    assert company.description == "Uusi kuvaus."
    assert response.context["form"].non_field_errors()


@pytest.mark.parametrize("page", ["edit/", "people/"])
@pytest.mark.parametrize("who", ["member", "outsider", "other_office"])
def test_others_have_no_pages_of_the_organisation(client, request, company, who, page):
    client.force_login(request.getfixturevalue(who))

    assert client.get(f"{company.get_absolute_url()}{page}").status_code == 404


@pytest.mark.parametrize("values", [{"slug": "x"}, {"visibility": "private"}, {"is_shadow": "on"}])
def test_contact_cannot_write_more_than_the_form(client, lead, company, values):
    client.force_login(lead)

    client.post(f"{company.get_absolute_url()}edit/", edit_data(company, **values))

    company.refresh_from_db()
    assert (company.slug, company.visibility, company.is_shadow) == ("esimerkki", "public", False)
