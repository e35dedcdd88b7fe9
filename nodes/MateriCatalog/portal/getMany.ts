import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isSameColumn, fieldNamed, type Material } from '../../../core/index.ts';
import { read, readList, readText } from '../../shared/http/read.ts';
import type { Patience } from '../../shared/http/retrying.ts';
import { isPicked, passes, PICKED, type Candidate, type Filters } from '../item/filters.ts';
import { unknownColumn } from '../item/unknownColumn.ts';
import { askPortal } from './ask.ts';
import { furtherColumns } from './columns.ts';
import { materialOf } from './get.ts';

/** The most whole materials that the portal gives in one page. */
const PAGE = 50;

/**
 * Reads the materials that the filters find, newest first, or best first with a search. The portal does
 * what it can of the filters; the node looks at the others in the pages, and stops reading at the limit.
 *
 * @param limit Infinity: all
 */
export async function findInPortal(
  node: IExecuteFunctions,
  filters: Filters,
  limit: number,
  patience: Patience,
): Promise<Material[]> {
  await requireColumns(node, filters, patience);
  const facets = filters.combine === 'all' ? await facetsOf(node, filters, patience) : {};
  const asksAll = filters.combine === 'any' || filters.notAnalysed || filters.title !== '';
  const isLocal = asksAll || filters.conditions.length > 0;
  const found: Material[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await askPortal(
      node,
      {
        method: 'GET',
        path: '/api/materials',
        qs: {
          ...facets,
          ...(filters.search === '' ? {} : { q: filters.search }),
          archived: String(filters.includeArchived),
          include: 'whole',
          limit: isLocal ? PAGE : Math.min(PAGE, limit - found.length),
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
      patience,
    );
    const page = readList(body, 'items').map(materialOf);
    found.push(...page.filter((material) => passes(candidateOf(material), filters)));
    cursor = readText(body, 'nextCursor') || undefined;
  } while (cursor !== undefined && found.length < limit);
  return found.slice(0, limit);
}

function candidateOf({ metadata, ...fields }: Material): Candidate {
  return { fields: { ...fields, archivedAt: fields.archivedAt ?? '' }, metadata };
}

/**
 * The values of the portal's facets that the filters mean. Example: `MTK` also means `Matematika` and `mtk`. A
 * text that no facet has is sent as it is: the portal counts only the 50 most frequent values.
 */
async function facetsOf(
  node: IExecuteFunctions,
  { picked, includeArchived }: Filters,
  patience: Patience,
): Promise<IDataObject> {
  const wanted = PICKED.filter((field) => picked[field].length > 0);
  if (wanted.length === 0) return {};
  const qs = { facets: 'true', limit: 1, archived: String(includeArchived) };
  const { body } = await askPortal(node, { method: 'GET', path: '/api/materials', qs }, patience);
  return Object.fromEntries(
    wanted.map((field) => {
      const known = readList(read(body, 'facets'), field)
        .map((facet) => readText(facet, 'value'))
        .filter((text) => isPicked(field, text, picked[field]));
      return [field, [...new Set([...known, ...picked[field]])].slice(0, PAGE)];
    }),
  );
}

/** @throws ItemFailure `column_missing` if a condition names a column that the catalog does not have */
async function requireColumns(
  node: IExecuteFunctions,
  { conditions }: Filters,
  patience: Patience,
): Promise<void> {
  const further = conditions.filter(({ column }) => fieldNamed(column) === undefined);
  if (further.length === 0) return;
  const known = await furtherColumns(node, patience);
  for (const { column } of further) {
    if (!known.some((name) => isSameColumn(name, column))) throw unknownColumn(column, known);
  }
}
