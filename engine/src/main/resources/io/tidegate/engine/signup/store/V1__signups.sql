-- The store of sign-ups, the same on H2 and on PostgreSQL. Times are milliseconds of the epoch.
-- email_hash, person: keyed fingerprints, by which all of a person is found and erased.
-- due_at: when something is to be done about a row by itself; null: nothing.

-- One row each: secrets and the like.
CREATE TABLE facts (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  content VARCHAR(1024) NOT NULL
);

-- What a plan's rows add up to. Written in the transaction that changes the rows,
-- so that a start need not count them.
CREATE TABLE plan_books (
  plan VARCHAR(64) NOT NULL PRIMARY KEY,
  state VARCHAR(16) NOT NULL,
  next_ticket BIGINT NOT NULL,
  subscribers BIGINT NOT NULL,
  held BIGINT NOT NULL,
  invited BIGINT NOT NULL,
  overcommitted BIGINT NOT NULL
);

-- Which tickets wait, 4096 a row, a bit each; no row: none of them.
CREATE TABLE line_blocks (
  plan VARCHAR(64) NOT NULL,
  block BIGINT NOT NULL,
  bits VARCHAR(1024) NOT NULL,
  PRIMARY KEY (plan, block)
);

CREATE TABLE entries (
  id VARCHAR(40) NOT NULL PRIMARY KEY,
  plan VARCHAR(64) NOT NULL,
  ticket BIGINT NOT NULL,
  email VARCHAR(254),
  email_hash VARCHAR(64),
  shadow BOOLEAN NOT NULL,
  status VARCHAR(16) NOT NULL,
  joined_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  invited_at BIGINT,
  due_at BIGINT
);
CREATE UNIQUE INDEX entries_by_ticket ON entries (plan, ticket);
CREATE INDEX entries_by_email ON entries (email_hash);
CREATE INDEX entries_by_due ON entries (due_at);
CREATE INDEX entries_by_invite ON entries (invited_at);

CREATE TABLE places (
  id VARCHAR(40) NOT NULL PRIMARY KEY,
  plan VARCHAR(64) NOT NULL,
  email VARCHAR(254),
  email_hash VARCHAR(64),
  channel VARCHAR(64) NOT NULL,
  entry_id VARCHAR(40),
  status VARCHAR(16) NOT NULL,
  held_at BIGINT NOT NULL,
  held_until BIGINT NOT NULL,
  payment_reference VARCHAR(255),
  subscriber_id VARCHAR(128),
  due_at BIGINT
);
CREATE INDEX places_by_email ON places (email_hash);
CREATE INDEX places_by_due ON places (due_at);

CREATE TABLE subscribers (
  id VARCHAR(128) NOT NULL PRIMARY KEY,
  plan VARCHAR(64) NOT NULL,
  status VARCHAR(16) NOT NULL,
  email VARCHAR(254),
  email_hash VARCHAR(64),
  subscribed_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  due_at BIGINT
);
CREATE INDEX subscribers_by_email ON subscribers (email_hash);
CREATE INDEX subscribers_by_due ON subscribers (due_at);

-- Which plans somebody has had, and until when: null while it lasts.
CREATE TABLE plans_had (
  subscriber_id VARCHAR(128) NOT NULL,
  plan VARCHAR(64) NOT NULL,
  had_until BIGINT,
  PRIMARY KEY (subscriber_id, plan)
);

-- A key itself is kept nowhere. No subscriber: the operator's own sign-up service.
CREATE TABLE api_keys (
  id VARCHAR(40) NOT NULL PRIMARY KEY,
  key_hash VARCHAR(64) NOT NULL,
  subscriber_id VARCHAR(128),
  label VARCHAR(255) NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE UNIQUE INDEX api_keys_by_hash ON api_keys (key_hash);
CREATE INDEX api_keys_by_subscriber ON api_keys (subscriber_id);

-- What a plan's gate remembers, in its own words.
CREATE TABLE gate_states (
  plan VARCHAR(64) NOT NULL PRIMARY KEY,
  changed_at BIGINT NOT NULL,
  content VARCHAR(65536) NOT NULL
);

CREATE TABLE gate_changes (
  plan VARCHAR(64) NOT NULL,
  number BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  content VARCHAR(8192) NOT NULL,
  PRIMARY KEY (plan, number)
);

-- Events that are to be told, a row for each listener.
CREATE TABLE outbox (
  id VARCHAR(40) NOT NULL,
  target VARCHAR(64) NOT NULL,
  type VARCHAR(64) NOT NULL,
  created_at BIGINT NOT NULL,
  body VARCHAR(8192) NOT NULL,
  person VARCHAR(64),
  attempts INTEGER NOT NULL,
  last_error VARCHAR(255),
  dead_at BIGINT,
  due_at BIGINT,
  PRIMARY KEY (id, target)
);
CREATE INDEX outbox_by_due ON outbox (due_at);
CREATE INDEX outbox_by_person ON outbox (person);

-- What was answered to a request with an Idempotency-Key.
CREATE TABLE replays (
  key_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  body_hash VARCHAR(64) NOT NULL,
  status INTEGER NOT NULL,
  body VARCHAR(8192) NOT NULL,
  person VARCHAR(64),
  due_at BIGINT NOT NULL
);
CREATE INDEX replays_by_due ON replays (due_at);
CREATE INDEX replays_by_person ON replays (person);
