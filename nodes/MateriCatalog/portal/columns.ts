import type { IAllExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { readList } from '../../shared/http/read.ts';
import type { Patience } from '../../shared/http/retrying.ts';
import { askPortal, askPortalOnce } from './ask.ts';

/** The names of the columns that are no fields, as the portal knows them. */
export async function furtherColumns(
  node: IAllExecuteFunctions,
  patience: Patience,
): Promise<string[]> {
  return namesIn((await askPortal(node, QUESTION, patience)).body);
}

/** The same in the editor, asked once. */
export async function furtherColumnsInEditor(node: ILoadOptionsFunctions): Promise<string[]> {
  return namesIn((await askPortalOnce(node, QUESTION)).body);
}

const QUESTION = { method: 'GET', path: '/api/catalog/columns' } as const;

function namesIn(body: unknown): string[] {
  return readList(body, 'further').filter((name) => typeof name === 'string');
}
