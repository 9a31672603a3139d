-- Kinds of devices somebody has signed in with, so that a sign-in with another one can be told to them. Sessions end, this stays.
create table accounts.known_device (
  tenant integer not null,
  account bigint not null,
  -- `Firefox, Linux`; empty when the browser did not say
  device text not null,
  first_at timestamptz not null,
  primary key (tenant, account, device),
  foreign key (tenant, account) references accounts.account (tenant, id)
);
call platform.protect('accounts.known_device');
