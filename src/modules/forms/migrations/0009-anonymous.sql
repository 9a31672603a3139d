-- Drafts of people without an account that were not sent are counted: a municipality takes only so many of them.
create index draft_anonymous on forms.draft (tenant) where state = 'open' and account is null and clerk is null;
