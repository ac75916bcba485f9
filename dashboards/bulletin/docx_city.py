"""The DOCX templates of a city's own bulletins, made by code like those of regions."""

from dashboards import official_page as page
from dashboards.bulletin import docx_kit as kit
from dashboards.bulletin.docx_templates import areas, items, others

_UNIT = "CO 毫克/立方米，其余微克/立方米"


def city_day_template() -> bytes:
    """Make the template of the bulletin of a city's day: one page where it has no more than thirty stations."""
    made = kit.new_page()
    kit.title(made, "{{ title }}", "{{ day }}　编制 {{ made_at }}")
    for head, name in (
        ("{{ day_name }}", "yesterday"),
        ("{{ month_name }}", "month_text"),
        ("{{ year_name }}", "year_text"),
        ("本月名次", "rank_month"),
        ("今年名次", "rank_year"),
        ("站点", "stations_text"),
        ("预警", "warnings_text"),
    ):
        kit.text(made, (page.BLACK, f"{head}："), (page.BODY, f"{{{{ {name} }}}}。"), size=10.5)
    kit.text(made, (page.BLACK, "{{ outlook_name }}："), size=10.5)
    kit.each(made, "outlook_text", size=10.5)
    columns = [
        ("名称", "{{ row.name }}", 24.0),
        ("类别", "{{ row.kind }}", 12.0),
        ("AQI", "{{ row.aqi }}", 8.0),
        ("级别", "{{ row.category }}", 14.0),
        ("首要污染物", "{{ row.primary }}", 16.0),
        ("PM2.5", "{{ row.pm25 }}", 10.0),
        ("PM10", "{{ row.pm10 }}", 10.0),
        ("SO2", "{{ row.so2 }}", 9.0),
        ("NO2", "{{ row.no2 }}", 9.0),
        ("CO", "{{ row.co }}", 9.0),
        ("O3", "{{ row.o3 }}", 9.0),
        ("备注", "{{ row.note }}", 18.0),
    ]
    kit.table(made, "row in places", columns, caption="考核单元与站点", group=_UNIT)
    kit.notes(made, run_on=True)
    return kit.as_bytes(made)


def city_month_template() -> bytes:
    """Make the template of the bulletin of a city's month."""
    made = kit.new_page()
    kit.title(made, "{{ title }}", "编制 {{ made_at }}　数据截至 {{ data_until }}")
    kit.heading(made, "一、总体情况")
    for line in (
        "{{ lead }}",
        "{{ month_short }}，{{ rank_month }}。",
        "{{ lead_year }}",
        "{{ year_short }}，{{ rank_year }}。",
    ):
        kit.text(made, (page.BODY, line))
    items(made, "items", "表1　{{ month_short }}{{ region }}六项污染物")
    items(made, "items_year", "表2　{{ year_short }}{{ region }}六项污染物")
    kit.heading(made, "二、区县（考核单元）")
    kit.text(made, (page.BODY, "{{ units_text }}。"))
    kit.table(
        made, "row in units", areas("考核单元"), caption="表3　{{ month_short }}考核单元空气质量", group=_UNIT
    )
    kit.heading(made, "三、站点")
    kit.text(made, (page.BODY, "{{ stations_text }}。"))
    columns = [
        ("站点", "{{ row.name }}", 26.0),
        ("PM2.5", "{{ row.pm25 }}", 12.0),
        ("同比\n(µg)", "{{ row.pm25_change }}", 12.0),
        ("同比\n(%)", "{{ row.pm25_change_pct }}", 12.0),
        ("PM10", "{{ row.pm10 }}", 12.0),
        ("SO2", "{{ row.so2 }}", 12.0),
        ("NO2", "{{ row.no2 }}", 12.0),
        ("CO", "{{ row.co }}", 12.0),
        ("O3", "{{ row.o3 }}", 12.0),
        ("有效天", "{{ row.valid_days }}", 12.0),
        ("备注", "{{ row.note }}", 20.0),
    ]
    kit.table(made, "row in stations", columns, caption="表4　{{ month_short }}各站点", group=_UNIT)
    kit.heading(made, "四、优良天与重污染天")
    kit.text(made, (page.BODY, "{{ days_text }}。{{ heavy_text }}。"))
    kit.picture(made, "chart_calendar")
    others(made, "五六七", 5)
    kit.notes(made)
    return kit.as_bytes(made)
