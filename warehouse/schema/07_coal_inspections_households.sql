-- Clean and scattered coal: inspections of coal quality, household replacement of scattered coal, avoided emissions.
-- 抽检、清洁取暖与减排：五张台账按表载入，其余由模型算出 | five ledgers are loaded as reported, the rest is computed by the models.
CREATE SCHEMA IF NOT EXISTS coal;

-- 等级与标准名称的比对写法：全角转半角、去空格与标点 | a grade or standard as it is compared: half width, no spaces, no punctuation
CREATE OR REPLACE MACRO coal.plain_name(t) AS (
    regexp_replace(
        replace(replace(upper(translate(t, '０１２３４５６７８９ＧＢＤＴ', '0123456789GBDT')), '一号', '1号'), '二号', '2号'),
        '[^0-9A-Z\x{4e00}-\x{9fff}]', '', 'g'
    )
);

CREATE TABLE IF NOT EXISTS coal.inspection (
    sample_id VARCHAR NOT NULL,
    inspection_round VARCHAR,
    stage VARCHAR NOT NULL,
    province_name VARCHAR,
    city_name VARCHAR NOT NULL,
    county_name VARCHAR,
    entity_name VARCHAR NOT NULL,
    entity_type VARCHAR,
    register_id VARCHAR,
    product_type VARCHAR NOT NULL,
    claimed_grade VARCHAR,
    judged_by VARCHAR,
    distance_km DECIMAL(18, 6),
    exempt_use VARCHAR,
    sampled_on DATE NOT NULL,
    sample_qty VARCHAR,
    batch_t DECIMAL(18, 4),
    lab VARCHAR,
    ad_pct DECIMAL(18, 6),
    std_pct DECIMAL(18, 6),
    vd_pct DECIMAL(18, 6),
    vdaf_pct DECIMAL(18, 6),
    qgr_d_mj_kg DECIMAL(18, 6),
    qnet_ar_mj_kg DECIMAL(18, 6),
    mt_pct DECIMAL(18, 6),
    pd_pct DECIMAL(18, 6),
    cld_pct DECIMAL(18, 6),
    asd_ugg DECIMAL(18, 6),
    hgd_ugg DECIMAL(18, 6),
    fd_ugg DECIMAL(18, 6),
    scc_n DECIMAL(18, 6),
    drop_strength_pct DECIMAL(18, 6),
    undersize_25mm_pct DECIMAL(18, 6),
    claimed_std_pct DECIMAL(18, 6),
    claimed_ad_pct DECIMAL(18, 6),
    claimed_qnet_ar_mj_kg DECIMAL(18, 6),
    reported_failed_items VARCHAR,
    reported_verdict VARCHAR,
    followup VARCHAR,
    routed_to VARCHAR,
    closed_on DATE,
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.inspection IS '抽检记录：散煤与洁净煤抽检，一行一个样品 | coal quality inspections, one row a sample | 限制';
COMMENT ON COLUMN coal.inspection.sample_id IS '抽样编号 | sample id';
COMMENT ON COLUMN coal.inspection.inspection_round IS '抽查批次 | round';
COMMENT ON COLUMN coal.inspection.stage IS '环节：production 生产，circulation 流通，use 使用 | stage: production, circulation, use';
COMMENT ON COLUMN coal.inspection.province_name IS '省名：所填文字 | province as written';
COMMENT ON COLUMN coal.inspection.city_name IS '市名：所填文字 | city as written';
COMMENT ON COLUMN coal.inspection.county_name IS '县名：所填文字 | county as written';
COMMENT ON COLUMN coal.inspection.entity_name IS '被抽样单位 | entity';
COMMENT ON COLUMN coal.inspection.entity_type IS '被抽样单位类型：producer 生产企业，user 重点用煤企业，market 经营市场，depot 配送网点，household 居民用户 | entity type: producer, user, market, depot, household';
COMMENT ON COLUMN coal.inspection.register_id IS '登记编号 | register id';
COMMENT ON COLUMN coal.inspection.product_type IS '产品类型：scattered_coal 民用散煤，honeycomb 蜂窝煤，briquette 其他型煤，commercial_coal 商品煤，lignite 褐煤，semi_coke 兰炭 | product: scattered_coal, honeycomb, briquette, commercial_coal, lignite, semi_coke';
COMMENT ON COLUMN coal.inspection.claimed_grade IS '明示等级或标准 | claimed grade';
COMMENT ON COLUMN coal.inspection.judged_by IS '判定依据 | judged by';
COMMENT ON COLUMN coal.inspection.distance_km IS '运距 | transport distance | km';
COMMENT ON COLUMN coal.inspection.exempt_use IS '豁免用途 | exempt use';
COMMENT ON COLUMN coal.inspection.sampled_on IS '抽样日期 | sampled on';
COMMENT ON COLUMN coal.inspection.sample_qty IS '抽样数量 | sample quantity';
COMMENT ON COLUMN coal.inspection.batch_t IS '代表批量 | batch | t';
COMMENT ON COLUMN coal.inspection.lab IS '检验机构 | laboratory';
COMMENT ON COLUMN coal.inspection.ad_pct IS '灰分：干基 Ad | ash, dry basis | %';
COMMENT ON COLUMN coal.inspection.std_pct IS '全硫：干基 Std | total sulfur, dry basis | %';
COMMENT ON COLUMN coal.inspection.vd_pct IS '挥发分Vd：干基 | volatile matter, dry basis | %';
COMMENT ON COLUMN coal.inspection.vdaf_pct IS '挥发分Vdaf：干燥无灰基 | volatile matter, dry ash-free basis | %';
COMMENT ON COLUMN coal.inspection.qgr_d_mj_kg IS '干基高位发热量：Qgr·d | gross calorific value, dry basis | MJ/kg';
COMMENT ON COLUMN coal.inspection.qnet_ar_mj_kg IS '收到基低位发热量：Qnet·ar | net calorific value as received | MJ/kg';
COMMENT ON COLUMN coal.inspection.mt_pct IS '全水：收到基 | total moisture | %';
COMMENT ON COLUMN coal.inspection.pd_pct IS '磷：干基 | phosphorus, dry basis | %';
COMMENT ON COLUMN coal.inspection.cld_pct IS '氯：干基 | chlorine, dry basis | %';
COMMENT ON COLUMN coal.inspection.asd_ugg IS '砷：干基 | arsenic, dry basis | µg/g';
COMMENT ON COLUMN coal.inspection.hgd_ugg IS '汞：干基 | mercury, dry basis | µg/g';
COMMENT ON COLUMN coal.inspection.fd_ugg IS '氟：干基 | fluorine, dry basis | µg/g';
COMMENT ON COLUMN coal.inspection.scc_n IS '冷压强度：每个 | cold crushing strength | N';
COMMENT ON COLUMN coal.inspection.drop_strength_pct IS '落下强度 | drop strength | %';
COMMENT ON COLUMN coal.inspection.undersize_25mm_pct IS '限下率 | undersize at 25 mm | %';
COMMENT ON COLUMN coal.inspection.claimed_std_pct IS '明示全硫 | claimed sulfur | %';
COMMENT ON COLUMN coal.inspection.claimed_ad_pct IS '明示灰分 | claimed ash | %';
COMMENT ON COLUMN coal.inspection.claimed_qnet_ar_mj_kg IS '明示发热量 | claimed net calorific value as received | MJ/kg';
COMMENT ON COLUMN coal.inspection.reported_failed_items IS '不合格项目 | failed items as reported';
COMMENT ON COLUMN coal.inspection.reported_verdict IS '原判：pass 合格，fail 不合格 | verdict as reported: pass, fail';
COMMENT ON COLUMN coal.inspection.followup IS '后处理 | follow-up';
COMMENT ON COLUMN coal.inspection.routed_to IS '移送部门 | routed to';
COMMENT ON COLUMN coal.inspection.closed_on IS '办结日期 | closed on';
COMMENT ON COLUMN coal.inspection.province_code IS '省代码 | province code';
COMMENT ON COLUMN coal.inspection.city_code IS '城市代码 | city code';
COMMENT ON COLUMN coal.inspection.county_code IS '县代码：GB/T 2260 | county code, GB/T 2260';
COMMENT ON COLUMN coal.inspection.sha256 IS '来源文件指纹 | SHA-256 of the source file';
COMMENT ON COLUMN coal.inspection.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.inspection.sheet_row IS '行号 | row of the sheet';

CREATE TABLE IF NOT EXISTS coal.register (
    register_id VARCHAR NOT NULL,
    entity_name VARCHAR NOT NULL,
    credit_code VARCHAR,
    stage VARCHAR NOT NULL,
    province_name VARCHAR,
    city_name VARCHAR NOT NULL,
    county_name VARCHAR,
    active_from DATE,
    active_until DATE,
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.register IS '涉煤单位名录：生产、经营、使用单位，抽检覆盖率的分母 | register of coal producers, sellers and users, the denominator of sampling coverage | 限制';
COMMENT ON COLUMN coal.register.register_id IS '登记编号 | register id';
COMMENT ON COLUMN coal.register.entity_name IS '单位名称 | entity';
COMMENT ON COLUMN coal.register.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN coal.register.stage IS '环节：production 生产，circulation 流通，use 使用 | stage: production, circulation, use';
COMMENT ON COLUMN coal.register.province_name IS '省名：所填文字 | province as written';
COMMENT ON COLUMN coal.register.city_name IS '市名：所填文字 | city as written';
COMMENT ON COLUMN coal.register.county_name IS '县名：所填文字 | county as written';
COMMENT ON COLUMN coal.register.active_from IS '启用日期 | active from';
COMMENT ON COLUMN coal.register.active_until IS '注销日期 | active until';
COMMENT ON COLUMN coal.register.province_code IS '省代码 | province code';
COMMENT ON COLUMN coal.register.city_code IS '城市代码 | city code';
COMMENT ON COLUMN coal.register.county_code IS '县代码：GB/T 2260 | county code, GB/T 2260';
COMMENT ON COLUMN coal.register.sha256 IS '来源文件指纹 | SHA-256 of the source file';
COMMENT ON COLUMN coal.register.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.register.sheet_row IS '行号 | row of the sheet';

CREATE TABLE IF NOT EXISTS coal.village (
    village_id VARCHAR NOT NULL,
    stat_year INTEGER NOT NULL,
    province_name VARCHAR,
    city_name VARCHAR NOT NULL,
    county_name VARCHAR NOT NULL,
    township VARCHAR,
    village_name VARCHAR NOT NULL,
    terrain VARCHAR,
    in_ban_zone BOOLEAN,
    n_households BIGINT NOT NULL,
    n_electricity BIGINT,
    n_gas BIGINT,
    n_heat BIGINT,
    n_clean_coal BIGINT,
    n_other_clean BIGINT,
    n_target BIGINT,
    n_done BIGINT,
    supply_ready BOOLEAN,
    heating_secured_on DATE,
    coal_removed_on DATE,
    coal_before_t DECIMAL(18, 4),
    coal_remaining_t DECIMAL(18, 4),
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.village IS '清洁取暖村级台账：一村一年一行 | clean heating, village ledger: one row a village and year | 内部';
COMMENT ON COLUMN coal.village.village_id IS '村编号 | village id';
COMMENT ON COLUMN coal.village.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.village.province_name IS '省名：所填文字 | province as written';
COMMENT ON COLUMN coal.village.city_name IS '市名：所填文字 | city as written';
COMMENT ON COLUMN coal.village.county_name IS '县名：所填文字 | county as written';
COMMENT ON COLUMN coal.village.township IS '乡镇 | township';
COMMENT ON COLUMN coal.village.village_name IS '村名 | village';
COMMENT ON COLUMN coal.village.terrain IS '地形：plain 平原，mountain 山区 | terrain: plain, mountain';
COMMENT ON COLUMN coal.village.in_ban_zone IS '禁燃区内 | in the ban zone';
COMMENT ON COLUMN coal.village.n_households IS '总户数 | households';
COMMENT ON COLUMN coal.village.n_electricity IS '电代煤户数 | by electricity';
COMMENT ON COLUMN coal.village.n_gas IS '气代煤户数 | by gas';
COMMENT ON COLUMN coal.village.n_heat IS '集中供热户数 | by district heat';
COMMENT ON COLUMN coal.village.n_clean_coal IS '洁净煤户数 | by clean coal';
COMMENT ON COLUMN coal.village.n_other_clean IS '其他清洁户数 | by other clean means';
COMMENT ON COLUMN coal.village.n_target IS '替代任务户数 | households to replace this year';
COMMENT ON COLUMN coal.village.n_done IS '已完成户数 | households replaced this year';
COMMENT ON COLUMN coal.village.supply_ready IS '供应已落实 | supply ready';
COMMENT ON COLUMN coal.village.heating_secured_on IS '取暖保障日期：先立后破，应不晚于散煤清理 | heating secured on';
COMMENT ON COLUMN coal.village.coal_removed_on IS '散煤清理日期 | coal removed on';
COMMENT ON COLUMN coal.village.coal_before_t IS '改造前年用煤量 | coal used before per year | t';
COMMENT ON COLUMN coal.village.coal_remaining_t IS '现年用煤量 | coal still used per year | t';
COMMENT ON COLUMN coal.village.province_code IS '省代码 | province code';
COMMENT ON COLUMN coal.village.city_code IS '城市代码 | city code';
COMMENT ON COLUMN coal.village.county_code IS '县代码：GB/T 2260 | county code, GB/T 2260';
COMMENT ON COLUMN coal.village.sha256 IS '来源文件指纹 | SHA-256 of the source file';
COMMENT ON COLUMN coal.village.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.village.sheet_row IS '行号 | row of the sheet';

CREATE TABLE IF NOT EXISTS coal.household (
    household_id VARCHAR NOT NULL,
    village_id VARCHAR NOT NULL,
    province_name VARCHAR,
    city_name VARCHAR,
    county_name VARCHAR,
    heating VARCHAR NOT NULL,
    heating_secured_on DATE,
    coal_removed_on DATE,
    coal_before_t DECIMAL(18, 4),
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.household IS '清洁取暖分户台账：一户一行，不收户主姓名 | clean heating, household ledger: one row a household, no names of persons | 限制';
COMMENT ON COLUMN coal.household.household_id IS '户编号 | household id';
COMMENT ON COLUMN coal.household.village_id IS '村编号 | village id';
COMMENT ON COLUMN coal.household.province_name IS '省名：所填文字 | province as written';
COMMENT ON COLUMN coal.household.city_name IS '市名：所填文字 | city as written';
COMMENT ON COLUMN coal.household.county_name IS '县名：所填文字 | county as written';
COMMENT ON COLUMN coal.household.heating IS '取暖方式：electricity 电，gas 气，heat 集中供热，clean_coal 洁净煤，other_clean 其他清洁，scattered_coal 散煤 | heating: electricity, gas, heat, clean_coal, other_clean, scattered_coal';
COMMENT ON COLUMN coal.household.heating_secured_on IS '取暖保障日期：先立后破，应不晚于散煤清理 | heating secured on';
COMMENT ON COLUMN coal.household.coal_removed_on IS '散煤清理日期 | coal removed on';
COMMENT ON COLUMN coal.household.coal_before_t IS '改造前年用煤量 | coal used before per year | t';
COMMENT ON COLUMN coal.household.province_code IS '省代码 | province code';
COMMENT ON COLUMN coal.household.city_code IS '城市代码 | city code';
COMMENT ON COLUMN coal.household.county_code IS '县代码：GB/T 2260 | county code, GB/T 2260';
COMMENT ON COLUMN coal.household.sha256 IS '来源文件指纹 | SHA-256 of the source file';
COMMENT ON COLUMN coal.household.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.household.sheet_row IS '行号 | row of the sheet';

CREATE TABLE IF NOT EXISTS coal.relapse_visit (
    village_id VARCHAR NOT NULL,
    household_id VARCHAR,
    visited_on DATE NOT NULL,
    n_visited BIGINT NOT NULL,
    n_relapsed BIGINT NOT NULL,
    action VARCHAR,
    closed_on DATE,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.relapse_visit IS '复燃回访：一次回访一行 | visits for return to coal, one row a visit | 限制';
COMMENT ON COLUMN coal.relapse_visit.village_id IS '村编号 | village id';
COMMENT ON COLUMN coal.relapse_visit.household_id IS '户编号 | household id';
COMMENT ON COLUMN coal.relapse_visit.visited_on IS '回访日期 | visited on';
COMMENT ON COLUMN coal.relapse_visit.n_visited IS '回访户数 | households visited';
COMMENT ON COLUMN coal.relapse_visit.n_relapsed IS '复燃户数 | households back to coal';
COMMENT ON COLUMN coal.relapse_visit.action IS '处理情况 | action';
COMMENT ON COLUMN coal.relapse_visit.closed_on IS '整改完成日期 | closed on';
COMMENT ON COLUMN coal.relapse_visit.sha256 IS '来源文件指纹 | SHA-256 of the source file';
COMMENT ON COLUMN coal.relapse_visit.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.relapse_visit.sheet_row IS '行号 | row of the sheet';

-- 无主键：索引使重算慢三倍，唯一由核查保证 | no primary key: its index makes a rebuild three times as slow; a check holds it unique
CREATE TABLE IF NOT EXISTS coal.inspection_item_check (
    sample_id VARCHAR NOT NULL,
    standard VARCHAR NOT NULL,
    grade VARCHAR NOT NULL,
    condition VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    symbol VARCHAR,
    basis VARCHAR NOT NULL,
    unit VARCHAR,
    operator VARCHAR NOT NULL,
    limit_value DECIMAL(18, 6),
    claimed_value DECIMAL(18, 6),
    judged_limit DECIMAL(18, 6),
    limit_by VARCHAR NOT NULL,
    digits INTEGER,
    measured DECIMAL(18, 6),
    rounded DECIMAL(18, 6),
    by_rounding BOOLEAN NOT NULL,
    required BOOLEAN NOT NULL,
    verdict VARCHAR NOT NULL,
    clause VARCHAR,
    source VARCHAR,
    verified BOOLEAN NOT NULL
);
COMMENT ON TABLE coal.inspection_item_check IS '抽检项目判定：样品×标准等级×项目，逐项与限值比较 | each item of a sample against each limit that applies | 限制';
COMMENT ON COLUMN coal.inspection_item_check.sample_id IS '抽样编号 | sample id';
COMMENT ON COLUMN coal.inspection_item_check.standard IS '标准：claim 为仅按明示值 | standard; claim where only the stated value binds';
COMMENT ON COLUMN coal.inspection_item_check.grade IS '等级 | grade';
COMMENT ON COLUMN coal.inspection_item_check.condition IS '适用条件：none 无，distance_over_600km 运距超过600公里 | condition the limit applies under';
COMMENT ON COLUMN coal.inspection_item_check.item IS '检验项目 | item';
COMMENT ON COLUMN coal.inspection_item_check.symbol IS '符号 | symbol';
COMMENT ON COLUMN coal.inspection_item_check.basis IS '基准：d 干基，ar 收到基，daf 干燥无灰基，none 不适用 | basis: dry, as received, dry ash-free, none';
COMMENT ON COLUMN coal.inspection_item_check.unit IS '计量单位 | unit of the limit';
COMMENT ON COLUMN coal.inspection_item_check.operator IS '方向：max 不高于，min 不低于，none 无限值 | direction: at most, at least, none';
COMMENT ON COLUMN coal.inspection_item_check.limit_value IS '标准限值：仅按明示值时为空 | limit of the standard; NULL where only the stated value binds';
COMMENT ON COLUMN coal.inspection_item_check.claimed_value IS '明示值 | value stated by the seller';
COMMENT ON COLUMN coal.inspection_item_check.judged_limit IS '判定限值：限值与明示值按规则取一，无限值时为空 | limit judged by: of standard and statement the one the rules take';
COMMENT ON COLUMN coal.inspection_item_check.limit_by IS '判定限值来源：standard 标准，claim 明示，none 无限值 | where that limit comes from: standard, claim or none';
COMMENT ON COLUMN coal.inspection_item_check.digits IS '限值小数位 | decimals of the limit';
COMMENT ON COLUMN coal.inspection_item_check.measured IS '实测值：未修约 | measured value, not rounded';
COMMENT ON COLUMN coal.inspection_item_check.rounded IS '修约值：修约到限值位数 | measured value rounded to the decimals of the limit';
COMMENT ON COLUMN coal.inspection_item_check.by_rounding IS '由修约决定：不修约则结论相反 | the outcome rests on rounding';
COMMENT ON COLUMN coal.inspection_item_check.required IS '必检 | the item has to be tested';
COMMENT ON COLUMN coal.inspection_item_check.verdict IS '结论：pass 合格，fail 不合格，unverified_pass 待核实合格，unverified_fail 待核实不合格，missing 未检，basis_differs 基准不符未比较，no_limit 无限值 | verdict; unverified where the limit is not verified; missing, on another basis or without a limit: not compared';
COMMENT ON COLUMN coal.inspection_item_check.clause IS '条款 | clause';
COMMENT ON COLUMN coal.inspection_item_check.source IS '出处 | source';
COMMENT ON COLUMN coal.inspection_item_check.verified IS '限值已核实 | the limit is verified';

CREATE TABLE IF NOT EXISTS coal.inspection_check (
    sample_id VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    province_code VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    entity_name VARCHAR,
    register_id VARCHAR,
    product_type VARCHAR NOT NULL,
    sampled_on DATE NOT NULL,
    stat_year INTEGER NOT NULL,
    quarter VARCHAR NOT NULL,
    batch_t DECIMAL(18, 4),
    standards VARCHAR,
    n_items INTEGER NOT NULL,
    n_failed INTEGER NOT NULL,
    failed_items VARCHAR,
    missing_items VARCHAR,
    untested_items VARCHAR,
    basis_items VARCHAR,
    verdict VARCHAR NOT NULL,
    basic_verdict VARCHAR,
    long_haul_verdict VARCHAR,
    unverified BOOLEAN NOT NULL,
    reported_verdict VARCHAR,
    differs BOOLEAN,
    route VARCHAR,
    route_clause VARCHAR,
    failing BOOLEAN NOT NULL,
    is_open BOOLEAN NOT NULL,
    closed_on DATE,
    days_open INTEGER,
    reason_zh VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL,
    as_of_day DATE NOT NULL,
    PRIMARY KEY (sample_id)
);
COMMENT ON TABLE coal.inspection_check IS '抽检判定：一行一个样品，一项不合格则该批不合格 | verdict on each sample: one failed item fails the batch | 限制';
COMMENT ON COLUMN coal.inspection_check.sample_id IS '抽样编号 | sample id';
COMMENT ON COLUMN coal.inspection_check.stage IS '环节：production 生产，circulation 流通，use 使用 | stage: production, circulation, use';
COMMENT ON COLUMN coal.inspection_check.province_code IS '省代码 | province code';
COMMENT ON COLUMN coal.inspection_check.city_code IS '城市代码 | city code';
COMMENT ON COLUMN coal.inspection_check.county_code IS '县代码 | county code';
COMMENT ON COLUMN coal.inspection_check.entity_name IS '被抽样单位 | entity';
COMMENT ON COLUMN coal.inspection_check.register_id IS '登记编号：名录中查得者 | entry of the register it was found under';
COMMENT ON COLUMN coal.inspection_check.product_type IS '产品类型 | product';
COMMENT ON COLUMN coal.inspection_check.sampled_on IS '抽样日期 | sampled on';
COMMENT ON COLUMN coal.inspection_check.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.inspection_check.quarter IS '季度 | quarter';
COMMENT ON COLUMN coal.inspection_check.batch_t IS '代表批量 | batch | t';
COMMENT ON COLUMN coal.inspection_check.standards IS '适用标准与等级：分号隔开，竖线为未明示等级的各候选 | standards and grades applied; grades in question where none was stated';
COMMENT ON COLUMN coal.inspection_check.n_items IS '比较项数 | items compared';
COMMENT ON COLUMN coal.inspection_check.n_failed IS '不合格项数 | items failed';
COMMENT ON COLUMN coal.inspection_check.failed_items IS '不合格项 | items failed, comma separated';
COMMENT ON COLUMN coal.inspection_check.missing_items IS '未检必检项 | required items not tested';
COMMENT ON COLUMN coal.inspection_check.untested_items IS '未检其他项 | other items of the standard not tested';
COMMENT ON COLUMN coal.inspection_check.basis_items IS '基准不符项 | items reported on another basis, not compared';
COMMENT ON COLUMN coal.inspection_check.verdict IS '判定：pass 合格，fail 不合格，insufficient 不足以判定，unverified_pass 待核实合格，unverified_fail 待核实不合格，not_judged 不判定 | verdict: pass, fail, insufficient, unverified_pass, unverified_fail, not_judged';
COMMENT ON COLUMN coal.inspection_check.basic_verdict IS '基本条款判定：不计运距附加条款 | verdict without the conditions for long hauls';
COMMENT ON COLUMN coal.inspection_check.long_haul_verdict IS '远距离条款判定：仅运距超过600公里 | verdict by the conditions for hauls over 600 km';
COMMENT ON COLUMN coal.inspection_check.unverified IS '待核实：所用限值或规则未核实 | rests on a limit or rule that is not verified';
COMMENT ON COLUMN coal.inspection_check.reported_verdict IS '原判：pass 合格，fail 不合格 | verdict as reported';
COMMENT ON COLUMN coal.inspection_check.differs IS '与原判不一 | the two verdicts differ';
COMMENT ON COLUMN coal.inspection_check.route IS '处理部门：market_regulation 市场监管，ecology_environment 生态环境 | authority a failure goes to';
COMMENT ON COLUMN coal.inspection_check.route_clause IS '移送依据 | clause it goes there by';
COMMENT ON COLUMN coal.inspection_check.failing IS '不合格 | treated as a failure: judged so, or reported so';
COMMENT ON COLUMN coal.inspection_check.is_open IS '未办结 | a failure not closed';
COMMENT ON COLUMN coal.inspection_check.closed_on IS '办结日期 | closed on';
COMMENT ON COLUMN coal.inspection_check.days_open IS '历时天数：自抽样至办结或截至日 | days from sampling to closing or to the as-of day';
COMMENT ON COLUMN coal.inspection_check.reason_zh IS '理由 | reason';
COMMENT ON COLUMN coal.inspection_check.reason_en IS '理由 | reason';
COMMENT ON COLUMN coal.inspection_check.as_of_day IS '截至日 | as-of day';

CREATE TABLE IF NOT EXISTS coal.inspection_rate (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    period_kind VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    product_type VARCHAR NOT NULL,
    n_samples INTEGER NOT NULL,
    n_inspected INTEGER NOT NULL,
    n_passed INTEGER NOT NULL,
    n_failed INTEGER NOT NULL,
    n_unverified INTEGER NOT NULL,
    n_insufficient INTEGER NOT NULL,
    n_not_judged INTEGER NOT NULL,
    pass_rate_pct DOUBLE,
    n_reported INTEGER NOT NULL,
    n_reported_passed INTEGER NOT NULL,
    reported_rate_pct DOUBLE,
    n_differs INTEGER NOT NULL,
    n_open INTEGER NOT NULL,
    n_registered INTEGER,
    n_entities INTEGER NOT NULL,
    n_unregistered INTEGER NOT NULL,
    coverage_pct DOUBLE,
    as_of_day DATE NOT NULL,
    PRIMARY KEY (area_kind, area_code, period_kind, period, stage, product_type)
);
COMMENT ON TABLE coal.inspection_rate IS '抽检合格率与覆盖率：按地区、环节、季度与年 | pass rates and sampling coverage by area, stage, quarter and year | 内部';
COMMENT ON COLUMN coal.inspection_rate.area_kind IS '对象类别：county 县，city 市，province 省，region 区域 | kind of area: county, city, province, region';
COMMENT ON COLUMN coal.inspection_rate.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN coal.inspection_rate.period_kind IS '时段类别：quarter 季度，year 年 | kind of period: quarter, year';
COMMENT ON COLUMN coal.inspection_rate.period IS '时段 | period';
COMMENT ON COLUMN coal.inspection_rate.stage IS '环节：all 为各环节合计 | stage; all is their sum';
COMMENT ON COLUMN coal.inspection_rate.product_type IS '产品类型：all 为合计 | product; all is their sum';
COMMENT ON COLUMN coal.inspection_rate.n_samples IS '样品数 | samples';
COMMENT ON COLUMN coal.inspection_rate.n_inspected IS '判定样品数：合格与不合格，含待核实 | samples judged: passed and failed, unverified included';
COMMENT ON COLUMN coal.inspection_rate.n_passed IS '合格数 | passed';
COMMENT ON COLUMN coal.inspection_rate.n_failed IS '不合格数 | failed';
COMMENT ON COLUMN coal.inspection_rate.n_unverified IS '待核实数：已含于合格与不合格 | judged by unverified limits, contained in the two';
COMMENT ON COLUMN coal.inspection_rate.n_insufficient IS '不足以判定数 | insufficient';
COMMENT ON COLUMN coal.inspection_rate.n_not_judged IS '不判定数 | not judged';
COMMENT ON COLUMN coal.inspection_rate.pass_rate_pct IS '合格率 | pass rate | %';
COMMENT ON COLUMN coal.inspection_rate.n_reported IS '有原判数 | samples with a reported verdict';
COMMENT ON COLUMN coal.inspection_rate.n_reported_passed IS '原判合格数 | passed as reported';
COMMENT ON COLUMN coal.inspection_rate.reported_rate_pct IS '原判合格率 | pass rate as reported | %';
COMMENT ON COLUMN coal.inspection_rate.n_differs IS '与原判不一数 | verdicts that differ from the reported one';
COMMENT ON COLUMN coal.inspection_rate.n_open IS '未办结数 | failures not closed';
COMMENT ON COLUMN coal.inspection_rate.n_registered IS '在册单位数：时段内启用，不分产品 | entities active in the register in the period, of all products';
COMMENT ON COLUMN coal.inspection_rate.n_entities IS '被抽在册单位数 | registered entities sampled';
COMMENT ON COLUMN coal.inspection_rate.n_unregistered IS '被抽未在册单位数 | entities sampled that are not in the register';
COMMENT ON COLUMN coal.inspection_rate.coverage_pct IS '抽检覆盖率：被抽在册单位÷在册单位 | registered entities sampled over those registered | %';
COMMENT ON COLUMN coal.inspection_rate.as_of_day IS '截至日 | as-of day';

CREATE TABLE IF NOT EXISTS coal.household_progress (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    stat_year INTEGER NOT NULL,
    terrain VARCHAR NOT NULL,
    n_villages INTEGER NOT NULL,
    n_households BIGINT NOT NULL,
    n_electricity BIGINT NOT NULL,
    n_gas BIGINT NOT NULL,
    n_heat BIGINT NOT NULL,
    n_clean_coal BIGINT NOT NULL,
    n_other_clean BIGINT NOT NULL,
    n_rest BIGINT NOT NULL,
    n_target BIGINT NOT NULL,
    n_done_reported BIGINT NOT NULL,
    n_done BIGINT NOT NULL,
    done_pct DOUBLE,
    time_share_pct DOUBLE NOT NULL,
    clean_heating_pct DOUBLE,
    with_clean_coal_pct DOUBLE,
    verdict VARCHAR NOT NULL,
    coal_before_t DECIMAL(22, 4),
    coal_remaining_t DECIMAL(22, 4),
    coal_cut_t DECIMAL(22, 4),
    n_villages_coal INTEGER NOT NULL,
    n_order_violations INTEGER NOT NULL,
    n_order_unknown INTEGER NOT NULL,
    n_supply_not_ready INTEGER NOT NULL,
    n_ban_zone_villages INTEGER NOT NULL,
    n_ban_zone_coal INTEGER NOT NULL,
    n_visited BIGINT NOT NULL,
    n_relapsed BIGINT NOT NULL,
    n_relapse_open BIGINT NOT NULL,
    relapse_pct DOUBLE,
    n_ledger BIGINT NOT NULL,
    n_ledger_done BIGINT NOT NULL,
    n_ledger_order BIGINT NOT NULL,
    n_ledger_differs INTEGER NOT NULL,
    n_double INTEGER NOT NULL,
    as_of_day DATE NOT NULL,
    PRIMARY KEY (area_kind, area_code, stat_year, terrain)
);
COMMENT ON TABLE coal.household_progress IS '清洁取暖进度：村、县、市、省、区域按年 | household replacement by village, county, city, province, region and year | 内部';
COMMENT ON COLUMN coal.household_progress.area_kind IS '对象类别：village 村，county 县，city 市，province 省，region 区域 | kind of area: village, county, city, province, region';
COMMENT ON COLUMN coal.household_progress.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN coal.household_progress.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.household_progress.terrain IS '地形：plain 平原，mountain 山区，unknown 未填，all 合计 | terrain: plain, mountain, unknown, all';
COMMENT ON COLUMN coal.household_progress.n_villages IS '村数 | villages';
COMMENT ON COLUMN coal.household_progress.n_households IS '总户数 | households';
COMMENT ON COLUMN coal.household_progress.n_electricity IS '电代煤户数 | by electricity';
COMMENT ON COLUMN coal.household_progress.n_gas IS '气代煤户数 | by gas';
COMMENT ON COLUMN coal.household_progress.n_heat IS '集中供热户数 | by district heat';
COMMENT ON COLUMN coal.household_progress.n_clean_coal IS '洁净煤户数 | by clean coal';
COMMENT ON COLUMN coal.household_progress.n_other_clean IS '其他清洁户数 | by other clean means';
COMMENT ON COLUMN coal.household_progress.n_rest IS '其余户数：总户数减以上各类 | households left: all less the kinds above';
COMMENT ON COLUMN coal.household_progress.n_target IS '替代任务户数 | households to replace this year';
COMMENT ON COLUMN coal.household_progress.n_done_reported IS '上报完成户数 | households replaced as reported';
COMMENT ON COLUMN coal.household_progress.n_done IS '完成户数：扣除未整改复燃 | households replaced, less those back to coal';
COMMENT ON COLUMN coal.household_progress.done_pct IS '完成率 | share of the year''s task | %';
COMMENT ON COLUMN coal.household_progress.time_share_pct IS '序时进度：已过整月÷12 | elapsed whole months of the year | %';
COMMENT ON COLUMN coal.household_progress.clean_heating_pct IS '清洁取暖率：电、气、热、其他，扣除未整改复燃 | share by electricity, gas, heat, other clean means, less those back to coal | %';
COMMENT ON COLUMN coal.household_progress.with_clean_coal_pct IS '含洁净煤取暖率 | the same with clean coal counted | %';
COMMENT ON COLUMN coal.household_progress.verdict IS '结论：done 完成，on_schedule 达序时，behind 滞后，not_done 未完成，no_target 无任务，insufficient 数据不足 | verdict: done, on_schedule, behind, not_done, no_target, insufficient';
COMMENT ON COLUMN coal.household_progress.coal_before_t IS '改造前年用煤量：两项都有的村 | coal used before, villages that give both | t';
COMMENT ON COLUMN coal.household_progress.coal_remaining_t IS '现年用煤量：两项都有的村 | coal still used, villages that give both | t';
COMMENT ON COLUMN coal.household_progress.coal_cut_t IS '散煤削减量 | coal cut | t';
COMMENT ON COLUMN coal.household_progress.n_villages_coal IS '用煤量齐全村数 | villages that give both amounts';
COMMENT ON COLUMN coal.household_progress.n_order_violations IS '先破后立村数：保障前清煤 | villages where coal was removed before heating was secured';
COMMENT ON COLUMN coal.household_progress.n_order_unknown IS '先立后破待查村数：已清煤而无保障日期 | villages with coal removed and no date of secured heating';
COMMENT ON COLUMN coal.household_progress.n_supply_not_ready IS '供应未落实村数 | villages whose supply is not ready';
COMMENT ON COLUMN coal.household_progress.n_ban_zone_villages IS '禁燃区村数 | villages in the ban zone';
COMMENT ON COLUMN coal.household_progress.n_ban_zone_coal IS '禁燃区仍用煤村数 | villages in the ban zone still using coal';
COMMENT ON COLUMN coal.household_progress.n_visited IS '回访户次：村合计各次相加，分户一年计一次 | visits to households: village totals add up, a household counts once a year';
COMMENT ON COLUMN coal.household_progress.n_relapsed IS '复燃户次：计法同回访户次 | findings of a return to coal, counted as visits are';
COMMENT ON COLUMN coal.household_progress.n_relapse_open IS '未整改复燃户数 | households back to coal, not mended';
COMMENT ON COLUMN coal.household_progress.relapse_pct IS '复燃率 | households back to coal over those visited | %';
COMMENT ON COLUMN coal.household_progress.n_ledger IS '分户台账户数 | households in the ledger';
COMMENT ON COLUMN coal.household_progress.n_ledger_done IS '分户台账当年完成户数 | households of the ledger whose coal was removed in the year';
COMMENT ON COLUMN coal.household_progress.n_ledger_order IS '分户先破后立户数 | households of the ledger whose coal was removed before heating was secured';
COMMENT ON COLUMN coal.household_progress.n_ledger_differs IS '台账与村表不符村数 | villages whose ledger does not agree with the village row';
COMMENT ON COLUMN coal.household_progress.n_double IS '重复行数：同村同年或同户多行，只计一行 | rows of a village or household given more than once, counted once';
COMMENT ON COLUMN coal.household_progress.as_of_day IS '截至日 | as-of day';

CREATE TABLE IF NOT EXISTS coal.emission_estimate (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    stat_year INTEGER NOT NULL,
    activity VARCHAR NOT NULL,
    burning VARCHAR NOT NULL,
    fuel_group VARCHAR NOT NULL,
    pollutant VARCHAR NOT NULL,
    coal_t DECIMAL(22, 4) NOT NULL,
    method VARCHAR NOT NULL,
    low_t DECIMAL(22, 4),
    high_t DECIMAL(22, 4),
    formula_t DECIMAL(22, 4),
    factor_low DECIMAL(18, 6),
    factor_high DECIMAL(18, 6),
    n_sources INTEGER NOT NULL,
    sources VARCHAR,
    single_source BOOLEAN NOT NULL,
    sulfur_pct DECIMAL(18, 6),
    sulfur_basis VARCHAR,
    n_samples INTEGER,
    assumed BOOLEAN NOT NULL,
    verified BOOLEAN NOT NULL,
    note_zh VARCHAR,
    note_en VARCHAR,
    as_of_day DATE NOT NULL,
    PRIMARY KEY (area_kind, area_code, stat_year, activity, burning, fuel_group, pollutant)
);
COMMENT ON TABLE coal.emission_estimate IS '减排量估算：少烧的煤对应的排放，范围为各来源的最低与最高 | emissions avoided by coal not burnt; the range is that of the sources | 内部';
COMMENT ON COLUMN coal.emission_estimate.area_kind IS '对象类别：region 区域，province 省，city 城市，unit 考核单元，county 区县 | kind of area';
COMMENT ON COLUMN coal.emission_estimate.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN coal.emission_estimate.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.emission_estimate.activity IS '活动：household 清洁取暖，其余为所给名称 | activity: household, else the name given';
COMMENT ON COLUMN coal.emission_estimate.burning IS '燃烧方式：residential 民用，grate 层燃炉，pulverised 煤粉炉 | burning: residential, grate, pulverised';
COMMENT ON COLUMN coal.emission_estimate.fuel_group IS '燃料类别：bulk 散煤，briquette 型煤 | fuel: bulk, briquette';
COMMENT ON COLUMN coal.emission_estimate.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN coal.emission_estimate.coal_t IS '少烧煤量 | coal not burnt | t';
COMMENT ON COLUMN coal.emission_estimate.method IS '方法：sulfur_balance 硫平衡，ipcc 缺省碳含量，factor_range 因子范围 | method: sulfur balance, IPCC form, range of factors';
COMMENT ON COLUMN coal.emission_estimate.low_t IS '低值 | low | t';
COMMENT ON COLUMN coal.emission_estimate.high_t IS '高值 | high | t';
COMMENT ON COLUMN coal.emission_estimate.formula_t IS '公式值：仅硫平衡与 CO2 | by the formula, only sulfur balance and CO2 | t';
COMMENT ON COLUMN coal.emission_estimate.factor_low IS '低因子 | lowest factor | kg/t';
COMMENT ON COLUMN coal.emission_estimate.factor_high IS '高因子 | highest factor | kg/t';
COMMENT ON COLUMN coal.emission_estimate.n_sources IS '来源数 | sources';
COMMENT ON COLUMN coal.emission_estimate.sources IS '来源：分号隔开 | sources, separated by semicolons';
COMMENT ON COLUMN coal.emission_estimate.single_source IS '仅一个来源：低值等于高值，不可作范围 | only one source: low equals high and is no range';
COMMENT ON COLUMN coal.emission_estimate.sulfur_pct IS '全硫：收到基 | total sulfur as received | %';
COMMENT ON COLUMN coal.emission_estimate.sulfur_basis IS '硫分依据：inspections 本地区抽检中位数，inspections_province 全省抽检中位数，assumed 假定，given 所给 | where sulfur comes from: median of the inspections of the area, of the province, assumed, given';
COMMENT ON COLUMN coal.emission_estimate.n_samples IS '硫分样品数 | samples behind it';
COMMENT ON COLUMN coal.emission_estimate.assumed IS '含假定 | rests on an assumption';
COMMENT ON COLUMN coal.emission_estimate.verified IS '已核实 | every factor is verified';
COMMENT ON COLUMN coal.emission_estimate.note_zh IS '说明 | note';
COMMENT ON COLUMN coal.emission_estimate.note_en IS '说明 | note';
COMMENT ON COLUMN coal.emission_estimate.as_of_day IS '截至日 | as-of day';
