import type { Material } from './material.ts';
import { DEMO } from './demo.ts';
import { SAMPLE } from './sample.ts';
import type { Written } from './written.ts';

export type { Evidence } from './written.ts';

/** A material's further parts in the sample catalog, as `Daur karbon (bagian 2)`, are about the same. */
export function writtenFor({ subject, title, description }: Material): Written | undefined {
  const whole = title.replace(/ \(bagian \d\)$/, '');
  return [...DEMO, ...SAMPLE].find(
    (each) =>
      each.title === whole &&
      each.subject === subject &&
      (each.evidence ?? []).every(({ quote }) => description.includes(quote)),
  );
}
