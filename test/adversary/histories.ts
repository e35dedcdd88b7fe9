import fc from 'fast-check';
import { unknownBehaviours, type Unknowns } from '../../google-standin/memory.ts';
import type { Deed, Fault, History, Kill, PersonsDeed, Step } from './deeds.ts';
import { NOTE } from './headers.ts';

const upTo = (most: number) => fc.integer({ min: 1, max: most });
const row = fc.oneof(upTo(5), fc.constant('target' as const));
const typed = fc.constantFrom(NOTE, 'MATERIAL_DESC', 'AI_SUMMARY', 'MATERIAL_TITLE');
const run = fc.record({
  operation: fc.constantFrom('create' as const, 'update' as const, 'createOrUpdate' as const),
  row: upTo(5),
  field: fc.constantFrom('description' as const, 'aiSummary' as const, 'Catatan Guru' as const),
  isKilled: fc.boolean(),
});

const kindOf = <K extends string>(...kinds: K[]) => fc.constantFrom(...kinds);
const rows: fc.Arbitrary<PersonsDeed> = fc.oneof(
  fc.record({ kind: kindOf('insertRow', 'deleteRow'), row }),
  fc.record({
    kind: kindOf('pasteRow'),
    row,
    like: fc.constantFrom('new' as const, 'new' as const, 'untitled' as const, 'copy' as const),
  }),
  fc.record({ kind: kindOf('copyRow'), row, below: fc.nat(2), edits: fc.option(typed) }),
  fc.record({ kind: kindOf('type'), row, header: typed }),
  fc.record({ kind: kindOf('type', 'clear'), row, header: typed }),
  fc.record({ kind: kindOf('typeAt'), row, column: fc.nat(15) }),
  fc.record({ kind: kindOf('typeHalf'), row, header: fc.constant(NOTE) }),
  fc.record({ kind: kindOf('typeEqualsSign'), row, header: typed }),
  fc.record({
    kind: kindOf('sort'),
    isDescending: fc.boolean(),
    columns: fc.constantFrom('all' as const, 'all' as const, 'left' as const, 'right' as const),
  }),
);
const columns: fc.Arbitrary<PersonsDeed> = fc.oneof(
  fc.record({ kind: kindOf('insertColumn'), at: fc.nat(12) }),
  fc.record({ kind: kindOf('moveColumn'), from: fc.nat(13), to: fc.nat(13) }),
  fc.record({
    kind: kindOf('deleteColumn'),
    header: fc.constantFrom(NOTE, 'AI_SUMMARY', 'AI_STATUS'),
  }),
  fc.record({ kind: kindOf('rename', 'giveNameBack') }),
  fc.record({ kind: kindOf('insertAbove'), rows: fc.constantFrom(1, 1, 12) }),
);
const others: fc.Arbitrary<PersonsDeed> = fc.oneof(
  fc.record({ kind: kindOf('clearId', 'capitalId', 'typeBadId'), row }),
  fc.record({ kind: kindOf('restore'), at: upTo(6) }),
  fc.record({ kind: kindOf('editJournal', 'renameJournal', 'deleteJournal') }),
);
const views: fc.Arbitrary<PersonsDeed> = fc.oneof(
  fc.record({ kind: kindOf('filter'), row, header: fc.constantFrom('MATERIAL_TITLE', NOTE) }),
  fc.record({ kind: kindOf('hideRow'), row }),
  fc.record({
    kind: kindOf('merge'),
    row,
    header: fc.constantFrom('MATERIAL_DESC', 'MATERIAL_ID', 'AI_SUMMARY', NOTE),
  }),
  fc.record({ kind: kindOf('clearFilter', 'showRows', 'unmerge') }),
);

const portal = fc.record({
  kind: kindOf('portal'),
  what: fc.constantFrom('edit' as const, 'analyse' as const, 'note' as const),
  which: fc.nat(5),
});
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: rows },
  { weight: 2, arbitrary: columns },
  { weight: 2, arbitrary: others },
  { weight: 2, arbitrary: views },
  { weight: 1, arbitrary: portal },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('node'), run }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('other', 'arrive') }) },
);
const deeds = fc.array(deed, { maxLength: 3 });
const fault: fc.Arbitrary<Fault> = fc.record({
  kind: fc.constantFrom('busy' as const, 'away' as const, 'reset' as const, 'late' as const),
  when: fc.constantFrom('before' as const, 'after' as const, 'after' as const),
  write: fc.constantFrom(0, 0, 0, 1),
});
const kill: fc.Arbitrary<Kill> = fc.oneof(
  fc.record({
    at: kindOf('read', 'beforeWrite', 'afterWrite'),
    count: fc.constantFrom(0, 0, 0, 1),
  }),
  fc.record({ at: kindOf('statement'), count: fc.nat(20) }),
);
const mayFail: fc.Arbitrary<Fault | null> = fc.option(fault, { freq: 3 });
const mayEnd: fc.Arbitrary<Kill | null> = fc.option(kill, { freq: 5 });

const windows = {
  beforeWrite: fc.array(deeds, { maxLength: 2 }),
  afterWrite: fc.array(deeds, { maxLength: 2 }),
};

const node: fc.Arbitrary<Step> = fc.record({
  kind: kindOf('node'),
  run,
  fault: mayFail,
  ...windows,
});
const people: fc.Arbitrary<Step> = fc.record({
  kind: kindOf('deeds'),
  deeds: fc.array(deed, { minLength: 1, maxLength: 2 }),
});
const cycle: fc.Arbitrary<Step> = fc.record({
  kind: kindOf('cycle'),
  instance: fc.constantFrom(0 as const, 0 as const, 1 as const),
  fault: mayFail,
  kill: mayEnd,
  ...windows,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: kindOf('add') }) },
  { weight: 4, arbitrary: people },
  { weight: 3, arbitrary: fc.record({ kind: kindOf('deeds'), deeds: fc.tuple(portal) }) },
  { weight: 6, arbitrary: cycle },
  { weight: 2, arbitrary: node },
);

/** Each switch both ways; a failure shrinks to the likelier one. */
const google = fc.record(
  Object.fromEntries(
    Object.entries(unknownBehaviours).map(([name, both]) => [name, fc.constantFrom(...both)]),
  ) as { [K in keyof Unknowns]: fc.Arbitrary<Unknowns[K]> },
);

/** What happens on one sheet, from the beginning. */
export const histories: fc.Arbitrary<History> = fc.record({
  google,
  steps: fc.array(step, { minLength: 3, maxLength: 10 }),
});

/** What happens on one sheet that nodes and people write, without the portal. */
export const nodeHistories: fc.Arbitrary<History> = fc.record({
  google,
  steps: fc.array(fc.oneof(node, people), { minLength: 3, maxLength: 8 }),
});
