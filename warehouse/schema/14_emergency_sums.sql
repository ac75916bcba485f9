-- What people look at without seeing firms: blocks a warning rests on, cuts by trade and county, quality of lists, answers.
CREATE SCHEMA IF NOT EXISTS emergency;

CREATE TABLE IF NOT EXISTS emergency.warning_block (
    warning_id VARCHAR NOT NULL,
    block INTEGER NOT NULL,
    start_at TIMESTAMP NOT NULL,
    end_at TIMESTAMP NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('counted', 'merged', 'below', 'excluded', 'missing')),
    reason VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    index_low INTEGER,
    index_high INTEGER,
    index_if_counted INTEGER,
    in_process BOOLEAN NOT NULL,
    primary_pollutants VARCHAR NOT NULL,
    pm25_low_ugm3 DOUBLE,
    pm25_high_ugm3 DOUBLE,
    n_hours INTEGER,
    standard_set VARCHAR NOT NULL,
    PRIMARY KEY (warning_id, block)
);
COMMENT ON TABLE emergency.warning_block IS '预警依据时段：草稿所据的 24 小时时段 | blocks of 24 hours a warning was drafted from | 内部';
COMMENT ON COLUMN emergency.warning_block.warning_id IS '预警编号 | id of the warning';
COMMENT ON COLUMN emergency.warning_block.block IS '时段序号 | number of the block';
COMMENT ON COLUMN emergency.warning_block.start_at IS '时段开始（北京时间） | start, Beijing time';
COMMENT ON COLUMN emergency.warning_block.end_at IS '时段结束 | end';
COMMENT ON COLUMN emergency.warning_block.status IS '判定：counted 计入，merged 因间隔短并入过程，below 计入但不在过程内，excluded 不计，missing 缺 | counted, merged over a short gap, below the trigger, left out, or missing';
COMMENT ON COLUMN emergency.warning_block.reason IS '不计或存疑原因：o3, dust, wildfire_smoke, local_blowing_dust, cross_border, needs_analyst, cause_unknown, missing；空为无 | why it does not count, or is in doubt';
COMMENT ON COLUMN emergency.warning_block.basis IS '判定指数：IAQI(PM2.5) 或 AQI；空为不计 | index that counts; empty: none';
COMMENT ON COLUMN emergency.warning_block.index_low IS '计入指数下限 | index that counts, lower end';
COMMENT ON COLUMN emergency.warning_block.index_high IS '计入指数上限；定级用 | index that counts, upper end: it decides';
COMMENT ON COLUMN emergency.warning_block.index_if_counted IS '全部计入时的指数 | index if nothing were left out';
COMMENT ON COLUMN emergency.warning_block.in_process IS '是否在判定的过程之内 | inside the episode that decides';
COMMENT ON COLUMN emergency.warning_block.primary_pollutants IS '首要污染物 | primary pollutants';
COMMENT ON COLUMN emergency.warning_block.pm25_low_ugm3 IS 'PM2.5 预报下限 | PM2.5 forecast, lower end | µg/m³';
COMMENT ON COLUMN emergency.warning_block.pm25_high_ugm3 IS 'PM2.5 预报上限 | PM2.5 forecast, upper end | µg/m³';
COMMENT ON COLUMN emergency.warning_block.n_hours IS '有效小时数；空为按日预报 | valid hours; NULL: a forecast of days';
COMMENT ON COLUMN emergency.warning_block.standard_set IS '所用标准 | standard set';

CREATE TABLE IF NOT EXISTS emergency.warning_reading (
    warning_id VARCHAR NOT NULL,
    reading VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    PRIMARY KEY (warning_id, reading)
);
COMMENT ON TABLE emergency.warning_reading IS '预警级别的不同判法：同一预报按各种口径得出的级别 | levels that one forecast gives by different readings | 内部';
COMMENT ON COLUMN emergency.warning_reading.warning_id IS '预警编号 | id of the warning';
COMMENT ON COLUMN emergency.warning_reading.reading IS '判法：own 24 小时时段（合并），strict 不合并，natural_day 自然日（合并），natural_day_strict 自然日（不合并），low 预报下限，all_counted 全部计入，unknown_left_out 原因不明者不计，bridged 跨不计时段合并，final 取最严 | reading: own (24 h blocks, merged), strict, natural_day, natural_day_strict, low, all_counted, unknown_left_out, bridged, final';
COMMENT ON COLUMN emergency.warning_reading.level IS '级别：precaution 黄色以下，yellow 黄，orange 橙，red 红 | level';

