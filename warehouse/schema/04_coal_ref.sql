-- Reference facts of coal: forms, products, factors, limits and rules; filled from warehouse/standards/*.csv.
CREATE SCHEMA IF NOT EXISTS ref;

CREATE TABLE IF NOT EXISTS ref.coal_form (
    form VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    official BOOLEAN NOT NULL,
    period VARCHAR NOT NULL CHECK (period IN ('month', 'year', 'none')),
    keys VARCHAR NOT NULL,
    titles VARCHAR,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (form, valid_from)
);
COMMENT ON TABLE ref.coal_form IS '煤炭表单：系统接收的报表与台账 | coal forms the system takes | 公开';
COMMENT ON COLUMN ref.coal_form.form IS '表单 | form';
COMMENT ON COLUMN ref.coal_form.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_form.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_form.official IS '是否官方表式 | official form';
COMMENT ON COLUMN ref.coal_form.period IS '周期：month, year, none | period';
COMMENT ON COLUMN ref.coal_form.keys IS '主键栏目；分号隔开 | key columns, separated by semicolons';
COMMENT ON COLUMN ref.coal_form.titles IS '表题；分号隔开 | titles, separated by semicolons';
COMMENT ON COLUMN ref.coal_form.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_form.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_form.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_form.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_form.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_form.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_form_column (
    form VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    sort INTEGER NOT NULL,
    headings_zh VARCHAR NOT NULL,
    headings_en VARCHAR,
    kind VARCHAR NOT NULL CHECK (kind IN ('text', 'code', 'id', 'integer', 'year', 'month', 'day', 'quantity', 'number', 'percent', 'choice', 'flag', 'city', 'county', 'province')),
    unit VARCHAR,
    required VARCHAR NOT NULL,
    choices VARCHAR,
    minimum DOUBLE,
    maximum DOUBLE,
    note_zh VARCHAR,
    note_en VARCHAR,
    example VARCHAR,
    PRIMARY KEY (form, column_name)
);
COMMENT ON TABLE ref.coal_form_column IS '煤炭表单栏目 | columns of the coal forms | 公开';
COMMENT ON COLUMN ref.coal_form_column.form IS '表单 | form';
COMMENT ON COLUMN ref.coal_form_column.column_name IS '栏目 | column';
COMMENT ON COLUMN ref.coal_form_column.sort IS '排列次序 | order';
COMMENT ON COLUMN ref.coal_form_column.headings_zh IS '中文表头；分号隔开 | Chinese headings, separated by semicolons';
COMMENT ON COLUMN ref.coal_form_column.headings_en IS '英文表头；分号隔开 | English headings, separated by semicolons';
COMMENT ON COLUMN ref.coal_form_column.kind IS '数据类别 | kind of value';
COMMENT ON COLUMN ref.coal_form_column.unit IS '单位 | unit';
COMMENT ON COLUMN ref.coal_form_column.required IS '必填：yes、no，或须与之至少填一项的栏目 | required: yes, no, or the column of which one of the two must be filled';
COMMENT ON COLUMN ref.coal_form_column.choices IS '可选值：代码=中文/英文 | choices: code=Chinese/English';
COMMENT ON COLUMN ref.coal_form_column.minimum IS '最小值 | minimum';
COMMENT ON COLUMN ref.coal_form_column.maximum IS '最大值 | maximum';
COMMENT ON COLUMN ref.coal_form_column.note_zh IS '填写说明 | note for whoever fills it in, Chinese';
COMMENT ON COLUMN ref.coal_form_column.note_en IS '填写说明 | note for whoever fills it in, English';
COMMENT ON COLUMN ref.coal_form_column.example IS '示例 | example';

CREATE TABLE IF NOT EXISTS ref.coal_form_check (
    form VARCHAR NOT NULL,
    check_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning')),
    condition VARCHAR NOT NULL,
    text_zh VARCHAR NOT NULL,
    text_en VARCHAR NOT NULL,
    fix_zh VARCHAR NOT NULL,
    fix_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (form, check_name, valid_from)
);
COMMENT ON TABLE ref.coal_form_check IS '煤炭表单校验：表内关系 | checks within a coal form | 公开';
COMMENT ON COLUMN ref.coal_form_check.form IS '表单 | form';
COMMENT ON COLUMN ref.coal_form_check.check_name IS '校验 | check';
COMMENT ON COLUMN ref.coal_form_check.severity IS '级别：error 不予导入, warning 提示 | severity: error refuses the file, warning is kept';
COMMENT ON COLUMN ref.coal_form_check.condition IS '须成立的条件（SQL；不可判断为空） | condition that must hold (SQL; NULL cannot be judged)';
COMMENT ON COLUMN ref.coal_form_check.text_zh IS '问题 | what is wrong, Chinese';
COMMENT ON COLUMN ref.coal_form_check.text_en IS '问题 | what is wrong, English';
COMMENT ON COLUMN ref.coal_form_check.fix_zh IS '改法 | how to mend it, Chinese';
COMMENT ON COLUMN ref.coal_form_check.fix_en IS '改法 | how to mend it, English';
COMMENT ON COLUMN ref.coal_form_check.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_form_check.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_form_check.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_form_check.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_form_check.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_form_check.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.county (
    county_code VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    aliases VARCHAR,
    former_codes VARCHAR,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (county_code, valid_from)
);
COMMENT ON TABLE ref.county IS '区县代码 | counties and districts | 公开';
COMMENT ON COLUMN ref.county.county_code IS '区县代码（GB/T 2260） | county code, GB/T 2260';
COMMENT ON COLUMN ref.county.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.county.city_code IS '设区市代码 | city code';
COMMENT ON COLUMN ref.county.aliases IS '别名；分号隔开 | other names, separated by semicolons';
COMMENT ON COLUMN ref.county.former_codes IS '曾用代码；分号隔开 | former codes, separated by semicolons';
COMMENT ON COLUMN ref.county.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.county.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.county.clause IS '条款 | clause';
COMMENT ON COLUMN ref.county.source IS '来源 | source';
COMMENT ON COLUMN ref.county.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.county.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_product (
    product VARCHAR NOT NULL,
    "class" VARCHAR NOT NULL CHECK ("class" IN ('coal', 'coke', 'other')),
    in_coal_total BOOLEAN NOT NULL,
    subset_of VARCHAR,
    survey_group VARCHAR CHECK (survey_group IN ('raw_coal', 'washed_coal', 'other_coal', 'coke')),
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    aliases VARCHAR,
    sort INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (product, valid_from)
);
COMMENT ON TABLE ref.coal_product IS '煤炭品种：哪些计入煤合计 | coal products and which count in total coal | 公开';
COMMENT ON COLUMN ref.coal_product.product IS '品种 | product';
COMMENT ON COLUMN ref.coal_product."class" IS '大类：coal, coke, other | class';
COMMENT ON COLUMN ref.coal_product.in_coal_total IS '是否计入煤合计 | counts in total coal';
COMMENT ON COLUMN ref.coal_product.subset_of IS '所属：已含于该项，不再相加 | contained in this one and never added again';
COMMENT ON COLUMN ref.coal_product.survey_group IS '调查表归类 | group in the national survey';
COMMENT ON COLUMN ref.coal_product.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_product.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_product.aliases IS '别名；分号隔开 | other names, separated by semicolons';
COMMENT ON COLUMN ref.coal_product.sort IS '排列次序 | order';
COMMENT ON COLUMN ref.coal_product.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_product.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_product.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_product.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_product.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_product.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.industry_division (
    division VARCHAR NOT NULL CHECK (length(division) = 2),
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (division, valid_from)
);
COMMENT ON TABLE ref.industry_division IS '国民经济行业大类（工业） | divisions of industry of the national classification | 公开';
COMMENT ON COLUMN ref.industry_division.division IS '行业大类：GB/T 4754 两位代码 | division, two digits of GB/T 4754';
COMMENT ON COLUMN ref.industry_division.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.industry_division.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.industry_division.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.industry_division.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.industry_division.clause IS '条款 | clause';
COMMENT ON COLUMN ref.industry_division.source IS '来源 | source';
COMMENT ON COLUMN ref.industry_division.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.industry_division.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_purpose (
    purpose VARCHAR NOT NULL,
    transformation BOOLEAN NOT NULL,
    power_or_heat BOOLEAN NOT NULL,
    subset_of VARCHAR,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    aliases VARCHAR,
    sort INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (purpose, valid_from)
);
COMMENT ON TABLE ref.coal_purpose IS '煤炭用途 | purposes coal is used for | 公开';
COMMENT ON COLUMN ref.coal_purpose.purpose IS '用途 | purpose';
COMMENT ON COLUMN ref.coal_purpose.transformation IS '是否能源加工转换 | energy transformation';
COMMENT ON COLUMN ref.coal_purpose.power_or_heat IS '是否发电供热 | power or heat';
COMMENT ON COLUMN ref.coal_purpose.subset_of IS '所属：已含于该项，不再相加 | contained in this one and never added again';
COMMENT ON COLUMN ref.coal_purpose.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_purpose.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_purpose.aliases IS '别名；分号隔开 | other names, separated by semicolons';
COMMENT ON COLUMN ref.coal_purpose.sort IS '排列次序 | order';
COMMENT ON COLUMN ref.coal_purpose.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_purpose.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_purpose.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_purpose.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_purpose.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_purpose.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_factor (
    factor_list VARCHAR NOT NULL CHECK (factor_list IN ('GB/T 2589', 'statistics', 'LBL')),
    product VARCHAR NOT NULL,
    variant VARCHAR NOT NULL CHECK (variant IN ('default', 'high')),
    unit VARCHAR NOT NULL CHECK (unit IN ('t', '10k_m3')),
    tce_per_unit DECIMAL(18,6) NOT NULL,
    net_kj_per_kg DOUBLE,
    kcal_per_kg DOUBLE,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (factor_list, product, variant, valid_from)
);
COMMENT ON TABLE ref.coal_factor IS '折标准煤系数：几份清单并存 | factors to standard coal, several lists side by side | 公开';
COMMENT ON COLUMN ref.coal_factor.factor_list IS '系数清单 | list of factors';
COMMENT ON COLUMN ref.coal_factor.product IS '品种 | product';
COMMENT ON COLUMN ref.coal_factor.variant IS '档次：default 默认, high 高值 | variant';
COMMENT ON COLUMN ref.coal_factor.unit IS '计量单位：t, 10k_m3（万立方米） | unit of quantity: t, 10k_m3 (10^4 m3)';
COMMENT ON COLUMN ref.coal_factor.tce_per_unit IS '折标系数 | standard coal per unit | tce/unit';
COMMENT ON COLUMN ref.coal_factor.net_kj_per_kg IS '平均低位发热量 | net calorific value | kJ/kg';
COMMENT ON COLUMN ref.coal_factor.kcal_per_kg IS '平均低位发热量（千卡） | net calorific value | kcal/kg';
COMMENT ON COLUMN ref.coal_factor.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_factor.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_factor.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_factor.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_factor.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_factor.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_factor_rule (
    form VARCHAR NOT NULL,
    product VARCHAR NOT NULL,
    factor_list VARCHAR NOT NULL CHECK (factor_list IN ('GB/T 2589', 'statistics', 'LBL')),
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (form, product, valid_from)
);
COMMENT ON TABLE ref.coal_factor_rule IS '折标系数取用：无实测热值时用哪份清单 | which list of factors is used where no calorific value was measured | 公开';
COMMENT ON COLUMN ref.coal_factor_rule.form IS '表单 | form';
COMMENT ON COLUMN ref.coal_factor_rule.product IS '品种 | product';
COMMENT ON COLUMN ref.coal_factor_rule.factor_list IS '系数清单 | list of factors';
COMMENT ON COLUMN ref.coal_factor_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_factor_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_factor_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_factor_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_factor_rule.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_factor_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_rule (
    rule VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    unit VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (rule, valid_from)
);
COMMENT ON TABLE ref.coal_rule IS '煤炭核算规则 | rules of coal accounting | 公开';
COMMENT ON COLUMN ref.coal_rule.rule IS '规则 | rule';
COMMENT ON COLUMN ref.coal_rule.value IS '取值 | value';
COMMENT ON COLUMN ref.coal_rule.unit IS '单位 | unit';
COMMENT ON COLUMN ref.coal_rule.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_rule.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_rule.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_scope_rule (
    scope_rule VARCHAR NOT NULL,
    scope VARCHAR NOT NULL CHECK (scope IN ('society', 'above_scale', 'above_scale_non_power', 'scattered')),
    "by" VARCHAR NOT NULL CHECK ("by" IN ('revenue', 'division', 'purpose')),
    is_default BOOLEAN NOT NULL,
    excluded_divisions VARCHAR,
    excluded_purposes VARCHAR,
    threshold DOUBLE,
    threshold_unit VARCHAR,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (scope_rule, valid_from)
);
COMMENT ON TABLE ref.coal_scope_rule IS '煤炭统计口径：规上工业与非电的认定 | how above-scale industry and non-power are told | 公开';
COMMENT ON COLUMN ref.coal_scope_rule.scope_rule IS '口径规则 | scope rule';
COMMENT ON COLUMN ref.coal_scope_rule.scope IS '口径 | scope';
COMMENT ON COLUMN ref.coal_scope_rule."by" IS '认定依据：revenue, division, purpose | told by';
COMMENT ON COLUMN ref.coal_scope_rule.is_default IS '是否默认 | default';
COMMENT ON COLUMN ref.coal_scope_rule.excluded_divisions IS '剔除的行业大类；分号隔开 | divisions left out, separated by semicolons';
COMMENT ON COLUMN ref.coal_scope_rule.excluded_purposes IS '剔除的用途；分号隔开 | purposes left out, separated by semicolons';
COMMENT ON COLUMN ref.coal_scope_rule.threshold IS '门槛 | threshold';
COMMENT ON COLUMN ref.coal_scope_rule.threshold_unit IS '门槛单位 | unit of the threshold';
COMMENT ON COLUMN ref.coal_scope_rule.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_scope_rule.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_scope_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_scope_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_scope_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_scope_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_scope_rule.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_scope_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_exclusion (
    exclusion VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('feedstock', 'gangue', 'unit')),
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (exclusion, area_code, valid_from)
);
COMMENT ON TABLE ref.coal_exclusion IS '煤炭考核剔除项 | what is left out of the assessment | 公开';
COMMENT ON COLUMN ref.coal_exclusion.exclusion IS '剔除项 | exclusion';
COMMENT ON COLUMN ref.coal_exclusion.area_code IS '地区代码；* 为全国 | area code; * is the whole country';
COMMENT ON COLUMN ref.coal_exclusion.kind IS '剔除类别：feedstock 原料用煤, gangue 煤矸石, unit 点名单位 | kind of exclusion';
COMMENT ON COLUMN ref.coal_exclusion.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_exclusion.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_exclusion.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_exclusion.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_exclusion.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_exclusion.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_exclusion.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_exclusion.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_baseline (
    plan VARCHAR NOT NULL,
    base VARCHAR NOT NULL CHECK (base IN ('year', 'same_period')),
    base_year INTEGER,
    target_year INTEGER,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (plan, valid_from)
);
COMMENT ON TABLE ref.coal_baseline IS '煤炭考核基准：各规划的基准年与目标年 | base and target years of the plans | 公开';
COMMENT ON COLUMN ref.coal_baseline.plan IS '规划 | plan';
COMMENT ON COLUMN ref.coal_baseline.base IS '基准：year 基准年, same_period 上年同期 | base';
COMMENT ON COLUMN ref.coal_baseline.base_year IS '基准年 | base year';
COMMENT ON COLUMN ref.coal_baseline.target_year IS '目标年 | target year';
COMMENT ON COLUMN ref.coal_baseline.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_baseline.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_baseline.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_baseline.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_baseline.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_baseline.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_baseline.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_baseline.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_quality_item (
    item VARCHAR NOT NULL,
    column_name VARCHAR,
    claimed_column VARCHAR,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    symbol VARCHAR NOT NULL,
    basis VARCHAR NOT NULL CHECK (basis IN ('d', 'ar', 'daf', 'none')),
    unit VARCHAR CHECK (unit IN ('%', 'MJ/kg', 'µg/g', 'N')),
    aliases VARCHAR,
    sort INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (item, valid_from)
);
COMMENT ON TABLE ref.coal_quality_item IS '煤质检验项目 | items of coal quality | 公开';
COMMENT ON COLUMN ref.coal_quality_item.item IS '检验项目 | item';
COMMENT ON COLUMN ref.coal_quality_item.column_name IS '抽检记录栏目 | column of the inspection form';
COMMENT ON COLUMN ref.coal_quality_item.claimed_column IS '明示值栏目 | column of the claimed value';
COMMENT ON COLUMN ref.coal_quality_item.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_quality_item.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_quality_item.symbol IS '符号 | symbol';
COMMENT ON COLUMN ref.coal_quality_item.basis IS '基准：d 干基, ar 收到基, daf 干燥无灰基, none 不适用 | basis: dry, as received, dry ash-free, none';
COMMENT ON COLUMN ref.coal_quality_item.unit IS '单位 | unit';
COMMENT ON COLUMN ref.coal_quality_item.aliases IS '别名；分号隔开 | other names, separated by semicolons';
COMMENT ON COLUMN ref.coal_quality_item.sort IS '排列次序 | order';
COMMENT ON COLUMN ref.coal_quality_item.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_quality_item.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_quality_item.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_quality_item.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_quality_item.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_quality_item.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_quality_standard (
    standard VARCHAR NOT NULL,
    grade VARCHAR NOT NULL,
    product VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    stages VARCHAR NOT NULL,
    mandatory VARCHAR NOT NULL CHECK (mandatory IN ('yes', 'no', 'unread')),
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    exemption_zh VARCHAR,
    exemption_en VARCHAR,
    aliases VARCHAR,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (standard, grade, valid_from)
);
COMMENT ON TABLE ref.coal_quality_standard IS '煤质标准 | coal quality standards and their grades | 公开';
COMMENT ON COLUMN ref.coal_quality_standard.standard IS '标准 | standard';
COMMENT ON COLUMN ref.coal_quality_standard.grade IS '等级 | grade';
COMMENT ON COLUMN ref.coal_quality_standard.product IS '品种 | product';
COMMENT ON COLUMN ref.coal_quality_standard.area_code IS '地区代码；* 为全国 | area code; * is the whole country';
COMMENT ON COLUMN ref.coal_quality_standard.stages IS '适用环节；分号隔开 | stages it applies to, separated by semicolons';
COMMENT ON COLUMN ref.coal_quality_standard.mandatory IS '是否强制：yes, no, unread | mandatory';
COMMENT ON COLUMN ref.coal_quality_standard.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_quality_standard.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_quality_standard.exemption_zh IS '不适用与豁免 | exemptions, Chinese';
COMMENT ON COLUMN ref.coal_quality_standard.exemption_en IS '不适用与豁免 | exemptions, English';
COMMENT ON COLUMN ref.coal_quality_standard.aliases IS '别名；分号隔开 | other names, separated by semicolons';
COMMENT ON COLUMN ref.coal_quality_standard.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_quality_standard.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_quality_standard.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_quality_standard.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_quality_standard.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_quality_standard.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_quality_limit (
    standard VARCHAR NOT NULL,
    grade VARCHAR NOT NULL,
    condition VARCHAR NOT NULL CHECK (condition IN ('none', 'distance_over_600km')),
    item VARCHAR NOT NULL,
    basis VARCHAR NOT NULL CHECK (basis IN ('d', 'ar', 'daf', 'none')),
    operator VARCHAR NOT NULL CHECK (operator IN ('max', 'min')),
    limit_value DECIMAL(18,6) NOT NULL,
    digits INTEGER NOT NULL,
    unit VARCHAR NOT NULL CHECK (unit IN ('%', 'MJ/kg', 'µg/g', 'N')),
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (standard, grade, condition, item, operator, valid_from)
);
COMMENT ON TABLE ref.coal_quality_limit IS '煤质限值 | limits of coal quality | 公开';
COMMENT ON COLUMN ref.coal_quality_limit.standard IS '标准 | standard';
COMMENT ON COLUMN ref.coal_quality_limit.grade IS '等级 | grade';
COMMENT ON COLUMN ref.coal_quality_limit.condition IS '适用条件：none 无, distance_over_600km 运距超过 600 公里 | condition it applies under';
COMMENT ON COLUMN ref.coal_quality_limit.item IS '检验项目 | item';
COMMENT ON COLUMN ref.coal_quality_limit.basis IS '基准：d 干基, ar 收到基, daf 干燥无灰基, none 不适用 | basis: dry, as received, dry ash-free, none';
COMMENT ON COLUMN ref.coal_quality_limit.operator IS '方向：max 不高于, min 不低于, below 低于 | direction: at most, at least, below';
COMMENT ON COLUMN ref.coal_quality_limit.limit_value IS '限值；空为未查到 | limit; NULL was not found';
COMMENT ON COLUMN ref.coal_quality_limit.digits IS '限值小数位 | decimals of the limit';
COMMENT ON COLUMN ref.coal_quality_limit.unit IS '单位 | unit';
COMMENT ON COLUMN ref.coal_quality_limit.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_quality_limit.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_quality_limit.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_quality_limit.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_quality_limit.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_quality_limit.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_claim_rule (
    rule VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('claim', 'standard', 'fail', 'round')),
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (rule, valid_from)
);
COMMENT ON TABLE ref.coal_claim_rule IS '煤质判定规则 | rules of judging a batch | 公开';
COMMENT ON COLUMN ref.coal_claim_rule.rule IS '规则 | rule';
COMMENT ON COLUMN ref.coal_claim_rule.outcome IS '处理：claim 按明示, standard 按标准, fail 判不合格, round 修约 | outcome';
COMMENT ON COLUMN ref.coal_claim_rule.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_claim_rule.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_claim_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_claim_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_claim_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_claim_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_claim_rule.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_claim_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_item_required (
    rule_list VARCHAR NOT NULL,
    standard VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    stage VARCHAR NOT NULL CHECK (stage IN ('*', 'production', 'circulation', 'use')),
    item VARCHAR NOT NULL,
    or_item VARCHAR,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (rule_list, item, valid_from)
);
COMMENT ON TABLE ref.coal_item_required IS '煤质必检项目 | items a check has to test | 公开';
COMMENT ON COLUMN ref.coal_item_required.rule_list IS '检验清单 | list of items';
COMMENT ON COLUMN ref.coal_item_required.standard IS '标准 | standard';
COMMENT ON COLUMN ref.coal_item_required.area_code IS '地区代码；* 为全国 | area code; * is the whole country';
COMMENT ON COLUMN ref.coal_item_required.stage IS '环节 | stage';
COMMENT ON COLUMN ref.coal_item_required.item IS '检验项目 | item';
COMMENT ON COLUMN ref.coal_item_required.or_item IS '可代之以 | item that may stand in';
COMMENT ON COLUMN ref.coal_item_required.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_item_required.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_item_required.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_item_required.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_item_required.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_item_required.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_item_required.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_item_required.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_province_limit (
    area_code VARCHAR NOT NULL,
    area_name VARCHAR NOT NULL,
    subject VARCHAR NOT NULL CHECK (subject IN ('user_coal', 'raw_coal_sale', 'bulk_coal', 'briquette')),
    item VARCHAR NOT NULL,
    operator VARCHAR CHECK (operator IN ('max', 'min', 'below')),
    limit_value DECIMAL(18,6),
    unit VARCHAR CHECK (unit IN ('%', 'MJ/kg', 'µg/g', 'N')),
    status VARCHAR NOT NULL CHECK (status IN ('found', 'text_only', 'not_found')),
    text_zh VARCHAR NOT NULL,
    text_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (area_code, subject, item, valid_from)
);
COMMENT ON TABLE ref.coal_province_limit IS '地方煤质规定：未查到的照写 | local limits of coal quality; gaps are named as gaps | 公开';
COMMENT ON COLUMN ref.coal_province_limit.area_code IS '地区代码；* 为全国 | area code; * is the whole country';
COMMENT ON COLUMN ref.coal_province_limit.area_name IS '地区名称 | area';
COMMENT ON COLUMN ref.coal_province_limit.subject IS '对象：user_coal 用煤单位, raw_coal_sale 原煤销售, bulk_coal 民用散煤, briquette 民用型煤 | subject';
COMMENT ON COLUMN ref.coal_province_limit.item IS '检验项目 | item';
COMMENT ON COLUMN ref.coal_province_limit.operator IS '方向：max 不高于, min 不低于, below 低于 | direction: at most, at least, below';
COMMENT ON COLUMN ref.coal_province_limit.limit_value IS '限值；空为未查到 | limit; NULL was not found';
COMMENT ON COLUMN ref.coal_province_limit.unit IS '单位 | unit';
COMMENT ON COLUMN ref.coal_province_limit.status IS '状态：found 有限值, text_only 仅有文字, not_found 未查到 | status';
COMMENT ON COLUMN ref.coal_province_limit.text_zh IS '问题 | what is wrong, Chinese';
COMMENT ON COLUMN ref.coal_province_limit.text_en IS '问题 | what is wrong, English';
COMMENT ON COLUMN ref.coal_province_limit.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_province_limit.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_province_limit.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_province_limit.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_province_limit.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_province_limit.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_published_rate (
    rate_id VARCHAR NOT NULL,
    area_code VARCHAR,
    area_name VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    stage VARCHAR NOT NULL CHECK (stage IN ('production', 'circulation', 'use', 'all')),
    product VARCHAR NOT NULL,
    n_inspected INTEGER,
    n_passed INTEGER,
    rate_pct DOUBLE NOT NULL,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (rate_id)
);
COMMENT ON TABLE ref.coal_published_rate IS '公布的煤质合格率 | pass rates as published | 公开';
COMMENT ON COLUMN ref.coal_published_rate.rate_id IS '编号 | id';
COMMENT ON COLUMN ref.coal_published_rate.area_code IS '地区代码；空为多市合计 | area code; NULL for several cities together';
COMMENT ON COLUMN ref.coal_published_rate.area_name IS '地区名称 | area';
COMMENT ON COLUMN ref.coal_published_rate.period IS '时段 | period';
COMMENT ON COLUMN ref.coal_published_rate.stage IS '环节 | stage';
COMMENT ON COLUMN ref.coal_published_rate.product IS '品种 | product';
COMMENT ON COLUMN ref.coal_published_rate.n_inspected IS '抽检批次 | batches inspected';
COMMENT ON COLUMN ref.coal_published_rate.n_passed IS '合格批次 | batches passed';
COMMENT ON COLUMN ref.coal_published_rate.rate_pct IS '合格率 | pass rate | %';
COMMENT ON COLUMN ref.coal_published_rate.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_published_rate.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_published_rate.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_published_rate.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.replacement_rule (
    area_code VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('equal', 'reduction')),
    k1 DECIMAL(18,6),
    k2 DECIMAL(18,6),
    feedstock_excluded VARCHAR NOT NULL CHECK (feedstock_excluded IN ('yes', 'no', 'unread')),
    in_place_before_start VARCHAR NOT NULL CHECK (in_place_before_start IN ('yes', 'no', 'unread')),
    realised_from DATE,
    spot_share_pct DOUBLE,
    rejected_baseline_first INTEGER,
    rejected_baseline_last INTEGER,
    rejected_scopes VARCHAR,
    unverified_fields VARCHAR,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (area_code, valid_from)
);
COMMENT ON TABLE ref.replacement_rule IS '煤炭减量替代规则 | rules of coal replacement by jurisdiction | 公开';
COMMENT ON COLUMN ref.replacement_rule.area_code IS '地区代码；* 为全国 | area code; * is the whole country';
COMMENT ON COLUMN ref.replacement_rule.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.replacement_rule.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.replacement_rule.kind IS '替代方式：equal 等量, reduction 减量 | kind: equal or reduction';
COMMENT ON COLUMN ref.replacement_rule.k1 IS '行业系数；空为未读到 | industry factor; NULL was not read';
COMMENT ON COLUMN ref.replacement_rule.k2 IS '地区系数；空为未读到 | area factor; NULL was not read';
COMMENT ON COLUMN ref.replacement_rule.feedstock_excluded IS '原料用煤是否不计：yes, no, unread | feedstock coal left out';
COMMENT ON COLUMN ref.replacement_rule.in_place_before_start IS '替代量须在投产前到位：yes, no, unread | replacement in place before production starts';
COMMENT ON COLUMN ref.replacement_rule.realised_from IS '削减须不早于 | cuts count from this day';
COMMENT ON COLUMN ref.replacement_rule.spot_share_pct IS '现货量最低占比；空为未读到 | least share already realised; NULL was not read | %';
COMMENT ON COLUMN ref.replacement_rule.rejected_baseline_first IS '不予认可的削减起始年 | first year whose cuts are not accepted';
COMMENT ON COLUMN ref.replacement_rule.rejected_baseline_last IS '不予认可的削减末年 | last year whose cuts are not accepted';
COMMENT ON COLUMN ref.replacement_rule.rejected_scopes IS '不予认可的领域；分号隔开 | scopes of cut not accepted, separated by semicolons';
COMMENT ON COLUMN ref.replacement_rule.unverified_fields IS '本行中未核实的栏目；分号隔开；operation 为超批复须补充替代方案 | columns of this row that are not verified, separated by semicolons; operation is that burning more than approved needs a supplementary plan';
COMMENT ON COLUMN ref.replacement_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.replacement_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.replacement_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.replacement_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.replacement_rule.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.replacement_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.replacement_industry_factor (
    area_code VARCHAR NOT NULL,
    industry VARCHAR NOT NULL,
    k1 DECIMAL(18,6) NOT NULL,
    divisions VARCHAR,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (area_code, industry, valid_from)
);
COMMENT ON TABLE ref.replacement_industry_factor IS '替代行业系数 | industry factors of coal replacement | 公开';
COMMENT ON COLUMN ref.replacement_industry_factor.area_code IS '地区代码；* 为全国 | area code; * is the whole country';
COMMENT ON COLUMN ref.replacement_industry_factor.industry IS '行业 | industry';
COMMENT ON COLUMN ref.replacement_industry_factor.k1 IS '行业系数；空为未读到 | industry factor; NULL was not read';
COMMENT ON COLUMN ref.replacement_industry_factor.divisions IS '行业大类；分号隔开 | industry divisions, separated by semicolons';
COMMENT ON COLUMN ref.replacement_industry_factor.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.replacement_industry_factor.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.replacement_industry_factor.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.replacement_industry_factor.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.replacement_industry_factor.clause IS '条款 | clause';
COMMENT ON COLUMN ref.replacement_industry_factor.source IS '来源 | source';
COMMENT ON COLUMN ref.replacement_industry_factor.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.replacement_industry_factor.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.replacement_fuel_rule (
    fuel VARCHAR NOT NULL,
    accepted BOOLEAN NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (fuel, valid_from)
);
COMMENT ON TABLE ref.replacement_fuel_rule IS '替代能源认可 | fuels accepted or not as replacement of coal | 公开';
COMMENT ON COLUMN ref.replacement_fuel_rule.fuel IS '燃料 | fuel';
COMMENT ON COLUMN ref.replacement_fuel_rule.accepted IS '是否认可 | accepted';
COMMENT ON COLUMN ref.replacement_fuel_rule.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.replacement_fuel_rule.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.replacement_fuel_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.replacement_fuel_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.replacement_fuel_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.replacement_fuel_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.replacement_fuel_rule.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.replacement_fuel_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.replacement_scope (
    document VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    whole BOOLEAN NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (document, area_code, valid_from)
);
COMMENT ON TABLE ref.replacement_scope IS '替代文件适用地区 | areas a document on coal replacement binds; elsewhere it must not be cited as a basis | 公开';
COMMENT ON COLUMN ref.replacement_scope.document IS '文号 | number of the document';
COMMENT ON COLUMN ref.replacement_scope.area_code IS '地区代码 | area code';
COMMENT ON COLUMN ref.replacement_scope.whole IS '全域适用；否则只适用于其一部分 | the whole area; else a part of it only';
COMMENT ON COLUMN ref.replacement_scope.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.replacement_scope.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.replacement_scope.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.replacement_scope.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.replacement_scope.clause IS '条款 | clause';
COMMENT ON COLUMN ref.replacement_scope.source IS '来源 | source';
COMMENT ON COLUMN ref.replacement_scope.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.replacement_scope.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_emission_factor (
    "use" VARCHAR NOT NULL CHECK ("use" IN ('residential', 'power', 'industry_or_heating', 'cement')),
    fuel VARCHAR NOT NULL,
    fuel_group VARCHAR NOT NULL CHECK (fuel_group IN ('bulk', 'briquette', 'mixed', 'any')),
    pollutant VARCHAR NOT NULL,
    study VARCHAR NOT NULL,
    ef_g_per_kg DECIMAL(18,6) NOT NULL,
    in_range BOOLEAN NOT NULL,
    fuel_zh VARCHAR NOT NULL,
    fuel_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY ("use", fuel, pollutant, study, valid_from)
);
COMMENT ON TABLE ref.coal_emission_factor IS '燃煤排放系数：各研究原值，只用作区间 | emission factors study by study, for ranges only | 公开';
COMMENT ON COLUMN ref.coal_emission_factor."use" IS '使用方式：residential, power, industry_or_heating, cement | use';
COMMENT ON COLUMN ref.coal_emission_factor.fuel IS '燃料 | fuel';
COMMENT ON COLUMN ref.coal_emission_factor.fuel_group IS '燃料类别：bulk 散煤, briquette 型煤, mixed 混合, any 不分 | group of fuels';
COMMENT ON COLUMN ref.coal_emission_factor.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN ref.coal_emission_factor.study IS '研究 | study';
COMMENT ON COLUMN ref.coal_emission_factor.ef_g_per_kg IS '排放系数 | emission factor | g/kg';
COMMENT ON COLUMN ref.coal_emission_factor.in_range IS '是否进入区间 | part of the range';
COMMENT ON COLUMN ref.coal_emission_factor.fuel_zh IS '燃料名称 | fuel, Chinese';
COMMENT ON COLUMN ref.coal_emission_factor.fuel_en IS '燃料名称 | fuel, English';
COMMENT ON COLUMN ref.coal_emission_factor.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_emission_factor.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_emission_factor.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_emission_factor.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_emission_factor.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_emission_factor.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_sulfur_parameter (
    "use" VARCHAR NOT NULL,
    c_default DECIMAL(18,6),
    c_low DECIMAL(18,6) NOT NULL,
    c_high DECIMAL(18,6) NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY ("use", valid_from)
);
COMMENT ON TABLE ref.coal_sulfur_parameter IS '燃煤硫转化参数 | share of sulfur leaving as SO2 | 公开';
COMMENT ON COLUMN ref.coal_sulfur_parameter."use" IS '使用方式 | use';
COMMENT ON COLUMN ref.coal_sulfur_parameter.c_default IS '转化比例默认值；空为只有区间 | share leaving as SO2, default; NULL: a range only';
COMMENT ON COLUMN ref.coal_sulfur_parameter.c_low IS '转化比例低值 | share leaving as SO2, low';
COMMENT ON COLUMN ref.coal_sulfur_parameter.c_high IS '转化比例高值 | share leaving as SO2, high';
COMMENT ON COLUMN ref.coal_sulfur_parameter.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_sulfur_parameter.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_sulfur_parameter.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_sulfur_parameter.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_sulfur_parameter.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_sulfur_parameter.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_sulfur_parameter.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_sulfur_parameter.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_co2_factor (
    fuel VARCHAR NOT NULL,
    product VARCHAR,
    ncv_gj_per_t DECIMAL(18,6) NOT NULL,
    cc_tc_per_gj DECIMAL(18,6) NOT NULL,
    oxidation DECIMAL(18,6) NOT NULL,
    co2_t_per_t DECIMAL(18,6) NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (fuel, valid_from)
);
COMMENT ON TABLE ref.coal_co2_factor IS '燃煤二氧化碳系数 | CO2 factors of coal | 公开';
COMMENT ON COLUMN ref.coal_co2_factor.fuel IS '燃料 | fuel';
COMMENT ON COLUMN ref.coal_co2_factor.product IS '品种 | product';
COMMENT ON COLUMN ref.coal_co2_factor.ncv_gj_per_t IS '低位发热量 | net calorific value | GJ/t';
COMMENT ON COLUMN ref.coal_co2_factor.cc_tc_per_gj IS '单位热值含碳量 | carbon content | tC/GJ';
COMMENT ON COLUMN ref.coal_co2_factor.oxidation IS '碳氧化率 | oxidation factor';
COMMENT ON COLUMN ref.coal_co2_factor.co2_t_per_t IS '二氧化碳系数 | CO2 per t of coal | t/t';
COMMENT ON COLUMN ref.coal_co2_factor.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_co2_factor.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_co2_factor.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_co2_factor.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_co2_factor.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_co2_factor.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_co2_factor.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_co2_factor.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_household_anchor (
    anchor VARCHAR NOT NULL,
    area_code VARCHAR,
    area_name VARCHAR NOT NULL,
    stat_year INTEGER,
    value DECIMAL(18,6) NOT NULL,
    unit VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (anchor, valid_from)
);
COMMENT ON TABLE ref.coal_household_anchor IS '户均用煤参考值 | reference values of household coal | 公开';
COMMENT ON COLUMN ref.coal_household_anchor.anchor IS '参考项 | anchor';
COMMENT ON COLUMN ref.coal_household_anchor.area_code IS '地区代码 | area code';
COMMENT ON COLUMN ref.coal_household_anchor.area_name IS '地区名称 | area';
COMMENT ON COLUMN ref.coal_household_anchor.stat_year IS '年份 | year';
COMMENT ON COLUMN ref.coal_household_anchor.value IS '取值 | value';
COMMENT ON COLUMN ref.coal_household_anchor.unit IS '单位 | unit';
COMMENT ON COLUMN ref.coal_household_anchor.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.coal_household_anchor.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.coal_household_anchor.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.coal_household_anchor.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.coal_household_anchor.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_household_anchor.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_household_anchor.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_household_anchor.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.coal_published_actual (
    actual_id VARCHAR NOT NULL,
    area_kind VARCHAR NOT NULL CHECK (area_kind IN ('region', 'province', 'city', 'unit', 'county')),
    area_code VARCHAR NOT NULL,
    area_name VARCHAR NOT NULL,
    period_kind VARCHAR NOT NULL CHECK (period_kind IN ('month', 'ytd', 'year')),
    period VARCHAR NOT NULL,
    scope VARCHAR NOT NULL CHECK (scope IN ('society', 'above_scale', 'above_scale_non_power', 'scattered')),
    exclusions VARCHAR,
    metric VARCHAR NOT NULL,
    value DECIMAL(18,6) NOT NULL,
    unit VARCHAR NOT NULL,
    derived BOOLEAN NOT NULL,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (actual_id)
);
COMMENT ON TABLE ref.coal_published_actual IS '公布的煤炭实绩 | coal figures as published | 公开';
COMMENT ON COLUMN ref.coal_published_actual.actual_id IS '编号 | id';
COMMENT ON COLUMN ref.coal_published_actual.area_kind IS '地区层级：region 区域，province 省，city 城市，unit 考核单元，county 区县 | level of the area';
COMMENT ON COLUMN ref.coal_published_actual.area_code IS '地区代码；* 为全国 | area code; * is the whole country';
COMMENT ON COLUMN ref.coal_published_actual.area_name IS '地区名称 | area';
COMMENT ON COLUMN ref.coal_published_actual.period_kind IS '时段类别：month, ytd, year | kind of period';
COMMENT ON COLUMN ref.coal_published_actual.period IS '时段 | period';
COMMENT ON COLUMN ref.coal_published_actual.scope IS '口径 | scope';
COMMENT ON COLUMN ref.coal_published_actual.exclusions IS '剔除项；逗号隔开 | exclusions, separated by commas';
COMMENT ON COLUMN ref.coal_published_actual.metric IS '指标 | metric';
COMMENT ON COLUMN ref.coal_published_actual.value IS '取值 | value';
COMMENT ON COLUMN ref.coal_published_actual.unit IS '单位 | unit';
COMMENT ON COLUMN ref.coal_published_actual.derived IS '是否推算 | computed back, not printed';
COMMENT ON COLUMN ref.coal_published_actual.clause IS '条款 | clause';
COMMENT ON COLUMN ref.coal_published_actual.source IS '来源 | source';
COMMENT ON COLUMN ref.coal_published_actual.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.coal_published_actual.note IS '说明 | note';
