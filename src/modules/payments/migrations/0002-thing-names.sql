-- What people call the thing that is paid for: the reference number its applicant and its office know it by.

-- Null: nobody has said it. Until now it stood at the end of the purpose, and nowhere else.
alter table payments.payment add column thing_name text;
update payments.payment set thing_name = substring(purpose from '[A-Z0-9]{1,3}-[0-9]{4}-[0-9A-Z]{7}$')
where kind = 'submission';
