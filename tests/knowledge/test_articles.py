"""Articles: who reads what, writing, review, and the moment of publishing."""

import datetime
import io
import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cluster_portal.core import pictures, request_cache
from cluster_portal.core.errors import Refused
from cluster_portal.core.pictures.covers import MOTIFS
from cluster_portal.core.reading import about
from cluster_portal.knowledge.models import Article, ArticleEntry
from cluster_portal.knowledge.pages.articles import ARTICLES
from cluster_portal.knowledge.services import publishing
from cluster_portal.knowledge.services.publishing import move_article, publish_due
from cluster_portal.knowledge.services.writing import edit_article
from cluster_portal.notifications.models import Arrival, Letter, OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from tests import factories
from tests.knowledge import factories as make
from tests.projects import factories as projects
from tests.theses import factories as theses

SEEN = {
    ("draft", "public"): "member lead office admin",
    ("in_review", "public"): "member lead office admin",
    ("scheduled", "public"): "member lead office admin",
    ("published", "public"): "visitor outsider member lead other_lead office other_office admin",
    ("published", "accounts"): "outsider member lead other_lead office other_office admin",
    ("published", "members"): "member lead other_lead office other_office admin",
    ("published", "cluster"): "member lead other_lead office admin",
    ("published", "private"): "member lead office admin",
    ("withdrawn", "public"): "member lead office admin",
}


@pytest.mark.parametrize(("stage", "visibility"), SEEN)
def test_who_sees_an_article_and_its_parts(stage, visibility, cast, home_cluster, company):
    article = make.article(home_cluster, organisation=company, stage=stage, visibility=visibility)
    file, shown = make.file(article), make.picture(article)

    seen = [
        {who for who, user in cast.items() if rows.visible_to(user).filter(pk=one.pk).exists()}
        for rows, one in (
            (Article.objects, article),
            (ArticleEntry.objects, article.entries.get()),
            (type(file).objects, file),
            (type(shown).objects, shown),
        )
    ]

    assert seen == [set(SEEN[stage, visibility].split())] * 4


def test_draft_of_a_private_member_is_seen_by_its_author_and_the_office(cast, home_cluster):
    author = factories.user()
    factories.membership(author, home_cluster)
    article = make.article(home_cluster, author=author, stage="draft")

    people = {**cast, "author": author}
    seen = {who for who, user in people.items() if Article.objects.visible_to(user).exists()}
    edited = {who for who, user in people.items() if Article.objects.editable_by(user).exists()}

    assert seen == edited == {"author", "office", "admin"}
    assert article.is_editable_by(author)


def test_author_who_left_the_organisation_edits_no_more(member, company, home_cluster):
    article = make.article(home_cluster, organisation=company, author=member, stage="draft")
    assert Article.objects.editable_by(member).contains(article)

    member.affiliations.update(stage="ended", until=timezone.localdate())
    with request_cache.scope():
        assert not Article.objects.editable_by(member).contains(article)


def words(**values):
    return {
        "kind": "news", "title_fi": "Harjoitus pidettiin pimeässä",
        "summary_fi": "Kolme oppia.", "body_fi": "## Oppi\n\nTaskulamppu.", "shows_author": "on",
        **values,
    }  # fmt: skip


def written(client, user, **values):
    client.force_login(user)
    address = reverse("knowledge:propose")
    form = client.get(address).context["form"]
    organisation = user.affiliations.get().organisation_id
    data = words(organisation=organisation, form_key=form.initial["form_key"], **values)
    return client.post(address, data), data


def test_member_writes_in_steps_and_the_office_publishes(client, member, office):
    response, _data = written(client, member)
    article = Article.objects.get()
    steps = {
        step: reverse("knowledge:write", args=[article.slug, step])
        for step in ("languages", "pictures", "sources", "check")
    }
    sources = {
        "title1": "Pöytäkirja", "text1": "Kolme havaintoa.",
        "uploads": SimpleUploadedFile("lista.pdf", b"%PDF-1.4\n%%EOF"),
    }  # fmt: skip
    assert response.url == steps["languages"]
    swedish = {"title_sv": "Övning i mörker", "summary_sv": "Tre lärdomar."}
    assert client.post(steps["languages"], swedish).url == steps["pictures"]
    assert client.post(steps["pictures"], {}).url == steps["sources"]
    assert client.post(steps["sources"], sources).url == steps["check"]
    sent = client.post(steps["check"], {"visibility": "members", "then": "submit"})

    article.refresh_from_db()
    assert sent.url == article.get_absolute_url()
    assert (article.stage, article.author, article.languages) == (
        "in_review",
        member,
        ["fi", "sv"],
    )
    assert [mail.recipient for mail in OutboxMail.objects.filter(kind="article_submitted")] == [
        office
    ]
    assert "lista.pdf" in client.get(article.get_absolute_url()).text

    move_article(article, "publish", by=office)
    told = OutboxMail.objects.get(kind="article_moved")
    assert told.recipient == member
    assert article.title_fi in letter(told).subject
    assert Arrival.objects.filter(kind="articles", object_id=article.pk).exists()


