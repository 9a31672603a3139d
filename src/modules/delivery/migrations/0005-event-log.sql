-- The delivery service's own word in the event log, and which envelopes went where: their authentication tags.

-- With what our delivery service signs; its public half is for everybody.
create table delivery.service_key (
  tenant integer not null,
  jwk jsonb not null,
  secret bytea not null,
  secret_key integer not null,
  created_at timestamptz not null,
  primary key (tenant)
);
call platform.protect('delivery.service_key', 'select, insert');

-- What it has said of a submission, signed; the receiver's verdict stands in the arrival.
create table delivery.service_event (
  tenant integer not null,
  arrival uuid not null,
  seq integer not null,
  token text not null,
  at timestamptz not null,
  primary key (tenant, arrival, seq),
  foreign key (tenant, arrival) references delivery.arrival (tenant, id) on delete cascade
);
call platform.protect('delivery.service_event', 'select, insert');

-- Of the envelope as it is stored.
alter table delivery.arrival_piece add column tag text;
-- What the delivery service it was fetched from says was submitted, and the schema of its tokens.
alter table delivery.arrival add column said_tags jsonb;
alter table delivery.arrival add column token_schema text;
-- When the administrators were told that nobody fetches it.
alter table delivery.arrival add column warned_at timestamptz;
create index arrival_unfetched on delivery.arrival (tenant, submitted_at) where state = 'submitted';

-- Each try to submit makes new envelopes, and nobody knows which one arrived when the answer is lost: a receiver may name either.
create table delivery.sent_envelope (
  tenant integer not null,
  delivery uuid not null,
  round integer not null,
  seq integer not null,
  metadata_tag text not null,
  data_tag text not null,
  primary key (tenant, delivery, round, seq)
);
call platform.protect('delivery.sent_envelope', 'select, insert');
alter table delivery.piece add column tag text;
