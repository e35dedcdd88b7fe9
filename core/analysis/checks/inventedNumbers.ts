import { TEXT_FIELDS } from '../../material/index.ts';
import { numbersIn, numberWordsOf, numeralsOf } from '../text/numerals.ts';
import { refuse, textsOf, type Answer, type Fault } from './answer.ts';

const MOST_NAMED = 5;

/**
 * Every number of a claim is in its own quote, and every number of a summary or an objective is in the
 * material. Quiz and activities may have new numbers.
 */
export function inventedNumbers({ analysis, material }: Answer): Fault[] {
  const known = new Set(TEXT_FIELDS.flatMap((field) => [...numbersIn(material[field])]));
  const claims = analysis.evidence.flatMap(({ claim, quote }, index) =>
    missing(`evidence.${index}.claim`, claim, numbersIn(quote), {
      id: 'kutipannya',
      en: 'its quote',
    }),
  );
  const reports = textsOf(analysis).filter(
    ({ part, path }) => part === 'report' || path === 'summary.student',
  );
  return [
    ...claims,
    ...reports.flatMap(({ path, text }) =>
      missing(path, text, known, { id: 'materi', en: 'the material' }),
    ),
  ];
}

function missing(
  path: string,
  text: string,
  known: ReadonlySet<string>,
  where: { readonly id: string; readonly en: string },
): Fault[] {
  const invented = new Set(
    [...numeralsOf(text), ...numberWordsOf(text)].filter((number) => !known.has(number)),
  );
  if (invented.size === 0) return [];
  const list = [...invented].slice(0, MOST_NAMED).join(', ').slice(0, 200);
  return [
    refuse(path, {
      id: `Angka ${list} tidak ada dalam ${where.id}. Hapus atau perbaiki.`,
      en: `The number ${list} is not in ${where.en}.`,
    }),
  ];
}
