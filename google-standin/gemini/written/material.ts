import * as z from 'zod/v4-mini';

const fieldSchema = z._default(z.catch(z.string(), ''), '');

const materialSchema = z.object({
  subject: fieldSchema,
  title: fieldSchema,
  description: fieldSchema,
  type: fieldSchema,
  level: fieldSchema,
  theme: fieldSchema,
  subtheme: fieldSchema,
});

export type Material = z.infer<typeof materialSchema>;

/**
 * The material in a prompt: JSON between the lines `<material>` and `</material>`. Without such a
 * block the prompt itself is taken for the material's description.
 */
export function materialIn(prompt: string): Material {
  const start = prompt.indexOf('<material>');
  const end = prompt.indexOf('</material>', start);
  const block = start < 0 || end < 0 ? undefined : prompt.slice(start + '<material>'.length, end);
  const found = block === undefined ? undefined : z.safeParse(materialSchema, json(block));
  if (found?.success) return found.data;
  const text = (block ?? prompt).trim();
  const title = text.split('\n')[0]?.slice(0, 80) ?? '';
  return z.parse(materialSchema, { title, description: text });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
