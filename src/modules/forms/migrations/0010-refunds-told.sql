-- What happened elsewhere and may be told twice is written down once: by what it is about, for example `refund:12`.
alter table forms.happening add column cause text;
