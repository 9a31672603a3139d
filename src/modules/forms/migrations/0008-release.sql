-- Why a proposed form was not agreed to, until it is proposed again.
alter table forms.own_form add column refused_name text not null default '';
alter table forms.own_form add column refusal text not null default '';

-- What a schema of FIM says and a form cannot: it stays with the form until somebody has looked at it.
create table forms.own_left (
  tenant integer not null,
  form text not null,
  number integer not null,
  place text not null,
  what text not null,
  why text not null check (why in ('rule', 'pattern', 'codeList', 'repeat', 'order')),
  -- Empty: still to be looked at.
  done_name text not null default '',
  done_at timestamptz,
  primary key (tenant, form, number),
  foreign key (tenant, form) references forms.own_form (tenant, key)
);
call platform.protect('forms.own_left');
