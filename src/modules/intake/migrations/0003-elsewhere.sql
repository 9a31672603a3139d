-- What a room above has taken over from the tray, and why it is back.

create table intake.elsewhere (
  tenant integer not null,
  submission bigint not null,
  -- Who has it; what lies there is not in the lists of what is to be done here.
  receiver text not null,
  is_away boolean not null,
  -- Code and values of the sentence that says why it is back.
  code text,
  params jsonb not null default '{}',
  at timestamptz not null,
  primary key (tenant, submission)
);
call platform.protect('intake.elsewhere', 'select, insert, update');
