"""Each party as the first mover: an idea finds a commissioner, a topic its supervisor and parts."""

from __future__ import annotations

from tests import factories
from tests.theses import factories as made
from theses.models import Approach, Thesis, Topic
from theses.services import topics


def ticks(visitor, *labels):
    for label in labels:
        visitor.page.locator("main").get_by_label(label).first.check()


def test_students_idea_finds_a_commissioner(visitor, company, home_cluster, lead):
    home_cluster.reviews_topics = False
    home_cluster.save()
    student = factories.verified(factories.user("opiskelija@example.org"))
    factories.verified(lead)

    seeker = visitor(width=320).signs_in(student)
    seeker.opens("/en/theses/propose/").clicks("Propose my idea").presses(
        "Save and look at the page"
    )
    assert seeker.sees("Correct")
    seeker.fills("Title", "Kyberharjoitus pienille kunnille").presses("Save as a draft")
    seeker.clicks("Edit the topic")
    ticks(seeker, "I understand that my finished thesis is public.", "UAS bachelor's thesis")
    ticks(seeker, "English")
    seeker.page.get_by_role("group", name="Field of education").get_by_role(
        "checkbox"
    ).first.check()
    seeker.fills("What I would like to find out", "Miten pieni kunta harjoittelee?")
    seeker.presses("Save and look at the page").presses("Publish")
    idea = Topic.objects.get()
    assert idea.stage == "open"

    owner = visitor(dark=True).signs_in(lead)
    owner.opens(f"/en{idea.get_absolute_url()}").clicks("Commission this topic")
    owner.fills("Message", "Tilaamme tämän mielellämme.").presses("Send the offer")

    seeker.opens("/en/me/").opens(f"/en{Approach.objects.get().get_absolute_url()}")
    seeker.presses("Accept")
    assert Thesis.objects.get().topic.organisation == company
    owner.opens(f"/en{idea.get_absolute_url()}").sees("Reserved")


def test_owner_splits_edits_and_withdraws(visitor, company, home_cluster, lead):
    home_cluster.reviews_topics = False
    home_cluster.save()
    factories.verified(lead)
    school = factories.organisation("Esimerkki AMK", kind="university_of_applied_sciences")
    supervisor = factories.verified(factories.user("ohjaaja@example.org"))
    made.supervisor_profile(supervisor, school)
    topic = made.topic(company, home_cluster, fields=("07",), outside="Asiakkaiden nimet.")
    topics.edit_topic(topic, {"description": "Kuvaus on nyt **toinen**."}, by=lead)

    guide = visitor(dark=True, width=320).signs_in(supervisor)
    guide.opens(f"/en{topic.get_absolute_url()}").clicks("Offer to supervise")
    guide.fills("Message", "Ohjaan mielelläni.").presses("Send the offer")

    owner = visitor(width=320).signs_in(lead)
    owner.opens(f"/en{topic.get_absolute_url()}").clicks(str(supervisor))
    owner.presses("Accept").sees(str(supervisor))
    owner.clicks("Split the topic").fills("Title of the part", "Osa 1: kysely")
    owner.page.get_by_label("For the students of").select_option(label="Esimerkki AMK")
    owner.presses("Make the part").sees("Osa 1: kysely")
    owner.opens(f"/en{topic.get_absolute_url()}versions/").sees("Version 2")
    owner.opens(f"/en{topic.get_absolute_url()}").clicks("Withdraw the topic")
    ticks(owner, "The topic is out of date")
    owner.presses("Withdraw the topic").sees("Withdrawn")

    assert Topic.objects.get(split_from=topic).stage == "open"
