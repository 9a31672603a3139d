-- Applications: the forms (of the state's tenant, 1), what municipalities set in them, drafts, and what was sent. Drafts and
-- submissions belong to the tenant whose office gets them.

create schema forms;
grant usage on schema forms to rennsteig_app;

create table forms.form (
  tenant integer not null,
  key text not null,
  title text not null,
  -- The version that new drafts are begun with; null: none (yet, or any more).
  published integer,
  -- The version that is being worked on.
  draft integer,
  primary key (tenant, key)
);
call platform.protect('forms.form');

-- A version that was published never changes: drafts and submissions rest on it.
create table forms.version (
  tenant integer not null,
  form text not null,
  version integer not null,
  state text not null check (state in ('draft', 'submitted', 'published', 'superseded', 'discarded')),
  definition jsonb not null,
  -- Of the definition as it comes with the product or from a schema, so that an upgrade knows what is new.
  digest text not null,
  edition integer not null default 1,
  author text not null,
  author_name text not null,
  approver text,
  approver_name text,
  note text not null default '',
  changed_at timestamptz not null,
  primary key (tenant, form, version),
  foreign key (tenant, form) references forms.form (tenant, key),
  -- Four eyes: nobody publishes their own form.
  check (approver is null or approver <> author or author like 'system:%')
);
call platform.protect('forms.version', 'select, insert, update');

-- What a municipality sets in a form; its own.
create table forms.overlay (
  tenant integer not null,
  form text not null,
  content jsonb not null,
  edition integer not null default 1,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (tenant, form)
);
call platform.protect('forms.overlay');

-- Who takes which form where: published by the municipalities, for everybody to look up. Rows of the state's tenant.
create table forms.offer (
  tenant integer not null,
  form text not null,
  area text not null,
  source integer not null,
  primary key (tenant, form, area)
);
call platform.protect('forms.offer');

create table forms.draft (
  tenant integer not null,
  id bigint generated always as identity,
  -- Of the token that opens it; the token itself is known to the applicant alone.
  token_hash bytea not null,
  form text not null,
  version integer not null,
  area text not null,
  -- Who gets it, as the finder said at the beginning: name, unit.
  office jsonb not null,
  locale text not null check (locale in ('de', 'en')),
  answers jsonb not null,
  -- By page: the last time it was saved.
  steps jsonb not null default '{}',
  edition integer not null default 1,
  state text not null check (state in ('open', 'sent')),
  -- Account of the state's tenant that began it; null: nobody was signed in.
  account bigint,
  -- The clerk who fills it in for somebody at the counter.
  clerk bigint,
  begun_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, token_hash)
);
create index draft_idle on forms.draft (tenant, changed_at) where state = 'open';
call platform.protect('forms.draft');

create table forms.attachment (
  tenant integer not null,
  id bigint generated always as identity,
  draft bigint not null,
  field text not null,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 text not null,
  blob text not null,
  state text not null check (state in ('waiting', 'clean', 'infected', 'notScannable')),
  added_at timestamptz not null,
  primary key (tenant, id),
  -- The same file twice is one file: a second click, a repeated upload.
  unique (tenant, draft, field, sha256)
);
create index attachment_blob on forms.attachment (tenant, blob);
call platform.protect('forms.attachment');

create table forms.submission (
  tenant integer not null,
  id bigint generated always as identity,
  draft bigint not null,
  reference text not null,
  form text not null,
  version integer not null,
  title jsonb not null,
  state text not null check (
    state in ('unpaid', 'received', 'inProgress', 'evidenceRequested', 'decided', 'closed', 'withdrawn')),
  -- Frozen: what was answered by name, and as people read it.
  data jsonb not null,
  summary jsonb not null,
  fee jsonb not null,
  office jsonb not null,
  -- Group or unit (principal) of the tenant that works on it; null: the administrators.
  works bigint,
  handler bigint,
  handler_name text not null default '',
  applicant text not null,
  mail text,
  locale text not null check (locale in ('de', 'en')),
  sent_at timestamptz not null,
  received_at timestamptz,
  expected_on date,
  decided_at timestamptz,
  result text not null default '',
  -- The receipt, once it is made.
  receipt_blob text,
  receipt_size bigint,
  receipt_sha256 text,
  edition integer not null default 1,
  primary key (tenant, id),
  -- Sent once, however often the button is pressed.
  unique (tenant, draft),
  unique (tenant, reference),
  foreign key (tenant, draft) references forms.draft (tenant, id)
);
create index submission_state on forms.submission (tenant, state, sent_at, id);
call platform.protect('forms.submission', 'select, insert, update');

-- What happened to a submission, as the applicant sees it.
create table forms.happening (
  tenant integer not null,
  submission bigint not null,
  seq integer not null,
  at timestamptz not null,
  step text not null,
  -- Who: the applicant, the office (by name), the house.
  who text not null,
  text text not null default '',
  primary key (tenant, submission, seq),
  foreign key (tenant, submission) references forms.submission (tenant, id)
);
call platform.protect('forms.happening', 'select, insert');

-- What the office has asked for, and what came back.
create table forms.evidence_request (
  tenant integer not null,
  id bigint generated always as identity,
  submission bigint not null,
  text text not null,
  asked_at timestamptz not null,
  due_on date not null,
  answer text,
  answered_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, submission) references forms.submission (tenant, id)
);
create index evidence_request_submission on forms.evidence_request (tenant, submission);
call platform.protect('forms.evidence_request', 'select, insert, update');
