import type { INodeProperties } from 'n8n-workflow';

export const releaseJobs: INodeProperties = {
  displayName: 'Retry Interrupted Jobs at Once',
  name: 'releaseJobs',
  type: 'boolean',
  default: true,
  description:
    'Whether the portal retries jobs at once when n8n has been restarted while it worked on them. Turn it off in queue mode, where workers go on working while n8n restarts: the portal then retries a job 15 minutes after its last report.',
};

export const takeOverJobs: INodeProperties = {
  displayName: 'Take Over Jobs',
  name: 'takeOverJobs',
  type: 'boolean',
  default: false,
  description:
    'Whether this workflow takes the jobs of its kinds from another workflow when it is published. If this is off, the portal refuses a second workflow for a kind. Turn it on if the other workflow is gone, for example with its n8n.',
};

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
    // A workflow that only listens does no jobs.
    displayOptions: { show: { events: ['job.requested'] } },
    default: ['analyze'],
    description:
      'The kinds of job this workflow does. One published workflow gets the jobs of a kind.',
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
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [releaseJobs, takeOverJobs],
  },
  {
    displayName:
      'While the workflow is published, the portal sends it events. "Execute step" gets one sample event, never a real job.',
    name: 'notice',
    type: 'notice',
    default: '',
  },
];
