import fc from 'fast-check';
import type { Step } from './index.ts';

const at = (most: number) => fc.integer({ min: 1, max: most });
const run = fc.record({
  operation: fc.constantFrom('create' as const, 'update' as const, 'createOrUpdate' as const),
  row: at(5),
  field: fc.constantFrom('description' as const, 'aiSummary' as const, 'Catatan Guru' as const),
  isKilled: fc.boolean(),
});
const deed = fc.oneof(
  fc.record({ kind: fc.constant('insertRow' as const), at: at(4) }),
  fc.record({ kind: fc.constant('deleteRow' as const), at: at(5) }),
  fc.record({ kind: fc.constant('copyRow' as const), at: at(5) }),
  fc.record({ kind: fc.constant('sort' as const), isDescending: fc.boolean() }),
  fc.record({ kind: fc.constant('insertColumn' as const), at: fc.nat(12) }),
  fc.record({ kind: fc.constant('moveColumn' as const), from: fc.nat(9), to: fc.nat(9) }),
  fc.record({ kind: fc.constant('rename' as const) }),
  fc.record({
    kind: fc.constant('type' as const),
    row: at(6),
    header: fc.constantFrom('Catatan Guru', 'AI_SUMMARY', 'MATERIAL_DESC'),
  }),
  fc.record({ kind: fc.constant('node' as const), run }),
  fc.record({ kind: fc.constant('other' as const) }),
  fc.record({ kind: fc.constant('crash' as const) }),
);
const fault = fc.constantFrom(
  { kind: 'status' as const, status: 429, when: 'before' as const },
  { kind: 'status' as const, status: 503, when: 'before' as const },
  { kind: 'status' as const, status: 503, when: 'after' as const },
  { kind: 'reset' as const, when: 'before' as const },
  { kind: 'reset' as const, when: 'after' as const },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('analyse' as const, 'edit' as const),
      which: fc.nat(5),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deed' as const), deed }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('cycle' as const),
      instance: fc.constantFrom(0 as const, 1 as const),
      behind: fc.option(deed),
      fault: fc.option(fault, { freq: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('node' as const),
      run,
      behind: fc.option(deed),
      fault: fc.option(fault, { freq: 4 }),
    }),
  },
);

/** What happens on one sheet, from the beginning. */
export const histories = fc.array(step, { minLength: 4, maxLength: 14 });
