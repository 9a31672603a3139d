-- Letters of authorities to people and companies. What an authority sends belongs to its own tenant; what lies in somebody's mailbox
-- belongs to the state's tenant, which runs the portal. News between the two goes by jobs and events, never by reading the other's rows.

create schema mailbox;
grant usage on schema mailbox to rennsteig_app;

-- The authority's side.
create table mailbox.sent (
  tenant integer not null,
  id bigint generated always as identity,
  -- what the sender calls it: the same letter is sent once, however often it is asked for
  reference text not null,
  -- who wrote it; null for the house itself
  author bigint,
  -- the account it goes to; null goes by post
  citizen bigint,
  -- name and postal address, line by line
  recipient text[] not null,
  subject text not null,
  body text not null,
  -- the law by which it counts as delivered, see rules-delivery.ts
  rule text not null,
  state text not null check (state in ('queued', 'provided', 'read', 'ended', 'toPrint', 'printed', 'undeliverable')),
  sent_at timestamptz not null,
  provided_at timestamptz,
  read_at timestamptz,
  printed_at timestamptz,
  primary key (tenant, id),
  unique (tenant, reference),
  check (citizen is not null or cardinality(recipient) >= 2 or state in ('undeliverable'))
);
call platform.protect('mailbox.sent');
create index sent_author on mailbox.sent (tenant, author, id);
create index sent_state on mailbox.sent (tenant, state, provided_at) where state in ('provided', 'toPrint');

-- An answer that came back to the authority.
create table mailbox.answer (
  tenant integer not null,
  id bigint generated always as identity,
  sent bigint not null,
  -- its number on the other side, so that it comes once
  reply bigint not null,
  body text not null,
  at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, reply),
  foreign key (tenant, sent) references mailbox.sent (tenant, id)
);
call platform.protect('mailbox.answer');
create index answer_sent on mailbox.answer (tenant, sent);

-- The citizen's side.
create table mailbox.letter (
  tenant integer not null check (tenant = 1),
  id bigint generated always as identity,
  citizen bigint not null,
  sender_tenant integer not null,
  sender_name text not null,
  -- its number on the other side
  sent bigint not null,
  subject text not null,
  body text not null,
  rule text not null,
  provided_at timestamptz not null,
  read_at timestamptz,
  ended_at timestamptz,
  primary key (tenant, id),
  unique (tenant, sender_tenant, sent)
);
call platform.protect('mailbox.letter');
create index letter_citizen on mailbox.letter (tenant, citizen, id);

create table mailbox.reply (
  tenant integer not null check (tenant = 1),
  id bigint generated always as identity,
  letter bigint not null,
  body text not null,
  at timestamptz not null,
  -- when the authority has it; until then it stays, even when the letter is deleted
  delivered_at timestamptz,
  primary key (tenant, id)
);
call platform.protect('mailbox.reply');
create index reply_letter on mailbox.reply (tenant, letter);

-- Attachments of all four.
create table mailbox.file (
  tenant integer not null,
  holder text not null check (holder in ('sent', 'answer', 'letter', 'reply')),
  holder_id bigint not null,
  position integer not null,
  blob text not null,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 text not null,
  primary key (tenant, holder, holder_id, position)
);
call platform.protect('mailbox.file');
create index file_blob on mailbox.file (tenant, blob);
