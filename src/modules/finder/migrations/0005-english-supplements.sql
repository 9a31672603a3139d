-- What municipalities add has English parts from now on; in what was written before they are empty.
update finder.public_supplement set content =
  '{"noteEn":"","documentsEn":[],"feesEn":[],"deadlinesEn":[]}'::jsonb || content;
update finder.version v set content =
  '{"noteEn":"","documentsEn":[],"feesEn":[],"deadlinesEn":[]}'::jsonb || v.content
from finder.entry e where e.tenant = v.tenant and e.id = v.entry and e.kind = 'supplement';
