/**
 * n8n 2.41 supports PostgreSQL 17 and newer, and 16 for a while (`postgres-version-policy` of its
 * package @n8n/db). On an older one it runs, says so in its log, and is not tested by its makers.
 */
export const OLDEST_FOR_N8N = 17;

/** The oldest version that the API is tested with. */
export const OLDEST_FOR_API = 14;
