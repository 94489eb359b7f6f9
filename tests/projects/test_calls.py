import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from cluster_portal.core import content, lists, search
from cluster_portal.core.vocabulary import Term
from cluster_portal.home.pages import deadlines
from cluster_portal.home.services.chores import run_all
from cluster_portal.notifications import matching, saved_searches
from cluster_portal.notifications.models import Arrival, SavedSearch
from cluster_portal.notifications.services import following
from projects import digest
from projects.budget import CostModel
from projects.models import FundingCall
from projects.pages import call_words
from projects.pages import calls as pages
from projects.services.call_import import COLUMNS, import_calls
from tests import factories, statements
from tests.projects import factories as make
from tests.projects.test_visibility import SEEN_BY, cast, partner, partner_organisation, seers

__all__ = ["cast", "partner", "partner_organisation"]

LIST = "/projects/calls/"
HEADER = (
    "external_id,title,summary,funder,instrument,opens,closes,applicants,cost_models,link,source,"
    "checked,terms,visibility"
)
ROW = (
    "k1,Yhteishaku,Mitä rahoitetaan.,Pirkanmaan liitto,akke,1.2.2027 klo 8.00,31.3.2027 16.15,"
    "public|research,fr40,https://www.example.org/,example.org,1.2.2027,Pirkanmaa;defence,public"
)


def take(*rows, by=None, cluster, header=HEADER, **options):
    return import_calls("\n".join([header, *rows]).encode(), by=by, cluster=cluster, **options)


def without(column, *, header, row, instead=()):
    """A header and a row without the column, or with another cell there."""
    place = header.split(",").index(column)
    both = (each.split(",") for each in (header, row))
    return [",".join([*cells[:place], *instead, *cells[place + 1 :]]) for cells in both]


def ahead(days):
    return timezone.now() + datetime.timedelta(days=days)


@pytest.mark.parametrize("visibility", sorted(set(SEEN_BY) - {"group"}))
def test_call_is_seen(visibility, cast, home_cluster, company):
    make.call(home_cluster, organisation=company, visibility=visibility)

    assert seers(FundingCall.objects, cast) == SEEN_BY[visibility]


def test_call_of_a_named_group_is_refused(home_cluster):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.call(home_cluster, visibility="group")


def test_hidden_call_answers_like_one_that_is_not_there(client, home_cluster):
    hidden = make.call(home_cluster, visibility="members")

    answers = [client.get(url).status_code for url in (hidden.get_absolute_url(), f"{LIST}no/")]
    page = client.get(LIST).content.decode()
    feed = client.get(f"{LIST}feed.xml").content.decode()

    assert answers == [404, 404]
    assert hidden.title_fi not in page + feed


@pytest.mark.parametrize("query", ["", "?q=lyhyesti", "?state=open&theme=defence"])
def test_list_asks_as_much_for_three_as_for_one(query, client, member, home_cluster):
    client.force_login(member)
    terms = list(Term.objects.all()[:3])

    def asked(number):
        for _each in range(number):
            one = make.call(home_cluster)
            one.terms.set(terms)
            search.reindex(one)
        client.get(f"{LIST}{query}")
        return len(statements.of_page(client, f"{LIST}{query}"))

    assert asked(1) == asked(2) <= 8


def test_state_follows_the_clock(client, home_cluster):
    for slug, opens, closes in (
        ("open", -1, 1), ("always", -1, None), ("later", 1, 2), ("over", -2, -1),
    ):  # fmt: skip
        closes_at = None if closes is None else ahead(closes)
        make.call(
            home_cluster, slug=slug, title_fi=slug, opens_at=ahead(opens), closes_at=closes_at
        )

    def found(state):
        page = client.get(f"{LIST}?state={state}").context["page"]
        return [row["title"] for row in page]

    assert found("open") == ["open", "always"]
    assert found("upcoming") == ["later"]
    assert found("closed") == ["over"]
    assert [row["title"] for row in client.get(LIST).context["page"]] == [
        "open", "later", "always",
    ]  # fmt: skip


