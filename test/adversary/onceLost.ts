import type { History } from './deeds.ts';

/** Found by `npm run test:adversary`, and made as short as they still failed. */
export const ONCE_LOST: Readonly<Record<string, History>> = {
  'a new row whose id a merge swallows, while its writer is killed and another writer is next': {
    google: { writeToCoveredCell: 'lost' },
    steps: [
      { kind: 'add' },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: { at: 'statement', count: 5 },
        beforeWrite: [[{ kind: 'merge', row: 3, header: 'MATERIAL_ID' }]],
        afterWrite: [],
      },
      {
        kind: 'node',
        fault: null,
        beforeWrite: [],
        afterWrite: [],
        run: { operation: 'create', row: 1, field: 'description', isKilled: false },
      },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: null,
        beforeWrite: [],
        afterWrite: [],
      },
    ],
  },
  'a text of a new row that a merge swallows, where the answer is lost and a column is deleted': {
    google: {},
    steps: [
      { kind: 'add' },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: null,
        beforeWrite: [],
        afterWrite: [],
      },
      {
        kind: 'node',
        fault: { kind: 'busy', when: 'after', write: 0 },
        beforeWrite: [],
        run: { operation: 'create', row: 1, field: 'aiSummary', isKilled: false },
        afterWrite: [[{ kind: 'merge', row: 4, header: 'Catatan Guru' }]],
      },
      {
        kind: 'node',
        fault: { kind: 'reset', when: 'after', write: 0 },
        beforeWrite: [],
        run: { operation: 'create', row: 5, field: 'Catatan Guru', isKilled: false },
        afterWrite: [[{ kind: 'deleteColumn', header: 'AI_SUMMARY' }]],
      },
    ],
  },
  'a text of a copy that a killed node overwrote, where a person types over the id that it wrote': {
    google: {},
    steps: [
      {
        kind: 'node',
        fault: null,
        run: { operation: 'createOrUpdate', row: 3, field: 'description', isKilled: true },
        beforeWrite: [
          [
            { kind: 'copyRow', row: 1, below: 0, edits: null },
            { kind: 'copyRow', row: 1, below: 0, edits: null },
          ],
        ],
        afterWrite: [[{ kind: 'typeAt', row: 3, column: 8 }]],
      },
      { kind: 'deeds', deeds: [{ kind: 'merge', row: 'target', header: 'MATERIAL_DESC' }] },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: null,
        beforeWrite: [],
        afterWrite: [],
      },
      { kind: 'add' },
    ],
  },
  'a text that a node replaced, whose answer is lost, where a person types and the portal writes next':
    {
      google: {},
      steps: [
        {
          kind: 'node',
          fault: { kind: 'reset', when: 'after', write: 0 },
          run: { operation: 'createOrUpdate', row: 2, field: 'description', isKilled: false },
          beforeWrite: [],
          afterWrite: [
            [
              { kind: 'type', row: 'target', header: 'MATERIAL_DESC' },
              { kind: 'typeBadId', row: 3 },
              { kind: 'other' },
            ],
          ],
        },
      ],
    },
  'a new row of a node in a wrong column, and people sort the columns with the ids alone': {
    google: { rangeBeyondGrid: 'clipped' },
    steps: [
      {
        kind: 'node',
        run: { operation: 'create', row: 4, field: 'Catatan Guru', isKilled: false },
        fault: null,
        beforeWrite: [
          [{ kind: 'deleteColumn', header: 'AI_STATUS' }],
          [
            { kind: 'portal', what: 'edit', which: 0 },
            { kind: 'portal', what: 'note', which: 2 },
            { kind: 'sort', isDescending: true, columns: 'right' },
          ],
        ],
        afterWrite: [],
      },
    ],
  },
  'a new row in a wrong column that a filter hides from its rollback, and people delete the journal and restore it':
    {
      google: { writeToFilteredRows: 'skipped' },
      steps: [
        { kind: 'add' },
        {
          kind: 'cycle',
          instance: 0,
          fault: null,
          beforeWrite: [
            [
              { kind: 'moveColumn', from: 8, to: 6 },
              { kind: 'type', row: 5, header: 'MATERIAL_DESC' },
            ],
          ],
          afterWrite: [
            [{ kind: 'filter', row: 4, header: 'Catatan Guru' }],
            [{ kind: 'giveNameBack' }, { kind: 'deleteJournal' }],
          ],
          kill: null,
        },
        { kind: 'deeds', deeds: [{ kind: 'typeAt', row: 'target', column: 10 }] },
        { kind: 'deeds', deeds: [{ kind: 'other' }, { kind: 'restore', at: 5 }] },
      ],
    },
  'a text in place of an id, while people sort the ids apart from the titles and insert a row': {
    google: {},
    steps: [
      { kind: 'cycle', instance: 1, beforeWrite: [], afterWrite: [], kill: null, fault: null },
      {
        kind: 'node',
        run: { operation: 'create', row: 4, field: 'Catatan Guru', isKilled: true },
        beforeWrite: [],
        afterWrite: [],
        fault: null,
      },
      { kind: 'add' },
      {
        kind: 'cycle',
        instance: 0,
        kill: null,
        beforeWrite: [],
        afterWrite: [
          [
            {
              kind: 'node',
              run: { operation: 'create', row: 2, field: 'Catatan Guru', isKilled: false },
            },
          ],
        ],
        fault: null,
      },
      {
        kind: 'deeds',
        deeds: [
          { kind: 'typeBadId', row: 'target' },
          { kind: 'sort', isDescending: true, columns: 'right' },
        ],
      },
      {
        kind: 'cycle',
        instance: 1,
        fault: null,
        kill: null,
        beforeWrite: [[{ kind: 'sort', isDescending: true, columns: 'all' }]],
        afterWrite: [
          [
            { kind: 'typeHalf', row: 'target', header: 'Catatan Guru' },
            { kind: 'typeEqualsSign', row: 4, header: 'MATERIAL_TITLE' },
            { kind: 'insertRow', row: 'target' },
          ],
        ],
      },
    ],
  },
  'a text that a node replaced, whose answer is lost, where a person types over the id of its row':
    {
      google: {},
      steps: [
        {
          kind: 'cycle',
          instance: 0,
          beforeWrite: [],
          afterWrite: [[{ kind: 'arrive' }, { kind: 'pasteRow', row: 'target', like: 'untitled' }]],
          kill: null,
          fault: null,
        },
        {
          kind: 'node',
          run: { operation: 'createOrUpdate', row: 2, field: 'Catatan Guru', isKilled: false },
          beforeWrite: [],
          afterWrite: [
            [
              { kind: 'typeAt', row: 'target', column: 6 },
              {
                kind: 'node',
                run: { operation: 'createOrUpdate', row: 4, field: 'description', isKilled: true },
              },
              { kind: 'typeBadId', row: 2 },
            ],
          ],
          fault: { kind: 'reset', when: 'after', write: 0 },
        },
      ],
    },
  'a text in a moved column, where its rollback clears two titles of a header that people move down':
    {
      google: {},
      steps: [
        {
          kind: 'node',
          run: { operation: 'createOrUpdate', row: 1, field: 'Catatan Guru', isKilled: false },
          beforeWrite: [[{ kind: 'insertColumn', at: 10 }], [{ kind: 'insertAbove', rows: 1 }]],
          afterWrite: [],
          fault: null,
        },
      ],
    },
  'a text in a row that a sort of some columns moved, where a person types no id over its id before the rollback':
    {
      google: {},
      steps: [
        {
          kind: 'node',
          fault: null,
          beforeWrite: [],
          run: { operation: 'create', row: 2, field: 'description', isKilled: false },
          afterWrite: [[{ kind: 'other' }]],
        },
        {
          kind: 'node',
          fault: null,
          afterWrite: [],
          run: { operation: 'update', row: 3, field: 'aiSummary', isKilled: false },
          beforeWrite: [
            [
              { kind: 'copyRow', row: 'target', below: 2, edits: 'MATERIAL_TITLE' },
              { kind: 'sort', isDescending: false, columns: 'right' },
            ],
            [{ kind: 'typeBadId', row: 'target' }, { kind: 'other' }],
          ],
        },
      ],
    },
  'an id that a node wrote into a wrong column, while a person copied the row': {
    google: {},
    steps: [
      {
        kind: 'node',
        run: { operation: 'createOrUpdate', row: 2, field: 'description', isKilled: false },
        fault: null,
        beforeWrite: [
          [
            { kind: 'pasteRow', row: 2, like: 'copy' },
            { kind: 'insertColumn', at: 7 },
          ],
        ],
        afterWrite: [],
      },
    ],
  },
  'a new row that is deleted before its lost answer is read': {
    google: {},
    steps: [
      { kind: 'add' },
      {
        kind: 'cycle',
        instance: 0,
        fault: { kind: 'reset', when: 'after', write: 0 },
        kill: null,
        beforeWrite: [],
        afterWrite: [[{ kind: 'deleteRow', row: 4 }, { kind: 'rename' }]],
      },
    ],
  },
  'a row that a rollback hit, where a person had copied it before and types into its last cell': {
    google: {},
    steps: [
      {
        kind: 'node',
        run: { operation: 'create', row: 4, field: 'aiSummary', isKilled: false },
        fault: null,
        beforeWrite: [
          [{ kind: 'insertColumn', at: 2 }],
          [
            { kind: 'copyRow', row: 3, below: 2, edits: 'AI_SUMMARY' },
            { kind: 'sort', isDescending: false, columns: 'all' },
          ],
        ],
        afterWrite: [[], [{ kind: 'typeHalf', row: 4, header: 'Catatan Guru' }]],
      },
    ],
  },
  'a text of the portal alone whose column comes back with another text': {
    google: {},
    steps: [
      { kind: 'deeds', deeds: [{ kind: 'filter', row: 2, header: 'MATERIAL_TITLE' }] },
      {
        kind: 'node',
        run: { operation: 'create', row: 3, field: 'Catatan Guru', isKilled: false },
        fault: null,
        beforeWrite: [],
        afterWrite: [],
      },
      {
        kind: 'cycle',
        instance: 0,
        fault: { kind: 'late', when: 'before', write: 0 },
        kill: null,
        beforeWrite: [[{ kind: 'insertAbove', rows: 1 }]],
        afterWrite: [],
      },
      {
        kind: 'cycle',
        instance: 0,
        fault: { kind: 'away', when: 'before', write: 0 },
        kill: null,
        beforeWrite: [[{ kind: 'arrive' }]],
        afterWrite: [[{ kind: 'deleteColumn', header: 'Catatan Guru' }, { kind: 'deleteJournal' }]],
      },
      { kind: 'deeds', deeds: [{ kind: 'portal', what: 'note', which: 5 }] },
    ],
  },
  'a text that a node replaced, whose answer is lost, where a copy shows it and a person types over the new one':
    {
      google: {},
      steps: [
        {
          kind: 'node',
          run: { operation: 'create', row: 1, field: 'description', isKilled: false },
          fault: { kind: 'busy', when: 'before', write: 0 },
          beforeWrite: [],
          afterWrite: [
            [{ kind: 'other' }],
            [{ kind: 'merge', row: 'target', header: 'MATERIAL_DESC' }],
          ],
        },
        {
          kind: 'node',
          run: { operation: 'createOrUpdate', row: 3, field: 'Catatan Guru', isKilled: false },
          fault: { kind: 'away', when: 'after', write: 0 },
          beforeWrite: [[{ kind: 'copyRow', row: 3, below: 0, edits: null }]],
          afterWrite: [[{ kind: 'type', row: 'target', header: 'Catatan Guru' }]],
        },
        {
          kind: 'cycle',
          instance: 0,
          fault: null,
          kill: null,
          beforeWrite: [],
          afterWrite: [[{ kind: 'deleteRow', row: 'target' }]],
        },
      ],
    },
  'a text that a node wrote into a wrong row, restored, and wrote into a new row that people deleted':
    {
      google: {},
      steps: [
        {
          kind: 'node',
          fault: null,
          run: { operation: 'createOrUpdate', row: 1, field: 'description', isKilled: false },
          beforeWrite: [[{ kind: 'typeAt', row: 'target', column: 8 }]],
          afterWrite: [],
        },
        { kind: 'deeds', deeds: [{ kind: 'typeAt', row: 'target', column: 0 }] },
        { kind: 'deeds', deeds: [{ kind: 'deleteRow', row: 'target' }] },
        { kind: 'deeds', deeds: [{ kind: 'portal', what: 'edit', which: 0 }] },
      ],
    },
  'a copy of a new row in a wrong place, where a column moved between the read and the rollback': {
    google: {},
    steps: [
      { kind: 'cycle', instance: 0, fault: null, kill: null, beforeWrite: [], afterWrite: [] },
      { kind: 'add' },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: { at: 'statement', count: 0 },
        beforeWrite: [],
        afterWrite: [],
      },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: null,
        beforeWrite: [[{ kind: 'moveColumn', from: 0, to: 9 }]],
        afterWrite: [
          [
            { kind: 'pasteRow', row: 'target', like: 'copy' },
            { kind: 'moveColumn', from: 1, to: 0 },
          ],
        ],
      },
    ],
  },
  'a text that a rollback writes back into a row that a filter hides, where Google skips the row and the answer is lost':
    {
      google: { writeToFilteredRows: 'skipped' },
      steps: [
        { kind: 'add' },
        {
          kind: 'cycle',
          instance: 0,
          fault: { kind: 'busy', when: 'before', write: 1 },
          kill: null,
          beforeWrite: [
            [{ kind: 'insertColumn', at: 3 }],
            [{ kind: 'sort', isDescending: false, columns: 'all' }],
          ],
          afterWrite: [],
        },
        {
          kind: 'cycle',
          instance: 0,
          fault: null,
          kill: null,
          beforeWrite: [[{ kind: 'typeAt', row: 'target', column: 3 }]],
          afterWrite: [[{ kind: 'filter', row: 'target', header: 'MATERIAL_TITLE' }]],
        },
        {
          kind: 'cycle',
          instance: 0,
          fault: { kind: 'away', when: 'after', write: 0 },
          kill: null,
          beforeWrite: [],
          afterWrite: [],
        },
      ],
    },
  'a text that a node replaces in a row that a filter hides, where the answer is lost and a person clears the id':
    {
      google: { copyOfFilteredRows: 'skipped' },
      steps: [
        { kind: 'deeds', deeds: [{ kind: 'filter', row: 2, header: 'MATERIAL_TITLE' }] },
        { kind: 'deeds', deeds: [{ kind: 'insertAbove', rows: 1 }] },
        { kind: 'deeds', deeds: [{ kind: 'portal', what: 'edit', which: 0 }] },
        {
          kind: 'node',
          run: { operation: 'createOrUpdate', row: 2, field: 'description', isKilled: false },
          fault: { kind: 'away', when: 'after', write: 0 },
          beforeWrite: [],
          afterWrite: [[{ kind: 'clearId', row: 2 }]],
        },
      ],
    },
  'a subject that an id overwrote, where a person copies its row and sorts before the rollback': {
    google: {},
    steps: [
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: null,
        beforeWrite: [
          [
            { kind: 'moveColumn', from: 0, to: 9 },
            { kind: 'copyRow', row: 'target', below: 1, edits: null },
          ],
          [{ kind: 'sort', isDescending: false, columns: 'all' }],
        ],
        afterWrite: [],
      },
      { kind: 'deeds', deeds: [{ kind: 'portal', what: 'edit', which: 0 }] },
      {
        kind: 'node',
        run: { operation: 'create', row: 1, field: 'description', isKilled: false },
        fault: null,
        beforeWrite: [],
        afterWrite: [],
      },
      {
        kind: 'node',
        run: { operation: 'create', row: 1, field: 'description', isKilled: false },
        fault: null,
        beforeWrite: [],
        afterWrite: [],
      },
    ],
  },
  'a new row that lands twice after a version was restored, the second time above the header': {
    google: { namedRangesOfRestoredVersion: 'current' },
    steps: [
      {
        kind: 'node',
        run: { operation: 'create', row: 1, field: 'description', isKilled: false },
        fault: null,
        beforeWrite: [],
        afterWrite: [],
      },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: null,
        beforeWrite: [[{ kind: 'deleteJournal' }]],
        afterWrite: [],
      },
      {
        kind: 'deeds',
        deeds: [
          { kind: 'restore', at: 1 },
          { kind: 'portal', what: 'edit', which: 0 },
        ],
      },
      { kind: 'deeds', deeds: [{ kind: 'clearId', row: 'target' }] },
      { kind: 'deeds', deeds: [{ kind: 'type', row: 1, header: 'Catatan Guru' }] },
      {
        kind: 'node',
        run: { operation: 'create', row: 1, field: 'description', isKilled: false },
        fault: { kind: 'late', when: 'before', write: 0 },
        beforeWrite: [],
        afterWrite: [[{ kind: 'insertAbove', rows: 12 }]],
      },
    ],
  },
  'a level that a second rollback cleared where it meant a new row, after a person copied a row': {
    google: {},
    steps: [
      { kind: 'add' },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: null,
        beforeWrite: [[{ kind: 'moveColumn', from: 5, to: 9 }], [{ kind: 'insertColumn', at: 0 }]],
        afterWrite: [],
      },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: null,
        beforeWrite: [[{ kind: 'copyRow', row: 'target', below: 0, edits: null }]],
        afterWrite: [],
      },
      {
        kind: 'deeds',
        deeds: [
          {
            kind: 'node',
            run: { operation: 'create', row: 1, field: 'description', isKilled: false },
          },
        ],
      },
      { kind: 'deeds', deeds: [{ kind: 'portal', what: 'edit', which: 0 }] },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: null,
        beforeWrite: [],
        afterWrite: [],
      },
    ],
  },
  'a mistake in a copy of its row, where a person types a number over the id of the copy': {
    google: {},
    steps: [
      { kind: 'deeds', deeds: [{ kind: 'portal', what: 'edit', which: 0 }] },
      {
        kind: 'node',
        run: { operation: 'createOrUpdate', row: 2, field: 'aiSummary', isKilled: false },
        fault: null,
        beforeWrite: [
          [{ kind: 'pasteRow', row: 1, like: 'new' }],
          [
            { kind: 'copyRow', row: 'target', below: 1, edits: null },
            { kind: 'typeBadId', row: 4 },
          ],
        ],
        afterWrite: [],
      },
      {
        kind: 'node',
        run: { operation: 'create', row: 1, field: 'description', isKilled: false },
        fault: null,
        beforeWrite: [],
        afterWrite: [],
      },
    ],
  },
  'a mistake whose copy a rollback restored, where its row is hidden and Google skips hidden rows':
    {
      google: { copyOfHiddenRows: 'skipped' },
      steps: [
        { kind: 'add' },
        {
          kind: 'cycle',
          instance: 0,
          fault: null,
          kill: null,
          beforeWrite: [],
          afterWrite: [],
        },
        {
          kind: 'node',
          run: { operation: 'update', row: 1, field: 'description', isKilled: false },
          fault: null,
          beforeWrite: [
            [{ kind: 'sort', isDescending: false, columns: 'all' }],
            [
              { kind: 'hideRow', row: 'target' },
              { kind: 'pasteRow', row: 'target', like: 'copy' },
            ],
          ],
          afterWrite: [],
        },
        { kind: 'deeds', deeds: [{ kind: 'portal', what: 'edit', which: 0 }] },
        {
          kind: 'cycle',
          instance: 0,
          fault: null,
          kill: null,
          beforeWrite: [],
          afterWrite: [],
        },
        {
          kind: 'node',
          run: { operation: 'create', row: 1, field: 'description', isKilled: false },
          fault: null,
          beforeWrite: [],
          afterWrite: [],
        },
      ],
    },
  'the texts of a copy of a new row, where a person gives the copy a title of its own': {
    google: { rangeBeyondGrid: 'clipped' },
    steps: [
      { kind: 'cycle', instance: 0, fault: null, kill: null, beforeWrite: [], afterWrite: [] },
      {
        kind: 'node',
        run: { operation: 'create', row: 1, field: 'Catatan Guru', isKilled: false },
        fault: null,
        beforeWrite: [
          [{ kind: 'deleteColumn', header: 'Catatan Guru' }],
          [
            {
              kind: 'node',
              run: { operation: 'create', row: 1, field: 'description', isKilled: false },
            },
          ],
        ],
        afterWrite: [[{ kind: 'copyRow', row: 'target', below: 0, edits: 'MATERIAL_TITLE' }]],
      },
      { kind: 'add' },
    ],
  },
  'a new row that a rollback cleared, where two columns without a title were inserted': {
    google: {},
    steps: [
      { kind: 'add' },
      {
        kind: 'cycle',
        instance: 0,
        fault: null,
        kill: null,
        beforeWrite: [[{ kind: 'insertColumn', at: 1 }], [{ kind: 'insertColumn', at: 1 }]],
        afterWrite: [],
      },
      { kind: 'deeds', deeds: [{ kind: 'pasteRow', row: 1, like: 'new' }] },
      { kind: 'cycle', instance: 0, fault: null, kill: null, beforeWrite: [], afterWrite: [] },
      { kind: 'deeds', deeds: [{ kind: 'restore', at: 1 }] },
    ],
  },
  'a text of a hidden row that a node replaced, whose answer is lost, where people sort the left columns':
    {
      google: { copyOfFilteredRows: 'skipped', copyOfHiddenRows: 'skipped' },
      steps: [
        {
          kind: 'cycle',
          instance: 0,
          fault: null,
          kill: null,
          beforeWrite: [
            [
              {
                kind: 'node',
                run: { operation: 'create', row: 1, field: 'description', isKilled: false },
              },
            ],
          ],
          afterWrite: [],
        },
        {
          kind: 'cycle',
          instance: 0,
          fault: null,
          kill: null,
          beforeWrite: [],
          afterWrite: [[{ kind: 'hideRow', row: 1 }]],
        },
        {
          kind: 'node',
          run: { operation: 'update', row: 1, field: 'description', isKilled: false },
          fault: { kind: 'away', when: 'after', write: 0 },
          beforeWrite: [],
          afterWrite: [[{ kind: 'sort', isDescending: false, columns: 'left' }]],
        },
      ],
    },
};
