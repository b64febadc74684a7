-- What waits to be sent, each try of it, and what is half typed. As in version 1: what tells of a
-- person is in a column whose name begins with `sealed`, and a column of 32 bytes is a keyed hash,
-- except `sent` and `answer` of a try. Those are SHA-256 of bodies, so that both sides can compare
-- them; a body that is sent carries a random id.

CREATE TABLE outbox (
  row         INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  line        BLOB NOT NULL CHECK (length(line) = 32),
  target      BLOB NOT NULL CHECK (length(target) = 32),
  record      BLOB CHECK (length(record) = 32),
  state       TEXT NOT NULL,
  asked       INTEGER NOT NULL,
  next        INTEGER NOT NULL,
  attempts    INTEGER NOT NULL,
  first_sent  INTEGER,
  changed     INTEGER NOT NULL,
  sealed      BLOB,
  sealed_last BLOB
) STRICT;
CREATE INDEX outbox_open ON outbox (row) WHERE state IN ('waiting', 'sending', 'parked');
CREATE INDEX outbox_target ON outbox (target);
CREATE INDEX outbox_record ON outbox (record);

CREATE TABLE try (
  row    INTEGER PRIMARY KEY,
  item   TEXT NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
  at     INTEGER NOT NULL,
  code   TEXT NOT NULL,
  status INTEGER,
  sent   BLOB CHECK (length(sent) = 32),
  answer BLOB CHECK (length(answer) = 32)
) STRICT;
CREATE INDEX try_item ON try (item);

CREATE TABLE draft (
  row    INTEGER PRIMARY KEY,
  id     BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  record BLOB CHECK (length(record) = 32),
  at     INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