def test_views_are_counted_and_lead_to_what_they_say(client, home_cluster, member):
    client.force_login(member)
    mine = make.call(home_cluster)
    make.call(home_cluster, opens_at=ahead(1))
    make.call(home_cluster, opens_at=ahead(-3), closes_at=ahead(-1))
    make.call(home_cluster, visibility="private")
    following.follow(mine, by=member)
    following.follow(make.call(home_cluster, closes_at=None), by=factories.user())

    chips = {chip["label"]: chip for chip in client.get(LIST).context["chips"]}

    with translation.override("fi"):
        assert {str(label): chip["count"] for label, chip in chips.items()} == {
            "Kaikki": 3, "Auki nyt": 2, "Seuraan": 1, "Arkisto": 1,
        }  # fmt: skip
    for chip in chips.values():
        query = {key: value for key, value in chip["query"].items() if value}
        page = client.get(LIST, query).context
        assert page["faceted"].count == chip["count"], chip
        assert [one["label"] for one in page["chips"] if one["is_here"]] == [chip["label"]]


def test_view_chosen_leaves_no_empty_parameter_in_the_address(client, home_cluster, member):
    client.force_login(member)

    page = client.get(f"{LIST}?q=haku&state=closed").content.decode()

    assert f'href="{LIST}?q=haku&amp;followed=yes"' in page
    assert f'href="{LIST}?q=haku"' in page


def test_line_has_the_hour_and_follows_with_one_press(client, home_cluster, member):
    closes_at = datetime.datetime.fromisoformat("2099-03-31T13:15:00+00:00")
    call = make.call(home_cluster, closes_at=closes_at)
    make.call(home_cluster, opens_at=closes_at - datetime.timedelta(days=9), closes_at=closes_at)
    client.force_login(member)

    def is_followed():
        return {row["url"]: row["is_followed"] for row in client.get(LIST).context["page"]}

    for row in client.get(LIST).context["page"]:
        assert "31.3.2099 klo 16.15" in row["state_text"]
    assert not any(is_followed().values())
    client.post(reverse("following:change", args=["calls", call.slug]), {"do": "follow"})
    assert is_followed() == {url: url == call.get_absolute_url() for url in is_followed()}


def test_days_are_those_of_the_calendar(home_cluster):
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)

    with translation.override("en"):
        ends = [noon + datetime.timedelta(days=number, hours=11) for number in (0, 1, 9)]
        said = [call_words.days_words(end) for end in ends]
    assert said == ["today", "1 day", "9 days"]


@pytest.mark.parametrize(("days", "look"), [(13, "late"), (16, "open")])
def test_what_closes_within_two_weeks_is_drawn_as_urgent(days, look, home_cluster):
    assert call_words.look(make.call(home_cluster, closes_at=ahead(days))) == look


def test_calendar_has_what_closes_next_and_marks_what_is_followed(client, home_cluster, member):
    bold = "<b>Lihava</b>"
    mine = make.call(home_cluster, title_fi=bold)
    make.call(home_cluster, closes_at=ahead(40))
    for values in ({"closes_at": None}, {"closes_at": ahead(-1)}, {"visibility": "private"},
                   {"opens_at": ahead(300), "closes_at": ahead(400)}):  # fmt: skip
        make.call(home_cluster, title_fi="Muu", **values)
    following.follow(mine, by=member)
    client.force_login(member)

    page = client.get(LIST)
    calendar = page.context["calendar"]

    assert [row[0] for row in calendar["rows"]][:1] == [bold]
    assert len(calendar["rows"]) == 2
    assert calendar["svg"].count("period--mine") == calendar["svg_tall"].count("flag--mine") == 1
    assert bold not in page.content.decode()


def test_calendar_of_nothing_is_not_drawn(client, home_cluster):
    make.call(home_cluster, closes_at=None)

    assert client.get(LIST).context["calendar"] is None


def test_themes_chosen_become_a_saved_search(client, home_cluster, member):
    client.force_login(member)
    theme = client.get(LIST).context["themes"][0]
    address = f"/me/searches/new/calls/?theme={theme['value']}"

    page = client.get(address)
    client.post(address, {"name": "Haut", "frequency": "daily"})

    assert theme["label"] in page.context["described"]
    assert SavedSearch.objects.get().query == f"theme={theme['value']}"


def test_last_second_is_still_open_and_the_moment_itself_is_not(home_cluster):
    call = make.call(home_cluster, closes_at=ahead(1))

    rows = FundingCall.objects
    assert rows.not_closed().get() == call
    call.closes_at = timezone.now()
    call.save()
    assert not rows.not_closed().exists()
    assert call.state == "closed"


