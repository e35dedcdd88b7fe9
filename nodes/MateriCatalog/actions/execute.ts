import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Carries out an operation, for each value of Connect To that has the operation. */
export type Execute = Partial<
  Record<'portal' | 'sheet', (node: IExecuteFunctions) => Promise<INodeExecutionData[][]>>
>;
