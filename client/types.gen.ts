// @ts-nocheck
// Generated from the API by `npm run build:client`: do not change it by hand.

export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

export type User = {
    id: number;
    email: string;
    name: string;
    picture: string | null;
    role: 'teacher' | 'admin';
};

export type Session = {
    accessToken: string;
    expiresIn: number;
    refreshToken: string;
    user: User;
};

export type RunningSession = {
    id: string;
    signedInAt: string;
    refreshedAt: string;
    isCurrent: boolean;
};

export type Bilingual = {
    id: string;
    en: string;
};

export type CatalogStatus = {
    state: 'ok' | 'stopped';
    reason: {
        code: 'no_access' | 'tab_missing' | 'header' | 'emptied' | 'vanished' | 'protected' | 'full' | 'refused' | 'quota' | 'unreachable' | 'internal' | 'overdue';
        message: Bilingual;
        detail: string | null;
        since: string | null;
    } | null;
    lastSyncAt: string | null;
    pending: number;
    conflicts: number;
    problems: Array<{
        rowNumber: number | null;
        kind: string;
        message: Bilingual;
    }>;
    problemCount: number;
    unplaced: Array<{
        rowNumber: number;
        header: string;
        materialId: string | null;
        title: string;
        text: string;
        at: string;
        message: Bilingual;
    }>;
    unplacedCount: number;
    vanished: number;
    isConfirmed: boolean;
    quota: {
        readsLastMinute: number;
        writesLastMinute: number;
    } | null;
};

export type CatalogColumns = {
    further: Array<string>;
};

export type ListedContent = {
    id: string;
    materialId: string | null;
    subject: string;
    level: string;
    kind: 'lesson_plan' | 'quiz' | 'summary' | 'worksheet' | 'levels';
    title: string;
    status: 'draft' | 'approved' | 'rejected';
    jobId: string;
    decidedBy: number | null;
    decidedAt: string | null;
    createdAt: string;
    updatedAt: string;
};

export type Content = {
    id: string;
    materialId: string | null;
    subject: string;
    level: string;
    kind: 'lesson_plan' | 'quiz' | 'summary' | 'worksheet' | 'levels';
    title: string;
    status: 'draft' | 'approved' | 'rejected';
    jobId: string;
    decidedBy: number | null;
    decidedAt: string | null;
    createdAt: string;
    updatedAt: string;
    body: {
        [key: string]: unknown;
    };
};

export type ListedJob = {
    id: string;
    kind: 'analyze' | 'generate';
    materialId: string | null;
    options: {
        [key: string]: unknown;
    };
    status: 'PROCESSING' | 'COMPLETED' | 'FAILED';
    progress: number;
    error: {
        code: 'model_unavailable' | 'model_quota' | 'model_refused' | 'model_key' | 'model_not_found' | 'answer_invalid' | 'material_gone' | 'workflow_error' | 'workflow_silent' | 'workflow_absent';
        message: {
            id: string;
            en: string;
        };
        detail: string;
    } | null;
    attempt: number;
    executionId: string | null;
    createdAt: string;
    updatedAt: string;
    startedAt?: string;
    endedAt?: string;
};

export type BulkRetryResult = {
    id: string;
    status: 'retried' | 'refused';
    job: ListedJob | null;
    problem?: ItemProblem;
};

export type ItemProblem = {
    type: string;
    title: string;
    status: number;
    detail: string;
    errors?: Array<{
        path: string;
        message: string;
    }>;
};

export type BulkRetryAnswer = {
    counts: {
        retried: number;
        refused: number;
    };
    results: Array<BulkRetryResult>;
};

export type BulkRetry = {
    ids: Array<string>;
};

export type Job = {
    id: string;
    kind: 'analyze' | 'generate';
    materialId: string | null;
    options: {
        [key: string]: unknown;
    };
    status: 'PROCESSING' | 'COMPLETED' | 'FAILED';
    progress: number;
    error: {
        code: 'model_unavailable' | 'model_quota' | 'model_refused' | 'model_key' | 'model_not_found' | 'answer_invalid' | 'material_gone' | 'workflow_error' | 'workflow_silent' | 'workflow_absent';
        message: {
            id: string;
            en: string;
        };
        detail: string;
    } | null;
    attempt: number;
    executionId: string | null;
    createdAt: string;
    updatedAt: string;
    startedAt?: string;
    endedAt?: string;
    result: {
        [key: string]: unknown;
    } | null;
};

export type NewJob = {
    kind: 'analyze';
    materialId: string;
    executionId?: string;
} | {
    kind: 'generate';
    materialId?: string;
    options: {
        content: 'lesson_plan' | 'quiz' | 'summary' | 'worksheet' | 'levels';
        gap?: {
            subject: string;
            level: 'Fase Fondasi' | 'Fase A' | 'Fase B' | 'Fase C' | 'Fase D' | 'Fase E' | 'Fase F';
        };
    };
    executionId?: string;
};

