import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { WorkflowInFile } from './files.ts';
import type { StoredWorkflow } from './instance.ts';

/**
 * Writes a workflow as n8n has it into its file, in the file's form: without pinned data, versions and
 * dates. Only settings that the file has are written, because n8n adds others of its own.
 */
export async function exportWorkflow(
  folder: string,
  { file, id, settings }: WorkflowInFile,
  stored: StoredWorkflow,
): Promise<void> {
  const { name, nodes, connections } = stored;
  const kept = Object.keys(settings).flatMap((key) => {
    const value: unknown = stored.settings[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  const content = {
    id,
    name,
    nodes,
    connections,
    settings: Object.fromEntries(kept),
    pinData: {},
    active: false,
  };
  const path = join(folder, file);
  const options = { ...(await resolveConfig(path)), filepath: path };
  writeFileSync(path, await format(JSON.stringify(content, null, 2), options));
}
