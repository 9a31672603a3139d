-- New submissions are announced to whoever fetches them, who then need not ask all the time.

-- Of a kept one: whom we call, and what we authenticate with. Of a foreign one without an address: with what the service calls us.
alter table delivery.inbox add column callback_address text;
alter table delivery.inbox add column callback_secret bytea;
alter table delivery.inbox add column callback_secret_key integer;
alter table delivery.inbox add constraint inbox_callback check (
  num_nulls(callback_secret, callback_secret_key) in (0, 2) and (callback_address is null or callback_secret is not null));

-- Calls that were heard, by what authenticates them: none counts twice.
create table delivery.heard_callback (
  tenant integer not null,
  inbox uuid not null,
  mac bytea not null,
  at timestamptz not null,
  primary key (tenant, inbox, mac),
  foreign key (tenant, inbox) references delivery.inbox (tenant, id)
);
create index heard_callback_at on delivery.heard_callback (tenant, at);
call platform.protect('delivery.heard_callback', 'select, insert, delete');
