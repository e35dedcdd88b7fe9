import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import { n8nFolder } from '../../local/setup/n8nFolder.mjs';

/** The version that facts about it are given for, and the last of n8n 2.41. */
export const BUILT_IN_VERSION = 4.7;

interface Versioned {
  getNodeType(version: number): INodeType;
}

/** n8n's own Google Sheets node, as it is installed, with its requests sent to the stand-in. */
export function builtInSheets(project: string, url: string): INodeType {
  const load = createRequire(join(n8nFolder(project), 'package.json'));
  const { GoogleSheets } = load('n8n-nodes-base/dist/nodes/Google/Sheet/GoogleSheets.node.js') as {
    GoogleSheets: new () => Versioned;
  };
  const node = new GoogleSheets().getNodeType(BUILT_IN_VERSION);

  async function execute(this: IExecuteFunctions) {
    // Its address is fixed in the node; all else goes as it would to Google.
    const send: unknown = Reflect.get(this.helpers, 'requestOAuth2');
    if (typeof send !== 'function') throw new Error('n8n has no requestOAuth2 any more.');
    const redirected = async function (
      this: unknown,
      credential: string,
      options: { uri: string },
    ): Promise<unknown> {
      const uri = options.uri.replace('https://sheets.googleapis.com', url);
      const answer: unknown = await Reflect.apply(send, this, [credential, { ...options, uri }]);
      return answer;
    };
    Reflect.set(this.helpers, 'requestOAuth2', redirected);
    return (await node.execute?.call(this)) ?? [];
  }
  return Object.assign(Object.create(node) as INodeType, { execute });
}
