"""The demonstration's plain files parse, refer only to each other, and keep the seed's figures."""

from __future__ import annotations

import csv
import re
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from stdnum.fi import ytunnus

from cluster_portal.core import vocabulary
from cluster_portal.core.text.classified import marking_in
from members.models.organisations import Kind

FOLDER = Path(__file__).parents[2] / "cluster_portal" / "home" / "demo_data"
COLUMNS = {
    "organisations.csv": "external_id,name,name_sv,name_en,kind,business_id,region,municipality,"
    "website,email_domain,description,terms",
    "topics.csv": "external_id,organisation,title,description,keywords,levels,fields,language,"
    "municipality,remote,paid,closes,visibility,places",
}
DEMO_ACCOUNTS = {
    "yllapito", "koordinaattori.pirkanmaa", "koordinaattori.pohjois-savo", "yritys", "viranomainen",
    "jarjesto", "tutkija", "ohjaaja", "opiskelija", "uusi",
}  # fmt: skip
MUNICIPALITIES = 19


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


SCHEMES = tomllib.loads(vocabulary.DATA.read_text(encoding="utf-8"))
OFFICIAL = {"region", "education_field", "trl"}
TERMS = [term for scheme, terms in SCHEMES.items() if scheme not in OFFICIAL for term in terms]
TERM_CODES = {term["code"] for term in TERMS}
FIELD_CODES = {term["code"] for term in SCHEMES["education_field"]}
REGION_CODES = {term["code"] for term in SCHEMES["region"]}
ORGANISATIONS = rows("organisations")
EXTRA = toml("organisations_extra")
CLUSTERS = toml("clusters")["cluster"]
USERS = toml("people")["user"]
TOPICS = rows("topics")
TOPICS_EXTRA = toml("topics_extra")
THESES = toml("theses")
TOPIC_IDS = set(TOPICS_EXTRA) | {topic["external_id"] for topic in THESES["topic"]}
CHALLENGES = toml("challenges")["challenge"]
PROJECTS = toml("projects")["project"]
RESULTS = toml("results")["result"]
BUDGETS = toml("budget")["budget"]
PROGRAMMES = toml("programme")["programme"]
EVENTS = toml("events")["event"]
ORGANISATION_IDS = {row["external_id"] for row in ORGANISATIONS}
CLUSTER_SLUGS = {cluster["slug"] for cluster in CLUSTERS}
EMAILS = {user["email"] for user in USERS}
TREES = {path.stem: toml(path.stem) for path in sorted(FOLDER.glob("*.toml"))}

# Under these keys every file names a thing of another file.
REFERENCES = {
    "organisation": ORGANISATION_IDS,
    "institution": ORGANISATION_IDS,
    "parent": ORGANISATION_IDS,
    "successor": ORGANISATION_IDS,
    "responsible": ORGANISATION_IDS | {""},
    "owner": ORGANISATION_IDS,
    "funder": ORGANISATION_IDS,
    "implementers": ORGANISATION_IDS,
    "invited": ORGANISATION_IDS,
    "cluster": CLUSTER_SLUGS,
    "introduced_by": CLUSTER_SLUGS,
    "user": EMAILS,
    "contact": EMAILS,
    "student": EMAILS,
    "supervisor": EMAILS,
    "applicant": EMAILS,
    "question_by": EMAILS,
    "approved_by": EMAILS,
    "asked_by": EMAILS,
    "by": EMAILS,
    "terms": TERM_CODES,
    "interests": TERM_CODES,
    "fields": FIELD_CODES,
    "region": REGION_CODES,
    "topics": set(TOPICS_EXTRA),
    "topic": TOPIC_IDS,
    "ask": EMAILS,
    "challenges": {challenge["slug"] for challenge in CHALLENGES},
    "project": {project["slug"] for project in PROJECTS},
}


def named(tree: Any) -> list[tuple[str, str]]:
    """Every (key, text) of a file, lists taken apart."""
    if isinstance(tree, list):
        return [pair for item in tree for pair in named(item)]
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        texts = value if isinstance(value, list) else [value]
        pairs += [(key, text) for text in texts if isinstance(text, str)]
        pairs += named([item for item in texts if isinstance(item, dict)])
    return pairs


@pytest.mark.parametrize("name", sorted(TREES))
def test_references_of_a_file_resolve(name: str) -> None:
    known = dict(REFERENCES)
    if name == "calls":
        del known["funder"]  # a funder of calls is written out: it is seldom a member
    if name == "related_clusters":
        del known["owner"]  # who runs a cluster elsewhere is written out, too
    if name == "courses":  # owners of risks and topics of meetings are participants' own words
        del known["owner"], known["topic"]
    lost = [(k, v) for k, v in named(TREES[name]) if k in known and v not in known[k]]

    assert lost == []