export type ListedMaterial = {
    id: string;
    subject: string;
    title: string;
    description: string;
    type: string;
    level: string;
    theme: string;
    subtheme: string;
    url: string;
    metadata?: {
        [key: string]: string;
    };
    aiSummary: string;
    aiStatus: string;
    aiSource: string;
    createdAt: string;
    updatedAt: string;
    archivedAt: string | null;
    cut: Array<string>;
};

export type Material = {
    id: string;
    subject: string;
    title: string;
    description: string;
    type: string;
    level: string;
    theme: string;
    subtheme: string;
    url: string;
    metadata: {
        [key: string]: string;
    };
    aiSummary: string;
    aiStatus: string;
    aiSource: string;
    createdAt: string;
    updatedAt: string;
    archivedAt: string | null;
};

export type NewMaterial = {
    subject: string;
    title: string;
    description?: string;
    type: string;
    level: string;
    theme?: string;
    subtheme?: string;
    url?: string;
    metadata?: {
        [key: string]: string;
    };
};

export type BatchResult = {
    index: number;
    status: 'created' | 'updated' | 'archived' | 'restored' | 'unchanged' | 'skipped' | 'failed';
    material: ListedMaterial | null;
    etag: string | null;
    changed: Array<string>;
    changes?: Array<{
        field: string;
        before: string | null;
        after: string | null;
    }>;
    job: {
        id: string;
    } | null;
    problem?: ItemProblem;
};

export type MaterialBatchAnswer = {
    dryRun: boolean;
    counts: {
        created: number;
        updated: number;
        archived: number;
        restored: number;
        unchanged: number;
        skipped: number;
        failed: number;
    };
    results: Array<BatchResult>;
};

export type MaterialBatch = {
    dryRun?: boolean;
    allOrNothing?: boolean;
    skipMissing?: boolean;
    whole?: boolean;
    execution?: string;
    matchBy?: Array<'subject' | 'title' | 'description' | 'type' | 'level' | 'theme' | 'subtheme' | 'url'>;
    items: Array<{
        operation: 'create' | 'update' | 'createOrUpdate' | 'archive' | 'restore';
        id?: string;
        ifMatch?: string;
        material?: {
            subject?: string;
            title?: string;
            description?: string;
            type?: string;
            level?: string;
            theme?: string;
            subtheme?: string;
            url?: string;
            metadata?: {
                [key: string]: string;
            };
        };
    }>;
};

export type LearningResource = {
    '@context': 'https://schema.org';
    '@type': 'LearningResource';
    '@id': string;
    identifier: string;
    name: string;
    description?: string;
    abstract?: string;
    learningResourceType?: string;
    educationalLevel?: string;
    about: Array<{
        '@type': 'Thing';
        name: string;
    }>;
    inLanguage: 'id';
    url?: string;
    creativeWorkStatus?: 'Archived';
    dateCreated: string;
    dateModified: string;
};

export type ShownAnalysis = {
    jobId: string;
    completedAt: string | null;
    [key: string]: unknown;
};

export type Conflict = {
    sheet: string;
    portal: string;
    at: string;
};

export type Change = {
    id: string;
    at: string;
    actor: string;
    actorName: string | null;
    field: string;
    before: string | null;
    after: string | null;
    revision: number | null;
    execution: string | null;
};

export type Subscription = {
    id: string;
    url: string;
    eventTypes: Array<'material.created' | 'material.updated' | 'job.requested'>;
    kinds: Array<'analyze' | 'generate'>;
    test: boolean;
    claims: Array<'analyze' | 'generate'>;
    workflow: {
        instanceId: string;
        id: string;
        name: string;
        nodeId: string;
    } | null;
    createdAt: string;
    lastDelivery: {
        at: string;
        status: number | null;
        error: string | null;
    } | null;
    circuit: {
        state: 'closed' | 'open';
        misses: number;
        probeAt: string | null;
    };
};

export type ListedUser = {
    id: number;
    email: string;
    name: string;
    picture: string | null;
    role: 'teacher' | 'admin';
    createdAt: string;
    disabledAt: string | null;
};

export type AuditEntry = {
    id: number;
    at: string;
    actor: string;
    action: string;
    subject: string;
    details: {
        [key: string]: unknown;
    };
};

export type Invite = {
    id: number;
    email: string;
    role: 'teacher' | 'admin';
    invitedBy: number | null;
    createdAt: string;
    expiresAt: string;
    usedAt: string | null;
    usedBy: number | null;
};

export type Problem = {
    type: string;
    title: string;
    status: number;
    detail: string;
    errors?: Array<{
        path: string;
        message: string;
    }>;
    requestId: string;
};

