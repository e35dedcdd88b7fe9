const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/u));

/** Words of Indonesian grammar. They show the language of a text, and say nothing about its subject. */
export const INDONESIAN = list(
  `ada adalah agar akan anda antara apa apakah atas atau bagaimana bagi bahwa banyak beberapa belum berapa
  bisa boleh bukan dalam dan dapat dari daripada dengan di dia hal hanya harus hingga ia ini itu jadi jangan jika
  juga kali kalian kalau kami kamu karena kata ke kemudian kepada ketika kita lagi lain lalu lebih maka mana
  masih masing melalui mengapa menjadi mereka namun oleh pada para pernah saat saja saling sama sambil sampai
  sangat satu sebagai sebelum sebuah secara sedang seekor sehingga sejak selama selesai seluruh semua
  seorang seperti serta sesuai sesudah setelah setiap siapa sini situ sudah supaya tanpa tapi tentang
  terhadap tersebut tetapi tiap tidak tak untuk walaupun yaitu yakni yang`,
);

export const ENGLISH = list(
  `a about after all also an and are as at be because been but by can do does for from had has have he her his how
  if in into is it its more not of on one or our she should so that the their them then there these they this those to
  was we were what when where which who will with would you your`,
);

/** Words that Malay has and Indonesian does not. */
export const MALAY = list(
  `adakah awak bahawa beza berbeza cikgu darjah ianya jawapan kanak kerana mahu markah mengapakah menyemak
  murid-murid pelajaran-pelajaran peperiksaan persekolahan sekiranya soalan tatkala ujikaji wang yuran`,
);
/** Words that are much more frequent in Malay. */
export const MALAY_TOO = list(
  `boleh bilik cuma ibu bapa kerap kumpulan lelaki manakala perlu perkara rakan ramai seramai tahun ialah`,
);

/** Words that name a lesson's parts rather than its subject. They support no claim. */
const SCHOOL = list(
  `ajar artikel bacaan bagian bahan belajar berisi buku deskripsi disebutkan guru isi judul kegiatan kelas kuis lembar
  materi membahas memuat menjelaskan menyebutkan modul murid pelajaran pembelajaran peserta didik presentasi
  salindia siswa soal subtema tema topik video`,
);

export const NEGATIONS = list(
  'bukan belum jangan tak tanpa tiada tidak tidaklah bukanlah janganlah',
);

/** The words that carry a statement: no grammar, no parts of a lesson, no negation. */
export function contentWords(words: readonly string[]): string[] {
  return [...new Set(words)].filter(
    (word) =>
      (word.length > 2 || /^\p{N}+$/u.test(word)) &&
      !INDONESIAN.has(word) &&
      !SCHOOL.has(word) &&
      !NEGATIONS.has(word),
  );
}

/** Pairs of words of which only one is true in a sentence. */
const ANTONYMS =
  `asam-basa naik-turun besar-kecil panas-dingin panjang-pendek tinggi-rendah bertambah-berkurang
  menambah-mengurangi penjumlahan-pengurangan perkalian-pembagian mengembang-menyusut memuai-menyusut
  positif-negatif benar-salah sebelum-sesudah sebelum-setelah awal-akhir atas-bawah kanan-kiri depan-belakang kuat-lembut
  utara-selatan timur-barat siang-malam terang-gelap cepat-lambat berat-ringan kuat-lemah kaya-miskin
  membeli-menjual impor-ekspor hidup-mati jantan-betina padat-cair menguap-mengembun mencair-membeku
  menang-kalah muda-tua baru-lama maju-mundur tebal-tipis kering-basah genap-ganjil ganjil-genap
  menarik-menolak meningkat-menurun produsen-konsumen vertebrata-invertebrata dikotil-monokotil
  endoterm-eksoterm oksidasi-reduksi hak-kewajiban kawan-lawan aman-berbahaya sempurna-tidaksempurna
  heterotrof-autotrof maksimum-minimum selalu-jarang semua-sebagian`
    .split(/\s+/u)
    .map((pair) => pair.split('-'));

const OPPOSITES: ReadonlyMap<string, readonly string[]> = ANTONYMS.reduce(
  (map, [one = '', other = '']) =>
    map.set(one, [...(map.get(one) ?? []), other]).set(other, [...(map.get(other) ?? []), one]),
  new Map<string, string[]>(),
);

export function oppositesOf(word: string): readonly string[] {
  return OPPOSITES.get(word) ?? [];
}
