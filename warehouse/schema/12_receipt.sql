-- Limits of the verdicts of checks; answers to a response and the checks of its execution, copied whole from the state file
-- at publication.
CREATE TABLE IF NOT EXISTS ref.receipt_rule (
    rule VARCHAR NOT NULL CHECK (rule IN ('tolerance', 'partial_share', 'max_missing_share')),
    value DOUBLE NOT NULL CHECK (value BETWEEN 0 AND 1),
    unit VARCHAR NOT NULL CHECK (unit = 'ratio'),
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
COMMENT ON TABLE ref.receipt_rule IS '执行核查结论的判据：按证据得出结论的阈值（本系统约定） | limits by which evidence gives a verdict on execution (convention of this system) | 公开';
COMMENT ON COLUMN ref.receipt_rule.rule IS '规则：tolerance 容差，partial_share 部分落实，max_missing_share 缺测上限 | rule';
COMMENT ON COLUMN ref.receipt_rule.value IS '取值；0–1 | value, share of 0–1';
COMMENT ON COLUMN ref.receipt_rule.unit IS '单位：ratio 比值 | unit of the values';
COMMENT ON COLUMN ref.receipt_rule.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.receipt_rule.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.receipt_rule.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.receipt_rule.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.receipt_rule.clause IS '条款 | clause';
COMMENT ON COLUMN ref.receipt_rule.source IS '来源 | source';
COMMENT ON COLUMN ref.receipt_rule.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.receipt_rule.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS emergency.receipt (
    receipt_id BIGINT NOT NULL,
    receipt_key VARCHAR NOT NULL,
    warning_id VARCHAR NOT NULL,
    sender_kind VARCHAR NOT NULL CHECK (sender_kind IN ('enterprise', 'county', 'department')),
    sender_id VARCHAR NOT NULL,
    sender_name VARCHAR NOT NULL,
    site VARCHAR,
    version_id VARCHAR,
    answered_at TIMESTAMP NOT NULL,
    answered_by VARCHAR NOT NULL,
    channel VARCHAR NOT NULL CHECK (channel IN ('sms', 'phone', 'system', 'onsite')),
    status VARCHAR NOT NULL CHECK (status IN ('done', 'partial', 'unable')),
    reason VARCHAR,
    note VARCHAR,
    entered_by VARCHAR,
    source VARCHAR,
    source_sha256 VARCHAR,
    source_line INTEGER,
    as_of TIMESTAMP NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (receipt_id)
);
COMMENT ON TABLE emergency.receipt IS '响应回执：企业、区县、部门的答复，只增不改 | receipts: answers of enterprises, counties and departments to a response, only ever added | 限制';
COMMENT ON COLUMN emergency.receipt.receipt_id IS '回执序号 | number of the receipt';
COMMENT ON COLUMN emergency.receipt.receipt_key IS '回执内容指纹 | fingerprint of what it says';
COMMENT ON COLUMN emergency.receipt.warning_id IS '预警编号 | id of the warning';
COMMENT ON COLUMN emergency.receipt.sender_kind IS '回执方类别：enterprise 企业，county 区县，department 部门 | kind of sender';
COMMENT ON COLUMN emergency.receipt.sender_id IS '回执方：统一社会信用代码、区县代码或部门名称 | sender: credit code, county code or department';
COMMENT ON COLUMN emergency.receipt.sender_name IS '回执方名称 | name of the sender';
COMMENT ON COLUMN emergency.receipt.site IS '厂区；空为全部厂区 | site; NULL: all sites of the firm';
COMMENT ON COLUMN emergency.receipt.version_id IS '所据清单版本；空为无备案清单 | version of the list in use; NULL: none is filed';
COMMENT ON COLUMN emergency.receipt.answered_at IS '回执时间（北京时间） | when answered, Beijing time';
COMMENT ON COLUMN emergency.receipt.answered_by IS '回执人 | who answered';
COMMENT ON COLUMN emergency.receipt.channel IS '回执方式：sms 短信，phone 电话，system 系统，onsite 现场 | channel';
COMMENT ON COLUMN emergency.receipt.status IS '执行状态：done 已执行，partial 部分执行，unable 不能执行 | status';
COMMENT ON COLUMN emergency.receipt.reason IS '未完全执行的原因 | why not carried out in full';
COMMENT ON COLUMN emergency.receipt.note IS '说明 | note';
COMMENT ON COLUMN emergency.receipt.entered_by IS '录入人 | who entered it';
COMMENT ON COLUMN emergency.receipt.source IS '来源文件名；空为逐条录入 | file it came from; NULL: entered singly';
COMMENT ON COLUMN emergency.receipt.source_sha256 IS '来源文件指纹 | SHA-256 of the file';
COMMENT ON COLUMN emergency.receipt.source_line IS '来源行号 | line of the file';
COMMENT ON COLUMN emergency.receipt.as_of IS '业务时间 | what the command took as now';
COMMENT ON COLUMN emergency.receipt.recorded_at IS '登记时间 | real time of the entry';

CREATE TABLE IF NOT EXISTS emergency.verification (
    verification_id BIGINT NOT NULL,
    verification_key VARCHAR NOT NULL,
    warning_id VARCHAR NOT NULL,
    credit_code VARCHAR NOT NULL,
    firm_name VARCHAR NOT NULL,
    site VARCHAR,
    line_id VARCHAR,
    version_id VARCHAR,
    level VARCHAR NOT NULL,
    expected_ratio DOUBLE,
    expected_source VARCHAR CHECK (expected_source IN ('list', 'guide')),
    window_start TIMESTAMP NOT NULL,
    window_end TIMESTAMP NOT NULL,
    cems_load_ratio DOUBLE,
    power_ratio DOUBLE,
    truck_violations INTEGER,
    cems_missing_h DOUBLE,
    verdict VARCHAR NOT NULL CHECK (verdict IN ('ok', 'partial', 'fail', 'no_data')),
    verdict_by VARCHAR NOT NULL CHECK (verdict_by IN ('stated', 'rule')),
    verdict_why VARCHAR,
    evidence VARCHAR,
    checked_by VARCHAR,
    checked_at TIMESTAMP NOT NULL,
    note VARCHAR,
    entered_by VARCHAR,
    source VARCHAR,
    source_sha256 VARCHAR,
    source_line INTEGER,
    as_of TIMESTAMP NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    PRIMARY KEY (verification_id)
);
COMMENT ON TABLE emergency.verification IS '执行核查：现场、在线监控、用电等证据与结论，只增不改 | checks of execution: on-site, CEMS and power evidence with a verdict, only ever added | 限制';
COMMENT ON COLUMN emergency.verification.verification_id IS '核查序号 | number of the record';
COMMENT ON COLUMN emergency.verification.verification_key IS '核查内容指纹 | fingerprint of what it says';
COMMENT ON COLUMN emergency.verification.warning_id IS '预警编号 | id of the warning';
COMMENT ON COLUMN emergency.verification.credit_code IS '统一社会信用代码 | credit code';
COMMENT ON COLUMN emergency.verification.firm_name IS '企业名称 | name';
COMMENT ON COLUMN emergency.verification.site IS '厂区；空为全部厂区 | site; NULL: all sites of the firm';
COMMENT ON COLUMN emergency.verification.line_id IS '生产线编号；空为全部生产线 | line; NULL: all lines';
COMMENT ON COLUMN emergency.verification.version_id IS '所据清单版本；空为无备案清单 | version of the list in use; NULL: none is filed';
COMMENT ON COLUMN emergency.verification.level IS '核查级别：precaution 黄色以下，yellow 黄，orange 橙，red 红 | level it was checked at';
COMMENT ON COLUMN emergency.verification.expected_ratio IS '应减比例；0–1 | ratio to be cut';
COMMENT ON COLUMN emergency.verification.expected_source IS '应减比例来源：list 清单，guide 技术指南 | where the ratio is from';
COMMENT ON COLUMN emergency.verification.window_start IS '核查时段开始 | start of the time looked at';
COMMENT ON COLUMN emergency.verification.window_end IS '核查时段结束 | end of the time looked at';
COMMENT ON COLUMN emergency.verification.cems_load_ratio IS '在线监控负荷比：响应期间与正常之比 | load by CEMS against normal, ratio';
COMMENT ON COLUMN emergency.verification.power_ratio IS '用电比：响应期间与正常之比 | power use against normal, ratio';
COMMENT ON COLUMN emergency.verification.truck_violations IS '违规车辆数 | trucks against the rule';
COMMENT ON COLUMN emergency.verification.cems_missing_h IS '在线监控缺测 | CEMS hours missing | h';
COMMENT ON COLUMN emergency.verification.verdict IS '核查结论：ok 落实，partial 部分落实，fail 未落实，no_data 无数据 | verdict';
COMMENT ON COLUMN emergency.verification.verdict_by IS '结论来源：stated 核查人所写，rule 按规则得出 | who gave the verdict: the inspector, or the rule';
COMMENT ON COLUMN emergency.verification.verdict_why IS '结论依据代码 | code of the reason of a verdict by rule';
COMMENT ON COLUMN emergency.verification.evidence IS '证据，分号分隔 | evidence, separated by semicolons';
COMMENT ON COLUMN emergency.verification.checked_by IS '核查人 | who checked';
COMMENT ON COLUMN emergency.verification.checked_at IS '核查时间 | when checked';
COMMENT ON COLUMN emergency.verification.note IS '说明 | note';
COMMENT ON COLUMN emergency.verification.entered_by IS '录入人 | who entered it';
COMMENT ON COLUMN emergency.verification.source IS '来源文件名 | file it came from';
COMMENT ON COLUMN emergency.verification.source_sha256 IS '来源文件指纹 | SHA-256 of the file';
COMMENT ON COLUMN emergency.verification.source_line IS '来源行号 | line of the file';
COMMENT ON COLUMN emergency.verification.as_of IS '业务时间 | what the command took as now';
COMMENT ON COLUMN emergency.verification.recorded_at IS '登记时间 | real time of the entry';
