-- 100,000 materials of 32 people, and 200 ended jobs of each person. All materials have the word air, one
-- in 20 has each of the words of a theme, and one in 1,000 has the word hujan.

insert into users (google_id, email, name)
select 'google-' || n, 'guru' || n || '@sekolah.sch.id', 'Guru ' || n from generate_series(1, 32) n;

insert into sessions (id, user_id, family, token_hash, expires_at)
select id, user_id, id, 'token-' || user_id, now() + interval '7 days'
from (select id as user_id, gen_random_uuid() as id from users) s;

-- The trigger takes two minutes for 100,000 rows. Most of their texts are alike, so the words of those are
-- made once. The rows are the same as those of search_row_of.
alter table materials disable trigger material_search_inserted;
insert into materials (id, subject, title, description, type, level, theme, ai_summary, text_hash,
  created_by, created_at)
select gen_random_uuid(), (array['IPA', 'IPS', 'Matematika', 'Seni'])[1 + n % 4],
  'Materi ' || n || case when n % 1000 = 5 then ' hujan' else '' end,
  'Air mengalir dari gunung ke laut. Siswa mengamati, mencatat dan menjelaskan apa yang terjadi.',
  (array['Modul', 'Video', 'Kuis'])[1 + n % 3], 'Fase ' || chr(65 + n % 6),
  (array['Cuaca', 'Tumbuhan', 'Hewan', 'Energi', 'Gaya', 'Bunyi', 'Cahaya', 'Pecahan', 'Bangun ruang',
    'Peta', 'Sejarah', 'Ekonomi', 'Musik', 'Tari', 'Lukisan', 'Batik', 'Gempa', 'Sungai', 'Hutan',
    'Pertanian'])[1 + n % 20],
  'Materi tentang air, dengan percobaan sederhana dan pertanyaan untuk diskusi kelas.',
  md5(n::text), 1 + n % 32, now() - n * interval '1 minute'
from generate_series(1, 100000) n;
alter table materials enable trigger material_search_inserted;

insert into material_search
with alike as (
  select subject, theme, type, level, description, ai_summary,
    search_words_of(concat_ws(' ', subject, theme, ''), 'B')
      || search_words_of(concat_ws(' ', description, type, level), 'C')
      || search_words_of(ai_summary, 'D') as words
  from (select distinct subject, theme, type, level, description, ai_summary from materials) m
)
select id, created_at, subject, level, type, theme, subtheme, 'none',
  search_words_of(title, 'A') || words, false
from materials join alike using (subject, theme, type, level, description, ai_summary);

insert into jobs (id, user_id, material_id, kind, status, stage, result_json, execution_id, text_hash,
  claim_deadline, ended_at, created_at)
select gen_random_uuid(), created_by, id, 'analyze', 'COMPLETED', 'ended',
  jsonb_build_object('summary', repeat('Ringkasan. ', 50)), 'execution-' || id, text_hash, now(), now(),
  created_at
from materials order by created_at desc limit 6400;
