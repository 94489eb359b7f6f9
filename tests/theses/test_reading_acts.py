"""Whoever reads an application, a CV or a student's profile of another leaves a row."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cluster_portal.core import files
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.audit.refusals import Refusal
from tests import factories
from tests.theses import factories as made
from theses.services import applications

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"


def reads():
    rows = AuditEntry.objects.filter(action__in=["read", "file read"]).order_by("pk")
    return [(row.action, row.actor, row.about) for row in rows]


@pytest.fixture
def application(topic, student):
    sent = made.application(topic, student)
    applications.keep_files(sent, [files.check(SimpleUploadedFile("cv.pdf", PDF))])
    return sent


def paths(application):
    file = application.files.get()
    return {
        "read": reverse("theses:application", args=[application.public_id]),
        "file read": reverse("theses:application_file", args=[file.public_id]),
    }


@pytest.mark.parametrize("act", ["read", "file read"])
def test_reading_an_application_and_its_file_is_an_act(client, application, lead, act):
    client.force_login(lead)

    assert client.get(paths(application)[act]).status_code == 200

    assert reads() == [(act, lead, application)]


@pytest.mark.parametrize("act", ["read", "file read"])
def test_reading_ones_own_application_is_none(client, application, student, act):
    client.force_login(student)

    assert client.get(paths(application)[act]).status_code == 200

    assert reads() == []


@pytest.mark.parametrize("act", ["read", "file read"])
def test_looking_for_what_is_hidden_is_a_refusal(client, application, outsider, act):
    client.force_login(outsider)

    assert client.get(paths(application)[act]).status_code == 404
    assert client.get(paths(application)[act]).status_code == 404
    missing = reverse("theses:application", args=["00000000-0000-4000-8000-000000000000"])
    assert client.get(missing).status_code == 404

    refused = Refusal.objects.get()
    assert (refused.act, refused.account, refused.count) == ("not_shown", outsider, 2)
    assert refused.about in (application, application.files.get())
    assert reads() == []


def test_visitors_leave_no_refusal(client, application):
    client.get(paths(application)["read"])

    assert not Refusal.objects.exists()


def test_comparing_applicants_reads_each_of_them(client, application, topic, lead):
    other = made.application(topic)
    client.force_login(lead)

    client.get(reverse("theses:applicants", args=[topic.slug]))

    assert reads() == [("read", lead, application), ("read", lead, other)]


def test_reading_a_students_profile_is_an_act(client, student, lead, topic):
    profile = made.student_profile(student)
    path = reverse("theses:student", args=[profile.public_id])
    for reader in (lead, student):
        client.force_login(reader)
        assert client.get(path).status_code == 200

    assert reads() == [("read", lead, profile)]


def test_reading_an_application_in_the_admin_is_an_act(client, application, office):
    client.force_login(office)

    client.get(reverse("admin:theses_application_change", args=[application.pk]))

    assert reads() == [("read", office, application)]


def test_other_clusters_application_in_the_admin_is_a_refusal(client, application, other_office):
    client.force_login(other_office)

    client.get(reverse("admin:theses_application_change", args=[application.pk]))

    refused = Refusal.objects.get()
    assert (refused.act, refused.account, refused.about) == ("not_shown", other_office, application)


def test_forbidden_pages_are_refusals(client, outsider):
    client.force_login(outsider)
    outsider.is_staff = True
    outsider.save()
    factories.second_factor(outsider)

    assert client.get(reverse("admin:members_user_changelist")).status_code == 403

    assert Refusal.objects.get().act == "forbidden"
