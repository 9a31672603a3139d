-- The links in mails about what was sent: others than its applicant's own, so that they end when the address was wrong.
create table forms.mailed_link (
  tenant integer not null,
  hash bytea not null,
  draft bigint not null,
  -- The citizen who took the application into their account by it.
  citizen bigint,
  primary key (tenant, hash),
  foreign key (tenant, draft) references forms.draft (tenant, id) on delete cascade
);
create index mailed_link_draft on forms.mailed_link (tenant, draft);
call platform.protect('forms.mailed_link');
