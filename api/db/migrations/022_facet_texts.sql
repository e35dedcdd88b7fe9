-- A filter by subject, level or type finds every text that means the same, such as `Kelas 4-6` for Fase B
-- (search/facets.ts). For that it reads the different texts of each, one look-up in these indexes a text.
-- An instance of the version before can run beside it: it does not need the indexes.

create index material_search_subject on material_search (subject);
create index material_search_level on material_search (level);
create index material_search_type on material_search (type);
