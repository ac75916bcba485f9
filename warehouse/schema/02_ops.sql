-- What came in, what was refused, what was done. Times and ids here are the only columns that differ between two runs on the same input.
CREATE SCHEMA IF NOT EXISTS ops;

CREATE TABLE IF NOT EXISTS ops.source_file (
    path VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL,
    modified_ns BIGINT NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('loaded', 'partial', 'duplicate', 'held', 'rejected', 'empty', 'future', 'unreadable', 'superseded', 'ignored')),
    reason_code VARCHAR,
    reason_zh VARCHAR,
    reason_en VARCHAR,
    day_first DATE,
    day_last DATE,
    n_hours INTEGER,
    n_values BIGINT,
    n_rejected BIGINT,
    age_ns BIGINT,
    seen_at TIMESTAMP NOT NULL,
    run_id VARCHAR,
    PRIMARY KEY (path, sha256)
);
COMMENT ON TABLE ops.source_file IS '来源文件：每个路径与内容一行，含状态与原因 | source files: one row per path and content, with status and reason | 内部';
COMMENT ON COLUMN ops.source_file.path IS '文件路径（压缩包内成员写作 包!成员） | file path (a zip member is written archive!member)';
COMMENT ON COLUMN ops.source_file.kind IS '来源种类 | kind of source: station_hours, targets, reviewed_days, dust_hours, unknown';
COMMENT ON COLUMN ops.source_file.sha256 IS '内容指纹 SHA-256；未能读取时为空串 | SHA-256 of the bytes; empty when they could not be read';
COMMENT ON COLUMN ops.source_file.size_bytes IS '大小 | size | byte';
COMMENT ON COLUMN ops.source_file.modified_ns IS '修改时间 | modification time | ns';
COMMENT ON COLUMN ops.source_file.status IS '状态：loaded 已入库，partial 部分入库，duplicate 内容重复，held 待确认，rejected 拒收，empty 无数据，future 日期未到，unreadable 无法读取，superseded 已被同一路径的新内容取代，ignored 未采用 | status';
COMMENT ON COLUMN ops.source_file.reason_code IS '原因代码 | reason code';
COMMENT ON COLUMN ops.source_file.reason_zh IS '原因（中文） | reason in Chinese';
COMMENT ON COLUMN ops.source_file.reason_en IS '原因（英文） | reason in English';
COMMENT ON COLUMN ops.source_file.day_first IS '首日 | first day in the file';
COMMENT ON COLUMN ops.source_file.day_last IS '末日 | last day in the file';
COMMENT ON COLUMN ops.source_file.n_hours IS '小时数 | hours present';
COMMENT ON COLUMN ops.source_file.n_values IS '有效数值个数 | numeric values read';
COMMENT ON COLUMN ops.source_file.n_rejected IS '拒收记录数 | rejected records';
COMMENT ON COLUMN ops.source_file.age_ns IS '先后次序：该内容首次见到时的修改时间，同一路径的新内容总在旧内容之后 | order among files: modification time when these bytes were first seen; new bytes of a path always come after its old ones | ns';
COMMENT ON COLUMN ops.source_file.seen_at IS '首次见到的时间 | when first seen';
COMMENT ON COLUMN ops.source_file.run_id IS '处理它的运行 | run that handled it';

