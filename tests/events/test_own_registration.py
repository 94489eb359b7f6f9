"""Own questions, colleagues, corrections, the door and certificates, as people use them."""

import datetime

import pytest
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events.models import EventQuestion, Registration
from events.services import links, rounds
from events.services import registrations as services
from events.services.registrations import Details
from tests.events import factories as made

GUEST = Details(name="Vieras Vierailija", email="vieras@example.org", language="en")
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def event(home_cluster, company):
    return made.event(home_cluster, remote=True, asks_diet=True, organisation=company)


@pytest.fixture
def asked(event):
    return EventQuestion.objects.create(
        event=event, kind="choice", text_fi="Minkä ryhmän valitset?", text_en="Which group?",
        options="Eka | Första | First\nToka | Andra | Second", is_required=True,
    )  # fmt: skip


def fresh(row):
    return Registration.objects.get(pk=row.pk)


def test_own_question_is_asked_and_must_be_answered(client, event, asked, outsider):
    client.force_login(outsider)
    page = client.get(f"/en/events/{event.slug}/").content.decode()
    missing = client.post(f"/en/events/{event.slug}/register/", {"mode": "on_site"})
    wrong = client.post(
        f"/en/events/{event.slug}/register/", {"mode": "on_site", asked.key: "<b>Kolmas"}
    )
    client.post(f"/en/events/{event.slug}/register/", {"mode": "on_site", asked.key: "Toka"})

    row = Registration.objects.get(event=event)
    assert "Which group?" in page
    assert (missing.status_code, wrong.status_code) == (422, 422)
    assert row.answers == {asked.key: "Toka"}
    assert "Second" in client.get(row.get_absolute_url()).content.decode()


def test_told_is_corrected_without_losing_the_place(client, event, asked, outsider):
    row = made.registration(event, outsider, answers={asked.key: "Eka"}, diet="Kasvis")
    queued = row.queued_at
    client.force_login(outsider)

    shown = client.get(f"/en/events/registrations/{row.public_id}/edit/").content.decode()
    client.post(
        f"/en/events/registrations/{row.public_id}/edit/",
        {"mode": "on_site", asked.key: "Toka", "diet": "Vegaani", "organisation_name": "Oy Ab"},
    )

    row = fresh(row)
    assert 'value="Kasvis"' in shown
    assert (row.answers, row.diet, row.stage) == ({asked.key: "Toka"}, "Vegaani", "confirmed")
    assert row.queued_at == queued


def test_correction_after_closing_is_refused(client, event, outsider):
    row = made.registration(event, outsider)
    type(event).objects.filter(pk=event.pk).update(registration_closes_at=timezone.now())
    client.force_login(outsider)

    client.post(f"/en/events/registrations/{row.public_id}/edit/", {"mode": "remote"})

    assert fresh(row).mode == "on_site"
    with pytest.raises(Refused):
        services.edit_registration(row, "remote", Details(name="X"), by=outsider)


def test_correction_to_a_full_way_keeps_everything(event, outsider):
    row = made.registration(event, outsider, diet="Kasvis")
    event.seats.filter(mode="remote").update(capacity=0)

    with pytest.raises(Refused):
        services.edit_registration(row, "remote", Details(name="X", diet="Muu"), by=outsider)

    assert (fresh(row).mode, fresh(row).diet) == ("on_site", "Kasvis")


def test_guest_corrects_by_the_link(client, event):
    row = services.confirm_request(services.register(event, "on_site", GUEST, by=None))
    address = f"/en/events/link/{links.token_of(row)}/edit/"

    answer = client.post(address, {"mode": "remote", "name": "Vieras Vierailija-Uusi"})

    assert answer.status_code == 302
    assert (fresh(row).name, fresh(row).mode) == ("Vieras Vierailija-Uusi", "remote")


