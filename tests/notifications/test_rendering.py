import pytest
from django.core import mail as django_mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_portal.notifications import outbox, rendering
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.rendering import fence, fence_html, header_safe
from tests.notifications.conftest import deliver_all

ZW = rendering.FENCE
NASTY = [
    "Forum\r\nBcc: all@example.org",
    "Forum\u2028Bcc: all@example.org",
    "Forum\x0b\x0c\x85 x",
    "N" * 2000,
    "Ääkköset – ja 漢字 😀" * 30,
]


@pytest.mark.parametrize("name", NASTY)
def test_subject_is_one_line_of_bounded_length_and_the_mail_leaves(reader, postman, notice, name):
    outbox.post("test_notice", to=reader, key="1", values={"name": name})

    deliver_all(postman)

    raw = django_mail.outbox[0].message().as_bytes()
    head = raw.split(b"\n\n")[0]
    assert OutboxMail.objects.get().state == MailState.SENT
    assert b"\nBcc:" not in head
    assert len(django_mail.outbox[0].subject) <= rendering.SUBJECT_LIMIT


def test_guest_with_a_poisoned_address_is_quarantined_and_others_flow(reader, postman, notice):
    outbox.post("test_notice", to=Guest("a@b.fi\nBcc: c@d.fi", "x", "fi"), key="1")
    outbox.post("test_notice", to=reader, key="1")

    deliver_all(postman)

    assert [sent.to for sent in django_mail.outbox] == [["aino@example.org"]]


@given(st.text())
def test_header_safe_leaves_one_printable_line(text):
    line = header_safe(text)

    assert len(line) <= rendering.SUBJECT_LIMIT
    assert not rendering.UNPRINTABLE.search(line)


@pytest.mark.parametrize(
    "typed",
    [
        "www.evil.fi",
        "https://evil.fi/x",
        "evil.fi",
        "(http://localhost:8000.evil.fi/)",
        "http://1.2.3.4/",
        "x@evil.fi",
    ],
)
def test_fence_breaks_what_a_mail_program_would_link(typed):
    assert ZW in fence(f"Maija {typed} tervehtii")


@pytest.mark.parametrize(
    "plain",
    ["http://localhost:8000/members/", "9.2.2027 klo 14.00", "Versio 2.0", "A/B: c", "<3"],
)
def test_fence_leaves_our_links_and_dates_alone(plain):
    assert fence(plain) == plain


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="ab. :/@w\n", max_size=60))
def test_fence_changes_nothing_that_can_be_seen(text):
    assert fence(text).replace(ZW, "") == text


def test_fence_html_touches_words_only():
    html = '<style>a{b.c:d}</style><a href="http://localhost:8000/x.y">www.evil.fi</a>'

    assert fence_html(html) == html.replace("www.evil.fi", f"www.{ZW}evil.{ZW}fi")


@pytest.mark.parametrize(
    "name", ['<a href="http://evil.fi">x</a>', "{{ 7|add:7 }}", "%s %(name)s", "**bold** & {x}"]
)
def test_values_stay_literal_in_text_and_html(reader, postman, notice, name):
    outbox.post("test_notice", to=reader, key="1", values={"name": name})

    deliver_all(postman)

    sent = django_mail.outbox[0]
    assert f"Name: {name}" in sent.body.replace(ZW, "")
    assert "evil.fi" not in sent.body
    assert '<a href="http://evil' not in sent.alternatives[0].content


def test_long_word_is_fenced_at_once():
    """Not in the square of its length: somebody could type it."""
    word = "x" * 200_000

    assert fence(word) == fence_html(word) == word


@pytest.mark.parametrize(
    ("html", "fenced"),
    [
        ("<b>a</b>evil.fi evil.fi", f"<b>a</b>evil.{ZW}fi evil.{ZW}fi"),
        ("Katso:<br>www.evil.fi<br>", f"Katso:<br>www.{ZW}evil.{ZW}fi<br>"),
        ("<p>(http://evil.fi/)", f"<p>(http:{ZW}//evil.{ZW}fi/)"),
        ("<p>http://localhost:8000/a.b</p>", "<p>http://localhost:8000/a.b</p>"),
        ("a &lt;evil.fi&gt; b", f"a &lt;evil.{ZW}fi&gt; b"),
    ],
)
def test_fence_html_finds_every_word_between_tags(html, fenced):
    assert fence_html(html) == fenced