CREATE TABLE IF NOT EXISTS ops.rejected_value (
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    line INTEGER,
    station_code VARCHAR,
    item VARCHAR,
    hour_end TIMESTAMP,
    text VARCHAR,
    reason_code VARCHAR NOT NULL,
    reason_zh VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL
);
COMMENT ON TABLE ops.rejected_value IS '拒收的行与数值，附原因 | rejected lines and values with the reason | 内部';
COMMENT ON COLUMN ops.rejected_value.path IS '文件路径 | file path';
COMMENT ON COLUMN ops.rejected_value.sha256 IS '文件内容指纹 | SHA-256 of the file';
COMMENT ON COLUMN ops.rejected_value.line IS '行号（从 1 起） | line number, from 1';
COMMENT ON COLUMN ops.rejected_value.station_code IS '站点编码；整行拒收时为空 | station code; NULL when the whole line is rejected';
COMMENT ON COLUMN ops.rejected_value.item IS '行的类型或列名 | type of the row, or column';
COMMENT ON COLUMN ops.rejected_value.hour_end IS '小时（结束时刻） | end of the hour';
COMMENT ON COLUMN ops.rejected_value.text IS '原文（至多 200 字） | text found, 200 characters at most';
COMMENT ON COLUMN ops.rejected_value.reason_code IS '原因代码 | reason code';
COMMENT ON COLUMN ops.rejected_value.reason_zh IS '原因（中文） | reason in Chinese';
COMMENT ON COLUMN ops.rejected_value.reason_en IS '原因（英文） | reason in English';

CREATE TABLE IF NOT EXISTS ops.held_value (
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    station_code VARCHAR NOT NULL,
    hour_end TIMESTAMP NOT NULL,
    pollutant VARCHAR NOT NULL,
    kept DOUBLE,
    offered DOUBLE
);
COMMENT ON TABLE ops.held_value IS '待确认文件与现有数据的差异 | differences between a held file and what is kept | 内部';
COMMENT ON COLUMN ops.held_value.path IS '文件路径 | file path';
COMMENT ON COLUMN ops.held_value.sha256 IS '文件内容指纹 | SHA-256 of the file';
COMMENT ON COLUMN ops.held_value.station_code IS '站点编码 | station code';
COMMENT ON COLUMN ops.held_value.hour_end IS '小时（结束时刻） | end of the hour';
COMMENT ON COLUMN ops.held_value.pollutant IS '污染物 | pollutant';
COMMENT ON COLUMN ops.held_value.kept IS '现有值（该污染物的单位） | value kept, in the pollutant''s unit';
COMMENT ON COLUMN ops.held_value.offered IS '新文件的值；空表示缺失 | value offered; NULL is missing';

CREATE TABLE IF NOT EXISTS ops.hour_source (
    hour_end TIMESTAMP NOT NULL PRIMARY KEY,
    sha256 VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    modified_ns BIGINT NOT NULL
);
COMMENT ON TABLE ops.hour_source IS '每个已收小时来自哪个文件 | which file each received hour came from | 内部';
COMMENT ON COLUMN ops.hour_source.hour_end IS '小时（结束时刻） | end of the hour';
COMMENT ON COLUMN ops.hour_source.sha256 IS '文件内容指纹 | SHA-256 of the file';
COMMENT ON COLUMN ops.hour_source.path IS '文件路径 | file path';
COMMENT ON COLUMN ops.hour_source.modified_ns IS '文件修改时间；较新的文件取代较旧文件的小时 | modification time of the file; newer files replace hours of older ones | ns';

CREATE TABLE IF NOT EXISTS ops.day_state (
    table_name VARCHAR NOT NULL,
    day DATE NOT NULL,
    input_hash VARCHAR NOT NULL,
    PRIMARY KEY (table_name, day)
);
COMMENT ON TABLE ops.day_state IS '各表每日由何种输入算出；输入不变则不重算 | what each day of each table was computed from; a step redoes only the days whose input differs | 内部';
COMMENT ON COLUMN ops.day_state.table_name IS '表名 | table';
COMMENT ON COLUMN ops.day_state.day IS '日期 | day';
COMMENT ON COLUMN ops.day_state.input_hash IS '输入指纹 | hash of the inputs';

CREATE TABLE IF NOT EXISTS ops.period_state (
    table_name VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    input_hash VARCHAR NOT NULL,
    PRIMARY KEY (table_name, period)
);
COMMENT ON TABLE ops.period_state IS '各表每个时段由何种输入算出 | what each period of each table was computed from | 内部';
COMMENT ON COLUMN ops.period_state.table_name IS '表名 | table';
COMMENT ON COLUMN ops.period_state.period IS '时段 | period';
COMMENT ON COLUMN ops.period_state.input_hash IS '输入指纹 | hash of the inputs';

