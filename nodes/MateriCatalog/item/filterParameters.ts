import type { INodeProperties } from 'n8n-workflow';

const shown = { resource: ['material'], operation: ['getMany'] };

/** A filter with a pick list of the values that the catalog has. */
const picked = (
  name: string,
  singular: string,
  loadOptionsMethod: string,
  more: string,
): INodeProperties => ({
  displayName: `${singular} Names or IDs`,
  name,
  type: 'multiOptions',
  typeOptions: {
    loadOptionsMethod,
    loadOptionsDependsOn: ['connectTo', 'spreadsheet.value', 'tab.value'],
  },
  default: [],
  description: `${more} Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>`,
});

/** The parameters by which Get Many finds materials. */
export const filterParameters: INodeProperties[] = [
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add Filter',
    displayOptions: { show: shown },
    default: {},
    options: [
      {
        displayName: 'Conditions',
        name: 'conditions',
        type: 'fixedCollection',
        placeholder: 'Add Condition',
        typeOptions: { multipleValues: true },
        default: {},
        description: 'Any columns of the catalog, also the further ones',
        options: [
          {
            displayName: 'Condition',
            name: 'values',
            values: [
              {
                displayName: 'Column',
                name: 'column',
                type: 'string',
                default: '',
                placeholder: 'e.g. Catatan Guru',
                description: 'A header of the sheet, or the name of a field',
              },
              {
                displayName: 'Operator',
                name: 'operator',
                type: 'options',
                options: [
                  { name: 'Contains', value: 'contains' },
                  { name: 'Does Not Contain', value: 'notContains' },
                  { name: 'Is', value: 'is' },
                  { name: 'Is Empty', value: 'isEmpty' },
                  { name: 'Is Not', value: 'isNot' },
                  { name: 'Is Not Empty', value: 'isNotEmpty' },
                ],
                default: 'contains',
              },
              {
                displayName: 'Text',
                name: 'text',
                type: 'string',
                default: '',
                displayOptions: { hide: { operator: ['isEmpty', 'isNotEmpty'] } },
                description: 'Compared in any case',
              },
            ],
          },
        ],
      },
      {
        displayName: 'Include Archived',
        name: 'includeArchived',
        type: 'boolean',
        default: true,
        description: 'Whether to return archived materials as well, which are left out otherwise',
      },
      picked(
        'level',
        'Level',
        'getLevels',
        'A material of several levels is found under each of them.',
      ),
      {
        displayName: 'Not Analysed Yet',
        name: 'notAnalysed',
        type: 'boolean',
        default: true,
        description: 'Whether to leave out materials that have an analysis of their current text',
      },
      {
        displayName: 'Search',
        name: 'search',
        type: 'string',
        default: '',
        displayOptions: { show: { '/connectTo': ['portal'] } },
        description:
          'Words in any text of the material. Typing errors are corrected, and the best come first.',
      },
      picked('subject', 'Subject', 'getSubjects', '"MTK" and "Matematika" find the same.'),
      picked('subtheme', 'Subtheme', 'getSubthemes', 'In any case.'),
      picked('theme', 'Theme', 'getThemes', 'In any case.'),
      {
        displayName: 'Title Contains',
        name: 'title',
        type: 'string',
        default: '',
        description: 'A part of the title, in any case',
      },
      picked('type', 'Type', 'getTypes', '"LKPD" and "Lembar Kerja" find the same.'),
    ],
  },
  {
    displayName: 'Combine Filters',
    name: 'combine',
    type: 'options',
    displayOptions: { show: shown },
    options: [
      { name: 'All (AND)', value: 'all', description: 'A material must pass every filter' },
      { name: 'Any (OR)', value: 'any', description: 'A material must pass one of the filters' },
    ],
    default: 'all',
    description:
      'Whether a material must pass every filter or any. Search and Include Archived apply in both cases.',
  },
];