def test_form_sent_twice_makes_one_article(client, member):
    response, data = written(client, member)

    again = client.post(reverse("knowledge:propose"), data)

    assert again.url == response.url
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "values", "missing"),
    [
        ("news", {"body_fi": ""}, ["body_fi"]),
        ("news", {"summary_fi": ""}, ["summary_fi"]),
        ("recording", {"body_fi": ""}, ["link"]),
        ("reading", {"body_fi": ""}, []),
        ("argument", {}, []),
    ],
)
def test_what_each_kind_needs(kind, values, missing, home_cluster):
    assert make.article(home_cluster, kind=kind, stage="draft", **values).missing == missing


def test_argument_without_evidence_is_not_sent(office, home_cluster):
    article = make.article(home_cluster, kind="argument", stage="draft")
    article.entries.all().delete()

    with pytest.raises(Refused):
        move_article(article, "publish", by=office)


def later(**ahead):
    return timezone.now() + datetime.timedelta(**ahead)


def test_article_that_fails_holds_up_none_of_the_rest(home_cluster, monkeypatch):
    first, second = (make.article(home_cluster, stage="scheduled") for _n in range(2))

    def fails_for_the_first(article):
        if article.pk == first.pk:
            raise ValueError

    monkeypatch.setattr(publishing, "article_came", fails_for_the_first)

    assert publish_due() == 1
    assert set(Article.objects.out()) == {second}


def test_published_article_keeps_what_it_needs(home_cluster, office):
    article = make.article(home_cluster)

    with pytest.raises(Refused):
        edit_article(article, {"body_fi": ""}, by=office, seen=article.stamp)

    article.refresh_from_db()
    assert article.body_fi


def test_writer_for_a_cluster_edits_as_long_as_they_belong_to_it(home_cluster, office, outsider):
    mine = make.article(home_cluster, author=office)
    left = make.article(home_cluster, author=outsider)

    assert mine.is_editable_by(office)
    assert not left.is_editable_by(outsider)
    with pytest.raises(Refused):
        move_article(left, "withdraw", by=outsider, reason="Syy.")


def test_nothing_comes_out_before_its_moment(client, office, member, home_cluster):
    article = make.article(home_cluster, author=member, stage="in_review")
    moment = later(hours=2)
    move_article(article, "schedule", by=office, at=moment)

    assert publish_due() == 0
    assert client.get(article.get_absolute_url()).status_code == 404
    assert not Arrival.objects.filter(kind="articles").exists()

    assert publish_due(moment) == 1
    assert publish_due(moment) == 0
    article.refresh_from_db()
    assert article.stage == "published"
    assert client.get(article.get_absolute_url()).status_code == 200
    assert Arrival.objects.filter(kind="articles").count() == 1
    assert OutboxMail.objects.filter(kind="article_moved").count() == 2


def test_moment_that_is_over_is_refused(office, home_cluster):
    article = make.article(home_cluster, stage="in_review")

    for at in (None, later(minutes=-1)):
        with pytest.raises(Refused):
            move_article(article, "schedule", by=office, at=at)


def test_reason_of_a_return_stands_on_the_status_page(client, office, member, home_cluster):
    article = make.article(home_cluster, author=member, stage="in_review")
    move_article(article, "send_back", by=office, reason="Lisää esimerkki.")
    client.force_login(member)

    page = client.get(article.get_absolute_url()).text

    assert "Lisää esimerkki." in page
    assert "Sinun vuorosi" in page


