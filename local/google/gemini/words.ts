/** Words that say nothing about a material, in Indonesian and English. */
const stopWords = new Set(
  `ada adalah agar akan aktivitas antara anak apa apabila atas atau bagai bagaimana bagi bagian bahan bahwa banyak
  baru bentuk berbagai berdasarkan beserta bisa buku cara contoh dalam dan dapat dari daripada dasar dengan di
  digunakan dilengkapi disertai dua guru hal hingga ini itu jadi jenis jika juga kami karena kata ke kegiatan kelas
  kemudian kepada ketika kita lain lalu lebih lembar lewat maka materi mata melalui melakukan membahas memahami
  mempelajari mencakup mengenai menggunakan menjadi menjelaskan mereka misalnya modul mulai murid namun oleh pada
  para pelajaran pembelajaran penggunaan pengenalan peserta pokok proses saat saja sampai satu sebagai sebuah
  sederhana sehari seperti serta sesuai setelah setiap siswa suatu sudah tahap tanpa telah tema tentang terdiri
  terhadap tersebut tiap tiga topik untuk video yaitu yakni yang fase
  a about an and are as by for from how in into is it its of on or that the their this to using with`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? [];
}

export function isTelling(word: string): boolean {
  return word.length > 2 && !/^[0-9]+$/.test(word) && !stopWords.has(word.toLowerCase());
}

/** Sentences of a text, each as it stands in it, letter for letter. */
export function sentencesOf(text: string): string[] {
  const found = text.match(/[^.!?\n]+(?:[.!?](?![\s\n]|$)[^.!?\n]*)*[.!?]?/g) ?? [];
  return found
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence).length > 1);
}

/** At most `limit` characters, cut between words; still a literal part of the text. */
export function upTo(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit);
  const space = cut.lastIndexOf(' ');
  return (space > 0 ? cut.slice(0, space) : cut).trim();
}

/** A number that depends on nothing but the text. */
export function hashOf(text: string): number {
  let hash = 2166136261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash;
}
