"""Headings under which the simulated forms show their columns, worded and with units as the official forms do."""

from __future__ import annotations

from sources.simulation.coal.ledger_headings import LEDGERS, read_headings

__all__ = ["HEADINGS"]


_EQUIPMENT = """
equipment_type 类型
equipment_no 编号
used_years 累计使用时间
design_years 设计年限
efficiency 能效水平
capacity_unit 容量单位
capacity 容量
"""

HEADINGS: dict[str, dict[str, str]] = {
    "energy_205_1": read_headings("""
credit_code 统一社会信用代码
firm_name 单位详细名称
province_name 省（区、市）
city_name 地市
county_name 区县
month 报告期
period_kind 时期
product 能源名称
unit_text 计量单位
energy_code 代码
opening_t 期初库存量
purchase_t 购进量-实物量
purchase_kcny 购进量-金额（千元）
use_t 消费量-合计
industrial_t 消费量-工业生产消费
feedstock_t 用于原材料
non_industrial_t 消费量-非工业生产消费
transport_t 合计中：运输工具消费
closing_t 期末库存量
factor_used 采用折标系数
factor_reference 参考折标系数
qnet_ar_kj_kg 收到基低位发热量（kJ/kg）
vintage 数据类型
"""),
    "firm": read_headings("""
credit_code 统一社会信用代码
firm_name 单位名称
province_name 省（区、市）
city_name 地市
county_name 区县
industry_section 行业门类
industry_division 行业大类
industry_class 行业小类
above_scale 是否规上
listed_from 入统日期
listed_until 退统日期
exclusion_tag 考核剔除名称
capacity_t_per_month 月耗煤能力（吨）
"""),
    "firm_year": read_headings("""
stat_year 年份
firm_name 单位名称
credit_code 统一社会信用代码
industry_section 行业门类
industry_division 行业大类
industry_class 行业中类
province_name 单位所在省/市/区
city_name 单位所在地市
county_name 单位所在区县
phone 联系电话
energy_equivalent_tce 年综合能耗当量值（万tce 含原料用能）
energy_equal_price_tce 年综合能耗等价值（万tce）
feedstock_energy_tce 年原料用能消费量（万tce）
coal_t 耗煤总量（实物量 万吨）
coal_tce 耗煤总量（标准量 万tce）
feedstock_t 原料用煤（实物量 万吨）
raw_coal_t 原煤消费（万吨）
washed_coal_t 洗精煤消费（万吨）
other_coal_t 其他煤炭消费（万吨）
coke_t 焦炭消费（万吨）
vintage 数据类型
"""),
    "firm_usage": read_headings("""
credit_code 统一社会信用代码
stat_year 年份
firm_name 单位名称
sequence 序号
purpose_group 主要用途
purpose 具体用途
input_product 投入品种
input_unit 投入计量单位
input_t 投入量
output_product 产出品种品类
output_unit 产出计量单位
output_quantity 产出量
remark 备注
"""),
    "firm_equipment": read_headings(
        "credit_code 统一社会信用代码\nstat_year 年份\nfirm_name 单位名称\nsequence 序号"
        + _EQUIPMENT
        + "coal_product 耗煤品种\ncoal_t 年耗煤量（单位：吨）"
    ),
    "other_user": read_headings(
        """
firm_name 单位名称
credit_code 统一社会信用代码
province_name 单位地址（省）
city_name 单位地址（市）
county_name 单位地址（县）
industry_section 所属行业（门类）
industry_division 所属行业（大类）
stat_year 数据年份
sequence 序号
"""
        + _EQUIPMENT.lstrip()
        + "purpose 用途\nstatus 状态\ncoal_t 年耗煤量（单位：吨）"
    ),
    "region_year": read_headings("""
province_name 省（市、区）
city_name 地市（州）
county_name 县（区）
stat_year 年份
coal_total_t 煤合计
raw_coal_t 原煤
washed_coal_t 洗精煤
other_coal_t 其他
power_t 1.火力发电
heat_t 2.供热
washing_t 3.煤炭洗选
coking_t 4.炼焦
liquefaction_t 5.炼油及煤制油
gasification_t 6.制气
industry_t 1.工业
feedstock_t #用作原料、材料
other_use_t 2.其他用途
coke_t 焦炭
vintage 数据类型
"""),
    "area_use": read_headings("""
area_kind 层级
area_code 地区代码
area_name 地区
period 时段
scope 口径
basis 计量
exclusions 剔除项
quantity_t 消费量（万吨）
same_period_t 上年同期（万吨）
vintage 数据类型
"""),
    "coal_target": read_headings("""
target_id 煤炭目标编号
area_kind 层级
area_code 地区代码
area_name 地区
stat_year 目标年
kind 目标类型
scope 口径
basis 计量
exclusions 剔除项
target_t 目标值（万吨）
target_pct 目标变化率
target_state 状态要求
target_value 状态目标值
metric 状态指标
baseline_year 基准年
baseline_t 基准量（万吨）
document_no 文号
"""),
    "project": read_headings("""
project_name 项目名称
project_code 项目代码
construction_unit 建设单位
construction_content 主要建设内容
province_name 项目所在省、自治区、直辖市
city_name 项目所在地市
county_name 项目所在区县
industry_division 所属行业大类（2位代码）
industry_class 所属行业小类（4位代码）
approval_day 节能审查批复时间
planned_start 拟投产时间
actual_start 实际投产时间
authority 节能审查机关
document_number 审查意见文号
energy_equivalent_tce 年综合能源消费量-当量值（万tce）
energy_equal_price_tce 年综合能源消费量-等价值（万tce）
coal_products_t 年煤品消费总量（实物量）（万吨）
coal_t #煤炭消费量（实物量）（万吨）
coke_t #焦炭消费量（实物量）（万吨）
semi_coke_t #兰炭消费量（实物量）（万吨）
coal_products_tce 年煤品消费总量（折标量）（万tce）
coal_tce #煤炭消费量（折标量）（万tce）
coke_tce #焦炭消费量（折标量）（万tce）
semi_coke_tce #兰炭消费量（折标量）（万tce）
is_substitution 是否煤炭消费替代
substitution_source 煤炭消费替代来源
substitution_t 煤炭消费替代量（实物量）（万吨）
feedstock_t 年原料用煤量（实物量）（万吨）
feedstock_tce 年原料用煤量（折标量）（万tce）
"""),
    "replacement_source": read_headings("""
source_id 替代来源编号
project_code 项目代码
source_unit 替代源单位
credit_code 统一社会信用代码
source_type 替代类型
substitute_fuel 替代能源
scope_of_cut 削减领域
cut_t 削减煤量（万吨）
baseline_year 削减基准年
realised_on 完成时间
recognised_on 认定时间
dismantled_on 拆除时间
evidence_doc 证明材料
last_checked_on 最近核查时间
still_stopped 核查时仍停用
used_by_project 已用于项目代码
"""),
    "project_year": read_headings("""
project_code 项目代码
stat_year 年份
coal_t 实际煤炭消费量（万吨）
feedstock_t 其中原料用煤（万吨）
supplementary_plan 补充替代方案
"""),
    **LEDGERS,
}
