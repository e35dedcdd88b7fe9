import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Unknowns } from '../../google-standin/memory.ts';
import type { Deed, Fault, Step } from '../../test/adversary/deeds.ts';
import { NOTE } from '../../test/adversary/headers.ts';
import { playHistory } from '../../test/adversary/play.ts';
import type { Database } from '../db/schema.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';

/**
 * Each fault that a person at the sheet once met, as a history of the adversary. A history without
 * losses has each text in its own cell or in the records, and the sheet and the portal agree.
 */
let database: TestDatabase;
let db: Kysely<Database>;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
});
afterAll(() => database.drop());

interface Window {
  readonly beforeWrite?: readonly Deed[];
  readonly afterWrite?: readonly Deed[];
  readonly fault?: Fault;
}

const cycle = ({ beforeWrite = [], afterWrite = [], fault }: Window = {}): Step => ({
  kind: 'cycle',
  instance: 0,
  kill: null,
  fault: fault ?? null,
  beforeWrite: [beforeWrite],
  afterWrite: [afterWrite],
});
const people = (...deeds: Deed[]): Step => ({ kind: 'deeds', deeds });
/** The three rows of the sheet get their ids. */
const ADOPTED = [cycle(), cycle()];
const portal = (what: 'edit' | 'analyse' | 'note', which: number): Step =>
  people({ kind: 'portal', what, which });
const node = (field: 'description' | 'aiSummary' = 'description'): Deed => ({
  kind: 'node',
  run: { operation: 'create', row: 1, field, isKilled: false },
});
const losses = (steps: readonly Step[], google: Partial<Unknowns> = {}) =>
  playHistory(db, { google, steps }).then(({ losses }) => losses);
/** Texts that no row has got back. */
const unplaced = () => db.selectFrom('unplacedTexts').select(['text']).execute();
/** How many materials the portal shows, and how many it deleted. */
const counts = async () => {
  const all = await db.selectFrom('materials').select('deletedAt').execute();
  const shown = all.filter((row) => row.deletedAt === null).length;
  return { shown, deleted: all.length - shown };
};

describe('a row that a person pastes above the row that the portal writes', () => {
  it.each(['MATERIAL_DESC', NOTE, 'MATERIAL_TITLE'])(
    'gives a pasted row its text back if a person types into its %s before the next read',
    async (header) => {
      const window = {
        beforeWrite: [{ kind: 'pasteRow', row: 'target', like: 'new' }],
        afterWrite: [{ kind: 'type', row: 'target', header }],
      } as const;
      expect(await losses([...ADOPTED, portal('edit', 1), cycle(window), cycle()])).toEqual([]);
    },
  );

  it('gives a pasted row its text back if the answer is lost and a person sorts the rows', async () => {
    const window = {
      beforeWrite: [{ kind: 'pasteRow', row: 'target', like: 'new' }],
      afterWrite: [
        { kind: 'type', row: 'target', header: NOTE },
        { kind: 'sort', isDescending: true, columns: 'all' },
      ],
      fault: { kind: 'away', when: 'after', write: 0 },
    } as const;
    expect(await losses([...ADOPTED, portal('edit', 1), cycle(window), cycle()])).toEqual([]);
  });

  it('leaves no text of another row in a copy that a person makes before the rollback', async () => {
    const window = {
      beforeWrite: [{ kind: 'pasteRow', row: 'target', like: 'new' }],
      afterWrite: [{ kind: 'copyRow', row: 'target', below: 0, edits: null }],
    } as const;
    expect(await losses([...ADOPTED, portal('edit', 1), cycle(window), cycle()])).toEqual([]);
  });
});

describe('one cell that the portal cannot use', () => {
  it('syncs the other rows if a person types an id in capitals', async () => {
    const steps = [...ADOPTED, people({ kind: 'capitalId', row: 1 }), { kind: 'add' } as const];
    expect(await losses(steps)).toEqual([]);
    expect(await counts()).toEqual({ shown: 4, deleted: 0 });
  });

  it('syncs the other rows if a further column holds half a character', async () => {
    const half = people({ kind: 'typeHalf', row: 1, header: NOTE });
    expect(await losses([...ADOPTED, half, { kind: 'add' }])).toEqual([]);
    expect(await counts()).toEqual({ shown: 4, deleted: 0 });
  });
});

describe('a new row of the portal that a person copies before its answer arrives', () => {
  it('keeps the text that a person types into a copy of a new row', async () => {
    const afterWrite: Deed[] = [node(), { kind: 'copyRow', row: 4, below: 0, edits: NOTE }];
    const fault = { kind: 'away', when: 'after', write: 0 } as const;
    const steps: Step[] = [...ADOPTED, { kind: 'add' }, cycle({ afterWrite, fault }), cycle()];
    expect(await losses(steps)).toEqual([]);
  });
});

