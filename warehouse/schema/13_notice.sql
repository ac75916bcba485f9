-- Texts and codes of notices: measures by level, the plans they rest on, codes of warning messages, wording, points of inspection.

CREATE TABLE IF NOT EXISTS ref.notice_measure (
    item VARCHAR NOT NULL,
    area VARCHAR NOT NULL,
    level VARCHAR NOT NULL CHECK (level IN ('precaution', 'yellow', 'orange', 'red', 'any')),
    block VARCHAR NOT NULL CHECK (block IN ('to', 'health', 'advice', 'mandatory', 'copy')),
    sort INTEGER NOT NULL,
    topic_zh VARCHAR NOT NULL,
    topic_en VARCHAR NOT NULL,
    department_zh VARCHAR NOT NULL,
    department_en VARCHAR NOT NULL,
    text_zh VARCHAR NOT NULL,
    text_en VARCHAR NOT NULL,
    target_zh VARCHAR,
    target_en VARCHAR,
    exceptions_zh VARCHAR,
    exceptions_en VARCHAR,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (item, area, level, block, valid_from)
);
COMMENT ON TABLE ref.notice_measure IS '通告措施：健康防护、建议性与强制性减排措施的文字 | measures of notices: their texts by level | 公开';
COMMENT ON COLUMN ref.notice_measure.item IS '条目 | item';
COMMENT ON COLUMN ref.notice_measure.area IS '适用城市或省代码；any 为不限 | city or province it is for; any';
COMMENT ON COLUMN ref.notice_measure.level IS '级别：precaution 黄色以下，yellow 黄，orange 橙，red 红，any 不分级 | level';
COMMENT ON COLUMN ref.notice_measure.block IS '部分：to 主送，health 健康防护，advice 建议性，mandatory 强制性，copy 抄送 | part of the letter';
COMMENT ON COLUMN ref.notice_measure.sort IS '次序 | order';
COMMENT ON COLUMN ref.notice_measure.topic_zh IS '类别 | topic';
COMMENT ON COLUMN ref.notice_measure.topic_en IS '类别（英文） | topic in English';
COMMENT ON COLUMN ref.notice_measure.department_zh IS '督导部门 | department in charge';
COMMENT ON COLUMN ref.notice_measure.department_en IS '督导部门（英文） | department in English';
COMMENT ON COLUMN ref.notice_measure.text_zh IS '措施 | text';
COMMENT ON COLUMN ref.notice_measure.text_en IS '措施（英文） | text in English';
COMMENT ON COLUMN ref.notice_measure.target_zh IS '对象 | whom it is for';
COMMENT ON COLUMN ref.notice_measure.target_en IS '对象（英文） | whom it is for, in English';
COMMENT ON COLUMN ref.notice_measure.exceptions_zh IS '例外 | exceptions';
COMMENT ON COLUMN ref.notice_measure.exceptions_en IS '例外（英文） | exceptions in English';
COMMENT ON COLUMN ref.notice_measure.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.notice_measure.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.notice_measure.clause IS '条款 | clause';
COMMENT ON COLUMN ref.notice_measure.source IS '来源 | source';
COMMENT ON COLUMN ref.notice_measure.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.notice_measure.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.notice_plan (
    area VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    document_no VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (area, valid_from)
);
COMMENT ON TABLE ref.notice_plan IS '应急预案：通告所依据的预案及文号 | emergency plans notices rest on | 公开';
COMMENT ON COLUMN ref.notice_plan.area IS '城市或省代码 | city or province';
COMMENT ON COLUMN ref.notice_plan.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.notice_plan.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.notice_plan.document_no IS '文号 | document number';
COMMENT ON COLUMN ref.notice_plan.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.notice_plan.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.notice_plan.clause IS '条款 | clause';
COMMENT ON COLUMN ref.notice_plan.source IS '来源 | source';
COMMENT ON COLUMN ref.notice_plan.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.notice_plan.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.notice_code (
    code_kind VARCHAR NOT NULL CHECK (code_kind IN ('agency', 'unit', 'extension', 'event')),
    code VARCHAR NOT NULL,
    name_zh VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (code_kind, valid_from)
);
COMMENT ON TABLE ref.notice_code IS '预警信息编码：消息标识与事件代码 | codes of warning messages: identifier and event | 公开';
COMMENT ON COLUMN ref.notice_code.code_kind IS '编码类别：agency 机构，unit 单位，extension 扩展，event 事件 | kind of code';
COMMENT ON COLUMN ref.notice_code.code IS '代码 | code';
COMMENT ON COLUMN ref.notice_code.name_zh IS '中文名称 | Chinese name';
COMMENT ON COLUMN ref.notice_code.name_en IS '英文名称 | English name';
COMMENT ON COLUMN ref.notice_code.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.notice_code.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.notice_code.clause IS '条款 | clause';
COMMENT ON COLUMN ref.notice_code.source IS '来源 | source';
COMMENT ON COLUMN ref.notice_code.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.notice_code.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.notice_text (
    kind VARCHAR NOT NULL CHECK (kind IN ('issue', 'upgrade', 'downgrade', 'extend', 'suspend', 'resume', 'lift')),
    title VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    sms VARCHAR NOT NULL,
    sms_short VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (kind, valid_from)
);
COMMENT ON TABLE ref.notice_text IS '通知模板：各类通知的标题、正文与短信文字 | templates of notices: title, body and short message by kind | 公开';
COMMENT ON COLUMN ref.notice_text.kind IS '类别：issue 发布，upgrade 升级，downgrade 降级，extend 延长，suspend 暂停，resume 恢复，lift 解除 | kind of notice';
COMMENT ON COLUMN ref.notice_text.title IS '标题；花括号内为代入项 | title; words in braces are put in';
COMMENT ON COLUMN ref.notice_text.body IS '正文 | body';
COMMENT ON COLUMN ref.notice_text.sms IS '短信 | short message';
COMMENT ON COLUMN ref.notice_text.sms_short IS '较短的短信，长者超出70字时用 | shorter message, where the other is over 70 characters';
COMMENT ON COLUMN ref.notice_text.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.notice_text.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.notice_text.clause IS '条款 | clause';
COMMENT ON COLUMN ref.notice_text.source IS '来源 | source';
COMMENT ON COLUMN ref.notice_text.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.notice_text.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.notice_sms (
    kind VARCHAR NOT NULL CHECK (kind IN ('issue', 'upgrade', 'downgrade', 'extend', 'suspend', 'resume', 'lift')),
    firm VARCHAR NOT NULL,
    firm_tail VARCHAR NOT NULL,
    public VARCHAR NOT NULL,
    public_tail VARCHAR NOT NULL,
    department VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (kind, valid_from)
);
COMMENT ON TABLE ref.notice_sms IS '短信模板：发给企业、公众与部门的文字 | templates of short messages: enterprises, public, departments | 公开';
COMMENT ON COLUMN ref.notice_sms.kind IS '类别：issue 发布，upgrade 升级，downgrade 降级，extend 延长，suspend 暂停，resume 恢复，lift 解除 | kind of notice';
COMMENT ON COLUMN ref.notice_sms.firm IS '企业短信；花括号内为代入项 | for an enterprise; words in braces are put in';
COMMENT ON COLUMN ref.notice_sms.firm_tail IS '企业短信结尾，放不下时略去 | its ending, left out where there is no room';
COMMENT ON COLUMN ref.notice_sms.public IS '公众短信 | for the public';
COMMENT ON COLUMN ref.notice_sms.public_tail IS '公众短信结尾 | its ending';
COMMENT ON COLUMN ref.notice_sms.department IS '部门短信 | for departments';
COMMENT ON COLUMN ref.notice_sms.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.notice_sms.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.notice_sms.clause IS '条款 | clause';
COMMENT ON COLUMN ref.notice_sms.source IS '来源 | source';
COMMENT ON COLUMN ref.notice_sms.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.notice_sms.note IS '说明 | note';