def test_facets_narrow_by_funder_region_and_applicant(client, home_cluster):
    region = Term.objects.get(scheme="region", code="06")
    here = make.call(home_cluster, funder="Pirkanmaan liitto", applicants=["public"])
    here.terms.add(region)
    make.call(home_cluster, applicants=["business"])

    for query in ("funder=Pirkanmaan+liitto", "region=06", "applicant=public"):
        page = client.get(f"{LIST}?{query}").context["page"]
        assert [row["url"] for row in page] == [here.get_absolute_url()], query


def test_funder_with_a_comma_is_one_option(client, home_cluster):
    make.call(home_cluster, funder="Luke, YSAO")

    groups = {group.key: group for group in client.get(LIST).context["faceted"].groups}
    assert [(each.value, each.count) for each in groups["funder"].shown] == [("Luke, YSAO", 1)]


def test_funder_of_hidden_calls_alone_is_no_facet(client, home_cluster):
    make.call(home_cluster)
    make.call(home_cluster, funder="Salainen rahasto", visibility="private")

    page = client.get(f"{LIST}?funder=Salainen+rahasto")

    assert "Salainen" not in page.content.decode().replace("Salainen+rahasto", "")
    assert len(page.context["page"]) == 1


@pytest.mark.parametrize(
    "query", ["funder=%00", "state=x&page=9999", "q=" + "a" * 5000, "region=06%27"]
)
def test_broken_addresses_are_harmless(query, client, home_cluster):
    make.call(home_cluster)

    assert client.get(f"{LIST}?{query}").status_code in {200, 400, 404}


def test_markup_of_a_call_is_text(client, home_cluster):
    bold = "<b>lihava</b>"
    call = make.call(
        home_cluster, title_fi=bold, summary_fi=bold, funder=bold, eligibility=bold, source=bold
    )  # fmt: skip
    search.reindex(call)

    for address in (LIST, call.get_absolute_url(), f"{LIST}?q=lihava", "/search/?q=lihava"):
        assert bold not in client.get(address).content.decode()


def test_links_and_markings_are_refused(home_cluster):
    call = make.call(home_cluster)
    for name, text in (("title_fi", "katso www.example.org"), ("summary_fi", "TL III salainen"),
                       ("link", "javascript:alert(1)"), ("slug", "feed")):  # fmt: skip
        changed = FundingCall.objects.get(pk=call.pk)
        setattr(changed, name, text)
        with pytest.raises(ValidationError):
            changed.full_clean(exclude=["search"])


def test_page_says_until_when_with_the_clock(client, home_cluster):
    closes_at = datetime.datetime.fromisoformat("2099-03-31T13:15:00+00:00")
    call = make.call(home_cluster, closes_at=closes_at, cost_models=["fr40"])

    page = client.get(call.get_absolute_url()).content.decode()

    assert "31.3.2099 klo 16.15" in page
    assert str(CostModel.FR40.label) in page


def test_search_finds_a_call_by_words_and_funder(client, home_cluster):
    call = make.call(
        home_cluster, title_fi="Varautumisen kehittäminen", funder="Palosuojelurahasto"
    )
    search.reindex(call)

    for q in ("varautuminen", "palosuojelurahasto"):
        assert call.get_absolute_url() in client.get(f"/search/?q={q}").content.decode()


def test_digest_tells_of_new_calls_and_of_those_that_close_soon(home_cluster, member):
    near, far = make.call(home_cluster), make.call(home_cluster, closes_at=ahead(90))
    make.call(home_cluster, opens_at=ahead(-9), closes_at=ahead(-1))
    new, closing = digest.CALLS

    assert list(new.items(member, ahead(-1))) == [far, near]
    assert list(new.items(member, ahead(1))) == []
    assert list(closing.items(member, ahead(-1))) == [near]


def test_deadlines_name_the_next_to_close(home_cluster, outsider):
    call = make.call(home_cluster)
    make.call(home_cluster, visibility="private", closes_at=ahead(1))

    found = [row["deadline"] for row in deadlines.coming(outsider, limit=5)]

    assert [(row.title, row.at) for row in found] == [(call.title, call.closes_at)]


def test_searches_of_calls_can_be_saved(home_cluster):
    call = make.call(home_cluster)
    page = lists.get("calls")

    assert page is pages.CALLS
    assert page.told_to(factories.user()).contains(call)
    assert "calls" in {kind.key for kind in content.parts(lambda one: one.search)}


