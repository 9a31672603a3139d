-- Of which ends of seals people were told, and how many days before: once each.

create table signing.seal_told (
  tenant integer not null,
  seal integer not null,
  -- 60, 30, 7, or 0: it has ended
  days integer not null,
  told_at timestamptz not null,
  primary key (tenant, seal, days)
);
call platform.protect('signing.seal_told', 'select, insert');
