"""The DOCX templates that come with the program, made by code: people copy and change the files they are written to."""

from typing import Any

from dashboards import official_page as page
from dashboards.bulletin import docx_kit as kit

_AREAS = (
    ("名次", "{{ row.rank }}", 7.0),
    ("{what}", "{{ row.name }}", 14.0),
    ("综合\n指数", "{{ row.index }}", 10.0),
    ("同比", "{{ row.index_change_pct }}", 11.0),
    ("PM2.5", "{{ row.pm25 }}", 10.0),
    ("同比\n(µg)", "{{ row.pm25_change }}", 10.0),
    ("同比\n(%)", "{{ row.pm25_change_pct }}", 11.0),
    ("PM10", "{{ row.pm10 }}", 9.0),
    ("SO2", "{{ row.so2 }}", 8.0),
    ("NO2", "{{ row.no2 }}", 8.0),
    ("CO", "{{ row.co }}", 8.0),
    ("O3", "{{ row.o3 }}", 8.0),
    ("优良/\n有效天", "{{ row.good_days }}", 11.0),
    ("优良\n比例%", "{{ row.good_pct }}", 10.0),
    ("重污染\n天数", "{{ row.heavy_days }}", 9.5),
    ("同比", "{{ row.heavy_days_change }}", 10.0),
)
_UNIT = "浓度：CO 毫克/立方米，其余微克/立方米"


def areas(what: str, *, parent: bool = False) -> list[tuple[str, str, float]]:
    """Columns of a table of ranked areas."""
    columns = [(head.replace("{what}", what), cell, share) for head, cell, share in _AREAS]
    if parent:
        columns.insert(2, ("所属\n城市", "{{ row.parent }}", 10.0))
    return columns


def day_template() -> bytes:
    """Make the template of the bulletin of a day of a region: one page."""
    made = kit.new_page()
    kit.title(made, "{{ title }}", "{{ day }}　编制 {{ made_at }}")
    for head, name in (
        ("{{ day_name }}", "yesterday"),
        ("{{ month_name }}", "month_text"),
        ("{{ year_name }}", "year_text"),
    ):
        kit.text(made, (page.BLACK, f"{head}："), (page.BODY, f"{{{{ {name} }}}}。"), size=10.5)
    for head, name in (("本月排名", "rank_month"), ("今年排名", "rank_year"), ("预警", "warnings_text")):
        kit.text(made, (page.BLACK, f"{head}："), (page.BODY, f"{{{{ {name} }}}}。"), size=10.5)
    kit.text(made, (page.BLACK, "{{ outlook_name }}："), size=10.5)
    kit.each(made, "outlook_text", size=10.5)
    columns = [
        ("城市", "{{ row.name }}", 14.0),
        ("AQI", "{{ row.aqi }}", 8.0),
        ("级别", "{{ row.category }}", 13.0),
        ("首要\n污染物", "{{ row.primary }}", 13.0),
        ("PM2.5", "{{ row.pm25 }}", 9.0),
        ("本月\nPM2.5", "{{ row.month_pm25 }}", 11.0),
        ("同比\n(µg)", "{{ row.month_pm25_change }}", 10.0),
        ("同比\n(%)", "{{ row.month_pm25_change_pct }}", 11.0),
        ("本月\n名次", "{{ row.month_rank }}", 8.0),
        ("今年\nPM2.5", "{{ row.year_pm25 }}", 11.0),
        ("同比\n(µg)", "{{ row.year_pm25_change }}", 10.0),
        ("同比\n(%)", "{{ row.year_pm25_change_pct }}", 11.0),
        ("今年\n名次", "{{ row.year_rank }}", 8.0),
        ("优良/\n有效天", "{{ row.year_good_days }}", 14.0),
    ]
    kit.table(made, "row in cities", columns, caption="各城市情况", group="PM2.5 微克/立方米")
    kit.notes(made, run_on=True)
    return kit.as_bytes(made)


