-- Forms an authority writes itself. What is being worked on, every edition of it and the test runs are rows of the tenant that writes
-- them; what two persons have agreed on is published into the catalogue of the state.

-- Null: of the state, or of the product.
alter table forms.form add column source integer;
-- The edition a version was made of: an event that comes twice or late changes nothing.
alter table forms.version add column source_edition integer;

create table forms.own_form (
  tenant integer not null,
  key text not null,
  title text not null,
  state text not null check (state in ('open', 'proposed', 'published')),
  edition integer not null,
  -- The edition that was last approved.
  published integer,
  proposed_by text,
  proposed_name text not null default '',
  approved_by text,
  note text not null default '',
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (tenant, key),
  -- Four eyes: nobody publishes what they have proposed.
  check (approved_by is null or approved_by <> proposed_by),
  check (state <> 'proposed' or proposed_by is not null)
);
call platform.protect('forms.own_form');

-- Every step is an edition of its own, so that each can be taken back.
create table forms.own_edition (
  tenant integer not null,
  form text not null,
  edition integer not null,
  -- The edition a step back leads to; null: the first.
  before integer,
  definition jsonb not null,
  step text not null,
  about text not null,
  author text not null,
  author_name text not null,
  at timestamptz not null,
  primary key (tenant, form, edition),
  foreign key (tenant, form) references forms.own_form (tenant, key)
);
call platform.protect('forms.own_edition', 'select, insert, delete');

-- Going through a form that is being written as a citizen would; apart from the drafts, and gone after two days.
create table forms.trial (
  tenant integer not null,
  account bigint not null,
  form text not null,
  answers jsonb not null,
  -- Pages that were sent at least once.
  seen jsonb not null,
  -- Names and sizes; the bytes are kept nowhere.
  files jsonb not null,
  changed_at timestamptz not null,
  primary key (tenant, account, form),
  foreign key (tenant, form) references forms.own_form (tenant, key)
);
create index trial_old on forms.trial (tenant, changed_at);
call platform.protect('forms.trial');