export type GetLivenessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/livez';
};

export type GetLivenessErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type GetLivenessError = GetLivenessErrors[keyof GetLivenessErrors];

export type GetLivenessResponses = {
    /**
     * OK
     */
    200: {
        status: 'alive';
    };
};

export type GetLivenessResponse = GetLivenessResponses[keyof GetLivenessResponses];

export type GetReadinessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/readyz';
};

export type GetReadinessErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type GetReadinessError = GetReadinessErrors[keyof GetReadinessErrors];

export type GetReadinessResponses = {
    /**
     * OK
     */
    200: {
        status: 'ready';
    };
};

export type GetReadinessResponse = GetReadinessResponses[keyof GetReadinessResponses];

export type GetMetricsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/metrics';
};

export type GetMetricsErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type GetMetricsError = GetMetricsErrors[keyof GetMetricsErrors];

export type GetMetricsResponses = {
    /**
     * OK
     */
    200: string;
};

export type GetMetricsResponse = GetMetricsResponses[keyof GetMetricsResponses];

export type GetProblemData = {
    body?: never;
    path: {
        type: string;
    };
    query?: never;
    url: '/problems/{type}';
};

export type GetProblemErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type GetProblemError = GetProblemErrors[keyof GetProblemErrors];

export type GetProblemResponses = {
    /**
     * OK
     */
    200: {
        type: string;
        status: number;
        title: string;
        advice: string;
        indonesian: {
            title: string;
            advice: string;
        };
    };
};

export type GetProblemResponse = GetProblemResponses[keyof GetProblemResponses];

export type SignInData = {
    body: {
        idToken: string;
        nonce?: string;
    } | {
        code: string;
        codeVerifier: string;
        redirectUri: string;
        nonce?: string;
    };
    path?: never;
    query?: never;
    url: '/api/auth/google';
};

export type SignInErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * The token was refused. The authorization code was refused.
     */
    401: Problem;
    /**
     * Sign-in by authorization code is off. The address is not invited. The account is disabled.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment. Google cannot be reached.
     */
    503: Problem;
};

export type SignInError = SignInErrors[keyof SignInErrors];

export type SignInResponses = {
    /**
     * OK
     */
    200: Session;
};

export type SignInResponse = SignInResponses[keyof SignInResponses];

export type ReceiveSecurityEventData = {
    body: string;
    path?: never;
    query?: never;
    url: '/api/auth/risc';
};

export type ReceiveSecurityEventErrors = {
    /**
     * The request cannot be read.
     */
    400: {
        err: 'invalid_request' | 'invalid_key' | 'invalid_issuer' | 'invalid_audience';
        description: string;
    };
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment. Google cannot be reached.
     */
    503: Problem;
};

export type ReceiveSecurityEventError = ReceiveSecurityEventErrors[keyof ReceiveSecurityEventErrors];

export type ReceiveSecurityEventResponses = {
    /**
     * Accepted
     */
    202: unknown;
};

export type RefreshData = {
    body: {
        refreshToken: string;
    };
    path?: never;
    query?: never;
    url: '/api/auth/refresh';
};

export type RefreshErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * The token was refused. The sign-in has expired, has been used already, or is for another school. Sign in again. Its type is /problems/token-refused.
     */
    401: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type RefreshError = RefreshErrors[keyof RefreshErrors];

export type RefreshResponses = {
    /**
     * OK
     */
    200: Session;
};

export type RefreshResponse = RefreshResponses[keyof RefreshResponses];

export type GetMeData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/me';
};

export type GetMeErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type GetMeError = GetMeErrors[keyof GetMeErrors];

export type GetMeResponses = {
    /**
     * OK
     */
    200: {
        user: User;
    };
};

export type GetMeResponse = GetMeResponses[keyof GetMeResponses];

export type SignOutData = {
    body?: never;
    path?: never;
    query?: {
        everywhere?: 'true' | 'false';
    };
    url: '/api/auth/logout';
};

export type SignOutErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type SignOutError = SignOutErrors[keyof SignOutErrors];

export type SignOutResponses = {
    /**
     * No Content
     */
    204: void;
};

export type SignOutResponse = SignOutResponses[keyof SignOutResponses];

export type ListSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/sessions';
};

export type ListSessionsErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ListSessionsError = ListSessionsErrors[keyof ListSessionsErrors];

export type ListSessionsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<RunningSession>;
    };
};

export type ListSessionsResponse = ListSessionsResponses[keyof ListSessionsResponses];

export type EndSessionData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/sessions/{id}';
};

export type EndSessionErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type EndSessionError = EndSessionErrors[keyof EndSessionErrors];

export type EndSessionResponses = {
    /**
     * No Content
     */
    204: void;
};

export type EndSessionResponse = EndSessionResponses[keyof EndSessionResponses];

