// @ts-nocheck
// Generated from the API by `npm run build:client`: do not change it by hand.

import { client } from './client.gen.ts';
import type { Client, ClientMeta, Options as Options2, RequestResult, ServerSentEventsResult, TDataShape } from './client/index.ts';
import type { ApproveContentData, ApproveContentErrors, ApproveContentResponses, ArchiveMaterialData, ArchiveMaterialErrors, ArchiveMaterialResponses, CheckSecretsData, CheckSecretsErrors, CheckSecretsResponses, ConfirmVanishedData, ConfirmVanishedErrors, ConfirmVanishedResponses, CreateMaterialData, CreateMaterialErrors, CreateMaterialResponses, DeleteSubscriptionData, DeleteSubscriptionErrors, DeleteSubscriptionResponses, DisableUserData, DisableUserErrors, DisableUserResponses, EnableUserData, EnableUserErrors, EnableUserResponses, EndSessionData, EndSessionErrors, EndSessionResponses, GetCatalogColumnsData, GetCatalogColumnsErrors, GetCatalogColumnsResponses, GetCatalogStatusData, GetCatalogStatusErrors, GetCatalogStatusResponses, GetContentData, GetContentErrors, GetContentResponses, GetJobData, GetJobErrors, GetJobResponses, GetLivenessData, GetLivenessErrors, GetLivenessResponses, GetMaterialData, GetMaterialErrors, GetMaterialResponses, GetMeData, GetMeErrors, GetMeResponses, GetMetricsData, GetMetricsErrors, GetMetricsResponses, GetProblemData, GetProblemErrors, GetProblemResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, InviteData, InviteErrors, InviteResponses, ListAuditData, ListAuditErrors, ListAuditResponses, ListContentsData, ListContentsErrors, ListContentsResponses, ListHistoryData, ListHistoryErrors, ListHistoryResponses, ListInvitesData, ListInvitesErrors, ListInvitesResponses, ListJobsData, ListJobsErrors, ListJobsResponses, ListMaterialsData, ListMaterialsErrors, ListMaterialsResponses, ListSessionsData, ListSessionsErrors, ListSessionsResponses, ListSubscriptionsData, ListSubscriptionsErrors, ListSubscriptionsResponses, ListUsersData, ListUsersErrors, ListUsersResponses, OpenJobData, OpenJobErrors, OpenJobResponses, PutSubscriptionData, PutSubscriptionErrors, PutSubscriptionResponses, ReceiveSecurityEventData, ReceiveSecurityEventErrors, ReceiveSecurityEventResponses, RefreshData, RefreshErrors, RefreshResponses, RejectContentData, RejectContentErrors, RejectContentResponses, ReplaceMaterialData, ReplaceMaterialErrors, ReplaceMaterialResponses, ReportEventData, ReportEventErrors, ReportEventResponses, ResolveConflictData, ResolveConflictErrors, ResolveConflictResponses, RestoreMaterialData, RestoreMaterialErrors, RestoreMaterialResponses, RetryJobData, RetryJobErrors, RetryJobResponses, RetryJobsData, RetryJobsErrors, RetryJobsResponses, RevokeInviteData, RevokeInviteErrors, RevokeInviteResponses, SetRoleData, SetRoleErrors, SetRoleResponses, SignInData, SignInErrors, SignInResponses, SignOutData, SignOutErrors, SignOutResponses, StreamJobData, StreamJobErrors, StreamJobResponse, StreamJobResponses, WriteMaterialsData, WriteMaterialsErrors, WriteMaterialsResponses } from './types.gen.ts';

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
 * Gets the metrics of this instance, in the text format of Prometheus.
 */