CREATE TABLE IF NOT EXISTS ops.run (
    run_id VARCHAR NOT NULL PRIMARY KEY,
    command VARCHAR NOT NULL,
    as_of TIMESTAMP NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    status VARCHAR NOT NULL CHECK (status IN ('started', 'done', 'failed')),
    n_files INTEGER,
    n_days INTEGER,
    message VARCHAR
);
COMMENT ON TABLE ops.run IS '运行记录 | runs | 内部';
COMMENT ON COLUMN ops.run.run_id IS '运行编号 | run id';
COMMENT ON COLUMN ops.run.command IS '命令 | command';
COMMENT ON COLUMN ops.run.as_of IS '本次运行以何时为“现在” | what this run took as now';
COMMENT ON COLUMN ops.run.started_at IS '开始 | started';
COMMENT ON COLUMN ops.run.ended_at IS '结束 | ended';
COMMENT ON COLUMN ops.run.status IS '状态 | status: started, done, failed';
COMMENT ON COLUMN ops.run.n_files IS '处理文件数 | files handled';
COMMENT ON COLUMN ops.run.n_days IS '重算日数 | days recomputed';
COMMENT ON COLUMN ops.run.message IS '说明 | message';

CREATE TABLE IF NOT EXISTS ops.check_result (
    check_name VARCHAR NOT NULL,
    table_name VARCHAR NOT NULL,
    consequence VARCHAR NOT NULL CHECK (consequence IN ('block', 'flag', 'note')),
    passed BOOLEAN NOT NULL,
    n_bad BIGINT NOT NULL,
    detail_zh VARCHAR,
    detail_en VARCHAR,
    PRIMARY KEY (check_name, table_name)
);
COMMENT ON TABLE ops.check_result IS '最近一次检查的结果 | latest result of each check | 内部';
COMMENT ON COLUMN ops.check_result.check_name IS '检查 | check';
COMMENT ON COLUMN ops.check_result.table_name IS '表名 | table';
COMMENT ON COLUMN ops.check_result.consequence IS '后果：block 阻断，flag 标记，note 记录 | consequence: block, flag, note';
COMMENT ON COLUMN ops.check_result.passed IS '是否通过 | passed';
COMMENT ON COLUMN ops.check_result.n_bad IS '不符合的行数 | rows that fail';
COMMENT ON COLUMN ops.check_result.detail_zh IS '说明（中文） | detail in Chinese';
COMMENT ON COLUMN ops.check_result.detail_en IS '说明（英文） | detail in English';

CREATE TABLE IF NOT EXISTS ops.about (
    key VARCHAR NOT NULL PRIMARY KEY,
    value VARCHAR
);
COMMENT ON TABLE ops.about IS '本库说明：是否模拟、数据截至、版本 | about this warehouse: simulated or not, data as of, versions | 公开';
COMMENT ON COLUMN ops.about.key IS '项 | key';
COMMENT ON COLUMN ops.about.value IS '值 | value';

CREATE TABLE IF NOT EXISTS ops.decision (
    decision_id BIGINT NOT NULL PRIMARY KEY,
    kind VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    sha256 VARCHAR,
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    note VARCHAR
);
COMMENT ON TABLE ops.decision IS '人的决定（发布时由状态库复制） | decisions of people, copied from the state file at publication | 内部';
COMMENT ON COLUMN ops.decision.decision_id IS '编号 | number';
COMMENT ON COLUMN ops.decision.kind IS '种类：accept_file 确认文件 | kind of decision';
COMMENT ON COLUMN ops.decision.subject IS '对象（文件路径） | subject (file path)';
COMMENT ON COLUMN ops.decision.sha256 IS '文件内容指纹 | SHA-256 of the file';
COMMENT ON COLUMN ops.decision.decided_by IS '决定人 | decided by';
COMMENT ON COLUMN ops.decision.decided_at IS '决定时间 | decided at';
COMMENT ON COLUMN ops.decision.note IS '说明 | note';
