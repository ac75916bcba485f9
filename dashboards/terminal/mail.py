"""How mail stands, on a terminal. Data in, lines out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import RenderableType

from dashboards.terminal.screen import add, as_is, table

STATES = {
    "queued": "待发 queued",
    "sending": "发送中 sending",
    "sent": "已发 sent",
    "retry": "待重发 retry",
    "dead": "退信 dead",
    "held": "暂缓 held",
}
MODES = {
    "file": "仅存 .eml，不外发 files only",
    "redirect": "改投一个地址 redirected to one address",
    "live": "正式发送 live",
}
BY = {"file": "存为文件 as files", "redirect": "改投 redirected", "live": "正式 live"}


def mail_lines(standing: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Tell in a few lines how mail stands; nothing where there is no mail and no alarm."""
    if not standing["counts"] and not standing["alarms"]:
        return
    counts = "，".join(f"{STATES[s]} {n}" for s, n in standing["counts"].items())
    yield as_is(f"邮件 mail：{counts or '无 none'}（{standing['mode']}）")
    for alarm in standing["alarms"]:
        yield as_is(f"邮件告警 mail alarm：{alarm['zh']}", "red")
        if alarm["en"] != alarm["zh"]:
            yield as_is(f"    {alarm['en']}")


def render_mail(standing: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Turn the standing of mail into lines and tables."""
    yield as_is(f"发信方式 mail.mode：{standing['mode']} {MODES.get(standing['mode'], '')}".rstrip())
    yield from mail_lines(standing)
    if standing["sent_by"]:
        yield as_is("已发 sent：" + "，".join(f"{BY[k]} {n}" for k, n in standing["sent_by"].items()))
    if standing["next_try"]:
        yield as_is(f"下次尝试 next attempt：{standing['next_try']}")
    for title, letters in (
        ("退信 dead letters", standing["dead"]),
        ("多次失败 failing", standing["failing"]),
    ):
        if letters:
            yield _letters(title, letters)
    if standing["dead"]:
        yield as_is("改正后重发 to send again once mended：fenwei mail send --dead")


def _letters(title: str, letters: Sequence[Mapping[str, Any]]) -> RenderableType:
    made = table(
        ("收件人 recipient", "主题 subject", "次数 attempts", "差错 error", "入箱 put in"),
        right=(2,),
        title=title,
    )
    for each in letters:
        add(
            made,
            f"{each['name']} {each['recipient']}",
            each["subject"],
            each["attempts"],
            each["last_error"],
            each["created"],
        )
    return made


def render_recipients(recipients: Sequence[Mapping[str, Any]]) -> Iterator[RenderableType]:
    """Turn recipients (addresses masked) into a table."""
    if not recipients:
        yield as_is(
            "没有收件人：fenwei mail recipients import 文件 | none: `fenwei mail recipients import FILE`"
        )
        return
    made = table(("收件人 recipient", "姓名 name", "角色 role", "城市 cities"))
    for each in recipients:
        add(made, each["recipient"], each["name"], each["role"], ", ".join(each["cities"]) or "全部 all")
    yield made


def render_problems(path: str, problems: Sequence[tuple[int, str, str]]) -> Iterator[RenderableType]:
    """Tell what is wrong with a file of recipients, line by line."""
    yield as_is(f"{path}：未导入 nothing was imported", "red")
    for line, zh, en in problems:
        yield as_is(f"  第 {line} 行 line {line}：{zh} | {en}")
