-- Which roles there are is decided by the code (rules.ts): every new room may bring one, and none should need a change here.

alter table accounts.account drop constraint account_roles_check;
alter table accounts.account add constraint account_roles_check check (cardinality(roles) <= 16 and array_position(roles, null) is null);