export const getMetrics = <ThrowOnError extends boolean = false>(options?: Options<GetMetricsData, ThrowOnError>): RequestResult<GetMetricsResponses, GetMetricsErrors, ThrowOnError> => (options?.client ?? client).get<GetMetricsResponses, GetMetricsErrors, ThrowOnError>({
    security: [{
            key: 'operator',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/metrics',
    ...options
});

/**
 * Explains a problem type.
 */
export const getProblem = <ThrowOnError extends boolean = false>(options: Options<GetProblemData, ThrowOnError>): RequestResult<GetProblemResponses, GetProblemErrors, ThrowOnError> => (options.client ?? client).get<GetProblemResponses, GetProblemErrors, ThrowOnError>({ url: '/problems/{type}', ...options });

/**
 * Signs a person in with an ID token or an authorization code of Google.
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
 * Takes a security event of Google’s Cross-Account Protection (RISC).
 */
export const receiveSecurityEvent = <ThrowOnError extends boolean = false>(options: Options<ReceiveSecurityEventData, ThrowOnError>): RequestResult<ReceiveSecurityEventResponses, ReceiveSecurityEventErrors, ThrowOnError> => (options.client ?? client).post<ReceiveSecurityEventResponses, ReceiveSecurityEventErrors, ThrowOnError>({
    url: '/api/auth/risc',
    ...options,
    headers: {
        'Content-Type': 'application/secevent+jwt',
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
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/me',
    ...options
});

/**
 * Ends this session, or all sessions of the person.
 */
export const signOut = <ThrowOnError extends boolean = false>(options?: Options<SignOutData, ThrowOnError>): RequestResult<SignOutResponses, SignOutErrors, ThrowOnError> => (options?.client ?? client).post<SignOutResponses, SignOutErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/auth/logout',
    ...options
});

/**
 * Lists the person’s own sessions that are in use.
 */
export const listSessions = <ThrowOnError extends boolean = false>(options?: Options<ListSessionsData, ThrowOnError>): RequestResult<ListSessionsResponses, ListSessionsErrors, ThrowOnError> => (options?.client ?? client).get<ListSessionsResponses, ListSessionsErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/sessions',
    ...options
});

/**
 * Ends one of the person’s own sessions.
 */
export const endSession = <ThrowOnError extends boolean = false>(options: Options<EndSessionData, ThrowOnError>): RequestResult<EndSessionResponses, EndSessionErrors, ThrowOnError> => (options.client ?? client).delete<EndSessionResponses, EndSessionErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/sessions/{id}',
    ...options
});

/**
 * Reports the sync with the sheet: its state, and everything that waits for a person.
 */
export const getCatalogStatus = <ThrowOnError extends boolean = false>(options?: Options<GetCatalogStatusData, ThrowOnError>): RequestResult<GetCatalogStatusResponses, GetCatalogStatusErrors, ThrowOnError> => (options?.client ?? client).get<GetCatalogStatusResponses, GetCatalogStatusErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/catalog/status',
    ...options
});

/**
 * Lists the further columns of the catalog: those that are no fields.
 */
export const getCatalogColumns = <ThrowOnError extends boolean = false>(options?: Options<GetCatalogColumnsData, ThrowOnError>): RequestResult<GetCatalogColumnsResponses, GetCatalogColumnsErrors, ThrowOnError> => (options?.client ?? client).get<GetCatalogColumnsResponses, GetCatalogColumnsErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/catalog/columns',
    ...options
});

/**
 * Confirms that many rows were deleted on purpose. For admins.
 */
export const confirmVanished = <ThrowOnError extends boolean = false>(options?: Options<ConfirmVanishedData, ThrowOnError>): RequestResult<ConfirmVanishedResponses, ConfirmVanishedErrors, ThrowOnError> => (options?.client ?? client).post<ConfirmVanishedResponses, ConfirmVanishedErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/catalog/confirm-vanished',
    ...options
});

/**
 * Lists generated contents, newest first: approved ones and all of a teacher’s own materials, for admins all.
 */
export const listContents = <ThrowOnError extends boolean = false>(options?: Options<ListContentsData, ThrowOnError>): RequestResult<ListContentsResponses, ListContentsErrors, ThrowOnError> => (options?.client ?? client).get<ListContentsResponses, ListContentsErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/contents',
    ...options
});

/**
 * Gets a generated content with its body.
 */
export const getContent = <ThrowOnError extends boolean = false>(options: Options<GetContentData, ThrowOnError>): RequestResult<GetContentResponses, GetContentErrors, ThrowOnError> => (options.client ?? client).get<GetContentResponses, GetContentErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/contents/{id}',
    ...options
});

/**
 * Approves a draft. For the author of the material and admins.
 */
export const approveContent = <ThrowOnError extends boolean = false>(options: Options<ApproveContentData, ThrowOnError>): RequestResult<ApproveContentResponses, ApproveContentErrors, ThrowOnError> => (options.client ?? client).post<ApproveContentResponses, ApproveContentErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/contents/{id}/approve',
    ...options
});

/**
 * Rejects a draft. For the author of the material and admins.
 */
export const rejectContent = <ThrowOnError extends boolean = false>(options: Options<RejectContentData, ThrowOnError>): RequestResult<RejectContentResponses, RejectContentErrors, ThrowOnError> => (options.client ?? client).post<RejectContentResponses, RejectContentErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/contents/{id}/reject',
    ...options
});

