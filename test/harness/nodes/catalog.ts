import type { IDataObject, INode, INodeParameters, OnError } from 'n8n-workflow';
import { startHarness, TAB } from '../direct.ts';
import type { CredentialData } from './engine/credentials.ts';
import { runNode, runWorkflow, type NodeRun, type Ran } from './engine/run.ts';

/** A sheet in the stand-in, and Materi Catalog connected to it in n8n's engine. */
export async function startCatalog(rows: readonly (readonly string[])[]) {
  const harness = await startHarness(rows);
  const { url, serviceAccount } = harness.google;
  const credentials: CredentialData = {
    materiGoogleServiceAccountApi: {
      email: serviceAccount.client_email,
      privateKey: serviceAccount.private_key,
      rootUrl: url,
      accessToken: '',
    },
    materiGeminiApi: { apiKey: 'stand-in-gemini-key', baseUrl: url },
  };
  const toSheet: INodeParameters = {
    connectTo: 'sheet',
    authentication: 'serviceAccount',
    resource: 'material',
    spreadsheet: { __rl: true, mode: 'id', value: harness.spreadsheetId },
    tab: { __rl: true, mode: 'name', value: TAB },
  };

  const run = async (
    operation: string,
    parameters: INodeParameters = {},
    items: readonly IDataObject[] = [{}],
    onError?: OnError,
  ): Promise<NodeRun> =>
    await runNode(
      'materiCatalog',
      { ...toSheet, operation, ...parameters },
      items,
      { credentials },
      onError === undefined ? {} : { onError },
    );

  /** Runs our nodes one after the other, each named for its operation. */
  const runChain = async (nodes: readonly ChainedNode[]): Promise<Ran> => {
    const source: INode = {
      id: 'source',
      name: 'Source',
      type: 'test.source',
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
    };
    const chain = nodes.map(({ type, name, parameters }): INode => ({
      id: name,
      name,
      typeVersion: 1,
      position: [0, 0],
      type: `n8n-nodes-digital-materi.${type}`,
      parameters: type === 'materiCatalog' ? { ...toSheet, ...parameters } : parameters,
      credentials: {
        materiGoogleServiceAccountApi: { id: 'google', name: 'Google' },
        materiGeminiApi: { id: 'gemini', name: 'Gemini' },
      },
    }));
    const all = [source, ...chain];
    const connections = Object.fromEntries(
      chain.map(({ name }, index) => [
        all[index]?.name ?? '',
        { main: [[{ node: name, type: 'main' as const, index: 0 }]] },
      ]),
    );
    const settings = { executionOrder: 'v1' as const };
    const file = { id: 'chain', name: 'chain', nodes: all, connections, settings };
    return await runWorkflow(file, 'Source', [{}], { credentials });
  };

  return { harness, run, runChain };
}

interface ChainedNode {
  readonly type: 'materiCatalog' | 'materiGemini';
  readonly name: string;
  readonly parameters: INodeParameters;
}

export type Catalog = Awaited<ReturnType<typeof startCatalog>>;

/** The columns as a designer maps them, each to the field of the same name. */
export function mapped(names: readonly string[], key: readonly string[] = []): INodeParameters {
  return {
    columns: {
      mappingMode: 'defineBelow',
      matchingColumns: [...key],
      schema: [],
      value: Object.fromEntries(names.map((name) => [name, `={{ $json['${name}'] }}`])),
    },
  };
}

export function automatic(key: readonly string[] = ['MATERIAL_ID']): INodeParameters {
  return {
    columns: {
      mappingMode: 'autoMapInputData',
      matchingColumns: [...key],
      schema: [],
      value: null,
    },
  };
}
