-- The keys of the authorities' seals.

create schema signing;
grant usage on schema signing to rennsteig_app;

create table signing.seal (
  tenant integer not null,
  id integer not null,
  -- X.509, DER
  certificate bytea not null,
  -- PKCS #8, wrapped by the tenant's key of this number
  wrapped bytea not null,
  wrapped_by integer not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  primary key (tenant, id)
);
call platform.protect('signing.seal', 'select, insert');
