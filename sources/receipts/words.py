"""Words to choose from in files of receipts and checks, and what people write for them."""

# Name in Chinese and in English, then what else people write.
CHANNELS: dict[str, tuple[str, ...]] = {
    "sms": ("短信", "SMS"),
    "phone": ("电话", "phone"),
    "system": ("系统", "system", "平台"),
    "onsite": ("现场", "on site", "现场回执"),
}
STATUSES: dict[str, tuple[str, ...]] = {
    "done": ("已执行", "carried out", "全部执行"),
    "partial": ("部分执行", "in part"),
    "unable": ("不能执行", "unable", "未执行", "无法执行"),
}
VERDICTS: dict[str, tuple[str, ...]] = {
    "ok": ("落实", "carried out", "已落实", "符合"),
    "partial": ("部分落实", "in part", "部分符合"),
    "fail": ("未落实", "not carried out", "不符合"),
    "no_data": ("无数据", "no data", "数据不足"),
}
SOURCES: dict[str, tuple[str, ...]] = {"list": ("清单", "list"), "guide": ("技术指南", "guide")}
LEVEL_WORDS: dict[str, tuple[str, ...]] = {
    "yellow": ("黄色", "yellow", "黄", "Ⅲ级"),
    "orange": ("橙色", "orange", "橙", "Ⅱ级"),
    "red": ("红色", "red", "红", "Ⅰ级"),
}
