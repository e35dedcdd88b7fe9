import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { foldCase, materialRows, openSheet } from '../../../core/index.ts';
import { readList, readText } from '../../shared/http/read.ts';
import { titleOf } from '../sheet/access.ts';
import { askPortalOnce } from '../portal/ask.ts';
import { inEditor, isChosen, LONGEST_FILTER, shown } from './sheet.ts';

/** The most materials of one page of the list. */
const MOST_LISTED = 50;

/** The materials whose texts match, for the list of the parameter Material. */
export async function searchMaterials(
  this: ILoadOptionsFunctions,
  filter = '',
  paginationToken?: string,
): Promise<INodeListSearchResult> {
  const text = filter.slice(0, LONGEST_FILTER).trim();
  return this.getNodeParameter('connectTo', 'portal') === 'sheet'
    ? await inSheet(this, text)
    : await inPortal(this, text, paginationToken);
}

async function inPortal(
  node: ILoadOptionsFunctions,
  text: string,
  cursor?: string,
): Promise<INodeListSearchResult> {
  const qs = {
    limit: MOST_LISTED,
    ...(text === '' ? {} : { q: text }),
    ...(cursor === undefined ? {} : { cursor }),
  };
  try {
    const { body } = await askPortalOnce(node, { method: 'GET', path: '/api/materials', qs });
    const next = readText(body, 'nextCursor');
    const results = readList(body, 'items').map((material) =>
      named(readText(material, 'id'), readText(material, 'title'), readText(material, 'level')),
    );
    return { results, ...(next === '' ? {} : { paginationToken: next }) };
  } catch (error) {
    throw shown(node, error);
  }
}

async function inSheet(node: ILoadOptionsFunctions, text: string): Promise<INodeListSearchResult> {
  const needed = ['spreadsheet', 'tab'].map((name) => node.getNodeParameter(name, ''));
  if (!needed.every(isChosen)) return { results: [] };
  const part = foldCase(text);
  const rows = await inEditor(node, async (access) => {
    const sheet = openSheet(access.transport, await titleOf(access));
    const { header, rows } = await sheet.readCatalog();
    return header === null ? [] : materialRows(rows, header).materials;
  });
  const results = rows
    .filter(({ id, fields }) => id !== null && foldCase(fields.title ?? '').includes(part))
    .slice(0, MOST_LISTED)
    .map(({ id, fields }) => named(id ?? '', fields.title ?? '', fields.level ?? ''));
  return { results };
}

const named = (id: string, title: string, level: string) => ({
  name: level === '' ? title : `${title} (${level})`,
  value: id,
});
