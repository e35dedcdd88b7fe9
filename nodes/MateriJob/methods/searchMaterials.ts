import { NodeApiError, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';
import { readList, readText } from '../../shared/http/read.ts';
import { ItemFailure } from '../../shared/items/itemFailure.ts';
import { askPortalOnce } from '../../shared/portal/ask.ts';

const A_PAGE = 50;

/** The portal's limit for the words of a search. */
const LONGEST_SEARCH = 200;

/** The materials of the portal for a list of the editor: the newest, or the best matches of a search. */
export async function searchMaterials(
  this: ILoadOptionsFunctions,
  filter = '',
  paginationToken?: string,
): Promise<INodeListSearchResult> {
  try {
    const q = filter.trim().slice(0, LONGEST_SEARCH);
    const { body } = await askPortalOnce(this, {
      method: 'GET',
      path: '/api/materials',
      qs: {
        limit: A_PAGE,
        ...(q === '' ? {} : { q }),
        ...(paginationToken === undefined ? {} : { cursor: paginationToken }),
      },
    });
    const next = readText(body, 'nextCursor');
    return {
      results: readList(body, 'items').map((material) => ({
        name: nameOf(material),
        value: readText(material, 'id'),
      })),
      ...(next === '' ? {} : { paginationToken: next }),
    };
  } catch (error) {
    // In a list, the editor shows only the message.
    const advice = error instanceof ItemFailure ? (error.circumstances.advice ?? '') : '';
    const text = error instanceof Error ? error.message : String(error);
    const message = `${text} ${advice}`.trim();
    throw new NodeApiError(this.getNode(), { message }, { message });
  }
}

/** Such as `Bagian daun (IPAS, Fase B)`. */
function nameOf(material: unknown): string {
  const about = [readText(material, 'subject'), readText(material, 'level')];
  const known = about.filter((text) => text !== '').join(', ');
  return readText(material, 'title') + (known === '' ? '' : ` (${known})`);
}
