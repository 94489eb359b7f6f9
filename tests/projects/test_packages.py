"""A project's package, business outcomes as sums, funding as charts."""

import io
import re
import uuid
import zipfile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from projects.forms.outcomes import TransferForm
from projects.models import BusinessOutcome, ProjectLegacy, TransferItem
from projects.pages import outcomes as page
from projects.services.budgets import save_budget
from projects.services.outcomes import OTHERS, Group, groups, remove_outcome, tell_outcome
from projects.services.packages import fitting, save_legacy, save_transfer
from tests import factories
from tests.projects import factories as make


@pytest.fixture
def project(home_cluster, company):
    return make.project(home_cluster, organisation=company, stage="closing")


def item(**values):
    return {
        "what": "Tiedonjakoalusta", "organisation": None, "other_owner": "", "on": None,
        "funding": "", "state": "open", "form_key": uuid.uuid4(), **values,
    }  # fmt: skip


def seen_of(page):
    return re.search(r'name="seen" value="([^"]*)"', page.content.decode())[1]


def unpacked(client, project):
    response = client.get(reverse("projects:package_zip", args=[project.slug]))
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_package_holds_what_the_reader_sees(client, project, home_cluster, company, member):
    shown = make.result(home_cluster, organisation=company, project=project)
    hidden = make.result(home_cluster, organisation=company, project=project, visibility="private")
    for result in (shown, hidden):
        make.result_file(result)

    public = unpacked(client, project)

    assert f"{shown.label}-{shown.slug}/index.html" in public.namelist()
    assert [name for name in public.namelist() if hidden.slug in name] == []
    assert len([name for name in public.namelist() if name.endswith(".pdf")]) == 1
    index = public.read("index.html").decode()
    assert (shown.title in index, hidden.title in index) == (True, False)
    client.force_login(member)
    assert [name for name in unpacked(client, project).namelist() if hidden.slug in name]


def test_file_that_does_not_fit_is_named_in_the_index(
    client, project, home_cluster, company, monkeypatch
):
    monkeypatch.setattr("projects.services.packages.VISITORS_BYTES", 10)
    make.result_file(make.result(home_cluster, organisation=company, project=project))

    packed = unpacked(client, project)

    assert [name for name in packed.namelist() if name.endswith(".pdf")] == []
    assert "raportti.pdf" in packed.read("index.html").decode()


def test_page_shows_operating_model_transfers_and_promises(client, project, lead, company):
    save_legacy(project, {"operating_model": "Liitto jatkaa.", "summary": "Hyvin."}, by=lead)
    save_transfer(project, item(organisation=company, state="agreed"), by=lead)

    content = client.get(reverse("projects:package", args=[project.slug])).content.decode()

    assert "Liitto jatkaa." in content
    assert "Tiedonjakoalusta" in content
    assert company.title in content


def test_two_editors_of_an_operating_model(project, lead):
    values = {"operating_model": "Ensin.", "summary": ""}
    first = save_legacy(project, values, by=lead)
    save_legacy(project, {**values, "operating_model": "Toinen."}, by=lead, seen=first.stamp)

    with pytest.raises(Refused):
        save_legacy(project, values, by=lead, seen=first.stamp)


def test_two_who_both_begin_an_operating_model_from_nothing(client, project, lead):
    client.force_login(lead)
    address = reverse("projects:package_edit", args=[project.slug])
    began = seen_of(client.get(address))
    save_legacy(project, {"operating_model": "Toisen malli."}, by=lead, seen=began)
    mine = {"operating_model": "Oma malli."}

    mistaken = client.post(address, {"operating_model": "TL IV suunnitelma", "seen": began})
    refused = client.post(address, {**mine, "seen": seen_of(mistaken)})
    kept = ProjectLegacy.objects.get().operating_model
    saved = client.post(address, {**mine, "seen": seen_of(refused)})

    assert [page.status_code for page in (mistaken, refused, saved)] == [422, 422, 302]
    assert kept == "Toisen malli."
    assert "Toisen malli." in refused.content.decode()
    assert ProjectLegacy.objects.get().operating_model == "Oma malli."


def test_first_operating_model_that_is_sent_twice_is_saved(client, project, lead):
    client.force_login(lead)
    address = reverse("projects:package_edit", args=[project.slug])
    sent = {"operating_model": "Malli.", "seen": seen_of(client.get(address))}

    assert [client.post(address, sent).status_code for _press in range(2)] == [302, 302]


def test_transfer_is_added_once_and_needs_an_owner_to_be_agreed(client, project, lead):
    client.force_login(lead)
    address = reverse("projects:transfer_add", args=[project.slug])
    data = {**item(), "organisation": "", "on": ""}

    client.post(address, data)
    client.post(address, data)
    refused = client.post(address, {**data, "state": "done", "form_key": uuid.uuid4()})

    assert TransferItem.objects.get().what == "Tiedonjakoalusta"
    assert set(refused.context["form"].errors) == {"organisation"}


def test_two_who_change_the_same_thing_to_hand_over(client, project, lead):
    client.force_login(lead)
    thing = save_transfer(project, item(), by=lead)
    address = reverse("projects:transfer_edit", args=[project.slug, thing.public_id])
    began = seen_of(client.get(address))
    mine = {**item(funding="Omaa rahaa"), "organisation": "", "on": ""}
    save_transfer(project, item(funding="Hankerahaa"), by=lead, item=thing, seen=began)

    refused = client.post(address, {**mine, "seen": began})
    kept = TransferItem.objects.get().funding
    saved = client.post(address, {**mine, "seen": seen_of(refused)})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert kept == "Hankerahaa"
    assert "Hankerahaa" in refused.content.decode()
    assert TransferItem.objects.get().funding == "Omaa rahaa"


