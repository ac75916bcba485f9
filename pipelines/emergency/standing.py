"""Whether drafts of warnings can be made as the settings say, and how many wait; for doctor."""

from pipelines.emergency.life import store
from pipelines.emergency.settings import profile_for, warning_settings
from pipelines.finding import Finding, fail, ok
from pipelines.home import Home, HomeError, now
from warehouse import state


def warning_finding(home: Home) -> Finding:
    """Drafts can be made by the rule of the settings."""
    try:
        times = warning_settings(home).draft_at
        rule = profile_for(home, now(home).date())
    except HomeError as error:
        todo = (
            "改正 fenwei.toml 的 [warning]；此前不会自动起草预警",
            "mend [warning] in fenwei.toml; until then no drafts are made",
        )
        return fail("warning", (f"预警设置：{error}", f"settings of warnings: {error}"), todo)
    n = _waiting(home)
    return ok(
        "warning",
        f"预警：每日 {times} 起草，方案 {rule.name}，待批草稿 {n}",
        f"warnings: drafted at {times}, profile {rule.name}, {n} drafts wait",
    )


def _waiting(home: Home) -> int:
    if not home.state.exists():
        return 0
    with state.reading(home.state) as con:
        return len(store.select(con, states=("draft",)))
