-- Answers are corrected as long as nobody works on them: the draft opens once more, and keeps what was sent beside it.
alter table forms.draft drop constraint draft_state_check;
alter table forms.draft add constraint draft_state_check check (state in ('open', 'sent', 'correcting'));
alter table forms.draft add column before jsonb;
create index draft_account on forms.draft (tenant, account) where account is not null;

-- What a citizen has in their account, wherever it lies: where to look, and nothing else. Rows of the state's tenant.
create table forms.account_entry (
  tenant integer not null,
  citizen bigint not null,
  source integer not null,
  draft bigint not null,
  since timestamptz not null,
  primary key (tenant, citizen, source, draft)
);
call platform.protect('forms.account_entry');

-- What a clerk has filled in for somebody at the counter: for whom, and how they showed who they are. Stays as long as the draft.
create table forms.counter (
  tenant integer not null,
  draft bigint not null,
  clerk bigint not null,
  clerk_name text not null,
  served text not null,
  identity text not null check (identity in ('idCard', 'passport', 'residenceTitle', 'known', 'none')),
  begun_at timestamptz not null,
  primary key (tenant, draft),
  foreign key (tenant, draft) references forms.draft (tenant, id) on delete cascade
);
create index counter_clerk on forms.counter (tenant, clerk, begun_at);
call platform.protect('forms.counter', 'select, insert, delete');