def test_mail_of_a_return_says_what_to_do(office, member, home_cluster):
    article = make.article(home_cluster, author=member, stage="in_review")
    move_article(article, "send_back", by=office, reason="Lisää esimerkki.")

    sent = letter(OutboxMail.objects.get(recipient=member))

    assert article.title_fi in sent.subject
    assert "Luonnos" not in sent.subject
    assert "Lisää esimerkki." in sent.text


def test_coordinator_is_led_to_publishing_what_waits(client, office, member, home_cluster):
    article = make.article(home_cluster, author=member, stage="in_review")
    check = reverse("knowledge:write", args=[article.slug, "check"])
    shown = {}
    for user in (office, member):
        client.force_login(user)
        page = client.get(article.get_absolute_url())
        shown[user] = (check in page.text, {name for name, _move in page.context["moves"]})

    assert shown[office] == (True, {"send_back", "withdraw"})
    assert shown[member] == (False, {"take_back", "withdraw"})


def test_coordinator_is_led_to_publishing_their_own_draft(client, office, member, home_cluster):
    for author, is_led in ((office, True), (member, False)):
        article = make.article(home_cluster, author=author, stage="draft")
        client.force_login(author)

        page = client.get(article.get_absolute_url()).content.decode()

        assert (reverse("knowledge:write", args=[article.slug, "check"]) in page) is is_led


def test_caption_has_one_full_stop(home_cluster):
    picture = make.picture(make.article(home_cluster), alt_fi="Halli illalla.")

    assert picture.caption.startswith("Halli illalla. ")


def test_writer_cannot_change_what_is_out(client, member, company, home_cluster):
    article = make.article(home_cluster, organisation=company, author=member)
    client.force_login(member)
    address = reverse("knowledge:write", args=[article.slug, "text"])

    assert client.post(address, words(title_fi="Toinen otsikko")).status_code == 302
    article.refresh_from_db()
    assert article.title_fi != "Toinen otsikko"


def test_second_editor_does_not_overwrite_the_first(office, home_cluster):
    article = make.article(home_cluster, stage="draft")
    seen = article.stamp
    edit_article(article, {"title_fi": "Ensimmäinen"}, by=office, seen=seen)

    with pytest.raises(Refused):
        edit_article(article, {"title_fi": "Toinen"}, by=office, seen=seen)


def test_marked_and_hostile_words_are_refused(client, member, home_cluster):
    for name, value in (
        ("body_fi", "TL IV salainen"), ("title_fi", "Katso www.example.org"),
        ("body_fi", "a" * 1_000_000),
    ):  # fmt: skip
        response, _data = written(client, member, **{name: value})
        assert response.status_code == 422
    with pytest.raises(ValidationError):
        make.article(home_cluster, title_fi="TL III").full_clean()
    assert Article.objects.count() == 1


def test_script_in_a_text_is_shown_as_words(client, home_cluster):
    article = make.article(
        home_cluster, body_fi="<script>alert(1)</script> [x](javascript:alert(2))"
    )

    page = client.get(article.get_absolute_url()).text

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def found(client, query=""):
    page = client.get(f"{reverse('knowledge:list')}?{query}")
    return {item["title"] for item in page.context["page"].object_list}, page.text


def test_list_is_narrowed_by_kind_theme_region_and_language(client, home_cluster):
    region = factories.region("11")
    make.article(
        home_cluster, title_fi="Väite", title_en="Claim", kind="argument", region=region,
        sectors=["public"],
    )  # fmt: skip
    make.article(home_cluster, title_fi="Uutinen")
    make.article(home_cluster, title_fi="Luonnos", stage="draft")

    assert found(client)[0] == {"Väite", "Uutinen"}
    for query in ("kind=argument", "region=11", "language=en", "sector=public"):
        assert found(client, query)[0] == {"Väite"}
    _titles, page = found(client, "kind=argument")
    assert 'class="card argument"' in page
    assert "Lähde" in page
    assert 'class="card argument"' not in found(client)[1]


def test_language_versions_stand_side_by_side_and_the_missing_one_is_named(client, home_cluster):
    article = make.article(home_cluster, title_sv="Nyheten", body_sv="Texten.")

    path = article.get_absolute_url()
    page = client.get(path).text
    swedish = client.get(f"/sv{path}").text

    assert f'href="/sv{path}"' in page
    assert "englanniksi ei vielä" in page
    assert "Texten." in swedish


