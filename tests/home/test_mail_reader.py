"""The demo's mail reader: there in the demo only, and it reads its own folder only."""

import pytest
from django.test import override_settings

NAME = "20261121-120000-abc.eml"
MAIL = """From: portaali@example.org\r
To: vieras@example.org\r
Subject: =?utf-8?q?Ilmoittautuminen_hyv=C3=A4ksytty?=\r
Date: Sat, 21 Nov 2026 12:00:00 +0000\r
Message-ID: <1@example.org>\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: 8bit\r
\r
Hei! https://example.org/linkki/ <b>ei lihavoitu</b>\r
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / NAME).write_bytes(MAIL.encode())
    (tmp_path / "secret.eml").write_text("Subject: salaisuus\n\nsalaisuus")
    with override_settings(DEMO=True, DEMO_MAIL_DIR=str(tmp_path / "mail")):
        yield tmp_path / "mail"


def test_list_shows_the_mails_newest_first(client, db, folder):
    (folder / "20261122-120000-abc.eml").write_bytes(MAIL.replace("vieras@", "toinen@").encode())

    mails = client.get("/demo/mail/").context["mails"]

    assert [mail["to"] for mail in mails] == ["toinen@example.org", "vieras@example.org"]
    assert mails[0]["subject"] == "Ilmoittautuminen hyväksytty"


@pytest.mark.parametrize("zone", ["+0000", "-0000"])
def test_moments_are_told_in_helsinkis_time(client, db, folder, zone):
    (folder / NAME).write_bytes(MAIL.replace("+0000", zone).encode())

    assert "21.11.2026 klo 14.00" in client.get("/demo/mail/").content.decode()


def test_mail_is_shown_as_text_with_its_links(client, db, folder):
    text = client.get(f"/demo/mail/{NAME}").content.decode()

    assert 'href="https://example.org/linkki/"' in text
    assert "<b>ei" not in text


def test_mail_can_be_downloaded_but_not_opened_in_the_page(client, db, folder):
    response = client.get(f"/demo/mail/{NAME}/file")

    assert response["Content-Type"] == "message/rfc822"
    assert response["Content-Disposition"].startswith("attachment")


def test_broken_mail_does_not_break_the_list(client, db, folder):
    (folder / "20261123-120000-abc.eml").write_bytes(b"\xff\xfe\x00Date: nonsense\n\n\xff")

    assert client.get("/demo/mail/").status_code == 200
    assert client.get("/demo/mail/20261123-120000-abc.eml").status_code == 200


@pytest.mark.parametrize("name", ["../secret.eml", "..%2Fsecret.eml", "x.txt", "missing.eml"])
def test_nothing_outside_the_folder_is_read(client, db, folder, name):
    assert client.get(f"/demo/mail/{name}").status_code == 404


def test_reader_is_not_there_outside_the_demo(client, db):
    assert client.get("/demo/mail/").status_code == 404