describe('a row that a person inserts above the header between read and write', () => {
  it.each(['MATERIAL_DESC', NOTE])(
    'leaves every id and text in its row when the person types into %s of the row that was hit',
    async (header) => {
      const window = {
        beforeWrite: [{ kind: 'insertAbove', rows: 1 }],
        afterWrite: [{ kind: 'type', row: 'target', header }],
      } as const;
      const steps = [...ADOPTED, portal('edit', 1), portal('edit', 2), cycle(window), cycle()];
      expect(await losses(steps)).toEqual([]);
      expect(await counts()).toEqual({ shown: 3, deleted: 0 });
    },
  );
});

describe('what people do to the sheet while the portal writes', () => {
  it('restores a text in a column without a header', async () => {
    const beforeWrite: Deed[] = [
      { kind: 'insertColumn', at: 2 },
      { kind: 'typeAt', row: 'target', column: 2 },
    ];
    const steps = [...ADOPTED, portal('edit', 1), cycle({ beforeWrite }), cycle()];
    expect(await losses(steps)).toEqual([]);
  });

  it('keeps the material of a row when a person clears its id', async () => {
    const steps = [...ADOPTED, people({ kind: 'clearId', row: 2 }), cycle(), cycle(), cycle()];
    expect(await losses(steps)).toEqual([]);
    expect(await counts()).toEqual({ shown: 3, deleted: 0 });
  });

  it('keeps metadata that the portal changed as a conflict when a person deletes the row', async () => {
    const beforeWrite: Deed[] = [{ kind: 'deleteRow', row: 'target' }];
    const steps = [...ADOPTED, portal('note', 1), cycle({ beforeWrite }), cycle()];
    expect(await losses(steps)).toEqual([]);
  });

  it('sends no further writes after a person restores a version from before a batch without an answer', async () => {
    const window = {
      fault: { kind: 'away', when: 'after', write: 0 },
      afterWrite: [{ kind: 'restore', at: 2 }],
    } as const;
    expect(await losses([...ADOPTED, portal('edit', 1), cycle(window), cycle()])).toEqual([]);
  });

  it('syncs on if a person renames the hidden tab', async () => {
    const steps: Step[] = [...ADOPTED, people({ kind: 'renameJournal' }), { kind: 'add' }, cycle()];
    expect(await losses(steps)).toEqual([]);
    expect(await counts()).toEqual({ shown: 4, deleted: 0 });
  });
});

describe.each(['copied', 'skipped'] as const)(
  'a filter, where Google has the rows that it hides %s,',
  (copyOfFilteredRows) => {
    const google = { copyOfFilteredRows, copyOfHiddenRows: copyOfFilteredRows };
    const filter: Deed = { kind: 'filter', row: 1, header: 'MATERIAL_TITLE' };

    it('keeps an edit that a person makes in a visible row between read and write', async () => {
      const beforeWrite: Deed[] = [{ kind: 'type', row: 2, header: 'MATERIAL_DESC' }];
      const steps = [
        ...ADOPTED,
        people(filter),
        ...[portal('edit', 0), portal('edit', 1), cycle({ beforeWrite }), cycle()],
      ];
      expect(await losses(steps, google)).toEqual([]);
    });

    it('shifts no text into another row if a person filters rows between read and write', async () => {
      const steps = [
        ...ADOPTED,
        ...[portal('edit', 0), portal('edit', 1), cycle({ beforeWrite: [filter] }), cycle()],
      ];
      expect(await losses(steps, google)).toEqual([]);
    });

    it('sends no repeated writes for a new row in a filtered sheet', async () => {
      const steps: Step[] = [...ADOPTED, people(filter), { kind: 'add' }, cycle(), cycle()];
      expect(await losses(steps, google)).toEqual([]);
    });
  },
);

describe.each(['lost', 'kept'] as const)(
  'merged cells, where a value written to a covered cell is %s,',
  (writeToCoveredCell) => {
    it.each(['MATERIAL_ID', 'MATERIAL_DESC', 'AI_SUMMARY'])(
      'sends no repeated writes for merged cells in %s, and loses nothing',
      async (header) => {
        const steps: Step[] = [
          ...ADOPTED,
          people({ kind: 'merge', row: 1, header }),
          ...[portal('edit', 1), portal('analyse', 1), cycle(), cycle(), cycle()],
        ];
        expect(await losses(steps, { writeToCoveredCell })).toEqual([]);
      },
    );
  },
);

