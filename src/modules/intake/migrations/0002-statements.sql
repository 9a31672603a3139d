-- Statements: one office asks others, also of other authorities, before it decides. Each side has rows of its own.

-- Which offices can be asked. An authority's own rows, and in the state's tenant a copy of everybody's, to choose from.
create table intake.consulted_office (
  tenant integer not null,
  source integer not null,
  -- Group or unit (principal) of the source.
  office bigint not null,
  name text not null,
  primary key (tenant, source, office)
);
call platform.protect('intake.consulted_office');

-- What was asked, on the side that asks.
create table intake.statement (
  tenant integer not null,
  id bigint generated always as identity,
  submission bigint not null,
  asked_tenant integer not null,
  asked_office bigint not null,
  office_name text not null,
  question text not null,
  -- The answers that are shown along, chosen by the one who asks.
  shown jsonb not null,
  due_on date not null,
  state text not null check (state in ('asked', 'answered', 'withdrawn')),
  asked_at timestamptz not null,
  asked_by text not null,
  reminded_at timestamptz,
  -- Whether its handler was told that it is overdue.
  is_overdue_told boolean not null default false,
  answer text not null default '',
  answered_at timestamptz,
  answered_by text not null default '',
  primary key (tenant, id)
);
create index statement_submission on intake.statement (tenant, submission, id);
create index statement_due on intake.statement (tenant, due_on) where state = 'asked';
call platform.protect('intake.statement', 'select, insert, update');

-- The same on the side that is asked: with its own copy of what it was shown, and of nothing else.
create table intake.consultation (
  tenant integer not null,
  id bigint generated always as identity,
  source integer not null,
  -- Number of the statement there.
  statement bigint not null,
  office bigint not null,
  from_name text not null,
  from_person text not null,
  reference text not null,
  title jsonb not null,
  question text not null,
  shown jsonb not null,
  due_on date not null,
  state text not null check (state in ('open', 'answered', 'withdrawn')),
  received_at timestamptz not null,
  answer text not null default '',
  answered_at timestamptz,
  answered_by text not null default '',
  is_due_told boolean not null default false,
  primary key (tenant, id),
  unique (tenant, source, statement)
);
create index consultation_office on intake.consultation (tenant, office, state, due_on);
call platform.protect('intake.consultation', 'select, insert, update');

-- Documents of either side: shown along, or part of the answer. What lies here lies in this tenant's own store, except for what the
-- asking side shows along: that is the applicant's attachment itself.
create table intake.statement_file (
  tenant integer not null,
  id bigint generated always as identity,
  holder text not null check (holder in ('shown', 'answer', 'received', 'written')),
  -- A statement's number (shown, answer) or a consultation's (received, written).
  holder_id bigint not null,
  position integer not null,
  blob text not null,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 text not null,
  primary key (tenant, id)
);
create index statement_file_holder on intake.statement_file (tenant, holder, holder_id);
create index statement_file_blob on intake.statement_file (tenant, blob);
call platform.protect('intake.statement_file', 'select, insert, delete');
