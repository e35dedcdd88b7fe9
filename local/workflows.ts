/**
 * `npm run workflows -- check | diff | export`. `check` finds what is wrong with the files in `workflows/`
 * before anybody imports them: it compares them with the nodes of the installed n8n and with our nodes in
 * `dist`. `diff` says how an n8n differs from the files. `export` writes what n8n has into the files. The
 * n8n is the one of `npm start`, or the one that N8N_URL and N8N_API_KEY name.
 *
 * Exit code 0 only if `check` or `diff` finds nothing; 2 if the command cannot run.
 */
import { dirname, join } from 'node:path';
import { readStackFacts } from './stack/index.ts';
import { check } from './workflows/check.ts';
import { readDescriptions } from './workflows/descriptions.ts';
import { differences } from './workflows/diff.ts';
import { exportWorkflow } from './workflows/export.ts';
import { readFiles, type Fault } from './workflows/files.ts';
import { chooseInstance } from './workflows/instance.ts';

const project = dirname(import.meta.dirname);
const folder = join(project, 'workflows');
const { workflows, faults } = readFiles(folder);

const COMMANDS: Readonly<Record<string, () => number | Promise<number>>> = {
  check() {
    const found = check(workflows, readDescriptions(project));
    return report([...faults, ...found], 'faults');
  },
  async diff() {
    const n8n = await chooseInstance(process.env, readStackFacts(join(project, '.local')));
    const found: Fault[] = [...faults];
    for (const workflow of workflows) {
      const lines = differences(workflow, await n8n.read(workflow.id));
      found.push(...lines.map((message) => ({ file: workflow.file, message })));
    }
    return report(found, `differences from ${n8n.url}`);
  },
  async export() {
    const n8n = await chooseInstance(process.env, readStackFacts(join(project, '.local')));
    for (const workflow of workflows) {
      const stored = await n8n.read(workflow.id);
      const differs = stored !== undefined && differences(workflow, stored).length > 0;
      if (differs) await exportWorkflow(folder, workflow, stored);
      const said = stored === undefined ? 'n8n does not have it' : differs ? 'written' : 'the same';
      console.log(`workflows/${workflow.file}: ${said}`);
    }
    return report(faults, 'files that are no workflow');
  },
};

function report(found: readonly Fault[], what: string): number {
  for (const fault of found) console.log(lineOf(fault));
  console.log(`${workflows.length} workflows, ${found.length} ${what}`);
  return found.length === 0 ? 0 : 1;
}

function lineOf({ file, node, message }: Fault): string {
  return `workflows/${file}${node === undefined ? '' : `, node "${node}"`}: ${message}`;
}

const command = COMMANDS[process.argv[2] ?? ''];
try {
  if (command === undefined) throw new Error('Use: npm run workflows -- check | diff | export');
  process.exitCode = await command();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
