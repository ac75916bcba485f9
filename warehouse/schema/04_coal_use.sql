-- Coal use: rows of the forms in force, use by firm, balances by area. Tables marked 限制 tell of single firms.
CREATE SCHEMA IF NOT EXISTS coal;

CREATE TABLE IF NOT EXISTS coal.firm (
    credit_code VARCHAR NOT NULL PRIMARY KEY,
    firm_name VARCHAR,
    province_name VARCHAR,
    city_name VARCHAR,
    county_name VARCHAR,
    industry_section VARCHAR,
    industry_division VARCHAR,
    industry_class VARCHAR,
    above_scale BOOLEAN,
    listed_from DATE,
    listed_until DATE,
    exclusion_tag VARCHAR,
    capacity_t_per_month DECIMAL(18,4),
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.firm IS '耗煤企业名录：耗煤企业及其行业、入统与退统日期 | coal-using firms: industry and the days they were listed from and until | 限制';
COMMENT ON COLUMN coal.firm.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN coal.firm.firm_name IS '单位名称 | firm';
COMMENT ON COLUMN coal.firm.province_name IS '填报省份 | province';
COMMENT ON COLUMN coal.firm.city_name IS '填报地市 | city';
COMMENT ON COLUMN coal.firm.county_name IS '填报区县 | county';
COMMENT ON COLUMN coal.firm.industry_section IS '行业门类 | industry section';
COMMENT ON COLUMN coal.firm.industry_division IS '行业大类：GB/T 4754 两位代码 | industry division';
COMMENT ON COLUMN coal.firm.industry_class IS '行业小类 | industry class';
COMMENT ON COLUMN coal.firm.above_scale IS '是否规上 | above scale';
COMMENT ON COLUMN coal.firm.listed_from IS '入统日期 | listed from';
COMMENT ON COLUMN coal.firm.listed_until IS '退统日期 | listed until';
COMMENT ON COLUMN coal.firm.exclusion_tag IS '考核剔除名称：目标按名称剔除该单位时所用的名称 | exclusion tag';
COMMENT ON COLUMN coal.firm.capacity_t_per_month IS '月耗煤能力 | monthly capacity | t';
COMMENT ON COLUMN coal.firm.province_code IS '省代码：GB/T 2260，由名称得出 | province code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.firm.city_code IS '城市代码：GB/T 2260，由名称得出 | city code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.firm.county_code IS '区县代码：GB/T 2260，由名称得出 | county code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.firm.sha256 IS '来源文件指纹 | SHA-256 of the file the row came from';
COMMENT ON COLUMN coal.firm.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.firm.sheet_row IS '表内行号：从 1 起 | row in the sheet, from 1';

CREATE TABLE IF NOT EXISTS coal.report_energy (
    credit_code VARCHAR NOT NULL,
    firm_name VARCHAR,
    province_name VARCHAR,
    city_name VARCHAR,
    county_name VARCHAR,
    month VARCHAR NOT NULL,
    period_kind VARCHAR NOT NULL,
    product VARCHAR NOT NULL,
    unit_text VARCHAR,
    energy_code VARCHAR,
    opening_t DECIMAL(18,4),
    purchase_t DECIMAL(18,4),
    purchase_kcny DECIMAL(18,6),
    use_t DECIMAL(18,4),
    industrial_t DECIMAL(18,4),
    feedstock_t DECIMAL(18,4),
    non_industrial_t DECIMAL(18,4),
    transport_t DECIMAL(18,4),
    closing_t DECIMAL(18,4),
    factor_used DECIMAL(18,6),
    factor_reference DECIMAL(18,6),
    qnet_ar_kj_kg DECIMAL(18,6),
    vintage VARCHAR NOT NULL,
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.report_energy IS '能源消费月报行：205-1 表各企业、各月、各品种 | rows of form 205-1 in force, by firm, month and product | 限制';
COMMENT ON COLUMN coal.report_energy.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN coal.report_energy.firm_name IS '单位名称 | firm';
COMMENT ON COLUMN coal.report_energy.province_name IS '填报省份 | province';
COMMENT ON COLUMN coal.report_energy.city_name IS '填报地市 | city';
COMMENT ON COLUMN coal.report_energy.county_name IS '填报区县 | county';
COMMENT ON COLUMN coal.report_energy.month IS '报告期（年-月）；累计为截止月 | month';
COMMENT ON COLUMN coal.report_energy.period_kind IS '时期：month 本月，ytd 累计 | period kind: month or ytd';
COMMENT ON COLUMN coal.report_energy.product IS '品种：ref.coal_product 的代码 | energy: code of ref.coal_product';
COMMENT ON COLUMN coal.report_energy.unit_text IS '计量单位 | unit';
COMMENT ON COLUMN coal.report_energy.energy_code IS '能源代码 | energy code';
COMMENT ON COLUMN coal.report_energy.opening_t IS '期初库存量 | opening stock | t';
COMMENT ON COLUMN coal.report_energy.purchase_t IS '购进量 | purchase | t';
COMMENT ON COLUMN coal.report_energy.purchase_kcny IS '购进金额 | purchase value | 千元';
COMMENT ON COLUMN coal.report_energy.use_t IS '消费量合计（含非工业生产消费） | consumption | t';
COMMENT ON COLUMN coal.report_energy.industrial_t IS '工业生产消费 | industrial use | t';
COMMENT ON COLUMN coal.report_energy.feedstock_t IS '原料用煤：已含在工业消费内 | feedstock use, part of industrial use | t';
COMMENT ON COLUMN coal.report_energy.non_industrial_t IS '非工业生产消费 | non-industrial use | t';
COMMENT ON COLUMN coal.report_energy.transport_t IS '运输工具消费 | transport use | t';
COMMENT ON COLUMN coal.report_energy.closing_t IS '期末库存量 | closing stock | t';
COMMENT ON COLUMN coal.report_energy.factor_used IS '采用折标系数 | factor used | tce/t';
COMMENT ON COLUMN coal.report_energy.factor_reference IS '参考折标系数 | reference factor | tce/t';
COMMENT ON COLUMN coal.report_energy.qnet_ar_kj_kg IS '收到基低位发热量 | Qnet,ar | kJ/kg';
COMMENT ON COLUMN coal.report_energy.vintage IS '数据版本：flash 快报，annual 年报，revised 修订 | vintage: flash, annual, revised';
COMMENT ON COLUMN coal.report_energy.province_code IS '省代码：GB/T 2260，由名称得出 | province code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_energy.city_code IS '城市代码：GB/T 2260，由名称得出 | city code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_energy.county_code IS '区县代码：GB/T 2260，由名称得出 | county code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_energy.sha256 IS '来源文件指纹 | SHA-256 of the file the row came from';
COMMENT ON COLUMN coal.report_energy.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.report_energy.sheet_row IS '表内行号：从 1 起 | row in the sheet, from 1';

CREATE TABLE IF NOT EXISTS coal.report_firm_year (
    stat_year INTEGER NOT NULL,
    firm_name VARCHAR,
    credit_code VARCHAR NOT NULL,
    industry_section VARCHAR,
    industry_division VARCHAR,
    industry_class VARCHAR,
    province_name VARCHAR,
    city_name VARCHAR,
    county_name VARCHAR,
    phone VARCHAR,
    energy_equivalent_tce DECIMAL(18,4),
    energy_equal_price_tce DECIMAL(18,4),
    feedstock_energy_tce DECIMAL(18,4),
    coal_t DECIMAL(18,4),
    coal_tce DECIMAL(18,4),
    feedstock_t DECIMAL(18,4),
    raw_coal_t DECIMAL(18,4),
    washed_coal_t DECIMAL(18,4),
    other_coal_t DECIMAL(18,4),
    coke_t DECIMAL(18,4),
    vintage VARCHAR NOT NULL,
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.report_firm_year IS '企业煤炭年表行：附表1 企业年度煤炭消费 | rows of survey table 1: coal of a firm in a year | 限制';
COMMENT ON COLUMN coal.report_firm_year.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.report_firm_year.firm_name IS '单位名称 | firm';
COMMENT ON COLUMN coal.report_firm_year.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN coal.report_firm_year.industry_section IS '行业门类 | industry section';
COMMENT ON COLUMN coal.report_firm_year.industry_division IS '行业大类：GB/T 4754 两位代码 | industry division';
COMMENT ON COLUMN coal.report_firm_year.industry_class IS '行业小类 | industry class';
COMMENT ON COLUMN coal.report_firm_year.province_name IS '填报省份 | province';
COMMENT ON COLUMN coal.report_firm_year.city_name IS '填报地市 | city';
COMMENT ON COLUMN coal.report_firm_year.county_name IS '填报区县 | county';
COMMENT ON COLUMN coal.report_firm_year.phone IS '联系电话 | phone';
COMMENT ON COLUMN coal.report_firm_year.energy_equivalent_tce IS '年综合能耗当量值 | energy, equivalent value | tce';
COMMENT ON COLUMN coal.report_firm_year.energy_equal_price_tce IS '年综合能耗等价值 | energy, equal-price value | tce';
COMMENT ON COLUMN coal.report_firm_year.feedstock_energy_tce IS '原料用能 | feedstock energy | tce';
COMMENT ON COLUMN coal.report_firm_year.coal_t IS '耗煤量 | coal, physical | t';
COMMENT ON COLUMN coal.report_firm_year.coal_tce IS '耗煤量折标 | coal, standard | tce';
COMMENT ON COLUMN coal.report_firm_year.feedstock_t IS '原料用煤：已含在工业消费内 | feedstock coal, part of industrial use | t';
COMMENT ON COLUMN coal.report_firm_year.raw_coal_t IS '原煤 | raw coal | t';
COMMENT ON COLUMN coal.report_firm_year.washed_coal_t IS '洗精煤 | washed coal | t';
COMMENT ON COLUMN coal.report_firm_year.other_coal_t IS '其他煤炭 | other coal | t';
COMMENT ON COLUMN coal.report_firm_year.coke_t IS '焦炭 | coke | t';
COMMENT ON COLUMN coal.report_firm_year.vintage IS '数据版本：flash 快报，annual 年报，revised 修订 | vintage: flash, annual, revised';
COMMENT ON COLUMN coal.report_firm_year.province_code IS '省代码：GB/T 2260，由名称得出 | province code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_firm_year.city_code IS '城市代码：GB/T 2260，由名称得出 | city code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_firm_year.county_code IS '区县代码：GB/T 2260，由名称得出 | county code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_firm_year.sha256 IS '来源文件指纹 | SHA-256 of the file the row came from';
COMMENT ON COLUMN coal.report_firm_year.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.report_firm_year.sheet_row IS '表内行号：从 1 起 | row in the sheet, from 1';

CREATE TABLE IF NOT EXISTS coal.report_firm_usage (
    credit_code VARCHAR NOT NULL,
    stat_year INTEGER NOT NULL,
    firm_name VARCHAR,
    sequence INTEGER,
    purpose_group VARCHAR,
    purpose VARCHAR,
    input_product VARCHAR,
    input_unit VARCHAR,
    input_t DECIMAL(18,4),
    output_product VARCHAR,
    output_unit VARCHAR,
    output_quantity DECIMAL(18,6),
    remark VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.report_firm_usage IS '企业煤炭用途行：附表1 主要用途 | rows of survey table 1: purposes | 限制';
COMMENT ON COLUMN coal.report_firm_usage.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN coal.report_firm_usage.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.report_firm_usage.firm_name IS '单位名称 | firm';
COMMENT ON COLUMN coal.report_firm_usage.sequence IS '序号 | no.';
COMMENT ON COLUMN coal.report_firm_usage.purpose_group IS '主要用途 | purpose';
COMMENT ON COLUMN coal.report_firm_usage.purpose IS '具体用途 | purpose in detail';
COMMENT ON COLUMN coal.report_firm_usage.input_product IS '投入品种 | input';
COMMENT ON COLUMN coal.report_firm_usage.input_unit IS '投入计量单位 | input unit';
COMMENT ON COLUMN coal.report_firm_usage.input_t IS '投入量 | input quantity | t';
COMMENT ON COLUMN coal.report_firm_usage.output_product IS '产出品种 | output';
COMMENT ON COLUMN coal.report_firm_usage.output_unit IS '产出计量单位 | output unit';
COMMENT ON COLUMN coal.report_firm_usage.output_quantity IS '产出量 | output quantity';
COMMENT ON COLUMN coal.report_firm_usage.remark IS '备注 | remark';
COMMENT ON COLUMN coal.report_firm_usage.sha256 IS '来源文件指纹 | SHA-256 of the file the row came from';
COMMENT ON COLUMN coal.report_firm_usage.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.report_firm_usage.sheet_row IS '表内行号：从 1 起 | row in the sheet, from 1';

CREATE TABLE IF NOT EXISTS coal.report_equipment (
    credit_code VARCHAR NOT NULL,
    stat_year INTEGER NOT NULL,
    firm_name VARCHAR,
    sequence INTEGER,
    equipment_type VARCHAR,
    equipment_no VARCHAR,
    used_years INTEGER,
    design_years INTEGER,
    efficiency VARCHAR,
    capacity_unit VARCHAR,
    capacity INTEGER,
    coal_product VARCHAR,
    coal_t DECIMAL(18,4),
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.report_equipment IS '企业耗煤设备行：附表1 设备 | rows of survey table 1: equipment | 限制';
COMMENT ON COLUMN coal.report_equipment.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN coal.report_equipment.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.report_equipment.firm_name IS '单位名称 | firm';
COMMENT ON COLUMN coal.report_equipment.sequence IS '序号 | no.';
COMMENT ON COLUMN coal.report_equipment.equipment_type IS '类型 | type';
COMMENT ON COLUMN coal.report_equipment.equipment_no IS '编号 | number';
COMMENT ON COLUMN coal.report_equipment.used_years IS '累计使用时间 | years in use | 年';
COMMENT ON COLUMN coal.report_equipment.design_years IS '设计年限 | design life | 年';
COMMENT ON COLUMN coal.report_equipment.efficiency IS '能效水平 | efficiency';
COMMENT ON COLUMN coal.report_equipment.capacity_unit IS '容量单位 | capacity unit';
COMMENT ON COLUMN coal.report_equipment.capacity IS '容量 | capacity';
COMMENT ON COLUMN coal.report_equipment.coal_product IS '耗煤品种 | coal used';
COMMENT ON COLUMN coal.report_equipment.coal_t IS '年耗煤量 | coal per year | t';
COMMENT ON COLUMN coal.report_equipment.sha256 IS '来源文件指纹 | SHA-256 of the file the row came from';
COMMENT ON COLUMN coal.report_equipment.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.report_equipment.sheet_row IS '表内行号：从 1 起 | row in the sheet, from 1';

CREATE TABLE IF NOT EXISTS coal.report_other_user (
    firm_name VARCHAR,
    credit_code VARCHAR NOT NULL,
    province_name VARCHAR,
    city_name VARCHAR,
    county_name VARCHAR,
    industry_section VARCHAR,
    industry_division VARCHAR,
    stat_year INTEGER NOT NULL,
    sequence INTEGER,
    equipment_type VARCHAR,
    equipment_no VARCHAR,
    used_years INTEGER,
    design_years INTEGER,
    efficiency VARCHAR,
    capacity_unit VARCHAR,
    capacity INTEGER,
    purpose VARCHAR,
    status VARCHAR,
    coal_t DECIMAL(18,4),
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.report_other_user IS '其他耗煤单位行：附表2 | rows of survey table 2: other coal users | 限制';
COMMENT ON COLUMN coal.report_other_user.firm_name IS '单位名称 | firm';
COMMENT ON COLUMN coal.report_other_user.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN coal.report_other_user.province_name IS '填报省份 | province';
COMMENT ON COLUMN coal.report_other_user.city_name IS '填报地市 | city';
COMMENT ON COLUMN coal.report_other_user.county_name IS '填报区县 | county';
COMMENT ON COLUMN coal.report_other_user.industry_section IS '行业门类 | industry section';
COMMENT ON COLUMN coal.report_other_user.industry_division IS '行业大类：GB/T 4754 两位代码 | industry division';
COMMENT ON COLUMN coal.report_other_user.stat_year IS '数据年份 | year';
COMMENT ON COLUMN coal.report_other_user.sequence IS '序号 | no.';
COMMENT ON COLUMN coal.report_other_user.equipment_type IS '类型 | type';
COMMENT ON COLUMN coal.report_other_user.equipment_no IS '编号 | number';
COMMENT ON COLUMN coal.report_other_user.used_years IS '累计使用时间 | years in use | 年';
COMMENT ON COLUMN coal.report_other_user.design_years IS '设计年限 | design life | 年';
COMMENT ON COLUMN coal.report_other_user.efficiency IS '能效水平 | efficiency';
COMMENT ON COLUMN coal.report_other_user.capacity_unit IS '容量单位 | capacity unit';
COMMENT ON COLUMN coal.report_other_user.capacity IS '容量 | capacity';
COMMENT ON COLUMN coal.report_other_user.purpose IS '用途 | purpose';
COMMENT ON COLUMN coal.report_other_user.status IS '状态 | status';
COMMENT ON COLUMN coal.report_other_user.coal_t IS '年耗煤量 | coal per year | t';
COMMENT ON COLUMN coal.report_other_user.province_code IS '省代码：GB/T 2260，由名称得出 | province code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_other_user.city_code IS '城市代码：GB/T 2260，由名称得出 | city code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_other_user.county_code IS '区县代码：GB/T 2260，由名称得出 | county code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_other_user.sha256 IS '来源文件指纹 | SHA-256 of the file the row came from';
COMMENT ON COLUMN coal.report_other_user.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.report_other_user.sheet_row IS '表内行号：从 1 起 | row in the sheet, from 1';

CREATE TABLE IF NOT EXISTS coal.report_region_year (
    province_name VARCHAR,
    city_name VARCHAR,
    county_name VARCHAR,
    stat_year INTEGER NOT NULL,
    coal_total_t DECIMAL(18,4),
    raw_coal_t DECIMAL(18,4),
    washed_coal_t DECIMAL(18,4),
    other_coal_t DECIMAL(18,4),
    power_t DECIMAL(18,4),
    heat_t DECIMAL(18,4),
    washing_t DECIMAL(18,4),
    coking_t DECIMAL(18,4),
    liquefaction_t DECIMAL(18,4),
    gasification_t DECIMAL(18,4),
    industry_t DECIMAL(18,4),
    feedstock_t DECIMAL(18,4),
    other_use_t DECIMAL(18,4),
    coke_t DECIMAL(18,4),
    vintage VARCHAR NOT NULL,
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.report_region_year IS '地区煤炭年表行：附件2 煤炭消费状况 | rows of survey attachment 2: coal use of an area in a year | 限制';
COMMENT ON COLUMN coal.report_region_year.province_name IS '填报省份 | province';
COMMENT ON COLUMN coal.report_region_year.city_name IS '填报地市 | city';
COMMENT ON COLUMN coal.report_region_year.county_name IS '填报区县 | county';
COMMENT ON COLUMN coal.report_region_year.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.report_region_year.coal_total_t IS '煤合计：原煤、洗精煤与其他煤炭，不含焦炭 | coal total: raw, washed and other coal, without coke | t';
COMMENT ON COLUMN coal.report_region_year.raw_coal_t IS '原煤 | raw coal | t';
COMMENT ON COLUMN coal.report_region_year.washed_coal_t IS '洗精煤 | washed coal | t';
COMMENT ON COLUMN coal.report_region_year.other_coal_t IS '其他煤炭 | other coal | t';
COMMENT ON COLUMN coal.report_region_year.power_t IS '火力发电 | power | t';
COMMENT ON COLUMN coal.report_region_year.heat_t IS '供热 | heat | t';
COMMENT ON COLUMN coal.report_region_year.washing_t IS '煤炭洗选 | washing | t';
COMMENT ON COLUMN coal.report_region_year.coking_t IS '炼焦 | coking | t';
COMMENT ON COLUMN coal.report_region_year.liquefaction_t IS '炼油及煤制油 | liquefaction | t';
COMMENT ON COLUMN coal.report_region_year.gasification_t IS '制气 | gasification | t';
COMMENT ON COLUMN coal.report_region_year.industry_t IS '工业 | industry | t';
COMMENT ON COLUMN coal.report_region_year.feedstock_t IS '原料用煤：已含在工业消费内 | feedstock, part of industrial use | t';
COMMENT ON COLUMN coal.report_region_year.other_use_t IS '其他用途 | other use | t';
COMMENT ON COLUMN coal.report_region_year.coke_t IS '焦炭 | coke | t';
COMMENT ON COLUMN coal.report_region_year.vintage IS '数据版本：flash 快报，annual 年报，revised 修订 | vintage: flash, annual, revised';
COMMENT ON COLUMN coal.report_region_year.province_code IS '省代码：GB/T 2260，由名称得出 | province code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_region_year.city_code IS '城市代码：GB/T 2260，由名称得出 | city code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_region_year.county_code IS '区县代码：GB/T 2260，由名称得出 | county code: GB/T 2260, from the name';
COMMENT ON COLUMN coal.report_region_year.sha256 IS '来源文件指纹 | SHA-256 of the file the row came from';
COMMENT ON COLUMN coal.report_region_year.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.report_region_year.sheet_row IS '表内行号：从 1 起 | row in the sheet, from 1';

CREATE TABLE IF NOT EXISTS coal.report_area_use (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    area_name VARCHAR,
    period VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    exclusions VARCHAR NOT NULL,
    quantity_t DECIMAL(18,4),
    same_period_t DECIMAL(18,4),
    vintage VARCHAR NOT NULL,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.report_area_use IS '地区煤炭合计行：只有地区合计的数 | rows of area totals that come without firms | 限制';
COMMENT ON COLUMN coal.report_area_use.area_kind IS '地区层级：region 区域，province 省，city 城市，unit 考核单元，county 区县 | level';
COMMENT ON COLUMN coal.report_area_use.area_code IS '地区代码 | area code';
COMMENT ON COLUMN coal.report_area_use.area_name IS '地区名称 | area';
COMMENT ON COLUMN coal.report_area_use.period IS '时段：2026-09 为月，2026-01..09 为累计，2026 为年 | period: 2026-09 a month, 2026-01..09 cumulative, 2026 a year';
COMMENT ON COLUMN coal.report_area_use.scope IS '统计口径：society 全社会，above_scale 规上工业，above_scale_non_power 规上工业非电，scattered 散煤 | scope: society, above_scale, above_scale_non_power, scattered';
COMMENT ON COLUMN coal.report_area_use.basis IS '计量口径：t 实物量，tce 标准量 | basis: t or tce';
COMMENT ON COLUMN coal.report_area_use.exclusions IS '剔除项：空为全口径；feedstock 原料用煤，gangue 煤矸石，unit:名称 | exclusions: '''' gross; feedstock, gangue, unit:name';
COMMENT ON COLUMN coal.report_area_use.quantity_t IS '消费量 | consumption | t';
COMMENT ON COLUMN coal.report_area_use.same_period_t IS '表列上年同期：另有同期表时以该表为准 | same period of last year | t';
COMMENT ON COLUMN coal.report_area_use.vintage IS '数据版本：flash 快报，annual 年报，revised 修订 | vintage: flash, annual, revised';
COMMENT ON COLUMN coal.report_area_use.sha256 IS '来源文件指纹 | SHA-256 of the file the row came from';
COMMENT ON COLUMN coal.report_area_use.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.report_area_use.sheet_row IS '表内行号：从 1 起 | row in the sheet, from 1';

CREATE TABLE IF NOT EXISTS coal.import_finding (
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    sheet VARCHAR,
    cell VARCHAR,
    level VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    found VARCHAR,
    reason_zh VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL,
    fix_zh VARCHAR,
    fix_en VARCHAR
);
COMMENT ON TABLE coal.import_finding IS '导入问题：每份文件的校验结果 | findings of the checks of each file | 限制';
COMMENT ON COLUMN coal.import_finding.path IS '文件路径 | file path';
COMMENT ON COLUMN coal.import_finding.sha256 IS '来源文件指纹 | SHA-256 of the file';
COMMENT ON COLUMN coal.import_finding.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.import_finding.cell IS '单元格 | cell';
COMMENT ON COLUMN coal.import_finding.level IS '级别：error 错误，warning 警告，unchecked 无从核对 | level: error, warning, unchecked';
COMMENT ON COLUMN coal.import_finding.rule IS '规则 | rule';
COMMENT ON COLUMN coal.import_finding.found IS '所见内容 | what was found';
COMMENT ON COLUMN coal.import_finding.reason_zh IS '说明（中文） | reason in Chinese';
COMMENT ON COLUMN coal.import_finding.reason_en IS '说明·英 | reason in English';
COMMENT ON COLUMN coal.import_finding.fix_zh IS '改法（中文） | how to mend it, in Chinese';
COMMENT ON COLUMN coal.import_finding.fix_en IS '改法·英 | how to mend it, in English';

CREATE TABLE IF NOT EXISTS coal.revision (
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    row_key VARCHAR NOT NULL,
    column_name VARCHAR,
    old_value VARCHAR,
    new_value VARCHAR,
    change VARCHAR NOT NULL,
    seen_at TIMESTAMP
);
COMMENT ON TABLE coal.revision IS '报表修订：更正的文件改动了哪些数 | what corrected files changed | 限制';
COMMENT ON COLUMN coal.revision.path IS '文件路径 | file path';
COMMENT ON COLUMN coal.revision.sha256 IS '来源文件指纹 | SHA-256 of the file that brought the change';
COMMENT ON COLUMN coal.revision.form IS '表单 | form';
COMMENT ON COLUMN coal.revision.row_key IS '行的键：各键以竖线隔开 | key of the row, parts separated by bars';
COMMENT ON COLUMN coal.revision.column_name IS '列；整行增删时为空 | column; NULL for a whole row';
COMMENT ON COLUMN coal.revision.old_value IS '原值 | value before';
COMMENT ON COLUMN coal.revision.new_value IS '新值 | value now';
COMMENT ON COLUMN coal.revision.change IS '改动：added 新增，changed 更改，removed 删去 | change: added, changed, removed';
COMMENT ON COLUMN coal.revision.seen_at IS '发现时间 | when seen';

CREATE TABLE IF NOT EXISTS coal.use_month (
    credit_code VARCHAR NOT NULL,
    month VARCHAR NOT NULL,
    product VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    stat_year INTEGER,
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    industry_division VARCHAR,
    listed BOOLEAN,
    exclusion_tag VARCHAR,
    use_t DECIMAL(18,4),
    industrial_t DECIMAL(18,4),
    feedstock_t DECIMAL(18,4),
    non_industrial_t DECIMAL(18,4),
    transport_t DECIMAL(18,4),
    ytd_use_t DECIMAL(18,4),
    ytd_feedstock_t DECIMAL(18,4),
    factor DECIMAL(10,6),
    factor_list VARCHAR,
    factor_basis VARCHAR,
    use_tce DECIMAL(22,6),
    feedstock_tce DECIMAL(22,6),
    ytd_use_tce DECIMAL(22,6),
    ytd_feedstock_tce DECIMAL(22,6),
    ytd_factor DECIMAL(10,6),
    state VARCHAR NOT NULL,
    ytd_reported BOOLEAN,
    sha256 VARCHAR
);
COMMENT ON TABLE coal.use_month IS '企业月度用煤：各企业、各月、各品种，只取数据版本最优者 | coal use of a firm in a month by product, of the winning vintage | 限制';
COMMENT ON COLUMN coal.use_month.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN coal.use_month.month IS '月份（年-月） | month';
COMMENT ON COLUMN coal.use_month.product IS '品种 | product';
COMMENT ON COLUMN coal.use_month.vintage IS '数据版本：flash 快报，annual 年报，revised 修订 | vintage: flash, annual, revised';
COMMENT ON COLUMN coal.use_month.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.use_month.province_code IS '省代码 | province code';
COMMENT ON COLUMN coal.use_month.city_code IS '城市代码 | city code';
COMMENT ON COLUMN coal.use_month.county_code IS '区县代码 | county code';
COMMENT ON COLUMN coal.use_month.industry_division IS '行业大类：GB/T 4754 两位代码 | industry division of GB/T 4754';
COMMENT ON COLUMN coal.use_month.listed IS '在统：企业当期为规上且在入统与退统日期之间 | listed: above scale and between the days of listing';
COMMENT ON COLUMN coal.use_month.exclusion_tag IS '考核剔除名称 | name under which a target may exclude the firm';
COMMENT ON COLUMN coal.use_month.use_t IS '消费量：含非工业生产消费；未能分月时为空 | consumption, non-industrial use included; NULL where a month cannot be told | t';
COMMENT ON COLUMN coal.use_month.industrial_t IS '工业生产消费 | industrial use | t';
COMMENT ON COLUMN coal.use_month.feedstock_t IS '原料用煤：已含在工业生产消费内 | feedstock, part of industrial use | t';
COMMENT ON COLUMN coal.use_month.non_industrial_t IS '非工业生产消费 | non-industrial use | t';
COMMENT ON COLUMN coal.use_month.transport_t IS '运输工具消费：已含在消费量内 | transport, part of consumption | t';
COMMENT ON COLUMN coal.use_month.ytd_use_t IS '累计消费量：报表所列累计；未列则为 1 月起各月之和 | cumulative consumption: as reported, else the sum of the months from January | t';
COMMENT ON COLUMN coal.use_month.ytd_feedstock_t IS '累计原料用煤 | cumulative feedstock | t';
COMMENT ON COLUMN coal.use_month.factor IS '折标系数：折标量÷消费量 | factor: standard coal over consumption | tce/t';
COMMENT ON COLUMN coal.use_month.factor_list IS '系数清单：实测或采用填报系数时为空 | list the factor is from; NULL where measured or as reported';
COMMENT ON COLUMN coal.use_month.factor_basis IS '系数依据：measured 实测热值，list 清单，reported 填报系数 | basis of the factor: measured, list, reported';
COMMENT ON COLUMN coal.use_month.use_tce IS '消费量折标 | consumption in standard coal | tce';
COMMENT ON COLUMN coal.use_month.feedstock_tce IS '原料用煤折标 | feedstock in standard coal | tce';
COMMENT ON COLUMN coal.use_month.ytd_use_tce IS '累计消费量折标 | cumulative consumption in standard coal | tce';
COMMENT ON COLUMN coal.use_month.ytd_feedstock_tce IS '累计原料用煤折标 | cumulative feedstock in standard coal | tce';
COMMENT ON COLUMN coal.use_month.ytd_factor IS '累计折标系数：加权平均 | cumulative factor, weighted mean | tce/t';
COMMENT ON COLUMN coal.use_month.state IS '状态：reported 当月填报，derived 由累计相减，gap 只有累计、无法分月，none 当月报了表而未列该品种、按零计 | state: reported; derived from cumulative values; gap, known only within a cumulative value; none, the firm filed the month without this product, taken as zero';
COMMENT ON COLUMN coal.use_month.ytd_reported IS '累计为填报值 | the cumulative value was reported';
COMMENT ON COLUMN coal.use_month.sha256 IS '来源文件指纹 | SHA-256 of the file the value came from';

CREATE TABLE IF NOT EXISTS coal.use_year (
    credit_code VARCHAR NOT NULL,
    stat_year INTEGER NOT NULL,
    product VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    vintage VARCHAR NOT NULL,
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    industry_division VARCHAR,
    listed BOOLEAN,
    exclusion_tag VARCHAR,
    use_t DECIMAL(18,4),
    industrial_t DECIMAL(18,4),
    feedstock_t DECIMAL(18,4),
    non_industrial_t DECIMAL(18,4),
    transport_t DECIMAL(18,4),
    factor DECIMAL(10,6),
    factor_list VARCHAR,
    factor_basis VARCHAR,
    use_tce DECIMAL(22,6),
    feedstock_tce DECIMAL(22,6),
    n_months INTEGER,
    sha256 VARCHAR
);
COMMENT ON TABLE coal.use_year IS '企业年度用煤：由各月得出或取自年表，两者并存 | coal use of a firm in a year, from months or from the annual form, both kept | 限制';
COMMENT ON COLUMN coal.use_year.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN coal.use_year.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.use_year.product IS '品种 | product';
COMMENT ON COLUMN coal.use_year.origin IS '来源：months 各月，annual_form 年表 | origin: months, annual_form';
COMMENT ON COLUMN coal.use_year.vintage IS '数据版本 | vintage';
COMMENT ON COLUMN coal.use_year.province_code IS '省代码 | province code';
COMMENT ON COLUMN coal.use_year.city_code IS '城市代码 | city code';
COMMENT ON COLUMN coal.use_year.county_code IS '区县代码 | county code';
COMMENT ON COLUMN coal.use_year.industry_division IS '行业大类：GB/T 4754 两位代码 | industry division of GB/T 4754';
COMMENT ON COLUMN coal.use_year.listed IS '在统：企业当期为规上且在入统与退统日期之间 | listed: above scale and between the days of listing';
COMMENT ON COLUMN coal.use_year.exclusion_tag IS '考核剔除名称 | name under which a target may exclude the firm';
COMMENT ON COLUMN coal.use_year.use_t IS '消费量：含非工业生产消费；未能分月时为空 | consumption, non-industrial use included; NULL where a month cannot be told | t';
COMMENT ON COLUMN coal.use_year.industrial_t IS '工业生产消费 | industrial use | t';
COMMENT ON COLUMN coal.use_year.feedstock_t IS '原料用煤：已含在工业生产消费内 | feedstock, part of industrial use | t';
COMMENT ON COLUMN coal.use_year.non_industrial_t IS '非工业生产消费 | non-industrial use | t';
COMMENT ON COLUMN coal.use_year.transport_t IS '运输工具消费：已含在消费量内 | transport, part of consumption | t';
COMMENT ON COLUMN coal.use_year.factor IS '折标系数：折标量÷消费量 | factor: standard coal over consumption | tce/t';
COMMENT ON COLUMN coal.use_year.factor_list IS '系数清单：实测或采用填报系数时为空 | list the factor is from; NULL where measured or as reported';
COMMENT ON COLUMN coal.use_year.factor_basis IS '系数依据：measured 实测热值，list 清单，reported 填报系数 | basis of the factor: measured, list, reported';
COMMENT ON COLUMN coal.use_year.use_tce IS '消费量折标 | consumption in standard coal | tce';
COMMENT ON COLUMN coal.use_year.feedstock_tce IS '原料用煤折标 | feedstock in standard coal | tce';
COMMENT ON COLUMN coal.use_year.n_months IS '有数的月数 | months with a value';
COMMENT ON COLUMN coal.use_year.sha256 IS '来源文件指纹 | SHA-256 of the file, of the annual form only';

CREATE TABLE IF NOT EXISTS coal.balance (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    perimeter VARCHAR NOT NULL,
    period_kind VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    exclusions VARCHAR NOT NULL,
    stat_year INTEGER,
    quantity_t DECIMAL(18,4),
    quantity_tce DECIMAL(22,6),
    vintage VARCHAR,
    n_firms INTEGER,
    n_expected INTEGER,
    coverage_pct DOUBLE,
    complete BOOLEAN,
    factor_list VARCHAR,
    scope_rule VARCHAR,
    printed_beside BOOLEAN
);
COMMENT ON TABLE coal.balance IS '地区煤炭平衡：各地区、时段、口径、项目的用煤量 | coal use of an area in a period by scope and item | 内部';
COMMENT ON COLUMN coal.balance.area_kind IS '地区层级：region 区域，province 省，city 城市，unit 考核单元，county 区县 | level of the area: county, city, unit, province, region';
COMMENT ON COLUMN coal.balance.area_code IS '地区代码 | area code';
COMMENT ON COLUMN coal.balance.perimeter IS '范围版本：区域为名单编号，其余同地区代码 | perimeter: the list of a region, else the area itself';
COMMENT ON COLUMN coal.balance.period_kind IS '时期：month 月，ytd 累计，year 年 | kind of period: month, ytd, year';
COMMENT ON COLUMN coal.balance.period IS '时段 | period';
COMMENT ON COLUMN coal.balance.scope IS '统计口径：society 全社会，above_scale 规上工业，above_scale_non_power 规上工业非电，scattered 散煤 | scope';
COMMENT ON COLUMN coal.balance.item IS '项目：coal_total 煤合计、各品种、feedstock 原料用煤、gangue 煤矸石、use:* 用途、named:* 按名称剔除的单位 | item: coal_total, products, feedstock, gangue, use:* purposes, named:* units left out by name';
COMMENT ON COLUMN coal.balance.origin IS '来源：reported 地区填报，firms 企业加总，children 下级加总 | origin: reported by the area, sum of firms, sum of children';
COMMENT ON COLUMN coal.balance.exclusions IS '剔除项：空为全口径 | exclusions; empty is gross';
COMMENT ON COLUMN coal.balance.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.balance.quantity_t IS '实物量 | physical quantity | t';
COMMENT ON COLUMN coal.balance.quantity_tce IS '标准量 | standard coal | tce';
COMMENT ON COLUMN coal.balance.vintage IS '数据版本：所含各行中最低者 | vintage, the lowest of the rows in it';
COMMENT ON COLUMN coal.balance.n_firms IS '有数的企业数 | firms with a value';
COMMENT ON COLUMN coal.balance.n_expected IS '应有的企业数或下级地区数 | firms, or areas below, expected';
COMMENT ON COLUMN coal.balance.coverage_pct IS '覆盖率：按最近一次用煤量 | coverage by last known use | %';
COMMENT ON COLUMN coal.balance.complete IS '是否齐全 | complete';
COMMENT ON COLUMN coal.balance.factor_list IS '系数清单 | list of factors';
COMMENT ON COLUMN coal.balance.scope_rule IS '口径规则：“非电”按何规则 | rule by which non-power is told';
COMMENT ON COLUMN coal.balance.printed_beside IS '取自“同期”一列，而非该时段自己的报表 | taken from the column for last years same period, not from a form of its own';

CREATE TABLE IF NOT EXISTS coal.balance_few (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    period_kind VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    n_users INTEGER NOT NULL,
    n_between INTEGER NOT NULL
);
COMMENT ON TABLE coal.balance_few IS '平衡中不足三家企业的项目：这些项目的合计可推知一家企业的量，只在限制级 | items of coal.balance that only one or two firms have: their sums tell of a firm and stay restricted | 限制';
COMMENT ON COLUMN coal.balance_few.area_kind IS '地区层级：region 区域，province 省，city 城市，unit 考核单元，county 区县 | level of the area: county, city, unit, province, region';
COMMENT ON COLUMN coal.balance_few.area_code IS '地区代码 | area code';
COMMENT ON COLUMN coal.balance_few.period_kind IS '时期：month 月，ytd 累计，year 年 | kind of period: month, ytd, year';
COMMENT ON COLUMN coal.balance_few.period IS '时段 | period';
COMMENT ON COLUMN coal.balance_few.scope IS '统计口径：society 全社会，above_scale 规上工业，above_scale_non_power 规上工业非电，scattered 散煤 | scope';
COMMENT ON COLUMN coal.balance_few.item IS '项目 | item of the balance';
COMMENT ON COLUMN coal.balance_few.n_users IS '有量的企业数 | firms whose amount is not nought';
COMMENT ON COLUMN coal.balance_few.n_between IS '两种口径之间的企业数（非电行；其他为 0） | firms between both scopes, for rows of non-power coal; else 0';
