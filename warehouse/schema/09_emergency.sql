-- Warnings of heavy pollution: the rules by which a level is proposed, and the warnings themselves as the state file holds them.
CREATE SCHEMA IF NOT EXISTS emergency;

CREATE TABLE IF NOT EXISTS ref.warning_level (
    level VARCHAR NOT NULL CHECK (level IN ('none', 'precaution', 'blue', 'yellow', 'orange', 'red')),
    rank INTEGER NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    short_zh VARCHAR NOT NULL,
    badge_zh VARCHAR NOT NULL,
    badge_en VARCHAR NOT NULL,
    response VARCHAR,
    colour VARCHAR,
    text_colour VARCHAR,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (level, valid_from)
);
COMMENT ON TABLE ref.warning_level IS '预警级别：各处所用的名称、响应级别与标识颜色 | levels of warnings: names, responses and colours of their signs | 公开';
COMMENT ON COLUMN ref.warning_level.level IS '级别：none 无，precaution 黄色以下，blue 蓝（2018年前），yellow 黄，orange 橙，red 红 | level';
COMMENT ON COLUMN ref.warning_level.rank IS '轻重次序；0 为无 | order, 0 for none';
COMMENT ON COLUMN ref.warning_level.name_zh IS '文件用名 | Chinese name in documents';
COMMENT ON COLUMN ref.warning_level.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.warning_level.short_zh IS '短名，用于句中与表格 | Chinese name within a line or a cell';
COMMENT ON COLUMN ref.warning_level.badge_zh IS '标签用名 | Chinese name on a badge';
COMMENT ON COLUMN ref.warning_level.badge_en IS '标签用名（英文） | English name on a badge';
COMMENT ON COLUMN ref.warning_level.response IS '应急响应级别；黄色以下没有 | numeral of the emergency response; none below yellow';
COMMENT ON COLUMN ref.warning_level.colour IS '标识底色，#RRGGBB；空为不再使用的级别 | ground of its sign; NULL: a level no longer given';
COMMENT ON COLUMN ref.warning_level.text_colour IS '标识文字颜色，#RRGGBB | letters of its sign';
COMMENT ON COLUMN ref.warning_level.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.warning_level.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.warning_level.clause IS '条款 | clause';
COMMENT ON COLUMN ref.warning_level.source IS '来源 | source';
COMMENT ON COLUMN ref.warning_level.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.warning_level.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.warning_profile (
    profile VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('base', 'addition')),
    enabled BOOLEAN NOT NULL,
    area_code VARCHAR,
    lead_time_h INTEGER NOT NULL,
    lift_h INTEGER NOT NULL,
    merge_gap_lt_h INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (profile, valid_from)
);
COMMENT ON TABLE ref.warning_profile IS '预警方案：分级规则的版本 | profiles of the warning rule | 公开';
COMMENT ON COLUMN ref.warning_profile.profile IS '方案 | profile';
COMMENT ON COLUMN ref.warning_profile.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.warning_profile.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.warning_profile.kind IS '类别：base 完整方案，addition 附加级别 | kind: a whole profile, or levels to be added to one';
COMMENT ON COLUMN ref.warning_profile.enabled IS '是否启用；未启用者须经确认 | in use; others need somebody who confirms them';
COMMENT ON COLUMN ref.warning_profile.area_code IS '适用城市；空为不限 | the city it is for; NULL: any';
COMMENT ON COLUMN ref.warning_profile.lead_time_h IS '发布提前小时数 | hours of notice before the start';
COMMENT ON COLUMN ref.warning_profile.lift_h IS '解除或降级所需的预测持续小时数 | hours the forecast must stay below before lifting or lowering';
COMMENT ON COLUMN ref.warning_profile.merge_gap_lt_h IS '间隔小于该小时数的过程合并 | episodes less than this many hours apart are one';
COMMENT ON COLUMN ref.warning_profile.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.warning_profile.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.warning_profile.clause IS '条款 | clause';
COMMENT ON COLUMN ref.warning_profile.source IS '来源 | source';
COMMENT ON COLUMN ref.warning_profile.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.warning_profile.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.warning_rule (
    profile VARCHAR NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('red', 'orange', 'yellow', 'blue', 'precaution')),
    alternative INTEGER NOT NULL,
    part INTEGER NOT NULL,
    relation VARCHAR NOT NULL CHECK (relation IN ('run', 'inside')),
    aqi_gt INTEGER NOT NULL,
    run_h INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (profile, level, alternative, part, valid_from)
);
COMMENT ON TABLE ref.warning_rule IS '预警分级条件：任一备选成立即达到该级，备选的各部分须同时成立 | conditions of the warning levels: any alternative will do, all of its parts must hold | 公开';
COMMENT ON COLUMN ref.warning_rule.profile IS '方案 | profile';
COMMENT ON COLUMN ref.warning_rule.level IS '级别：red 红，orange 橙，yellow 黄，blue 蓝（2018年前），precaution 黄色以下 | level';
COMMENT ON COLUMN ref.warning_rule.alternative IS '备选条件序号 | alternative';
COMMENT ON COLUMN ref.warning_rule.part IS '条件内部分序号 | part of the alternative';
COMMENT ON COLUMN ref.warning_rule.relation IS '关系：run 连续时段，inside 在前一部分的时段之内 | relation: a run, or inside the run of the part before';
COMMENT ON COLUMN ref.warning_rule.aqi_gt IS 'AQI 大于（不含该值） | AQI above, the value itself excluded';
COMMENT ON COLUMN ref.warning_rule.run_h IS '持续小时数（含） | hours it lasts at least';
COMMENT ON COLUMN ref.warning_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.warning_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.warning_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.warning_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.warning_rule.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.warning_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS emergency.warning (
    warning_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('real', 'drill')),
    state VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    level_rule VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    start_at TIMESTAMP,
    end_at TIMESTAMP,
    expires_at TIMESTAMP,
    profile VARCHAR NOT NULL,
    profile_version VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    forecast_issued_at TIMESTAMP NOT NULL,
    forecast_sha256 VARCHAR,
    snapshot VARCHAR,
    draft_sha256 VARCHAR NOT NULL,
    draft_key VARCHAR NOT NULL,
    drafted_at TIMESTAMP NOT NULL,
    approved_by VARCHAR,
    approved_at TIMESTAMP,
    office VARCHAR,
    issuing_body VARCHAR,
    document_no VARCHAR,
    signatory VARCHAR,
    reason VARCHAR,
    response_at TIMESTAMP,
    lifted_at TIMESTAMP,
    evaluated_at TIMESTAMP,
    superseded_by VARCHAR,
    level_before VARCHAR,
    decided_at TIMESTAMP,
    PRIMARY KEY (warning_id)
);
COMMENT ON TABLE emergency.warning IS '预警记录：每个预警或草稿的现状（源自状态文件） | warnings: each draft or warning as it stands, from the state file | 公开';
COMMENT ON COLUMN emergency.warning.warning_id IS '预警编号 | id of the warning';
COMMENT ON COLUMN emergency.warning.kind IS '性质：real 正式，drill 演练（含回放与模拟数据） | real, or an exercise (replays and simulated data too)';
COMMENT ON COLUMN emergency.warning.state IS '状态：draft 草稿，approved 已批准，started 响应已启动，upgraded 已升级，downgraded 已降级，extended 已延长，suspended 已暂停，resumed 已恢复，lifted 已解除，evaluated 已评估，expired 已过期，cancelled 已作废，superseded 已被取代 | state';
COMMENT ON COLUMN emergency.warning.city_code IS '城市代码 | city code';
COMMENT ON COLUMN emergency.warning.level IS '级别：none 无，precaution 黄色以下，yellow 黄，orange 橙，red 红 | level';
COMMENT ON COLUMN emergency.warning.level_rule IS '规则建议级别：自身、区域、上级取最严 | level the rule gives: the gravest of own, regional and superior |  | 内部';
COMMENT ON COLUMN emergency.warning.basis IS '依据：own 本市，regional 区域，superior 上级，none 无 | whose level it is |  | 内部';
COMMENT ON COLUMN emergency.warning.start_at IS '开始时间（北京时间） | start, Beijing time';
COMMENT ON COLUMN emergency.warning.end_at IS '结束时间；空为另行通知 | end; NULL: to be told later';
COMMENT ON COLUMN emergency.warning.expires_at IS '草稿有效至 | a draft may be approved until then |  | 内部';
COMMENT ON COLUMN emergency.warning.profile IS '方案 | profile of the rule |  | 内部';
COMMENT ON COLUMN emergency.warning.profile_version IS '方案版本 | fingerprint of the profile |  | 内部';
COMMENT ON COLUMN emergency.warning.model IS '预报方法 | method of the forecast |  | 内部';
COMMENT ON COLUMN emergency.warning.forecast_issued_at IS '预报发布时间 | time the forecast was issued |  | 内部';
COMMENT ON COLUMN emergency.warning.forecast_sha256 IS '预报文件指纹 | SHA-256 of the forecast file |  | 内部';
COMMENT ON COLUMN emergency.warning.snapshot IS '数据版本；空为首次发布之前所起草 | published version of the data at the draft; NULL: drafted before anything was published |  | 内部';
COMMENT ON COLUMN emergency.warning.draft_sha256 IS '草稿指纹 | SHA-256 of the draft |  | 内部';
COMMENT ON COLUMN emergency.warning.draft_key IS '草稿内容指纹；不含起草时间 | fingerprint of the draft, the time of drafting left out |  | 内部';
COMMENT ON COLUMN emergency.warning.drafted_at IS '起草时间 | when drafted |  | 内部';
COMMENT ON COLUMN emergency.warning.approved_by IS '批准人 | who approved it |  | 内部';
COMMENT ON COLUMN emergency.warning.approved_at IS '批准时间 | when approved';
COMMENT ON COLUMN emergency.warning.office IS '职务或处室 | office of the person |  | 内部';
COMMENT ON COLUMN emergency.warning.issuing_body IS '发布单位 | issuing body';
COMMENT ON COLUMN emergency.warning.document_no IS '文号 | document number';
COMMENT ON COLUMN emergency.warning.signatory IS '上级签发人 | higher signatory |  | 内部';
COMMENT ON COLUMN emergency.warning.reason IS '理由；最近一次决定所写 | reason given last |  | 内部';
COMMENT ON COLUMN emergency.warning.response_at IS '响应启动时间 | start of the response';
COMMENT ON COLUMN emergency.warning.lifted_at IS '解除时间 | when lifted';
COMMENT ON COLUMN emergency.warning.evaluated_at IS '评估时间 | when evaluated |  | 内部';
COMMENT ON COLUMN emergency.warning.superseded_by IS '取代它的草稿 | draft that replaced it |  | 内部';
COMMENT ON COLUMN emergency.warning.level_before IS '变更前级别 | level before the last change';
COMMENT ON COLUMN emergency.warning.decided_at IS '最近决定时间 | time of the last decision';

