-- The receiving office: what arrived for an office, as it stands; who stands in for whom; how long a service may take.

create schema intake;
grant usage on schema intake to rennsteig_app;

-- One row for each submission that has arrived. What was answered stays with the forms; this is what the lists, deadlines and
-- figures of the office need.
create table intake.item (
  tenant integer not null,
  submission bigint not null,
  -- Of the submission, when it was last looked at: news may arrive late and in another order.
  edition integer not null,
  reference text not null,
  form text not null,
  title jsonb not null,
  applicant text not null,
  -- The language the applicant is answered in.
  locale text not null check (locale in ('de', 'en')),
  -- Group or unit (principal) that works on it; null: the administrators.
  works bigint,
  state text not null check (state in ('received', 'inProgress', 'evidenceRequested', 'decided', 'closed', 'withdrawn')),
  handler bigint,
  handler_name text not null,
  received_at timestamptz not null,
  due_on date not null,
  -- When an answer of the applicant's is awaited: until this day.
  awaited_until date,
  decided_at timestamptz,
  closed_at timestamptz,
  outcome text check (outcome in ('granted', 'refused', 'withdrawn')),
  -- What was last reminded of: nothing, that it is due soon, that it is overdue.
  reminded integer not null default 0 check (reminded between 0 and 2),
  primary key (tenant, submission)
);
create index item_state on intake.item (tenant, state, works);
call platform.protect('intake.item', 'select, insert, update');

-- Who stands in for somebody who is away.
create table intake.deputy (
  tenant integer not null,
  account bigint not null,
  deputy bigint not null,
  from_day date not null,
  until_day date not null,
  primary key (tenant, account),
  check (deputy <> account),
  check (until_day >= from_day)
);
create index deputy_deputy on intake.deputy (tenant, deputy);
call platform.protect('intake.deputy');

-- How many working days a service may take here. Without a row the day holds that the form names.
create table intake.deadline (
  tenant integer not null,
  form text not null,
  working_days integer not null check (working_days between 1 and 500),
  primary key (tenant, form)
);
call platform.protect('intake.deadline');
