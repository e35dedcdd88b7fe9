import * as z from 'zod/v4-mini';

const field = z._default(z.catch(z.string(), ''), '');

const material = z.object({
  subject: field,
  title: field,
  description: field,
  type: field,
  level: field,
  theme: field,
  subtheme: field,
});

export type Material = z.infer<typeof material>;

/**
 * The material in a prompt: JSON between the lines `<material>` and `</material>`. Without such a
 * block the prompt itself is taken for the material's description.
 */
export function materialIn(prompt: string): Material {
  const start = prompt.indexOf('<material>');
  const end = prompt.indexOf('</material>', start);
  const block = start < 0 || end < 0 ? undefined : prompt.slice(start + '<material>'.length, end);
  const found = block === undefined ? undefined : z.safeParse(material, json(block));
  if (found?.success) return found.data;
  const text = (block ?? prompt).trim();
  const title = text.split('\n')[0]?.slice(0, 80) ?? '';
  return z.parse(material, { title, description: text });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