CREATE TABLE IF NOT EXISTS emergency.warning_event (
    event_id BIGINT NOT NULL,
    warning_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    action VARCHAR NOT NULL,
    state_from VARCHAR,
    state_to VARCHAR NOT NULL,
    level_from VARCHAR,
    level VARCHAR NOT NULL,
    level_rule VARCHAR,
    basis VARCHAR NOT NULL,
    start_at TIMESTAMP,
    end_at TIMESTAMP,
    effective_at TIMESTAMP,
    decided_by VARCHAR,
    office VARCHAR,
    issuing_body VARCHAR,
    document_no VARCHAR,
    signatory VARCHAR,
    reason VARCHAR,
    rule_met BOOLEAN,
    related_id VARCHAR,
    as_of TIMESTAMP NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    forecast_issued_at TIMESTAMP,
    forecast_sha256 VARCHAR,
    model VARCHAR,
    profile VARCHAR,
    profile_version VARCHAR,
    snapshot VARCHAR,
    document_sha256 VARCHAR,
    command_key VARCHAR NOT NULL,
    PRIMARY KEY (event_id)
);
COMMENT ON TABLE emergency.warning_event IS '预警事件：每次决定一行，只增不改 | events of warnings: one row per decision, only ever added | 内部';
COMMENT ON COLUMN emergency.warning_event.event_id IS '事件序号 | number of the event';
COMMENT ON COLUMN emergency.warning_event.warning_id IS '预警编号 | id of the warning';
COMMENT ON COLUMN emergency.warning_event.seq IS '预警内序号 | number within the warning';
COMMENT ON COLUMN emergency.warning_event.action IS '动作：draft 保存草稿，approve 批准，start 启动，upgrade 升级，downgrade 降级，extend 延长，suspend 暂停，resume 恢复，lift 解除，evaluate 评估，expire 过期，cancel 作废，supersede 被取代，order 上级或区域指令，order_lifted 指令解除 | action';
COMMENT ON COLUMN emergency.warning_event.state_from IS '原状态 | state before';
COMMENT ON COLUMN emergency.warning_event.state_to IS '新状态 | state after';
COMMENT ON COLUMN emergency.warning_event.level_from IS '原级别：none 无，precaution 黄色以下，yellow 黄，orange 橙，red 红 | level before';
COMMENT ON COLUMN emergency.warning_event.level IS '级别：none 无，precaution 黄色以下，yellow 黄，orange 橙，red 红 | level after';
COMMENT ON COLUMN emergency.warning_event.level_rule IS '规则建议级别 | level the rule gave';
COMMENT ON COLUMN emergency.warning_event.basis IS '依据 | whose level it is';
COMMENT ON COLUMN emergency.warning_event.start_at IS '开始时间 | start of the warning after it';
COMMENT ON COLUMN emergency.warning_event.end_at IS '结束时间 | end of the warning after it';
COMMENT ON COLUMN emergency.warning_event.effective_at IS '生效时间；响应启动或解除 | moment the response started or the warning was lifted';
COMMENT ON COLUMN emergency.warning_event.decided_by IS '决定人 | who decided';
COMMENT ON COLUMN emergency.warning_event.office IS '职务或处室 | office of the person';
COMMENT ON COLUMN emergency.warning_event.issuing_body IS '发布单位 | issuing body';
COMMENT ON COLUMN emergency.warning_event.document_no IS '文号 | document number';
COMMENT ON COLUMN emergency.warning_event.signatory IS '上级签发人 | higher signatory';
COMMENT ON COLUMN emergency.warning_event.reason IS '理由 | reason';
COMMENT ON COLUMN emergency.warning_event.rule_met IS '是否符合规则；空为未比较 | whether the rule gives it; NULL: not compared';
COMMENT ON COLUMN emergency.warning_event.related_id IS '相关编号；指令或取代它的草稿 | the order, or the draft that replaced it';
COMMENT ON COLUMN emergency.warning_event.as_of IS '业务时间 | what the command took as now';
COMMENT ON COLUMN emergency.warning_event.recorded_at IS '登记时间 | real time of the entry';
COMMENT ON COLUMN emergency.warning_event.forecast_issued_at IS '预报发布时间 | time the forecast was issued';
COMMENT ON COLUMN emergency.warning_event.forecast_sha256 IS '预报文件指纹 | SHA-256 of the forecast file';
COMMENT ON COLUMN emergency.warning_event.model IS '预报方法 | method of the forecast';
COMMENT ON COLUMN emergency.warning_event.profile IS '方案 | profile of the rule';
COMMENT ON COLUMN emergency.warning_event.profile_version IS '方案版本 | fingerprint of the profile';
COMMENT ON COLUMN emergency.warning_event.snapshot IS '数据版本；空为首次发布之前 | published version of the data; NULL: before anything was published';
COMMENT ON COLUMN emergency.warning_event.document_sha256 IS '所据文件指纹 | SHA-256 of the draft or review it rests on';
COMMENT ON COLUMN emergency.warning_event.command_key IS '命令指纹 | fingerprint of the command, by which a repetition is known';

