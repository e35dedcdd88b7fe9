import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import type { IWorkflowBase, IWorkflowExecuteAdditionalData } from 'n8n-workflow';
import { Credentials, type CredentialData } from './credentials.ts';

export interface Services {
  readonly credentials: CredentialData;
  readonly executionId?: string;
}

/** What n8n's server gives an execution, as far as the nodes come to it. */
export function additionalData(
  { credentials, executionId = '101' }: Services,
  workflow: IWorkflowBase,
): IWorkflowExecuteAdditionalData {
  const absent = (): never => {
    throw new Error('Not part of what the nodes use.');
  };
  const n8n = 'http://n8n.test';
  return {
    externalSecretsProxy: new ExternalSecretsProxy(),
    credentialsHelper: new Credentials(credentials),
    executionId,
    hooks: new ExecutionLifecycleHooks('trigger', executionId, workflow),
    executeWorkflow: absent,
    getRunExecutionData: absent,
    getRuntimeCredential: absent,
    startRunnerTask: absent,
    logAiEvent: () => undefined,
    currentNodeExecutionIndex: 0,
    variables: {},
    restApiUrl: `${n8n}/rest`,
    instanceBaseUrl: `${n8n}/`,
    formBaseUrl: `${n8n}/form`,
    formWaitingBaseUrl: `${n8n}/form-waiting`,
    formTestBaseUrl: `${n8n}/form-test`,
    webhookBaseUrl: `${n8n}/webhook`,
    webhookWaitingBaseUrl: `${n8n}/webhook-waiting`,
    webhookTestBaseUrl: `${n8n}/webhook-test`,
    mcpBaseUrl: `${n8n}/mcp`,
    mcpTestBaseUrl: `${n8n}/mcp-test`,
  };
}
