-- Accounts of people and companies from outside: of the portal, and of no authority. They stand apart from the people who work here, so
-- that no list, role or group of an authority can ever hold one.

create table accounts.citizen (
  tenant integer not null check (tenant = 1),
  id bigint not null default nextval('accounts.principal'),
  -- The same person may work for an authority with the same address: these are two accounts.
  address text not null check (address = lower(address)),
  name text not null,
  kind text not null check (kind in ('person', 'company')),
  password_hash text not null,
  locale text not null default 'de' check (locale in ('de', 'en')),
  created_at timestamptz not null,
  last_sign_in_at timestamptz,
  primary key (tenant, id),
  unique (tenant, address)
);
call platform.protect('accounts.citizen');

create table accounts.citizen_session (
  tenant integer not null,
  id bigint not null generated always as identity,
  citizen bigint not null,
  -- SHA-256 of the token
  token_hash bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, token_hash),
  foreign key (tenant, citizen) references accounts.citizen (tenant, id) on delete cascade
);
create index citizen_session_citizen on accounts.citizen_session (tenant, citizen);
call platform.protect('accounts.citizen_session');

-- One-time links by mail: an account is made only when its address is proven, with the password chosen then.
create table accounts.citizen_link (
  tenant integer not null,
  id bigint not null generated always as identity,
  purpose text not null check (purpose in ('register', 'reset')),
  address text not null,
  -- of a registration; empty for a reset
  name text not null,
  kind text not null check (kind in ('person', 'company')),
  locale text not null check (locale in ('de', 'en')),
  token_hash bytea not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant, id),
  unique (tenant, token_hash)
);
create index citizen_link_address on accounts.citizen_link (tenant, address);
create index citizen_link_expires on accounts.citizen_link (tenant, expires_at);
call platform.protect('accounts.citizen_link');
