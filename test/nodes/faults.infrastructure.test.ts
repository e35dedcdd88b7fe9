import { describe, expect, it } from '@jest/globals';
import { NodeOperationError, OperationalError, UserError, type INode } from 'n8n-workflow';
import { failureOf } from '../../nodes/shared/items/itemFailure.ts';

const node: INode = {
  id: 'n',
  name: 'Job',
  type: 'test',
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
};

/** As n8n 2.41 throws them; the class names are those of its sources. */
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe('a job whose workflow met a fault of n8n may be tried again after', () => {
  it.each([
    ['a query that timed out', new OperationalError('Database connection timed out')],
    [
      'a database that cannot be reached',
      Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
    ],
    ['a query that failed', named('QueryFailedError', 'deadlock detected')],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
    ['a lock that was not free', new Error('Could not acquire lock')],
    [
      'a crash',
      named('WorkflowCrashedError', 'Workflow did not finish, possible out-of-memory issue'),
    ],
    ['a task runner without memory', new UserError('Node ran out of memory')],
    ['no task runner in time', new OperationalError('Task request timed out')],
    ['a shutdown', new Error('The execution was cancelled because the system is shutting down')],
    ['a full disk', Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })],
  ])('%s', (_, error) => {
    expect(failureOf(error)).toMatchObject({ code: 'workflow_error', retryable: true });
    expect(failureOf(new NodeOperationError(node, error))).toMatchObject({ retryable: true });
  });
});

describe('a job whose workflow is wrong is not tried again after', () => {
  it.each([
    ['a parameter that is missing', new NodeOperationError(node, 'Could not get parameter')],
    ['an expression that fails', new Error("Cannot read properties of undefined (reading 'id')")],
    ['an execution that a person stopped', new Error('The execution was cancelled manually')],
  ])('%s', (_, error) => {
    expect(failureOf(error)).toMatchObject({ retryable: false });
  });

  it('an error whose causes go round in a circle', () => {
    const error = new Error('a');
    error.cause = error;
    expect(failureOf(error).retryable).toBe(false);
  });
});
