-- The sandbox's own database; `application_id` and `user_version` are set by the code that runs this.
-- Times are seconds since 1970. `seeded = 1` marks what was generated and nobody has touched since.
CREATE TABLE origin (
  anchor    INTEGER NOT NULL,           -- the moment that the seeded times are counted from
  seed      INTEGER NOT NULL,
  customers INTEGER NOT NULL
) STRICT;

CREATE TABLE customers (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  tier       TEXT NOT NULL,
  email      TEXT,
  calling    TEXT,                      -- telephone country code
  national   TEXT,                      -- the rest of the number
  language   TEXT,
  language_name TEXT,
  region     TEXT,
  country    TEXT,
  city       TEXT,
  company    TEXT,
  since      INTEGER,                   -- year
  birth_year INTEGER,
  account    TEXT,
  manager    TEXT,
  folded     TEXT NOT NULL,             -- what a search for words looks through
  digits     TEXT GENERATED ALWAYS AS (calling || national) VIRTUAL
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
  id          INTEGER PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  subject     TEXT NOT NULL,
  description TEXT,
  status      TEXT NOT NULL,
  priority    TEXT NOT NULL,
  severity    INTEGER,
  channel     TEXT,
  reference   TEXT,
  owner       TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL,
  due_at      INTEGER,
  folded      TEXT NOT NULL,
  seeded      INTEGER NOT NULL
) STRICT;

CREATE TABLE interactions (
  id          INTEGER PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  case_id     INTEGER REFERENCES cases (id),
  channel     TEXT,
  summary     TEXT,
  outcome     TEXT,
  agent       TEXT NOT NULL,
  seconds     INTEGER,
  reference   TEXT,
  at          INTEGER NOT NULL,
  seeded      INTEGER NOT NULL
) STRICT;

CREATE TABLE notes (
  id      INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES cases (id),
  text    TEXT NOT NULL,
  author  TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;

-- Answers already given to writes that carried an Idempotency-Key.
CREATE TABLE answers (
  key     TEXT PRIMARY KEY,
  request TEXT NOT NULL,
  status  INTEGER NOT NULL,
  body    TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
