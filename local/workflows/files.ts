import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/v4-mini';

const nodeSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  typeVersion: z.number(),
  position: z.tuple([z.number(), z.number()]),
  parameters: z.record(z.string(), z.unknown()),
  credentials: z.optional(
    z.record(z.string(), z.looseObject({ id: z.string(), name: z.string() })),
  ),
  webhookId: z.optional(z.string()),
});
export type FileNode = z.infer<typeof nodeSchema>;

const connectionSchema = z.object({ node: z.string(), type: z.string(), index: z.int() });

const workflowSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  nodes: z.array(nodeSchema),
  connections: z.record(
    z.string(),
    z.record(z.string(), z.array(z.nullable(z.array(connectionSchema)))),
  ),
  settings: z.record(z.string(), z.unknown()),
  pinData: z.optional(z.record(z.string(), z.unknown())),
});

/** A workflow as its file has it. */
export interface WorkflowInFile extends z.infer<typeof workflowSchema> {
  readonly file: string;
}

/** The id of the error workflow; '' if the file names none. */
export function errorWorkflowOf({ settings }: WorkflowInFile): string {
  const id = settings['errorWorkflow'];
  return typeof id === 'string' ? id : '';
}

/** Something in a file that is wrong. */
export interface Fault {
  readonly file: string;
  readonly node?: string;
  /** What is wrong, and what to do. */
  readonly message: string;
}

/** Reads the workflows of a folder. A file that is no workflow is a fault. */
export function readFiles(folder: string): { workflows: WorkflowInFile[]; faults: Fault[] } {
  const workflows: WorkflowInFile[] = [];
  const faults: Fault[] = [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  for (const file of names.sort()) {
    try {
      const json: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const parsed = workflowSchema.safeParse(json);
      if (parsed.success) workflows.push({ ...parsed.data, file });
      else {
        const [issue] = parsed.error.issues;
        const path = issue?.path.join('.') ?? '';
        const message = `It is no workflow: ${path} ${issue?.message ?? ''}. Export it from n8n again.`;
        faults.push({ file, message });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      faults.push({ file, message: `It is no JSON (${reason}). Export it from n8n again.` });
    }
  }
  return { workflows, faults };
}
