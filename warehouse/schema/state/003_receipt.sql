-- Answers to a response, and what was found when its execution was checked. Rows are only ever added: the newest counts.
CREATE TABLE receipt (
    receipt_id INTEGER PRIMARY KEY AUTOINCREMENT,
    receipt_key TEXT NOT NULL UNIQUE,
    warning_id TEXT NOT NULL REFERENCES warning (warning_id),
    sender_kind TEXT NOT NULL CHECK (sender_kind IN ('enterprise', 'county', 'department')),
    sender_id TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    site TEXT,
    version_id TEXT,
    answered_at TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'phone', 'system', 'onsite')),
    status TEXT NOT NULL CHECK (status IN ('done', 'partial', 'unable')),
    reason TEXT,
    note TEXT,
    entered_by TEXT,
    source TEXT,
    source_sha256 TEXT,
    source_line INTEGER,
    as_of TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CHECK (status = 'done' OR reason IS NOT NULL)
);
CREATE INDEX receipt_of_warning ON receipt (warning_id);
CREATE TABLE verification (
    verification_id INTEGER PRIMARY KEY AUTOINCREMENT,
    verification_key TEXT NOT NULL UNIQUE,
    warning_id TEXT NOT NULL REFERENCES warning (warning_id),
    credit_code TEXT NOT NULL,
    firm_name TEXT NOT NULL,
    site TEXT,
    line_id TEXT,
    version_id TEXT,
    level TEXT NOT NULL,
    expected_ratio REAL CHECK (expected_ratio BETWEEN 0 AND 1),
    expected_source TEXT CHECK (expected_source IN ('list', 'guide')),
    window_start TEXT NOT NULL,
    window_end TEXT NOT NULL,
    cems_load_ratio REAL,
    power_ratio REAL,
    truck_violations INTEGER,
    cems_missing_h REAL,
    verdict TEXT NOT NULL CHECK (verdict IN ('ok', 'partial', 'fail', 'no_data')),
    verdict_by TEXT NOT NULL CHECK (verdict_by IN ('stated', 'rule')),
    verdict_why TEXT,
    evidence TEXT,
    checked_by TEXT,
    checked_at TEXT NOT NULL,
    note TEXT,
    entered_by TEXT,
    source TEXT,
    source_sha256 TEXT,
    source_line INTEGER,
    as_of TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CHECK (window_end > window_start)
);
CREATE INDEX verification_of_warning ON verification (warning_id);
CREATE TRIGGER receipt_is_not_changed BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, '回执只增不改 receipts are only added'); END;
CREATE TRIGGER receipt_is_not_deleted BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, '回执只增不删 receipts are only added'); END;
CREATE TRIGGER verification_is_not_changed BEFORE UPDATE ON verification
BEGIN SELECT RAISE(ABORT, '核查记录只增不改 records are only added'); END;
CREATE TRIGGER verification_is_not_deleted BEFORE DELETE ON verification
BEGIN SELECT RAISE(ABORT, '核查记录只增不删 records are only added'); END;
