import {
  comparable,
  isReadable,
  readable,
  TEXT_FIELDS,
  type MaterialText,
} from '../material/index.ts';
import { analysisSchema, type Analysis } from './schema.ts';

export interface Issue {
  /** Where in the answer, as in `evidence.0.quote`; empty for the answer as a whole. */
  readonly path: string;
  readonly message: string;
}

export type CheckedAnalysis =
  | {
      readonly ok: true;
      readonly analysis: Analysis;
      /** The answer held characters that cannot be stored; each is now U+FFFD. */
      readonly hasReplaced: boolean;
    }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/**
 * Checks Gemini's answer for a material. The answer must be JSON of the schema, and the material must
 * contain every quote. A model's own confidence says little; a quote that the material contains is
 * evidence. NUL and halves of a character, which PostgreSQL cannot store, are replaced.
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
    return refuse([{ path: '', message: 'The answer is not JSON, or was cut off.' }]);
  }
  const parsed = analysisSchema.safeParse(json);
  if (!parsed.success) {
    return refuse(
      parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    );
  }
  const texts = TEXT_FIELDS.map((field) => searchable(material[field]));
  const invented = parsed.data.evidence.flatMap(({ quote }, index) =>
    texts.some((text) => text.includes(searchable(quote)))
      ? []
      : [
          {
            path: `evidence.${index}.quote`,
            message: 'This quote does not stand in the material.',
          },
        ],
  );
  return invented.length > 0 ? refuse(invented) : { ok: true, analysis: parsed.data, hasReplaced };
}

/** Line breaks and runs of blanks are where a model's copy differs without being another text. */
function searchable(text: string): string {
  return comparable(readable(text)).replace(/\s+/gu, ' ');
}

function refuse(issues: readonly Issue[]): CheckedAnalysis {
  return { ok: false, issues };
}
