"""What a form does with hasty hands."""

from __future__ import annotations

from members.models.affiliations import Role
from tests import factories


def test_second_press_of_a_button_sends_nothing(visitor, home_cluster):
    firm = factories.organisation("Kuvitteellinen Kaksoisnapautus Oy", visibility="public")
    factories.membership(firm, home_cluster)
    contact = factories.verified(factories.user())
    factories.affiliation(contact, firm, role=Role.CONTACT)
    person = visitor(width=375).signs_in(contact)
    person.opens(f"/en{firm.get_absolute_url()}edit/")
    person.page.locator("[name=website]").fill("https://www.example.org/")
    held = []
    person.page.route("**/edit/", lambda route, _request: held.append(route))
    save = person.page.locator("main form[data-guard] .form__actions button")
    save.scroll_into_view_if_needed()
    box = save.bounding_box()

    for _time in range(2):
        person.page.mouse.click(box["x"] + 9, box["y"] + 9)
        person.page.wait_for_timeout(150)

    assert len(held) == 1
    held[0].continue_()
    person.page.unroute("**/edit/")
    person.page.wait_for_load_state()
    person.checked()
    firm.refresh_from_db()
    assert firm.website == "https://www.example.org/"