/**
 * Lists jobs, newest first: a teacher’s own, for admins all.
 */
export const listJobs = <ThrowOnError extends boolean = false>(options?: Options<ListJobsData, ThrowOnError>): RequestResult<ListJobsResponses, ListJobsErrors, ThrowOnError> => (options?.client ?? client).get<ListJobsResponses, ListJobsErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/jobs',
    ...options
});

/**
 * Opens a job for a material or a gap. For admins and service keys.
 */
export const openJob = <ThrowOnError extends boolean = false>(options: Options<OpenJobData, ThrowOnError>): RequestResult<OpenJobResponses, OpenJobErrors, ThrowOnError> => (options.client ?? client).post<OpenJobResponses, OpenJobErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/jobs',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Starts up to 200 failed jobs again, with a result for each.
 */
export const retryJobs = <ThrowOnError extends boolean = false>(options: Options<RetryJobsData, ThrowOnError>): RequestResult<RetryJobsResponses, RetryJobsErrors, ThrowOnError> => (options.client ?? client).post<RetryJobsResponses, RetryJobsErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/jobs/bulk-retry',
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
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/jobs/{id}',
    ...options
});

/**
 * Starts a failed job again.
 */
export const retryJob = <ThrowOnError extends boolean = false>(options: Options<RetryJobData, ThrowOnError>): RequestResult<RetryJobResponses, RetryJobErrors, ThrowOnError> => (options.client ?? client).post<RetryJobResponses, RetryJobErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/jobs/{id}/retry',
    ...options
});

/**
 * Streams a job as Server-Sent Events, until it has ended.
 */
export const streamJob = <ThrowOnError extends boolean = false>(options: Options<StreamJobData, ThrowOnError, StreamJobResponse>): Promise<ServerSentEventsResult<StreamJobResponses>> => (options.client ?? client).sse.get<StreamJobResponses, StreamJobErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/jobs/{id}/events',
    ...options
});

/**
 * Lists materials, newest first. Long texts are cut.
 */
export const listMaterials = <ThrowOnError extends boolean = false>(options?: Options<ListMaterialsData, ThrowOnError>): RequestResult<ListMaterialsResponses, ListMaterialsErrors, ThrowOnError> => (options?.client ?? client).get<ListMaterialsResponses, ListMaterialsErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/materials',
    ...options
});

/**
 * Adds a material and opens the job that analyses it.
 */
export const createMaterial = <ThrowOnError extends boolean = false>(options: Options<CreateMaterialData, ThrowOnError>): RequestResult<CreateMaterialResponses, CreateMaterialErrors, ThrowOnError> => (options.client ?? client).post<CreateMaterialResponses, CreateMaterialErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/materials',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Creates, updates, archives and restores up to 500 materials, with a result for each.
 */
export const writeMaterials = <ThrowOnError extends boolean = false>(options: Options<WriteMaterialsData, ThrowOnError>): RequestResult<WriteMaterialsResponses, WriteMaterialsErrors, ThrowOnError> => (options.client ?? client).post<WriteMaterialsResponses, WriteMaterialsErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/materials/batch',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Gets a material with its analysis and its conflicts. With Accept: application/ld+json, as a LearningResource of schema.org.
 */
export const getMaterial = <ThrowOnError extends boolean = false>(options: Options<GetMaterialData, ThrowOnError>): RequestResult<GetMaterialResponses, GetMaterialErrors, ThrowOnError> => (options.client ?? client).get<GetMaterialResponses, GetMaterialErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/materials/{id}',
    ...options
});

/**
 * Replaces the fields that people edit. A changed text opens a new analysis.
 */
export const replaceMaterial = <ThrowOnError extends boolean = false>(options: Options<ReplaceMaterialData, ThrowOnError>): RequestResult<ReplaceMaterialResponses, ReplaceMaterialErrors, ThrowOnError> => (options.client ?? client).put<ReplaceMaterialResponses, ReplaceMaterialErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/materials/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Archives a material: lists leave it out, and its row stays in the sheet.
 */
export const archiveMaterial = <ThrowOnError extends boolean = false>(options: Options<ArchiveMaterialData, ThrowOnError>): RequestResult<ArchiveMaterialResponses, ArchiveMaterialErrors, ThrowOnError> => (options.client ?? client).post<ArchiveMaterialResponses, ArchiveMaterialErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/materials/{id}/archive',
    ...options
});

