"""The registers: who sees a row, what figures tell, what a school adds, what leaves as a file."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import counting, vocabulary
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import Visibility
from cluster_portal.surveys.disclosure import FEWEST
from cluster_portal.surveys.models import (
    CircularCase,
    FundingNeed,
    Handover,
    InfrastructureNeed,
    JustifiedNeed,
    PublishedTable,
    SkillGap,
    TrainingSupply,
)
from cluster_portal.surveys.pages import infrastructure, of_region, readiness, registers, skills
from cluster_portal.surveys.services.entries import add_supply
from members.models.affiliations import Role
from tests import factories
from tests.surveys import factories as surveys

pytestmark = pytest.mark.django_db


def term(scheme, place=0):
    return vocabulary.terms(scheme)[place]


def of(cluster, organisation=None, **values):
    region = values.pop("region", None) or factories.region("11")
    return {
        "home_cluster": cluster, "organisation": organisation, "region": region,
        "source": "Haastattelu", **values,
    }  # fmt: skip


def gap(cluster, organisation=None, **values):
    values = {
        "field": term("education_field"), "occupation": "Hitsaaja", "shortage": 2, "year": 2028,
        **values,
    }  # fmt: skip
    return SkillGap.objects.create(**of(cluster, organisation, **values))


def infra(cluster, organisation=None, **values):
    values = {
        "sector": term("critical_sector", 1), "need_type": "assurance", "urgency": "now",
        "justification": "Syy.", **values,
    }  # fmt: skip
    return InfrastructureNeed.objects.create(**of(cluster, organisation, **values))


def funding(cluster, organisation=None, **values):
    values = {
        "what": "Varavoima", "theme": term("vital_function"), "amount": "under-50", "priority": 1,
        **values,
    }  # fmt: skip
    return FundingNeed.objects.create(**of(cluster, organisation, **values))


def case(cluster, organisation=None, **values):
    values = {
        "slug": "maski", "sector": "food", "side_stream": "Mäski", "replaces": "Soija",
        "quantity": "unknown", "readiness": 5, **values,
    }  # fmt: skip
    return CircularCase.objects.create(**of(cluster, organisation, **values))


@pytest.fixture
def owner(home_cluster):
    made = factories.organisation("Omistaja Oy", region=factories.region("11"))
    factories.membership(made, home_cluster)
    return made


@pytest.fixture
def insider(owner):
    person = factories.user()
    factories.affiliation(person, owner, role=Role.CONTACT)
    return person


OPEN, RESTRICTED = {"insider", "member", "coordinator", "elsewhere"}, {"insider", "coordinator"}


@pytest.fixture
def cast(home_cluster, other_cluster, insider, member, outsider):
    return {
        "insider": insider, "member": member, "outsider": outsider,
        "coordinator": factories.coordinator(home_cluster),
        "elsewhere": factories.coordinator(other_cluster),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("make", "seen_by"),
    [(gap, OPEN), (case, OPEN), (infra, RESTRICTED), (funding, RESTRICTED)],
)
def test_who_sees_a_row(home_cluster, owner, cast, make, seen_by):
    row = make(home_cluster, owner)

    seen = {name for name, user in cast.items() if type(row).objects.visible_to(user).contains(row)}

    assert seen == seen_by


@pytest.mark.parametrize("model", [infra, funding])
def test_restricted_row_is_never_opened(home_cluster, model):
    row = model(home_cluster)
    row.visibility = Visibility.MEMBERS

    with pytest.raises(ValidationError, match="ei näytetä muille"):
        row.full_clean()


def test_list_of_skills_never_names_the_organisation(client, home_cluster, owner, member):
    gap(home_cluster, owner)
    client.force_login(member)

    page = client.get(reverse("surveys:skills")).content.decode()

    assert "Hitsaaja" in page
    assert "Omistaja" not in page


@pytest.mark.parametrize(
    ("units", "told"),
    [(4, "alle viisi"), (5, "vähintään 5"), (9, "vähintään 5"), (10, "vähintään 10")],
)
def test_figures_are_told_in_fives(units, told):
    assert registers.words_for(units) == told


def test_one_organisation_counts_once(home_cluster, owner, member):
    for _ in range(6):
        infra(home_cluster, owner)

    assert [figure["rows"] for figure in infrastructure.figures()] == [[], [], []]


def test_gap_table_proposes_training_where_none_is(home_cluster, member):
    for _ in range(5):
        gap(home_cluster)

    row = skills.gap_table(member)[0]

    assert (row["gaps"], row["places"]) == ("vähintään 5", "–")
    assert row["proposal"] == "Koulutus puuttuu"


def test_gap_table_hides_a_field_of_four(home_cluster, member):
    for _ in range(4):
        gap(home_cluster)

    assert skills.gap_table(member) == []


@pytest.mark.parametrize(("needs", "count"), [(4, 0), (6, 5)])
def test_justified_need_counts_only_from_five(home_cluster, outsider, needs, count):
    region, sector = factories.region("11"), term("critical_sector", 1)
    JustifiedNeed.objects.create(
        home_cluster=home_cluster, region=region, sector=sector, title_fi="Varavesi",
        text_fi="Syy.", source="Kooste",
    )  # fmt: skip
    for _ in range(needs):
        infra(home_cluster)

    assert infrastructure.justified(outsider)[0]["count"] == count
    assert of_region.values(region, outsider)["justified"][0]["count"] == count


@pytest.mark.parametrize("page", ["surveys:skills", "surveys:infrastructure", "surveys:circular"])
def test_open_registers_open_for_visitors(client, home_cluster, page):
    gap(home_cluster)
    infra(home_cluster, justification="Salainen paikka")
    case(home_cluster)

    response = client.get(reverse(page))

    assert response.status_code == 200
    assert "Hitsaaja" not in response.content.decode()
    assert "Salainen paikka" not in response.content.decode()
    assert "Mäski" not in response.content.decode()


def test_school_tells_its_training_once(client, home_cluster):
    school = factories.organisation("Koulu", kind="university")
    factories.membership(school, home_cluster)
    contact = factories.user()
    factories.affiliation(contact, school, role=Role.CONTACT)
    values = {
        "programme": "Insinööri", "field": term("education_field"), "year": 2027,
        "region": factories.region("11"), "places": 20,
    }  # fmt: skip

    client.force_login(contact)
    page = client.get(reverse("surveys:supply_propose"))
    add_supply(school, values, by=contact)
    add_supply(school, {**values, "places": 30}, by=contact)

    assert f'href="{reverse("surveys:skills")}">Kriittinen' in page.content.decode()
    assert list(TrainingSupply.objects.values_list("places", flat=True)) == [30]


def test_company_tells_no_training(client, home_cluster, owner, insider):
    client.force_login(insider)

    with pytest.raises(Refused):
        add_supply(owner, {}, by=insider)
    assert client.get(reverse("surveys:supply_propose")).status_code == 404


def test_funding_list_leaves_as_a_file_for_coordinators_alone(client, home_cluster, owner, insider):
    funding(home_cluster, owner, what="=1+1 varavoima")
    url = reverse("surveys:funding_export")
    client.force_login(insider)
    refused = client.post(url).status_code
    coordinator = factories.coordinator(home_cluster)
    factories.second_factor(coordinator)
    client.force_login(coordinator)

    text = client.post(url).content.decode()

    assert refused == 404
    assert "'=1+1 varavoima" in text


READINESS = {
    "quality": [
        {"key": "quality_proof", "kind": "scale", "steps": 5},
        {"key": "joint", "kind": "choice", "options": ["yes", "no"]},
        {"key": "export_checked", "kind": "choice", "options": ["yes", "no"], "is_narrow": True},
    ],
    "plan": [{"key": "workshops", "kind": "many", "options": ["quality", "bids"]}],
}


@pytest.fixture
def assessed(home_cluster):
    version = surveys.version(READINESS, purpose="readiness")
    return surveys.survey_round(home_cluster, version=version)


def test_plan_says_what_to_do_where_an_answer_is_low(assessed, owner, insider):
    answers = {"quality_proof": 2, "joint": "yes"}
    surveys.response(assessed, organisation=owner, answers=answers, stage="checked")

    own = readiness.values(insider)["own"]

    assert [step["topic"] for step in own["plan"]] == ["Quality_proof?"]
    assert own["levels"][0]["percent"] == 25


@pytest.mark.parametrize(("organisations", "is_told"), [(4, False), (5, True)])
def test_workshops_are_listed_from_five_answers(home_cluster, assessed, organisations, is_told):
    for _ in range(organisations):
        answers = {"quality_proof": 1, "workshops": ["bids"], "export_checked": "no"}
        surveys.response(
            assessed, organisation=factories.organisation(), answers=answers, stage="checked"
        )

    told = readiness.values(factories.coordinator(home_cluster))["lacking"]

    assert bool(told) is is_told
    if told:
        assert told["topics"] == [{"label": "Quality_proof?", "value": 5}]
        assert told["wishes"] == [{"label": "Bids", "value": 5}]


def test_member_sees_no_list_of_workshops(assessed, member):
    for _ in range(6):
        surveys.response(
            assessed, organisation=factories.organisation(), answers={"quality_proof": 1},
            stage="checked",
        )  # fmt: skip

    assert readiness.values(member)["lacking"] is None


def test_old_training_is_not_counted(home_cluster, member):
    TrainingSupply.objects.create(
        **of(home_cluster), field=term("education_field"), programme="Vanha",
        year=timezone.localdate().year - 1, places=9,
    )  # fmt: skip

    assert skills.gap_table(member) == []


@pytest.mark.parametrize(
    "page",
    ["surveys:skills", "surveys:infrastructure", "surveys:circular", "surveys:funding"],
)
def test_register_costs_the_same_for_1_and_10_rows(
    client, home_cluster, owner, insider, django_assert_max_num_queries, page
):
    def make(number):
        for maker in (gap, infra, funding):
            maker(home_cluster, owner)
        case(home_cluster, owner, slug=f"case-{number}")

    client.force_login(insider)
    make(0)
    client.get(reverse(page))
    with django_assert_max_num_queries(25) as few:
        client.get(reverse(page))
    for number in range(1, 10):
        make(number)

    with django_assert_max_num_queries(len(few)):
        client.get(reverse(page))


def test_entries_of_one_person_count_once(home_cluster, member, django_assert_num_queries):
    for _ in range(5):
        in_round = surveys.survey_round(home_cluster, mode="persons")
        infra(home_cluster, response=surveys.response(in_round, person=member))

    rows = registers.counted(InfrastructureNeed.objects.all())
    with django_assert_num_queries(1):
        units = registers.units_by(rows, lambda _need: True)

    assert units == {True: {("person", member.pk)}}


def test_readiness_is_told_to_who_speaks_for_the_organisation(assessed, owner, insider):
    colleague = factories.user()
    factories.affiliation(colleague, owner)
    answers = {"quality_proof": 2}
    told = surveys.response(assessed, organisation=owner, answers=answers, stage="checked")
    section = assessed.version.sections.get(key="plan")
    Handover.objects.create(response=told, section=section, user=colleague, by=insider)

    assert readiness.values(insider)["own"]["response"] == told
    assert readiness.values(colleague)["own"] is None


def entry_form(row, **values):
    """What the form of a shortage of skills sends."""
    return {
        "occupation": row.occupation, "field": row.field_id, "shortage": row.shortage,
        "year": row.year, "region": row.region_id, "source": row.source,
        "sourced_on": row.sourced_on, "home_cluster": row.home_cluster_id,
        "visibility": row.visibility, **values,
    }  # fmt: skip


def change(client, row, **values):
    url = reverse("admin:surveys_skillgap_change", args=[row.pk])
    answer = client.post(url, entry_form(row, **values))
    row.refresh_from_db()
    return answer


def test_coordinator_puts_no_organisation_on_a_row(client, home_cluster, owner, office):
    row = gap(home_cluster)
    client.force_login(office)

    answer = change(client, row, organisation=owner.pk, occupation="Koodaaja", visibility="public")

    assert answer.status_code == 302
    assert (row.organisation, row.occupation, row.visibility) == (None, "Koodaaja", "public")


@pytest.mark.parametrize(
    ("visibility", "status"), [("private", 302), ("members", 302), ("public", 200)]
)
def test_what_an_organisation_said_is_only_narrowed(
    client, home_cluster, owner, office, visibility, status
):
    row = gap(home_cluster, owner)
    client.force_login(office)

    answer = change(client, row, organisation="", occupation="Koodaaja", visibility=visibility)

    assert answer.status_code == status
    assert (row.organisation, row.occupation) == (owner, "Hitsaaja")
    assert row.visibility == (visibility if status == 302 else "members")


def test_region_names_published_results_once(home_cluster, member):
    region, version = factories.region("11"), surveys.version(purpose="preparedness")
    for number in range(5):
        made = surveys.survey_round(
            home_cluster, version=version, stage="published", title_fi=f"Kysely {number}"
        )
        for question in ("exports", "suppliers"):
            PublishedTable.objects.create(
                round=made, dimension="region", question_key=question, table={}
            )

    lines = of_region.values(region, member)["lines"]

    assert [line["text"].split(":")[0] for line in lines] == ["Kysely 4", "Kysely 3", "Kysely 2"]


@pytest.mark.parametrize(
    ("key", "make", "choices"),
    [
        ("circular-materials", case, {"network"}),
        ("skill-gaps", gap, set()),
        ("infrastructure-needs", infra, set()),
    ],
)
def test_indicator_counts_the_rows_of_its_cluster(key, make, choices, home_cluster, other_cluster):
    for place, cluster in enumerate((home_cluster, home_cluster, other_cluster)):
        make(cluster, **({"slug": f"maski-{place}"} if make is case else {}))
    source = counting.sources()[key]

    assert counting.figure(key, {}, home_cluster) == 2
    assert {by.key for by in source.choices()} == choices
    assert source.fewest == (0 if choices else FEWEST), "rows that all may not see, from five on"
