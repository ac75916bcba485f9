"""What was written for a response, on a terminal: which list was used, is it enough, which documents lie where."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from dashboards.emission_list.screen import VERDICTS
from dashboards.terminal.screen import add, as_is, digits, simulated_line, table

_KINDS = {
    "workbook": ("响应清单", "list", "条生产线 lines"),
    "notices": ("企业通知单", "notices", "家 enterprises"),
    "placards": ("公示牌", "placards", "家 enterprises"),
    "letter": ("公文", "letter", "件 document"),
    "sms": ("短信", "text messages", "条 messages"),
    "public": ("公众文稿", "public text", "件 document"),
    "long_image": ("长图", "long image", "件 document"),
    "json": ("JSON", "JSON", "件 document"),
    "cap": ("CAP 预警信息", "CAP", "件 document"),
}
_BASES = {"filed": "清单口径 as listed", "day": "响应日 on the day"}


def render_response(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Tell what was written."""
    if document["simulated"]:
        yield simulated_line()
    yield as_is(f"{document['warning_id']} {document['title']}", "bold")
    used = document["list_version"]
    if used:
        number = used["document_no"] or "—"
        yield as_is(
            f"所用清单 list used：{used['version_id']}（已备案 filed，{number}，"
            f"{used['n_enterprises']:,} 家企业 enterprises，{used['n_lines']:,} 条生产线 lines）"
        )
        yield from _ratios(document)
    for note in document["notes"]:
        yield as_is(f"  · {note['zh']} | {note['en']}")
    made = table(("文件 document", "数量 number", "", "文件数 files", "名称 name"), right=(1, 3))
    for kind, (zh, en, unit) in _KINDS.items():
        some = [product for product in document["products"] if product["kind"] == kind]
        if some:
            name = some[0]["name"] + (" …" if len(some) > 1 else "")
            n = sum(product["n"] for product in some)
            add(made, f"{zh} {en}", f"{n:,}", unit, f"{len(some):,}", name)
    yield made
    yield as_is(f"已写入 written into：{document['folder']}")


def _ratios(document: Mapping[str, Any]) -> Iterator[RenderableType]:
    if not document["reductions"]:
        return
    heads = (
        "口径 basis",
        "污染物 pollutant",
        "减排比例 ratio %",
        "要求 required %",
        "结论 verdict",
        "缺口 shortfall kg/d",
    )
    made = table(
        heads, right=(2, 3, 5), title=f"减排比例 cuts of the whole society（{document['response_day']}）"
    )
    for r in document["reductions"]:
        word, style = VERDICTS[r["verdict"]]
        short = None if r["shortfall_kgd"] is None else float(r["shortfall_kgd"])
        figures = (digits(r["ratio_pct"], 2), digits(r["required_pct"], 0))
        add(made, _BASES[r["basis"]], r["pollutant"], *figures, Text(word, style=style), digits(short, 1))
    yield made