CREATE TABLE IF NOT EXISTS ref.inspection_point (
    point VARCHAR NOT NULL,
    codes VARCHAR,
    text_zh VARCHAR NOT NULL,
    text_en VARCHAR NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    clause VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    note VARCHAR,
    CHECK (valid_to >= valid_from),
    PRIMARY KEY (point, valid_from)
);
COMMENT ON TABLE ref.inspection_point IS '核查要点：现场核查减排措施时看什么 | points of inspection: what to look for on site | 公开';
COMMENT ON COLUMN ref.inspection_point.point IS '要点 | point';
COMMENT ON COLUMN ref.inspection_point.codes IS '所适用的措施代码，分号分隔；空为全部 | codes of measures it is for, separated by semicolons; NULL: all';
COMMENT ON COLUMN ref.inspection_point.text_zh IS '文字 | text';
COMMENT ON COLUMN ref.inspection_point.text_en IS '文字（英文） | text in English';
COMMENT ON COLUMN ref.inspection_point.valid_from IS '有效期首日 | first day it holds';
COMMENT ON COLUMN ref.inspection_point.valid_to IS '有效期末日（含）；空为至今 | last day it holds, inclusive; NULL is open';
COMMENT ON COLUMN ref.inspection_point.clause IS '条款 | clause';
COMMENT ON COLUMN ref.inspection_point.source IS '来源 | source';
COMMENT ON COLUMN ref.inspection_point.verified IS '是否已据官方文本或两个独立来源核实 | read in an official text or in two independent places';
COMMENT ON COLUMN ref.inspection_point.note IS '说明 | note';