@pytest.mark.parametrize("name", sorted(TREES))
def test_texts_bear_no_classification_marking(name: str) -> None:
    assert [text for _, text in named(TREES[name]) if marking_in(text)] == []


def test_addresses_are_all_at_example_org() -> None:
    addresses = re.findall(r"[\w.+-]+@[\w.-]+", "\n".join(map(str, TREES.values())))

    assert {address.partition("@")[2] for address in addresses} == {"example.org"}


def test_vocabulary_has_every_scheme_and_resolving_broader_terms() -> None:
    assert set(SCHEMES) == set(vocabulary.Scheme.values)
    for terms in SCHEMES.values():
        codes = [term["code"] for term in terms]
        assert len(codes) == len(set(codes))
        assert {term["broader"] for term in terms if "broader" in term} <= set(codes)


def test_vocabulary_names_are_told_apart_without_their_scheme() -> None:
    labels = [term["fi"].casefold() for term in TERMS]

    assert len(TERM_CODES) == len(TERMS)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_vocabulary_is_complete_in_each_language(language: str) -> None:
    assert [t["code"] for terms in SCHEMES.values() for t in terms if not t[language].strip()] == []


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_tables_have_exactly_the_columns_of_the_import(name: str) -> None:
    first_line = (FOLDER / name).read_text(encoding="utf-8").splitlines()[0]

    assert first_line == COLUMNS[name]


def test_organisations_are_told_apart_and_each_has_its_extra() -> None:
    assert len(ORGANISATION_IDS) == len(ORGANISATIONS)
    assert set(EXTRA) == ORGANISATION_IDS


def test_organisations_carry_known_kinds_regions_and_terms() -> None:
    assert {row["kind"] for row in ORGANISATIONS} <= set(Kind.values)
    assert {row["region"] for row in ORGANISATIONS} <= REGION_CODES
    assert {code for row in ORGANISATIONS for code in row["terms"].split("|")} <= TERM_CODES
    assert sum(row["kind"] == "municipality" for row in ORGANISATIONS) == MUNICIPALITIES


def test_business_ids_are_valid() -> None:
    given = [row["business_id"] for row in ORGANISATIONS if row["business_id"]]

    assert [number for number in given if not ytunnus.is_valid(number)] == []
    assert len(given) == len(set(given))


def test_successors_take_over_the_day_after() -> None:
    ended = {key: extra for key, extra in EXTRA.items() if "successor" in extra}

    assert set(ended) == {"pohjois-savon-ely", "ita-suomen-avi"}
    for extra in ended.values():
        assert EXTRA[extra["successor"]]["valid_from"] > extra["valid_until"]


def test_each_cluster_has_one_current_coordinator() -> None:
    for cluster in CLUSTERS:
        current = [term for term in cluster["coordinator_term"] if term.get("is_current")]
        assert len(current) == 1


def test_the_ten_demo_accounts_are_there() -> None:
    accounts = {user["email"].partition("@")[0] for user in USERS if user.get("demo_account")}

    assert accounts == DEMO_ACCOUNTS
    assert len(EMAILS) == len(USERS)


def test_applications_cover_the_states_of_the_queue() -> None:
    applications = toml("applications")["application"]

    assert {a["stage"] for a in applications} == {"submitted", "in_review", "more_information"}
    assert {a["kind"] for a in applications} == {"organisation", "person"}
    assert all(("question" in a) == (a["stage"] == "more_information") for a in applications)


def test_topics_name_known_things() -> None:
    assert len(TOPICS) == len(TOPICS_EXTRA) == 12
    assert {row["external_id"] for row in TOPICS} == set(TOPICS_EXTRA)
    assert {row["organisation"] for row in TOPICS} <= ORGANISATION_IDS
    assert {code for row in TOPICS for code in row["fields"].split("|")} <= FIELD_CODES


def test_commissioners_belong_to_one_cluster_so_that_the_import_knows_it() -> None:
    for row in TOPICS:
        assert len(EXTRA[row["organisation"]]["memberships"]) == 1


def test_topics_are_long_enough_to_be_useful() -> None:
    lengths = [len(row["description"].replace("**", "").split()) for row in TOPICS]

    assert min(lengths) >= 95
    assert max(lengths) <= 185


def test_a_student_is_accepted_to_at_most_one_topic() -> None:
    applications = [a for extra in TOPICS_EXTRA.values() for a in extra.get("application", [])]
    accepted = [a["student"] for a in applications if a["stage"] == "accepted"]

    assert len(accepted) == len(set(accepted))
    assert all("reason" in a for a in applications if a["stage"] == "declined")


