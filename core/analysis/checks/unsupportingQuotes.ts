import { stemsOfAll, wordsAmong } from '../text/stems.ts';
import { contentWords, INDONESIAN, NEGATIONS, oppositesOf } from '../text/vocabulary.ts';
import { wordsOf } from '../text/words.ts';
import { isLanguageSubject, refuse, review, type Answer, type Fault } from './answer.ts';

/**
 * Shares of a claim's words that its quote has, by stem. Below the first: refuse; the second: review. An honest
 * paraphrase shares few words too, so only a claim that shares hardly any is refused.
 */
const LEAST_SHARE = 0.1;
const SAFE_SHARE = 0.4;

/**
 * A quote shows its claim: it shares the words that carry the claim, denies what the claim denies, and does
 * not say the opposite. Code does not see a claim that turns cause and effect round. In a language subject the
 * quote may be in the language that pupils learn: then nothing is compared.
 */
export function unsupportingQuotes({ analysis }: Answer): Fault[] {
  const { subject } = analysis.classification;
  return analysis.evidence.flatMap(({ claim, quote }, index) => {
    if (isLanguageSubject(subject) && !hasIndonesian(quote)) return [];
    const path = `evidence.${index}.claim`;
    const [said, shown] = [wordsOf(claim), wordsOf(quote)];
    const content = contentWords(said);
    const stems = stemsOfAll(shown);
    const opposite = said.find(
      (word) =>
        !stems.has(word) &&
        oppositesOf(word).some((other) => shown.includes(other) && !said.includes(other)),
    );
    if (opposite !== undefined) {
      return refuse(path, {
        id: `Kutipan menyebut kebalikan dari "${opposite}". Sesuaikan pernyataannya dengan kutipan.`,
        en: `The quote says the opposite of "${opposite}".`,
      });
    }
    const share = content.length === 0 ? 1 : wordsAmong(content, stems).length / content.length;
    if (share < LEAST_SHARE) return refuse(path, UNSUPPORTED);
    if (isOnlyOneDenied(claim, quote)) {
      return refuse(path, {
        id: 'Kutipan menyangkal pernyataan ini, atau sebaliknya. Periksa kata "tidak" dan sejenisnya.',
        en: 'The quote denies what the claim says, or the claim denies what the quote says.',
      });
    }
    return share < SAFE_SHARE ? review(path, UNSUPPORTED) : [];
  });
}

const UNSUPPORTED = {
  id: 'Kutipan tidak mendukung pernyataan ini. Pilih kutipan lain atau ubah pernyataannya.',
  en: 'The quote shares few words with this claim.',
};

function hasIndonesian(text: string): boolean {
  return wordsOf(text).some((word) => INDONESIAN.has(word));
}

/**
 * Whether one of the two has a negation, and a clause of the claim is about a clause of the quote that denies what
 * the claim affirms, or affirms what it denies. Where both have a negation, code cannot tell what each denies.
 */
function isOnlyOneDenied(claim: string, quote: string): boolean {
  if (hasNegation(claim) === hasNegation(quote)) return false;
  const clauses = clausesOf(quote).map((words) => ({ words, stems: stemsOfAll(words) }));
  return clausesOf(claim).some((clause) => {
    const content = contentWords(clause);
    const shared = clauses.map(({ stems }) => wordsAmong(content, stems).length);
    const most = Math.max(0, ...shared);
    const about = clauses.filter((_, at) => most > 0 && shared[at] === most);
    return about.some(({ words }) => isDenied(words) !== isDenied(clause));
  });
}

function hasNegation(text: string): boolean {
  return wordsOf(text).some((word) => NEGATIONS.has(word));
}

/** Two negations in one statement affirm it. */
function isDenied(words: readonly string[]): boolean {
  return words.filter((word) => NEGATIONS.has(word)).length % 2 === 1;
}

const MOST_CLAUSES = 12;

/** The words of each clause. Another clause may have a negation of its own. */
function clausesOf(text: string): string[][] {
  return text
    .split(
      /[.,;:!?()]|\b(?:sehingga|karena|tetapi|namun|walaupun|meskipun|sedangkan|agar|supaya|jika|kalau|apabila|saat|ketika|lalu)\b/iu,
    )
    .map(wordsOf)
    .filter((words) => contentWords(words).length > 0)
    .slice(0, MOST_CLAUSES);
}