def test_colleague_on_ones_own_address_has_a_place_and_a_link(client, event, outsider):
    client.force_login(outsider)
    client.post(f"/en/events/{event.slug}/colleague/", {"mode": "on_site", "name": "Kollega Kaksi"})

    row = Registration.objects.get(event=event, name="Kollega Kaksi")
    assert (row.user, row.brought_by, row.email) == (None, outsider, outsider.email)
    assert row.stage == "confirmed"
    page = client.get(f"/en/events/link/{links.token_of(row)}/")
    assert page.status_code == 200
    assert not Registration.objects.waiting_for(outsider).exists()


def test_colleague_with_another_address_confirms_it(client, event, outsider):
    row = services.register_colleague(event, "on_site", GUEST, by=outsider)

    assert row.stage == "requested"
    text = letter(OutboxMail.objects.get(kind="registration_requested")).text
    assert f"{outsider} registered you" in text


def test_colleague_is_cancelled_by_who_registered_them_and_by_nobody_else(event, outsider, member):
    row = services.register_colleague(event, "on_site", Details(name="Kollega"), by=outsider)

    with pytest.raises(Refused):
        services.cancel_registration(row, by=member)
    assert services.cancel_registration(row, by=outsider).stage == "cancelled"


def test_needs_are_asked_only_where_something_is_served(client, home_cluster, outsider):
    event = made.event(home_cluster, asks_access=False)
    client.force_login(outsider)

    page = client.get(f"/en/events/{event.slug}/").content.decode()

    assert 'name="diet"' not in page
    assert 'name="accessibility"' not in page


def test_needs_are_forgotten_after_fourteen_days(home_cluster, outsider):
    ends = timezone.now() - 14 * A_DAY
    old = made.event(
        home_cluster, starts_at=ends - A_DAY, ends_at=ends - datetime.timedelta(hours=1)
    )
    new = made.event(
        home_cluster, starts_at=ends - A_DAY, ends_at=ends + datetime.timedelta(hours=1)
    )
    rows = [made.registration(each, outsider, diet="Kasvis") for each in (old, new)]

    assert rounds.forget_needs() == 1
    assert [fresh(row).diet for row in rows] == ["", "Kasvis"]


def test_event_that_continues_another_is_for_those_who_attended_it(event, home_cluster, outsider):
    second = made.event(home_cluster, requires=event)
    with pytest.raises(Refused):
        services.register(second, "on_site", made.details(outsider), by=outsider)

    made.registration(event, outsider, stage="attended")

    row = services.register(second, "on_site", made.details(outsider), by=outsider)
    assert row.stage == "confirmed"


def test_organiser_finds_by_the_code_ticks_and_takes_back(client, event, outsider, lead):
    row = made.registration(event, outsider)
    client.force_login(lead)

    scanned = client.get(f"/en/events/door/{row.code}/", follow=True)
    mark = f"/en/events/{event.slug}/door/{row.public_id}"
    client.post(f"{mark}/arrived/")
    arrived = fresh(row)
    client.post(f"{mark}/arrived/")
    typed = client.get(f"/en/events/{event.slug}/door/", {"q": row.code_in_groups.lower()})

    assert row.name in scanned.content.decode()
    assert (arrived.stage, fresh(row).checked_in_at) == ("attended", arrived.checked_in_at)
    assert row.name in typed.content.decode()
    client.post(f"{mark}/undo/")
    assert (fresh(row).stage, fresh(row).checked_in_at) == ("confirmed", None)


def test_code_leads_its_holder_home_and_tells_others_nothing(client, event, outsider, member):
    row = made.registration(event, outsider)

    client.force_login(outsider)
    assert client.get(f"/en/events/door/{row.code}/")["Location"] == row.get_absolute_url()
    client.force_login(member)
    assert client.get(f"/en/events/door/{row.code}/").status_code == 404
    assert client.get(f"/en/events/{event.slug}/door/").status_code == 404
    assert client.post(f"/en/events/{event.slug}/door/missing/").status_code == 404


