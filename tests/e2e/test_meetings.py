"""A meeting in the browser: minutes saved while one writes, two writers, a chair on a phone."""

from __future__ import annotations

import os

import pytest

from events.models import Meeting
from events.services import body_links, meetings
from tests import factories
from tests.events import body_factories as made


@pytest.fixture
def running(home_cluster, company):
    """Called and begun, with a chair, a secretary and a member."""
    group = made.body(home_cluster, title_fi="Klusterin ohjausryhmä", visibility="public")
    people = {}
    for role in ("chair", "secretary", "member"):
        people[role] = factories.verified(factories.user(f"{role}@example.org", last_name=role))
        made.seat(group, people[role], role, organisation=company)
    meeting = made.meeting(group, people["secretary"], place="Kuopio")
    for action in ("call", "begin"):
        meeting = meetings.move_meeting(meeting, action, by=people["secretary"])
    return meeting, people


def shows(person, name):
    """A picture, where a folder for them is named."""
    if folder := os.environ.get("SHOTS"):
        person.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def decides(secretary, item, owner):
    secretary.opens(f"/events/meetings/matters/{item.public_id}/decide/")
    shows(secretary, "decide-375")
    secretary.page.locator("#id_text").fill("Ohje lähetetään kuntiin.")
    secretary.page.locator("#id_owner").select_option(str(owner.pk))
    secretary.page.locator("#id_due_on").fill("2030-01-15")
    secretary.presses("Tallenna")


def test_secretary_writes_another_meets_the_text_and_the_chair_approves_on_a_phone(
    visitor, running
):
    meeting, people = running
    item = meeting.items.get(kind="opening")
    path = f"/events/meetings/{meeting.public_id}/"
    other = visitor().signs_in(people["chair"]).opens(path)
    secretary = visitor(width=375).signs_in(people["secretary"]).opens(path)
    field = f"#minutes-{item.pk}"

    secretary.page.locator(field).fill("Kokous avattiin klo 12.")
    secretary.sees("Tallennettu klo")
    shows(secretary, "minutes-375")
    other.page.locator(field).press_sequentially("Toinen teksti.")
    other.sees("Oma tekstisi ei ole tallentunut")
    other.checked()
    shows(other, "minutes-met-1280")
    item.refresh_from_db()
    assert item.minutes == "Kokous avattiin klo 12."

    decides(secretary, item, people["member"])
    secretary.presses("Päätä kokous, pöytäkirja hyväksyttäväksi")
    chair = visitor(width=375, dark=True).signs_in(people["chair"]).opens(path)
    shows(chair, "approve-375-dark")
    corrects_and_approves(chair, field)
    shows(chair, "approved-375-dark")

    item.refresh_from_db()
    assert item.minutes == "Kokous avattiin klo 12.05."
    assert Meeting.objects.get().stage == "approved"
    walks(chair, other, meeting)


def corrects_and_approves(chair, field):
    """In one go: the last words are saved first, and the chair has seen them."""
    chair.page.locator(field).fill("Kokous avattiin klo 12.05.")
    # The words are on their way first: the page that is left must not be taken for the next one.
    chair.page.get_by_role("button", name="Hyväksy pöytäkirja", exact=True).first.click()
    chair.sees("Pöytäkirja hyväksytty")
    chair.checked()


def walks(phone, desk, meeting):
    """Every page of the room, on both."""
    minutes = f"/events/meetings/{meeting.public_id}/print/minutes/"
    for name, address in (
        ("body", meeting.body.get_absolute_url()), ("print", minutes),
        ("decisions", "/events/decisions/"), ("bodies", "/events/bodies/"), ("desk", "/me/"),
    ):  # fmt: skip
        phone.opens(address)
        shows(phone, f"{name}-375-dark")
        desk.opens(address)
        shows(desk, f"{name}-1280")


def test_what_was_typed_last_is_kept_when_the_writer_leaves_the_page(visitor, running):
    meeting, people = running
    item = meeting.items.get(kind="opening")
    path = f"/events/meetings/{meeting.public_id}/"
    secretary = visitor().signs_in(people["secretary"]).opens(path)

    secretary.page.locator(f"#minutes-{item.pk}").press_sequentially("Avattiin.")
    secretary.page.get_by_role("link", name="Kirjaa päätös").first.click()
    secretary.sees("Mitä päätettiin?")
    secretary.opens(path)

    assert secretary.page.locator(f"#minutes-{item.pk}").input_value() == "Avattiin."


def test_minutes_that_cannot_be_saved_say_so_and_are_saved_later(visitor, running):
    meeting, people = running
    item = meeting.items.get(kind="opening")
    secretary = visitor(width=375).signs_in(people["secretary"])
    secretary.opens(f"/events/meetings/{meeting.public_id}/")
    secretary.page.route(f"**/{item.public_id}/minutes/", lambda route: route.abort())

    secretary.page.locator(f"#minutes-{item.pk}").fill("Avattiin.")
    failed = secretary.page.locator("[data-failed]:not([hidden])")
    failed.wait_for()
    # Another form waits for the words, and leads to what holds them back.
    secretary.page.get_by_role("button", name="Päätä kokous").click()
    shows(secretary, "not-saved-375")
    assert Meeting.objects.get().stage == "running"
    secretary.page.unroute(f"**/{item.public_id}/minutes/")
    failed.wait_for(state="hidden", timeout=60_000)  # tried again after a pause

    item.refresh_from_db()
    assert item.minutes == "Avattiin."


def test_owner_without_an_account_tells_by_the_link_without_script(visitor, running):
    meeting, people = running
    item = meeting.items.get(kind="opening")
    decision = made.decision(
        item, people["secretary"], owner_name="Kerttu", owner_email="kerttu@example.org"
    )
    type(decision).objects.update(stage="open")
    link = body_links.report_link(decision, "kerttu@example.org").partition("/events/")[2]

    guest = visitor(width=375, script=False).opens(f"/events/{link}")
    shows(guest, "report-375")
    guest.page.get_by_label("Valmis", exact=True).check()
    guest.presses("Kerro")

    guest.sees("Tästä päätöksestä ei ole enää kerrottavaa")
    decision.refresh_from_db()
    assert decision.stage == "done"
