"""Every registered admin, for whoever should see nothing of it (TRUST 18-22)."""

import datetime
import html
import re

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cluster_portal.celery import app as celery_app
from cluster_portal.core.imports import jobs
from cluster_portal.core.imports.jobs import ImportJob
from members.models import Affiliation, Coordinator, Membership, Organisation, User
from tests import factories
from tests.members.factories import submitted

PORTAL_APPS = {
    "members",
    "surveys",
    "projects",
    "theses",
    "events",
    "knowledge",
    "notifications",
    "core",
}
admin.autodiscover()
REGISTERED = sorted(
    (model._meta.app_label, model._meta.model_name)
    for model in admin.site._registry
    if model._meta.app_label in PORTAL_APPS
)


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def no_permissions(db):
    """Staff who coordinates nothing."""
    return factories.user("staff@example.org", is_staff=True)


@pytest.fixture
def secrets(home_cluster, company, lead):
    """Things of the home cluster that nobody elsewhere may learn of."""
    hidden = factories.organisation(
        "KANARIA-ORGANISAATIO", visibility="private", introduced_by=home_cluster,
        municipality="KANARIA-KUNTA",
    )  # fmt: skip
    applicant = factories.user("kanaria@example.org", first_name="KANARIA", last_name="HAKIJA")
    made = submitted(applicant, home_cluster, name="KANARIA-HAKEMUS")
    return {"organisation": hidden, "membership": made, "user": applicant,
            "affiliation": lead.affiliations.get()}  # fmt: skip


@pytest.mark.parametrize(("app", "model"), REGISTERED)
def test_lists_and_forms_show_nothing_of_another_cluster(client, other_office, secrets, app, model):
    client.force_login(other_office)

    for page in ("changelist", "add"):
        response = client.get(reverse(f"admin:{app}_{model}_{page}"))
        assert response.status_code in {200, 302, 403}  # a membership has a page of its own
        assert b"KANARIA" not in response.content


@pytest.mark.parametrize(("app", "model"), REGISTERED)
def test_staff_without_permissions_see_no_list(client, no_permissions, secrets, app, model):
    client.force_login(no_permissions)

    for page in ("changelist", "add"):
        assert client.get(reverse(f"admin:{app}_{model}_{page}")).status_code in {302, 403}


# Their rows stand on the page of their questionnaire, where their lists lead.
WITHIN_A_PAGE = {("surveys", "question"), ("surveys", "section")}


@pytest.mark.parametrize(("app", "model"), sorted({*REGISTERED} - WITHIN_A_PAGE))
def test_coordinator_and_administrator_open_every_list(
    client, office, admin_user, secrets, app, model
):
    client.force_login(admin_user)
    assert client.get(reverse(f"admin:{app}_{model}_changelist")).status_code == 200
    client.force_login(office)
    assert client.get(reverse(f"admin:{app}_{model}_changelist")).status_code in {200, 403}


KINDS = ("organisation", "membership", "user", "affiliation")


@pytest.mark.parametrize("who", ["other_office", "no_permissions"])
@pytest.mark.parametrize("page", ["change", "history", "delete"])
@pytest.mark.parametrize("kind", KINDS)
def test_foreign_object_has_no_page(client, request, secrets, who, page, kind):
    client.force_login(request.getfixturevalue(who))

    response = client.get(reverse(f"admin:members_{kind}_{page}", args=[secrets[kind].pk]))

    assert response.status_code in {302, 403, 404}
    assert b"KANARIA" not in response.content
    assert "kanaria" not in response.get("Location", "").lower()


def test_route_that_tells_addresses_is_gone(client, no_permissions, secrets):
    client.force_login(no_permissions)

    assert client.get(f"/admin/r/1/{secrets['organisation'].pk}/").status_code == 404


@pytest.mark.parametrize("q", ["KANARIA", "kanaria@example.org"])
@pytest.mark.parametrize("kind", KINDS)
def test_search_of_the_admin_finds_own_cluster_only(client, other_office, secrets, kind, q):
    client.force_login(other_office)

    response = client.get(reverse(f"admin:members_{kind}_changelist"), {"q": q})

    assert response.context["cl"].result_count == 0


