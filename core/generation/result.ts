import * as z from 'zod/v4-mini';
import { isReadable, trimmedText } from '../material/index.ts';
import { modelNameSchema, tokenUsageSchema } from '../usage/index.ts';
import { CONTENT_KINDS, type ContentKind } from './options.ts';

/** Bytes of a body as JSON in UTF-8. */
const BYTES_MOST = 200_000;

/** Objects and arrays within each other. */
const DEPTH_MOST = 12;

/** Characters of a name in an object. */
const NAME_MOST = 200;

interface Fault {
  readonly path: PropertyKey[];
  readonly message: string;
}

/**
 * The content that a workflow wrote: an object. Each kind of content has another form. zod's `record` would
 * drop a key `__proto__`, and refuse an object with a key `constructor`.
 */
const bodySchema = z
  .custom<Record<string, unknown>>(isObject, { error: 'must be an object', abort: true })
  .check(({ value, issues }) => {
    const fault = faultOf(value);
    if (fault !== undefined) issues.push({ code: 'custom', input: value, ...fault });
  });

/** The result of a job of the kind `generate`, as the event `job.completed` carries it. */
export const generateResultSchema = z.object({
  kind: z.enum(CONTENT_KINDS),
  title: trimmedText(300, 1),
  body: bodySchema,
  /** The model that was asked. This and the next two are absent from older workflows. */
  model: z.optional(modelNameSchema),
  /** The model that answered, as Gemini names it. */
  modelVersion: z.optional(modelNameSchema),
  usage: z.optional(tokenUsageSchema),
});
export type GenerateResult = z.infer<typeof generateResultSchema>;

/** The schema of the result of a job that asked for this kind. */
export function resultSchemaOf(kind: ContentKind) {
  return z.extend(generateResultSchema, {
    kind: z.literal(kind, `must be ${kind}, which the job asked for`),
  });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Finds the first fault of a body. It uses no recursion, because a body may be very deep. */
function faultOf(body: Readonly<Record<string, unknown>>): Fault | undefined {
  let level: Array<{ path: PropertyKey[]; value: unknown }> = [{ path: [], value: body }];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEPTH_MOST) {
      return { path: [], message: `must have at most ${DEPTH_MOST} levels of objects and lists` };
    }
    const deeper: typeof level = [];
    for (const { path, value } of level) {
      if (typeof value === 'string' && !isReadable(value)) {
        return {
          path,
          message: 'holds a character that cannot be stored (U+0000 or a lone surrogate)',
        };
      }
      if (typeof value !== 'object' || value === null) continue;
      for (const [name, inner] of Object.entries(value)) {
        if (name.length > NAME_MOST || !isReadable(name)) {
          return { path, message: `has a name that is too long or cannot be stored` };
        }
        deeper.push({ path: [...path, name], value: inner });
      }
    }
    level = deeper;
  }
  return bytesOf(JSON.stringify(body)) > BYTES_MOST
    ? { path: [], message: `must have at most ${BYTES_MOST} bytes as JSON` }
    : undefined;
}

/** The bytes of a text in UTF-8. Both halves of a pair count two: together they take four. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800 || (code >= 0xd800 && code < 0xe000)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}
