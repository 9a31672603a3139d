-- Delivery of submitted applications to specialist systems, and from other authorities to us, modelled on FIT-Connect.

create schema delivery;
grant usage on schema delivery to rennsteig_app;

-- Where the applications of one form go.
create table delivery.destination (
  tenant integer not null,
  form text not null,
  -- The specialist system, as the office calls it.
  title text not null,
  -- Base address of the delivery service, and where it gives out access tokens.
  address text not null,
  token_address text not null,
  -- Its id at the delivery service.
  destination uuid not null,
  -- URN of the public service.
  service text not null,
  client text not null,
  -- Encrypted with the tenant's key of this number.
  secret bytea not null,
  secret_key integer not null,
  -- Public keys of the receiver, as JWK: for the content, and for what it says of it.
  encryption_key jsonb not null,
  event_key jsonb not null,
  is_active boolean not null,
  changed_at timestamptz not null,
  primary key (tenant, form)
);
call platform.protect('delivery.destination');

-- One row for each application that goes to a specialist system, as it stands.
create table delivery.delivery (
  tenant integer not null,
  id uuid not null,
  submission bigint not null,
  form text not null,
  reference text not null,
  title jsonb not null,
  -- Group or unit (principal) whose application it is; null: the administrators'.
  works bigint,
  -- The specialist system, as it was called then.
  receiver text not null,
  state text not null check (state in ('waiting', 'announced', 'submitted', 'accepted', 'rejected', 'failed', 'recalled')),
  -- How often it was begun from the start: another round is another submission at the delivery service.
  round integer not null default 1,
  -- Since the last success.
  failures integer not null default 0,
  next_at timestamptz,
  -- Why it does not go on, as the code of a sentence.
  reason text,
  problems jsonb not null default '[]',
  -- Its ids at the delivery service.
  remote uuid,
  remote_case uuid,
  -- Of this round: from then on it is the receiver's too.
  submitted_at timestamptz,
  edition integer not null default 1,
  created_at timestamptz not null,
  -- Of the last step.
  stepped_at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, submission)
);
create index delivery_list on delivery.delivery (tenant, stepped_at desc, id);
call platform.protect('delivery.delivery', 'select, insert, update');

-- The files of one round. Without a sum: not at the delivery service yet.
create table delivery.piece (
  tenant integer not null,
  delivery uuid not null,
  round integer not null,
  id uuid not null,
  -- Attachment of the application; null: its receipt.
  attachment bigint,
  sha512 text,
  primary key (tenant, delivery, round, id)
);
call platform.protect('delivery.piece', 'select, insert, update');

create table delivery.step (
  tenant integer not null,
  delivery uuid not null,
  seq integer not null,
  at timestamptz not null,
  step text not null,
  who text not null,
  reason text,
  primary key (tenant, delivery, seq)
);
call platform.protect('delivery.step', 'select, insert');

-- Verdicts that were heard, with the receiver's signature: none counts twice.
create table delivery.verdict (
  tenant integer not null,
  id text not null,
  delivery uuid not null,
  token text not null,
  heard_at timestamptz not null,
  primary key (tenant, id)
);
call platform.protect('delivery.verdict', 'select, insert');

-- Our own destinations: where other authorities deliver to.
create table delivery.inbox (
  tenant integer not null,
  id uuid not null,
  title text not null,
  -- Group or unit that works on what arrives; null: the administrators.
  works bigint,
  is_open boolean not null,
  encryption_key jsonb not null,
  encryption_secret bytea not null,
  encryption_secret_key integer not null,
  signing_key jsonb not null,
  signing_secret bytea not null,
  signing_secret_key integer not null,
  created_at timestamptz not null,
  primary key (tenant, id)
);
call platform.protect('delivery.inbox', 'select, insert, update');

-- Who may deliver there.
create table delivery.sender (
  tenant integer not null,
  id uuid not null,
  inbox uuid not null,
  name text not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, inbox) references delivery.inbox (tenant, id)
);
create index sender_inbox on delivery.sender (tenant, inbox);
call platform.protect('delivery.sender', 'select, insert, update');

create table delivery.arrival (
  tenant integer not null,
  id uuid not null,
  case_id uuid not null,
  inbox uuid not null,
  sender uuid not null,
  -- Given by the sender: the same again is the same.
  key text not null,
  service text not null,
  state text not null check (state in ('announced', 'submitted', 'accepted', 'rejected')),
  -- As they arrived, encrypted; gone once there is a verdict.
  metadata text,
  data text,
  problems jsonb not null default '[]',
  -- What became of it here.
  submission bigint,
  -- The verdict, signed.
  verdict text,
  announced_at timestamptz not null,
  submitted_at timestamptz,
  decided_at timestamptz,
  primary key (tenant, id),
  unique (tenant, case_id),
  unique (tenant, sender, key),
  foreign key (tenant, sender) references delivery.sender (tenant, id)
);
create index arrival_state on delivery.arrival (tenant, state, announced_at);
call platform.protect('delivery.arrival');

-- Files that were announced; with a blob: there, encrypted as it came.
create table delivery.arrival_piece (
  tenant integer not null,
  arrival uuid not null,
  id uuid not null,
  blob text,
  size bigint,
  primary key (tenant, arrival, id),
  foreign key (tenant, arrival) references delivery.arrival (tenant, id) on delete cascade
);
create index arrival_piece_blob on delivery.arrival_piece (tenant, blob) where blob is not null;
call platform.protect('delivery.arrival_piece');