@pytest.mark.parametrize(
    "filter_by", ["organisation__name__startswith=K", "applicant__email__contains=k"]
)
def test_lookup_that_is_no_filter_is_refused(client, other_office, filter_by):
    client.force_login(other_office)

    response = client.get(f"{reverse('admin:members_membership_changelist')}?{filter_by}")

    assert response.status_code in {302, 400}


def test_foreign_id_in_a_form_is_refused(client, other_office, secrets):
    client.force_login(other_office)
    data = {
        "user": secrets["user"].pk,
        "organisation": secrets["organisation"].pk,
        "role": "member",
    }

    response = client.post(reverse("admin:members_affiliation_add"), data)

    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {"user", "organisation"}
    assert not Affiliation.objects.filter(user=secrets["user"]).exists()


def test_foreign_parent_in_an_own_organisation_is_refused(
    client, other_office, other_cluster, secrets
):
    own = factories.organisation("Oma", introduced_by=other_cluster)
    client.force_login(other_office)
    data = {
        "name": "Oma", "kind": "company", "slug": own.slug, "visibility": "public",
        "parent": secrets["organisation"].pk, "introduced_by": other_cluster.pk,
        "memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0,
    }  # fmt: skip

    client.post(reverse("admin:members_organisation_change", args=[own.pk]), data)

    own.refresh_from_db()
    assert own.parent is None


def test_foreign_selection_of_an_action_is_ignored(client, other_office, secrets):
    client.force_login(other_office)
    data = {"action": "export_selected", "_selected_action": [secrets["organisation"].pk]}

    response = client.post(reverse("admin:members_organisation_changelist"), data, follow=True)

    assert b"KANARIA" not in response.content


@pytest.mark.parametrize("action", ["approve", "reject", "take_up", "ask"])
def test_foreign_application_cannot_be_moved(client, other_office, secrets, action):
    client.force_login(other_office)
    made = secrets["membership"]

    data = {"reason": "x", "confirmed": "yes"}
    response = client.post(f"/admin/members/membership/{made.pk}/move/{action}/", data)

    made.refresh_from_db()
    assert (response.status_code, made.stage) == (404, "submitted")


def test_application_is_approved_by_a_button(client, office, secrets):
    client.force_login(office)
    made = secrets["membership"]

    client.post(f"/admin/members/membership/{made.pk}/move/approve/")

    made.refresh_from_db()
    assert made.stage == "active"


@pytest.mark.parametrize("values", [{"stage": "active"}, {"since": "2020-01-01"}])
def test_stage_cannot_be_posted_past_the_steps(client, office, secrets, values):
    client.force_login(office)
    made = secrets["membership"]

    client.post(reverse("admin:members_membership_change", args=[made.pk]), values)

    assert Membership.objects.get(pk=made.pk).stage == "submitted"


@pytest.mark.parametrize("values", [{"is_superuser": "on"}, {"is_staff": "on"}, {"is_active": ""}])
def test_coordinator_cannot_change_accounts(client, office, lead, values):
    client.force_login(office)

    client.post(reverse("admin:members_user_change", args=[lead.pk]), values)

    same = User.objects.get(pk=lead.pk)
    assert (same.is_superuser, same.is_staff, same.is_active) == (False, False, True)


def test_coordinator_cannot_grant_coordination(client, office, lead, home_cluster):
    client.force_login(office)
    data = {"user": lead.pk, "cluster": home_cluster.pk}

    assert client.post(reverse("admin:members_coordinator_add"), data).status_code == 403
    assert Coordinator.objects.filter(user=lead).count() == 0


