import pytest
from django.template import Engine, TemplateDoesNotExist

from cluster_portal.notifications import kinds
from cluster_portal.notifications.kinds import Kind, KindGroup, Priority


def test_every_kind_has_its_three_templates():
    missing = []
    for kind in kinds.every():
        for part in ("subject.txt", "body.txt", "body.html"):
            try:
                Engine.get_default().get_template(f"mail/{kind.name}.{part}")
            except TemplateDoesNotExist as absent:
                missing.append(str(absent))

    assert missing == []


FRAMES = ('extends "mail/base.html"', 'extends "mail/_work.html"')


def _source(name):
    return Engine.get_default().get_template(name).source


def test_every_mail_stands_in_the_common_frame():
    bare = [
        kind.name
        for kind in kinds.every()
        if not any(frame in _source(f"mail/{kind.name}.body.html") for frame in FRAMES)
    ]

    assert FRAMES[0] in _source("mail/_work.html")
    assert bare == []


def test_every_kind_has_a_label_for_people():
    assert [kind.name for kind in kinds.every() if not str(kind.label).strip()] == []


def test_kind_is_registered_once():
    name = kinds.every()[0].name

    with pytest.raises(ValueError, match="twice"):
        kinds.register(Kind(name, label="x", group=KindGroup.EVENTS))


def test_somebody_waits_for_account_mail():
    order = [
        Kind("x", label="x", group=group).priority for group in ("account", "events", "digest")
    ]

    assert order == sorted(Priority)
