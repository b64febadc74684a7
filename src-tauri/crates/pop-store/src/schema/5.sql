-- Copies of what CRMs told of the customers of the last interactions; all of it is sealed.

CREATE TABLE saved (
  row    INTEGER PRIMARY KEY,
  record BLOB NOT NULL UNIQUE CHECK (length(record) = 32),
  until  INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
