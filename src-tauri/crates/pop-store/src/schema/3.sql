-- What a mark of the flight recorder is about: a name from the configuration, and one request as
-- JSON (call and path of the definition, status, checked ids, durations). Nothing of a person.

ALTER TABLE flight ADD COLUMN about TEXT;
ALTER TABLE flight ADD COLUMN request TEXT;
