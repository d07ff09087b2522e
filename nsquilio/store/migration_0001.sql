-- Schema 1. Instants: UTC text, microseconds, "Z". Days: YYYY-MM-DD. Money: decimal text and currency. Flags: 0/1.
-- Once released this file is never edited: a change is the next migration.
-- A CHECK with more than two words is spelled with OR: for IN (…) SQLite fills a table of them for every row written.

CREATE TABLE meta (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
    id TEXT PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL UNIQUE,
    command TEXT NOT NULL,
    started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-??T*Z'),
    finished_at TEXT CHECK (finished_at GLOB '????-??-??T*Z'),
    exit_code INTEGER,
    counts TEXT NOT NULL DEFAULT '{}',
    error TEXT,
    live INTEGER NOT NULL CHECK (live IN (0, 1)),
    actor TEXT NOT NULL,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_command ON runs (command, seq);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    attempt INTEGER NOT NULL CHECK (attempt >= 1),
    newest INTEGER NOT NULL CHECK (newest IN (0, 1)),
    run_id TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    recipient TEXT,
    recipient_tag TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    customer TEXT,
    step TEXT NOT NULL,
    subject TEXT,
    body TEXT,
    html TEXT,
    language TEXT NOT NULL,
    segments INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    estimated_cost TEXT,
    cost_currency TEXT,
    price TEXT,
    price_currency TEXT,
    local_day TEXT NOT NULL CHECK (local_day GLOB '????-??-??'),
    zones TEXT NOT NULL,
    send_at TEXT,
    validity_s INTEGER,
    outcome TEXT NOT NULL CHECK (
        outcome = 'intent' OR outcome = 'sent' OR outcome = 'scheduled' OR outcome = 'rejected'
        OR outcome = 'unknown' OR outcome = 'canceled' OR outcome = 'not_sent'
    ),
    sid TEXT UNIQUE,
    status TEXT,
    status_at TEXT,
    final INTEGER NOT NULL DEFAULT 0 CHECK (final IN (0, 1)),
    error_code TEXT,
    detail TEXT NOT NULL DEFAULT '',
    intent_at TEXT NOT NULL CHECK (intent_at GLOB '????-??-??T*Z'),
    outcome_at TEXT,
    looks INTEGER NOT NULL DEFAULT 0,
    looked_at TEXT,
    settle_not_before TEXT,
    cancel_wanted_at TEXT,
    canceled_reason TEXT,
    settled_by TEXT,
    failed_for_good INTEGER NOT NULL DEFAULT 0 CHECK (failed_for_good IN (0, 1)),
    foreign_origin TEXT CHECK (foreign_origin IN ('adopted', 'rebuilt')),
    salt BLOB,
    erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
    event_seq INTEGER NOT NULL,
    UNIQUE (key, attempt),
    CHECK ((erased = 1) = (salt IS NULL)),
    CHECK (erased = 0 OR (recipient IS NULL AND body IS NULL AND html IS NULL AND customer IS NULL)),
    CHECK (outcome NOT IN ('sent', 'scheduled') OR sid IS NOT NULL OR settled_by IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX messages_newest ON messages (key) WHERE newest = 1;
CREATE INDEX messages_by_recipient ON messages (recipient_tag, intent_at);
CREATE INDEX messages_by_customer ON messages (customer_id, intent_at);
CREATE INDEX messages_by_local_day ON messages (local_day);
CREATE INDEX messages_by_intent ON messages (intent_at);
CREATE INDEX messages_by_event ON messages (event_seq);
CREATE INDEX messages_by_outcome ON messages (outcome);
CREATE INDEX messages_not_final ON messages (intent_at) WHERE final = 0 AND sid IS NOT NULL;
CREATE INDEX messages_cancel_wanted ON messages (cancel_wanted_at)
    WHERE cancel_wanted_at IS NOT NULL AND outcome = 'scheduled';
CREATE INDEX messages_failed ON messages (intent_at) WHERE outcome = 'rejected' OR failed_for_good = 1;

CREATE TABLE reminders (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES messages (id),
    key TEXT NOT NULL,
    invoice_id TEXT NOT NULL,
    document_number TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    step TEXT NOT NULL,
    slot TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    due_date TEXT,
    days_past_due INTEGER NOT NULL,
    balance TEXT NOT NULL,
    currency TEXT NOT NULL,
    written_at TEXT NOT NULL,
    live INTEGER NOT NULL CHECK (live IN (0, 1))
) STRICT;
-- The guarantee of "never twice": a taken key is refused by the file itself, whatever the program believes.
CREATE UNIQUE INDEX reminders_live ON reminders (key) WHERE live = 1;
CREATE INDEX reminders_by_key ON reminders (key);
CREATE INDEX reminders_by_invoice ON reminders (invoice_id);
CREATE INDEX reminders_by_time ON reminders (written_at, invoice_id) WHERE live = 1;
CREATE INDEX reminders_by_message ON reminders (message_id);

CREATE TABLE inbound (
    sid TEXT PRIMARY KEY NOT NULL,
    channel TEXT NOT NULL CHECK (
        channel = 'sms' OR channel = 'call' OR channel = 'voicemail' OR channel = 'email_event'
    ),
    sender TEXT,
    sender_tag TEXT NOT NULL,
    recipient TEXT NOT NULL,
    received_at TEXT NOT NULL CHECK (length(received_at) = 27),
    body TEXT,
    media TEXT NOT NULL,
    status TEXT NOT NULL,
    details TEXT,
    source TEXT NOT NULL CHECK (source IN ('poll', 'spool')),
    stored_at TEXT NOT NULL,
    event_seq INTEGER NOT NULL,
    state_seq INTEGER,
    salt BLOB,
    transcript_state TEXT NOT NULL DEFAULT 'none' CHECK (
        transcript_state = 'none' OR transcript_state = 'awaited' OR transcript_state = 'done'
        OR transcript_state = 'never'
    ),
    transcript_due_until TEXT,
    kind TEXT,
    rule TEXT,
    words TEXT,
    promise_date TEXT,
    promise_amount TEXT,
    promise_currency TEXT,
    stops_texts INTEGER NOT NULL DEFAULT 0 CHECK (stops_texts IN (0, 1)),
    unsure INTEGER NOT NULL DEFAULT 0 CHECK (unsure IN (0, 1)),
    read_at TEXT,
    customer_id TEXT,
    invoice_id TEXT,
    invoice_ids TEXT NOT NULL DEFAULT '[]',
    score INTEGER,
    signals TEXT NOT NULL DEFAULT '[]',
    candidates TEXT NOT NULL DEFAULT '[]',
    matched_at TEXT,
    inbox TEXT CHECK (inbox IN ('open', 'closed')),
    inbox_reason TEXT,
    closed_at TEXT,
    closed_by TEXT,
    effects_at TEXT,
    erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
    CHECK ((erased = 1) = (salt IS NULL)),
    CHECK (erased = 0 OR (sender IS NULL AND body IS NULL AND details IS NULL))
) STRICT;
CREATE INDEX inbound_by_sender ON inbound (sender_tag);
CREATE INDEX inbound_by_customer ON inbound (customer_id, received_at) WHERE customer_id IS NOT NULL;
CREATE INDEX inbound_by_time ON inbound (received_at);
CREATE INDEX inbound_by_event ON inbound (event_seq);
CREATE INDEX inbound_by_state ON inbound (state_seq) WHERE state_seq IS NOT NULL;
CREATE INDEX inbound_to_do ON inbound (received_at) WHERE read_at IS NULL OR matched_at IS NULL;
CREATE INDEX inbound_without_effects ON inbound (received_at) WHERE effects_at IS NULL AND read_at IS NOT NULL;
CREATE INDEX inbound_inbox ON inbound (received_at) WHERE inbox = 'open';
CREATE INDEX inbound_awaited ON inbound (transcript_due_until) WHERE transcript_state = 'awaited';

CREATE TABLE optouts (
    id INTEGER PRIMARY KEY,
    address TEXT,
    tag TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    kind TEXT NOT NULL CHECK (
        kind IN ('keyword', 'wording', 'wrong_number', 'person', 'netsuite', 'twilio_21610', 'unsubscribe', 'spam')
    ),
    source TEXT NOT NULL,
    since TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    ended_at TEXT,
    ended_source TEXT,
    customer_ids TEXT NOT NULL DEFAULT '[]',
    CHECK ((active = 1) = (ended_at IS NULL))
) STRICT;
-- One active row per kind: START may end the keyword one while the one a person added goes on.
CREATE UNIQUE INDEX optouts_active ON optouts (tag, channel, kind) WHERE active = 1;
CREATE INDEX optouts_by_tag ON optouts (tag);

CREATE TABLE undeliverable (
    address TEXT,
    tag TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    why TEXT NOT NULL,
    error_code TEXT,
    since TEXT NOT NULL,
    last_at TEXT NOT NULL,
    count INTEGER NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (tag, channel)
) STRICT;

CREATE TABLE holds (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'dispute', 'promise', 'paid_claim')),
    reason TEXT NOT NULL,
    customer_id TEXT,
    invoice_id TEXT,
    since TEXT NOT NULL,
    until TEXT CHECK (until GLOB '????-??-??'),
    ended_at TEXT,
    ended_by TEXT,
    actor TEXT NOT NULL,
    inbound_sid TEXT,
    CHECK (customer_id IS NOT NULL OR invoice_id IS NOT NULL)
) STRICT;
CREATE INDEX holds_active ON holds (id) WHERE ended_at IS NULL;
CREATE INDEX holds_ended ON holds (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE promises (
    id INTEGER PRIMARY KEY,
    invoice_id TEXT,
    customer_id TEXT NOT NULL,
    inbound_sid TEXT NOT NULL,
    promised_on TEXT,
    amount TEXT,
    currency TEXT,
    state TEXT NOT NULL CHECK (state IN ('draft', 'accepted', 'kept', 'broken', 'cancelled')),
    made_at TEXT NOT NULL,
    decided_at TEXT,
    decided_by TEXT
) STRICT;
CREATE INDEX promises_open ON promises (state) WHERE state IN ('draft', 'accepted');
CREATE INDEX promises_by_inbound ON promises (inbound_sid);

CREATE TABLE released (
    id INTEGER PRIMARY KEY,
    invoice_id TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE UNIQUE INDEX released_unused ON released (invoice_id) WHERE used_at IS NULL;

CREATE TABLE waiting (
    invoice_id TEXT PRIMARY KEY NOT NULL,
    step TEXT NOT NULL,
    document_number TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    customer TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    since TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    not_before TEXT,
    run_id TEXT NOT NULL,
    expired_at TEXT
) STRICT;

CREATE TABLE communications (
    eid TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind = 'message' OR kind = 'inbound' OR kind = 'optout'),
    ref TEXT NOT NULL,
    invoice_id TEXT,
    customer_id TEXT,
    state TEXT NOT NULL CHECK (state = 'waiting' OR state = 'written' OR state = 'parked'),
    fields_hash TEXT,
    status_hash TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    changed_at TEXT NOT NULL,
    written_at TEXT,
    written_fields TEXT,
    netsuite_id TEXT
) STRICT;
CREATE INDEX communications_waiting ON communications (changed_at) WHERE state = 'waiting';
CREATE INDEX communications_parked ON communications (changed_at) WHERE state = 'parked';
CREATE INDEX communications_by_ref ON communications (ref);

CREATE TABLE cursors (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

-- Invoices that a captured event of NetSuite named: the next run reads them whatever their dates.
CREATE TABLE named_invoices (
    invoice_id TEXT PRIMARY KEY NOT NULL,
    named_at TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    run_id TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE seen_foreign (
    sid TEXT PRIMARY KEY NOT NULL,
    seen_at TEXT NOT NULL,
    to_tag TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('open', 'counts', 'nothing_of_ours'))
) STRICT;

CREATE TABLE prices (
    country TEXT PRIMARY KEY NOT NULL,
    price TEXT NOT NULL,
    currency TEXT NOT NULL,
    read_at TEXT NOT NULL
) STRICT;

CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    run_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    type TEXT NOT NULL,
    ids TEXT NOT NULL,
    details TEXT NOT NULL,
    commitments TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_time ON events (at);
CREATE TRIGGER events_in_order BEFORE INSERT ON events
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events)
BEGIN
    SELECT RAISE(ABORT, 'the audit trail takes events in order only');
END;
CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
CREATE TRIGGER events_never_go BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;

-- What an event is about, to find it again. A convenience only: the chain is checked without it.
CREATE TABLE event_refs (
    ref TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES events (seq),
    PRIMARY KEY (ref, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE personal (
    subject TEXT PRIMARY KEY NOT NULL,
    salt BLOB,
    fields TEXT,
    erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
    CHECK ((erased = 1) = (salt IS NULL AND fields IS NULL))
) STRICT;
