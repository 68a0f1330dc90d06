"""The pages: right-to-left, without scripts or outside resources, true without JavaScript."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib import resources
from urllib.parse import quote

import pytest
from asgi import Asker

PAGES = ["/", "/?q=" + quote("گل"), "/?terminology=herbs", "/c/herbs/00131", "/c/herbs/00130", "/nothing"]
PAGES += ["/letters", "/letters/110/356", "/letters/1"]
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(HTMLParser):
    """What a page is made of; a tag that is not closed in its place is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        """Take note of a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        """Hold every end to its beginning."""
        assert self._open.pop() == tag

    def values(self, name: str) -> list[str]:
        """Give every value of an attribute."""
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_stands_alone(ask, path):
    """Tags are closed, the direction is right to left, nothing is fetched from elsewhere and nothing runs."""
    page = Page(ask.get(path).text)

    tags = [tag for tag, _ in page.tags]
    html = dict(page.tags)["html"]
    assert (html["lang"], html["dir"]) == ("fa", "rtl")
    assert tags.count("h1") == 1
    assert {"main", "header", "footer"} <= set(tags)
    assert not {"script", "style", "iframe", "img"} & set(tags)
    assert not [
        name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"
    ]
    assert all(link.startswith(("/", "data:image/svg+xml,", "#")) for link in page.values("href"))


@pytest.mark.parametrize("path", PAGES)
def test_every_field_has_a_label_and_every_reference_a_target(ask, path):
    """Labels, descriptions and titles point at something that is there, and ids stand once."""
    page = Page(ask.get(path).text)

    ids = page.values("id")
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-labelledby", "aria-describedby"):
        assert set(page.values(name)) <= set(ids)
    fields = {attributes["id"] for tag, attributes in page.tags if tag in {"input", "select"}}
    assert fields <= set(page.values("for"))


def test_the_first_page_says_what_is_here(ask):
    """Lists with edition, count and letter; samples and forms marked; where the doors are."""
    text = ask.get("/").text

    for said in (
        "گیاهان نمونه",
        "110/356",
        "۱۴۰۰/۰۹/۱۳",
        "ابلاغ نشده",
        "نمونه، غیررسمی",
        "۱۲۰",
        "تنها شکل کد",
        "LOINC",
        "/oauth/token",
        "/api/client/apim/v1",
        "http://maksa.test/api/v1/terminologies",
    ):
        assert said in text


def test_a_search_shows_code_title_list_and_state(ask):
    """A hit links to its concept, codes stand left to right in ASCII digits, a retired one names its heir."""
    text = ask.get("/?q=" + quote("گاوزبان") + "&terminology=&on=").text

    assert "۱ یافته برای «گاوزبان»" in text
    assert '<a href="/c/herbs/00130"><bdi dir="ltr" class="code">00130</bdi></a>' in text
    assert "کنارگذاشته" in text
    assert '<a href="/c/herbs/00125">' in text


def test_a_search_of_a_day_stays_on_that_day(ask):
    """The day goes with every link, and decides the state."""
    text = ask.get("/?q=" + quote("گاوزبان") + "&on=1400-06-01").text

    assert "معتبر" in text
    assert 'href="/c/herbs/00130?on=1400%2F06%2F01"' in text


def test_a_search_without_hits_says_what_to_try(ask):
    """Nothing found is said, with a hint."""
    assert "چیزی یافت نشد" in ask.get("/?q=" + quote("ناپیدا")).text


def test_hits_go_over_pages(ask):
    """The pager leads through all hits and ends."""
    text = ask.get("/?q=" + quote("گل شماره") + "&page=6").text

    assert "صفحهٔ ۶ از ۶" in text
    assert "صفحهٔ پیش" in text
    assert "صفحهٔ بعد" not in text


def test_a_list_is_leafed_through_by_code(ask):
    """Following the next page reaches the end of the list."""
    path, pages = "/?terminology=flowers", 0
    while path:
        text = ask.get(path).text
        pages += 1
        found = re.search(r'rel="next" href="([^"]+)"', text)
        path = found[1].replace("&amp;", "&") if found else None

    assert pages == 6
    assert "00120" in text


def test_a_map_is_marked_and_has_no_codes_to_leaf_through(ask):
    """A map stands in the catalogue as what it is, and is not offered as a list to search."""
    assert 'نگاشت نمونه <span class="chip">نگاشت</span>' in ask.get("/").text
    assert '<option value="twins"' not in ask.get("/").text
    assert "کدی برای نمایش نیست." in ask.get("/?terminology=twins").text


def test_a_concept_shows_everything_known_of_it(ask):
    """Titles, properties by their names, variants with their row, days, letters."""
    twice, ended = ask.get("/c/herbs/00131").text, ask.get("/c/herbs/00130").text

    for said in (
        "سنبل‌الطیب",
        "مقدار",
        "160",
        "91",
        "ردیف ۹",
        "110/356",
        "ابلاغ فهرست گیاهان",
        "list.xlsx",
        "110/12",
    ):
        assert said in twice
    for said in ("۱۴۰۲/۱۰/۱۱", "به جای آن", '<a href="/c/herbs/00125">'):
        assert said in ended


def test_a_sample_is_marked_on_its_concepts(ask):
    """A concept of a sample says that it is not official."""
    assert "نمونه، غیررسمی" in ask.get("/c/flowers/00001").text


def test_a_concept_of_a_named_edition(ask):
    """The edition may be named instead of the day."""
    assert "نعناع فلفلي 5 درصد" in ask.get("/c/herbs/00126?edition=1").text


def test_what_is_typed_is_escaped(ask):
    """Neither a search nor a title of a list becomes markup."""
    assert "<script>" not in ask.get("/?q=<script>alert(1)</script>").text
    assert "اسطوخودوس &lt;b&gt;" in ask.get("/c/herbs/00132").text


def test_a_host_that_is_none_is_not_printed(ask):
    """The examples name the address asked, unless it could not be one."""
    assert "evil'" not in ask.get("/", headers={"host": "evil';rm"}).text
    assert "http://127.0.0.1:8080/api" in ask.get("/", headers={"host": "evil';rm"}).text


def test_the_examples_name_the_public_address(make_app):
    """Behind a proxy the settings know the address."""
    assert (
        "curl 'https://codes.example/api"
        in Asker(make_app(public_url="https://codes.example/")).get("/").text
    )


def test_the_sandbox_is_shown_in_the_demo_only(make_app):
    """A demo shows its public client, a server does not."""
    assert "sandbox:sandbox" in Asker(make_app(demo=True)).get("/").text
    assert "sandbox" not in Asker(make_app()).get("/").text


def test_the_style_sheet_is_ours_and_cached(ask):
    """One file, with an ETag; a caller who has it gets none."""
    answer = ask.get("/static/portal.css")

    assert answer.headers["content-type"].startswith("text/css")
    assert ask.get("/static/portal.css", headers={"if-none-match": answer.headers["etag"]}).status == 304


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "ground"),
        ("ink", "sheet"),
        ("ink", "accent-soft"),
        ("ink", "soon-soft"),
        ("quiet", "ground"),
        ("quiet", "sheet"),
        ("quiet", "accent-soft"),
        ("accent", "ground"),
        ("accent", "sheet"),
        ("accent", "accent-soft"),
        ("accent", "soon-soft"),
        ("accent-ink", "accent"),
        ("good", "good-soft"),
        ("gone", "gone-soft"),
        ("soon", "soon-soft"),
    ],
)
def test_text_can_be_read_in_both_schemes(scheme, ink, ground):
    """Every pair of ink and ground that the style sheet uses has the contrast of WCAG AA."""
    css = (resources.files("maksa.web.portal") / "static" / "portal.css").read_text(encoding="utf-8")
    colours = dict(
        re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css.split("prefers-color-scheme: dark")[scheme])
    )

    assert _contrast(colours[ink], colours[ground]) >= 4.5


def test_the_style_sheet_knows_no_left_and_right():
    """Properties are logical; only code examples, which are left to right, name a side."""
    css = (resources.files("maksa.web.portal") / "static" / "portal.css").read_text(encoding="utf-8")

    assert re.findall(r"(?:margin|padding|border)-(?:left|right)|\b(?:left|right):", css) == []
