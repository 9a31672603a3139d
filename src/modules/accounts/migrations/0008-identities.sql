-- Sign-in with a state identity (SAML 2.0). Rows of the state's tenant.

-- Which citizen's account somebody at the state identity belongs to. Kept of a person: a hash of their pseudonym, nothing else.
create table accounts.citizen_identity (
  tenant integer not null check (tenant = 1),
  id bigint not null generated always as identity,
  citizen bigint not null,
  -- HMAC of the pseudonym the state identity uses for us alone, under a key of the instance
  pseudonym_hash bytea not null,
  -- Entity id of the state identity
  issuer text not null,
  linked_at timestamptz not null,
  last_used_at timestamptz,
  primary key (tenant, id),
  unique (tenant, pseudonym_hash),
  foreign key (tenant, citizen) references accounts.citizen (tenant, id) on delete cascade
);
create index citizen_identity_citizen on accounts.citizen_identity (tenant, citizen);
call platform.protect('accounts.citizen_identity');

-- A sign-in that was begun here: answered once, picked up by the browser that began, and removed within the hour.
create table accounts.identity_request (
  tenant integer not null check (tenant = 1),
  -- ID of the request in SAML
  id text not null,
  -- SHA-256 of the secret in the browser's cookie
  browser_hash bytea not null,
  purpose text not null check (purpose in ('signIn', 'link', 'prove')),
  level text not null check (level in ('basic', 'substantial', 'high')),
  -- Names of what may be taken over from the answer
  attributes text[] not null,
  -- Whoever links their account
  citizen bigint,
  begun_at timestamptz not null,
  answered_at timestamptz,
  -- Why not; null: not answered, or confirmed
  refusal text,
  -- What was confirmed: level, pseudonym_hash, attributes that were asked for
  reached text check (reached in ('basic', 'substantial', 'high')),
  pseudonym_hash bytea,
  facts jsonb,
  -- What it was used for, once: the same thing may ask for it again
  used_for text,
  primary key (tenant, id),
  unique (tenant, browser_hash)
);
create index identity_request_begun on accounts.identity_request (tenant, begun_at);
call platform.protect('accounts.identity_request');
