"""What the index can rule out: never what the constraints would let through."""

import itertools

import pytest

from tests import factories
from tests.theses import factories as made
from theses.matching import constraints, masks
from theses.models import Topic, TopicChange
from theses.services import match_index

LEVELS = ([], ["bachelor_uas"], ["master", "doctoral"])
LANGUAGES = ([], ["fi"], ["sv", "en"])


def lets_through(needs: masks.Needs, mask: int) -> bool:
    return all(mask & bits for bits in (needs.level, needs.language, needs.pay, needs.place))


def test_what_a_student_could_take_on_is_never_ruled_out(student, company, home_cluster):
    regions = [factories.region(code) for code in ("06", "19")]
    sides = itertools.product(
        LEVELS, LANGUAGES, ("yes", "no", "agreed"), (None, *regions), (True, False)
    )
    for levels, languages, pay, region, is_remote in sides:
        made.topic(
            company, home_cluster, levels=levels, languages=languages, pay=pay, region=region,
            is_remote=is_remote,
        )  # fmt: skip
    masked = {topic.pk: masks.of_topic(topic, []) for topic in Topic.objects.all()}
    profile = made.student_profile(student)
    stopped = 0

    for level, spoken, wants_pay, places, is_remote in itertools.product(
        ("bachelor_uas", "master"), LANGUAGES, (True, False), ([], regions[:1]), (True, False)
    ):
        profile.level, profile.languages, profile.wants_pay = level, spoken, wants_pay
        profile.is_remote = is_remote
        keys = [term.pk for term in places]
        needs = constraints.needs_of_student(profile, keys)
        possible = Topic.objects.filter(constraints.of_student(profile, keys))
        assert all(lets_through(needs, masked[pk]) for pk in possible.values_list("pk", flat=True))
        stopped += sum(not lets_through(needs, mask) for mask in masked.values())

    assert stopped


def test_what_a_supervisor_could_take_is_never_ruled_out(outsider, company, home_cluster):
    for levels, languages in itertools.product(LEVELS, LANGUAGES):
        made.topic(company, home_cluster, levels=levels, languages=languages)
    masked = {topic.pk: masks.of_topic(topic, []) for topic in Topic.objects.all()}
    profile = made.supervisor_profile(outsider, company)

    for profile.levels, profile.languages in itertools.product(LEVELS, LANGUAGES):
        needs = constraints.needs_of_supervisor(profile)
        possible = Topic.objects.filter(constraints.of_supervisor(profile))
        assert {pk for pk, mask in masked.items() if lets_through(needs, mask)} == {
            topic.pk for topic in possible
        }


@pytest.mark.parametrize("keys", [[], [1], [1, 5, 300]])
def test_a_field_has_its_bit_among_those_of_fields(keys):
    found = masks.of_fields(keys)

    assert bool(found) == bool(keys)
    assert found & ~masks.FIELDS == 0
    assert masks.of_regions(keys) & masks.FIELDS == 0


def test_another_layout_of_the_bits_has_every_topic_read_anew(topic, monkeypatch):
    match_index.note_if_read_anew()
    assert not match_index.note_if_read_anew()

    monkeypatch.setattr(masks, "LAYOUT", "another")

    assert match_index.note_if_read_anew()
    assert TopicChange.objects.filter(topic=topic).exists()