def test_feed_and_calendar_tell_of_what_the_address_asks_for(client, home_cluster):
    call = make.call(home_cluster, title_fi="Yhteishaku", funder="Oma rahasto")
    make.call(home_cluster, title_fi="Toinen")
    make.call(home_cluster, funder="Oma rahasto", title_fi="Jatkuva", closes_at=None)

    feed = client.get(f"{LIST}feed.xml?funder=Oma+rahasto")
    calendar = client.get(f"{LIST}feed.ics?funder=Oma+rahasto").content.decode()

    assert feed["Content-Type"].startswith("application/atom+xml")
    assert feed.content.decode().count("<entry>") == 2
    assert (
        f"https://testserver{call.get_absolute_url()}" in feed.content.decode()
        or call.get_absolute_url() in feed.content.decode()
    )
    assert calendar.count("BEGIN:VEVENT") == 1
    assert f"DTSTART:{call.closes_at:%Y%m%dT%H%M%SZ}" in calendar


def test_row_becomes_a_call(home_cluster, office):
    report = take(ROW, cluster=home_cluster, by=office)

    call = FundingCall.objects.get()
    assert report.is_written
    assert (call.title_fi, call.applicants, call.cost_models) == (
        "Yhteishaku", ["public", "research"], ["fr40"],
    )  # fmt: skip
    assert timezone.localtime(call.closes_at).isoformat() == "2027-03-31T16:15:00+03:00"
    assert sorted(term.code for term in call.terms.all()) == ["06", "defence"]
    assert Arrival.objects.filter(kind="calls", object_id=call.pk).exists()


def test_second_import_changes_nothing_and_keeps_corrections(home_cluster, office):
    take(ROW, cluster=home_cluster, by=office)
    FundingCall.objects.update(title_fi="Korjattu")
    before = FundingCall.objects.get().updated_at

    report = take(ROW, cluster=home_cluster, by=office)

    assert [result.outcome for result in report.results] == ["unchanged"]
    assert FundingCall.objects.get().title_fi == "Korjattu"
    assert FundingCall.objects.get().updated_at == before


@pytest.mark.parametrize(
    ("changes", "is_named"),
    [
        ((), True),
        ((("Yhteishaku", "YHTEISHAKU"), ("www.example.org/", "www.example.org/toinen")), True),
        ((("Yhteishaku", "Muu nimi"),), True),
        ((("31.3.2027", "30.4.2027"),), False),
        ((("Yhteishaku", "Muu"), ("www.example.org/", "www.example.org/toinen")), False),
    ],
)
def test_likely_duplicate_is_named_in_the_preview(changes, is_named, home_cluster, office):
    take(ROW, cluster=home_cluster, by=office)
    row = ROW.replace("k1", "k2")
    for old, new in changes:
        row = row.replace(old, new)

    report = take(row, cluster=home_cluster, by=office, dry_run=True)

    assert [(each.row, each.column) for each in report.remarks] == [(2, "title")] * is_named
    assert not report.faults
    assert FundingCall.objects.count() == 1


def test_changed_cell_changes_the_call(home_cluster, office):
    take(ROW, cluster=home_cluster, by=office)

    report = take(ROW.replace("16.15", "12:00"), cluster=home_cluster, by=office)

    assert report.results[0].changes == ("closes_at",)
    assert timezone.localtime(FundingCall.objects.get().closes_at).hour == 12


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("16.15", "25.15", "closes"),
        ("31.3.2027", "31.2.2027", "closes"),
        ("akke", "lotto", "instrument"),
        ("https://www.example.org/", "javascript:alert(1)", "link"),
        ("Mitä rahoitetaan.", "TL III tietoa", "summary"),
        ("defence", "lohikäärmeet", "terms"),
        (",1.2.2027,Pirkanmaa", ",,Pirkanmaa", "checked"),
    ],
)
def test_faults_are_named_and_nothing_is_written(old, new, column, home_cluster, office):
    report = take(ROW, ROW.replace("k1", "k2").replace(old, new), cluster=home_cluster, by=office)

    assert (3, column) in [(fault.row, fault.column) for fault in report.faults]
    assert not FundingCall.objects.exists()


