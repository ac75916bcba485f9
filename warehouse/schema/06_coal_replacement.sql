-- Coal replacement: projects, their sources of replacement, and the opinion on them.
CREATE SCHEMA IF NOT EXISTS coal;

CREATE TABLE IF NOT EXISTS coal.project (
    project_name VARCHAR,
    project_code VARCHAR NOT NULL,
    construction_unit VARCHAR,
    construction_content VARCHAR,
    province_name VARCHAR,
    city_name VARCHAR,
    county_name VARCHAR,
    industry_division VARCHAR,
    industry_class VARCHAR,
    approval_day DATE,
    planned_start DATE,
    actual_start DATE,
    authority VARCHAR,
    document_number VARCHAR NOT NULL,
    energy_equivalent_tce DECIMAL(22,6),
    energy_equal_price_tce DECIMAL(22,6),
    coal_products_t DECIMAL(18,4),
    coal_t DECIMAL(18,4),
    coke_t DECIMAL(18,4),
    semi_coke_t DECIMAL(18,4),
    coal_products_tce DECIMAL(22,6),
    coal_tce DECIMAL(22,6),
    coke_tce DECIMAL(22,6),
    semi_coke_tce DECIMAL(22,6),
    is_substitution BOOLEAN,
    substitution_source VARCHAR,
    substitution_t DECIMAL(18,4),
    feedstock_t DECIMAL(18,4),
    feedstock_tce DECIMAL(22,6),
    city_code VARCHAR,
    county_code VARCHAR,
    province_code VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.project IS '节能审查项目：官方附表3 的栏目 | projects under energy review, the columns of official table 3 | 限制';
COMMENT ON COLUMN coal.project.project_name IS '项目名称 | name of the project';
COMMENT ON COLUMN coal.project.project_code IS '项目代码 | project code';
COMMENT ON COLUMN coal.project.construction_unit IS '建设单位 | builder';
COMMENT ON COLUMN coal.project.construction_content IS '主要建设内容 | what is built';
COMMENT ON COLUMN coal.project.province_name IS '项目所在省 | province as written';
COMMENT ON COLUMN coal.project.city_name IS '项目所在地市 | city as written';
COMMENT ON COLUMN coal.project.county_name IS '项目所在区县 | county as written';
COMMENT ON COLUMN coal.project.industry_division IS '所属行业大类（2 位代码） | industry division, 2 digits';
COMMENT ON COLUMN coal.project.industry_class IS '所属行业小类（4 位代码） | industry class, 4 digits';
COMMENT ON COLUMN coal.project.approval_day IS '节能审查批复时间 | day of the energy review approval';
COMMENT ON COLUMN coal.project.planned_start IS '拟投产时间 | planned start of production';
COMMENT ON COLUMN coal.project.actual_start IS '实际投产时间 | actual start of production';
COMMENT ON COLUMN coal.project.authority IS '节能审查机关 | authority of the energy review';
COMMENT ON COLUMN coal.project.document_number IS '审查意见文号 | number of the approval';
COMMENT ON COLUMN coal.project.energy_equivalent_tce IS '年综合能源消费量当量值 | energy per year, equivalent value | tce';
COMMENT ON COLUMN coal.project.energy_equal_price_tce IS '年综合能源消费量等价值 | energy per year, equal-price value | tce';
COMMENT ON COLUMN coal.project.coal_products_t IS '年煤品消费总量：煤炭、焦炭、兰炭之和，实物量 | coal, coke and semi-coke per year, physical | t';
COMMENT ON COLUMN coal.project.coal_t IS '年煤炭消费量：实物量 | coal per year, physical | t';
COMMENT ON COLUMN coal.project.coke_t IS '年焦炭消费量：实物量 | coke per year, physical | t';
COMMENT ON COLUMN coal.project.semi_coke_t IS '年兰炭消费量：实物量 | semi-coke per year, physical | t';
COMMENT ON COLUMN coal.project.coal_products_tce IS '年煤品消费总量折标量 | coal, coke and semi-coke per year, standard | tce';
COMMENT ON COLUMN coal.project.coal_tce IS '年煤炭消费量折标量 | coal per year, standard | tce';
COMMENT ON COLUMN coal.project.coke_tce IS '年焦炭消费量折标量 | coke per year, standard | tce';
COMMENT ON COLUMN coal.project.semi_coke_tce IS '年兰炭消费量折标量 | semi-coke per year, standard | tce';
COMMENT ON COLUMN coal.project.is_substitution IS '是否煤炭消费替代 | said to need replacement';
COMMENT ON COLUMN coal.project.substitution_source IS '煤炭消费替代来源 | source of replacement, one text';
COMMENT ON COLUMN coal.project.substitution_t IS '煤炭消费替代量：实物量，只有一个数，无明细 | replaced coal as claimed: one number without details | t';
COMMENT ON COLUMN coal.project.feedstock_t IS '年原料用煤量：实物量 | feedstock coal per year, physical | t';
COMMENT ON COLUMN coal.project.feedstock_tce IS '年原料用煤量折标量 | feedstock coal per year, standard | tce';
COMMENT ON COLUMN coal.project.city_code IS '城市代码 | city';
COMMENT ON COLUMN coal.project.county_code IS '区县代码 | county';
COMMENT ON COLUMN coal.project.province_code IS '省级代码 | province';
COMMENT ON COLUMN coal.project.sha256 IS '文件校验值 | SHA-256 of the file it came in';
COMMENT ON COLUMN coal.project.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.project.sheet_row IS '行号 | row in the sheet';

CREATE TABLE IF NOT EXISTS coal.replacement_source (
    source_id VARCHAR NOT NULL,
    project_code VARCHAR NOT NULL,
    source_unit VARCHAR,
    credit_code VARCHAR,
    source_type VARCHAR,
    substitute_fuel VARCHAR,
    scope_of_cut VARCHAR,
    cut_t DECIMAL(18,4),
    baseline_year INTEGER,
    realised_on DATE,
    recognised_on DATE,
    dismantled_on DATE,
    evidence_doc VARCHAR,
    last_checked_on DATE,
    still_stopped BOOLEAN,
    used_by_project VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.replacement_source IS '煤炭替代来源：每个项目的减量来源明细 | sources of replacement, several to a project | 限制';
COMMENT ON COLUMN coal.replacement_source.source_id IS '替代来源编号 | id of the source';
COMMENT ON COLUMN coal.replacement_source.project_code IS '项目代码 | project that claims it';
COMMENT ON COLUMN coal.replacement_source.source_unit IS '替代来源单位 | unit that burns less coal';
COMMENT ON COLUMN coal.replacement_source.credit_code IS '统一社会信用代码 | its unified social credit code';
COMMENT ON COLUMN coal.replacement_source.source_type IS '替代类型：shutdown_or_relocation 关停、转产、迁移, capacity_retirement 淘汰落后、压减产能, clean_energy_switch 清洁能源替代, energy_saving_retrofit 节能改造, other 其他 | type of replacement';
COMMENT ON COLUMN coal.replacement_source.substitute_fuel IS '替代能源 | what is used instead of coal';
COMMENT ON COLUMN coal.replacement_source.scope_of_cut IS '削减领域：above_scale_industry 规上工业, below_scale 规下工业, residential_heating 清洁取暖, other 其他 | where coal is cut';
COMMENT ON COLUMN coal.replacement_source.cut_t IS '削减量：实物量 | cut, physical | t';
COMMENT ON COLUMN coal.replacement_source.baseline_year IS '削减基准年 | year the cut is counted from';
COMMENT ON COLUMN coal.replacement_source.realised_on IS '削减完成时间；空为尚未完成（期货量） | day the cut was made; NULL: not yet';
COMMENT ON COLUMN coal.replacement_source.recognised_on IS '审核认定时间 | day the authority recognised it';
COMMENT ON COLUMN coal.replacement_source.dismantled_on IS '设备拆除时间 | day the equipment was dismantled';
COMMENT ON COLUMN coal.replacement_source.evidence_doc IS '证明材料 | evidence';
COMMENT ON COLUMN coal.replacement_source.last_checked_on IS '最近核查时间 | last inspection';
COMMENT ON COLUMN coal.replacement_source.still_stopped IS '核查时仍停用 | still out of use at that inspection';
COMMENT ON COLUMN coal.replacement_source.used_by_project IS '已用于项目 | project it was already used for';
COMMENT ON COLUMN coal.replacement_source.sha256 IS '文件校验值 | SHA-256 of the file it came in';
COMMENT ON COLUMN coal.replacement_source.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.replacement_source.sheet_row IS '行号 | row in the sheet';

CREATE TABLE IF NOT EXISTS coal.project_year (
    project_code VARCHAR NOT NULL,
    stat_year INTEGER NOT NULL,
    coal_t DECIMAL(18,4),
    feedstock_t DECIMAL(18,4),
    supplementary_plan VARCHAR,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.project_year IS '项目年度用煤 | coal use of projects by year | 限制';
COMMENT ON COLUMN coal.project_year.project_code IS '项目代码 | project code';
COMMENT ON COLUMN coal.project_year.stat_year IS '年份 | year';
COMMENT ON COLUMN coal.project_year.coal_t IS '实际煤炭消费量：实物量 | coal used, physical | t';
COMMENT ON COLUMN coal.project_year.feedstock_t IS '其中原料用煤 | of which feedstock | t';
COMMENT ON COLUMN coal.project_year.supplementary_plan IS '补充替代方案 | supplementary replacement plan';
COMMENT ON COLUMN coal.project_year.sha256 IS '文件校验值 | SHA-256 of the file it came in';
COMMENT ON COLUMN coal.project_year.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.project_year.sheet_row IS '行号 | row in the sheet';

CREATE TABLE IF NOT EXISTS coal.replacement_source_check (
    project_code VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    source_unit VARCHAR,
    credit_code VARCHAR,
    source_type VARCHAR,
    substitute_fuel VARCHAR,
    scope_of_cut VARCHAR,
    cut_t DECIMAL(18,4),
    baseline_year INTEGER,
    realised_on DATE,
    recognised_on DATE,
    dismantled_on DATE,
    evidence_doc VARCHAR,
    last_checked_on DATE,
    still_stopped BOOLEAN,
    used_by_project VARCHAR,
    n_rows INTEGER NOT NULL,
    realised BOOLEAN NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('accepted', 'suspected', 'rejected')),
    reason_codes VARCHAR NOT NULL,
    reasons_zh VARCHAR NOT NULL,
    reasons_en VARCHAR NOT NULL,
    start_status VARCHAR NOT NULL CHECK (start_status IN ('accepted', 'suspected', 'rejected')),
    start_reason_codes VARCHAR NOT NULL,
    start_reasons_zh VARCHAR NOT NULL,
    start_reasons_en VARCHAR NOT NULL,
    other_projects VARCHAR NOT NULL,
    firm_use_t DECIMAL(18,4),
    rule_day DATE NOT NULL,
    rule_area_code VARCHAR,
    clause VARCHAR,
    verified BOOLEAN NOT NULL,
    city_code VARCHAR,
    county_code VARCHAR,
    province_code VARCHAR,
    as_of_day DATE NOT NULL,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER,
    PRIMARY KEY (project_code, source_id)
);
COMMENT ON TABLE coal.replacement_source_check IS '替代来源核查：每个来源认可与否及全部原因 | each source of replacement: accepted or not, with all reasons | 限制';
COMMENT ON COLUMN coal.replacement_source_check.project_code IS '项目代码 | project';
COMMENT ON COLUMN coal.replacement_source_check.source_id IS '替代来源编号 | source';
COMMENT ON COLUMN coal.replacement_source_check.source_unit IS '替代来源单位 | unit that burns less coal';
COMMENT ON COLUMN coal.replacement_source_check.credit_code IS '统一社会信用代码 | its unified social credit code';
COMMENT ON COLUMN coal.replacement_source_check.source_type IS '替代类型：shutdown_or_relocation 关停、转产、迁移, capacity_retirement 淘汰落后、压减产能, clean_energy_switch 清洁能源替代, energy_saving_retrofit 节能改造, other 其他 | type of replacement';
COMMENT ON COLUMN coal.replacement_source_check.substitute_fuel IS '替代能源 | what is used instead of coal';
COMMENT ON COLUMN coal.replacement_source_check.scope_of_cut IS '削减领域：above_scale_industry 规上工业, below_scale 规下工业, residential_heating 清洁取暖, other 其他 | where coal is cut';
COMMENT ON COLUMN coal.replacement_source_check.cut_t IS '削减量：实物量 | cut, physical | t';
COMMENT ON COLUMN coal.replacement_source_check.baseline_year IS '削减基准年 | year the cut is counted from';
COMMENT ON COLUMN coal.replacement_source_check.realised_on IS '削减完成时间；空为尚未完成（期货量） | day the cut was made; NULL: not yet';
COMMENT ON COLUMN coal.replacement_source_check.recognised_on IS '审核认定时间 | day the authority recognised it';
COMMENT ON COLUMN coal.replacement_source_check.dismantled_on IS '设备拆除时间 | day the equipment was dismantled';
COMMENT ON COLUMN coal.replacement_source_check.evidence_doc IS '证明材料 | evidence';
COMMENT ON COLUMN coal.replacement_source_check.last_checked_on IS '最近核查时间 | last inspection';
COMMENT ON COLUMN coal.replacement_source_check.still_stopped IS '核查时仍停用 | still out of use at that inspection';
COMMENT ON COLUMN coal.replacement_source_check.used_by_project IS '已用于项目 | project it was already used for';
COMMENT ON COLUMN coal.replacement_source_check.n_rows IS '来源行数 | rows the source was given in';
COMMENT ON COLUMN coal.replacement_source_check.realised IS '截至核查日已完成 | done by the day of the check';
COMMENT ON COLUMN coal.replacement_source_check.status IS '认可状态：accepted 认可, suspected 存疑, rejected 不认可 | whether it counts in the plan';
COMMENT ON COLUMN coal.replacement_source_check.reason_codes IS '不认可或存疑原因代码；逗号隔开 | codes of the reasons, separated by commas';
COMMENT ON COLUMN coal.replacement_source_check.reasons_zh IS '不认可或存疑原因 | reasons, in Chinese';
COMMENT ON COLUMN coal.replacement_source_check.reasons_en IS '不认可或存疑原因 | reasons, in English';
COMMENT ON COLUMN coal.replacement_source_check.start_status IS '投产时认可状态 | whether it counts at the start of production';
COMMENT ON COLUMN coal.replacement_source_check.start_reason_codes IS '投产时不计原因代码；逗号隔开 | codes of why it does not count at the start';
COMMENT ON COLUMN coal.replacement_source_check.start_reasons_zh IS '投产时不计原因 | why it does not count at the start, in Chinese';
COMMENT ON COLUMN coal.replacement_source_check.start_reasons_en IS '投产时不计原因 | why it does not count at the start, in English';
COMMENT ON COLUMN coal.replacement_source_check.other_projects IS '同时占用该来源的其他项目；逗号隔开 | other projects that claim the same source';
COMMENT ON COLUMN coal.replacement_source_check.firm_use_t IS '来源单位基准年用煤 | coal the unit used in its baseline year | t';
COMMENT ON COLUMN coal.replacement_source_check.rule_day IS '适用规则之日 | day whose rules hold';
COMMENT ON COLUMN coal.replacement_source_check.rule_area_code IS '规则所属地区代码 | area of the rule; * is the whole country';
COMMENT ON COLUMN coal.replacement_source_check.clause IS '条款 | clause';
COMMENT ON COLUMN coal.replacement_source_check.verified IS '所用规则已核实 | every rule used was read in an official text';
COMMENT ON COLUMN coal.replacement_source_check.city_code IS '城市代码 | city';
COMMENT ON COLUMN coal.replacement_source_check.county_code IS '区县代码 | county';
COMMENT ON COLUMN coal.replacement_source_check.province_code IS '省级代码 | province';
COMMENT ON COLUMN coal.replacement_source_check.as_of_day IS '核查日 | day of the check';
COMMENT ON COLUMN coal.replacement_source_check.sha256 IS '文件校验值 | SHA-256 of the file it came in';
COMMENT ON COLUMN coal.replacement_source_check.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.replacement_source_check.sheet_row IS '行号 | row in the sheet';

CREATE TABLE IF NOT EXISTS coal.replacement_check (
    project_code VARCHAR NOT NULL,
    document_number VARCHAR NOT NULL,
    project_name VARCHAR,
    construction_unit VARCHAR,
    city_code VARCHAR,
    county_code VARCHAR,
    province_code VARCHAR,
    industry_division VARCHAR,
    stage VARCHAR NOT NULL CHECK (stage IN ('approval', 'commissioning', 'operation')),
    stat_year INTEGER,
    stage_day DATE NOT NULL,
    approval_day DATE,
    planned_start DATE,
    actual_start DATE,
    rule_day DATE NOT NULL,
    rule_area_code VARCHAR,
    kind VARCHAR CHECK (kind IN ('equal', 'reduction')),
    k1 DECIMAL(18,6),
    k2 DECIMAL(18,6),
    feedstock_excluded VARCHAR,
    coal_t DECIMAL(18,4),
    feedstock_t DECIMAL(18,4),
    demand_t DECIMAL(18,4),
    required_t DECIMAL(28,10),
    demand_gross_t DECIMAL(18,4),
    required_gross_t DECIMAL(28,10),
    verdict_gross VARCHAR CHECK (verdict_gross IN ('pass', 'fail', 'insufficient', 'unverified', 'not_applicable')),
    demand_net_t DECIMAL(18,4),
    required_net_t DECIMAL(28,10),
    verdict_net VARCHAR CHECK (verdict_net IN ('pass', 'fail', 'insufficient', 'unverified', 'not_applicable')),
    claimed_t DECIMAL(18,4),
    n_sources INTEGER NOT NULL,
    n_accepted INTEGER NOT NULL,
    n_suspected INTEGER NOT NULL,
    n_rejected INTEGER NOT NULL,
    valid_t DECIMAL(18,4) NOT NULL,
    suspected_t DECIMAL(18,4) NOT NULL,
    rejected_t DECIMAL(18,4) NOT NULL,
    realised_t DECIMAL(18,4) NOT NULL,
    shortfall_t DECIMAL(28,10),
    ratio DOUBLE,
    approved_t DECIMAL(18,4),
    actual_t DECIMAL(18,4),
    excess_t DECIMAL(18,4),
    verdict VARCHAR NOT NULL CHECK (verdict IN ('pass', 'fail', 'insufficient', 'unverified', 'not_applicable')),
    verdict_zh VARCHAR NOT NULL,
    verdict_en VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note_codes VARCHAR NOT NULL,
    notes_zh VARCHAR NOT NULL,
    notes_en VARCHAR NOT NULL,
    clause VARCHAR,
    source VARCHAR,
    opinion_zh VARCHAR NOT NULL,
    opinion_en VARCHAR NOT NULL,
    as_of_day DATE NOT NULL,
    sha256 VARCHAR,
    sheet VARCHAR,
    sheet_row INTEGER
);
COMMENT ON TABLE coal.replacement_check IS '煤炭替代核查：审批、投产、运行三阶段的核查意见，不是审批决定 | opinion on coal replacement at approval, start and operation; not an approval | 限制';
COMMENT ON COLUMN coal.replacement_check.project_code IS '项目代码 | project';
COMMENT ON COLUMN coal.replacement_check.document_number IS '审查意见文号 | number of the approval judged';
COMMENT ON COLUMN coal.replacement_check.project_name IS '项目名称 | name of the project';
COMMENT ON COLUMN coal.replacement_check.construction_unit IS '建设单位 | builder';
COMMENT ON COLUMN coal.replacement_check.city_code IS '城市代码 | city';
COMMENT ON COLUMN coal.replacement_check.county_code IS '区县代码 | county';
COMMENT ON COLUMN coal.replacement_check.province_code IS '省级代码 | province';
COMMENT ON COLUMN coal.replacement_check.industry_division IS '所属行业大类 | industry division';
COMMENT ON COLUMN coal.replacement_check.stage IS '核查阶段：approval 审批, commissioning 投产, operation 运行 | stage';
COMMENT ON COLUMN coal.replacement_check.stat_year IS '运行年份；其他阶段为空 | year of operation, NULL for the other stages';
COMMENT ON COLUMN coal.replacement_check.stage_day IS '阶段基准日：批复日、投产日或年末，未到者为核查日 | day the stage is judged on: approval, start or end of year; the day of the check where that is to come';
COMMENT ON COLUMN coal.replacement_check.approval_day IS '节能审查批复时间 | day of approval';
COMMENT ON COLUMN coal.replacement_check.planned_start IS '拟投产时间 | planned start';
COMMENT ON COLUMN coal.replacement_check.actual_start IS '实际投产时间 | actual start';
COMMENT ON COLUMN coal.replacement_check.rule_day IS '适用规则之日 | day whose rules hold';
COMMENT ON COLUMN coal.replacement_check.rule_area_code IS '规则所属地区代码 | area of the rule; * is the whole country';
COMMENT ON COLUMN coal.replacement_check.kind IS '替代方式：equal 等量, reduction 减量 | kind of replacement';
COMMENT ON COLUMN coal.replacement_check.k1 IS '行业系数；空为未读到，按 1 计 | industry factor; NULL was not read and counts as 1';
COMMENT ON COLUMN coal.replacement_check.k2 IS '地区系数；空为未读到，按 1 计 | area factor; NULL was not read and counts as 1';
COMMENT ON COLUMN coal.replacement_check.feedstock_excluded IS '原料用煤是否不计：yes, no, unread | whether feedstock is left out';
COMMENT ON COLUMN coal.replacement_check.coal_t IS '批复年煤炭消费量 | coal per year as approved | t';
COMMENT ON COLUMN coal.replacement_check.feedstock_t IS '批复年原料用煤量 | feedstock per year as approved | t';
COMMENT ON COLUMN coal.replacement_check.demand_t IS '应替代用煤量 D；是否扣原料未读到时不扣 | coal to be replaced, D; feedstock kept in where the rule is unread | t';
COMMENT ON COLUMN coal.replacement_check.required_t IS '需替代量 Q：D×K1×K2 | replacement required, Q = D × K1 × K2 | t';
COMMENT ON COLUMN coal.replacement_check.demand_gross_t IS '含原料用煤的 D | D with feedstock | t';
COMMENT ON COLUMN coal.replacement_check.required_gross_t IS '含原料用煤的 Q | Q with feedstock | t';
COMMENT ON COLUMN coal.replacement_check.verdict_gross IS '含原料用煤的结论 | verdict with feedstock';
COMMENT ON COLUMN coal.replacement_check.demand_net_t IS '扣原料用煤的 D | D without feedstock | t';
COMMENT ON COLUMN coal.replacement_check.required_net_t IS '扣原料用煤的 Q | Q without feedstock | t';
COMMENT ON COLUMN coal.replacement_check.verdict_net IS '扣原料用煤的结论 | verdict without feedstock';
COMMENT ON COLUMN coal.replacement_check.claimed_t IS '申报替代量：附表3 中的一个数 | replacement claimed in table 3 | t';
COMMENT ON COLUMN coal.replacement_check.n_sources IS '来源数 | sources';
COMMENT ON COLUMN coal.replacement_check.n_accepted IS '认可来源数 | sources accepted';
COMMENT ON COLUMN coal.replacement_check.n_suspected IS '存疑来源数 | sources in doubt';
COMMENT ON COLUMN coal.replacement_check.n_rejected IS '不认可来源数 | sources rejected';
COMMENT ON COLUMN coal.replacement_check.valid_t IS '认可替代量 | replacement accepted | t';
COMMENT ON COLUMN coal.replacement_check.suspected_t IS '存疑替代量 | replacement in doubt | t';
COMMENT ON COLUMN coal.replacement_check.rejected_t IS '不认可替代量 | replacement rejected | t';
COMMENT ON COLUMN coal.replacement_check.realised_t IS '认可量中已完成部分：截至阶段基准日 | of the accepted, done by the day of the stage | t';
COMMENT ON COLUMN coal.replacement_check.shortfall_t IS '缺口；认可量已足为 0 | what is missing; 0 where enough | t';
COMMENT ON COLUMN coal.replacement_check.ratio IS '替代比：认可量与 D 之比 | accepted replacement over D';
COMMENT ON COLUMN coal.replacement_check.approved_t IS '运行核查的批复用煤量 | approved coal, for operation | t';
COMMENT ON COLUMN coal.replacement_check.actual_t IS '运行核查的实际用煤量 | coal used, for operation | t';
COMMENT ON COLUMN coal.replacement_check.excess_t IS '超批复用煤量；未超为 0 | coal used beyond the approval; 0 where none | t';
COMMENT ON COLUMN coal.replacement_check.verdict IS '结论代码：pass 符合, fail 不符合, insufficient 资料不足, unverified 待核实, not_applicable 不适用 | verdict';
COMMENT ON COLUMN coal.replacement_check.verdict_zh IS '结论 | verdict in Chinese';
COMMENT ON COLUMN coal.replacement_check.verdict_en IS '结论 | verdict in English';
COMMENT ON COLUMN coal.replacement_check.verified IS '所用规则已核实 | every rule used was read in an official text';
COMMENT ON COLUMN coal.replacement_check.note_codes IS '说明代码；逗号隔开 | codes of the notes, separated by commas';
COMMENT ON COLUMN coal.replacement_check.notes_zh IS '说明 | notes in Chinese';
COMMENT ON COLUMN coal.replacement_check.notes_en IS '说明 | notes in English';
COMMENT ON COLUMN coal.replacement_check.clause IS '条款 | clause';
COMMENT ON COLUMN coal.replacement_check.source IS '规则来源 | source of the rule';
COMMENT ON COLUMN coal.replacement_check.opinion_zh IS '文书性质 | what this is, in Chinese';
COMMENT ON COLUMN coal.replacement_check.opinion_en IS '文书性质 | what this is, in English';
COMMENT ON COLUMN coal.replacement_check.as_of_day IS '核查日 | day of the check';
COMMENT ON COLUMN coal.replacement_check.sha256 IS '文件校验值 | SHA-256 of the file it came in';
COMMENT ON COLUMN coal.replacement_check.sheet IS '工作表 | sheet';
COMMENT ON COLUMN coal.replacement_check.sheet_row IS '行号 | row in the sheet';

CREATE TABLE IF NOT EXISTS coal.replacement_summary (
    area_kind VARCHAR NOT NULL CHECK (area_kind IN ('all', 'province')),
    area_code VARCHAR NOT NULL,
    stage VARCHAR NOT NULL CHECK (stage IN ('approval', 'commissioning', 'operation')),
    period VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL CHECK (verdict IN ('pass', 'fail', 'insufficient', 'unverified', 'not_applicable')),
    n_projects INTEGER NOT NULL,
    demand_t DECIMAL(22,4),
    required_t DECIMAL(22,4),
    valid_t DECIMAL(22,4),
    suspected_t DECIMAL(22,4),
    rejected_t DECIMAL(22,4),
    shortfall_t DECIMAL(22,4),
    excess_t DECIMAL(22,4),
    n_unverified INTEGER NOT NULL,
    as_of_day DATE NOT NULL,
    PRIMARY KEY (area_kind, area_code, stage, period, verdict)
);
COMMENT ON TABLE coal.replacement_summary IS '煤炭替代核查汇总：各阶段、各结论的项目数与煤量，不列项目与企业 | opinions on coal replacement summed by stage and verdict, without projects and firms | 内部';
COMMENT ON COLUMN coal.replacement_summary.area_kind IS '对象类别：all 全部项目，province 省 | kind of area: all projects, province';
COMMENT ON COLUMN coal.replacement_summary.area_code IS '对象代码：* 为全部 | code of the area; * is all';
COMMENT ON COLUMN coal.replacement_summary.stage IS '核查阶段：approval 审批, commissioning 投产, operation 运行 | stage of the check';
COMMENT ON COLUMN coal.replacement_summary.period IS '运行年份：其他阶段为 all | year of operation; all for the other stages';
COMMENT ON COLUMN coal.replacement_summary.verdict IS '结论代码：pass 符合, fail 不符合, insufficient 资料不足, unverified 待核实, not_applicable 不适用 | verdict';
COMMENT ON COLUMN coal.replacement_summary.n_projects IS '项目数 | projects';
COMMENT ON COLUMN coal.replacement_summary.demand_t IS '应替代用煤量 | coal to be replaced | t';
COMMENT ON COLUMN coal.replacement_summary.required_t IS '需替代量 | replacement required | t';
COMMENT ON COLUMN coal.replacement_summary.valid_t IS '认可替代量 | replacement accepted | t';
COMMENT ON COLUMN coal.replacement_summary.suspected_t IS '存疑替代量 | replacement in doubt | t';
COMMENT ON COLUMN coal.replacement_summary.rejected_t IS '不认可替代量 | replacement rejected | t';
COMMENT ON COLUMN coal.replacement_summary.shortfall_t IS '缺口 | what is missing | t';
COMMENT ON COLUMN coal.replacement_summary.excess_t IS '超批复用煤量 | coal used beyond the approval | t';
COMMENT ON COLUMN coal.replacement_summary.n_unverified IS '所用规则未核实的项目数 | projects judged by a rule that was not verified';
COMMENT ON COLUMN coal.replacement_summary.as_of_day IS '核查日 | day of the check';
