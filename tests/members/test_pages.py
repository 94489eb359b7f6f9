import pytest

from members.models import Membership, Organisation
from members.services import applications
from tests import factories
from tests.members.factories import draft, submitted

FACTS = {"name": "Lomakkeen Yritys Oy", "kind": "company", "business_id": "FI 12345671"}
FIND, NEW = "/members/join/organisation/", "/members/join/organisation/new/"
PERSON = "/members/join/person/"


def wishes(cluster, **values):
    return {
        "cluster": cluster.pk, "motive": "Haluamme mukaan.", "expectations": ["learning"],
        "values_accepted": "on", **values,
    }  # fmt: skip


def describe(client, **values):
    """The step of a new organisation; the address of the application's form."""
    return client.post(NEW, {**FACTS, **values})["Location"]


@pytest.mark.parametrize("page", [FIND, NEW, PERSON])
def test_visitor_is_led_to_sign_in_and_back(client, db, page):
    assert client.get(page)["Location"] == f"/accounts/login/?next={page}"


def test_visitor_sees_what_joining_is_and_signs_up_first(client, home_cluster):
    page = client.get("/members/join/").content.decode()

    assert home_cluster.name_fi in page
    assert f'href="/accounts/signup/?next={FIND.replace("/", "%2F")}"' in page
    assert 0 < page.index("/accounts/signup/?next=") < page.index("/accounts/login/?next=")


def test_new_organisation_applies(client, outsider, home_cluster):
    client.force_login(outsider)
    form = describe(client)

    response = client.post(form, wishes(home_cluster))

    made = Membership.objects.get()
    assert response["Location"] == made.get_absolute_url()
    assert (made.stage, made.organisation.business_id) == ("submitted", "1234567-1")
    assert made.values_accepted_at is not None


def test_known_organisation_is_found_chosen_and_not_asked_its_facts(client, outsider, home_cluster):
    known = factories.organisation("Tunnettu Turva Oy")
    client.force_login(outsider)
    assert "Tunnettu Turva Oy" in client.get(FIND, {"q": "turva"}).content.decode()

    form = client.post(FIND, {"organisation": known.slug})["Location"]
    page = client.get(form)
    client.post(form, wishes(home_cluster))

    made = Membership.objects.get()
    assert "business_id" not in page.context["form"].fields
    assert (made.organisation, made.stage) == (known, "submitted")


def test_member_organisation_is_found_and_not_offered(client, outsider, company):
    client.force_login(outsider)

    page = client.get(FIND, {"q": company.name})

    assert [(row["organisation"], row["is_open"]) for row in page.context["rows"]] == [
        (company, False)
    ]
    assert f'value="{company.slug}"' not in page.content.decode()


def test_member_of_one_cluster_is_offered_the_other_only(
    client, outsider, company, home_cluster, other_cluster
):
    client.force_login(outsider)

    form = client.post(FIND, {"organisation": company.slug})["Location"]

    assert list(client.get(form).context["form"].fields["cluster"].queryset) == [other_cluster]


@pytest.mark.parametrize("stage", ["submitted", "in_review", "accepted", "active"])
def test_organisation_bound_meanwhile_is_a_sentence_at_the_field(
    client, outsider, home_cluster, other_cluster, stage
):
    """Nothing typed is lost, whether the form knows it or the service finds it out."""
    known = factories.organisation("Tunnettu Turva Oy")
    client.force_login(outsider)
    form = client.post(FIND, {"organisation": known.slug})["Location"]
    factories.membership(known, home_cluster, stage=stage)

    response = client.post(form, wishes(home_cluster, motive="Tätä ei saa hukata."))

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["cluster"])
    assert "Tätä ei saa hukata." in response.content.decode()
    assert Membership.objects.get(applicant=outsider).stage == "draft"


def test_twin_sent_by_somebody_else_meanwhile_is_a_sentence_at_the_field(
    client, outsider, home_cluster
):
    client.force_login(outsider)
    form = describe(client)
    submitted(factories.user(), home_cluster, name=FACTS["name"], business_id="1234567-1")

    response = client.post(form, wishes(home_cluster, motive="Tätä ei saa hukata."))

    assert (response.status_code, list(response.context["form"].errors)) == (200, ["cluster"])
    assert "Tätä ei saa hukata." in response.content.decode()


def test_choosing_an_organisation_bound_meanwhile_shows_how_it_is(client, outsider, company):
    client.force_login(outsider)

    page = client.post(FIND, {"organisation": company.slug}, follow=True)

    assert not page.context["rows"][0]["is_open"]
    assert not Membership.objects.filter(applicant=outsider).exists()


def test_search_of_organisations_is_returned_alone_to_htmx(client, outsider, company):
    client.force_login(outsider)

    rows = client.get(FIND, {"q": company.name}, headers={"hx-request": "true"}).content.decode()

    assert company.name in rows
    assert "<html" not in rows


@pytest.mark.parametrize("visibility", ["private", "members", "cluster"])
def test_hidden_organisation_is_neither_found_nor_chosen(
    client, outsider, home_cluster, visibility
):
    hidden = factories.organisation("Salainen Oy", visibility=visibility)
    client.force_login(outsider)

    assert client.get(FIND, {"q": "Salainen"}).context["rows"] == []
    assert client.post(FIND, {"organisation": hidden.slug}).status_code == 404
    assert describe(client, name="Salainen Oy").endswith("/edit/")


