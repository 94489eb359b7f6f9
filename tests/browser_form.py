"""What a browser would send for the form of a page, hidden inputs included."""

from __future__ import annotations

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.inside = form_id, False
        self.sent: dict[str, list[str]] = {}
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        elif self.inside and tag == "select":
            self.select = given.get("name") or ""
        elif self.inside and tag == "textarea":
            self.textarea = given.get("name") or ""
            self.sent[self.textarea] = [""]
        elif self.inside and tag == "option" and "selected" in given:
            self._add(self.select, given.get("value"))
        elif self.inside and tag == "input":
            self._input(given)

    def _input(self, given: dict[str, str | None]) -> None:
        kind = given.get("type", "text")
        is_box = kind in {"checkbox", "radio"}
        is_off = is_box and "checked" not in given
        if given.get("name") and not is_off and kind not in {"submit", "file"}:
            self._add(given["name"] or "", given.get("value", "on" if is_box else ""))

    def _add(self, name: str, value: str | None) -> None:
        self.sent.setdefault(name, []).append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.sent[self.textarea][0] += data


def fields(html: str, form_id: str) -> dict[str, list[str]]:
    """Names and values; a textarea loses the line break that follows its tag, lines end by two
    characters, as a browser does it."""
    parser = _Fields(form_id)
    parser.feed(html)
    return {
        name: ["\r\n".join(value.removeprefix("\n").splitlines()) for value in values]
        for name, values in parser.sent.items()
        if name
    }
