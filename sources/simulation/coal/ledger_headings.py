"""Headings of inspections, registers and the ledgers of clean heating."""

from __future__ import annotations

__all__ = ["LEDGERS", "read_headings"]


def read_headings(text: str) -> dict[str, str]:
    """Turn ``"column heading"`` lines into a mapping."""
    return dict(line.split(maxsplit=1) for line in text.strip().splitlines())


LEDGERS: dict[str, dict[str, str]] = {
    "inspection": read_headings("""
sample_id 抽样编号
inspection_round 抽查批次
stage 环节
province_name 省（区、市）
city_name 地市
county_name 抽检区县
entity_name 被抽样单位
entity_type 被抽样单位类型
register_id 名录编号
product_type 产品类型
claimed_grade 明示等级或标准
judged_by 判定依据
distance_km 运距（km）
exempt_use 豁免用途
sampled_on 抽样日期
sample_qty 抽样数量
batch_t 代表批量（吨）
lab 检验机构
ad_pct 灰分Ad（%）
std_pct 干基全硫（%）
vd_pct 干基挥发分（%）
vdaf_pct 干燥无灰基挥发分（%）
qgr_d_mj_kg 干基高位发热量（MJ/kg）
qnet_ar_mj_kg 收到基低位发热量（MJ/kg）
mt_pct 全水（%）
pd_pct 磷（%）
cld_pct 氯（%）
asd_ugg 砷（µg/g）
hgd_ugg 汞（µg/g）
fd_ugg 氟（µg/g）
scc_n 冷压强度（N/个）
drop_strength_pct 落下强度（%）
undersize_25mm_pct 限下率（%）
claimed_std_pct 明示全硫（%）
claimed_ad_pct 明示灰分（%）
claimed_qnet_ar_mj_kg 明示发热量（MJ/kg）
reported_failed_items 不合格项目
reported_verdict 检验结论
followup 后处理
routed_to 移送部门
closed_on 办结日期
"""),
    "register": read_headings("""
register_id 登记编号
entity_name 单位名称
credit_code 统一社会信用代码
stage 环节
province_name 省（区、市）
city_name 地市
county_name 区县
active_from 登记日期
active_until 注销日期
"""),
    "village": read_headings("""
village_id 村编号
stat_year 年度
province_name 省（区、市）
city_name 地市
county_name 区县
township 乡镇
village_name 行政村
terrain 地形
in_ban_zone 是否禁燃区
n_households 总户数
n_electricity 电代煤户数
n_gas 气代煤户数
n_heat 集中供热户数
n_clean_coal 洁净煤户数
n_other_clean 其他清洁户数
n_target 年度任务户数
n_done 年度完成户数
supply_ready 气电供应就绪
heating_secured_on 取暖保障日期
coal_removed_on 散煤清理日期
coal_before_t 改造前年用煤量（吨）
coal_remaining_t 现年用煤量（吨）
"""),
    "household": read_headings("""
household_id 户编号
village_id 村编号
city_name 地市
county_name 区县
heating 取暖方式
heating_secured_on 通气通电日期
coal_removed_on 旧炉拆除日期
coal_before_t 改造前年用煤量（吨）
"""),
    "relapse_visit": read_headings("""
village_id 村编号
household_id 户编号
visited_on 回访日期
n_visited 回访户数
n_relapsed 复燃户数
action 处理情况
closed_on 销号日期
"""),
}
