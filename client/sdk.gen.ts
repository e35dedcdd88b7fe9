// @ts-nocheck
// Generated from the API by `npm run build:client`: do not change it by hand.

import { client } from './client.gen.ts';
import type { Client, ClientMeta, Options as Options2, RequestResult, ServerSentEventsResult, TDataShape } from './client/index.ts';
import type { CheckSecretsData, CheckSecretsErrors, CheckSecretsResponses, ConfirmVanishedData, ConfirmVanishedErrors, ConfirmVanishedResponses, CreateMaterialData, CreateMaterialErrors, CreateMaterialResponses, DeleteSubscriptionData, DeleteSubscriptionErrors, DeleteSubscriptionResponses, DisableUserData, DisableUserErrors, DisableUserResponses, EnableUserData, EnableUserErrors, EnableUserResponses, EndSessionData, EndSessionErrors, EndSessionResponses, GetCatalogStatusData, GetCatalogStatusErrors, GetCatalogStatusResponses, GetJobData, GetJobErrors, GetJobResponses, GetLivenessData, GetLivenessErrors, GetLivenessResponses, GetMaterialData, GetMaterialErrors, GetMaterialResponses, GetMeData, GetMeErrors, GetMeResponses, GetProblemData, GetProblemErrors, GetProblemResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, ListAuditData, ListAuditErrors, ListAuditResponses, ListHistoryData, ListHistoryErrors, ListHistoryResponses, ListJobsData, ListJobsErrors, ListJobsResponses, ListMaterialsData, ListMaterialsErrors, ListMaterialsResponses, ListSessionsData, ListSessionsErrors, ListSessionsResponses, ListSubscriptionsData, ListSubscriptionsErrors, ListSubscriptionsResponses, ListUsersData, ListUsersErrors, ListUsersResponses, OpenJobData, OpenJobErrors, OpenJobResponses, PutSubscriptionData, PutSubscriptionErrors, PutSubscriptionResponses, RefreshData, RefreshErrors, RefreshResponses, ReplaceMaterialData, ReplaceMaterialErrors, ReplaceMaterialResponses, ReportEventData, ReportEventErrors, ReportEventResponses, ResolveConflictData, ResolveConflictErrors, ResolveConflictResponses, RetryJobData, RetryJobErrors, RetryJobResponses, SetRoleData, SetRoleErrors, SetRoleResponses, SignInData, SignInErrors, SignInResponses, SignOutData, SignOutErrors, SignOutResponses, StreamJobData, StreamJobErrors, StreamJobResponse, StreamJobResponses } from './types.gen.ts';

export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: keyof ClientMeta extends never ? Record<string, unknown> : ClientMeta;
};

/**
 * Answers while the process runs.
 */
export const getLiveness = <ThrowOnError extends boolean = false>(options?: Options<GetLivenessData, ThrowOnError>): RequestResult<GetLivenessResponses, GetLivenessErrors, ThrowOnError> => (options?.client ?? client).get<GetLivenessResponses, GetLivenessErrors, ThrowOnError>({ url: '/livez', ...options });

/**
 * Answers 503 while PostgreSQL cannot be used or the instance stops.
 */
export const getReadiness = <ThrowOnError extends boolean = false>(options?: Options<GetReadinessData, ThrowOnError>): RequestResult<GetReadinessResponses, GetReadinessErrors, ThrowOnError> => (options?.client ?? client).get<GetReadinessResponses, GetReadinessErrors, ThrowOnError>({ url: '/readyz', ...options });

/**
 * Explains a problem type.
 */
export const getProblem = <ThrowOnError extends boolean = false>(options: Options<GetProblemData, ThrowOnError>): RequestResult<GetProblemResponses, GetProblemErrors, ThrowOnError> => (options.client ?? client).get<GetProblemResponses, GetProblemErrors, ThrowOnError>({ url: '/problems/{type}', ...options });

/**
 * Signs a person in with an ID token of Google.
 */
export const signIn = <ThrowOnError extends boolean = false>(options: Options<SignInData, ThrowOnError>): RequestResult<SignInResponses, SignInErrors, ThrowOnError> => (options.client ?? client).post<SignInResponses, SignInErrors, ThrowOnError>({
    url: '/api/auth/google',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Exchanges a refresh token for a new session.
 */
export const refresh = <ThrowOnError extends boolean = false>(options: Options<RefreshData, ThrowOnError>): RequestResult<RefreshResponses, RefreshErrors, ThrowOnError> => (options.client ?? client).post<RefreshResponses, RefreshErrors, ThrowOnError>({
    url: '/api/auth/refresh',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Gets the person who is signed in.
 */
export const getMe = <ThrowOnError extends boolean = false>(options?: Options<GetMeData, ThrowOnError>): RequestResult<GetMeResponses, GetMeErrors, ThrowOnError> => (options?.client ?? client).get<GetMeResponses, GetMeErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/me',
    ...options
});

/**
 * Ends this session, or all sessions of the person.
 */
export const signOut = <ThrowOnError extends boolean = false>(options?: Options<SignOutData, ThrowOnError>): RequestResult<SignOutResponses, SignOutErrors, ThrowOnError> => (options?.client ?? client).post<SignOutResponses, SignOutErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/auth/logout',
    ...options
});

