import { isReadable, readable, TEXT_FIELDS, type MaterialText } from '../material/index.ts';
import { issuesOf } from './checks/index.ts';
import type { Issue } from './issue.ts';
import { MOST_ISSUES } from './result.ts';
import { analysisSchema, type Analysis } from './schema.ts';
import { includesWords, searchable } from './text/words.ts';

export interface CheckedAnalysis {
  /** The answer, if it has the form of an analysis. It may have faults nevertheless. */
  readonly analysis: Analysis | undefined;
  /** The faults that Gemini has to repair. None: the analysis can be used. */
  readonly refused: readonly Issue[];
  /** What a person should look at. */
  readonly review: readonly Issue[];
  /** The answer held characters that cannot be stored; each is now U+FFFD. */
  readonly hasReplaced: boolean;
}

/**
 * Checks Gemini's answer for a material: first its form, then everything else that code can see. NUL and halves
 * of a character, which PostgreSQL cannot store, are replaced.
 *
 * @param answer the text of the model's answer
 */
export function checkAnalysis(answer: string, material: MaterialText): CheckedAnalysis {
  let json: unknown;
  let hasReplaced = false;
  try {
    json = JSON.parse(answer, (_name, value: unknown) => {
      if (typeof value !== 'string' || isReadable(value)) return value;
      hasReplaced = true;
      return readable(value);
    });
  } catch {
    return withoutForm([NOT_JSON], hasReplaced);
  }
  const parsed = analysisSchema.safeParse(json);
  if (!parsed.success) return withoutForm(parsed.error.issues.map(formIssue), hasReplaced);
  const analysis = withFields(parsed.data, material);
  const issues = issuesOf(analysis, material);
  return {
    analysis,
    refused: only('refuse', issues),
    review: only('review', issues),
    hasReplaced,
  };
}

const NOT_JSON: Issue = {
  kind: 'wrong-form',
  path: '',
  verdict: 'refuse',
  message: {
    id: 'Jawaban bukan JSON, atau terpotong.',
    en: 'The answer is not JSON, or was cut off.',
  },
};

type ZodIssue = Readonly<{ code?: string | undefined; path: PropertyKey[]; message: string }>;

/** What zod's codes mean, in the language of the conversation. */
const FORM_FAULTS: ReadonlyMap<string, string> = new Map([
  ['invalid_type', 'Isinya tidak ada, atau jenisnya salah.'],
  ['invalid_value', 'Isinya bukan salah satu nilai yang diperbolehkan.'],
  ['too_big', 'Isinya terlalu panjang atau terlalu banyak.'],
  ['too_small', 'Isinya kosong atau terlalu sedikit.'],
]);

function formIssue({ code = '', path, message }: ZodIssue): Issue {
  const id = FORM_FAULTS.get(code) ?? 'Isinya tidak sesuai dengan bentuk yang diminta.';
  const en = `${message.slice(0, 500)}.`;
  return {
    kind: 'wrong-form',
    path: path.map(String).join('.').slice(0, 200),
    verdict: 'refuse',
    message: { id, en },
  };
}

function withoutForm(issues: readonly Issue[], hasReplaced: boolean): CheckedAnalysis {
  return { analysis: undefined, refused: only('refuse', issues), review: [], hasReplaced };
}

function only(verdict: Issue['verdict'], issues: readonly Issue[]): Issue[] {
  return issues.filter((issue) => issue.verdict === verdict).slice(0, MOST_ISSUES / 2);
}

/** Names the field of each quote. The model often names a wrong one, and code knows it. */
function withFields(analysis: Analysis, material: MaterialText): Analysis {
  const texts = TEXT_FIELDS.map((field) => ({ field, text: searchable(material[field]) }));
  const evidence = analysis.evidence.map((entry) => {
    const quote = searchable(entry.quote);
    const holding = texts.filter(({ text }) => includesWords(text, quote));
    const isRight = holding.some(({ field }) => field === entry.field);
    return isRight ? entry : { ...entry, field: holding[0]?.field ?? entry.field };
  });
  return { ...analysis, evidence };
}
