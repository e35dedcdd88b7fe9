import { sql, type Kysely } from 'kysely';
import { levelsOf, subjectOf, typeOf } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';

export const FACETS = ['subject', 'level', 'type', 'theme', 'subtheme', 'analysis'] as const;
export type Facet = (typeof FACETS)[number];

/** The texts that a material may have in each facet. */
export interface Filters extends Readonly<Partial<Record<Facet, readonly string[]>>> {
  /** Whether archived materials are found as well; they are left out otherwise. */
  readonly withArchived?: boolean;
}

/** How many values of a facet are shown, the most frequent first. */
export const MOST_VALUES = 50;

/** How many texts of a facet are read for their meaning. A school has about ten. */
const MOST_TEXTS = 1_000;

/**
 * The values of a facet that a text in the sheet means. Example: the level `Kelas 4-6` means Fase B and
 * Fase C, and the subject `MTK` means Matematika.
 */
const MEANINGS = {
  subject: (text: string) => [subjectOf(text)],
  level: (text: string) => (levelsOf(text).length > 0 ? levelsOf(text) : [text]),
  type: (text: string) => [typeOf(text)],
} as const satisfies Partial<Record<Facet, (text: string) => readonly string[]>>;

function meaningsOf(facet: Facet, text: string): readonly string[] {
  return hasMeanings(facet) ? MEANINGS[facet](text) : [text];
}

function hasMeanings(facet: Facet): facet is keyof typeof MEANINGS {
  return facet in MEANINGS;
}

/**
 * Finds the texts of the catalog that mean one of the values of each filter. Beyond the first 1,000 texts of a
 * facet, the filter finds only the values themselves.
 */
export async function readFilters(
  db: Kysely<Database>,
  asked: Readonly<Partial<Record<Facet, readonly string[]>>>,
): Promise<Omit<Filters, 'withArchived'>> {
  const filters = FACETS.map(async (facet) => {
    const values = asked[facet];
    if (values === undefined) return [];
    if (!hasMeanings(facet)) return [[facet, values]] as const;
    const wanted = new Set(values.flatMap((value) => meaningsOf(facet, value)));
    const texts = await textsOf(db, facet);
    const alike = texts.filter((text) => meaningsOf(facet, text).some((one) => wanted.has(one)));
    return [[facet, [...new Set([...values, ...alike])]]] as const;
  });
  return Object.fromEntries((await Promise.all(filters)).flat());
}

/** The different texts of a facet (indexes of migration 022: one look-up for each text). */
async function textsOf(db: Kysely<Database>, facet: keyof typeof MEANINGS): Promise<string[]> {
  const column = sql.ref(facet);
  const { rows } = await sql<{ text: string }>`
    with recursive each as (
      (select ${column} as text from material_search order by ${column} limit 1)
      union all
      select (select ${column} from material_search where ${column} > each.text
        order by ${column} limit 1) from each where each.text is not null
    )
    select text from each where text is not null limit ${MOST_TEXTS}`.execute(db);
  return rows.map(({ text }) => text);
}

/** How many different texts of a facet are counted. */
export const mostCounted = (facet: Facet) => (hasMeanings(facet) ? MOST_TEXTS : MOST_VALUES);

/** Counts by value. A material of several levels counts under each of them. */
export function countsByMeaning(
  facet: Facet,
  texts: ReadonlyArray<{ readonly value: string; readonly count: number }>,
): Array<{ value: string; count: number }> {
  const counts = new Map<string, number>();
  for (const { value: text, count } of texts) {
    for (const value of meaningsOf(facet, text)) {
      counts.set(value, (counts.get(value) ?? 0) + count);
    }
  }
  return Array.from(counts, ([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES);
}