export type GetCatalogStatusData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/catalog/status';
};

export type GetCatalogStatusErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type GetCatalogStatusError = GetCatalogStatusErrors[keyof GetCatalogStatusErrors];

export type GetCatalogStatusResponses = {
    /**
     * OK
     */
    200: CatalogStatus;
};

export type GetCatalogStatusResponse = GetCatalogStatusResponses[keyof GetCatalogStatusResponses];

export type GetCatalogColumnsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/catalog/columns';
};

export type GetCatalogColumnsErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type GetCatalogColumnsError = GetCatalogColumnsErrors[keyof GetCatalogColumnsErrors];

export type GetCatalogColumnsResponses = {
    /**
     * OK
     */
    200: CatalogColumns;
};

export type GetCatalogColumnsResponse = GetCatalogColumnsResponses[keyof GetCatalogColumnsResponses];

export type ConfirmVanishedData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/catalog/confirm-vanished';
};

export type ConfirmVanishedErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * Nothing waits to be confirmed. Load the catalog’s status again: somebody else may have confirmed it. Its type is /problems/nothing-to-confirm.
     */
    409: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ConfirmVanishedError = ConfirmVanishedErrors[keyof ConfirmVanishedErrors];

export type ConfirmVanishedResponses = {
    /**
     * OK
     */
    200: CatalogStatus;
};

export type ConfirmVanishedResponse = ConfirmVanishedResponses[keyof ConfirmVanishedResponses];

export type ListContentsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
        status?: 'draft' | 'approved' | 'rejected';
        kind?: 'lesson_plan' | 'quiz' | 'summary' | 'worksheet' | 'levels';
        materialId?: string;
        subject?: string;
        level?: string;
    };
    url: '/api/contents';
};

export type ListContentsErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ListContentsError = ListContentsErrors[keyof ListContentsErrors];

export type ListContentsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<ListedContent>;
        nextCursor: string | null;
    };
};

export type ListContentsResponse = ListContentsResponses[keyof ListContentsResponses];

export type GetContentData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/contents/{id}';
};

export type GetContentErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type GetContentError = GetContentErrors[keyof GetContentErrors];

export type GetContentResponses = {
    /**
     * OK
     */
    200: Content;
};

export type GetContentResponse = GetContentResponses[keyof GetContentResponses];

export type ApproveContentData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/contents/{id}/approve';
};

export type ApproveContentErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The content has been decided already. Nothing was changed. Load it again to see who approved or rejected it. Its type is /problems/content-decided.
     */
    409: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ApproveContentError = ApproveContentErrors[keyof ApproveContentErrors];

export type ApproveContentResponses = {
    /**
     * OK
     */
    200: Content;
};

export type ApproveContentResponse = ApproveContentResponses[keyof ApproveContentResponses];

export type RejectContentData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/contents/{id}/reject';
};

export type RejectContentErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The content has been decided already. Nothing was changed. Load it again to see who approved or rejected it. Its type is /problems/content-decided.
     */
    409: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type RejectContentError = RejectContentErrors[keyof RejectContentErrors];

export type RejectContentResponses = {
    /**
     * OK
     */
    200: Content;
};

export type RejectContentResponse = RejectContentResponses[keyof RejectContentResponses];

export type ListJobsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
        status?: 'PROCESSING' | 'COMPLETED' | 'FAILED';
        kind?: 'analyze' | 'generate';
        materialId?: string;
    };
    url: '/api/jobs';
};

export type ListJobsErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ListJobsError = ListJobsErrors[keyof ListJobsErrors];

export type ListJobsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<ListedJob>;
        nextCursor: string | null;
    };
};

export type ListJobsResponse = ListJobsResponses[keyof ListJobsResponses];

export type OpenJobData = {
    body: NewJob;
    headers?: {
        /**
         * A request with the same key and body gets the first answer again, for 24 hours.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/jobs';
};

export type OpenJobErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The same request is being answered. Another job is open.
     */
    409: Problem;
    /**
     * Deleted. It was deleted in the sheet. If its row comes back there, it comes back here. Its type is /problems/gone.
     */
    410: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The idempotency key was used for something else.
     */
    422: Problem;
    /**
     * Too many open jobs. Too many requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type OpenJobError = OpenJobErrors[keyof OpenJobErrors];

export type OpenJobResponses = {
    /**
     * Created
     */
    201: Job;
};

export type OpenJobResponse = OpenJobResponses[keyof OpenJobResponses];

export type RetryJobsData = {
    body: BulkRetry;
    path?: never;
    query?: never;
    url: '/api/jobs/bulk-retry';
};

export type RetryJobsErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type RetryJobsError = RetryJobsErrors[keyof RetryJobsErrors];

export type RetryJobsResponses = {
    /**
     * OK
     */
    200: BulkRetryAnswer;
};

export type RetryJobsResponse = RetryJobsResponses[keyof RetryJobsResponses];

export type GetJobData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/jobs/{id}';
};

