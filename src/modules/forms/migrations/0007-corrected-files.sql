-- Files change with a correction, too: what was added or is to go counts once the correction is sent, and not before.
alter table forms.attachment add column correction text check (correction in ('added', 'removed'));
