"""Mail templates: one file `mail/<kind>.md` gives the subject, the text and the HTML of a letter.

The file begins with `Subject: …`, then comes the body, and after a line `---` the kind's own words
on why the reader gets the letter, if it has any. The Markdown (paragraphs, `- ` lists, `> ` quotes,
`## ` headings, `**bold**`, `*soft*`, `[label](address)`) is read when the file is loaded, before
any value is put in: whatever a value holds, it stays words.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import css_inline
from django.template import Context, Engine, Library, Origin
from django.template.loaders.filesystem import Loader
from django.utils.safestring import SafeString

from cluster_portal.core.text import richtext

register = Library()

SENTENCE = re.compile(r"\{% blocktranslate\b.*?\{% endblocktranslate %\}", re.DOTALL)
CONTROL = re.compile(
    r"\{% (?:if|elif|else|endif|for|empty|endfor|with|endwith|include|extends|block|endblock)\b"
    r"[^%]*%\}"
)
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
SOFT = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
# What conditions leave behind; a value cannot look like it, for it is escaped.
EMPTY = re.compile(r"(?:<br>\s*)+(?=</p>)|<(p|ul|blockquote)>\s*</\1>")
TRAILING, GAP = re.compile(r"[^\S\n]+$", re.MULTILINE), re.compile(r"\n{3,}")
FRAME = "mail/frame.md"
SUBJECT, FOOT = "Subject: ", "\n---\n"


def subject(name: str, context: dict[str, Any]) -> str:
    return _render(f"{__name__}.SubjectLoader", name, Context(context, autoescape=False))


def text(name: str, context: dict[str, Any]) -> str:
    found = _render(f"{__name__}.TextLoader", name, Context(context, autoescape=False))
    return GAP.sub("\n\n", TRAILING.sub("", found.strip())) + "\n"


def words(name: str, context: dict[str, Any]) -> SafeString:
    """The HTML of the letter itself, without the page that a mail program needs around it."""
    return _render(f"{__name__}.HtmlLoader", name, Context(context))


def html(name: str, context: dict[str, Any]) -> str:
    loader, letter = f"{__name__}.HtmlLoader", words(name, context)
    return EMPTY.sub("", _render(loader, "mail/page.html", Context({**context, "letter": letter})))


def inlined(page: str) -> str:
    """Styles stand on each element, as some mail programs want; the dark ones stay a rule."""
    return _inliner().inline(page)


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)


def _render(loader: str, name: str, context: Context) -> SafeString:
    return _engine(Engine.get_default(), loader).get_template(name).render(context)


@lru_cache(maxsize=6)
def _engine(base: Engine, loader: str) -> Engine:
    return Engine(
        dirs=base.dirs,
        loaders=[("django.template.loaders.cached.Loader", [loader])],
        builtins=["django.templatetags.i18n", __name__],
    )


class MarkdownLoader(Loader):
    """Reads a `.md` file in the form that its subclass gives it."""

    form: Callable[[str], str]

    def get_contents(self, origin: Origin) -> str:
        source = super().get_contents(origin)
        return type(self).form(source) if origin.name.endswith(".md") else source


def _head(source: str) -> str:
    return source.partition("\n\n")[0].removeprefix(SUBJECT)


def _framed(source: str) -> str:
    """A letter stands in the common frame; other files are parts of letters."""
    one_line_each = SENTENCE.sub(lambda found: " ".join(found.group().split()), source)
    if not source.startswith(SUBJECT):
        return one_line_each
    body, has_foot, foot = one_line_each.partition("\n\n")[2].partition(FOOT)
    blocks = {"content": body, **({"why": foot} if has_foot else {})}
    parts = [f'{{% extends "{FRAME}" %}}']
    for name, words in blocks.items():
        parts += [f"{{% block {name} %}}", words, "{% endblock %}"]
    return "\n\n".join(parts)


def as_text(source: str) -> str:
    """A line of conditions leaves no empty line, so that what it leaves out leaves no gap."""
    lines = _framed(source).splitlines()
    return "".join(line if CONTROL.fullmatch(line) else f"{_text_line(line)}\n" for line in lines)


def _text_line(line: str) -> str:
    if line == "---":
        return "-- "
    plain = SOFT.sub(r"\1", BOLD.sub(r"\1", LINK.sub(_text_link, line)))
    if plain.startswith("> "):
        return f"{{% filter quoted %}}{plain[2:]}{{% endfilter %}}"
    return plain.removeprefix("## ")


def _text_link(found: re.Match[str]) -> str:
    label, address = found.groups()
    return label if address.removeprefix("mailto:") == label else f"{label}: {address}"


def as_html(source: str) -> str:
    return "\n".join(
        _html_block(block.strip().splitlines()) for block in re.split(r"\n\s*\n", _framed(source))
    )


def _html_block(lines: list[str]) -> str:
    words = [line for line in lines if not CONTROL.fullmatch(line)]
    if not words:
        return "\n".join(lines)
    if words == ["---"]:
        return "<hr>"
    if len(words) == 1 and (link := LINK.fullmatch(words[0])):
        return f'<p><a class="go" href="{link.group(2)}">{link.group(1)}</a></p>'
    mark, tag, before, after = next(
        shape for shape in SHAPES if words[0].startswith(shape[0]) or not shape[0]
    )
    inner = "\n".join(
        line if CONTROL.fullmatch(line) else _html_line(line, mark, before, after) for line in lines
    )
    return f"<{tag}>{inner}</{tag}>"


# How a block of lines begins, the element it becomes, and what stands before and after each line.
SHAPES = (
    ("- ", "ul", "<li>", ""),
    ("> ", "blockquote", "", ""),
    ("## ", "h2", "", ""),
    ("", "p", "", "<br>"),
)


def _html_line(line: str, mark: str, before: str, after: str) -> str:
    inner = BOLD.sub(r"<strong>\1</strong>", LINK.sub(r'<a href="\2">\1</a>', line))
    inner = SOFT.sub(r"<em>\1</em>", inner)
    if not inner.startswith(mark):  # goes on with the item before it
        return f"<br>{inner.strip()}"
    return f"{before}{inner.removeprefix(mark)}{after}"


@register.filter
def quoted(words: str) -> str:
    """A text that a person wrote, so that nothing of it looks like the letter's own words."""
    return "\n".join(f"> {line}" for line in words.strip().splitlines())


@register.filter(needs_autoescape=True)
def prose(source: str, *, autoescape: bool = True) -> str:
    """A Markdown text that a person wrote: as HTML in HTML, as words in plain text."""
    return richtext.render(source) if autoescape else richtext.text(source)


class SubjectLoader(MarkdownLoader):
    form = staticmethod(_head)


class TextLoader(MarkdownLoader):
    form = staticmethod(as_text)


class HtmlLoader(MarkdownLoader):
    form = staticmethod(as_html)
