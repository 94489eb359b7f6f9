"""A letter in two parts is word for word what Django makes of its template."""

import pytest
from django.template import Context, Engine
from django.utils.translation import override

from cluster_portal.notifications import frames, kinds

KINDS = [kind.name for kind in kinds.every()]


class Value(int):
    """Stands for any value: it counts two, has every attribute, and is a list of its kind."""

    def __new__(cls, name):
        made = super().__new__(cls, 2)
        made.name = name
        return made

    def __str__(self):
        return f"<{self.name}> & so on"

    def __getitem__(self, name):
        return Value(f"{self.name}[{name}]")

    def __iter__(self):
        return iter([self[0], self[1]])

    def __len__(self):
        return 2


class Everything(dict):
    """Knows every name, so that nothing that a template uses can be missing unseen."""

    def __contains__(self, name):
        return name != "block"

    def __missing__(self, name):
        return Value(name)

    def get(self, name, default=None):
        return self[name]


def whole(name, context, autoescape):
    template = Engine.get_default().get_template(name)
    return template.render(Context(context, autoescape=autoescape))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("end", ["txt", "html"])
@pytest.mark.parametrize("kind", KINDS)
def test_parts_put_together_are_the_whole(kind, end, language):
    name, context = (
        f"mail/{kind}.body.{end}",
        Everything(kind=kinds.get(kind), subject="A <b> & so on"),
    )

    with override(language):
        together = frames.render(name, context, autoescape=end == "html")
        alone = whole(name, context, autoescape=end == "html")

    assert together == alone
    assert len(together) > 100


def test_frame_is_kept_apart_for_each_value_that_it_shows():
    context = {"kind": kinds.get("topic_published"), "subject": "Aihe", "language": "fi"}
    shown = {
        frames.render("mail/topic_published.body.html", {**context, "privacy_url": url})
        for url in ("https://a.example/", "https://b.example/")
    }

    assert ["a.example" in one for one in sorted(shown)] == [True, False]


def test_template_that_extends_none_is_rendered_as_it_is():
    assert frames.render("mail/_style.html", {}) == whole("mail/_style.html", {}, autoescape=True)
