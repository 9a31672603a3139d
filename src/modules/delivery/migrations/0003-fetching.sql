-- Destinations that are fetched from: ours at somebody else's delivery service, and somebody else's at ours.

-- `own`: lives here, and we hold its keys. `foreign`: lives at another delivery service, we hold its keys and fetch.
-- `kept`: lives here, its receiver holds the keys and fetches.
alter table delivery.inbox add column kind text not null default 'own' check (kind in ('own', 'foreign', 'kept'));
alter table delivery.inbox alter column encryption_secret drop not null;
alter table delivery.inbox alter column encryption_secret_key drop not null;
alter table delivery.inbox alter column signing_secret drop not null;
alter table delivery.inbox alter column signing_secret_key drop not null;
alter table delivery.inbox add constraint inbox_secrets check (
  case when kind = 'kept' then encryption_secret is null and signing_secret is null
  else num_nulls(encryption_secret, encryption_secret_key, signing_secret, signing_secret_key) = 0 end);

-- Who is known to our delivery service: to bring, or to fetch.
alter table delivery.sender add column role text not null default 'send' check (role in ('send', 'fetch'));

-- Where a foreign one lives, and how we are known there.
create table delivery.source (
  tenant integer not null,
  inbox uuid not null,
  address text not null,
  token_address text not null,
  -- Its id at the delivery service.
  destination uuid not null,
  client text not null,
  secret bytea not null,
  secret_key integer not null,
  -- Since the last success; not before `next_at` it is tried again.
  failures integer not null default 0,
  next_at timestamptz,
  reason text,
  -- When the delivery service last told what there is.
  looked_at timestamptz,
  primary key (tenant, inbox),
  foreign key (tenant, inbox) references delivery.inbox (tenant, id)
);
call platform.protect('delivery.source', 'select, insert, update');

-- What was fetched has no sender we know, but ids over there; `id` and `case_id` are ours.
alter table delivery.arrival alter column sender drop not null;
alter table delivery.arrival add column remote uuid;
alter table delivery.arrival add column remote_case uuid;
alter table delivery.arrival add constraint arrival_origin check ((sender is null) = (remote is not null and remote_case is not null));
-- Of the fetching, and of telling the verdict.
alter table delivery.arrival add column failures integer not null default 0;
alter table delivery.arrival add column next_at timestamptz;
alter table delivery.arrival add column reason text;
alter table delivery.arrival add column told_at timestamptz;
create unique index arrival_remote on delivery.arrival (tenant, inbox, remote) where remote is not null;
create index arrival_inbox on delivery.arrival (tenant, inbox, state, announced_at);
create index arrival_untold on delivery.arrival (tenant, inbox) where remote is not null and verdict is not null and told_at is null;