describe('a batch whose answer is lost', () => {
  const fault = { kind: 'away', when: 'after', write: 0 } as const;

  it('gives a text that begins with "=" back as a text after a person inserts a column', async () => {
    const beforeWrite: Deed[] = [
      { kind: 'typeEqualsSign', row: 'target', header: 'MATERIAL_TITLE' },
      { kind: 'insertColumn', at: 1 },
    ];
    const steps = [...ADOPTED, portal('edit', 1), cycle({ beforeWrite, fault }), cycle()];
    expect(await losses(steps)).toEqual([]);
  });

  it('gives a short row its text back after a person has changed its title', async () => {
    const window = {
      beforeWrite: [
        { kind: 'insertRow', row: 'target' },
        { kind: 'type', row: 'target', header: 'MATERIAL_TITLE' },
        { kind: 'type', row: 'target', header: 'MATERIAL_DESC' },
      ],
      afterWrite: [{ kind: 'type', row: 'target', header: 'MATERIAL_TITLE' }],
      fault,
    } as const;
    expect(await losses([...ADOPTED, portal('edit', 1), cycle(window), cycle()])).toEqual([]);
    expect(await unplaced()).toEqual([]);
  });

  it('leaves no text of the portal in a new row whose title a person has typed since', async () => {
    const window = {
      beforeWrite: [{ kind: 'insertRow', row: 'target' }],
      afterWrite: [{ kind: 'type', row: 'target', header: 'MATERIAL_TITLE' }],
      fault,
    } as const;
    expect(await losses([...ADOPTED, portal('edit', 1), cycle(window), cycle()])).toEqual([]);
    expect(await unplaced()).toEqual([]);
  });

  it.each(['filter', 'hideRow'] as const)(
    'keeps an edit in a visible row where Google skips rows that a %s hides',
    async (kind) => {
      const hide: Deed =
        kind === 'filter' ? { kind, row: 2, header: 'MATERIAL_TITLE' } : { kind, row: 2 };
      const beforeWrite: Deed[] = [hide, { kind: 'type', row: 3, header: 'MATERIAL_DESC' }];
      const google = { copyOfFilteredRows: 'skipped', copyOfHiddenRows: 'skipped' } as const;
      const steps = [
        ...[...ADOPTED, portal('edit', 0), portal('edit', 2)],
        ...[cycle({ beforeWrite, fault }), cycle()],
      ];
      expect(await losses(steps, google)).toEqual([]);
    },
  );
});

describe('a row of the portal that is inserted', () => {
  it('inserts a new row below the header, also if a person inserts many rows above the header', async () => {
    const beforeWrite: Deed[] = [{ kind: 'insertAbove', rows: 12 }];
    for (const fault of [undefined, { kind: 'away', when: 'after', write: 0 } as const]) {
      const window = fault === undefined ? { beforeWrite } : { beforeWrite, fault };
      expect(await losses([...ADOPTED, { kind: 'add' }, cycle(window), cycle()])).toEqual([]);
      expect(await counts()).toEqual({ shown: 4, deleted: 0 });
    }
  });

  it('keeps the text of a new row between rows that a person merged', async () => {
    const steps: Step[] = [
      ...ADOPTED,
      people({ kind: 'merge', row: 3, header: 'MATERIAL_DESC' }),
      { kind: 'add' },
      ...[cycle(), cycle()],
    ];
    expect(await losses(steps, { writeToCoveredCell: 'lost' })).toEqual([]);
  });
});

it('keeps an edit in a filtered row if Google copies rows that people hide', async () => {
  const google = { copyOfFilteredRows: 'skipped', copyOfHiddenRows: 'copied' } as const;
  const steps = [
    ...[...ADOPTED, people({ kind: 'hideRow', row: 3 }), portal('edit', 2), cycle(), cycle()],
    ...[people({ kind: 'filter', row: 1, header: 'MATERIAL_TITLE' }), portal('edit', 0)],
    ...[cycle({ beforeWrite: [{ kind: 'type', row: 1, header: 'MATERIAL_DESC' }] }), cycle()],
  ];
  expect(await losses(steps, google)).toEqual([]);
});

it('writes an id back after a person typed another text there and cleared it', async () => {
  const steps = [
    ...[...ADOPTED, people({ kind: 'typeBadId', row: 2 }), cycle(), cycle(), cycle()],
    ...[people({ kind: 'clearId', row: 2 }), cycle(), cycle()],
  ];
  expect(await losses(steps)).toEqual([]);
  expect(await counts()).toEqual({ shown: 3, deleted: 0 });
});