def test_author_is_named_only_with_consent(client, member, company, home_cluster):
    article = make.article(home_cluster, organisation=company, author=member)
    assert member.get_full_name() in client.get(article.get_absolute_url()).text

    Article.objects.update(shows_author=False)
    page = client.get(article.get_absolute_url()).text

    assert member.get_full_name() not in page
    assert company.title in page


def test_feed_holds_what_everyone_may_read(client, home_cluster):
    make.article(home_cluster, title_fi="Avoin")
    make.article(home_cluster, title_fi="Jäsenille", visibility="members")
    make.article(home_cluster, title_fi="Tulossa", stage="scheduled")

    out = timezone.now() - datetime.timedelta(days=3)
    Article.objects.filter(title_fi="Avoin").update(published_at=out)

    feed = client.get(reverse("knowledge:feed"))

    assert f"<published>{out.isoformat()}</published>" in feed.text
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "Avoin" in feed.text
    assert "Jäsenille" not in feed.text
    assert "Tulossa" not in feed.text


def test_list_and_page_keep_their_number_of_queries(
    client, member, home_cluster, django_assert_max_num_queries
):
    terms = [factories.region("06"), factories.region("11")]
    for _each in range(3):
        article = make.article(home_cluster, terms=terms)
        make.file(article)
    client.force_login(member)
    client.get(reverse("knowledge:list"))

    with django_assert_max_num_queries(8):
        client.get(reverse("knowledge:list"))
    with django_assert_max_num_queries(10):
        client.get(article.get_absolute_url())


def test_saved_search_tells_of_what_comes_out(home_cluster):
    article = make.article(home_cluster, title_fi="Sensoriverkko metsässä")
    reader = factories.user()

    matching = ARTICLES.matching(reader, QueryDict("q=sensoriverkko"), [article.pk])

    assert list(matching) == [article]


def drawn(side=(1200, 600)):
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "salainen paikka"
    Image.new("RGB", side, "teal").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("kuva.jpg", out.getvalue())


def test_picture_is_encoded_anew_and_shown_with_words_and_licence(client, office, home_cluster):
    article = make.article(home_cluster)
    client.force_login(office)
    address = reverse("knowledge:write", args=[article.slug, "pictures"])
    told = {"alt_fi": "Jokimaisema syksyllä", "licence": "by", "credit": "Malli"}

    sent = client.post(address, {"picture": drawn(), **told, "then": "again"})

    picture = article.pictures.get()
    stored = client.get(picture.get_absolute_url())
    content = b"".join(stored.streaming_content)
    assert sent.url == address
    assert stored["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(content)).size == (1200, 600)
    assert b"salainen" not in content
    page = client.get(article.get_absolute_url()).text
    assert 'alt="Jokimaisema syksyllä"' in page
    assert "CC BY 4.0" in page
    assert f'src="{picture.get_absolute_url()}"' in client.get(reverse("knowledge:list")).text


def test_picture_without_words_or_licence_is_not_taken(client, office, home_cluster):
    article = make.article(home_cluster)
    client.force_login(office)
    address = reverse("knowledge:write", args=[article.slug, "pictures"])

    response = client.post(address, {"picture": drawn()})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"alt_fi", "licence", "credit"}
    assert not article.pictures.exists()


def test_what_is_no_picture_is_refused(client, office, home_cluster):
    article = make.article(home_cluster)
    client.force_login(office)
    address = reverse("knowledge:write", args=[article.slug, "pictures"])
    told = {"alt_fi": "Kuva", "licence": "own", "credit": "Malli"}

    for name, content in (("a.svg", b"<svg/>"), ("a.png", b"<script>"), ("a.jpg", b"x" * 3000)):
        sent = {"picture": SimpleUploadedFile(name, content), **told}
        assert client.post(address, sent).status_code == 422
    assert not article.pictures.exists()


def test_cover_passes_to_the_next_when_it_goes(client, office, home_cluster):
    article = make.article(home_cluster)
    first, second = make.picture(article), make.picture(article, is_cover=False)
    client.force_login(office)

    client.post(reverse("knowledge:picture_cover", args=[second.public_id]))
    assert list(article.pictures.filter(is_cover=True)) == [second]
    client.post(reverse("knowledge:picture_remove", args=[second.public_id]))

    assert list(article.pictures.filter(is_cover=True)) == [first]


