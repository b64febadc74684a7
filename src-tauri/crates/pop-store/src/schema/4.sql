-- The customers whom the agent keeps at hand in the search; who they are is sealed.

CREATE TABLE pin (
  row    INTEGER PRIMARY KEY,
  record BLOB NOT NULL UNIQUE CHECK (length(record) = 32),
  at     INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
