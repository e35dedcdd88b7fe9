import type { INodeType, INodeTypeDescription, INodeTypes } from 'n8n-workflow';
import { MateriCatalog } from '../../../../nodes/MateriCatalog/MateriCatalog.node.ts';
import { MateriGemini } from '../../../../nodes/MateriGemini/MateriGemini.node.ts';
import { MateriJob } from '../../../../nodes/MateriJob/MateriJob.node.ts';
import { MateriTrigger } from '../../../../nodes/MateriTrigger/MateriTrigger.node.ts';

const PREFIX = 'n8n-nodes-digital-materi.';

/** Plays any of n8n's own nodes: it gives the items of a test to the next node. */
class Source implements INodeType {
  readonly description: INodeTypeDescription;

  constructor(name: string) {
    this.description = {
      name,
      displayName: name,
      group: ['trigger'],
      version: 1,
      description: 'Gives the items that the test pins to it',
      defaults: {},
      inputs: [],
      outputs: ['main'],
      properties: [],
    };
  }
}

const TYPES: Readonly<Record<string, INodeType>> = {
  [`${PREFIX}materiCatalog`]: new MateriCatalog(),
  [`${PREFIX}materiGemini`]: new MateriGemini(),
  [`${PREFIX}materiJob`]: new MateriJob(),
  [`${PREFIX}materiTrigger`]: new MateriTrigger(),
  'n8n-nodes-base.errorTrigger': new Source('errorTrigger'),
  'n8n-nodes-base.stickyNote': new Source('stickyNote'),
  'test.source': new Source('source'),
};

function nodeType(name: string): INodeType {
  const type = TYPES[name];
  if (type === undefined) throw new Error(`The tests know no node type ${name}.`);
  return type;
}

/** Our nodes under the names that the installed package gives them. */
export const nodeTypes: INodeTypes = {
  getByName: nodeType,
  getByNameAndVersion: nodeType,
  getKnownTypes: () => ({}),
};
