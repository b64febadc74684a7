-- Everything that tells of a person is in a column named `sealed`; every 32-byte column is a keyed
-- hash. What is left in plain are times, words of closed lists, and counts.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

CREATE TABLE seen (
  row  INTEGER PRIMARY KEY,
  id   BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  body BLOB NOT NULL CHECK (length(body) = 32),
  at   INTEGER NOT NULL
) STRICT;
CREATE INDEX seen_at ON seen (at);

CREATE TABLE event (
  row    INTEGER PRIMARY KEY,
  id     BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  at     INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE history (
  row       INTEGER PRIMARY KEY,
  key       BLOB NOT NULL UNIQUE CHECK (length(key) = 32),
  record    BLOB CHECK (length(record) = 32),
  at        INTEGER NOT NULL,
  channel   TEXT NOT NULL,
  direction TEXT NOT NULL,
  phase     TEXT NOT NULL,
  outcome   TEXT NOT NULL,
  opened    INTEGER NOT NULL CHECK (opened IN (0, 1)),
  offered   INTEGER,
  accepted  INTEGER,
  ended     INTEGER,
  sealed    BLOB NOT NULL
) STRICT;
CREATE INDEX history_at ON history (at);
CREATE INDEX history_record ON history (record);

CREATE TABLE flight (
  row     INTEGER PRIMARY KEY,
  history INTEGER NOT NULL REFERENCES history (row) ON DELETE CASCADE,
  at      INTEGER NOT NULL,
  name    TEXT NOT NULL,
  code    TEXT,
  number  INTEGER
) STRICT;
CREATE INDEX flight_history ON flight (history);

CREATE TABLE audit (
  row         INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  action      TEXT NOT NULL,
  outcome     TEXT NOT NULL,
  code        TEXT,
  who         BLOB NOT NULL CHECK (length(who) = 32),
  object      BLOB CHECK (length(object) = 32),
  interaction BLOB CHECK (length(interaction) = 32),
  hash        BLOB NOT NULL CHECK (length(hash) = 32),
  sealed      BLOB
) STRICT;
CREATE INDEX audit_object ON audit (object);

-- The end of the audit's chain: without it, cutting off the last lines would go unnoticed.
CREATE TABLE audit_end (
  one  INTEGER PRIMARY KEY CHECK (one = 1),
  row  INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