CREATE TABLE IF NOT EXISTS emergency.cut_part (
    version_id VARCHAR NOT NULL,
    basis VARCHAR NOT NULL CHECK (basis IN ('filed', 'day')),
    level VARCHAR NOT NULL,
    pollutant VARCHAR NOT NULL,
    part_kind VARCHAR NOT NULL CHECK (part_kind IN ('industry', 'county', 'source')),
    part VARCHAR NOT NULL,
    n_members INTEGER NOT NULL,
    base_kgd DECIMAL(38,6) NOT NULL,
    cut_kgd DECIMAL(38,6) NOT NULL,
    cut_high_kgd DECIMAL(38,6) NOT NULL,
    PRIMARY KEY (version_id, basis, level, pollutant, part_kind, part)
);
COMMENT ON TABLE emergency.cut_part IS '应急减排量构成：按行业、区县与源类的合计，不足三家者并入其他 | cuts by industry, county and kind of source; fewer than three members go into others | 内部';
COMMENT ON COLUMN emergency.cut_part.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.cut_part.basis IS '口径：filed 清单口径，day 响应日口径 | basis: as listed, or on the response day';
COMMENT ON COLUMN emergency.cut_part.level IS '级别：precaution 黄色以下，yellow 黄，orange 橙，red 红 | level';
COMMENT ON COLUMN emergency.cut_part.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN emergency.cut_part.part_kind IS '构成方式：industry 企业按行业，county 企业按区县，source 全部按源类 | firms by industry, firms by county, everything by kind of source';
COMMENT ON COLUMN emergency.cut_part.part IS '部分：行业、区县名称或源类代码；~other 为不足三家者合并 | industry, county or kind of source; ~other: those of fewer than three members together';
COMMENT ON COLUMN emergency.cut_part.n_members IS '有基准排放量的企业（工地、场所、车辆类别）数 | firms, sites or classes of vehicles with a baseline';
COMMENT ON COLUMN emergency.cut_part.base_kgd IS '基准排放量 | baseline | kg/d';
COMMENT ON COLUMN emergency.cut_part.cut_kgd IS '减排量：可以确认的 | cut that is certain | kg/d';
COMMENT ON COLUMN emergency.cut_part.cut_high_kgd IS '减排量上限 | cut if all doubtful measures counted | kg/d';

CREATE TABLE IF NOT EXISTS emergency.list_quality (
    version_id VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('error', 'warning', 'notice', 'count')),
    n INTEGER NOT NULL,
    PRIMARY KEY (version_id, item)
);
COMMENT ON TABLE emergency.list_quality IS '减排清单质量：检查发现与未评级、未读懂的数目，不含企业 | quality of lists: numbers of findings, ungraded firms, measures not understood; without firms | 内部';
COMMENT ON COLUMN emergency.list_quality.version_id IS '版本 | version';
COMMENT ON COLUMN emergency.list_quality.item IS '项目：检查规则名，或 n_ 开头的计数 | rule of the check, or a count beginning with n_';
COMMENT ON COLUMN emergency.list_quality.kind IS '类别：error 错误，warning 警告，notice 提示，count 计数 | kind: error, warning, notice, or a count';
COMMENT ON COLUMN emergency.list_quality.n IS '数目 | number';

CREATE TABLE IF NOT EXISTS emergency.answer_state (
    warning_id VARCHAR NOT NULL,
    sender_kind VARCHAR NOT NULL CHECK (sender_kind IN ('enterprise', 'county')),
    part VARCHAR NOT NULL,
    version_id VARCHAR,
    due_at TIMESTAMP NOT NULL,
    n_expected INTEGER NOT NULL,
    n_in_time INTEGER NOT NULL,
    n_late INTEGER NOT NULL,
    n_waiting INTEGER NOT NULL,
    n_missing INTEGER NOT NULL,
    n_done INTEGER NOT NULL,
    n_partial INTEGER NOT NULL,
    n_unable INTEGER NOT NULL,
    PRIMARY KEY (warning_id, sender_kind, part)
);
COMMENT ON TABLE emergency.answer_state IS '回执情况：应回、已回、逾期数目，企业按区县合计，不足三家者并入其他 | answers to a response: numbers due, given and overdue; firms by county, fewer than three go into others | 内部';
COMMENT ON COLUMN emergency.answer_state.warning_id IS '预警编号 | id of the warning';
COMMENT ON COLUMN emergency.answer_state.sender_kind IS '回执方：enterprise 企业，county 区县 | sender';
COMMENT ON COLUMN emergency.answer_state.part IS '区县名称；~all 为全部，~other 为不足三家者合并 | county; ~all: all, ~other: those of fewer than three firms together';
COMMENT ON COLUMN emergency.answer_state.version_id IS '所据清单版本；空为无备案清单 | version of the list in use; NULL: none is filed';
COMMENT ON COLUMN emergency.answer_state.due_at IS '回执期限 | when answers are due';
COMMENT ON COLUMN emergency.answer_state.n_expected IS '应回数 | to answer';
COMMENT ON COLUMN emergency.answer_state.n_in_time IS '按时数 | in time';
COMMENT ON COLUMN emergency.answer_state.n_late IS '迟回数 | late';
COMMENT ON COLUMN emergency.answer_state.n_waiting IS '待回执数：未到期限 | not yet due';
COMMENT ON COLUMN emergency.answer_state.n_missing IS '逾期未回数 | overdue';
COMMENT ON COLUMN emergency.answer_state.n_done IS '已执行数 | carried out';
COMMENT ON COLUMN emergency.answer_state.n_partial IS '部分执行数 | carried out in part';
COMMENT ON COLUMN emergency.answer_state.n_unable IS '不能执行数 | could not';
