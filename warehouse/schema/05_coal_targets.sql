-- Coal targets: what was asked, how it stands, the panel of firms, early warning and who contributes.
CREATE SCHEMA IF NOT EXISTS coal;

CREATE TABLE IF NOT EXISTS coal.target (
    target_id VARCHAR NOT NULL,
    area_kind VARCHAR,
    area_code VARCHAR NOT NULL,
    area_name VARCHAR,
    stat_year INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    basis VARCHAR,
    exclusions VARCHAR,
    target_t DECIMAL(18,4),
    target_pct DOUBLE,
    target_state VARCHAR,
    target_value DECIMAL(18,6),
    metric VARCHAR,
    baseline_year INTEGER,
    baseline_t DECIMAL(18,4),
    document_no VARCHAR,
    clause VARCHAR,
    source VARCHAR,
    verified BOOLEAN,
    note VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.target IS '煤炭消费目标：下达或公布的控制任务；sha256 为空者来自本系统的事实表 | coal targets as set or published; without sha256: from the fact tables of this system | 公开';
COMMENT ON COLUMN coal.target.target_id IS '目标编号 | target';
COMMENT ON COLUMN coal.target.area_kind IS '对象类别：region 区域，province 省，city 城市，unit 考核单元，county 区县 | kind of area';
COMMENT ON COLUMN coal.target.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN coal.target.area_name IS '对象名称 | name of the area';
COMMENT ON COLUMN coal.target.stat_year IS '目标年 | year of the target';
COMMENT ON COLUMN coal.target.kind IS '目标类型：cap 不超过，cut 削减量，percent 相对变化，negative_growth 负增长，state 状态要求 | kind: cap, cut, percent, negative growth, state';
COMMENT ON COLUMN coal.target.scope IS '口径：society 全社会，above_scale 规上工业，above_scale_non_power 规上工业非电，scattered 散煤 | scope';
COMMENT ON COLUMN coal.target.basis IS '计量：t 实物量，tce 标准量；空为实物量 | basis: physical or standard coal; empty: physical';
COMMENT ON COLUMN coal.target.exclusions IS '剔除项：feedstock 原料用煤，gangue 煤矸石，unit:名称；none 明示不剔除；空为文件未写明 | left out of the assessment; none: stated that nothing is; empty: not stated';
COMMENT ON COLUMN coal.target.target_t IS '目标量（标准量目标为吨标准煤） | target quantity (tonnes of standard coal where the basis is tce) | t';
COMMENT ON COLUMN coal.target.target_pct IS '目标变化率（下降为负） | target change, a fall is negative | %';
COMMENT ON COLUMN coal.target.target_state IS '状态要求 | state wanted, as written';
COMMENT ON COLUMN coal.target.target_value IS '状态目标值 | value of the state wanted, in the unit of the metric';
COMMENT ON COLUMN coal.target.metric IS '状态指标：clean_heating_pct 清洁取暖率，scattered_coal_t 散煤量，households 替代户数 | metric of the state: clean-heating rate, scattered coal, households';
COMMENT ON COLUMN coal.target.baseline_year IS '基准年（空为上年） | baseline year, empty: the year before';
COMMENT ON COLUMN coal.target.baseline_t IS '基准量（文件写明的；空则取库内数） | baseline as written in the document; empty: from the warehouse | t';
COMMENT ON COLUMN coal.target.document_no IS '文号 | document';
COMMENT ON COLUMN coal.target.clause IS '条款 | clause';
COMMENT ON COLUMN coal.target.source IS '来源 | source';
COMMENT ON COLUMN coal.target.verified IS '已核原文（导入的目标为空，按本单位文件对待） | read in the official text; empty for imported targets, which are the bureau''s own';
COMMENT ON COLUMN coal.target.note IS '备注 | note';
COMMENT ON COLUMN coal.target.sha256 IS '文件内容指纹 | SHA-256 of the file';
COMMENT ON COLUMN coal.target.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.target.sheet_row IS '表中行号 | row of the sheet';

CREATE TABLE IF NOT EXISTS coal.target_check (
    target_id VARCHAR NOT NULL,
    as_of_month VARCHAR NOT NULL,
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    area_name VARCHAR,
    stat_year INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    metric VARCHAR,
    scope VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    exclusions VARCHAR,
    perimeter VARCHAR,
    baseline_perimeter VARCHAR,
    actual_exclusions VARCHAR,
    baseline_exclusions VARCHAR,
    origin VARCHAR,
    baseline_origin VARCHAR,
    vintage VARCHAR,
    baseline_vintage VARCHAR,
    period_kind VARCHAR,
    period VARCHAR,
    baseline_period VARCHAR,
    months_elapsed INTEGER,
    year_finished BOOLEAN NOT NULL,
    target_amount DECIMAL(22,6),
    actual_amount DECIMAL(22,6),
    month_amount DECIMAL(22,6),
    month_then_amount DECIMAL(22,6),
    baseline_amount DECIMAL(22,6),
    baseline_year_amount DECIMAL(22,6),
    change_amount DECIMAL(22,6),
    change_pct DOUBLE,
    growth VARCHAR,
    limit_amount DECIMAL(22,6),
    task_amount DECIMAL(22,6),
    achieved_amount DECIMAL(22,6),
    task_share_pct DOUBLE,
    time_share_linear_pct DOUBLE,
    time_share_profile_pct DOUBLE,
    linear_amount DECIMAL(22,6),
    profile_amount DECIMAL(22,6),
    line_form VARCHAR,
    linear_verdict VARCHAR,
    profile_verdict VARCHAR,
    ruling_line VARCHAR,
    ruling_zh VARCHAR,
    ruling_en VARCHAR,
    rest_amount DECIMAL(22,6),
    rest_months INTEGER,
    rest_month_amount DECIMAL(22,6),
    projection_method VARCHAR,
    projected_base_amount DECIMAL(22,6),
    new_projects_amount DECIMAL(22,6),
    n_new_projects INTEGER,
    projected_amount DECIMAL(22,6),
    projected_verdict VARCHAR,
    gross_actual_amount DECIMAL(22,6),
    gross_baseline_amount DECIMAL(22,6),
    gross_change_pct DOUBLE,
    gross_verdict VARCHAR,
    assessed_exclusions VARCHAR,
    assessed_actual_amount DECIMAL(22,6),
    assessed_baseline_amount DECIMAL(22,6),
    assessed_change_pct DOUBLE,
    assessed_verdict VARCHAR,
    other_basis VARCHAR,
    other_actual_amount DECIMAL(22,6),
    other_baseline_amount DECIMAL(22,6),
    other_change_pct DOUBLE,
    other_growth VARCHAR,
    n_firms INTEGER,
    n_expected INTEGER,
    coverage_pct DOUBLE,
    verified BOOLEAN NOT NULL,
    verdict VARCHAR NOT NULL,
    result VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    verdict_zh VARCHAR NOT NULL,
    verdict_en VARCHAR NOT NULL,
    notes_zh VARCHAR,
    notes_en VARCHAR,
    source_table VARCHAR,
    source_periods VARCHAR,
    source_sha256 VARCHAR,
    document_no VARCHAR,
    clause VARCHAR,
    source VARCHAR,
    PRIMARY KEY (target_id, as_of_month)
);
COMMENT ON TABLE coal.target_check IS '煤炭目标核验：每个目标截至最近已结束月份的结论、两条进度线、余量与年底预计；数量单位见 unit | check of coal targets: verdict, two progress lines, what is left and the projection, as of the last finished month; see unit for the amounts | 内部';
COMMENT ON COLUMN coal.target_check.target_id IS '目标编号 | target';
COMMENT ON COLUMN coal.target_check.as_of_month IS '截至月份（最近已结束的月） | last finished month';
COMMENT ON COLUMN coal.target_check.area_kind IS '对象类别：region 区域，province 省，city 城市，unit 考核单元，county 区县 | kind of area';
COMMENT ON COLUMN coal.target_check.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN coal.target_check.area_name IS '对象名称 | name of the area';
COMMENT ON COLUMN coal.target_check.stat_year IS '目标年 | year of the target';
COMMENT ON COLUMN coal.target_check.kind IS '目标类型：cap 不超过，cut 削减量，percent 相对变化，negative_growth 负增长，state 状态要求 | kind of target';
COMMENT ON COLUMN coal.target_check.metric IS '状态指标 | metric of a state target';
COMMENT ON COLUMN coal.target_check.scope IS '口径：society 全社会，above_scale 规上工业，above_scale_non_power 规上工业非电，scattered 散煤 | scope';
COMMENT ON COLUMN coal.target_check.basis IS '计量：t 实物量，tce 标准量 | basis: physical or standard coal';
COMMENT ON COLUMN coal.target_check.unit IS '数量单位：t, tce, %, household | unit of the amounts';
COMMENT ON COLUMN coal.target_check.exclusions IS '目标剔除项（空为未写明） | exclusions of the target, empty: not stated';
COMMENT ON COLUMN coal.target_check.perimeter IS '实绩范围版本 | perimeter of the actual';
COMMENT ON COLUMN coal.target_check.baseline_perimeter IS '基准范围版本 | perimeter of the baseline';
COMMENT ON COLUMN coal.target_check.actual_exclusions IS '实绩剔除项 | exclusions of the actual';
COMMENT ON COLUMN coal.target_check.baseline_exclusions IS '基准剔除项 | exclusions of the baseline';
COMMENT ON COLUMN coal.target_check.origin IS '实绩来源：reported 上报合计，firms 企业汇总，children 下级汇总，published 公布 | origin of the actual';
COMMENT ON COLUMN coal.target_check.baseline_origin IS '基准来源：同实绩来源，target 为目标文件写明 | origin of the baseline; target: as the document states';
COMMENT ON COLUMN coal.target_check.vintage IS '实绩版本：flash 快报，annual 年报，revised 修订 | vintage of the actual';
COMMENT ON COLUMN coal.target_check.baseline_vintage IS '基准版本 | vintage of the baseline';
COMMENT ON COLUMN coal.target_check.period_kind IS '时段类别：ytd 累计，year 全年 | kind of period';
COMMENT ON COLUMN coal.target_check.period IS '时段（数据完整的最后时段） | period judged, the last with complete data';
COMMENT ON COLUMN coal.target_check.baseline_period IS '基准时段 | period of the baseline';
COMMENT ON COLUMN coal.target_check.months_elapsed IS '已过月数 | months of the period';
COMMENT ON COLUMN coal.target_check.year_finished IS '目标年是否结束 | whether the year of the target is over';
COMMENT ON COLUMN coal.target_check.target_amount IS '目标数 | target amount, as stated';
COMMENT ON COLUMN coal.target_check.actual_amount IS '实绩 | actual';
COMMENT ON COLUMN coal.target_check.month_amount IS '当月用量 | last month of the period judged';
COMMENT ON COLUMN coal.target_check.month_then_amount IS '上年同月用量 | same month of the year before';
COMMENT ON COLUMN coal.target_check.baseline_amount IS '同期基准 | baseline of the same period';
COMMENT ON COLUMN coal.target_check.baseline_year_amount IS '全年基准 | baseline of the whole year';
COMMENT ON COLUMN coal.target_check.change_amount IS '增减量 | actual minus baseline';
COMMENT ON COLUMN coal.target_check.change_pct IS '增减率（由未修约数计算） | change, from unrounded amounts | %';
COMMENT ON COLUMN coal.target_check.growth IS '增减：negative_growth 负增长，flat 持平（不是负增长），positive_growth 正增长 | negative growth, flat (which is not negative growth) or positive growth';
COMMENT ON COLUMN coal.target_check.limit_amount IS '全年控制量 | most the whole year may use';
COMMENT ON COLUMN coal.target_check.task_amount IS '年度任务量 | annual task, an amount to cut';
COMMENT ON COLUMN coal.target_check.achieved_amount IS '已完成量 | cut achieved so far';
COMMENT ON COLUMN coal.target_check.task_share_pct IS '任务完成率 | share of the task achieved | %';
COMMENT ON COLUMN coal.target_check.time_share_linear_pct IS '按月序时进度 | time passed, by months | %';
COMMENT ON COLUMN coal.target_check.time_share_profile_pct IS '按上年月度用煤的序时进度 | time passed, weighted by last year''s months | %';
COMMENT ON COLUMN coal.target_check.linear_amount IS '按月进度线 | what the line by months asks: an amount to cut, or the most to use';
COMMENT ON COLUMN coal.target_check.profile_amount IS '按上年月度进度线 | what the line by last year''s months asks';
COMMENT ON COLUMN coal.target_check.line_form IS '进度线形式：reduction 按削减量，amount 按用量 | form of the lines: cut achieved, or amount used';
COMMENT ON COLUMN coal.target_check.linear_verdict IS '按月进度线结论：pass 完成，fail 未完成，on_schedule 达到序时，behind 落后序时，not_comparable 不可比，insufficient 数据不足，unverified 待核实 | verdict of the line by months';
COMMENT ON COLUMN coal.target_check.profile_verdict IS '按上年月度进度线结论：pass 完成，fail 未完成，on_schedule 达到序时，behind 落后序时，not_comparable 不可比，insufficient 数据不足，unverified 待核实 | verdict of the line by last year''s months';
COMMENT ON COLUMN coal.target_check.ruling_line IS '采用的进度线：linear, profile, final | line that rules';
COMMENT ON COLUMN coal.target_check.ruling_zh IS '采用理由 | why that line rules, in Chinese';
COMMENT ON COLUMN coal.target_check.ruling_en IS '采用理由 | why that line rules';
COMMENT ON COLUMN coal.target_check.rest_amount IS '余量（其余月份还可用煤；负数为已超） | what the rest of the year may use; negative: already over';
COMMENT ON COLUMN coal.target_check.rest_months IS '剩余月数 | months left';
COMMENT ON COLUMN coal.target_check.rest_month_amount IS '余量月均 | what each month left may use';
COMMENT ON COLUMN coal.target_check.projection_method IS '预计方法：last_year_profile 按上年比例，linear 按月均，final 已结束 | method of the projection';
COMMENT ON COLUMN coal.target_check.projected_base_amount IS '预计基数（不含新投产项目） | projection without new projects';
COMMENT ON COLUMN coal.target_check.new_projects_amount IS '新投产项目用煤 | coal of approved projects starting this year, after the period judged';
COMMENT ON COLUMN coal.target_check.n_new_projects IS '新投产项目数 | number of those projects';
COMMENT ON COLUMN coal.target_check.projected_amount IS '年底预计 | projection to the end of the year';
COMMENT ON COLUMN coal.target_check.projected_verdict IS '预计结论：pass 完成，fail 未完成，on_schedule 达到序时，behind 落后序时，not_comparable 不可比，insufficient 数据不足，unverified 待核实 | verdict of the projection: pass or fail';
COMMENT ON COLUMN coal.target_check.gross_actual_amount IS '全口径实绩 | actual with nothing left out';
COMMENT ON COLUMN coal.target_check.gross_baseline_amount IS '全口径同期基准 | baseline with nothing left out';
COMMENT ON COLUMN coal.target_check.gross_change_pct IS '全口径增减率 | change with nothing left out | %';
COMMENT ON COLUMN coal.target_check.gross_verdict IS '全口径结论：pass 完成，fail 未完成，on_schedule 达到序时，behind 落后序时，not_comparable 不可比，insufficient 数据不足，unverified 待核实 | verdict with nothing left out';
COMMENT ON COLUMN coal.target_check.assessed_exclusions IS '考核口径剔除项 | what the assessed figures leave out';
COMMENT ON COLUMN coal.target_check.assessed_actual_amount IS '考核口径实绩 | actual as assessed';
COMMENT ON COLUMN coal.target_check.assessed_baseline_amount IS '考核口径同期基准 | baseline as assessed';
COMMENT ON COLUMN coal.target_check.assessed_change_pct IS '考核口径增减率 | change as assessed | %';
COMMENT ON COLUMN coal.target_check.assessed_verdict IS '考核口径结论：pass 完成，fail 未完成，on_schedule 达到序时，behind 落后序时，not_comparable 不可比，insufficient 数据不足，unverified 待核实 | verdict as assessed';
COMMENT ON COLUMN coal.target_check.other_basis IS '另一计量 | the other basis';
COMMENT ON COLUMN coal.target_check.other_actual_amount IS '另一计量实绩 | actual on the other basis, in its own unit';
COMMENT ON COLUMN coal.target_check.other_baseline_amount IS '另一计量同期基准 | baseline on the other basis, in its own unit';
COMMENT ON COLUMN coal.target_check.other_change_pct IS '另一计量增减率 | change on the other basis | %';
COMMENT ON COLUMN coal.target_check.other_growth IS '另一计量增减 | growth on the other basis';
COMMENT ON COLUMN coal.target_check.n_firms IS '上报企业数 | firms reporting';
COMMENT ON COLUMN coal.target_check.n_expected IS '应报企业数 | firms expected';
COMMENT ON COLUMN coal.target_check.coverage_pct IS '覆盖率 | coverage | %';
COMMENT ON COLUMN coal.target_check.verified IS '依据已核 | whether the target and every fact that decides were read in an official text';
COMMENT ON COLUMN coal.target_check.verdict IS '结论：pass 完成，fail 未完成，on_schedule 达到序时，behind 落后序时，not_comparable 不可比，insufficient 数据不足，unverified 待核实 | verdict';
COMMENT ON COLUMN coal.target_check.result IS '核实前的结论（与结论相同，或待核实者假定事实无误时的结论） | verdict if the unverified facts hold';
COMMENT ON COLUMN coal.target_check.reason IS '原因代码 | code of the reason';
COMMENT ON COLUMN coal.target_check.verdict_zh IS '结论文字 | verdict in Chinese';
COMMENT ON COLUMN coal.target_check.verdict_en IS '结论文字 | verdict in words';
COMMENT ON COLUMN coal.target_check.notes_zh IS '说明 | notes in Chinese, one a line';
COMMENT ON COLUMN coal.target_check.notes_en IS '说明 | notes, one a line';
COMMENT ON COLUMN coal.target_check.source_table IS '数据所在表 | table that holds the rows behind';
COMMENT ON COLUMN coal.target_check.source_periods IS '依据时段（分号分隔） | periods of the rows behind, separated by semicolons';
COMMENT ON COLUMN coal.target_check.source_sha256 IS '依据文件指纹（分号分隔） | SHA-256 of the files behind, separated by semicolons';
COMMENT ON COLUMN coal.target_check.document_no IS '文号 | document';
COMMENT ON COLUMN coal.target_check.clause IS '条款 | clause';
COMMENT ON COLUMN coal.target_check.source IS '来源 | source';

CREATE TABLE IF NOT EXISTS coal.panel (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    period_kind VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    then_period VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    scope_rule VARCHAR NOT NULL,
    panel_group VARCHAR NOT NULL,
    n_firms INTEGER NOT NULL,
    n_now INTEGER NOT NULL,
    n_then INTEGER NOT NULL,
    now_t DECIMAL(18,4),
    then_t DECIMAL(18,4),
    change_t DECIMAL(18,4),
    change_pct DOUBLE,
    headline BOOLEAN NOT NULL,
    growth VARCHAR,
    note_zh VARCHAR,
    note_en VARCHAR
);
COMMENT ON TABLE coal.panel IS '同口径企业同比：续报、入统、退统、未报企业分列；退统造成的下降不是负增长 | year-on-year by firms that continue, were newly listed, left the list or do not report; a fall from leaving firms is not negative growth | 内部';
COMMENT ON COLUMN coal.panel.area_kind IS '对象类别：region 区域，province 省，city 城市，unit 考核单元，county 区县 | kind of area';
COMMENT ON COLUMN coal.panel.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN coal.panel.period_kind IS '时段类别：month 当月，ytd 累计 | kind of period: month or year to date';
COMMENT ON COLUMN coal.panel.period IS '时段 | period';
COMMENT ON COLUMN coal.panel.then_period IS '同期时段 | same period of the year before';
COMMENT ON COLUMN coal.panel.scope IS '口径：above_scale 规上工业，above_scale_non_power 规上工业非电 | scope';
COMMENT ON COLUMN coal.panel.scope_rule IS '非电口径规则（规上工业为 all） | rule of non-power; all for above-scale industry';
COMMENT ON COLUMN coal.panel.panel_group IS '企业组：total 合计，continuing 续报，newly_listed 入统，delisted 退统，not_reporting 未报 | group of firms';
COMMENT ON COLUMN coal.panel.n_firms IS '企业数 | firms';
COMMENT ON COLUMN coal.panel.n_now IS '本期上报企业数 | firms reporting now';
COMMENT ON COLUMN coal.panel.n_then IS '同期上报企业数 | firms reporting then';
COMMENT ON COLUMN coal.panel.now_t IS '本期用煤 | coal used now | t';
COMMENT ON COLUMN coal.panel.then_t IS '同期用煤 | coal used in the same period of the year before | t';
COMMENT ON COLUMN coal.panel.change_t IS '增减量 | change | t';
COMMENT ON COLUMN coal.panel.change_pct IS '增减率 | change | %';
COMMENT ON COLUMN coal.panel.headline IS '是否主要结论（续报企业） | whether this is the headline figure: continuing firms';
COMMENT ON COLUMN coal.panel.growth IS '增减：negative_growth 负增长，flat 持平，positive_growth 正增长，not_negative_growth 合计下降但续报企业未下降 | growth; not_negative_growth: the total fell, the continuing firms did not';
COMMENT ON COLUMN coal.panel.note_zh IS '说明 | note in Chinese';
COMMENT ON COLUMN coal.panel.note_en IS '说明 | note';

CREATE TABLE IF NOT EXISTS coal.early_warning (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    month VARCHAR NOT NULL,
    scope_rule VARCHAR NOT NULL,
    scope_rule_zh VARCHAR NOT NULL,
    scope_rule_en VARCHAR NOT NULL,
    is_default BOOLEAN NOT NULL,
    n_firms INTEGER NOT NULL,
    n_not_reporting INTEGER NOT NULL,
    month_now_t DECIMAL(18,4),
    month_then_t DECIMAL(18,4),
    month_change_pct DOUBLE,
    ytd_now_t DECIMAL(18,4),
    ytd_then_t DECIMAL(18,4),
    ytd_change_t DECIMAL(18,4),
    ytd_change_pct DOUBLE,
    continuing_change_pct DOUBLE,
    deciding_change_pct DOUBLE,
    yellow_from_pct DOUBLE,
    orange_from_pct DOUBLE,
    red_from_pct DOUBLE,
    level VARCHAR NOT NULL,
    symbol VARCHAR NOT NULL,
    level_zh VARCHAR NOT NULL,
    level_en VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note_zh VARCHAR,
    note_en VARCHAR,
    PRIMARY KEY (area_kind, area_code, month, scope_rule)
);
COMMENT ON TABLE coal.early_warning IS '非电煤预警：规上工业非电煤逐月预警，各非电口径规则并列 | monthly early warning for coal of above-scale industry without power, every rule of non-power side by side | 内部';
COMMENT ON COLUMN coal.early_warning.area_kind IS '对象类别：region 区域，province 省，city 城市，unit 考核单元，county 区县 | kind of area';
COMMENT ON COLUMN coal.early_warning.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN coal.early_warning.month IS '月份 | month';
COMMENT ON COLUMN coal.early_warning.scope_rule IS '非电口径规则 | rule of non-power';
COMMENT ON COLUMN coal.early_warning.scope_rule_zh IS '非电口径 | rule of non-power in Chinese';
COMMENT ON COLUMN coal.early_warning.scope_rule_en IS '非电口径 | rule of non-power in words';
COMMENT ON COLUMN coal.early_warning.is_default IS '是否默认规则 | whether this rule is the default';
COMMENT ON COLUMN coal.early_warning.n_firms IS '企业数 | firms';
COMMENT ON COLUMN coal.early_warning.n_not_reporting IS '未报企业数 | firms that do not report';
COMMENT ON COLUMN coal.early_warning.month_now_t IS '当月用煤 | coal of the month | t';
COMMENT ON COLUMN coal.early_warning.month_then_t IS '上年当月用煤 | coal of the same month of the year before | t';
COMMENT ON COLUMN coal.early_warning.month_change_pct IS '当月增减率 | change of the month | %';
COMMENT ON COLUMN coal.early_warning.ytd_now_t IS '累计用煤 | coal of the year to date | t';
COMMENT ON COLUMN coal.early_warning.ytd_then_t IS '上年同期累计用煤 | coal of the same months of the year before | t';
COMMENT ON COLUMN coal.early_warning.ytd_change_t IS '累计增减量 | change of the year to date | t';
COMMENT ON COLUMN coal.early_warning.ytd_change_pct IS '累计增减率 | change of the year to date | %';
COMMENT ON COLUMN coal.early_warning.continuing_change_pct IS '续报企业累计增减率 | change of the year to date of continuing firms | %';
COMMENT ON COLUMN coal.early_warning.deciding_change_pct IS '定级增减率（合计与续报企业中较大者） | change that decides: the larger of the total and the continuing firms | %';
COMMENT ON COLUMN coal.early_warning.yellow_from_pct IS '黄色起点 | yellow from | %';
COMMENT ON COLUMN coal.early_warning.orange_from_pct IS '橙色起点 | orange from | %';
COMMENT ON COLUMN coal.early_warning.red_from_pct IS '红色起点 | red from | %';
COMMENT ON COLUMN coal.early_warning.level IS '预警级别：green 绿，yellow 黄，orange 橙，red 红，no_base 无同期，insufficient 数据不足 | level';
COMMENT ON COLUMN coal.early_warning.symbol IS '符号 | symbol, so that colour is never needed';
COMMENT ON COLUMN coal.early_warning.level_zh IS '级别文字 | level in Chinese';
COMMENT ON COLUMN coal.early_warning.level_en IS '级别文字 | level in words';
COMMENT ON COLUMN coal.early_warning.verified IS '规则已核 | whether rule and thresholds were read in an official text';
COMMENT ON COLUMN coal.early_warning.note_zh IS '说明 | note in Chinese';
COMMENT ON COLUMN coal.early_warning.note_en IS '说明 | note';

CREATE TABLE IF NOT EXISTS coal.contribution (
    area_kind VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    period_kind VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    then_period VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    scope_rule VARCHAR NOT NULL,
    contributor_kind VARCHAR NOT NULL,
    contributor_code VARCHAR NOT NULL,
    contributor_name VARCHAR,
    panel_group VARCHAR,
    rank INTEGER NOT NULL,
    now_t DECIMAL(18,4),
    then_t DECIMAL(18,4),
    change_t DECIMAL(18,4),
    share_pct DOUBLE,
    points_pct DOUBLE
);
COMMENT ON TABLE coal.contribution IS '增减贡献：各市对区域、企业对城市用煤增减的贡献；企业行涉密，不对外公布 | contribution of cities to a region and of firms to a city; rows of firms are confidential and never published outside | 内部';
COMMENT ON COLUMN coal.contribution.area_kind IS '对象类别：region 区域，province 省，city 城市，unit 考核单元，county 区县 | kind of area';
COMMENT ON COLUMN coal.contribution.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN coal.contribution.period_kind IS '时段类别：month 当月，ytd 累计 | kind of period: month or year to date';
COMMENT ON COLUMN coal.contribution.period IS '时段 | period';
COMMENT ON COLUMN coal.contribution.then_period IS '同期时段 | same period of the year before';
COMMENT ON COLUMN coal.contribution.scope IS '口径：above_scale 规上工业，above_scale_non_power 规上工业非电 | scope';
COMMENT ON COLUMN coal.contribution.scope_rule IS '非电口径规则（规上工业为 all） | rule of non-power; all for above-scale industry';
COMMENT ON COLUMN coal.contribution.contributor_kind IS '贡献者类别：city 城市，firm 企业，other 其余合计 | kind of contributor; other: all the rest together';
COMMENT ON COLUMN coal.contribution.contributor_code IS '贡献者代码 | code of the contributor';
COMMENT ON COLUMN coal.contribution.contributor_name IS '贡献者名称 | name of the contributor';
COMMENT ON COLUMN coal.contribution.panel_group IS '企业组 | group of the firm in the panel';
COMMENT ON COLUMN coal.contribution.rank IS '名次（增减量绝对值从大到小） | rank, largest change first';
COMMENT ON COLUMN coal.contribution.now_t IS '本期用煤 | coal used now | t';
COMMENT ON COLUMN coal.contribution.then_t IS '同期用煤 | coal used in the same period of the year before | t';
COMMENT ON COLUMN coal.contribution.change_t IS '增减量 | change | t';
COMMENT ON COLUMN coal.contribution.share_pct IS '占增减量的比重 | share of the change of the area | %';
COMMENT ON COLUMN coal.contribution.points_pct IS '拉动百分点 | points it adds to the growth of the area | %';

CREATE TABLE IF NOT EXISTS coal.contribution_industry (
    area_kind VARCHAR NOT NULL CHECK (area_kind IN ('region', 'province', 'city')),
    area_code VARCHAR NOT NULL,
    period_kind VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    then_period VARCHAR NOT NULL,
    scope VARCHAR NOT NULL,
    industry VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    n_firms INTEGER NOT NULL,
    now_t DECIMAL(18,4) NOT NULL,
    then_t DECIMAL(18,4) NOT NULL,
    change_t DECIMAL(18,4) NOT NULL,
    share_pct DOUBLE,
    points_pct DOUBLE,
    PRIMARY KEY (area_kind, area_code, period_kind, period, scope, industry)
);
COMMENT ON TABLE coal.contribution_industry IS '行业增减贡献：各行业对规上工业用煤增减的贡献；不足三家企业的行业并入其余，省与区域为各市已列之和 | contribution of industries to the change of above-scale coal; industries of fewer than three firms are put together, provinces and regions are the sums of what their cities tell | 内部';
COMMENT ON COLUMN coal.contribution_industry.area_kind IS '对象类别：region 区域，province 省，city 城市 | kind of area';
COMMENT ON COLUMN coal.contribution_industry.area_code IS '对象代码 | code of the area';
COMMENT ON COLUMN coal.contribution_industry.period_kind IS '时段类别：ytd 累计 | kind of period: year to date';
COMMENT ON COLUMN coal.contribution_industry.period IS '时段 | period';
COMMENT ON COLUMN coal.contribution_industry.then_period IS '同期时段 | same period of the year before';
COMMENT ON COLUMN coal.contribution_industry.scope IS '口径：above_scale 规上工业 | scope';
COMMENT ON COLUMN coal.contribution_industry.industry IS '行业大类（GB/T 4754 两位代码，见 ref.industry_division）；~other 为不足三家企业的行业合计 | division of industry, see ref.industry_division; ~other: industries of fewer than three firms together';
COMMENT ON COLUMN coal.contribution_industry.rank IS '名次（增减量绝对值从大到小，合计在后） | rank, largest change first, what was put together last';
COMMENT ON COLUMN coal.contribution_industry.n_firms IS '企业数 | firms';
COMMENT ON COLUMN coal.contribution_industry.now_t IS '本期用煤 | coal used now | t';
COMMENT ON COLUMN coal.contribution_industry.then_t IS '同期用煤 | coal used in the same period of the year before | t';
COMMENT ON COLUMN coal.contribution_industry.change_t IS '增减量 | change | t';
COMMENT ON COLUMN coal.contribution_industry.share_pct IS '占增减量的比重 | share of the change of the area | %';
COMMENT ON COLUMN coal.contribution_industry.points_pct IS '拉动百分点 | points it adds to the growth of the area | %';