def test_theses_show_every_side_of_the_matching() -> None:
    origins = [topic["origin"] for topic in THESES["topic"]]

    assert set(origins) == {"organisation", "supervisor", "student"}
    assert [len(topic["part"]) for topic in THESES["topic"] if "part" in topic] == [2]
    assert len(THESES["finished"]) == len(THESES["guide"]) == 2


def test_addresses_of_finished_theses_and_guides_lead_to_the_example_domain() -> None:
    rows = [*THESES["finished"], *THESES["guide"]]
    addresses = [value for row in rows for key, value in row.items() if key.endswith("_url")]

    assert len(addresses) == 6
    assert [a for a in addresses if not re.match(r"https://[a-z]+\.example\.org/", a)] == []


def test_a_student_has_one_thesis() -> None:
    students = [row["student"] for row in (*THESES["thesis"], *THESES["finished"])]

    assert len(students) == len(set(students))


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget["project"])
def test_budget_follows_its_cost_model_cut_to_whole_euros(budget: dict[str, Any]) -> None:
    percent = {"fr40": 40, "actual": 0}[budget["cost_model"]]
    staff = sum(line["amount"] for line in budget["cost"] if line["kind"] == "staff")
    direct = sum(line["amount"] for line in budget["cost"])
    flat = staff * percent // 100
    net = direct + flat - budget["revenue"]

    assert (flat, net) == (budget["flat_rate"], budget["net_costs"])
    assert sum(source["amount"] for source in budget["funding"]) == net == budget["total"]


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget["project"])
def test_budget_shares_are_those_of_the_amounts(budget: dict[str, Any]) -> None:
    hundredth = Decimal("0.01")

    for source in budget["funding"]:
        share = Decimal(source["amount"]) * 100 / budget["net_costs"]
        assert share.quantize(hundredth, ROUND_HALF_UP) == Decimal(source["share"])


def test_seed_budget_is_to_the_euro() -> None:
    seed = BUDGETS[0]

    assert [line["amount"] for line in seed["cost"]] == [324_049]
    assert (seed["flat_rate"], seed["net_costs"]) == (129_619, 453_668)
    assert [source["amount"] for source in seed["funding"]] == [362_934, 500, 90_234, 0, 0]


def test_programme_is_complete_in_its_approved_version() -> None:
    approved = PROGRAMMES[0]
    measures = [measure for goal in approved["goal"] for measure in goal["measure"]]

    assert len(approved["goal"]) == 6
    assert len(measures) == 16
    assert all(measure["responsible"] for measure in measures)
    assert [m["state"] for m in measures].count("delayed") == 1


def test_programme_draft_leaves_one_measure_ownerless() -> None:
    draft = PROGRAMMES[1]

    assert (draft["stage"], draft["based_on"]) == ("draft", PROGRAMMES[0]["version"])
    assert [c["measure"] for c in draft["change"] if c.get("responsible") == ""] == ["6.3"]


def test_projects_name_measures_of_the_approved_programme() -> None:
    goals = PROGRAMMES[0]["goal"]
    numbers = {f"{g['number']}.{m['number']}" for g in goals for m in g["measure"]}

    assert {number for project in PROJECTS for number in project.get("measures", [])} <= numbers


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project["slug"])
def test_project_has_its_lead_among_the_partners(project: dict[str, Any]) -> None:
    leads = [p["organisation"] for p in project["partner"] if p["role"] == "lead"]

    assert leads == [project["organisation"]]


def test_one_event_overflows_and_one_is_past() -> None:
    full = [event["slug"] for event in EVENTS if overflow(event) > 0]
    past = [event for event in EVENTS if event["in_days"] < 0]

    assert full == ["ennakointi-ja-analyysikoulutus-1"]
    assert [bool(event["recording_link"] and event["aftermath"]) for event in past] == [True]


def overflow(event: dict[str, Any]) -> int:
    """How many registrations are beyond the places of the event's fullest way of taking part."""
    most = 0
    for seats in event["seats"]:
        users = [r for r in event.get("registration", []) if r["mode"] == seats["mode"]]
        most = max(most, len(users) + seats["guests"] - seats.get("capacity", 10_000))
    return most


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event["slug"])
def test_event_agenda_lies_within_its_hours(event: dict[str, Any]) -> None:
    times = [item["at"] for item in event["agenda"]]

    assert times == sorted(times)
    assert event["starts"] <= times[0]
    assert times[-1] < event["ends"]


@pytest.mark.parametrize(
    "thing", [*CHALLENGES, *PROJECTS, *RESULTS, *EVENTS], ids=lambda t: t["slug"]
)
def test_titles_and_summaries_are_in_three_languages(thing: dict[str, Any]) -> None:
    wanted = [f"{field}_{code}" for field in ("title", "summary") for code in ("fi", "sv", "en")]

    assert [key for key in wanted if not thing.get(key)] == []
