-- What a line of the search shows, beside the whole text: a search reads twenty of them, and taking them out of texts of several
-- thousand letters each time cost more than finding them.

alter table finder.public_service
  add column title_en text not null generated always as (coalesce(content ->> 'titleEn', '')) stored,
  add column summary text not null generated always as (coalesce(content ->> 'summary', '')) stored,
  add column summary_en text not null generated always as (coalesce(content ->> 'summaryEn', '')) stored,
  add column form text generated always as (content ->> 'form') stored,
  add column level text not null generated always as (coalesce(content ->> 'level', '')) stored;
