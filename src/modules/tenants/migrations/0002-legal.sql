-- What an authority has to say about itself on its pages: imprint, privacy, accessibility.

create table tenants.legal (
  tenant integer primary key references tenants.tenant (tenant),
  -- how to reach whom; the names are those of rules-legal.ts
  contact jsonb not null default '{}',
  -- texts of the authority's own; null: the template, filled with what is known of it
  imprint text,
  privacy text,
  accessibility text
);
call tenants.protect('tenants.legal', 'tenant', 'select, insert, update');
