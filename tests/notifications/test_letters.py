"""A letter put into bytes here says what Django's own message says."""

from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import BadHeaderError
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_portal.notifications import letters

HEADERS = {
    "Message-ID": "<1@example.org>",
    "References": "<2@example.org>",
    "List-Unsubscribe": f"<https://example.org/{'x' * 90}/>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}
# What a text in a database may hold; a body's line ends are the mail's own.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
SUBJECTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cf"]), max_size=180)


def letter(subject="Aihe", text="Hei\n", html="<p>Hei</p>\n", to="aino@example.org", **more):
    made = EmailMultiAlternatives(
        subject, text, "Turvallisuusklusteri <portaali@example.org>", [to], headers=HEADERS | more
    )
    made.attach_alternative(html, "text/html")
    return made


def read(raw):
    parsed = message_from_bytes(raw, policy=policy.default)
    head = {name: str(value).strip() for name, value in parsed.items() if name != "Content-Type"}
    head.pop("Date")
    parts = [
        (part.get_content_type(), part.get_content_charset(), part.get_payload(decode=True))
        for part in parsed.iter_parts()
    ]
    return parsed.get_content_type(), head, parts


@settings(deadline=None)
@given(subject=SUBJECTS, text=WORDS, html=WORDS)
def test_bytes_say_what_djangos_own_say(subject, text, html):
    made = letter(subject, f"Hei {text}\n", f"<p>{html}</p>\n")

    raw = letters.as_bytes(made)

    assert raw is None or read(raw) == read(made.message().as_bytes(linesep="\r\n"))


@settings(deadline=None)
@given(WORDS)
def test_bytes_have_no_bare_line_end_and_no_line_too_long(text):
    raw = letters.as_bytes(letter(text=f"Hei {text}\n")) or b""

    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "made",
    [
        letter(text="x" * 999),
        letter(html="ä" * 500),
        letter(to="äiti@example.org"),
        letter(to="a@b.fi, c@d.fi"),
        letter(to="Aino <aino@example.org>"),
        letter(**{"X-Note": "a\r\nBcc: c@d.fi"}),
        letter(**{"X-Note": "ä"}),
    ],
)
def test_what_is_not_of_plain_shape_is_left_to_django(made):
    assert letters.as_bytes(made) is None


def test_plain_letter_is_not_left_to_django():
    assert letters.as_bytes(letter(subject="Ääkköset", text="Ä" * 400)) is not None


def test_line_end_in_the_subject_is_refused():
    with pytest.raises(BadHeaderError):
        letters.as_bytes(letter(subject="Aihe\r\nBcc: c@d.fi"))


def test_sender_is_the_bare_address():
    assert letters.sender_of("Ääkköset <portaali@example.org>") == "portaali@example.org"