@pytest.mark.parametrize(
    "name", ["TUNNETTU turva", "Tunnettu Turv\u0430 Oy", "Oy Tunnettu Turva Ab"]
)
def test_likely_double_must_be_decided(client, outsider, home_cluster, name):
    known = factories.organisation("Tunnettu Turva Oy")
    client.force_login(outsider)

    asked = client.post(NEW, {**FACTS, "name": name})
    form = describe(client, name=name, says_another="on")
    client.post(form, wishes(home_cluster))

    assert (asked.context["form"].doubles, list(asked.context["form"].errors)) == (
        [known],
        ["name"],
    )
    assert f'value="{known.slug}"' in asked.content.decode()
    assert Membership.objects.get().organisation.name == name
    assert Membership.objects.get().says_another


def test_person_applies(client, outsider, home_cluster):
    client.force_login(outsider)

    client.post(PERSON, wishes(home_cluster))

    assert (Membership.objects.get().person, Membership.objects.get().stage) == (
        outsider,
        "submitted",
    )


def test_draft_needs_little_and_goes_on_later(client, outsider, home_cluster):
    client.force_login(outsider)
    form = describe(client, name="Kesken Oy")

    response = client.post(form, {"cluster": home_cluster.pk, "values_accepted": "on", "save": "1"})
    page = client.get(response["Location"])

    assert Membership.objects.get().stage == "draft"
    assert "Kesken Oy" in page.content.decode()
    assert page.context["form"].initial["values_accepted"]


def test_facts_of_a_draft_are_edited_and_keep_its_wishes(client, outsider, home_cluster):
    client.force_login(outsider)
    form = describe(client, name="Kesken Oy")
    client.post(form, wishes(home_cluster, save="1"))

    client.post(form.replace("/edit/", "/organisation/"), {**FACTS, "name": "Valmis Oy"})

    made = Membership.objects.get()
    assert (made.organisation.name, made.motive) == ("Valmis Oy", "Haluamme mukaan.")


def test_sending_needs_everything_and_says_so(client, outsider, home_cluster):
    client.force_login(outsider)

    facts, application = client.post(NEW, {}), client.post(PERSON, {})

    assert set(facts.context["form"].errors) == {"name", "kind"}
    wanted = {"cluster", "motive", "expectations", "values_accepted"}
    assert set(application.context["form"].errors) == wanted
    assert application.content.decode().count("(pakollinen)") == len(wanted)
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("business_id", "1029258-1"),
        ("business_id", "١٢٣٤٥٦٧"),
        ("website", "javascript:alert(1)"),
        ("website", "data:text/html,x"),
        ("name", "x" * 201),
        ("kind", "club"),
        ("region", "-1"),
    ],
)
def test_bad_fact_is_a_field_error_and_nothing_is_written(
    client, outsider, home_cluster, field, value
):
    client.force_login(outsider)

    response = client.post(NEW, {**FACTS, field: value})

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("motive", "Liite TL III"),
        ("motive", "x" * 3001),
        ("cluster", "9" * 30),
        ("expectations", ["everything"]),
        ("interests", ["x"]),
        ("representative_email", "a@b@c"),
    ],
)
def test_bad_wish_is_a_field_error_and_nothing_is_sent(
    client, outsider, home_cluster, field, value
):
    client.force_login(outsider)
    form = describe(client)

    response = client.post(form, {**wishes(home_cluster), field: value})

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert Membership.objects.get().stage == "draft"


def test_nul_in_a_form_is_a_bad_request(client, outsider, home_cluster):
    client.force_login(outsider)

    assert client.post(NEW, {**FACTS, "name": "a\x00b"}).status_code == 400


def test_script_and_direction_marks_are_shown_harmless(client, outsider, home_cluster):
    client.force_login(outsider)
    form = describe(client, name="<script>alert(1)</script>\u202egpj")

    hostile = wishes(home_cluster, motive="**x** <img src=x onerror=y>")
    response = client.post(form, hostile, follow=True)

    page = response.content.decode()
    assert "<script>alert(1)" not in page
    assert "\u202e" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize("extra", ["stage", "applicant", "since", "decided_by", "person"])
def test_fields_beyond_the_form_are_ignored(client, outsider, admin_user, home_cluster, extra):
    client.force_login(outsider)
    form = describe(client, **{extra: admin_user.pk})

    client.post(form, wishes(home_cluster, **{extra: admin_user.pk}))

    made = Membership.objects.get()
    assert (made.stage, made.applicant, made.since, made.person) == (
        "submitted",
        outsider,
        None,
        None,
    )


def test_sending_twice_is_one_application(client, outsider, home_cluster):
    client.force_login(outsider)
    form = describe(client)
    answers = [client.post(form, wishes(home_cluster)) for _press in range(2)]

    made = Membership.objects.get()
    assert made.stage == "submitted"
    assert {answer["Location"] for answer in answers} == {made.get_absolute_url()}


def test_describing_twice_is_one_draft(client, outsider, home_cluster):
    client.force_login(outsider)

    assert describe(client) == describe(client)
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("who", ["outsider", "member", "lead", "other_office"])
@pytest.mark.parametrize("page", ["", "edit/", "organisation/", "reply/", "withdraw/"])
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
    conflict = {(row["saved"], row["yours"]) for row in response.context["conflict"]}
    assert (response.status_code, conflict) == (409, {("Uusi kuvaus.", "Toinen.")})


def test_who_has_seen_the_conflict_may_save_over_it(client, lead, company):
    client.force_login(lead)
    stale = edit_data(company, description="Toinen.")
    client.post(f"{company.get_absolute_url()}edit/", edit_data(company))
    shown = client.post(f"{company.get_absolute_url()}edit/", stale)

    again = {**stale, "version": shown.context["form"]["version"].value()}
    client.post(f"{company.get_absolute_url()}edit/", again)

    company.refresh_from_db()
    assert company.description == "Toinen."


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
