"""The page as people meet it: in a browser, from a folder and from a server."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from site_pages import PHONE, draw_all, opened, queried, ready, rows_of

from pipelines.site.build import build_site
from pipelines.site.serving import make_server

pytestmark = pytest.mark.browser
VIEWS = ("index.html", "city.html", "region.html", "coal.html", "emergency.html", "data.html")


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with make_server(site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("how", ["folder", "server"])
def test_a_view_draws_everything(chromium, site, served, view, how):
    address = (site / view).as_uri() if how == "folder" else served + view
    with opened(chromium, address) as page:
        draw_all(page)
        assert page.locator(".plot:not([hidden]) .main-svg").count() > 0
        assert page.locator("h1").count() == 1
        assert "【模拟数据】" in page.title()
        assert page.locator(".mark").is_visible()
        for word in ("数据截至", "标准", "状态", "口径"):
            assert word in page.locator(".context").inner_text()
        expect(page.locator(".waiting")).to_have_count(0)


def test_chinese_is_drawn_with_glyphs_of_its_own(chromium, site):
    with opened(chromium, (site / "index.html").as_uri()) as page:
        widths = page.evaluate(
            """() => { const c = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
            c.font = '40px ' + getComputedStyle(document.body).fontFamily;
            const shape = t => { c.clearRect(0, 0, 300, 150); c.fillText(t, 10, 60);
                return c.getImageData(0, 0, 100, 100).data.join(); };
            return [shape('汾'), shape('渭'), shape('\\ue123')]; }"""
        )
        assert len(set(widths)) == 3


def test_values_of_now_are_those_of_the_warehouse(chromium, site, database):
    wanted = dict(
        queried(
            database,
            """SELECT c.name_zh, h.aqi FROM air.city_hour h JOIN ref.city c USING (city_code)
            JOIN ref.region_city r ON r.area_code = h.city_code AND r.region_id = 'fenwei_2023' AND r.role = 'city'
            WHERE h.hour_end = (SELECT max(hour_end) FROM air.city_hour WHERE n_stations > 0)""",
        )
    )
    with opened(chromium, (site / "index.html").as_uri()) as page:
        shown = {row[0]: row[1] for row in rows_of(page, "map")}
        assert len(shown) == 13
        for name, aqi in wanted.items():
            assert shown[name].split(" ")[0] == str(aqi)
        draw_all(page)
        tiles = page.locator('[data-chart="map"] .plot').inner_text()
        assert all(str(aqi) in tiles for aqi in wanted.values())
        assert "示意图" in page.locator('[data-chart="map"] .caption').inner_text()


def test_values_of_a_city_are_those_of_the_warehouse(chromium, site, database):
    wanted = {
        f"{day}": (aqi, pm25)
        for day, aqi, pm25 in queried(
            database,
            "SELECT day, aqi, round_8170(pm25_ugm3, 0) FROM air.city_day WHERE city_code = '610500'"
            " AND state <> 'partial' AND year(day) = 2026",
        )
    }
    with opened(chromium, (site / "city.html").as_uri() + "#city=610500&year=2026") as page:
        assert page.locator('[data-picker="city"]').input_value() == "610500"
        shown = {row[0]: row for row in rows_of(page, "calendar")}
        assert shown.keys() == wanted.keys()
        for day, (aqi, pm25) in wanted.items():
            assert shown[day][1].split(" ")[0] == ("—" if aqi is None else str(aqi))
            assert shown[day][3] == ("—" if pm25 is None else f"{pm25:.0f}")


def test_a_picker_loads_the_data_of_its_choice(chromium, site):
    with opened(chromium, (site / "city.html").as_uri()) as page:
        page.select_option('[data-picker="city"]', "610500")
        page.locator("#recent[data-shown='city/610500/recent']").wait_for()
        assert "city=610500" in page.url
        assert "渭南" in page.locator("#live").text_content()
        page.reload()
        ready(page)
        assert page.locator('[data-picker="city"]').input_value() == "610500"


def test_values_of_the_ranking_are_those_of_the_warehouse(chromium, site, database):
    with opened(chromium, (site / "region.html").as_uri() + "#region=fenwei_2023&period=2026-03") as page:
        shown = {row[1]: (row[0], row[3]) for row in rows_of(page, "ranking")}
    wanted = {
        name: ("—" if rank is None else str(rank), f"{index:.2f}")
        for name, rank, index in queried(
            database,
            "SELECT c.name_zh, k.rank, k.composite_index FROM air.ranking k JOIN ref.city c USING (city_code)"
            " WHERE region_id = 'fenwei_2023' AND period = '2026-03' AND list_kind = 'city' AND k.composite_index > 0",
        )
    }
    assert wanted
    assert {name: shown[name] for name in wanted} == wanted


def test_values_of_emergency_are_those_of_the_warehouse(chromium, site, database):
    with opened(chromium, (site / "emergency.html").as_uri() + "#city=610100&year=2026") as page:
        shown = {row[0]: row for row in rows_of(page, "current")}
        badge = page.locator('[data-chart="current"] .badge.w-orange')
        assert badge.count() == 1 and badge.inner_text() == "橙色预警·Ⅱ级响应"
        ratios = {(row[0], row[1], row[2]): (row[7], row[10]) for row in rows_of(page, "ratios")}
        blocks = [row[2] for row in rows_of(page, "blocks")]
    wanted = queried(
        database,
        "SELECT c.name_zh FROM emergency.warning w JOIN ref.city c USING (city_code) WHERE w.state = 'started'",
    )
    assert shown.keys() == {name for (name,) in wanted}
    assert ratios["橙色预警·Ⅱ级响应", "NOx", "清单口径"] == ("18.0", "未达到")
    assert blocks == ["计入", "并入（间隔短）", "计入", "不计", "计入，未达 150", "缺"]


def test_values_of_coal_are_those_of_the_warehouse(chromium, site, database):
    wanted = {
        row[0]: row[1:]
        for row in queried(
            database,
            "SELECT target_id, printf('%.2f', rest_amount / 10000), printf('%.2f', actual_amount / 10000) FROM coal.target_check"
            " WHERE rest_amount IS NOT NULL",
        )
    }
    with opened(chromium, (site / "coal.html").as_uri() + "#area=610100&year=2026") as page:
        heads = page.locator('[data-chart="targets"] thead th').all_inner_texts()
        shown = rows_of(page, "targets")
        ids = [row[1] for row in rows_of(page, "ground")]
        rest, actual = heads.index("余量"), heads.index("累计实绩")
        assert {i: (r[rest], r[actual]) for i, r in zip(ids, shown, strict=True) if i in wanted} == wanted
        assert "90.00 万吨" in page.locator("#area .facts").inner_text()


def test_the_dictionary_is_searched_and_recipes_are_copied(chromium, site, database):
    with opened(chromium, (site / "data.html").as_uri()) as page:
        page.locator("#find").focus()
        page.locator("#tables > details").first.wait_for()
        page.fill("#find", "城市日报 o3")
        expect(page.locator("#found")).to_contain_text("张表")
        expect(page.locator("#tables details").first).to_contain_text("air.city_day")
        assert "o3_mda8_ugm3" in page.locator("#tables table").inner_text()
        page.fill("#find", "没有这样的词")
        expect(page.locator("#tables .notice")).to_be_visible()
        page.locator("[data-copy]").first.click()
        expect(page.locator("#live")).to_have_text("已复制")


def test_english_and_back(chromium, site):
    with opened(chromium, (site / "city.html").as_uri()) as page:
        page.select_option('[data-setting="lang"]', "en")
        ready(page)
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.locator("h1").inner_text().endswith("Air quality of a city")
        assert page.title().startswith("【Simulated】City")
        draw_all(page)
        assert "AQI of each day of 2026" in page.locator("main").inner_text()
        assert "数据表" not in page.locator("main").inner_text()
        page.reload()
        ready(page)
        assert page.locator("html").get_attribute("lang") == "en"
        page.select_option('[data-setting="lang"]', "zh")
        assert "城市空气质量" in page.locator("h1").inner_text()


def test_the_palette_changes_fills_and_keeps_numbers(chromium, site):
    fills = "[...document.querySelectorAll('[data-chart=map] .js-fill')].map(p => p.style.fill)"
    with opened(chromium, (site / "index.html").as_uri()) as page:
        draw_all(page)
        before, text = page.evaluate(fills), page.locator('[data-chart="map"] .plot').inner_text()
        page.select_option('[data-setting="palette"]', "cividis")
        page.wait_for_timeout(100)
        after = page.evaluate(fills)
        assert len(before) == 13 and set(before).isdisjoint(after)
        assert page.locator('[data-chart="map"] .plot').inner_text() == text


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_sticks_out_on_a_phone(chromium, site, view):
    with opened(chromium, (site / view).as_uri(), viewport=PHONE, has_touch=True) as page:
        draw_all(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        wide = "[...document.querySelectorAll('.plot:not([hidden]) .main-svg')].map(s => s.getBoundingClientRect().right)"
        assert max(page.evaluate(wide)) <= PHONE["width"]


@pytest.mark.parametrize("view", VIEWS)
def test_paper_is_light_and_whole(chromium, site, view, tmp_path):
    with opened(chromium, (site / view).as_uri(), color_scheme="dark") as page:
        assert page.locator("html").get_attribute("data-theme") == "dark"
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        draw_all(page)
        assert page.locator("html").get_attribute("data-theme") == "light"
        assert not page.locator("nav").is_visible()
        assert page.locator(".mark").is_visible()
        page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.locator("html").get_attribute("data-theme") == "dark"
        assert (tmp_path / "page.pdf").stat().st_size > 20_000


def test_a_table_comes_down_as_csv(chromium, site, tmp_path):
    with opened(chromium, (site / "index.html").as_uri()) as page:
        with page.expect_download() as waited:
            page.locator('[data-chart="map"] .csv').click()
        waited.value.save_as(tmp_path / "map.csv")
        text = (tmp_path / "map.csv").read_text(encoding="utf-8-sig")
        assert waited.value.suggested_filename == "fenwei-now-map.csv"
        assert text.splitlines()[0].startswith("城市,AQI · 级别,趋势,")
        assert len(text.splitlines()) == 14


def test_a_figure_comes_down_as_png(chromium, site, tmp_path):
    from PIL import Image

    with opened(chromium, (site / "city.html").as_uri(), color_scheme="dark", viewport=PHONE) as page:
        # What is written into the picture is drawn, not text: the words are caught on their way.
        page.evaluate(
            """() => { window.said = []; const real = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (t, ...a) { window.said.push(t); real.call(this, t, ...a); }; }"""
        )
        with page.expect_download() as waited:
            page.locator('[data-chart="calendar"] .png').click()
        waited.value.save_as(tmp_path / "calendar.png")
        said = page.evaluate("window.said.join('')")
        name = page.locator('[data-picker="city"] option:checked').inner_text()
    assert waited.value.suggested_filename.endswith("-2026-calendar.png")
    assert said.startswith(f"【模拟数据】{name} · 2026 年逐日 AQI 日历")
    assert "来源：汾渭平原大气污染联防联控" in said and said.count("【模拟数据】") == 2
    picture = Image.open(tmp_path / "calendar.png").convert("RGB")
    assert picture.width == 2160 and picture.getpixel((3, 3)) == (255, 255, 255)
    assert len(picture.getcolors(1 << 24)) > 50


def test_texts_stand_before_the_library_and_figures_below_wait(chromium, site):
    with opened(chromium, (site / "city.html").as_uri()) as page:
        figures = page.locator(".plot:not([hidden])")
        expect(figures.first.locator(".main-svg").first).to_be_visible()
        last = figures.last
        assert last.locator(".main-svg").count() == 0
        room = last.bounding_box()["height"]
        last.scroll_into_view_if_needed()
        expect(last.locator(".main-svg").first).to_be_visible()
        assert last.bounding_box()["height"] == room


def test_without_the_library_texts_and_tables_stand(chromium, site, tmp_path):
    copy = shutil.copytree(site, tmp_path / "site")
    for library in (copy / "assets").glob("plotly*"):
        library.unlink()
    context = chromium.new_context()
    page = context.new_page()
    page.goto((copy / "index.html").as_uri())
    ready(page)
    assert len(rows_of(page, "map")) == 13
    context.close()


def test_the_keyboard_reaches_everything(chromium, site):
    with opened(chromium, (site / "index.html").as_uri()) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        reached = set()
        for _ in range(12):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.tagName"))
        assert {"SUMMARY", "BUTTON"} <= reached


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(chromium, site, view, theme):
    from axe_playwright_python.sync_playwright import Axe

    with opened(chromium, (site / view).as_uri(), color_scheme=theme, bypass_csp=True) as page:
        draw_all(page)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        page.locator("tbody tr").first.wait_for()
        # It would ask for the style sheets once more, which a page from a folder may not.
        found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
        assert found.violations_count == 0, found.generate_report()


def test_a_page_opens_below_its_size(site):
    for view in VIEWS:
        first = (site / view).stat().st_size + sum(
            p.stat().st_size for p in (site / "assets").iterdir() if not p.name.startswith("plotly")
        )
        assert first < 500_000
    assert max(p.stat().st_size for p in (site / "data").rglob("*.js")) < 500_000


def test_hostile_names_are_only_shown(chromium, tmp_path):
    import site_worlds as worlds

    path = tmp_path / "fenwei.duckdb"
    con = worlds.empty(path)
    worlds.add_days(con, worlds.date(2026, 3, 1), 9)
    worlds.judge(con)
    worlds.make_hostile(con)
    worlds.close(con)
    build_site(path, tmp_path / "site", worlds.AS_OF)
    for view in VIEWS:
        with opened(chromium, (tmp_path / "site" / view).as_uri(), viewport=PHONE) as page:
            page.on("dialog", lambda d: pytest.fail(d.message))
            draw_all(page)
            assert page.locator("main img").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
            assert "<img src=x onerror=alert(1)>" in page.locator("main").inner_text()


def test_a_page_of_nothing_says_so(chromium, tmp_path):
    import site_worlds as worlds

    path = tmp_path / "fenwei.duckdb"
    worlds.close(worlds.empty(path))
    build_site(path, tmp_path / "site", worlds.AS_OF)
    pages = sorted((tmp_path / "site").glob("*.html"))
    assert {"index.html", "city.html", "region.html"} <= {p.name for p in pages} <= set(VIEWS)
    for one in pages:
        with opened(chromium, one.as_uri()) as page:
            assert page.locator("main .notice, main .lead").first.is_visible()
