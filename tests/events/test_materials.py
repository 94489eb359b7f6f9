"""The programme and the materials, as each reader may know them."""

import datetime
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from events.models import AgendaItem, Material
from tests import factories
from tests.events import factories as made

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def gathering(home_cluster, company):
    return made.event(home_cluster, organisation=company)


def page(event, name, *more):
    return reverse(f"events:{name}", args=[event.slug, *more])


def moment(at):
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def item(event, **values):
    given = {
        "starts_at": moment(event.starts_at + datetime.timedelta(minutes=30)),
        "title": "Avaus",
    }
    return given | values


def test_speaker_is_named_only_with_consent(client, lead, gathering):
    client.force_login(lead)
    client.post(page(gathering, "organiser_programme"), item(gathering, speaker="Sirkka Näyte"))
    client.logout()
    hidden = client.get(gathering.get_absolute_url()).content.decode()
    AgendaItem.objects.update(speaker_agreed=True)
    shown = client.get(gathering.get_absolute_url()).content.decode()

    assert ("Sirkka Näyte" in hidden, "Sirkka Näyte" in shown) == (False, True)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts_at": "2020-01-01T09:00"}, "starts_at"),
        ({"starts_at": "2027-03-28T03:30"}, "starts_at"),
        ({"ends_at": "2020-01-01T09:00"}, "ends_at"),
        ({"title": ""}, "title"),
        ({"title": "TL IV"}, "title"),
    ],
)
def test_programme_refuses_nonsense(client, lead, gathering, changed, field):
    client.force_login(lead)

    answer = client.post(page(gathering, "organiser_programme"), item(gathering, **changed))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_item_is_edited_and_removed(client, lead, gathering):
    client.force_login(lead)
    for _twice in range(2):
        client.post(page(gathering, "organiser_programme"), item(gathering))
    row = AgendaItem.objects.get()

    client.post(page(gathering, "programme_item", row.pk), item(gathering, title="Päätös"))
    assert AgendaItem.objects.get().title == "Päätös"
    client.post(page(gathering, "programme_remove", row.pk))
    assert not AgendaItem.objects.exists()


def test_file_is_added_once_and_read(client, lead, gathering):
    client.force_login(lead)
    key = uuid.uuid4()
    for _twice in range(2):
        client.post(
            page(gathering, "organiser_materials"),
            {
                "title": "Esitys", "kind": "material", "read_by": "everyone", "shown": "at_once",
                "form_key": key, "file": SimpleUploadedFile("esitys.pdf", PDF),
            },
        )  # fmt: skip
    client.logout()

    material = Material.objects.get()
    text = client.get(gathering.get_absolute_url()).content.decode()
    address = reverse("events:material_file", args=[material.public_id])
    assert address in text
    assert b"".join(client.get(address).streaming_content) == PDF


def test_neither_nor_both_are_refused(client, lead, gathering):
    client.force_login(lead)
    form = {"title": "Esitys", "kind": "material", "read_by": "everyone", "shown": "at_once"}
    form["form_key"] = uuid.uuid4()
    both = form | {"link": "https://example.org", "file": SimpleUploadedFile("a.pdf", PDF)}

    for given in (form, both):
        assert client.post(page(gathering, "organiser_materials"), given).status_code == 422
    assert not Material.objects.exists()


SEEN = {
    ("everyone", "at_once", False): {"visitor", "waiting", "confirmed", "lead"},
    ("participants", "at_once", False): {"confirmed", "lead"},
    ("everyone", "afterwards", False): {"lead"},
    ("everyone", "afterwards", True): {"visitor", "waiting", "confirmed", "lead"},
    ("participants", "afterwards", True): {"confirmed", "lead"},
}


@pytest.mark.parametrize("case", SEEN, ids=str)
def test_who_reads_a_material_when(client, lead, gathering, case):
    read_by, shown, is_over = case
    people = {"visitor": None, "lead": lead}
    for stage in ("waiting", "confirmed"):
        people[stage] = factories.user()
        made.registration(gathering, people[stage], stage=stage)
    if is_over:
        ended = timezone.now() - datetime.timedelta(days=1)
        type(gathering).objects.update(starts_at=ended, ends_at=ended)
    material = made.material(gathering, read_by=read_by, shown=shown)
    address = reverse("events:material_file", args=[material.public_id])

    seen = set()
    for who, user in people.items():
        client.logout()
        if user:
            client.force_login(user)
        if client.get(address).status_code == 200:
            seen.add(who)

    assert seen == SEEN[case]


def test_removed_material_takes_its_file_along(
    client, lead, gathering, django_capture_on_commit_callbacks
):
    material = made.material(gathering)
    client.force_login(lead)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(page(gathering, "material_remove", material.public_id))

    assert not Material.objects.exists()
