import { errorWorkflowOf, type WorkflowInFile } from '../files.ts';

const ID = /^[A-Za-z0-9]{16}$/;

/** Texts that only a secret looks like. */
const SECRETS: ReadonlyArray<readonly [string, RegExp]> = [
  ['an API key of Google', /AIza[\w-]{30}/],
  ['a signing secret', /whsec_[A-Za-z0-9+/=]{8}/],
  ['a private key', /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/],
  ['a token in a header', /Bearer [\w.~+/-]{16}/],
  ['a JSON Web Token', /eyJ[\w-]{10,2000}\.eyJ[\w-]{10}/],
  ['an API key', /\b(?:sk|ghp|xox[bap])[-_][\w-]{20}/],
];

/** What is wrong with a workflow as a whole. */
export function checkWhole(workflow: WorkflowInFile): string[] {
  const faults: string[] = [];
  const { id, pinData = {} } = workflow;
  if (!ID.test(id)) {
    faults.push(`The id "${id}" is not 16 letters and digits. Give it one, and never change it.`);
  }
  if (Object.keys(pinData).length > 0) {
    const nodes = Object.keys(pinData).join(', ');
    faults.push(`It has pinned data (${nodes}). Unpin it: real runs would not read the node.`);
  }
  const isErrorWorkflow = workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.errorTrigger');
  if (!isErrorWorkflow && errorWorkflowOf(workflow) === '') {
    faults.push('It names no error workflow. Set settings.errorWorkflow.');
  }
  const text = JSON.stringify(workflow);
  for (const [what, pattern] of SECRETS) {
    if (pattern.test(text)) faults.push(`It holds ${what}. Move it into a credential.`);
  }
  if (text.includes('$env')) {
    faults.push('It reads $env, which n8n blocks. Put the value into the node Settings.');
  }
  for (const [from, outputs] of Object.entries(workflow.connections)) {
    const names = new Set(workflow.nodes.map(({ name }) => name));
    const to = Object.values(outputs)
      .flat(2)
      .map((connection) => connection?.node ?? '');
    for (const name of new Set([from, ...to])) {
      if (name === '' || names.has(name)) continue;
      faults.push(`A connection names the node "${name}", which is not there. Remove it.`);
    }
  }
  return faults;
}