/**
 * Takes a material out of the archive: lists have it again.
 */
export const restoreMaterial = <ThrowOnError extends boolean = false>(options: Options<RestoreMaterialData, ThrowOnError>): RequestResult<RestoreMaterialResponses, RestoreMaterialErrors, ThrowOnError> => (options.client ?? client).post<RestoreMaterialResponses, RestoreMaterialErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/materials/{id}/restore',
    ...options
});

/**
 * Lists the changes of a material’s cells, newest first.
 */
export const listHistory = <ThrowOnError extends boolean = false>(options: Options<ListHistoryData, ThrowOnError>): RequestResult<ListHistoryResponses, ListHistoryErrors, ThrowOnError> => (options.client ?? client).get<ListHistoryResponses, ListHistoryErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/materials/{id}/history',
    ...options
});

/**
 * Settles a conflict: keeps the sheet’s text or the portal’s.
 */
export const resolveConflict = <ThrowOnError extends boolean = false>(options: Options<ResolveConflictData, ThrowOnError>): RequestResult<ResolveConflictResponses, ResolveConflictErrors, ThrowOnError> => (options.client ?? client).post<ResolveConflictResponses, ResolveConflictErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
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
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/webhook/subscriptions',
    ...options
});

/**
 * Lists subscriptions, or the one with a URL. For service keys.
 */
export const listSubscriptions = <ThrowOnError extends boolean = false>(options?: Options<ListSubscriptionsData, ThrowOnError>): RequestResult<ListSubscriptionsResponses, ListSubscriptionsErrors, ThrowOnError> => (options?.client ?? client).get<ListSubscriptionsResponses, ListSubscriptionsErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/webhook/subscriptions',
    ...options
});

/**
 * Registers a URL for events. For service keys.
 */
export const putSubscription = <ThrowOnError extends boolean = false>(options: Options<PutSubscriptionData, ThrowOnError>): RequestResult<PutSubscriptionResponses, PutSubscriptionErrors, ThrowOnError> => (options.client ?? client).put<PutSubscriptionResponses, PutSubscriptionErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
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
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/users',
    ...options
});

/**
 * Gives a person a role. For admins.
 */
export const setRole = <ThrowOnError extends boolean = false>(options: Options<SetRoleData, ThrowOnError>): RequestResult<SetRoleResponses, SetRoleErrors, ThrowOnError> => (options.client ?? client).patch<SetRoleResponses, SetRoleErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
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
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/users/{id}/disable',
    ...options
});

/**
 * Enables a person’s account again. For admins.
 */
export const enableUser = <ThrowOnError extends boolean = false>(options: Options<EnableUserData, ThrowOnError>): RequestResult<EnableUserResponses, EnableUserErrors, ThrowOnError> => (options.client ?? client).post<EnableUserResponses, EnableUserErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/users/{id}/enable',
    ...options
});

/**
 * Lists the audit log, the newest first. For admins.
 */
export const listAudit = <ThrowOnError extends boolean = false>(options?: Options<ListAuditData, ThrowOnError>): RequestResult<ListAuditResponses, ListAuditErrors, ThrowOnError> => (options?.client ?? client).get<ListAuditResponses, ListAuditErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/audit',
    ...options
});

/**
 * Lists invites, the newest first. For admins.
 */
export const listInvites = <ThrowOnError extends boolean = false>(options?: Options<ListInvitesData, ThrowOnError>): RequestResult<ListInvitesResponses, ListInvitesErrors, ThrowOnError> => (options?.client ?? client).get<ListInvitesResponses, ListInvitesErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/invites',
    ...options
});

/**
 * Invites an e-mail address for 30 days. For admins.
 */
export const invite = <ThrowOnError extends boolean = false>(options: Options<InviteData, ThrowOnError>): RequestResult<InviteResponses, InviteErrors, ThrowOnError> => (options.client ?? client).post<InviteResponses, InviteErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/invites',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Takes an invite back that nobody has used. For admins.
 */
export const revokeInvite = <ThrowOnError extends boolean = false>(options: Options<RevokeInviteData, ThrowOnError>): RequestResult<RevokeInviteResponses, RevokeInviteErrors, ThrowOnError> => (options.client ?? client).delete<RevokeInviteResponses, RevokeInviteErrors, ThrowOnError>({
    security: [{
            key: 'bearer',
            scheme: 'bearer',
            type: 'http'
        }],
    url: '/api/invites/{id}',
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
