-- Who was refused by the data port, and when that was told last; for an hour.
CREATE TABLE sheds (
  person VARCHAR(64) NOT NULL PRIMARY KEY,
  told_at BIGINT NOT NULL
);
CREATE INDEX sheds_by_time ON sheds (told_at);