@pytest.mark.parametrize(
    ("who", "may"), [("lead", True), ("office", True), ("member", False), ("other_lead", False)]
)
def test_who_writes_what_a_project_leaves_behind(who, may, project, cast):
    values = {"operating_model": "Malli.", "summary": ""}
    if may:
        assert save_legacy(project, values, by=cast[who]).operating_model == "Malli."
    else:
        with pytest.raises(Refused):
            save_legacy(project, values, by=cast[who])


def test_groups_of_fewer_than_five_organisations_are_told_together():
    told = [("product", owner, 1) for owner in range(5)]
    told += [("patent", owner, 2) for owner in range(2)]
    told += [("contract", owner, 1) for owner in range(7)]

    found = groups(told)

    assert found == [Group("contract", 7, 7), Group(OTHERS, 9, 5)]


def test_nothing_is_told_of_fewer_than_five_organisations():
    assert groups([("product", owner, 1) for owner in range(4)]) == []


def test_outcomes_are_seen_one_by_one_by_the_own_side_alone(cast, home_cluster, company):
    row = make.outcome(home_cluster, company)

    seen = {who for who, user in cast.items() if BusinessOutcome.objects.visible_to(user).exists()}

    assert seen == {"member", "lead", "office", "admin"}
    assert [one["title"] for one in page.outcome_values(cast["other_lead"])["own"]] == []
    with pytest.raises(Refused):
        remove_outcome(row, by=cast["other_lead"])


def test_member_tells_an_outcome_once(client, member, company):
    client.force_login(member)
    address = reverse("projects:outcome_tell")
    form = client.get(address).context["form"]
    data = {
        "organisation": company.pk, "kind": "contract", "year": form.initial["year"], "count": 2,
        "value": "small", "form_key": form.initial["form_key"],
    }  # fmt: skip

    client.post(address, data)
    client.post(address, data)

    assert BusinessOutcome.objects.get().count == 2


def test_outcome_of_another_organisation_or_of_a_year_to_come_is_refused(
    client, member, other_lead
):
    neighbour = other_lead.affiliations.get().organisation
    values = {"organisation": neighbour, "kind": "product", "year": 2026, "form_key": uuid.uuid4()}
    with pytest.raises(Refused):
        tell_outcome(values, by=member)
    client.force_login(member)
    response = client.post(reverse("projects:outcome_tell"), {"year": 2999})

    assert "year" in response.context["form"].errors


def test_charts_appear_once_five_organisations_have_told(client, home_cluster):
    for number in range(5):
        owner = factories.organisation(f"Yritys {number} Oy")
        if number == 4:
            assert page.outcome_values(AnonymousUser())["charts"] == []
        make.outcome(home_cluster, owner)

    charts = page.outcome_values(AnonymousUser())["charts"]

    assert charts[0]["rows"] == [["Uusi tuote tai palvelu", "5"]]
    assert client.get(reverse("projects:outcomes")).status_code == 200


def test_funding_counts_the_budgets_that_the_reader_may_open(client, project, cast):
    save_budget(project, make.seed_plan(is_public=False), by=None)

    assert page.funding_values(cast["other_lead"])["charts"] == []
    sources = page.funding_values(cast["lead"])["charts"][0]["rows"]
    assert sources[0][1].replace("\xa0", " ") == "362 934 €"
    assert client.get(reverse("projects:funding")).status_code == 200


def test_outcome_of_the_year_that_goes_on_is_in_no_sum(home_cluster):
    for number in range(5):
        owner = factories.organisation(f"Yritys {number} Oy")
        make.outcome(home_cluster, owner, year=timezone.localdate().year)

    assert page.outcome_values(AnonymousUser())["charts"] == []


def test_coordinator_enters_outcomes_of_own_organisations_alone(
    client, settings, home_cluster, company, other_office, other_cluster
):
    settings.DEMO = True
    client.force_login(other_office)
    form = {"home_cluster": other_cluster.pk, "organisation": company.pk, "kind": "product",
            "year": 2024, "count": 1, "value": "unknown", "note": ""}  # fmt: skip

    answer = client.post(reverse("admin:projects_businessoutcome_add"), form)

    assert "organisation" in answer.context["adminform"].errors
    assert not BusinessOutcome.objects.exists()


def test_archive_of_a_visitor_is_smaller(home_cluster, company, monkeypatch):
    monkeypatch.setattr("projects.services.packages.VISITORS_BYTES", 10)
    files = [make.result_file(make.result(home_cluster, organisation=company))]

    assert fitting(files) == (files, [])
    assert fitting(files, is_visitor=True) == ([], files)


def test_package_is_made_once_at_a_time_for_each_person(client, project, member, lead):
    address = reverse("projects:package_zip", args=[project.slug])
    client.force_login(member)
    running = client.get(address)

    assert client.get(address).status_code == 429
    client.force_login(lead)
    assert unpacked(client, project)
    client.force_login(member)
    assert b"".join(running.streaming_content)
    assert unpacked(client, project)


def test_transfer_keeps_an_owner_who_is_seen_no_more(project, lead):
    gone = factories.organisation("Piilotettu Oy", visibility="private")
    thing = save_transfer(project, item(organisation=gone, state="agreed"), by=lead)

    form = TransferForm(user=lead, item=thing)

    assert gone in form.fields["organisation"].queryset
    assert gone not in TransferForm(user=lead).fields["organisation"].queryset
