-- Warnings from draft to evaluation. Events are the truth and are only ever added; `warning` is what they add up to.
CREATE TABLE warning_document (
    sha256 TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('draft', 'review')),
    content TEXT NOT NULL,
    kept_at TEXT NOT NULL
);
CREATE TABLE warning (
    warning_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('real', 'drill')),
    state TEXT NOT NULL,
    city_code TEXT NOT NULL,
    level TEXT NOT NULL,
    level_rule TEXT NOT NULL,
    basis TEXT NOT NULL,
    start_at TEXT,
    end_at TEXT,
    expires_at TEXT,
    profile TEXT NOT NULL,
    profile_version TEXT NOT NULL,
    model TEXT NOT NULL,
    forecast_issued_at TEXT NOT NULL,
    forecast_sha256 TEXT,
    snapshot TEXT,
    draft_sha256 TEXT NOT NULL REFERENCES warning_document (sha256),
    draft_key TEXT NOT NULL,
    drafted_at TEXT NOT NULL,
    approved_by TEXT,
    approved_at TEXT,
    office TEXT,
    issuing_body TEXT,
    document_no TEXT,
    signatory TEXT,
    reason TEXT,
    response_at TEXT,
    lifted_at TEXT,
    evaluated_at TEXT,
    superseded_by TEXT,
    level_before TEXT,
    decided_at TEXT
);
CREATE UNIQUE INDEX warning_live ON warning (kind, city_code)
    WHERE state IN ('approved', 'started', 'upgraded', 'downgraded', 'extended', 'resumed', 'suspended');
CREATE TABLE warning_event (
    event_id INTEGER PRIMARY KEY AUTOINCREMENT,
    warning_id TEXT NOT NULL REFERENCES warning (warning_id) DEFERRABLE INITIALLY DEFERRED,
    seq INTEGER NOT NULL,
    action TEXT NOT NULL,
    state_from TEXT,
    state_to TEXT NOT NULL,
    level_from TEXT,
    level TEXT NOT NULL,
    level_rule TEXT,
    basis TEXT NOT NULL,
    start_at TEXT,
    end_at TEXT,
    effective_at TEXT,
    decided_by TEXT,
    office TEXT,
    issuing_body TEXT,
    document_no TEXT,
    signatory TEXT,
    reason TEXT,
    rule_met INTEGER CHECK (rule_met IN (0, 1)),
    related_id TEXT,
    as_of TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    forecast_issued_at TEXT,
    forecast_sha256 TEXT,
    model TEXT,
    profile TEXT,
    profile_version TEXT,
    snapshot TEXT,
    document_sha256 TEXT REFERENCES warning_document (sha256),
    command_key TEXT NOT NULL,
    UNIQUE (warning_id, seq)
);
CREATE TABLE superior_order_event (
    event_id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('enter', 'lift')),
    kind TEXT NOT NULL CHECK (kind IN ('real', 'drill')),
    city_code TEXT NOT NULL,
    order_kind TEXT NOT NULL CHECK (order_kind IN ('superior', 'regional')),
    level TEXT NOT NULL,
    start_at TEXT,
    end_at TEXT,
    document_no TEXT,
    issued_by TEXT,
    entered_by TEXT NOT NULL,
    reason TEXT,
    as_of TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    UNIQUE (order_id, action)
);
CREATE TRIGGER warning_event_is_not_changed BEFORE UPDATE ON warning_event
BEGIN SELECT RAISE(ABORT, '事件只增不改 events are only added'); END;
CREATE TRIGGER warning_event_is_not_deleted BEFORE DELETE ON warning_event
BEGIN SELECT RAISE(ABORT, '事件只增不删 events are only added'); END;
CREATE TRIGGER warning_document_is_not_changed BEFORE UPDATE ON warning_document
BEGIN SELECT RAISE(ABORT, '文件只增不改 documents are only added'); END;
CREATE TRIGGER warning_document_is_not_deleted BEFORE DELETE ON warning_document
BEGIN SELECT RAISE(ABORT, '文件只增不删 documents are only added'); END;
CREATE TRIGGER superior_order_event_is_not_changed BEFORE UPDATE ON superior_order_event
BEGIN SELECT RAISE(ABORT, '事件只增不改 events are only added'); END;
CREATE TRIGGER superior_order_event_is_not_deleted BEFORE DELETE ON superior_order_event
BEGIN SELECT RAISE(ABORT, '事件只增不删 events are only added'); END;
