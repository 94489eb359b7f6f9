"""Articles where two act at once, a form is used twice, a writer has two clusters, data leave."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.knowledge import exports
from cluster_portal.knowledge.models import Article, ArticlePicture, PageVersion
from cluster_portal.knowledge.services.pictures import make_cover, remove_picture
from cluster_portal.knowledge.services.publishing import publish_due
from cluster_portal.knowledge.services.writing import remove_file, write_article
from cluster_portal.notifications.models import OutboxMail
from members.models import Coordinator
from tests import factories
from tests.events.factories import event
from tests.knowledge import factories as make

pytestmark = pytest.mark.django_db


def values(**more):
    return {"title_fi": "Uusi juttu", "form_key": uuid4(), "organisation": None, **more}


def test_picture_or_file_that_somebody_else_has_removed_changes_nothing(home_cluster, office):
    article = make.article(home_cluster)
    first, second, file = make.picture(article), None, make.file(article)
    second = make.picture(article, is_cover=False)
    ArticlePicture.objects.filter(pk=second.pk).delete()
    type(file).objects.filter(pk=file.pk).delete()

    for act, part in ((make_cover, second), (remove_picture, second), (remove_file, file)):
        with pytest.raises(Refused):
            act(part, by=office)

    first.refresh_from_db()
    assert first.is_cover


def test_form_of_another_makes_nothing_and_breaks_nothing(home_cluster, office, member, company):
    key = uuid4()
    first = write_article(values(form_key=key), by=office)

    with pytest.raises(Refused):
        write_article(values(form_key=key, organisation=company), by=member)

    assert write_article(values(form_key=key), by=office) == first
    assert Article.objects.count() == 1


@pytest.fixture
def both(office, other_cluster):
    """A coordinator of two clusters."""
    Coordinator.objects.create(
        user=office, cluster=other_cluster, since=timezone.localdate() - timedelta(days=1)
    )
    return office


def test_coordinator_of_two_clusters_says_for_which_they_write(
    both, home_cluster, other_cluster, client
):
    for cluster in (home_cluster, other_cluster):
        assert write_article(values(home_cluster=cluster), by=both).home_cluster == cluster
    with pytest.raises(Refused):
        write_article(values(), by=both)
    with pytest.raises(Refused):
        write_article(values(home_cluster=factories.cluster("kolmas")), by=both)
    client.force_login(both)
    page = client.get(reverse("knowledge:propose"))
    field = page.context["form"].fields["home_cluster"]
    assert set(field.queryset) == {home_cluster, other_cluster}
    data = {"kind": "news", "title_fi": "Kolmas juttu", "form_key": str(uuid4())}
    answer = client.post(reverse("knowledge:propose"), data)
    assert set(answer.context["form"].errors) == {"home_cluster"}


def test_coordinator_of_one_cluster_is_not_asked(office, home_cluster, client):
    client.force_login(office)

    page = client.get(reverse("knowledge:propose"))

    assert "home_cluster" not in page.context["form"].fields
    assert write_article(values(), by=office).home_cluster == home_cluster


def test_what_is_not_whole_at_its_moment_goes_back_and_its_writer_hears_why(home_cluster, member):
    past = timezone.now() - timedelta(minutes=1)
    whole = make.article(home_cluster, stage="scheduled", publish_at=past)
    broken = make.article(
        home_cluster, stage="scheduled", publish_at=past, author=member, summary_fi=""
    )

    assert publish_due() == 1

    broken.refresh_from_db()
    whole.refresh_from_db()
    assert (whole.stage, broken.stage) == ("published", "draft")
    assert broken.answer != ""
    assert OutboxMail.objects.filter(kind="article_moved", recipient=member).exists()


def test_data_of_a_writer_hold_every_language_the_link_and_the_pictures(home_cluster, member):
    article = make.article(
        home_cluster, author=member, link="https://example.org/a", title_sv="På svenska",
        body_sv="Text.",
    )  # fmt: skip
    make.picture(article, alt_sv="Sjö", licence="by")

    [row] = exports.articles(member)

    assert row["texts"]["sv"] == {"title": "På svenska", "summary": "", "text": "Text."}
    assert row["texts"]["fi"]["text"] == "Teksti."
    assert set(row["texts"]) == {"fi", "sv"}
    assert row["link"] == "https://example.org/a"
    [shown] = row["pictures"]
    assert (shown["shows_sv"], shown["made by"], shown["licence"]) == ("Sjö", "Malli", "CC BY 4.0")


def test_data_of_an_editor_hold_the_texts_of_their_versions(office):
    PageVersion.objects.create(key="about", number=1, body_fi="Suomeksi", saved_by=office)

    [row] = exports.page_versions(office)

    assert row["texts"] == {"fi": "Suomeksi", "sv": "", "en": ""}


def test_page_of_a_thing_says_what_a_shared_link_shows(client, home_cluster):

    shown = event(home_cluster, title_fi="<b>Foorumi</b>", summary_fi='Tule "mukaan"')

    page = client.get(shown.get_absolute_url()).content.decode()

    assert '<meta property="og:title" content="&lt;b&gt;Foorumi&lt;/b&gt;">' in page
    assert 'content="Tule &quot;mukaan&quot;"' in page
    assert f'property="og:url" content="http://localhost:8000{shown.get_absolute_url()}"' in page


def test_footer_and_sitemap_lead_to_the_press_kit(client, db):
    address = reverse("knowledge:press")

    assert f'href="{address}"' in client.get("/").content.decode()
    assert address in client.get("/sitemap.xml").content.decode()