/**
 * Lists the person’s own sessions that are in use.
 */
export const listSessions = <ThrowOnError extends boolean = false>(options?: Options<ListSessionsData, ThrowOnError>): RequestResult<ListSessionsResponses, ListSessionsErrors, ThrowOnError> => (options?.client ?? client).get<ListSessionsResponses, ListSessionsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/sessions',
    ...options
});

/**
 * Ends one of the person’s own sessions.
 */
export const endSession = <ThrowOnError extends boolean = false>(options: Options<EndSessionData, ThrowOnError>): RequestResult<EndSessionResponses, EndSessionErrors, ThrowOnError> => (options.client ?? client).delete<EndSessionResponses, EndSessionErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/sessions/{id}',
    ...options
});

/**
 * Reports the sync with the sheet: its state, and everything that waits for a person.
 */
export const getCatalogStatus = <ThrowOnError extends boolean = false>(options?: Options<GetCatalogStatusData, ThrowOnError>): RequestResult<GetCatalogStatusResponses, GetCatalogStatusErrors, ThrowOnError> => (options?.client ?? client).get<GetCatalogStatusResponses, GetCatalogStatusErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/catalog/status',
    ...options
});

/**
 * Confirms that many rows were deleted on purpose. For admins.
 */
export const confirmVanished = <ThrowOnError extends boolean = false>(options?: Options<ConfirmVanishedData, ThrowOnError>): RequestResult<ConfirmVanishedResponses, ConfirmVanishedErrors, ThrowOnError> => (options?.client ?? client).post<ConfirmVanishedResponses, ConfirmVanishedErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/catalog/confirm-vanished',
    ...options
});

/**
 * Lists jobs, newest first: a teacher’s own, for admins all.
 */
export const listJobs = <ThrowOnError extends boolean = false>(options?: Options<ListJobsData, ThrowOnError>): RequestResult<ListJobsResponses, ListJobsErrors, ThrowOnError> => (options?.client ?? client).get<ListJobsResponses, ListJobsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/jobs',
    ...options
});

/**
 * Opens a job for a material. For admins and service keys.
 */
export const openJob = <ThrowOnError extends boolean = false>(options: Options<OpenJobData, ThrowOnError>): RequestResult<OpenJobResponses, OpenJobErrors, ThrowOnError> => (options.client ?? client).post<OpenJobResponses, OpenJobErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/jobs',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Gets a job with its result.
 */
export const getJob = <ThrowOnError extends boolean = false>(options: Options<GetJobData, ThrowOnError>): RequestResult<GetJobResponses, GetJobErrors, ThrowOnError> => (options.client ?? client).get<GetJobResponses, GetJobErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/jobs/{id}',
    ...options
});

/**
 * Starts a failed job again.
 */
export const retryJob = <ThrowOnError extends boolean = false>(options: Options<RetryJobData, ThrowOnError>): RequestResult<RetryJobResponses, RetryJobErrors, ThrowOnError> => (options.client ?? client).post<RetryJobResponses, RetryJobErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/jobs/{id}/retry',
    ...options
});

/**
 * Streams a job as Server-Sent Events, until it has ended.
 */
export const streamJob = <ThrowOnError extends boolean = false>(options: Options<StreamJobData, ThrowOnError, StreamJobResponse>): Promise<ServerSentEventsResult<StreamJobResponses>> => (options.client ?? client).sse.get<StreamJobResponses, StreamJobErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/jobs/{id}/events',
    ...options
});

/**
 * Lists materials, newest first. Long texts are cut.
 */
export const listMaterials = <ThrowOnError extends boolean = false>(options?: Options<ListMaterialsData, ThrowOnError>): RequestResult<ListMaterialsResponses, ListMaterialsErrors, ThrowOnError> => (options?.client ?? client).get<ListMaterialsResponses, ListMaterialsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/materials',
    ...options
});

/**
 * Adds a material and opens the job that analyses it.
 */
export const createMaterial = <ThrowOnError extends boolean = false>(options: Options<CreateMaterialData, ThrowOnError>): RequestResult<CreateMaterialResponses, CreateMaterialErrors, ThrowOnError> => (options.client ?? client).post<CreateMaterialResponses, CreateMaterialErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/materials',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Gets a material with its analysis and its conflicts.
 */
export const getMaterial = <ThrowOnError extends boolean = false>(options: Options<GetMaterialData, ThrowOnError>): RequestResult<GetMaterialResponses, GetMaterialErrors, ThrowOnError> => (options.client ?? client).get<GetMaterialResponses, GetMaterialErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/materials/{id}',
    ...options
});

/**
 * Replaces the fields that people edit. A changed text opens a new analysis.
 */
