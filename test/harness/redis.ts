import { describe } from '@jest/globals';
import { isRedisInstalled } from './redisServer.ts';

export { startRedis, type RedisServer } from './redisServer.ts';

/** Why the tests with Redis are left out here; null where they run. On CI nothing is left out. */
const reason =
  !isRedisInstalled() && process.env['CI'] === undefined
    ? 'no redis-server found (install the package redis-server)'
    : null;
if (reason !== null) console.warn(`The tests with Redis are left out: ${reason}.`);

/** `describe`, where there is a Redis. */
export const withRedis = reason === null ? describe : describe.skip;
