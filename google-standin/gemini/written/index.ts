import type { Material } from './material.ts';
import { DEMO } from './demo.ts';
import { SAMPLE } from './sample.ts';
import type { Written } from './written.ts';

export type { Evidence } from './written.ts';

export function writtenFor({ subject, title, description }: Material): Written | undefined {
  return [...DEMO, ...SAMPLE].find(
    (each) =>
      each.title === title &&
      each.subject === subject &&
      (each.evidence ?? []).every(({ quote }) => description.includes(quote)),
  );
}
