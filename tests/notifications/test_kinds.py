from pathlib import Path

import pytest
from django.conf import settings

from cluster_portal.notifications import kinds
from cluster_portal.notifications.kinds import Kind, KindGroup, Priority


def test_every_kind_has_its_template_and_every_template_its_kind():
    folder = Path(settings.BASE_DIR) / "templates" / "mail"
    parts = {"page.html", "frame.md"}
    files = {path.name for path in folder.iterdir() if path.name[0] != "_"} - parts

    assert files == {f"{kind.name}.md" for kind in kinds.every()}
    assert [name for name in files if not (folder / name).read_text().startswith("Subject: ")] == []


def test_every_kind_has_a_label_for_people():
    assert [kind.name for kind in kinds.every() if not str(kind.label).strip()] == []


def test_kind_is_registered_once():
    name = kinds.every()[0].name

    with pytest.raises(ValueError, match="twice"):
        kinds.register(Kind(name, label="x", group=KindGroup.EVENTS))


def test_somebody_waits_for_urgent_mail():
    order = [
        Kind("x", label="x", group=KindGroup.EVENTS, urgent=True).priority,
        Kind("x", label="x", group=KindGroup.ACCOUNT).priority,
        Kind("x", label="x", group=KindGroup.DIGEST).priority,
    ]

    assert order == sorted(Priority)


def test_urgent_is_what_somebody_waits_for_at_the_screen():
    urgent = {kind.name for kind in kinds.every() if kind.urgent}

    assert urgent == {
        *("account_confirm", "account_reset", "account_unknown", "account_already"),
        *("account_changed", "registration_requested"),
        *("registration_confirmed", "registration_waiting", "registration_again"),
        "registration_address",
        "registration_applied",
    }
