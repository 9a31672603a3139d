-- Files of applicants that arrive in pieces, over bad lines. They belong to a draft, so that they go on from wherever it is opened.
create table forms.upload (
  tenant integer not null,
  -- Also the id below which its pieces are stored.
  id text not null,
  draft bigint not null,
  -- Which question of which page, or which request of the office.
  page text not null,
  field text not null,
  name text not null,
  length bigint not null,
  received bigint not null default 0,
  next_part integer not null default 0,
  -- When the file was last changed on the applicant's computer, milliseconds: by it the same file is known again.
  modified bigint,
  -- It became an attachment; kept until it expires, so that whoever missed the answer can still hear it.
  is_done boolean not null default false,
  expires_at timestamptz not null,
  primary key (tenant, id),
  foreign key (tenant, draft) references forms.draft (tenant, id) on delete cascade
);
call platform.protect('forms.upload');
create index upload_draft on forms.upload (tenant, draft);
create index upload_expiry on forms.upload (tenant, expires_at);

create table forms.upload_part (
  tenant integer not null,
  upload text not null,
  part integer not null,
  -- Bytes before it.
  position bigint not null,
  size bigint not null,
  primary key (tenant, upload, part),
  unique (tenant, upload, position),
  foreign key (tenant, upload) references forms.upload (tenant, id) on delete cascade
);
call platform.protect('forms.upload_part');
