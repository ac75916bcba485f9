"""Whether bulletins are made by themselves, and can be as the settings say; for doctor."""

from pipelines.bulletin.settings import bulletin_settings
from pipelines.finding import Finding, fail, ok
from pipelines.home import Home, HomeError


def bulletin_finding(home: Home) -> Finding:
    """Bulletins can be made as the settings say, or are not made by themselves."""
    try:
        s = bulletin_settings(home)
    except HomeError as error:
        todo = (
            "改正 fenwei.toml 的 [bulletin]，并重新载入 Dagster；此前不会自动编制日报、月报",
            "mend [bulletin] in fenwei.toml and reload Dagster; until then no bulletins are made",
        )
        return fail("bulletin", (f"日报月报设置：{error}", f"settings of bulletins: {error}"), todo)
    if not s.day_at and not s.month_at:
        return ok("bulletin", "日报月报：未设自动编制", "bulletins: none are made by themselves")
    zh = [f"每日 {s.day_at} 起编昨日日报"] if s.day_at else []
    zh += [f"每月 {s.month_at} 起编上月月报"] if s.month_at else []
    en = [f"yesterday's from {s.day_at}"] if s.day_at else []
    en += [f"last month's from day {s.month_at}"] if s.month_at else []
    mailed = ("，并放入发件箱", ", and mailed") if s.mail else ("", "")
    return ok("bulletin", f"日报月报：{'，'.join(zh)}{mailed[0]}", f"bulletins: {', '.join(en)}{mailed[1]}")