def test_administrator_grants_and_revokes(client, admin_user, lead, home_cluster):
    client.force_login(admin_user)
    data = {"user": lead.pk, "cluster": home_cluster.pk}
    client.post(reverse("admin:members_coordinator_add"), data)
    granted = Coordinator.objects.get(user=lead)
    assert User.objects.get(pk=lead.pk).is_staff

    data = {"action": "revoke_selected", "_selected_action": [granted.pk]}
    client.post(reverse("admin:members_coordinator_changelist"), data)

    assert not Coordinator.objects.current().filter(user=lead).exists()
    assert not User.objects.get(pk=lead.pk).is_staff


def test_imports_preview_writes_nothing_and_the_second_step_writes(client, office, db):
    client.force_login(office)
    address = reverse("admin:members_organisation_import")
    file = SimpleUploadedFile("o.csv", b"external_id,name,kind\nx,Tuotu,company\n")

    preview = client.post(address, {"file": file, "preview": "1"})
    assert not Organisation.objects.filter(external_id="x").exists()
    client.post(address, {"token": preview.context["token"], "write": "1"})

    assert Organisation.objects.get(external_id="x").name == "Tuotu"


def test_export_is_safe_against_formulas(client, office, home_cluster):
    factories.organisation("=cmd|' /C calc'!A0", introduced_by=home_cluster, is_shadow=True)
    client.force_login(office)
    mine = Organisation.objects.in_scope_of(office).values_list("pk", flat=True)
    data = {"action": "export_selected", "_selected_action": list(mine)}

    content = client.post(reverse("admin:members_organisation_changelist"), data).content.decode()

    assert "'=cmd" in content


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("user", "password__startswith=argon2", 400),
        ("user", "password=x", 400),
        ("user", "is_active__exact=1", 200),
        ("membership", "applicant__email__startswith=a", 400),
        ("membership", "motive__contains=a", 400),
        ("membership", "waiting=yes", 200),
        ("membership", "stage__exact=submitted", 200),
        ("membership", "stage__startswith=s", 400),
    ],
)
def test_list_is_narrowed_by_its_own_filters_only(client, office, path, query, status):
    client.force_login(office)

    assert client.get(f"/admin/members/{path}/?{query}").status_code == status


def test_every_filter_of_a_list_can_be_used(client, admin_user, home_cluster, company):
    client.force_login(admin_user)
    links = [
        (page, link)
        for page in (reverse(f"admin:{app}_{model}_changelist") for app, model in REGISTERED)
        for link in re.findall(r'href="(\?[^"]+__[^"]*)"', client.get(page).content.decode())
    ]

    answers = {page + link: client.get(page + html.unescape(link)) for page, link in links}

    assert len(answers) > 20
    assert {url for url, answer in answers.items() if answer.status_code != 200} == set()


def test_forms_open_for_an_organisation_with_members_and_memberships(client, office, company):
    client.force_login(office)
    rows = Membership.objects.filter(organisation=company)

    assert rows.exists()
    assert (
        client.get(reverse("admin:members_organisation_change", args=[company.pk])).status_code
        == 200
    )


def test_the_administration_holds_only_pages_of_the_portal():
    """Third parties' pages know no scope, and that of the second factor shows its secrets."""
    assert {model._meta.app_label for model in admin.site._registry} <= PORTAL_APPS


def many_organisations(number=2000):
    rows = "".join(f"r{n},Rivi {n} Oy,company\n" for n in range(number))
    return SimpleUploadedFile("o.csv", f"external_id,name,kind\n{rows}".encode())


def test_large_import_is_read_by_a_task_and_the_page_tells_how_far_it_is(client, office):
    client.force_login(office)
    address = reverse("admin:members_organisation_import")

    sent = client.post(address, {"file": many_organisations(), "preview": "1"})
    job = ImportJob.objects.get()
    job.tell_progress(150, 2000)
    waiting = client.get(sent.url).content.decode()
    jobs.sweep_jobs()
    done = client.get(sent.url)

    assert '<meta http-equiv="refresh"' in waiting
    assert 'value="150"' in waiting
    assert done.context["report"]["can_write"]
    assert not Organisation.objects.filter(external_id="r1").exists()


