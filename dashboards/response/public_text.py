"""The text for the public, ready to be copied: short, in Chinese, the English below."""

from pathlib import Path

from dashboards.clean import one_line
from dashboards.response.measures import measures
from dashboards.response.model import Response
from dashboards.response.words import HOTLINE, document_number, mark_meaning, since, when, without_mark
from dashboards.response.words_en import headline_en, what_en
from dashboards.tables.model import staged
from warehouse.standards.warning_words import response_name, warning_name

_RULE = "—" * 20


def write_public_text(response: Response, path: Path) -> None:
    """Write the text for the public as UTF-8, whole."""
    made = public_text(response)
    with staged(path) as part:
        part.write_text(made, encoding="utf-8", newline="\n")


def public_text(response: Response) -> str:
    """Give the text for the public: what, when, advice by group, hotline; Chinese, then English.

    Parameters
    ----------
    response : Response

    Returns
    -------
    str
        Ends with a line end; marks stand in the first line of both parts.
    """
    return "\n".join([*_zh(response), "", _RULE, "", *_en(response)]) + "\n"


def what_zh(response: Response) -> str:
    """Tell in one sentence what a notice decides, with its times."""
    warning, level = response.warning, response.level
    city = one_line(warning["city_name"], 40)
    what, answer = warning_name(level), response_name(level)[0]
    end = warning.get("end_at")
    until = f"至{when(end, last=True)}" if end else "解除时间另行通知"
    start, decided = when(warning.get("start_at"), year=True), when(warning.get("decided_at"), year=True)
    changed = when(since(response), year=True)
    told = {
        "issue": f"{city}发布{what}，{start}起启动{answer}，{until}。",
        "upgrade": f"{city}将预警升级为{what}，{changed}起执行{answer}，{until}。",
        "downgrade": f"{city}将预警降级为{what}，{changed}起执行{answer}，{until}。",
        "extend": f"{city}延长{what}，{answer}继续执行，{until}。",
        "suspend": f"{city}自{decided}起暂停{what}的{answer}，恢复时间另行通知。",
        "resume": f"{city}自{decided}起恢复{what}的{answer}，{until}。",
        "lift": f"{city}自{when(warning.get('lifted_at') or warning.get('decided_at'), year=True)}起解除{what}，终止{answer}。",
    }
    return told[response.notice]


def _advised(response: Response) -> bool:
    return response.notice not in ("suspend", "lift")


def _zh(response: Response) -> list[str]:
    meaning = mark_meaning(response)[0]
    lines = [response.mark + without_mark(one_line(response.title, 200))]
    if meaning:
        lines.append(f"（{meaning}）")
    lines += ["", what_zh(response)]
    if _advised(response):
        lines.append("健康提示：")
        for m in measures(response, "health"):
            about = f"（{m.target[0]}）" if m.target[0] not in ("", "公众") else ""
            lines.append(f"· {m.topic[0]}{about}：{m.text[0]}")
        lines += [f"· {m.text[0]}" for m in measures(response, "advice") if m.target[0] == "公众"]
    lines.append(f"发现违法排污可拨打{HOTLINE}举报。")
    number = document_number(response.warning.get("document_no"))
    issuer = one_line(response.warning.get("issuing_body"), 200)
    lines.append(" ".join(part for part in (issuer, number) if part))
    return lines


def _en(response: Response) -> list[str]:
    meaning = mark_meaning(response)[1]
    lines = [(f"[{meaning}] " if meaning else "") + headline_en(response, response.notice), ""]
    lines.append(what_en(response, response.notice))
    if _advised(response):
        lines.append("Health advice:")
        for m in measures(response, "health"):
            about = f" ({m.target[1]})" if m.target[0] not in ("", "公众") else ""
            lines.append(f"- {m.topic[1].capitalize()}{about}: {m.text[1]}")
        lines += [f"- {m.text[1]}" for m in measures(response, "advice") if m.target[1] == "the public"]
    lines.append(f"Report illegal emissions: call {HOTLINE}.")
    return lines