@pytest.mark.parametrize("typed", ["<b>", "%", "ÅÄÖ", "0OI1L-00000", "a" * 500])
def test_door_takes_any_words(client, event, lead, typed):
    client.force_login(lead)

    assert (
        client.get(f"/en/events/{event.slug}/door/", {"q": typed, "done": "x"}).status_code == 200
    )


def test_certificate_is_a_file_and_is_checked_by_its_code(client, home_cluster, outsider):
    event = made.event(home_cluster, gives_certificate=True)
    row = made.registration(
        event, outsider, stage="attended", name="Łukasz #let <b>", diet="Kasvis"
    )
    client.force_login(outsider)

    pdf = client.get(f"/en/events/registrations/{row.public_id}/certificate.pdf")
    client.logout()
    page = client.get(f"/en/certificates/{row.certificate_code.lower()}/").content.decode()

    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert "The certificate is genuine" in page
    assert "Łukasz #let &lt;b&gt;" in page
    assert "Kasvis" not in page
    assert outsider.email not in page


@pytest.mark.parametrize("stage", ["confirmed", "absent", "cancelled"])
def test_who_did_not_attend_has_no_certificate(client, home_cluster, outsider, stage):
    event = made.event(home_cluster, gives_certificate=True)
    row = made.registration(event, outsider, stage=stage)
    client.force_login(outsider)

    assert client.get(f"/en/certificates/{row.certificate_code}/").status_code == 404
    address = f"/en/events/registrations/{row.public_id}/certificate.pdf"
    assert client.get(address).status_code == 404


def test_organisers_add_change_and_remove_questions(client, event, lead, member):
    client.force_login(lead)
    address = f"/en/events/{event.slug}/questions/"
    values = {"text_fi": "Montako?", "kind": "number", "steps": "5", "position": "1"}

    client.post(address, values)
    bad = client.post(address, {**values, "kind": "choice", "options": "Yksi"})
    question = EventQuestion.objects.get(event=event)
    client.post(f"{address}{question.pk}/", {**values, "text_fi": "Kuinka monta?"})

    assert bad.status_code == 422
    assert EventQuestion.objects.get(event=event).text_fi == "Kuinka monta?"
    client.post(f"{address}{question.pk}/delete/")
    assert not event.questions.exists()
    client.force_login(member)
    assert client.get(address).status_code == 404


def test_answered_question_keeps_its_way_of_answering(client, event, asked, lead, outsider):
    """A text is no date: the lists of the organiser could not be read."""
    client.force_login(lead)
    address = f"/en/events/{event.slug}/questions/{asked.pk}/"
    values = {"text_fi": "Milloin?", "kind": "date", "steps": "5", "position": "1"}
    made.registration(event, outsider, answers={asked.key: "Eka"})

    assert client.post(address, values).status_code == 422
    Registration.objects.update(answers={})
    assert client.post(address, values).status_code == 302


def test_all_kinds_of_questions_are_drawn_and_read(client, event, outsider):
    kinds = ["text", "number", "money", "date", "choice", "many", "scale", "matrix"]
    rows = {
        kind: EventQuestion.objects.create(
            event=event, kind=kind, text_fi=f"Kysymys {kind}?", options="a\nb", rows="r1\nr2"
        )
        for kind in kinds
    }
    client.force_login(outsider)

    answer = client.post(
        f"/en/events/{event.slug}/register/",
        {
            "mode": "on_site", rows["text"].key: "Teksti", rows["number"].key: "1,5",
            rows["money"].key: "12,30", rows["date"].key: "31.3.2027", rows["choice"].key: "b",
            rows["many"].key: ["b", "a"], rows["scale"].key: "4",
            f"{rows['matrix'].key}--r1": "a",
        },
    )  # fmt: skip

    assert answer.status_code == 302
    told = Registration.objects.get(event=event).answers
    assert [told[rows[kind].key] for kind in kinds] == [
        "Teksti", "1.5", 1230, "2027-03-31", "b", ["a", "b"], 4, {"r1": "a"},
    ]  # fmt: skip
