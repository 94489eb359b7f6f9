import re
from html import escape as escape_text
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail as django_mail
from django.template import Engine
from django.test import override_settings
from django.utils import translation
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from cluster_portal.notifications import kinds, outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.outbox import Guest
from cluster_portal.notifications.sending import mail_templates, rendering
from cluster_portal.notifications.sending.rendering import header_safe, letter
from tests.notifications.conftest import deliver_all

NASTY = [
    "Forum\r\nBcc: all@example.org",
    "Forum\u2028Bcc: all@example.org",
    "Forum\x0b\x0c\x85 x",
    "N" * 2000,
    "Ääkköset – ja 漢字 😀" * 30,
]


def as_written(words):
    """In the text of a page whose styles were put on its elements."""
    return escape_text(words, quote=False)


def without_styles(page):
    return re.sub(r' style="[^"]*"', "", page)


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
    "name",
    [
        '<a href="http://evil.fi">x</a>',
        "<b>bold</b>",
        "{{ 7|add:7 }}",
        "%s %(name)s",
        "**bold** & {x}",
        "[press](http://evil.fi)",
        "www.evil.fi",
        "- item",
        "## Heading",
    ],
)
def test_values_stay_literal_in_text_and_html(reader, notice, name):
    outbox.post("test_notice", to=reader, key="1", values={"name": name})

    sent = letter(OutboxMail.objects.get())

    assert f"Name: {name} Code:" in sent.text
    assert f"Name: {as_written(name)} Code:" in sent.html
    assert f"<strong>{as_written(name)}</strong>" in without_styles(sent.html)
    assert "evil.fi" not in "".join(re.findall(r'<[^<>]*href="([^"]*)"', sent.html))
    assert not rendering.UNPRINTABLE.search(sent.text.replace("\n", ""))


def test_words_of_a_person_are_set_apart_line_by_line(reader, notice):
    quote = "Moi\n-- \nKind regards\n[x](http://evil.fi)"
    outbox.post("test_notice", to=reader, key="1", values={"name": "x", "quote": quote})

    sent = letter(OutboxMail.objects.get())

    assert "\n> Moi\n> --\n> Kind regards\n> [x](http://evil.fi)\n" in sent.text
    assert f"<blockquote>{as_written(quote)}</blockquote>" in without_styles(sent.html)


def test_link_stands_on_a_line_of_its_own_in_the_text(reader, notice):
    outbox.post("test_notice", to=reader, key="1", values={"name": "x"})

    sent = letter(OutboxMail.objects.get())

    assert "\n\nLink: http://localhost:8000/members/\n\n" in sent.text
    assert '<p><a class="go" href="http://localhost:8000/members/">Link</a></p>' in without_styles(
        sent.html
    )


def test_answer_goes_to_the_sender_and_the_foot_says_so(reader, postman, notice):
    notice(reply_to=lambda mail: "sender@example.org")
    outbox.post("test_notice", to=reader, key="1")

    deliver_all(postman)

    sent = django_mail.outbox[0]
    assert sent.message()["Reply-To"] == "sender@example.org"
    assert "your answer goes to sender@example.org." in sent.body
    assert "Do not reply" not in sent.body


def test_reader_is_told_not_to_reply_where_nobody_wrote(reader, postman, notice):
    outbox.post("test_notice", to=reader, key="1")

    deliver_all(postman)

    sent = django_mail.outbox[0]
    assert sent.message()["Reply-To"] is None
    assert "Do not reply to this message." in sent.body


@pytest.mark.parametrize(
    ("source", "text", "html"),
    [
        ("A\nB", "A\nB\n", "<p>A<br>\nB</p>"),
        ("{% if no %}\nA\n{% endif %}\n\nB", "B\n", "<p>B</p>"),
        ("- A\n{% if no %}\n- B\n{% endif %}\n- C\n  D", "- A\n- C\n  D\n",
         "<ul><li>A\n\n<li>C\n<br>D</ul>"),
        ("{% if no %}\n- A\n{% endif %}", "\n", ""),
        ("## A **B**", "A B\n", "<h2>A <strong>B</strong></h2>"),
        ("[a@b.fi](mailto:a@b.fi) [x](http://x)", "a@b.fi x: http://x\n",
         '<p><a href="mailto:a@b.fi">a@b.fi</a> <a href="http://x">x</a></p>'),
        ("{% blocktranslate trimmed %}\n  Two\n  lines\n{% endblocktranslate %}",
         "Two lines\n", "<p>Two lines</p>"),
    ],
)  # fmt: skip
def test_markdown_of_a_file_is_read_before_its_values(tmp_path, source, text, html):
    (tmp_path / "x.md").write_text(source)
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "page.html").write_text("{{ letter }}")
    templates = [{**django_settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    with override_settings(TEMPLATES=templates):
        Engine.get_default.cache_clear()
        found = mail_templates.text("x.md", {}), mail_templates.html("x.md", {}).strip()

    assert found == (text, html)


class Hostile:
    """Whatever a template asks of it: words that look like markup."""

    def __str__(self):
        return "<b>[press](http://evil.fi)**x**"

    def __getitem__(self, name):
        return "http://localhost:8000/" if name == "url" else Hostile()

    def __iter__(self):
        yield Hostile()

    def __len__(self):
        return 2


def hostile_context():
    """Every name that the templates speak of, and more."""
    folder = Path(django_settings.BASE_DIR) / "templates" / "mail"
    names = set(re.findall(r"\w+", " ".join(path.read_text() for path in folder.glob("*.md"))))
    context = {name: Hostile() for name in names}
    urls = {name: f"http://localhost:8000/{name}" for name in names if name.endswith("url")}
    written = {"body": "Markdown on purpose"}  # what it may do: test_letters.py
    return context | urls | written | {"count": 3, "more": 3}


def test_sentences_of_mails_hold_no_markup():
    """It is read before the sentence is looked up, so that the translation would not be found."""
    folder = Path(django_settings.BASE_DIR) / "templates" / "mail"
    sentences = {
        path.name: " ".join(mail_templates.SENTENCE.findall(path.read_text(encoding="utf-8")))
        for path in folder.glob("*.md")
    }

    assert [name for name, said in sentences.items() if "*" in said or "](" in said] == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_mail_shows_whatever_it_is_given_as_words(language):
    context = hostile_context()
    for kind in kinds.every():
        name = f"mail/{kind.name}.md"
        with translation.override(language):
            html, text = mail_templates.html(name, context), mail_templates.text(name, context)
        linked = {unescape(href) for href in re.findall(r'href="([^"]*)"', html)}
        assert "<b>" not in html, name
        assert escape(Hostile()) in html, name
        assert str(Hostile()) in text, name
        assert {href for href in linked if "localhost" not in href} <= {
            f"{before}{Hostile()}" for before in ("", "mailto:")
        }, name
