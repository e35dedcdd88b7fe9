-- The search of materials (search/repository.ts) reads a table of its own, which is narrow: a trigger keeps
-- it as the materials are, whichever version writes them. Texts are cut, so that no material is too long
-- for a tsvector (1 MB).
-- An instance of the version before can run beside it: it does not look at these tables.

create table material_search (
  material_id uuid primary key references materials on delete cascade,
  created_at timestamptz(3) not null,
  subject text not null,
  level text not null,
  type text not null,
  theme text not null,
  subtheme text not null,
  analysis text not null,
  words tsvector not null
);

-- PostgreSQL's parser keeps `IPA/Fisika` and `1945-1949` together. A search reads them as two words each.
create function search_text(text) returns text language sql immutable parallel safe as $$
  select regexp_replace($1, '[!-/:-@\[-`{-~]+', ' ', 'g')
$$;

create function search_words_of(text, "char") returns tsvector language sql immutable parallel safe as $$
  select setweight(to_tsvector('simple', words) || to_tsvector('indonesian', words), $2)
  from search_text(coalesce($1, '')) as words
$$;

create function search_row_of(m materials) returns material_search language sql stable as $$
  select m.id, m.created_at, left(m.subject, 200), left(m.level, 200), left(m.type, 200),
    left(m.theme, 200), left(m.subtheme, 200),
    case m.ai_status when 'COMPLETED' then 'completed' when 'FAILED' then 'failed' else 'none' end,
    search_words_of(left(m.title, 2000), 'A')
      || search_words_of(concat_ws(' ', left(m.subject, 200), left(m.theme, 500), left(m.subtheme, 500)), 'B')
      || search_words_of(concat_ws(' ', left(m.description, 10000), left(m.type, 200), left(m.level, 200)), 'C')
      || search_words_of(left(m.ai_summary, 5000), 'D')
$$;

create function keep_material_search() returns trigger language plpgsql as $$
begin
  if new.deleted_at is not null then
    delete from material_search where material_id = new.id;
    return null;
  end if;
  insert into material_search select (search_row_of(new)).*
  on conflict (material_id) do update set created_at = excluded.created_at, subject = excluded.subject,
    level = excluded.level, type = excluded.type, theme = excluded.theme,
    subtheme = excluded.subtheme, analysis = excluded.analysis, words = excluded.words;
  return null;
end $$;

create trigger material_search_inserted after insert on materials for each row
  execute function keep_material_search();
create trigger material_search_updated after update on materials for each row
  when ((old.title, old.subject, old.description, old.type, old.level, old.theme, old.subtheme,
      old.ai_summary, old.ai_status, old.created_at, old.deleted_at is null)
    is distinct from (new.title, new.subject, new.description, new.type, new.level, new.theme,
      new.subtheme, new.ai_summary, new.ai_status, new.created_at, new.deleted_at is null))
  execute function keep_material_search();

insert into material_search
select (row).* from (select search_row_of(m) as row from materials m where deleted_at is null offset 0) as each;

create index material_search_words on material_search using gin (words);
create index material_search_newest on material_search (created_at desc, material_id desc);

-- The catalog's words, for typing errors; housekeeping counts them anew. Without the extension, which
-- comes with PostgreSQL's contrib package, a typing error is not corrected.
create table search_words (word text primary key, uses int not null);
do $$
begin
  create extension if not exists pg_trgm;
  create index search_words_alike on search_words using gin (word gin_trgm_ops);
exception when others then
  raise warning 'pg_trgm is not available: the search corrects no typing errors (%)', sqlerrm;
end $$;
