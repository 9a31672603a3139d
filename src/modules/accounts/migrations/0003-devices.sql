-- Devices that sign in through the browser and can be wiped from afar; what people say about themselves.

-- Programmes that have asked to be let in and wait for somebody to say yes. They belong to no tenant until then. Both tokens
-- stand here as hashes, and the app password is made when the programme fetches it: no secret ever lies here.
create unlogged table accounts.device_login (
  poll_hash bytea primary key,
  page_hash bytea not null unique,
  -- what the programme says it is
  client text not null,
  network text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- who let it in, and under which name; null while it waits
  tenant integer,
  account bigint,
  name text,
  check ((tenant is null) = (account is null) and (tenant is null) = (name is null))
);
create index device_login_expiry on accounts.device_login (expires_at);
grant select, insert, update, delete on accounts.device_login to rennsteig_app;

-- Ordered: the app password opens nothing any more, and its programme is told to remove what it holds. Wiped: it said it did.
alter table accounts.app_password
  add column wipe_ordered_at timestamptz,
  add column wiped_at timestamptz,
  add check (wiped_at is null or wipe_ordered_at is not null);

-- What somebody wants colleagues to know: set by them, never measured.
create table accounts.presence (
  tenant integer not null,
  account bigint not null,
  status text not null check (status in ('online', 'away', 'dnd', 'busy', 'invisible', 'offline')),
  icon text,
  message text,
  -- one of the ready-made messages
  message_id text,
  clear_at timestamptz,
  changed_at timestamptz not null,
  primary key (tenant, account),
  foreign key (tenant, account) references accounts.account (tenant, id)
);
call platform.protect('accounts.presence');
