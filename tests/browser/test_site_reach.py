"""The page reached by keyboard, by screen reader and by spreadsheet, and what can be chosen in it."""

import csv
import io
import shutil
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect
from site_pages import AS_OF, PHONE, draw_all, opened, ready, rows_of

from pipelines.site.build import build_site

pytestmark = pytest.mark.browser
VIEWS = ("index.html", "city.html", "region.html", "coal.html", "emergency.html", "data.html")
_FOCUS = """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
    return { tag: e.tagName, id: e.id || e.dataset.setting || e.className, outline: s.outlineStyle, width: parseFloat(s.outlineWidth),
        seen: r.width > 0 && r.height > 0, top: r.top + scrollY, left: r.left }; }"""


def focused(page: Any, most: int = 80) -> list[dict[str, Any]]:
    """What the tab key comes to, in order, until it leaves the page."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        one = page.evaluate(_FOCUS)
        if one["tag"] == "BODY":
            break
        found.append(one)
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_the_tab_key_goes_down_the_page_and_is_seen(chromium, site, view):
    with opened(chromium, (site / view).as_uri()) as page:
        draw_all(page)
        stops = focused(page)
    assert all(s["seen"] and s["outline"] != "none" and s["width"] >= 2 for s in stops), stops
    assert [s["id"] for s in stops if s["tag"] == "SELECT"][:3] == ["lang", "theme", "palette"]
    inside = [s for s in stops if s["tag"] in ("SUMMARY", "BUTTON")]
    assert inside and [s["top"] for s in inside] == sorted(s["top"] for s in inside)


def test_pickers_are_changed_by_keyboard_and_said(chromium, site):
    with opened(chromium, (site / "region.html").as_uri()) as page:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "pick-period":
                break
        before = page.locator("#pick-period").input_value()
        page.keyboard.press("ArrowDown")
        after = page.locator("#pick-period").input_value()
        assert after != before
        page.locator(f"#rank[data-shown='region/fenwei_2023/{after}']").wait_for()
        assert page.evaluate("document.activeElement.id") == "pick-period"
        live = page.locator("#live")
        expect(live).to_contain_text(page.locator("#pick-period option:checked").inner_text())
        expect(live).to_contain_text(page.locator("#pick-region option:checked").inner_text())


@pytest.mark.parametrize("view", VIEWS)
def test_every_figure_has_a_name_a_description_and_a_table(chromium, site, view):
    with opened(chromium, (site / view).as_uri()) as page:
        cards = page.evaluate(
            """() => [...document.querySelectorAll('.card[data-chart]')].map(c => {
            const box = c.querySelector('.plot'), said = n => document.getElementById(box.getAttribute(n))?.textContent || '';
            c.querySelectorAll('details').forEach(d => { d.open = true; d.dispatchEvent(new Event('toggle')); });
            return { chart: c.dataset.chart, role: box.getAttribute('role'), name: said('aria-labelledby'),
                described: said('aria-describedby'), empty: !c.querySelector('.notice').hidden,
                heads: c.querySelectorAll('thead th[scope=col]').length, rows: c.querySelectorAll('tbody th[scope=row]').length,
                caption: c.querySelector('table caption')?.textContent || '' }; })"""
        )
        assert cards
        for card in cards:
            assert card["role"] == "img" and card["name"] and len(card["described"]) > 8, card
            if not card["empty"]:
                assert card["heads"] > 1 and card["rows"] > 0 and card["caption"] == card["name"], card


@pytest.mark.parametrize(
    ("view", "chart"), [("city.html", "calendar"), ("region.html", "ranking"), ("city.html", "limits")]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_spreadsheet_reads_what_the_table_says(chromium, site, tmp_path, view, chart, lang):
    with opened(chromium, (site / view).as_uri()) as page:
        page.select_option('[data-setting="lang"]', lang)
        ready(page)
        with page.expect_download() as waited:
            page.locator(f'[data-chart="{chart}"] .csv').click()
        waited.value.save_as(tmp_path / "table.csv")
        shown = rows_of(page, chart)
        heads = page.locator(f'[data-chart="{chart}"] thead th').all_text_contents()
    content = (tmp_path / "table.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read[0] == heads and len(read) == len(shown) + 1
    for cells, row in zip(read[1:], shown, strict=True):
        # An AQI stands beside its level in the table; the file has the number alone.
        assert [c or "—" for c in cells] == [t.split(" · ")[0] if " · " in t else t for t in row]


def test_what_has_no_data_cannot_be_chosen(chromium, tmp_path):
    """A list of cities has no rankings before it was in force; choosing another list moves to one of its periods."""
    import site_worlds as worlds

    from pipelines.air.evaluation import rebuild_periods
    from pipelines.air.periods import periods_touching

    path = tmp_path / "fenwei.duckdb"
    con = worlds.empty(path)
    for year in (2022, 2026):
        worlds.add_days(con, date(year, 3, 1), 9)
    rebuild_periods(con, periods_touching([date(2022, 3, 1), date(2026, 3, 1)]))
    worlds.close(con)
    build_site(path, tmp_path / "site", AS_OF)
    with opened(chromium, (tmp_path / "site/region.html").as_uri()) as page:
        option = page.locator('#pick-period option[value="2022-03"]')
        assert option.is_disabled()
        page.select_option("#pick-region", "fenwei_2018")
        page.locator("#rank[data-shown^='region/fenwei_2018/2022']").wait_for()
        assert not option.is_disabled()
        assert page.locator('#pick-period option[value="2026-03"]').is_disabled()
        assert page.locator('[data-chart="ranking"] tbody tr').count() > 0
        page.goto((tmp_path / "site/region.html").as_uri() + "#region=fenwei_2023&period=2022-03")
        page.reload()
        ready(page)
        # An address is kept as it was given, and says that there is nothing.
        assert page.locator("#pick-period").input_value() == "2022-03"
        expect(page.locator("#rank .notice")).to_be_visible()


def test_a_warning_still_to_begin_is_on_the_map(chromium, database, tmp_path):
    from warehouse.store import connect

    path = tmp_path / "fenwei.duckdb"
    shutil.copy(database, path)
    with closing(connect(path)) as con:
        con.execute(
            "UPDATE emergency.warning SET start_at = $1, end_at = NULL WHERE state = 'started'",
            [AS_OF.replace(hour=12)],
        )
        con.execute("USE memory; DETACH fenwei")
    build_site(path, tmp_path / "site", AS_OF)
    with opened(chromium, (tmp_path / "site/index.html").as_uri(), viewport=PHONE) as page:
        draw_all(page)
        assert "12:00 起" in page.locator('[data-chart="map"] .plot').inner_text()
        assert "尚未开始" in page.locator(".lead").first.inner_text()
        assert page.locator('[data-chart="map"] .badge').count() > 0
