-- Mail: one row per message and recipient, kept for ever; the letter itself lies beside as .eml, known here by its hash.
CREATE TABLE outbox (
    message_id TEXT PRIMARY KEY,
    letter_key TEXT NOT NULL,
    recipient TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    exercise INTEGER NOT NULL CHECK (exercise IN (0, 1)),
    subject TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'retry', 'dead', 'held')),
    attempts INTEGER NOT NULL DEFAULT 0,
    doubtful INTEGER NOT NULL DEFAULT 0,
    next_try TEXT,
    first_tried_at TEXT,
    tried_at TEXT,
    sent_at TEXT,
    sent_by TEXT CHECK (sent_by IN ('file', 'redirect', 'live')),
    last_code INTEGER,
    last_error TEXT,
    created TEXT NOT NULL,
    UNIQUE (letter_key, recipient)
);
CREATE INDEX outbox_waiting ON outbox (next_try) WHERE state <> 'sent';
CREATE TABLE mail_recipient (
    address TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    city_codes TEXT NOT NULL,
    imported_at TEXT NOT NULL
);
-- Small facts: the identity that Message-IDs are made from, and troubles nobody has mended yet.
CREATE TABLE mail_note (
    name TEXT PRIMARY KEY,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    noted_at TEXT NOT NULL
);
