import { errorWorkflowOf, type Fault, type FileNode, type WorkflowInFile } from '../files.ts';

/** What is wrong between files: ids that two have, workflows that none has, credentials of one type. */
export function checkReferences(workflows: readonly WorkflowInFile[]): Fault[] {
  const ids = new Set(workflows.map(({ id }) => id));
  const seen = new Map<string, string>();
  const credentials = new Map<string, string>();
  const faults: Fault[] = [];
  for (const workflow of workflows) {
    const { file, id, nodes } = workflow;
    const before = seen.get(id);
    seen.set(id, file);
    if (before !== undefined) {
      faults.push({ file, message: `Its id is the one of ${before}. Give it another.` });
    }
    const errorWorkflow = errorWorkflowOf(workflow);
    if (errorWorkflow !== '' && !ids.has(errorWorkflow)) {
      const message = `Its error workflow "${errorWorkflow}" is no file here. Name one of: ${[...ids].join(', ')}.`;
      faults.push({ file, message });
    }
    for (const node of nodes) {
      const called = calledWorkflow(node);
      if (called !== undefined && !ids.has(called)) {
        const message = `It calls the workflow "${called}", which is no file here. Export that one too.`;
        faults.push({ file, node: node.name, message });
      }
      for (const [type, credential] of Object.entries(node.credentials ?? {})) {
        const named = `${credential.name} (${credential.id})`;
        const first = credentials.get(type) ?? named;
        credentials.set(type, first);
        if (first === named) continue;
        const message = `Its credential "${type}" is ${named}, and elsewhere ${first}. Use one.`;
        faults.push({ file, node: node.name, message });
      }
    }
  }
  return faults;
}

/** The workflow that a node calls: an id, or a resource locator with one. An expression counts as none. */
export function calledWorkflow({ parameters }: FileNode): string | undefined {
  const value = parameters['workflowId'];
  const id: unknown =
    typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  return typeof id === 'string' && id !== '' && !id.startsWith('=') ? id : undefined;
}
