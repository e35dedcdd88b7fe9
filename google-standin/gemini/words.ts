/** Words that say nothing about a material, in Indonesian and English. */
const stopWords = new Set(
  `ada adalah agar akan aktivitas antara anak apa apabila atas atau bagai bagaimana bagi bagian bahan bahwa banyak
  baru bentuk bertingkat besar beserta bisa buku cara contoh dalam dan dapat dari daripada dasar dengan di
  dua guru hal hingga ini itu jadi jawaban jenis jika juga kami karena kata ke kecil kegiatan kehidupan kelas
  kemudian kepada ketika kita kunci lain lalu lebih lewat lingkungan mahir maka materi mata mereka
  misalnya modul mudah mulai murid namun oleh pada para pelajaran pembelajaran penggunaan pengenalan peserta pokok
  proses rubrik rumah saat saja sama sampai satu sebagai sebuah sederhana sehari sehari-hari sekolah sendiri seperti
  serta sesuai setelah setiap siswa soal suatu sudah tahap tanpa telah tema tentang terhadap tersebut tiap tiga
  topik untuk video yaitu yakni yang fase
  a about an and are as by for from how in into is it its my of on or that the their this to using with`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Indonesian verbs, by their prefixes: they name what is done, not what a material is about. */
const VERB = /^(?:me[lmnrwy]|ber|ter)[a-z]{3,}$|^di[a-z]{3,}kan$/;

export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu) ?? [];
}

function isTelling(word: string): boolean {
  const lower = word.toLowerCase();
  return word.length > 2 && !/^[0-9]/.test(word) && !stopWords.has(lower) && !VERB.test(lower);
}

/** The words of a text that tell what it is about. */
export function tellingWordsOf(text: string): string[] {
  return wordsOf(text).filter(isTelling);
}

/** Longer texts say what they are about at their beginning. */
const LONGEST_READ = 5_000;
const MOST_WORDS = 3;

/**
 * The words between two words without meaning, or between two punctuation marks: `tumbuhan hijau`.
 */
export function phrasesOf(text: string): string[] {
  const phrases: string[] = [];
  for (const clause of text.slice(0, LONGEST_READ).split(/[^\p{L}\p{N}\s'-]/u)) {
    let phrase: string[] = [];
    for (const word of [...wordsOf(clause), '']) {
      if (isTelling(word) && phrase.length < MOST_WORDS) {
        phrase.push(word);
        continue;
      }
      if (phrase.length > 0) phrases.push(inSentence(phrase.join(' ')));
      phrase = isTelling(word) ? [word] : [];
    }
  }
  return phrases.filter((phrase) => phrase.length <= 60);
}

/** `Pecahan senilai` → `pecahan senilai`; `Hukum Newton` and `DNA` stay. */
export function inSentence(phrase: string): string {
  const [first = '', ...others] = phrase.split(' ');
  const hasName = others.some((word) => /^\p{Lu}/u.test(word)) || /^\p{Lu}.*\p{Lu}/u.test(first);
  return hasName ? phrase : phrase.charAt(0).toLowerCase() + phrase.slice(1);
}

const sentences = new Intl.Segmenter('id', { granularity: 'sentence' });
const letters = new Intl.Segmenter('id', { granularity: 'grapheme' });

/** The first sentences of a text, each as it is written there, letter for letter. */
export function sentencesOf(text: string): string[] {
  return [...sentences.segment(text.slice(0, LONGEST_READ))]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => wordsOf(sentence).length > 1);
}

/** At most `limit` characters, cut between words or letters; still a literal part of the text. */
export function upTo(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const space = text.lastIndexOf(' ', limit);
  if (space > 0) return text.slice(0, space).trim();
  let end = 0;
  for (const { index, segment } of letters.segment(text.slice(0, limit + 50))) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** A number that depends on nothing but the text. */
export function hashOf(text: string): number {
  let hash = 2166136261;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash;
}