def month_template() -> bytes:
    """Make the template of the bulletin of a month of a region."""
    made = kit.new_page()
    kit.title(made, "{{ title }}", "编制 {{ made_at }}　数据截至 {{ data_until }}")
    kit.heading(made, "一、总体情况")
    kit.each(made, "lead")
    kit.text(made, (page.BODY, "{{ lead_year }}"))
    items(made, "items", "{{ month_short }}{{ region }}六项污染物")
    items(made, "items_year", "{{ year_short }}{{ region }}六项污染物")
    kit.heading(made, "二、城市排名")
    kit.text(
        made,
        (
            page.BODY,
            "{{ month_short }}，综合指数前3位为{{ first_cities }}。{{ last_cities }}。{{ improved }}。",
        ),
    )
    kit.text(made, (page.BODY, "{{ year_short }}，{{ last_cities_year }}。"))
    kit.picture(made, "chart_ranking")
    kit.table(
        made, "row in cities", areas("城市"), caption="表1　{{ month_short }}各城市空气质量", group=_UNIT
    )
    kit.table(
        made, "row in cities_year", areas("城市"), caption="表2　{{ year_short }}各城市空气质量", group=_UNIT
    )
    kit.heading(made, "三、区县（考核单元）")
    kit.text(made, (page.BODY, "{{ last_units }}。"))
    kit.table(
        made,
        "row in units",
        areas("考核单元", parent=True),
        caption="表3　{{ month_short }}考核单元空气质量（与城市并列排名，共{{ n_ranked_units }}个参加）",
    )
    kit.heading(made, "四、优良天与重污染天")
    kit.text(made, (page.BODY, "{{ days_text }}。{{ heavy_text }}。"))
    kit.picture(made, "chart_calendar")
    others(made)
    kit.notes(made)
    return kit.as_bytes(made)


def items(made: Any, name: str, caption: str) -> None:
    """Add the table of the six items of an area."""
    columns = [
        ("污染物", "{{ row.name }}", 24.0),
        ("评价项目", "{{ row.statistic }}", 24.0),
        ("单位", "{{ row.unit }}", 18.0),
        ("本期", "{{ row.value }}", 12.0),
        ("上年同期", "{{ row.before }}", 12.0),
        ("同比变化", "{{ row.change }}", 12.0),
        ("同比(%)", "{{ row.change_pct }}", 12.0),
    ]
    kit.table(made, f"row in {name}", columns, caption=caption)


def others(made: Any, first: str = "五六七", table: int = 4) -> None:
    """Add targets, coal and warnings, with the numbers of their headings and of the first of their tables."""
    kit.heading(made, f"{first[0]}、目标进度")
    kit.text(made, (page.BODY, "{{ targets_text }}"))
    columns = [
        ("对象", "{{ row.name }}", 24.0),
        ("时段", "{{ row.period }}", 10.0),
        ("指标", "{{ row.metric }}", 26.0),
        ("目标", "{{ row.target }}", 9.0),
        ("截至目前", "{{ row.so_far }}", 10.0),
        ("其余时段", "{{ row.rest }}", 22.0),
        ("剩余\n天数", "{{ row.days_left }}", 7.0),
        ("结论", "{{ row.verdict }}", 10.0),
        ("截至", "{{ row.as_of }}", 12.0),
    ]
    kit.table(made, "row in targets", columns, caption=f"表{table}　空气质量目标进度")
    kit.heading(made, f"{first[1]}、煤炭消费控制")
    kit.text(made, (page.BODY, "{{ coal_text }}"))
    columns = [
        ("对象", "{{ row.name }}", 14.0),
        ("口径", "{{ row.scope }}", 16.0),
        ("目标\n类型", "{{ row.kind }}", 10.0),
        ("时段", "{{ row.period }}", 15.0),
        ("单位", "{{ row.unit }}", 12.0),
        ("累计", "{{ row.actual }}", 12.0),
        ("上年同期", "{{ row.before }}", 12.0),
        ("同比", "{{ row.change_pct }}", 11.0),
        ("控制量", "{{ row.limit }}", 12.0),
        ("余量", "{{ row.rest }}", 11.0),
        ("结论", "{{ row.verdict }}", 18.0),
    ]
    kit.table(made, "row in coal", columns, caption=f"表{table + 1}　煤炭消费目标进度")
    kit.heading(made, f"{first[2]}、重污染天气预警")
    kit.text(made, (page.BODY, "{{ warnings_text }}。"))
    columns = [
        ("城市", "{{ row.name }}", 18.0),
        ("级别", "{{ row.level }}", 26.0),
        ("开始", "{{ row.start }}", 18.0),
        ("结束", "{{ row.end }}", 18.0),
        ("状态", "{{ row.state }}", 12.0),
        ("文号", "{{ row.document_no }}", 30.0),
    ]
    kit.table(made, "row in warnings", columns, caption=f"表{table + 2}　预警情况")
