-- What people owe an authority, how they paid it, and what was given back. Everything belongs to the tenant the money is owed to.

create schema payments;
grant usage on schema payments to rennsteig_app;

-- How a tenant is paid. The secret is encrypted with the tenant's key and never shown again.
create table payments.settings (
  tenant integer primary key,
  gateway text not null check (gateway in ('none', 'xbezahldienste', 'signedForms')),
  address text not null,
  originator text not null,
  endpoint text not null,
  secret bytea,
  -- Number of the tenant's key that encrypts it.
  secret_key integer,
  reference_prefix text not null check (reference_prefix ~ '^[A-Z]{1,4}$'),
  -- Refunds of one payment that add up to more than this need a second person.
  four_eyes_cents bigint not null check (four_eyes_cents >= 0),
  days_to_pay integer not null check (days_to_pay between 1 and 365),
  -- The account on which bank transfers arrive, for invoices.
  payee text not null,
  iban text not null,
  bic text not null,
  changed_at timestamptz not null,
  check ((secret is null) = (secret_key is null))
);
call platform.protect('payments.settings');

-- Numbers come before their rows: the payment reference is made of them.
create sequence payments.number;
grant usage on sequence payments.number to rennsteig_app;

create table payments.payment (
  tenant integer not null,
  id bigint not null,
  -- The payment reference (Kassenzeichen): what stands on the bank statement.
  reference text not null,
  -- What it is paid for, in the words of the room that asked for it.
  kind text not null,
  thing text not null,
  state text not null
    check (state in ('awaitingFee', 'open', 'underWay', 'disputed', 'paid', 'refunded', 'expired', 'withdrawn')),
  purpose text not null,
  -- Null: an official has still to say what it costs.
  items jsonb,
  cents bigint check (cents between 1 and 99999900),
  debtor jsonb not null,
  debtor_name text not null,
  locale text not null check (locale in ('de', 'en')),
  return_to text not null,
  received_cents bigint not null default 0,
  refunded_cents bigint not null default 0,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  -- Until when it can be paid; null: no end yet.
  expires_at timestamptz,
  paid_at timestamptz,
  invoiced_at timestamptz,
  due_on date,
  reminders integer not null default 0,
  primary key (tenant, id),
  unique (tenant, reference),
  -- The same thing is paid for once, however often it is asked for.
  unique (tenant, kind, thing),
  check ((items is null) = (cents is null)),
  check (cents is not null or state in ('awaitingFee', 'withdrawn')),
  check (refunded_cents between 0 and received_cents)
);
create index payment_list on payments.payment (tenant, changed_at desc, id desc);
create index payment_open on payments.payment (tenant, state, id) where state not in ('paid', 'refunded', 'withdrawn');
call platform.protect('payments.payment', 'select, insert, update');

-- Who holds such a link may see the payment and pay it. Only its hash is kept.
create table payments.link (
  tenant integer not null,
  hash bytea not null,
  payment bigint not null,
  created_at timestamptz not null,
  primary key (tenant, hash),
  foreign key (tenant, payment) references payments.payment (tenant, id)
);
create index link_payment on payments.link (tenant, payment);
call platform.protect('payments.link');

-- One try at the gateway. The request id is ours: the gateway does one thing for it, however often it is asked.
create table payments.attempt (
  tenant integer not null,
  id bigint generated always as identity,
  payment bigint not null,
  request text not null,
  gateway text not null,
  state text not null
    check (state in ('starting', 'open', 'paid', 'declined', 'cancelled', 'expired', 'lost', 'refused')),
  cents bigint not null,
  -- What the gateway calls it, and where the person pays; null until the gateway has answered.
  transaction_id text,
  pay_address text,
  -- What the gateway said last about the money.
  reported_cents bigint,
  method text not null default '',
  started_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, request),
  foreign key (tenant, payment) references payments.payment (tenant, id)
);
create index attempt_payment on payments.attempt (tenant, payment, id);
-- At most one that can still be paid: this is what keeps anybody from paying twice.
create unique index attempt_live on payments.attempt (tenant, payment) where state in ('starting', 'open');
call platform.protect('payments.attempt', 'select, insert, update');

-- Money that came in: through the gateway or by bank transfer. Nothing is ever taken out of here.
create table payments.receipt (
  tenant integer not null,
  id bigint generated always as identity,
  payment bigint not null,
  -- Null: by bank transfer.
  attempt bigint,
  cents bigint not null check (cents > 0),
  booked_on date not null,
  note text not null default '',
  created_at timestamptz not null,
  primary key (tenant, id),
  -- One attempt brings money once.
  unique (tenant, attempt),
  foreign key (tenant, payment) references payments.payment (tenant, id),
  foreign key (tenant, attempt) references payments.attempt (tenant, id)
);
create index receipt_day on payments.receipt (tenant, created_at, id);
call platform.protect('payments.receipt', 'select, insert');

create table payments.refund (
  tenant integer not null,
  id bigint generated always as identity,
  payment bigint not null,
  -- Through which attempt the money came; null: by bank transfer.
  attempt bigint,
  request text not null,
  state text not null check (state in ('requested', 'approved', 'done', 'rejected', 'failed')),
  -- The gateway gives it back; otherwise the treasury transfers it by hand.
  by_gateway boolean not null,
  cents bigint not null check (cents > 0),
  reason text not null,
  requested_by text not null,
  requested_by_name text not null,
  decided_by text,
  decided_by_name text,
  requested_at timestamptz not null,
  decided_at timestamptz,
  done_at timestamptz,
  primary key (tenant, id),
  unique (tenant, request),
  foreign key (tenant, payment) references payments.payment (tenant, id),
  foreign key (tenant, attempt) references payments.attempt (tenant, id),
  -- True: two persons were needed.
  four_eyes boolean not null,
  check (not four_eyes or state in ('requested', 'rejected') or decided_by <> requested_by)
);
create index refund_payment on payments.refund (tenant, payment, id);
create index refund_waiting on payments.refund (tenant, id) where state in ('requested', 'approved', 'failed');
create index refund_done on payments.refund (tenant, done_at, id) where state = 'done';
call platform.protect('payments.refund', 'select, insert, update');

-- What happened to a payment, in the order in which it happened.
create table payments.event (
  tenant integer not null,
  id bigint generated always as identity,
  payment bigint not null,
  step text not null,
  state text not null,
  by_name text not null,
  details jsonb not null,
  at timestamptz not null,
  primary key (tenant, id),
  foreign key (tenant, payment) references payments.payment (tenant, id)
);
create index event_payment on payments.event (tenant, payment, id);
call platform.protect('payments.event', 'select, insert');