CREATE TABLE IF NOT EXISTS emergency.superior_order (
    event_id BIGINT NOT NULL,
    order_id VARCHAR NOT NULL,
    action VARCHAR NOT NULL CHECK (action IN ('enter', 'lift')),
    kind VARCHAR NOT NULL,
    city_code VARCHAR NOT NULL,
    order_kind VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    start_at TIMESTAMP,
    end_at TIMESTAMP,
    document_no VARCHAR,
    issued_by VARCHAR,
    entered_by VARCHAR NOT NULL,
    reason VARCHAR,
    as_of TIMESTAMP NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (event_id)
);
COMMENT ON TABLE emergency.superior_order IS '上级与区域指令：录入与解除 | orders by others: entered and lifted | 内部';
COMMENT ON COLUMN emergency.superior_order.event_id IS '事件序号 | number of the event';
COMMENT ON COLUMN emergency.superior_order.order_id IS '指令编号 | id of the order';
COMMENT ON COLUMN emergency.superior_order.action IS '动作：enter 录入，lift 解除 | action';
COMMENT ON COLUMN emergency.superior_order.kind IS '性质：real 正式，drill 演练 | real, or an exercise';
COMMENT ON COLUMN emergency.superior_order.city_code IS '城市代码 | city code';
COMMENT ON COLUMN emergency.superior_order.order_kind IS '指令类别：superior 上级，regional 区域 | of a superior office, or regional';
COMMENT ON COLUMN emergency.superior_order.level IS '级别 | level ordered';
COMMENT ON COLUMN emergency.superior_order.start_at IS '开始时间 | start';
COMMENT ON COLUMN emergency.superior_order.end_at IS '结束时间；空为至解除 | end; NULL: until lifted';
COMMENT ON COLUMN emergency.superior_order.document_no IS '文号 | document number';
COMMENT ON COLUMN emergency.superior_order.issued_by IS '下达单位 | who ordered it';
COMMENT ON COLUMN emergency.superior_order.entered_by IS '录入人 | who entered it';
COMMENT ON COLUMN emergency.superior_order.reason IS '说明 | note';
COMMENT ON COLUMN emergency.superior_order.as_of IS '业务时间 | what the command took as now';
COMMENT ON COLUMN emergency.superior_order.recorded_at IS '登记时间 | real time of the entry';