export type GetJobErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type GetJobError = GetJobErrors[keyof GetJobErrors];

export type GetJobResponses = {
    /**
     * OK
     */
    200: Job;
};

export type GetJobResponse = GetJobResponses[keyof GetJobResponses];

export type RetryJobData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/jobs/{id}/retry';
};

export type RetryJobErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The job has not failed. Another job is open.
     */
    409: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many open jobs. Too many requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type RetryJobError = RetryJobErrors[keyof RetryJobErrors];

export type RetryJobResponses = {
    /**
     * OK
     */
    200: Job;
};

export type RetryJobResponse = RetryJobResponses[keyof RetryJobResponses];

export type StreamJobData = {
    body?: never;
    headers?: {
        /**
         * The id of the last event that arrived.
         */
        'Last-Event-ID'?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/jobs/{id}/events';
};

export type StreamJobErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many open streams. Too many requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type StreamJobError = StreamJobErrors[keyof StreamJobErrors];

export type StreamJobResponses = {
    /**
     * OK
     */
    200: string;
    /**
     * No Content
     */
    204: void;
};

export type StreamJobResponse = StreamJobResponses[keyof StreamJobResponses];

export type ListMaterialsData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
        /**
         * `metadata`: with further columns. `whole`: with these, and no text is cut.
         */
        include?: 'metadata' | 'whole';
        q?: string;
        subject?: string | Array<string>;
        level?: string | Array<string>;
        type?: string | Array<string>;
        theme?: string | Array<string>;
        subtheme?: string | Array<string>;
        analysis?: 'none' | 'completed' | 'failed';
        sort?: 'newest' | 'relevance';
        /**
         * With `true`, archived materials are listed and counted as well; without, they are left out.
         */
        archived?: 'true' | 'false';
        facets?: 'true' | 'false';
    };
    url: '/api/materials';
};

export type ListMaterialsErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ListMaterialsError = ListMaterialsErrors[keyof ListMaterialsErrors];

export type ListMaterialsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<ListedMaterial>;
        nextCursor: string | null;
        total?: number;
        facets?: {
            subject: Array<{
                value: string;
                count: number;
            }>;
            level: Array<{
                value: string;
                count: number;
            }>;
            type: Array<{
                value: string;
                count: number;
            }>;
            theme: Array<{
                value: string;
                count: number;
            }>;
            subtheme: Array<{
                value: string;
                count: number;
            }>;
            analysis: Array<{
                value: string;
                count: number;
            }>;
        };
        corrections?: Array<{
            from: string;
            to: Array<string>;
        }>;
    };
};

export type ListMaterialsResponse = ListMaterialsResponses[keyof ListMaterialsResponses];

