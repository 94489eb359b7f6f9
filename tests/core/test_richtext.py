import pytest

from cluster_portal.core.text import richtext


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert(1))",
        "[x](jav&#x0D;ascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x][1]\n\n[1]: javascript:alert(1)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        '![" onerror=alert(1)](x)',
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg/onload=alert(1)>",
        "**<iframe src=//evil.fi>**",
        "<style>*{display:none}</style>",
    ],
)
def test_hostile_markdown_is_inert(source):
    html = str(richtext.render(source))

    for sign in ("<script", "<img", "<iframe", "<svg", "<style", 'href="javascript', 'href="data'):
        assert sign not in html.lower()


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**lihava**", "<p><strong>lihava</strong></p>"),
        ("# Otsikko", "<h2>Otsikko</h2>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("", ""),
    ],
)
def test_markdown_is_rendered(source, html):
    assert str(richtext.render(source)).strip() == html


def test_links_of_the_web_stay_and_say_nofollow():
    html = str(richtext.render("[sivu](https://example.org)"))

    assert 'href="https://example.org"' in html
    assert 'rel="noopener nofollow"' in html


def test_plain_has_the_words_only():
    assert (
        richtext.plain("# Otsikko\n\n**lihava** [linkki](https://x.fi)") == "Otsikko lihava linkki"
    )


def test_deep_nesting_ends():
    assert len(str(richtext.render("> " * 2_000 + "x"))) < 200_000
