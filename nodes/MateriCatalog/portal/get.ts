import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
  materialSchema,
  materialIdSchema,
  type Material,
  type MaterialId,
} from '../../../core/index.ts';
import { read } from '../../shared/http/read.ts';
import { eachItem } from '../../shared/items/eachItem.ts';
import { textParameter } from '../../shared/items/parameters.ts';
import { problemText, unreachable } from '../../shared/portal/problem.ts';
import { requestPortalPatiently } from '../../shared/portal/request.ts';
import { catalogFailure, type CatalogCode } from '../item/failure.ts';
import { isObject, withMaterial } from '../item/present.ts';

const READS_AT_ONCE = 5;
const GIVE_UP_MS = 60_000;

interface Found {
  readonly material: Material;
  readonly analysis: unknown;
}

/** Adds `material` and `analysis` to each item, as the catalog has them now; each id is read once. */
export async function getFromPortal(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const deadline = Date.now() + GIVE_UP_MS;
  const reads = new Map<string, Promise<Found>>();
  return await eachItem(node, READS_AT_ONCE, async (item): Promise<IDataObject> => {
    const id = idOf(textParameter(node, 'materialId', item));
    const found = reads.get(id) ?? get(node, id, deadline);
    reads.set(id, found);
    const { material, analysis } = await found;
    const came = node.getInputData()[item]?.json;
    return withMaterial(node, item, came, material, {
      analysis: isObject(analysis) ? analysis : null,
    });
  });
}

function idOf(text: string): MaterialId {
  const id = materialIdSchema.safeParse(text.toLowerCase());
  if (id.success) return id.data;
  throw catalogFailure('invalid_value', `"${text.slice(0, 100)}" is not the ID of a material.`, {
    advice: 'Set Material ID to the value of MATERIAL_ID: a UUID.',
  });
}

async function get(node: IExecuteFunctions, id: MaterialId, deadline: number): Promise<Found> {
  const outcome = await requestPortalPatiently(
    node,
    { method: 'GET', path: `/api/materials/${id}` },
    { deadline, signal: node.getExecutionCancelSignal() },
  );
  if (!outcome.reached) {
    const code = outcome.lasting ? 'no_access' : 'unreachable';
    const { message, advice } = unreachable(outcome.reason);
    throw catalogFailure(code, message, { advice });
  }
  const { status, body } = outcome;
  if (status === 404 || status === 410) {
    throw catalogFailure('not_found', `The catalog has no material ${id} (any more).`, {
      status,
      advice: 'Its row may have been deleted from the sheet.',
    });
  }
  if (status !== 200) {
    throw catalogFailure(codeOf(status), problemText(status, body), {
      status,
      ...(status === 401 ? { advice: 'Check the API Key of the Materi Portal credential.' } : {}),
    });
  }
  const found = materialSchema.safeParse(read(body, 'material'));
  if (!found.success) {
    const paths = found.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw catalogFailure('unexpected_answer', `The portal's answer is not a material: ${paths}`, {
      status,
      advice: 'Portal and nodes may be of different versions: update the older one.',
    });
  }
  return { material: found.data, analysis: read(body, 'analysis') };
}

function codeOf(status: number): CatalogCode {
  if (status === 401 || status === 403) return 'no_access';
  if (status === 429) return 'busy';
  return status >= 500 ? 'unreachable' : 'refused';
}
