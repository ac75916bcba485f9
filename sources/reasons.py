"""Every reason for which input is refused, in Chinese and English: what tables, mails and pages quote.

A line or cell reason may use only the columns of a rejects frame as placeholders (``line``, ``station_code``,
``item``, ``hour_end``, ``text``); a file reason may use what its exception carries in ``values``.
"""

from __future__ import annotations

from collections.abc import Mapping

REASONS: dict[str, tuple[str, str]] = {
    "area_differs": (
        "“{text}”中的代码与名称不是同一地区",
        "code and name in “{text}” are not the same area",
    ),
    "area_kind_unknown": (
        "层级“{text}”不认识；可用：区域(region)、城市(city)、单元(unit)、县区(county)",
        "level “{text}” is not known; use region, city, unit or county",
    ),
    "area_unknown": (
        "“{text}”不是已知的城市、考核单元或站点；请核对代码或名称",
        "“{text}” is no known city, assessment unit or station; check code or name",
    ),
    "bad_column_name": (
        "表头列名“{text}”不是站点编码（1–20 位字母、数字、_ 或 -），该列未读取",
        "header column “{text}” is not a station code (1–20 letters, digits, _ or -); it was not read",
    ),
    "bad_date": (
        "第 {line} 行日期无法识别（应为 20190102 这样的八位日期），整行未读取",
        "line {line}: the date is not a date (expected eight digits such as 20190102); the line was not read",
    ),
    "bad_hour": (
        "第 {line} 行小时无法识别（应为 0–23 的整数），整行未读取",
        "line {line}: the hour is not a whole number from 0 to 23; the line was not read",
    ),
    "bad_quotes": (
        "第 {line} 行引号不成对或引号内有逗号，列无法对齐，整行未读取",
        "line {line}: a quote is not closed or holds a comma, columns cannot be aligned; line not read",
    ),
    "before_standards": (
        "数据早于 2013 年，没有可用的标准（首个小时 {found}）；整个文件未入库",
        "the data are older than 2013, before any standard set (first hour {found}); nothing of the file was kept",
    ),
    "cell_required": (
        "必填项“{item}”为空",
        "the required cell “{item}” is empty",
    ),
    "csv_damaged": (
        "第 {item} 行起引号不成对（{text}）；请改正后重新导入",
        "from line {item} on quotes do not match ({text}); correct the file and import again",
    ),
    "date_mismatch": (
        "文件名中的日期是 {expected}，文件内全部是 {found} 的数据；请确认文件名或内容哪一个正确",
        "the file name says {expected} but every row is dated {found}; confirm which of the two is right",
    ),
    "date_not_in_name": (
        "第 {line} 行的日期与文件名中的日期不同，整行未读取",
        "line {line}: its date differs from the date in the file name; the line was not read",
    ),
    "day_out_of_range": (
        "日期“{text}”不在 1980–2100 年之间",
        "the date “{text}” is outside 1980–2100",
    ),
    "decimals_in_integer": (
        "第 {line} 行站点 {station_code} 的 {item} 值“{text}”带小数，该项应为整数 µg/m³，未采用",
        "line {line}, station {station_code}, {item}: “{text}” has decimals, whole µg/m³ expected; not used",
    ),
    "delimiter_wrong": (
        "列之间用的是“{text}”而不是英文逗号；请另存为“CSV UTF-8（逗号分隔）”",
        "columns are separated by “{text}”, not by commas; save as “CSV UTF-8 (comma delimited)”",
    ),
    "document_missing": (
        "没有文号；无依据文号的行不导入",
        "no document number; a line without its document is not imported",
    ),
    "duplicate_column": (
        "站点 {station_code} 在表头中出现多次且数值不同（第 {line} 行 {item}：{text}），均未采用",
        "station {station_code} stands more than once in the header with unequal values (line {line}, {item}: {text}); none was used",
    ),
    "duplicate_content": (
        "内容与已处理的 {other} 完全相同，无需处理",
        "same bytes as {other}, which was handled before: nothing to do",
    ),
    "duplicate_hour": (
        "同一小时在文件中出现多次且站点 {station_code} 的 {item} 数值不同（第 {line} 行：{text}），均未采用",
        "the hour stands more than once in the file with unequal values for station {station_code}, {item} (line {line}: {text}); none was used",
    ),
    "empty_file": (
        "文件是空的；请重新下载或导出",
        "the file is empty; download or export it again",
    ),
    "encoding": (
        "文件不是 UTF-8 文本（{found}）；请另存为“CSV UTF-8（逗号分隔）”后再放入",
        "the file is not UTF-8 text ({found}); save it as “CSV UTF-8 (comma delimited)” and deliver it again",
    ),
    "encoding_unknown": (
        "不是 UTF-8 或 GB18030 文本；请另存为“CSV UTF-8（逗号分隔）”",
        "neither UTF-8 nor GB18030 text; save as “CSV UTF-8 (comma delimited)”",
    ),
    "encoding_utf16": (
        "是 UTF-16 文本或二进制内容；请另存为“CSV UTF-8（逗号分隔）”或 XLSX",
        "UTF-16 text or binary content; save as “CSV UTF-8 (comma delimited)” or XLSX",
    ),
    "end_before_start": (
        "结束早于开始：{text}",
        "the end lies before the start: {text}",
    ),
    "future": (
        "文件内全部数据晚于现在（{found}，现在为 {latest}）；到时会自动读取，或请检查日期",
        "every row lies in the future ({found}; now is {latest}); read when due, or check the dates",
    ),
    "future_hour": (
        "第 {line} 行的时间晚于现在，整行未读取",
        "line {line}: its hour lies in the future; the line was not read",
    ),
    "header_only": (
        "文件只有表头，没有数据行；请重新下载或导出",
        "the file has a header and no data rows; download or export it again",
    ),
    "header_too_long": (
        "表头超过 {limit} 字节，不像站点小时文件；请检查文件内容",
        "the header is longer than {limit} bytes, unlike a station file; check what the file holds",
    ),
    "heading_doubled": (
        "表头“{text}”与另一列都是“{item}”；请只保留一列",
        "heading “{text}” names the column “{item}” a second time; keep one of them",
    ),
    "heading_missing": (
        "缺少列：{text}；应有的列：{item}",
        "missing columns: {text}; columns expected: {item}",
    ),
    "heading_unit": (
        "表头“{text}”的单位不对，应为 {item}；请换算后再导入",
        "heading “{text}” has another unit than {item}; convert the values and import again",
    ),
    "heading_unknown": (
        "表头“{text}”不认识，此列已忽略；可用的列：{item}",
        "heading “{text}” is not known, its column is ignored; columns that may occur: {item}",
    ),
    "hour_missing": (
        "“{text}”没有写明小时（午夜的日期单元格同此）；请写成如 2026-04-10 24:00 的文本",
        "“{text}” names no hour (a date cell at midnight looks the same); write text: 2026-04-10 24:00",
    ),
    "hour_not_whole": (
        "“{text}”不是整点",
        "“{text}” is not a whole hour",
    ),
    "long_line": (
        "第 {line} 行的字段比表头多，列无法对齐，整行未读取",
        "line {line} has more fields than the header, so columns cannot be aligned; the line was not read",
    ),
    "metric_unknown": (
        "指标“{text}”不认识；可用：pm25_mean、good_days、good_days_pct、heavy_days",
        "metric “{text}” is not known; use pm25_mean, good_days, good_days_pct or heavy_days",
    ),
    "nested_zip": (
        "压缩包内还有压缩文件，不会打开；请先解压再放入",
        "a compressed file inside an archive is not opened; unpack it and deliver its files",
    ),
    "no_hours": (
        "没有任何一个小时可用；请检查文件是否完整",
        "no hour of the file could be used; check whether it is complete",
    ),
    "no_rows": (
        "没有一行可用（拒收 {n} 处）；原有数据保留",
        "no line could be used ({n} rejected); what was kept before stays",
    ),
    "no_stations": (
        "表头中没有任何站点编码列；请检查文件是否完整",
        "the header names no station column; check that the file is complete",
    ),
    "not_a_number": (
        "第 {line} 行站点 {station_code} 的 {item} 值“{text}”不是数字，未采用",
        "line {line}, station {station_code}, {item}: “{text}” is not a number; not used",
    ),
    "not_regular_file": (
        "不是普通文件（管道、设备或链接），未读取",
        "not a regular file (a pipe, device or link); not read",
    ),
    "not_station_file": (
        "不是站点小时文件（{found}）；表头应为 date,hour,type,<站点编码…>",
        "not a station file ({found}); its header should be date,hour,type,<station codes…>",
    ),
    "other_station_list": (
        "已指定另一份站点名单，此名单未采用",
        "another station list is configured; this one is not used",
    ),
    "path_escapes": (
        "链接或压缩包成员指向文件夹之外，出于安全未读取；请把文件本身放入",
        "a link or archive member leads out of the folder, not read for safety; deliver the file itself",
    ),
    "percent_as_fraction": (
        "比例“{text}”疑为小数；请写成百分数，如 75 或 75%",
        "the share “{text}” looks like a fraction; write a percentage such as 75 or 75%",
    ),
    "period_too_long": (
        "时段超过 15 天：{text}；请核对年月",
        "the period is longer than 15 days: {text}; check year and month",
    ),
    "period_unknown": (
        "时段“{text}”不认识；可用：2019、2019-Q1、2019-03、2018-10-01..2019-03-31、2018-winter(-1)",
        "period “{text}” unknown; use 2019, 2019-Q1, 2019-03, 2018-10-01..2019-03-31, 2018-winter(-1)",
    ),
    "position_impossible": (
        "经纬度“{text}”不在中国范围内或不完整，已置空；站点保留",
        "the position “{text}” lies outside China or is incomplete and is left empty; the station is kept",
    ),
    "position_swapped": (
        "经度与纬度颠倒“{text}”，已置空；站点保留",
        "longitude and latitude are exchanged in “{text}” and are left empty; the station is kept",
    ),
    "row_cut": (
        "该行被截断或含损坏字符",
        "the line is cut off or holds damaged characters",
    ),
    "row_repeated": (
        "“{text}”已在前面出现且内容不同；保留前一行",
        "“{text}” stands further up with other content; the first line is kept",
    ),
    "row_too_long": (
        "该行的列多于表头；请检查多余的逗号",
        "the line has more cells than the heading; look for superfluous commas",
    ),
    "sheet_missing": (
        "没有工作表“{text}”；现有：{item}",
        "there is no worksheet “{text}”; there are: {item}",
    ),
    "short_line": (
        "第 {line} 行的字段比表头少，列无法对齐，整行未读取",
        "line {line} has fewer fields than the header, so columns cannot be aligned; the line was not read",
    ),
    "some_rejected": (
        "{n} 处行或数值被拒收，其余已入库；明细见 ops.rejected_value",
        "{n} lines or values were rejected, the rest was kept; see ops.rejected_value",
    ),
    "station_code_invalid": (
        "站点编码“{text}”无效；应由字母和数字组成",
        "the station code “{text}” is not valid; letters and digits are expected",
    ),
    "station_unknown": (
        "站点“{text}”不在站点列表中",
        "station “{text}” is not in the station list",
    ),
    "table_empty": (
        "文件没有内容",
        "the file is empty",
    ),
    "table_old_excel": (
        "是旧版 Excel（.xls）文件；请另存为 .xlsx 或 CSV",
        "an old Excel file (.xls); save as .xlsx or CSV",
    ),
    "table_too_large": (
        "表格过大（{text}，上限 {item}）；请拆分后导入",
        "the table is too large ({text}, at most {item}); import it in parts",
    ),
    "table_unreadable": (
        "文件无法读取：{text}",
        "the file cannot be read: {text}",
    ),
    "target_cycle": (
        "上级目标“{text}”最终又指向本目标",
        "the parent “{text}” leads back to this target",
    ),
    "target_level_order": (
        "上级目标“{text}”的层级不高于本目标",
        "the parent “{text}” is not on a higher level than this target",
    ),
    "target_parent_missing": (
        "上级目标“{text}”不存在或未被接受",
        "the parent “{text}” does not exist or was not accepted",
    ),
    "too_large": (
        "文件过大（{size_bytes} 字节，上限 {limit} 字节），未读取；请拆分为每日一个文件",
        "the file is too large ({size_bytes} bytes, limit {limit}), not read; split it into one file a day",
    ),
    "too_many_decimals": (
        "第 {line} 行站点 {station_code} 的 {item} 值“{text}”超过一位小数，该项应为一位小数 mg/m³，未采用",
        "line {line}, station {station_code}, {item}: “{text}” has more than one decimal of mg/m³; not used",
    ),
    "too_many_rejects": (
        "此文件还有 {text} 条拒收记录未逐条列出",
        "{text} further rejected lines or values of this file are not listed one by one",
    ),
    "truncated_line": (
        "文件在第 {line} 行中途结束（可能下载中断），该行未读取；请重新下载",
        "the file ends in the middle of line {line} (an interrupted download?), not read; download it again",
    ),
    "unfinished_cell": (
        "文件末尾没有换行，最后一个值“{text}”可能被截断（第 {line} 行，站点 {station_code}），未采用",
        "the file ends without a line end, so its last value “{text}” may be cut (line {line}, station {station_code}); not used",
    ),
    "unknown_kind": (
        "无法识别的文件：既不是站点小时文件，表头也不是目标、审核日值、沙尘时段或站点名单",
        "not recognised: neither a station file nor a table of targets, reviewed days, dust hours or stations by its headings",
    ),
    "unknown_type": (
        "第 {line} 行的类型“{item}”不在已知的 15 种之内，整行未读取",
        "line {line}: type “{item}” is none of the 15 known types; the line was not read",
    ),
    "unreadable": (
        "无法读取（{found}）；请检查权限、磁盘或文件是否被占用",
        "cannot be read ({found}); check permissions, the disk, or whether another program holds the file",
    ),
    "value_impossible": (
        "数值“{text}”超出可能范围",
        "the value “{text}” is outside the possible range",
    ),
    "value_not_day": (
        "“{text}”不是日期；请写成如 2019-01-01",
        "“{text}” is not a date; write for example 2019-01-01",
    ),
    "value_not_hour": (
        "“{text}”不是时间；请写成如 2026-04-10 03:00",
        "“{text}” is not a time; write for example 2026-04-10 03:00",
    ),
    "value_not_number": (
        "“{text}”不是数值",
        "“{text}” is not a number",
    ),
    "value_not_yes_no": (
        "“{text}”应为 是/否（true/false、1/0、Y/N）",
        "“{text}” should be 是/否 (true/false, 1/0, Y/N)",
    ),
    "value_out_of_range": (
        "第 {line} 行站点 {station_code} 的 {item} 值“{text}”大到无法存储，未采用",
        "line {line}, station {station_code}, {item}: “{text}” is too large to be stored; not used",
    ),
    "values_all_missing": (
        "六项浓度全部为空",
        "all six values are empty",
    ),
    "workbook_damaged": (
        "XLSX 文件已损坏：{text}",
        "the XLSX file is damaged: {text}",
    ),
    "would_remove": (
        "待确认：将使 {hours} 个小时中的 {n} 个有效值消失；其余小时已入库，明细见 ops.held_value",
        "held: it would remove {n} valid values in {hours} hours; the other hours were kept, see ops.held_value",
    ),
    "wrong_separator": (
        "字段由{found}分隔而不是逗号；请另存为“CSV UTF-8（逗号分隔）”后再放入",
        "fields are separated by {found}, not commas; save as “CSV UTF-8 (comma delimited)” and try again",
    ),
    "zip_bomb": (
        "压缩包展开后异常庞大（{found}），出于安全未读取；请先解压再放入",
        "the archive expands beyond the safe limits ({found}), not read; unpack it and deliver its files",
    ),
    "zip_corrupt": (
        "压缩包损坏或格式不支持（{found}）；请重新下载或先解压再放入",
        "the archive is damaged or of an unsupported kind ({found}); download it again or deliver its files",
    ),
    "zip_encrypted": (
        "压缩包有密码，无法读取；请解压后再放入",
        "the archive is protected by a password; unpack it and deliver its files",
    ),
}


_NOTHING = ("None", "<NA>", "nan", "NaT")


class _Gaps(dict[str, object]):
    """Values for a template in which an unknown placeholder reads as a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"


def describe(code: str, /, **values: object) -> tuple[str, str]:
    """
    Say a reason in Chinese and English.

    Parameters
    ----------
    code : str
        Key of `REASONS`.
    **values
        What fills the placeholders; a placeholder without a value reads as ``?``.

    Returns
    -------
    tuple of str
        The Chinese and the English sentence.

    Raises
    ------
    KeyError
        When no such reason exists.
    """
    filled: Mapping[str, object] = _Gaps(
        {key: "?" if value is None else value for key, value in values.items()}
    )
    zh, en = REASONS[code]
    return zh.format_map(filled), en.format_map(filled)
