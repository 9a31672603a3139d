-- Situations in life are written by the state's editors like everything else: with four eyes, versions and days.
alter table finder.entry drop constraint entry_kind_check;
alter table finder.entry add constraint entry_kind_check
  check (kind in ('service', 'supplement', 'authority', 'competence', 'lifeEvent'));

create table finder.public_life_event (
  tenant integer not null,
  key text not null,
  source integer not null,
  content jsonb not null,
  -- Where it stands among the others.
  position integer not null,
  title text not null,
  valid_from date,
  valid_to date,
  published_at timestamptz not null,
  primary key (tenant, key)
);
call platform.protect('finder.public_life_event');

-- Texts of services have English parts from now on; in what was written before they are empty.
update finder.public_service set content =
  '{"detailsEn":"","documentsEn":[],"feesEn":[],"deadlinesEn":[],"durationEn":"","stepsEn":[],"assuranceSourceEn":"","keywordsEn":[]}'::jsonb || content;
update finder.version v set content =
  '{"detailsEn":"","documentsEn":[],"feesEn":[],"deadlinesEn":[],"durationEn":"","stepsEn":[],"assuranceSourceEn":"","keywordsEn":[]}'::jsonb || v.content
from finder.entry e where e.tenant = v.tenant and e.id = v.entry and e.kind = 'service';

-- Lists of the editors are read page by page in the order of titles.
create index entry_by_title on finder.entry (tenant, title, id);
create index public_service_by_title on finder.public_service (tenant, title, id);