export type CreateMaterialData = {
    body: NewMaterial;
    headers?: {
        /**
         * A request with the same key and body gets the first answer again, for 24 hours.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/materials';
};

export type CreateMaterialErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The same request is being answered. Send the request again in a moment with the same Idempotency-Key. Its type is /problems/key-in-flight.
     */
    409: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The idempotency key was used for something else.
     */
    422: Problem;
    /**
     * Too many open jobs. Too many requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type CreateMaterialError = CreateMaterialErrors[keyof CreateMaterialErrors];

export type CreateMaterialResponses = {
    /**
     * Created
     */
    201: {
        material: Material;
        job: Job;
    };
};

export type CreateMaterialResponse = CreateMaterialResponses[keyof CreateMaterialResponses];

export type WriteMaterialsData = {
    body: MaterialBatch;
    headers?: {
        /**
         * A request with the same key and body gets the first answer again, for 24 hours.
         */
        'Idempotency-Key'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/materials/batch';
};

export type WriteMaterialsErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The same request is being answered. Send the request again in a moment with the same Idempotency-Key. Its type is /problems/key-in-flight.
     */
    409: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The idempotency key was used for something else.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type WriteMaterialsError = WriteMaterialsErrors[keyof WriteMaterialsErrors];

export type WriteMaterialsResponses = {
    /**
     * OK
     */
    200: MaterialBatchAnswer;
};

export type WriteMaterialsResponse = WriteMaterialsResponses[keyof WriteMaterialsResponses];

export type GetMaterialData = {
    body?: never;
    headers?: {
        /**
         * The answer is 304 if it is still this ETag.
         */
        'If-None-Match'?: string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/materials/{id}';
};

export type GetMaterialErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * Deleted. It was deleted in the sheet. If its row comes back there, it comes back here. Its type is /problems/gone.
     */
    410: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type GetMaterialError = GetMaterialErrors[keyof GetMaterialErrors];

export type GetMaterialResponses = {
    /**
     * OK
     */
    200: {
        material: Material;
        analysis: ShownAnalysis | null;
        conflicts: {
            [key: string]: Conflict;
        };
    };
};

export type GetMaterialResponse = GetMaterialResponses[keyof GetMaterialResponses];

export type ReplaceMaterialData = {
    body: NewMaterial;
    headers: {
        /**
         * The ETag of the material that was read.
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/materials/{id}';
};

export type ReplaceMaterialErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * Deleted. It was deleted in the sheet. If its row comes back there, it comes back here. Its type is /problems/gone.
     */
    410: Problem;
    /**
     * It was changed in between. Somebody else has changed it. Load it again, make your change, and save. Its type is /problems/stale.
     */
    412: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * If-Match is required. Read the material first, and send its ETag as If-Match with the change. Its type is /problems/if-match-required.
     */
    428: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ReplaceMaterialError = ReplaceMaterialErrors[keyof ReplaceMaterialErrors];

export type ReplaceMaterialResponses = {
    /**
     * OK
     */
    200: {
        material: Material;
        job: Job | null;
    };
};

export type ReplaceMaterialResponse = ReplaceMaterialResponses[keyof ReplaceMaterialResponses];

export type ArchiveMaterialData = {
    body?: never;
    headers: {
        /**
         * The ETag of the material that was read.
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/materials/{id}/archive';
};

export type ArchiveMaterialErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * Deleted. It was deleted in the sheet. If its row comes back there, it comes back here. Its type is /problems/gone.
     */
    410: Problem;
    /**
     * It was changed in between. Somebody else has changed it. Load it again, make your change, and save. Its type is /problems/stale.
     */
    412: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * If-Match is required. Read the material first, and send its ETag as If-Match with the change. Its type is /problems/if-match-required.
     */
    428: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ArchiveMaterialError = ArchiveMaterialErrors[keyof ArchiveMaterialErrors];

export type ArchiveMaterialResponses = {
    /**
     * OK
     */
    200: {
        material: Material;
    };
};

export type ArchiveMaterialResponse = ArchiveMaterialResponses[keyof ArchiveMaterialResponses];

export type RestoreMaterialData = {
    body?: never;
    headers: {
        /**
         * The ETag of the material that was read.
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/materials/{id}/restore';
};

export type RestoreMaterialErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * Deleted. It was deleted in the sheet. If its row comes back there, it comes back here. Its type is /problems/gone.
     */
    410: Problem;
    /**
     * It was changed in between. Somebody else has changed it. Load it again, make your change, and save. Its type is /problems/stale.
     */
    412: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * If-Match is required. Read the material first, and send its ETag as If-Match with the change. Its type is /problems/if-match-required.
     */
    428: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type RestoreMaterialError = RestoreMaterialErrors[keyof RestoreMaterialErrors];

export type RestoreMaterialResponses = {
    /**
     * OK
     */
    200: {
        material: Material;
    };
};

export type RestoreMaterialResponse = RestoreMaterialResponses[keyof RestoreMaterialResponses];

export type ListHistoryData = {
    body?: never;
    path: {
        id: string;
    };
    query?: {
        limit?: number;
        cursor?: string;
    };
    url: '/api/materials/{id}/history';
};

export type ListHistoryErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ListHistoryError = ListHistoryErrors[keyof ListHistoryErrors];

export type ListHistoryResponses = {
    /**
     * OK
     */
    200: {
        items: Array<Change>;
        nextCursor: string | null;
    };
};

export type ListHistoryResponse = ListHistoryResponses[keyof ListHistoryResponses];

export type ResolveConflictData = {
    body: {
        keep: 'sheet' | 'portal';
    };
    path: {
        id: string;
        field: string;
    };
    query?: never;
    url: '/api/materials/{id}/conflicts/{field}';
};

export type ResolveConflictErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * Deleted. It was deleted in the sheet. If its row comes back there, it comes back here. Its type is /problems/gone.
     */
    410: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ResolveConflictError = ResolveConflictErrors[keyof ResolveConflictErrors];

export type ResolveConflictResponses = {
    /**
     * OK
     */
    200: {
        material: Material;
        job: Job | null;
        conflicts: {
            [key: string]: Conflict;
        };
    };
};

export type ResolveConflictResponse = ResolveConflictResponses[keyof ResolveConflictResponses];

export type DeleteSubscriptionData = {
    body?: never;
    path?: never;
    query: {
        url: string;
    };
    url: '/api/webhook/subscriptions';
};

export type DeleteSubscriptionErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type DeleteSubscriptionError = DeleteSubscriptionErrors[keyof DeleteSubscriptionErrors];

export type DeleteSubscriptionResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DeleteSubscriptionResponse = DeleteSubscriptionResponses[keyof DeleteSubscriptionResponses];

export type ListSubscriptionsData = {
    body?: never;
    path?: never;
    query?: {
        url?: string;
    };
    url: '/api/webhook/subscriptions';
};

export type ListSubscriptionsErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ListSubscriptionsError = ListSubscriptionsErrors[keyof ListSubscriptionsErrors];

export type ListSubscriptionsResponses = {
    /**
     * OK
     */
    200: {
        items: Array<Subscription>;
    };
};

export type ListSubscriptionsResponse = ListSubscriptionsResponses[keyof ListSubscriptionsResponses];

export type PutSubscriptionData = {
    body: {
        url: string;
        eventTypes: Array<'material.created' | 'material.updated' | 'job.requested'>;
        kinds?: Array<'analyze' | 'generate'>;
        test?: boolean;
        takeOver?: boolean;
        workflow?: {
            instanceId: string;
            id: string;
            name: string;
            nodeId: string;
        } | null;
    };
    path?: never;
    query?: never;
    url: '/api/webhook/subscriptions';
};

export type PutSubscriptionErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * Another workflow takes these jobs. Unpublish the other workflow first, or let this one take over in the trigger’s options. Its type is /problems/kind-taken.
     */
    409: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type PutSubscriptionError = PutSubscriptionErrors[keyof PutSubscriptionErrors];

export type PutSubscriptionResponses = {
    /**
     * OK
     */
    200: {
        subscription: Subscription;
    };
};

export type PutSubscriptionResponse = PutSubscriptionResponses[keyof PutSubscriptionResponses];

export type ListUsersData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
    };
    url: '/api/users';
};

export type ListUsersErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ListUsersError = ListUsersErrors[keyof ListUsersErrors];

export type ListUsersResponses = {
    /**
     * OK
     */
    200: {
        items: Array<ListedUser>;
        nextCursor: string | null;
    };
};

export type ListUsersResponse = ListUsersResponses[keyof ListUsersResponses];

export type SetRoleData = {
    body: {
        role: 'teacher' | 'admin';
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/users/{id}/role';
};

export type SetRoleErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The last admin. The portal needs an admin. Make another person an admin first. Its type is /problems/last-admin.
     */
    409: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type SetRoleError = SetRoleErrors[keyof SetRoleErrors];

export type SetRoleResponses = {
    /**
     * OK
     */
    200: {
        user: ListedUser;
    };
};

export type SetRoleResponse = SetRoleResponses[keyof SetRoleResponses];

export type DisableUserData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/users/{id}/disable';
};

export type DisableUserErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The last admin. The portal needs an admin. Make another person an admin first. Its type is /problems/last-admin.
     */
    409: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type DisableUserError = DisableUserErrors[keyof DisableUserErrors];

export type DisableUserResponses = {
    /**
     * OK
     */
    200: {
        user: ListedUser;
    };
};

export type DisableUserResponse = DisableUserResponses[keyof DisableUserResponses];

export type EnableUserData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/users/{id}/enable';
};

export type EnableUserErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type EnableUserError = EnableUserErrors[keyof EnableUserErrors];

export type EnableUserResponses = {
    /**
     * OK
     */
    200: {
        user: ListedUser;
    };
};

export type EnableUserResponse = EnableUserResponses[keyof EnableUserResponses];

export type ListAuditData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
    };
    url: '/api/audit';
};

export type ListAuditErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ListAuditError = ListAuditErrors[keyof ListAuditErrors];

export type ListAuditResponses = {
    /**
     * OK
     */
    200: {
        items: Array<AuditEntry>;
        nextCursor: string | null;
    };
};

export type ListAuditResponse = ListAuditResponses[keyof ListAuditResponses];

export type ListInvitesData = {
    body?: never;
    path?: never;
    query?: {
        limit?: number;
        cursor?: string;
    };
    url: '/api/invites';
};

export type ListInvitesErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ListInvitesError = ListInvitesErrors[keyof ListInvitesErrors];

export type ListInvitesResponses = {
    /**
     * OK
     */
    200: {
        items: Array<Invite>;
        nextCursor: string | null;
    };
};

export type ListInvitesResponse = ListInvitesResponses[keyof ListInvitesResponses];

export type InviteData = {
    body: {
        email: string;
        role?: 'teacher' | 'admin';
    };
    path?: never;
    query?: never;
    url: '/api/invites';
};

export type InviteErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type InviteError = InviteErrors[keyof InviteErrors];

export type InviteResponses = {
    /**
     * Created
     */
    201: {
        invite: Invite;
    };
};

export type InviteResponse = InviteResponses[keyof InviteResponses];

export type RevokeInviteData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/invites/{id}';
};

export type RevokeInviteErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * Not signed in. Sign in again. A program sends Authorization: Bearer with an access token or a service key. Its type is /problems/not-signed-in.
     */
    401: Problem;
    /**
     * Not allowed. Your role does not allow this. Ask an admin of the portal. Its type is /problems/forbidden.
     */
    403: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The invite has been used. The person is already here. An admin can disable the account. Its type is /problems/invite-used.
     */
    409: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type RevokeInviteError = RevokeInviteErrors[keyof RevokeInviteErrors];

export type RevokeInviteResponses = {
    /**
     * No Content
     */
    204: void;
};

export type RevokeInviteResponse = RevokeInviteResponses[keyof RevokeInviteResponses];

export type ReportEventData = {
    body: {
        type: 'job.started';
        timestamp: string;
        data: {
            jobId: string;
            attempt: number;
            executionId: string;
        };
    } | {
        type: 'job.progress';
        timestamp: string;
        data: {
            jobId: string;
            attempt: number;
            executionId: string;
            progress: number;
        };
    } | {
        type: 'job.completed';
        timestamp: string;
        data: {
            jobId: string;
            attempt: number;
            executionId: string;
            result: unknown;
        };
    } | {
        type: 'job.failed';
        timestamp: string;
        data: {
            jobId?: string;
            attempt?: number;
            executionId: string;
            error: {
                code: 'model_unavailable' | 'model_quota' | 'model_refused' | 'model_key' | 'model_not_found' | 'answer_invalid' | 'material_gone' | 'workflow_error' | 'workflow_silent' | 'workflow_absent';
                message: string;
                retryable: boolean;
            };
        };
    } | {
        type: 'trigger.started';
        timestamp: string;
        data: {
            instanceId: string;
            workflowId: string;
            runningForMs: number;
        };
    };
    path?: never;
    query?: never;
    url: '/api/webhook/n8n';
};

export type ReportEventErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * The request is not signed. Compare the signing secrets of the n8n credential with those of the API, and the clocks of both servers. Its type is /problems/not-signed.
     */
    401: Problem;
    /**
     * Not found. Check the address and the id. It may belong to somebody else. Its type is /problems/not-found.
     */
    404: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The job has ended. Another execution has claimed the job. The job has not been claimed. The attempt is over.
     */
    409: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type ReportEventError = ReportEventErrors[keyof ReportEventErrors];

export type ReportEventResponses = {
    /**
     * OK
     */
    200: {
        job: {
            id: string;
            kind: 'analyze' | 'generate';
            attempt: number;
            options: {
                [key: string]: unknown;
            };
            status: 'PROCESSING' | 'COMPLETED' | 'FAILED';
        };
    } | {
        released: number;
    };
};

export type ReportEventResponse = ReportEventResponses[keyof ReportEventResponses];

export type CheckSecretsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/webhook/check';
};

export type CheckSecretsErrors = {
    /**
     * The request cannot be read. The detail says which part of the request is malformed. Correct it and send it again. Its type is /problems/malformed.
     */
    400: Problem;
    /**
     * The request is not signed. Compare the signing secrets of the n8n credential with those of the API, and the clocks of both servers. Its type is /problems/not-signed.
     */
    401: Problem;
    /**
     * The request took too long to arrive. The headers or the body did not arrive in time. Send the whole request at once. Its type is /problems/request-timeout.
     */
    408: Problem;
    /**
     * The request is too large. Send less at once: shorter texts or fewer items. Its type is /problems/too-large.
     */
    413: Problem;
    /**
     * Not JSON. Send the body as JSON in UTF-8, uncompressed, with Content-Type: application/json. Its type is /problems/unsupported-media-type.
     */
    415: Problem;
    /**
     * The expectation cannot be met. The header Expect may only be 100-continue. Send the request without it. Its type is /problems/expectation-failed.
     */
    417: Problem;
    /**
     * Some fields are not valid. The errors name each field and what is wrong with it. Correct them and send again. Its type is /problems/invalid.
     */
    422: Problem;
    /**
     * Too many requests. Wait as many seconds as Retry-After says, then send fewer requests a minute. Its type is /problems/too-many-requests.
     */
    429: Problem;
    /**
     * The headers or the address are too large. The address and the headers may have 16 KB together. Send less. Its type is /problems/headers-too-large.
     */
    431: Problem;
    /**
     * Something went wrong. Internal error. Send the request id to your administrator. Its type is /problems/internal.
     */
    500: Problem;
    /**
     * Not available at the moment. Too much to do at the moment.
     */
    503: Problem;
};

export type CheckSecretsError = CheckSecretsErrors[keyof CheckSecretsErrors];

export type CheckSecretsResponses = {
    /**
     * OK
     */
    200: {
        accepted: true;
    };
};

export type CheckSecretsResponse = CheckSecretsResponses[keyof CheckSecretsResponses];
