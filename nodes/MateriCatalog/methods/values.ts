import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { materialRows, openSheet } from '../../../core/index.ts';
import { readCount, readList, readText } from '../../shared/http/read.ts';
import type { Picked } from '../item/filters.ts';
import { askPortalOnce } from '../portal/ask.ts';
import { titleOf } from '../sheet/access.ts';
import { inEditor, isChosen, shown } from './sheet.ts';

/** The portal counts as many values of one field. */
const MOST_VALUES = 50;

/** Lists the values of a field, the most frequent first, for the pick list of a filter. */
function valuesOf(field: Picked) {
  return async function values(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const counted =
      this.getNodeParameter('connectTo', 'portal') === 'sheet'
        ? await inSheet(this, field)
        : await inPortal(this, field);
    return counted
      .slice(0, MOST_VALUES)
      .map(([text, count]) => ({ name: `${text} (${count})`, value: text }));
  };
}

export const loadOptions = {
  getLevels: valuesOf('level'),
  getSubjects: valuesOf('subject'),
  getSubthemes: valuesOf('subtheme'),
  getThemes: valuesOf('theme'),
  getTypes: valuesOf('type'),
};

type Counted = ReadonlyArray<readonly [text: string, count: number]>;

async function inPortal(node: ILoadOptionsFunctions, field: Picked): Promise<Counted> {
  const qs = { facets: 'true', limit: 1 };
  try {
    const { body } = await askPortalOnce(node, { method: 'GET', path: '/api/materials', qs });
    return readList(body, 'facets', field).map((facet) => [
      readText(facet, 'value'),
      readCount(facet, 'count'),
    ]);
  } catch (error) {
    throw shown(node, error);
  }
}

async function inSheet(node: ILoadOptionsFunctions, field: Picked): Promise<Counted> {
  const needed = ['spreadsheet', 'tab'].map((name) => node.getNodeParameter(name, ''));
  if (!needed.every(isChosen)) return [];
  const rows = await inEditor(node, async (access) => {
    const sheet = openSheet(access.transport, await titleOf(access));
    const { header, rows } = await sheet.readCatalog();
    return header === null ? [] : materialRows(rows, header).materials;
  });
  const texts = rows.map(({ fields }) => fields[field] ?? '').filter((text) => text !== '');
  return [...Map.groupBy(texts, (text) => text)]
    .map(([text, all]) => [text, all.length] as const)
    .sort((one, other) => other[1] - one[1]);
}
