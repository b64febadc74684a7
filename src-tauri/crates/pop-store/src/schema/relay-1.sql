-- The queue of a gateway. As in the store: what tells of a person is in a column named `sealed`,
-- every 32-byte column is a keyed hash, and what is left in plain are times and words.

CREATE TABLE message (
  row     INTEGER PRIMARY KEY AUTOINCREMENT,
  id      BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  expires INTEGER NOT NULL,
  sealed  BLOB NOT NULL
) STRICT;
CREATE INDEX message_expires ON message (expires);

CREATE TABLE seen (
  id BLOB PRIMARY KEY CHECK (length(id) = 32),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_at ON seen (at);

CREATE TABLE note (
  id     BLOB PRIMARY KEY CHECK (length(id) = 32),
  at     INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX note_at ON note (at);

CREATE TABLE dead (
  id     BLOB PRIMARY KEY CHECK (length(id) = 32),
  at     INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX dead_at ON dead (at);
