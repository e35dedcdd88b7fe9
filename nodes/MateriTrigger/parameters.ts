import type { INodeProperties } from 'n8n-workflow';

export const parameters: INodeProperties[] = [
  {
    displayName: 'Events',
    name: 'events',
    type: 'multiOptions',
    required: true,
    default: ['material.created', 'material.updated', 'job.requested'],
    description: 'What starts the workflow',
    options: [
      {
        name: 'Job Requested',
        value: 'job.requested',
        description: 'Someone, or a schedule, asked for work; also a job that is tried again',
      },
      {
        name: 'Material Created',
        value: 'material.created',
        description: 'A material was added in the portal or in the sheet',
      },
      {
        name: 'Material Updated',
        value: 'material.updated',
        description: 'The text of a material was changed',
      },
    ],
  },
  {
    displayName: 'Kinds',
    name: 'kinds',
    type: 'multiOptions',
    required: true,
    default: ['analyze'],
    description:
      'The kinds of job this workflow does. One published workflow per kind is offered the jobs; any other gets the events without a job.',
    options: [
      { name: 'Analyze', value: 'analyze', description: 'Analyse a material (analisis materi)' },
      {
        name: 'Generate',
        value: 'generate',
        description: 'Write a draft for a material or a gap (membuat konten)',
      },
    ],
  },
  {
    displayName:
      'While the workflow is published it is registered at the portal. "Listen for test event" gets one sample, never a real job.',
    name: 'notice',
    type: 'notice',
    default: '',
  },
];
