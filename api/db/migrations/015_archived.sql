-- A material can be archived (column ARCHIVED_AT of the sheet; '': it is not). Lists and the search leave
-- archived materials out: materials/listed.ts and search/repository.ts.
-- An instance of the version before can run beside it: it shows archived materials in its lists, and while
-- it leads the sync, it reads the column ARCHIVED_AT of a sheet as a further column.

alter table materials add column archived_at text not null default '';
create index materials_current on materials (created_at desc, id desc)
  where deleted_at is null and archived_at = '';

alter table material_search add column is_archived boolean not null default false;
create index material_search_current on material_search (created_at desc, material_id desc)
  where not is_archived;

create or replace function search_row_of(m materials) returns material_search language sql stable as $$
  select m.id, m.created_at, left(m.subject, 200), left(m.level, 200), left(m.type, 200),
    left(m.theme, 200), left(m.subtheme, 200),
    case m.ai_status when 'COMPLETED' then 'completed' when 'FAILED' then 'failed' else 'none' end,
    search_words_of(left(m.title, 2000), 'A')
      || search_words_of(concat_ws(' ', left(m.subject, 200), left(m.theme, 500), left(m.subtheme, 500)), 'B')
      || search_words_of(concat_ws(' ', left(m.description, 10000), left(m.type, 200), left(m.level, 200)), 'C')
      || search_words_of(left(m.ai_summary, 5000), 'D'),
    m.archived_at <> ''
$$;

create or replace function keep_material_search() returns trigger language plpgsql as $$
begin
  if new.deleted_at is not null then
    delete from material_search where material_id = new.id;
    return null;
  end if;
  insert into material_search select made.* from search_row_of(new) as made
  on conflict (material_id) do update set created_at = excluded.created_at, subject = excluded.subject,
    level = excluded.level, type = excluded.type, theme = excluded.theme,
    subtheme = excluded.subtheme, analysis = excluded.analysis, words = excluded.words,
    is_archived = excluded.is_archived;
  return null;
end $$;

-- A change of ARCHIVED_AT alone counts no words anew.
create function keep_material_archived() returns trigger language plpgsql as $$
begin
  update material_search set is_archived = new.archived_at <> '' where material_id = new.id;
  return null;
end $$;
create trigger material_search_archived after update on materials for each row
  when (new.deleted_at is null and (old.archived_at = '') is distinct from (new.archived_at = ''))
  execute function keep_material_archived();