def test_only_who_coordinates_the_cluster_imports(home_cluster, other_office, lead):
    for person in (other_office, lead):
        assert take(ROW, cluster=home_cluster, by=person).faults
    assert not FundingCall.objects.exists()


def test_command_shows_and_writes(home_cluster, tmp_path):
    file, said = tmp_path / "calls.csv", io.StringIO()
    file.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")

    call_command("import_calls", file, "--cluster", home_cluster.slug, "--dry-run", stdout=said)
    assert not FundingCall.objects.exists()
    call_command("import_calls", file, "--cluster", home_cluster.slug, stdout=said)

    assert FundingCall.objects.count() == 1
    with pytest.raises(CommandError):
        call_command("import_calls", file)


def test_coordinator_adds_a_call_and_previews_an_import(
    client, office, home_cluster, other_cluster
):
    client.force_login(office)
    foreign = make.call(other_cluster)

    page = client.get(reverse("admin:projects_fundingcall_import"))
    listed = client.get(reverse("admin:projects_fundingcall_changelist")).content.decode()
    added = client.get(reverse("admin:projects_fundingcall_add"))
    other = client.get(reverse("admin:projects_fundingcall_change", args=[foreign.pk]))

    assert page.status_code == added.status_code == 200
    named = {note.partition(":")[0] for note in page.context["notes"]}
    assert {"visibility", "terms"} <= named
    assert foreign.title_fi not in listed
    assert other.status_code in {302, 404}


def test_saved_search_keeps_a_funder_that_only_members_see(client, member, home_cluster):
    make.call(home_cluster, visibility="members", funder="Suljettu rahasto")
    client.force_login(member)
    address = "/me/searches/new/calls/?funder=Suljettu+rahasto"

    page = client.get(address)
    client.post(address, {"name": "Rahasto", "frequency": "weekly"})

    assert "Suljettu rahasto" in page.context["described"]
    assert SavedSearch.objects.get().query == "funder=Suljettu+rahasto"


def test_import_without_a_filled_visibility_leaves_it_as_it_is(home_cluster, office):
    members_only = ROW.removesuffix("public") + "members"
    header, row = without("visibility", header=HEADER, row=members_only)
    take(members_only, cluster=home_cluster, by=office)

    take(row.replace("16.15", "12.00"), cluster=home_cluster, by=office, header=header)
    assert FundingCall.objects.get().visibility == "members"
    take(members_only, cluster=home_cluster, by=office)
    take(members_only.removesuffix("members"), cluster=home_cluster, by=office)
    assert FundingCall.objects.get().visibility == "members"
    take(row.replace("k1", "k2"), cluster=home_cluster, by=office, header=header)
    assert FundingCall.objects.get(external_id="k2").visibility == "public"


@pytest.mark.parametrize("column", ["closes", "applicants", "cost_models", "terms", "title_sv"])
def test_missing_column_clears_nothing_and_an_empty_cell_does(column, home_cluster, office):
    header, row = HEADER + ",title_sv", ROW + ",Utlysning"
    shorter_header, shorter = without(column, header=header, row=row)

    def stored():
        call = FundingCall.objects.get()
        values = {"closes": call.closes_at, "terms": sorted(t.code for t in call.terms.all())}
        return values[column] if column in values else getattr(call, column)

    take(row, cluster=home_cluster, by=office, header=header)
    before = stored()
    take(shorter, cluster=home_cluster, by=office, header=shorter_header)
    assert before
    assert stored() == before

    take(row, cluster=home_cluster, by=office, header=header)
    _, emptied = without(column, header=header, row=row, instead=[""])
    take(emptied, cluster=home_cluster, by=office, header=header)
    assert not stored()


def test_headings_are_the_words_that_the_portal_shows():
    columns = {each: (each,) for each in COLUMNS.known} | COLUMNS.fields
    names = [each.name for each in FundingCall._meta.get_fields() if each.name in columns]

    with translation.override("fi"):
        shown = {name: str(FundingCall._meta.get_field(name).verbose_name) for name in names}

    assert {name: COLUMNS.name(shown[name]) for name in names} == {
        name: columns[name][0] for name in names
    }
    assert len(names) == len(COLUMNS.known)
    assert [COLUMNS.name(each) for each in ("Haku alkaa", "Haku päättyy:", "Otsikko")] == [
        "opens", "closes", "title",
    ]  # fmt: skip


