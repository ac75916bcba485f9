-- Reference: the facts of warehouse/standards/*.csv, the computed IAQI table, and stations and targets that come in.
CREATE SCHEMA IF NOT EXISTS ref;

CREATE TABLE IF NOT EXISTS ref.pollutant (
    pollutant VARCHAR NOT NULL CHECK (pollutant IN ('PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO')),
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    unit VARCHAR NOT NULL CHECK (unit IN ('ug/m3', 'mg/m3')),
    hour_column VARCHAR NOT NULL,
    day_column VARCHAR NOT NULL,
    cube_name VARCHAR NOT NULL,
    sort INTEGER NOT NULL,
    PRIMARY KEY (pollutant)
);
COMMENT ON TABLE ref.pollutant IS '六项污染物 | the six pollutants | 公开';
COMMENT ON COLUMN ref.pollutant.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN ref.pollutant.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.pollutant.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.pollutant.unit IS '浓度单位 | unit of concentrations';
COMMENT ON COLUMN ref.pollutant.hour_column IS '小时表列名 | column in hour tables';
COMMENT ON COLUMN ref.pollutant.day_column IS '日表列名 | column in day tables';
COMMENT ON COLUMN ref.pollutant.cube_name IS '数据立方中的名称 | name in the cube';
COMMENT ON COLUMN ref.pollutant.sort IS '排列次序 | order';

CREATE TABLE IF NOT EXISTS ref.standard_set (
    standard_set VARCHAR NOT NULL CHECK (standard_set IN ('2012', '2026_transition', '2026_final')),
    aqi_standard VARCHAR NOT NULL CHECK (aqi_standard IN ('HJ633-2012', 'HJ633-2026')),
    limit_standard VARCHAR NOT NULL CHECK (limit_standard IN ('GB3095-2012', 'GB3095-2026-transition', 'GB3095-2026-final')),
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (standard_set, valid_from)
);
COMMENT ON TABLE ref.standard_set IS '标准集：何时用哪套 AQI 标准与限值标准 | standard sets: which AQI and limit standards hold when | 公开';
COMMENT ON COLUMN ref.standard_set.standard_set IS '标准集 | standard set';
COMMENT ON COLUMN ref.standard_set.aqi_standard IS 'AQI 标准 | AQI standard';
COMMENT ON COLUMN ref.standard_set.limit_standard IS '限值标准 | limit standard';
COMMENT ON COLUMN ref.standard_set.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.standard_set.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.standard_set.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.standard_set.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.standard_set.clause IS '条款 | clause';
COMMENT ON COLUMN ref.standard_set.source IS '来源 | source';
COMMENT ON COLUMN ref.standard_set.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.standard_set.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref."limit" (
    limit_standard VARCHAR NOT NULL CHECK (limit_standard IN ('GB3095-2012', 'GB3095-2026-transition', 'GB3095-2026-final')),
    pollutant VARCHAR NOT NULL CHECK (pollutant IN ('PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO')),
    averaging VARCHAR NOT NULL CHECK (averaging IN ('annual', '24h', '8h', '1h')),
    grade INTEGER NOT NULL,
    limit_value DOUBLE NOT NULL,
    unit VARCHAR NOT NULL CHECK (unit IN ('ug/m3', 'mg/m3')),
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (grade IN (1, 2)),
    CHECK (limit_value > 0),
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (limit_standard, pollutant, averaging, grade, valid_from)
);
COMMENT ON TABLE ref."limit" IS '环境空气污染物浓度限值 | concentration limits | 公开';
COMMENT ON COLUMN ref."limit".limit_standard IS '限值标准 | limit standard';
COMMENT ON COLUMN ref."limit".pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN ref."limit".averaging IS '平均时间：annual, 24h, 8h, 1h | averaging time';
COMMENT ON COLUMN ref."limit".grade IS '级别：1 一级，2 二级 | grade';
COMMENT ON COLUMN ref."limit".limit_value IS '限值（单位见 unit 列；等于限值为达标） | limit, unit in column unit; equal to the limit attains';
COMMENT ON COLUMN ref."limit".unit IS '单位 | unit of the values';
COMMENT ON COLUMN ref."limit".valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref."limit".valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref."limit".clause IS '条款 | clause';
COMMENT ON COLUMN ref."limit".source IS '来源 | source';
COMMENT ON COLUMN ref."limit".verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref."limit".note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.iaqi_breakpoint (
    aqi_standard VARCHAR NOT NULL CHECK (aqi_standard IN ('HJ633-2012', 'HJ633-2026')),
    item VARCHAR NOT NULL CHECK (item IN ('SO2_24h', 'SO2_1h', 'NO2_24h', 'NO2_1h', 'CO_24h', 'CO_1h', 'O3_8h', 'O3_1h', 'PM10_24h', 'PM2.5_24h')),
    iaqi INTEGER NOT NULL,
    concentration DOUBLE NOT NULL,
    unit VARCHAR NOT NULL CHECK (unit IN ('ug/m3', 'mg/m3')),
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (iaqi BETWEEN 0 AND 500),
    CHECK (concentration >= 0),
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (aqi_standard, item, iaqi, valid_from)
);
COMMENT ON TABLE ref.iaqi_breakpoint IS 'IAQI 分级浓度 | IAQI breakpoints | 公开';
COMMENT ON COLUMN ref.iaqi_breakpoint.aqi_standard IS 'AQI 标准 | AQI standard';
COMMENT ON COLUMN ref.iaqi_breakpoint.item IS 'IAQI 项目 | IAQI item';
COMMENT ON COLUMN ref.iaqi_breakpoint.iaqi IS '空气质量分指数 | individual air quality index';
COMMENT ON COLUMN ref.iaqi_breakpoint.concentration IS '浓度（单位见 unit 列） | concentration, unit in column unit';
COMMENT ON COLUMN ref.iaqi_breakpoint.unit IS '单位 | unit of the values';
COMMENT ON COLUMN ref.iaqi_breakpoint.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.iaqi_breakpoint.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.iaqi_breakpoint.clause IS '条款 | clause';
COMMENT ON COLUMN ref.iaqi_breakpoint.source IS '来源 | source';
COMMENT ON COLUMN ref.iaqi_breakpoint.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.iaqi_breakpoint.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.aqi_rule (
    aqi_standard VARCHAR NOT NULL CHECK (aqi_standard IN ('HJ633-2012', 'HJ633-2026')),
    rule VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    practice BOOLEAN NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (aqi_standard, rule, practice, valid_from)
);
COMMENT ON TABLE ref.aqi_rule IS 'AQI 计算规则；同一规则有实际做法时以其为准 | AQI rules; where a practice is on record it is the one applied | 公开';
COMMENT ON COLUMN ref.aqi_rule.aqi_standard IS 'AQI 标准 | AQI standard';
COMMENT ON COLUMN ref.aqi_rule.rule IS '规则 | rule';
COMMENT ON COLUMN ref.aqi_rule.value IS '取值 | value';
COMMENT ON COLUMN ref.aqi_rule.practice IS '是否为实际做法（而非标准条文） | practice rather than text of the standard';
COMMENT ON COLUMN ref.aqi_rule.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.aqi_rule.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.aqi_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.aqi_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.aqi_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.aqi_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.aqi_rule.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.aqi_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.rounding (
    standard_set VARCHAR NOT NULL CHECK (standard_set IN ('2012', '2026_transition', '2026_final')),
    item VARCHAR NOT NULL,
    digits_raw INTEGER,
    digits_statistic INTEGER,
    digits_attainment INTEGER,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (standard_set, item, valid_from)
);
COMMENT ON TABLE ref.rounding IS '修约位数 | digits of rounding | 公开';
COMMENT ON COLUMN ref.rounding.standard_set IS '标准集 | standard set';
COMMENT ON COLUMN ref.rounding.item IS '污染物，或 composite_index, index_part, exceedance_multiple, rate_pct, change_pct | pollutant or derived figure';
COMMENT ON COLUMN ref.rounding.digits_raw IS '单次值（小时、日）位数 | digits of hourly and daily values';
COMMENT ON COLUMN ref.rounding.digits_statistic IS '统计值位数 | digits of statistics';
COMMENT ON COLUMN ref.rounding.digits_attainment IS '与限值比较时的位数 | digits when compared with a limit';
COMMENT ON COLUMN ref.rounding.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.rounding.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.rounding.clause IS '条款 | clause';
COMMENT ON COLUMN ref.rounding.source IS '来源 | source';
COMMENT ON COLUMN ref.rounding.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.rounding.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.validity_rule (
    standard_set VARCHAR NOT NULL CHECK (standard_set IN ('2012', '2026_transition', '2026_final')),
    item VARCHAR NOT NULL,
    averaging VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (standard_set, item, averaging, rule, valid_from)
);
COMMENT ON TABLE ref.validity_rule IS '数据有效性规定 | rules of data validity | 公开';
COMMENT ON COLUMN ref.validity_rule.standard_set IS '标准集 | standard set';
COMMENT ON COLUMN ref.validity_rule.item IS '污染物，* 为各项 | pollutant, * for all';
COMMENT ON COLUMN ref.validity_rule.averaging IS '平均时间：annual, 24h, 8h, 1h | averaging time';
COMMENT ON COLUMN ref.validity_rule.rule IS '规则 | rule';
COMMENT ON COLUMN ref.validity_rule.value IS '取值 | value';
COMMENT ON COLUMN ref.validity_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.validity_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.validity_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.validity_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.validity_rule.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.validity_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.index_limit (
    standard_set VARCHAR NOT NULL CHECK (standard_set IN ('2012', '2026_transition', '2026_final')),
    pollutant VARCHAR NOT NULL CHECK (pollutant IN ('PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO')),
    statistic VARCHAR NOT NULL CHECK (statistic IN ('mean', 'p98', 'p95', 'p90')),
    limit_value DOUBLE NOT NULL,
    weight DOUBLE NOT NULL,
    weight_unverified DOUBLE NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (limit_value > 0),
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (standard_set, pollutant, valid_from)
);
COMMENT ON TABLE ref.index_limit IS '环境空气质量综合指数的分母 | denominators of the composite index | 公开';
COMMENT ON COLUMN ref.index_limit.standard_set IS '标准集 | standard set';
COMMENT ON COLUMN ref.index_limit.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN ref.index_limit.statistic IS '统计量：mean, p98, p95, p90 | statistic';
COMMENT ON COLUMN ref.index_limit.limit_value IS '分母（CO 为 mg/m³，其余 µg/m³） | denominator (CO mg/m³, others µg/m³)';
COMMENT ON COLUMN ref.index_limit.weight IS '权重（等权） | weight (equal)';
COMMENT ON COLUMN ref.index_limit.weight_unverified IS '未核实的加权，默认不用 | unverified weight, off by default';
COMMENT ON COLUMN ref.index_limit.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.index_limit.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.index_limit.clause IS '条款 | clause';
COMMENT ON COLUMN ref.index_limit.source IS '来源 | source';
COMMENT ON COLUMN ref.index_limit.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.index_limit.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.evaluation_item (
    standard_set VARCHAR NOT NULL CHECK (standard_set IN ('2012', '2026_transition', '2026_final')),
    pollutant VARCHAR NOT NULL CHECK (pollutant IN ('PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO')),
    statistic VARCHAR NOT NULL CHECK (statistic IN ('mean', 'p98', 'p95', 'p90')),
    averaging VARCHAR NOT NULL CHECK (averaging IN ('annual', '24h', '8h', '1h')),
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (standard_set, pollutant, statistic, valid_from)
);
COMMENT ON TABLE ref.evaluation_item IS '年评价项目及其对照的限值 | annual evaluation items and the limit each is compared with | 公开';
COMMENT ON COLUMN ref.evaluation_item.standard_set IS '标准集 | standard set';
COMMENT ON COLUMN ref.evaluation_item.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN ref.evaluation_item.statistic IS '统计量：mean, p98, p95, p90 | statistic';
COMMENT ON COLUMN ref.evaluation_item.averaging IS '平均时间：annual, 24h, 8h, 1h | averaging time';
COMMENT ON COLUMN ref.evaluation_item.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.evaluation_item.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.evaluation_item.clause IS '条款 | clause';
COMMENT ON COLUMN ref.evaluation_item.source IS '来源 | source';
COMMENT ON COLUMN ref.evaluation_item.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.evaluation_item.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.aqi_level (
    aqi_standard VARCHAR NOT NULL CHECK (aqi_standard IN ('HJ633-2012', 'HJ633-2026')),
    level INTEGER NOT NULL,
    aqi_low INTEGER NOT NULL,
    aqi_high INTEGER NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    category_zh VARCHAR NOT NULL,
    category_en VARCHAR NOT NULL,
    color_zh VARCHAR NOT NULL,
    color_en VARCHAR NOT NULL,
    hex VARCHAR NOT NULL,
    r INTEGER NOT NULL,
    g INTEGER NOT NULL,
    b INTEGER NOT NULL,
    c INTEGER NOT NULL,
    m INTEGER NOT NULL,
    y INTEGER NOT NULL,
    k INTEGER NOT NULL,
    health_zh VARCHAR NOT NULL,
    health_en VARCHAR NOT NULL,
    advice_zh VARCHAR NOT NULL,
    advice_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (level BETWEEN 1 AND 6),
    CHECK (aqi_low <= aqi_high),
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (aqi_standard, level, valid_from)
);
COMMENT ON TABLE ref.aqi_level IS 'AQI 级别、颜色与提示 | AQI levels, colours and advice | 公开';
COMMENT ON COLUMN ref.aqi_level.aqi_standard IS 'AQI 标准 | AQI standard';
COMMENT ON COLUMN ref.aqi_level.level IS '级别 1–6 | level';
COMMENT ON COLUMN ref.aqi_level.aqi_low IS 'AQI 下限 | lowest AQI';
COMMENT ON COLUMN ref.aqi_level.aqi_high IS 'AQI 上限 | highest AQI';
COMMENT ON COLUMN ref.aqi_level.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.aqi_level.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.aqi_level.category_zh IS '类别（中文） | category in Chinese';
COMMENT ON COLUMN ref.aqi_level.category_en IS '类别（英文） | category in English';
COMMENT ON COLUMN ref.aqi_level.color_zh IS '颜色（中文） | colour in Chinese';
COMMENT ON COLUMN ref.aqi_level.color_en IS '颜色（英文） | colour in English';
COMMENT ON COLUMN ref.aqi_level.hex IS '颜色十六进制 | colour, hexadecimal';
COMMENT ON COLUMN ref.aqi_level.r IS '红 | red';
COMMENT ON COLUMN ref.aqi_level.g IS '绿 | green';
COMMENT ON COLUMN ref.aqi_level.b IS '蓝 | blue';
COMMENT ON COLUMN ref.aqi_level.c IS '青 | cyan | %';
COMMENT ON COLUMN ref.aqi_level.m IS '品红 | magenta | %';
COMMENT ON COLUMN ref.aqi_level.y IS '黄 | yellow | %';
COMMENT ON COLUMN ref.aqi_level.k IS '黑 | black | %';
COMMENT ON COLUMN ref.aqi_level.health_zh IS '健康影响（中文） | health effect in Chinese';
COMMENT ON COLUMN ref.aqi_level.health_en IS '健康影响（英文） | health effect in English';
COMMENT ON COLUMN ref.aqi_level.advice_zh IS '建议措施（中文） | advice in Chinese';
COMMENT ON COLUMN ref.aqi_level.advice_en IS '建议措施（英文） | advice in English';
COMMENT ON COLUMN ref.aqi_level.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.aqi_level.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.aqi_level.clause IS '条款 | clause';
COMMENT ON COLUMN ref.aqi_level.source IS '来源 | source';
COMMENT ON COLUMN ref.aqi_level.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.aqi_level.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.sensitive_group (
    aqi_standard VARCHAR NOT NULL CHECK (aqi_standard IN ('HJ633-2012', 'HJ633-2026')),
    pollutant VARCHAR NOT NULL CHECK (pollutant IN ('PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO')),
    groups_zh VARCHAR NOT NULL,
    groups_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (aqi_standard, pollutant, valid_from)
);
COMMENT ON TABLE ref.sensitive_group IS '各污染物的敏感人群（IAQI>100 时） | sensitive groups of each pollutant (IAQI > 100) | 公开';
COMMENT ON COLUMN ref.sensitive_group.aqi_standard IS 'AQI 标准 | AQI standard';
COMMENT ON COLUMN ref.sensitive_group.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN ref.sensitive_group.groups_zh IS '敏感人群（中文） | groups in Chinese';
COMMENT ON COLUMN ref.sensitive_group.groups_en IS '敏感人群（英文） | groups in English';
COMMENT ON COLUMN ref.sensitive_group.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.sensitive_group.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.sensitive_group.clause IS '条款 | clause';
COMMENT ON COLUMN ref.sensitive_group.source IS '来源 | source';
COMMENT ON COLUMN ref.sensitive_group.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.sensitive_group.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.reference_state (
    pollutant VARCHAR NOT NULL CHECK (pollutant IN ('PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO')),
    temperature_k DOUBLE,
    pressure_hpa DOUBLE,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (pollutant, valid_from)
);
COMMENT ON TABLE ref.reference_state IS '浓度的参比状态；变化处前后不可直接比较 | reference state of concentrations; values across a change are not directly comparable | 公开';
COMMENT ON COLUMN ref.reference_state.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN ref.reference_state.temperature_k IS '温度；空为实际温度 | temperature; NULL is actual | K';
COMMENT ON COLUMN ref.reference_state.pressure_hpa IS '压力；空为实际压力 | pressure; NULL is actual | hPa';
COMMENT ON COLUMN ref.reference_state.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.reference_state.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.reference_state.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.reference_state.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.reference_state.clause IS '条款 | clause';
COMMENT ON COLUMN ref.reference_state.source IS '来源 | source';
COMMENT ON COLUMN ref.reference_state.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.reference_state.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.who_guideline (
    pollutant VARCHAR NOT NULL CHECK (pollutant IN ('PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO')),
    averaging VARCHAR NOT NULL CHECK (averaging IN ('annual', '24h', '8h', 'peak_season')),
    unit VARCHAR NOT NULL CHECK (unit IN ('ug/m3', 'mg/m3')),
    it1 DOUBLE,
    it2 DOUBLE,
    it3 DOUBLE,
    it4 DOUBLE,
    aqg DOUBLE NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (pollutant, averaging, valid_from)
);
COMMENT ON TABLE ref.who_guideline IS '世界卫生组织 2021 年空气质量准则 | WHO air quality guidelines of 2021 | 公开';
COMMENT ON COLUMN ref.who_guideline.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN ref.who_guideline.averaging IS '平均时间：annual, 24h, 8h, peak_season | averaging time';
COMMENT ON COLUMN ref.who_guideline.unit IS '单位 | unit of the values';
COMMENT ON COLUMN ref.who_guideline.it1 IS '过渡目标1 | interim target 1';
COMMENT ON COLUMN ref.who_guideline.it2 IS '过渡目标2 | interim target 2';
COMMENT ON COLUMN ref.who_guideline.it3 IS '过渡目标3 | interim target 3';
COMMENT ON COLUMN ref.who_guideline.it4 IS '过渡目标4 | interim target 4';
COMMENT ON COLUMN ref.who_guideline.aqg IS '准则值 | guideline level';
COMMENT ON COLUMN ref.who_guideline.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.who_guideline.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.who_guideline.clause IS '条款 | clause';
COMMENT ON COLUMN ref.who_guideline.source IS '来源 | source';
COMMENT ON COLUMN ref.who_guideline.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.who_guideline.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.quality_rule (
    rule VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('range', 'constant', 'relation', 'spike')),
    pollutant VARCHAR NOT NULL CHECK (pollutant IN ('PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO')),
    minimum DOUBLE,
    maximum DOUBLE,
    n_hours INTEGER,
    factor DOUBLE,
    margin DOUBLE,
    flag VARCHAR NOT NULL CHECK (flag IN ('doubtful', 'bad')),
    consequence VARCHAR NOT NULL CHECK (consequence IN ('kept', 'excluded')),
    reason_zh VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (rule, valid_from)
);
COMMENT ON TABLE ref.quality_rule IS '小时值质量规则（单位随污染物） | quality rules of hourly values, in the unit of the pollutant | 公开';
COMMENT ON COLUMN ref.quality_rule.rule IS '规则 | rule';
COMMENT ON COLUMN ref.quality_rule.kind IS '种类：range 范围，constant 恒值，relation 关系，spike 突变 | kind';
COMMENT ON COLUMN ref.quality_rule.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN ref.quality_rule.minimum IS '下限；恒值规则为起算值 | minimum; for constant the value from which it applies';
COMMENT ON COLUMN ref.quality_rule.maximum IS '上限 | maximum';
COMMENT ON COLUMN ref.quality_rule.n_hours IS '连续小时数 | hours running | h';
COMMENT ON COLUMN ref.quality_rule.factor IS '倍数 | factor';
COMMENT ON COLUMN ref.quality_rule.margin IS '差值 | margin';
COMMENT ON COLUMN ref.quality_rule.flag IS '标识：doubtful 存疑，bad 无效 | flag';
COMMENT ON COLUMN ref.quality_rule.consequence IS '后果：kept 保留，excluded 不参加计算 | consequence';
COMMENT ON COLUMN ref.quality_rule.reason_zh IS '理由（中文） | reason in Chinese';
COMMENT ON COLUMN ref.quality_rule.reason_en IS '理由（英文） | reason in English';
COMMENT ON COLUMN ref.quality_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.quality_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.quality_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.quality_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.quality_rule.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.quality_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.region (
    region_id VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (region_id, valid_from)
);
COMMENT ON TABLE ref.region IS '区域名单的版本 | dated lists of regions | 公开';
COMMENT ON COLUMN ref.region.region_id IS '区域编号 | region';
COMMENT ON COLUMN ref.region.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.region.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.region.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.region.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.region.clause IS '条款 | clause';
COMMENT ON COLUMN ref.region.source IS '来源 | source';
COMMENT ON COLUMN ref.region.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.region.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.region_city (
    region_id VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    role VARCHAR NOT NULL CHECK (role IN ('city', 'unit', 'observer')),
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (region_id, area_code, valid_from)
);
COMMENT ON TABLE ref.region_city IS '区域成员；只有 city 参加区域平均 | members of regions; only role city enters means | 公开';
COMMENT ON COLUMN ref.region_city.region_id IS '区域编号 | region';
COMMENT ON COLUMN ref.region_city.area_code IS '城市代码或考核单元编号 | city code or assessment unit';
COMMENT ON COLUMN ref.region_city.role IS '角色：city 城市，unit 考核单元，observer 观察员 | role';
COMMENT ON COLUMN ref.region_city.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.region_city.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.region_city.clause IS '条款 | clause';
COMMENT ON COLUMN ref.region_city.source IS '来源 | source';
COMMENT ON COLUMN ref.region_city.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.region_city.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.city (
    city_code VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    short_zh VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL,
    province_zh VARCHAR NOT NULL,
    province_en VARCHAR NOT NULL,
    aliases VARCHAR,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (regexp_full_match(city_code, '[0-9]{6}')),
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (city_code, valid_from)
);
COMMENT ON TABLE ref.city IS '城市（地级及省直辖县级） | cities: prefecture level and county level under a province | 公开';
COMMENT ON COLUMN ref.city.city_code IS '城市代码（GB/T 2260） | city code (GB/T 2260)';
COMMENT ON COLUMN ref.city.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.city.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.city.short_zh IS '习惯简称 | customary short name';
COMMENT ON COLUMN ref.city.province_code IS '省级代码 | province code';
COMMENT ON COLUMN ref.city.province_zh IS '省级名称 | province in Chinese';
COMMENT ON COLUMN ref.city.province_en IS '省级英文名 | province in English';
COMMENT ON COLUMN ref.city.aliases IS '站点名单等处的其他写法（分号分隔） | other forms used in lists, separated by semicolons';
COMMENT ON COLUMN ref.city.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.city.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.city.clause IS '条款 | clause';
COMMENT ON COLUMN ref.city.source IS '来源 | source';
COMMENT ON COLUMN ref.city.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.city.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.assessment_unit (
    unit_id VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    list_names VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('unit', 'new_area', 'county_city')),
    in_city_mean BOOLEAN NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (unit_id, valid_from)
);
COMMENT ON TABLE ref.assessment_unit IS '考核单元及单列地区（位于所属城市之内） | assessment units and places listed on their own, inside their cities | 公开';
COMMENT ON COLUMN ref.assessment_unit.unit_id IS '单元编号 | unit';
COMMENT ON COLUMN ref.assessment_unit.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.assessment_unit.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.assessment_unit.city_code IS '所属城市代码 | code of the parent city';
COMMENT ON COLUMN ref.assessment_unit.list_names IS '名单中的写法（分号分隔） | names used in lists, separated by semicolons';
COMMENT ON COLUMN ref.assessment_unit.kind IS '种类：unit 考核单元，new_area 新区，county_city 县级市（区） | kind';
COMMENT ON COLUMN ref.assessment_unit.in_city_mean IS '其站点是否计入所属城市均值 | its stations count for the parent city';
COMMENT ON COLUMN ref.assessment_unit.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.assessment_unit.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.assessment_unit.clause IS '条款 | clause';
COMMENT ON COLUMN ref.assessment_unit.source IS '来源 | source';
COMMENT ON COLUMN ref.assessment_unit.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.assessment_unit.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.dust_rule (
    rule VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
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
COMMENT ON TABLE ref.dust_rule IS '沙尘影响的判据与扣除口径 | criteria and deduction rules for sand and dust | 公开';
COMMENT ON COLUMN ref.dust_rule.rule IS '规则 | rule';
COMMENT ON COLUMN ref.dust_rule.value IS '取值 | value';
COMMENT ON COLUMN ref.dust_rule.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.dust_rule.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.dust_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.dust_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.dust_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.dust_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.dust_rule.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.dust_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.episode_rule (
    rule VARCHAR NOT NULL,
    value DOUBLE NOT NULL,
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
COMMENT ON TABLE ref.episode_rule IS '污染过程的划分（本项目约定） | what counts as an episode (convention of this project) | 公开';
COMMENT ON COLUMN ref.episode_rule.rule IS '规则 | rule';
COMMENT ON COLUMN ref.episode_rule.value IS '取值 | value';
COMMENT ON COLUMN ref.episode_rule.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.episode_rule.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.episode_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.episode_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.episode_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.episode_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.episode_rule.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.episode_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.published_result (
    area_kind VARCHAR NOT NULL CHECK (area_kind IN ('region', 'city')),
    area_code VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    n_cities INTEGER,
    period VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    value DOUBLE,
    change_abs DOUBLE,
    change_pct DOUBLE,
    basis VARCHAR NOT NULL CHECK (basis IN ('实况', '审核')),
    derived BOOLEAN NOT NULL,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    PRIMARY KEY (area_code, period, metric)
);
COMMENT ON TABLE ref.published_result IS '官方公布的结果，用于核对 | officially published results, for comparison | 公开';
COMMENT ON COLUMN ref.published_result.area_kind IS '对象类别：region 区域，city 城市 | kind of area';
COMMENT ON COLUMN ref.published_result.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN ref.published_result.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.published_result.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.published_result.n_cities IS '城市数 | number of cities';
COMMENT ON COLUMN ref.published_result.period IS '时段 | period';
COMMENT ON COLUMN ref.published_result.metric IS '指标：pm25_mean, heavy_city_days, dust_exceeding_days_pct；target_… 为下达目标 | metric';
COMMENT ON COLUMN ref.published_result.value IS '数值（pm25_mean 为 µg/m³，天次，%） | value (µg/m³, city-days, %)';
COMMENT ON COLUMN ref.published_result.change_abs IS '同比变化量 | change on the year before';
COMMENT ON COLUMN ref.published_result.change_pct IS '同比变化率 | change on the year before | %';
COMMENT ON COLUMN ref.published_result.basis IS '数据口径：实况、审核 | basis: real-time or reviewed';
COMMENT ON COLUMN ref.published_result.derived IS '是否由其他公布值反推 | computed back from other published values';
COMMENT ON COLUMN ref.published_result.clause IS '条款 | clause';
COMMENT ON COLUMN ref.published_result.source IS '来源 | source';
COMMENT ON COLUMN ref.published_result.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.published_result.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.iaqi (
    aqi_standard VARCHAR NOT NULL CHECK (aqi_standard IN ('HJ633-2012', 'HJ633-2026')),
    item VARCHAR NOT NULL,
    step INTEGER NOT NULL CHECK (step >= 0),
    concentration DOUBLE NOT NULL,
    iaqi SMALLINT CHECK (iaqi BETWEEN 0 AND 500),
    PRIMARY KEY (aqi_standard, item, step)
);
COMMENT ON TABLE ref.iaqi IS '由分级浓度精确算出的 IAQI 查找表 | IAQI look-up, computed exactly from the breakpoints | 公开';
COMMENT ON COLUMN ref.iaqi.aqi_standard IS 'AQI 标准 | AQI standard';
COMMENT ON COLUMN ref.iaqi.item IS 'IAQI 项目 | IAQI item';
COMMENT ON COLUMN ref.iaqi.step IS '步：整 µg/m³；CO 为 0.1 mg/m³；各项末步代表其以上 | step: whole µg/m³, CO tenths of mg/m³; the last one stands for all above';
COMMENT ON COLUMN ref.iaqi.concentration IS '浓度（CO 为 mg/m³，其余 µg/m³） | concentration (CO mg/m³, others µg/m³)';
COMMENT ON COLUMN ref.iaqi.iaqi IS '空气质量分指数；空为该项此处无分指数 | individual air quality index; NULL where the item gives none';

CREATE TABLE IF NOT EXISTS ref.station (
    station_code VARCHAR NOT NULL,
    name_zh VARCHAR,
    city_code VARCHAR,
    unit_id VARCHAR,
    city_name VARCHAR,
    province_zh VARCHAR,
    lon_deg DOUBLE CHECK (lon_deg BETWEEN -180 AND 180),
    lat_deg DOUBLE CHECK (lat_deg BETWEEN -90 AND 90),
    is_control BOOLEAN NOT NULL,
    counts BOOLEAN NOT NULL,
    counts_reason VARCHAR,
    PRIMARY KEY (station_code)
);
COMMENT ON TABLE ref.station IS '监测站点（来自站点名单） | monitoring stations, from the station list | 公开';
COMMENT ON COLUMN ref.station.station_code IS '站点编码 | station code';
COMMENT ON COLUMN ref.station.name_zh IS '站点名称 | station name';
COMMENT ON COLUMN ref.station.city_code IS '城市代码；空为未能识别 | city code; NULL when not recognised';
COMMENT ON COLUMN ref.station.unit_id IS '考核单元编号 | assessment unit';
COMMENT ON COLUMN ref.station.city_name IS '名单中的城市名 | city as the list names it';
COMMENT ON COLUMN ref.station.province_zh IS '省级名称 | province';
COMMENT ON COLUMN ref.station.lon_deg IS '经度 | longitude | °';
COMMENT ON COLUMN ref.station.lat_deg IS '纬度 | latitude | °';
COMMENT ON COLUMN ref.station.is_control IS '是否清洁对照点 | clean control station';
COMMENT ON COLUMN ref.station.counts IS '是否计入城市均值 | counts for its city';
COMMENT ON COLUMN ref.station.counts_reason IS '计入或不计入的原因 | why it counts or not';

CREATE TABLE IF NOT EXISTS ref.target (
    target_id VARCHAR NOT NULL,
    parent_id VARCHAR,
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    area_name VARCHAR,
    period VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    target_value DOUBLE NOT NULL,
    document_no VARCHAR,
    sha256 VARCHAR NOT NULL DEFAULT '',
    clause VARCHAR,
    source VARCHAR,
    verified BOOLEAN,
    note VARCHAR,
    PRIMARY KEY (target_id)
);
COMMENT ON TABLE ref.target IS '下达目标：区域→城市→县区分解 | targets: region, city, county | 公开';
COMMENT ON COLUMN ref.target.target_id IS '目标编号 | target';
COMMENT ON COLUMN ref.target.parent_id IS '上级目标编号 | parent target';
COMMENT ON COLUMN ref.target.area_kind IS '对象类别：region 区域，city 城市，unit 考核单元，county 区县 | kind of area';
COMMENT ON COLUMN ref.target.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN ref.target.area_name IS '对象名称 | name of the area';
COMMENT ON COLUMN ref.target.period IS '时段 | period';
COMMENT ON COLUMN ref.target.metric IS '指标：pm25_mean, good_days, good_days_pct, heavy_days, pm25_mean_change_pct, heavy_days_change_pct | metric';
COMMENT ON COLUMN ref.target.target_value IS '目标值 | target value';
COMMENT ON COLUMN ref.target.document_no IS '文号 | document';
COMMENT ON COLUMN ref.target.sha256 IS '文件内容指纹；随软件附带的官方目标为空串 | SHA-256 of the file; empty for the official targets that come with the software';
COMMENT ON COLUMN ref.target.clause IS '条款 | clause';
COMMENT ON COLUMN ref.target.source IS '来源 | source';
COMMENT ON COLUMN ref.target.verified IS '是否已据官方文本或多个独立来源核实 | read in an official text or in several independent sources';
COMMENT ON COLUMN ref.target.note IS '说明 | note';