def test_coordinator_makes_a_letter_of_what_is_out(client, member, office, company, home_cluster):
    article = make.article(
        home_cluster, organisation=company, author=member, title_sv="Övning", summary_sv="Kort."
    )
    draft = make.article(home_cluster, stage="draft")
    page = reverse("knowledge:letter", args=[article.slug])
    client.force_login(member)
    assert "Kirjoita siitä kirje" not in client.get(article.get_absolute_url()).content.decode()
    assert client.post(page).status_code in {302, 404}
    assert not Letter.objects.exists()
    client.force_login(office)
    assert "Kirjoita siitä kirje" in client.get(article.get_absolute_url()).content.decode()

    client.post(page)
    client.post(page)
    client.post(reverse("knowledge:letter", args=[draft.slug]))

    made = Letter.objects.get()
    assert (made.subject_fi, made.stage, made.subject_en) == (article.title_fi, "draft", "")
    assert article.get_absolute_url() in made.body_fi


def test_same_heading_has_the_same_chart():
    assert pictures.cover("Otsikko", "power") == pictures.cover("Otsikko", "power")
    assert pictures.cover("Otsikko", "power") != pictures.cover("Toinen", "power")
    assert all(pictures.cover("Otsikko", motif, is_wide=True) for motif in MOTIFS)


def test_related_articles_stand_on_pages_of_the_same_concept(client, home_cluster, company):
    near = make.article(home_cluster, title_fi="Kyberturvallisuuden harjoitus kunnassa")
    make.article(home_cluster, title_fi="Metsän anturit ja paristot")
    hidden = make.article(home_cluster, title_fi="Kyberturvallisuus piilossa", stage="draft")
    other = make.article(home_cluster, title_fi="Pienyrityksen kyberturvallisuus")
    title = "Kyberturvallisuuden arviointi"
    project = projects.project(home_cluster, organisation=company, title_fi=title)
    challenge = projects.challenge(home_cluster, organisation=company, title_fi=title)
    programme = projects.approved_programme(home_cluster, company)
    measure = projects.measure(programme, responsible=company, title_fi=title)
    topic = theses.topic(company, home_cluster, title=title)

    for thing in (project, challenge, measure, topic):
        rows = about(thing, AnonymousUser())
        assert {row["title"] for row in rows} == {near.title, other.title}
        page = client.get(thing.get_absolute_url()).text
        assert f'href="{near.get_absolute_url()}"' in page
        assert hidden.title not in page
    page = client.get(near.get_absolute_url()).text
    assert f'href="{other.get_absolute_url()}"' in page


def test_article_tells_machines_of_itself_only_when_everybody_may_read_it(
    client, office, home_cluster
):
    article = make.article(home_cluster, title_fi="Otsikko </script><b>")
    hidden = make.article(home_cluster, visibility="members")
    client.force_login(office)

    page = client.get(article.get_absolute_url()).text

    data = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(data)["headline"] == article.title_fi
    assert json.loads(data)["@type"] == "NewsArticle"
    assert 'property="og:title"' in page
    assert "ld+json" not in client.get(hidden.get_absolute_url()).text


def test_front_page_shows_the_latest_with_covers(client, home_cluster):
    for number in range(5):
        make.article(home_cluster, title_fi=f"Uutinen {number}")
    make.article(home_cluster, title_fi="Luonnos", stage="draft")

    page = client.get("/").text

    assert "Uutinen 4" in page
    assert "Uutinen 0" not in page
    assert "Luonnos" not in page
    assert page.count('class="cover"') == 4


def test_article_is_in_the_sitemap(client, home_cluster):
    shown = make.article(home_cluster)
    hidden = make.article(home_cluster, visibility="members")

    page = client.get("/sitemap.xml").text

    assert shown.get_absolute_url() in page
    assert hidden.get_absolute_url() not in page


def test_front_page_shows_one_need_on_its_way(client, home_cluster, company):
    project = projects.project(home_cluster, organisation=company, title_fi="Hanke matkalla")
    result = projects.result(home_cluster, organisation=company, project=project)
    assert 'class="journey' not in client.get("/").text

    projects.use(result, stage="confirmed", answered_at=timezone.now())
    page = client.get("/").text

    assert 'class="journey' in page
    assert "Hanke matkalla" in page