def test_import_that_opens_a_hidden_call_is_told_as_new(home_cluster, office):
    take(ROW.removesuffix("public") + "private", cluster=home_cluster, by=office)
    FundingCall.objects.update(created_at=ahead(-9), published_at=ahead(-9))
    Arrival.objects.all().delete()

    take(ROW, cluster=home_cluster, by=office)

    assert Arrival.objects.get().since > ahead(-1)
    new, _closing = digest.CALLS
    assert list(new.items(office, ahead(-1))) == [FundingCall.objects.get()]


def test_unknown_cluster_is_one_refusal(home_cluster, tmp_path):
    file = tmp_path / "calls.csv"
    file.write_text(f"{HEADER}\n{ROW}\n{ROW.replace('k1', 'k2')}\n", encoding="utf-8")

    with pytest.raises(CommandError, match="typo") as unknown:
        call_command("import_calls", file, "--cluster", "typo")
    with pytest.raises(CommandError) as none:
        call_command("import_calls", file)

    assert len(str(unknown.value).splitlines()) == 1
    assert len(str(none.value).splitlines()) == 2  # the fault, and that nothing was written


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("31.3.2027 16.15", "1.1.2027", "closes"),
        ("Pirkanmaan liitto", "L" * 101, "funder"),
    ],
)
def test_fault_of_a_field_names_the_column_of_the_file(old, new, column, home_cluster, office):
    report = take(ROW.replace(old, new), cluster=home_cluster, by=office)

    assert [(fault.row, fault.column) for fault in report.faults] == [(2, column)]


def test_longest_funder_can_be_chosen(client, home_cluster):
    longest = "Ö" * FundingCall._meta.get_field("funder").max_length
    make.call(home_cluster, funder=longest)
    make.call(home_cluster)

    assert len(client.get(LIST, {"funder": longest}).context["page"]) == 1


def test_search_of_open_calls_is_told_once_of_a_call_that_opens(home_cluster, member):
    asked = QueryDict("state=open")
    search = saved_searches.save(pages.CALLS, asked, name="Avoimet", frequency="at_once", by=member)
    SavedSearch.objects.update(created_at=ahead(-2), listens_since=ahead(-2))
    make.call(home_cluster, opens_at=ahead(1))
    opened = make.call(home_cluster, opens_at=ahead(-0.01))

    def hourly():
        run_all()
        matching.match_arrivals()
        return list(search.hits.values_list("object_id", flat=True))

    assert hourly() == [opened.pk]
    assert hourly() == [opened.pk]


def test_feed_is_read_as_a_visitor(client, member, home_cluster, settings):
    settings.SITE_URL = "https://portal.example.org"
    make.call(home_cluster, title_fi="Julkinen")
    make.call(home_cluster, title_fi="Jäsenille", visibility="members")
    client.force_login(member)

    feed, calendar = (client.get(f"{LIST}feed.{end}").content.decode() for end in ("xml", "ics"))

    assert "Jäsenille" in client.get(LIST).content.decode()
    assert "Julkinen" in feed
    assert "Jäsenille" not in feed + calendar
    assert "@portal.example.org" in calendar


def test_another_cluster_in_the_second_step_is_previewed_again(
    client, admin_user, home_cluster, other_cluster
):
    client.force_login(admin_user)
    address = reverse("admin:projects_fundingcall_import")
    file = SimpleUploadedFile("c.csv", f"{HEADER}\n{ROW}\n".encode())

    first = client.post(address, {"file": file, "cluster": home_cluster.pk, "preview": "1"})
    again = {"token": first.context["token"], "cluster": other_cluster.pk, "write": "1"}
    second = client.post(address, again)
    shown = client.get(address, {"job": first.context["token"]}).context["form"]

    assert not FundingCall.objects.exists()
    assert second.context["report"]["can_write"]
    assert shown["cluster"].value() == other_cluster.pk
    client.post(address, again)
    assert FundingCall.objects.get().home_cluster == other_cluster


def test_feed_outlives_a_control_character_in_a_text(client, home_cluster):
    make.call(home_cluster, title_fi="Haku\x0bkaksi", summary_fi="Liitetty\x0ctiedostosta.")

    answer = client.get("/projects/calls/feed.xml")

    assert answer.status_code == 200
    assert "\x0b" not in answer.text
