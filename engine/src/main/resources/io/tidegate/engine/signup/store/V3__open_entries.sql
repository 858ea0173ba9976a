-- Whether an e-mail waits is found by one look, however often it joined.
CREATE INDEX entries_by_person ON entries (email_hash, plan, status, ticket);
DROP INDEX entries_by_email;