def test_import_of_somebody_else_is_not_seen(client, office, admin_user):
    job = ImportJob.objects.create(
        importer="members.Organisation", by=office, data=b"", stage="done",
        report={"faults": ["salaisuus"], "sentences": ["salaisuus"]},
    )  # fmt: skip
    client.force_login(admin_user)
    address = reverse("admin:members_organisation_import")

    page = client.get(f"{address}?job={job.public_id}")

    assert page.context["job"] is None
    assert "salaisuus" not in page.content.decode()


def test_likely_double_is_decided_on_the_page(client, office):
    client.force_login(office)
    address = reverse("admin:members_organisation_import")
    text = b"external_id,name,kind\na,Vartija Oy,company\nb,VARTIJA OY,company\n"

    asked = client.post(address, {"file": SimpleUploadedFile("o.csv", text), "preview": "1"})
    token = asked.context["token"]
    again = client.post(address, {"token": token, "decide:b": "skip", "preview": "1"})
    client.post(address, {"token": token, "write": "1"})

    assert 'name="decide:b" value="skip"' in asked.content.decode()
    assert not asked.context["report"]["can_write"]
    assert again.context["report"]["can_write"]
    page, rows = again.content.decode(), "<caption>Rivit</caption>"
    assert page.index('name="write"') < page.index(rows) < page.rindex('name="write"')
    assert asked.content.decode().index('name="preview"') < asked.content.decode().index("decide:b")
    assert [row.name for row in Organisation.objects.filter(external_id__in="ab")] == ["Vartija Oy"]


def test_import_that_was_cut_off_says_so(client, office):
    long_ago = timezone.now() - datetime.timedelta(hours=2)
    job = ImportJob.objects.create(importer="members.Organisation", by=office, data=b"")
    ImportJob.objects.update(stage="running", changed_at=long_ago)

    jobs.sweep_jobs()

    job.refresh_from_db()
    assert job.stage == "failed"


def test_large_import_waits_on_its_page_while_the_broker_is_away(
    client, office, monkeypatch, django_capture_on_commit_callbacks
):
    away = "away://"
    monkeypatch.setitem(celery_app.conf.changes, "task_always_eager", False)
    monkeypatch.setattr(celery_app.conf, "broker_url", away)
    monkeypatch.setattr(celery_app.conf, "broker_write_url", away)
    client.force_login(office)
    address = reverse("admin:members_organisation_import")

    with django_capture_on_commit_callbacks(execute=True) as hooks:
        sent = client.post(address, {"file": many_organisations(), "preview": "1"})

    assert len(hooks) == 1
    with pytest.raises(KeyError, match="No such transport"):
        hooks[0]()
    assert client.get(sent.url).context["job"].stage == "waiting"


@pytest.mark.parametrize(
    ("stage", "report", "expected"),
    [
        ("running", None, "running"),
        ("waiting", None, "waiting"),
        ("done", {"is_written": True}, "done"),
        ("done", {"is_written": False}, "waiting"),
        ("failed", None, "waiting"),
    ],
)
def test_job_is_retried_only_when_it_is_over_and_has_written_nothing(
    office, stage, report, expected
):
    job = ImportJob.objects.create(
        importer="members.Organisation", by=office, data=b"", stage=stage, report=report
    )

    jobs.retry_job(job, {"a": "skip"}, {}, is_real=True)

    stored = ImportJob.objects.get()
    assert (job.stage, stored.stage) == (expected, expected)
    is_retried = stage != expected
    assert stored.decisions == ({"a": "skip"} if is_retried else {})
    assert stored.is_real == is_retried


def test_report_of_an_import_is_no_message_at_every_reload(client, office):
    client.force_login(office)
    address = reverse("admin:members_organisation_import")
    file = SimpleUploadedFile("o.csv", b"external_id,name,kind\nx,Tuotu,company\n")

    written = client.post(address, {"file": file, "write": "1"})
    reloaded = client.get(f"{address}?job={written.context['token']}")

    assert reloaded.context["report"]["is_written"]
    assert [list(page.context["messages"]) for page in (written, reloaded)] == [[], []]
