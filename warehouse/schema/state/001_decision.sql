-- Decisions of people about data. First table of the state file: files from before migrations hold it already.
CREATE TABLE IF NOT EXISTS decision (
    decision_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    sha256 TEXT,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    note TEXT
);