export const replaceMaterial = <ThrowOnError extends boolean = false>(options: Options<ReplaceMaterialData, ThrowOnError>): RequestResult<ReplaceMaterialResponses, ReplaceMaterialErrors, ThrowOnError> => (options.client ?? client).put<ReplaceMaterialResponses, ReplaceMaterialErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/materials/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Lists the changes of a material’s cells, newest first.
 */
export const listHistory = <ThrowOnError extends boolean = false>(options: Options<ListHistoryData, ThrowOnError>): RequestResult<ListHistoryResponses, ListHistoryErrors, ThrowOnError> => (options.client ?? client).get<ListHistoryResponses, ListHistoryErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/materials/{id}/history',
    ...options
});

/**
 * Settles a conflict: keeps the sheet’s text or the portal’s.
 */
export const resolveConflict = <ThrowOnError extends boolean = false>(options: Options<ResolveConflictData, ThrowOnError>): RequestResult<ResolveConflictResponses, ResolveConflictErrors, ThrowOnError> => (options.client ?? client).post<ResolveConflictResponses, ResolveConflictErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/materials/{id}/conflicts/{field}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Takes a URL’s registration back. For service keys.
 */
export const deleteSubscription = <ThrowOnError extends boolean = false>(options: Options<DeleteSubscriptionData, ThrowOnError>): RequestResult<DeleteSubscriptionResponses, DeleteSubscriptionErrors, ThrowOnError> => (options.client ?? client).delete<DeleteSubscriptionResponses, DeleteSubscriptionErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/webhook/subscriptions',
    ...options
});

/**
 * Lists subscriptions, or the one with a URL. For service keys.
 */
export const listSubscriptions = <ThrowOnError extends boolean = false>(options?: Options<ListSubscriptionsData, ThrowOnError>): RequestResult<ListSubscriptionsResponses, ListSubscriptionsErrors, ThrowOnError> => (options?.client ?? client).get<ListSubscriptionsResponses, ListSubscriptionsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/webhook/subscriptions',
    ...options
});

/**
 * Registers a URL for events. For service keys.
 */
export const putSubscription = <ThrowOnError extends boolean = false>(options: Options<PutSubscriptionData, ThrowOnError>): RequestResult<PutSubscriptionResponses, PutSubscriptionErrors, ThrowOnError> => (options.client ?? client).put<PutSubscriptionResponses, PutSubscriptionErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/webhook/subscriptions',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Lists people, the newest first. For admins.
 */
export const listUsers = <ThrowOnError extends boolean = false>(options?: Options<ListUsersData, ThrowOnError>): RequestResult<ListUsersResponses, ListUsersErrors, ThrowOnError> => (options?.client ?? client).get<ListUsersResponses, ListUsersErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/users',
    ...options
});

/**
 * Gives a person a role. For admins.
 */
export const setRole = <ThrowOnError extends boolean = false>(options: Options<SetRoleData, ThrowOnError>): RequestResult<SetRoleResponses, SetRoleErrors, ThrowOnError> => (options.client ?? client).patch<SetRoleResponses, SetRoleErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/users/{id}/role',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Disables a person’s account and ends its sessions. For admins.
 */
export const disableUser = <ThrowOnError extends boolean = false>(options: Options<DisableUserData, ThrowOnError>): RequestResult<DisableUserResponses, DisableUserErrors, ThrowOnError> => (options.client ?? client).post<DisableUserResponses, DisableUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/users/{id}/disable',
    ...options
});

/**
 * Enables a person’s account again. For admins.
 */
export const enableUser = <ThrowOnError extends boolean = false>(options: Options<EnableUserData, ThrowOnError>): RequestResult<EnableUserResponses, EnableUserErrors, ThrowOnError> => (options.client ?? client).post<EnableUserResponses, EnableUserErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/users/{id}/enable',
    ...options
});

/**
 * Lists the audit log, the newest first. For admins.
 */
export const listAudit = <ThrowOnError extends boolean = false>(options?: Options<ListAuditData, ThrowOnError>): RequestResult<ListAuditResponses, ListAuditErrors, ThrowOnError> => (options?.client ?? client).get<ListAuditResponses, ListAuditErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/api/audit',
    ...options
});

/**
 * Takes a signed event of n8n about a job.
 */
export const reportEvent = <ThrowOnError extends boolean = false>(options: Options<ReportEventData, ThrowOnError>): RequestResult<ReportEventResponses, ReportEventErrors, ThrowOnError> => (options.client ?? client).post<ReportEventResponses, ReportEventErrors, ThrowOnError>({
    security: [{ name: 'webhook-signature', type: 'apiKey' }],
    url: '/api/webhook/n8n',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Checks a signature of n8n, and signs the answer.
 */
export const checkSecrets = <ThrowOnError extends boolean = false>(options?: Options<CheckSecretsData, ThrowOnError>): RequestResult<CheckSecretsResponses, CheckSecretsErrors, ThrowOnError> => (options?.client ?? client).post<CheckSecretsResponses, CheckSecretsErrors, ThrowOnError>({
    security: [{ name: 'webhook-signature', type: 'apiKey' }],
    url: '/api/webhook/check',
    ...options
});
