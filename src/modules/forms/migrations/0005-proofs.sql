-- That whoever applies has shown who they are, where the law asks for it: how surely, by whom, when, and which answers it confirms. Of
-- the person nothing else is kept. Once a draft is sent this is on record with it.
create table forms.proof (
  tenant integer not null,
  draft bigint not null,
  level text not null check (level in ('account', 'basic', 'substantial', 'high')),
  source text not null,
  at timestamptz not null,
  confirmed jsonb not null,
  primary key (tenant, draft),
  foreign key (tenant, draft) references forms.draft (tenant, id) on delete cascade
);
call platform.protect('forms.proof');
