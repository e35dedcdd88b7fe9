import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Options } from 'express-rate-limit';
import { createLogger } from '../log.ts';
import { openRedis, type Redis } from '../redis/connect.ts';
import { until } from '../../test/harness/portal.ts';
import { startRedis, withRedis, type RedisServer } from '../../test/harness/redis.ts';
import { SharedStore } from './sharedStore.ts';

withRedis('A count in Redis', () => {
  let server: RedisServer;
  let redis: Redis;
  let store: SharedStore;
  beforeAll(async () => {
    server = await startRedis();
    redis = openRedis({ url: server.url, prefix: 'test:' }, createLogger('silent'));
    store = new SharedStore(redis, 'sign-in');
    await store.init({ windowMs: 60_000 } as Options);
    await until(() => redis.send(['PING']).catch(() => undefined));
  });
  afterAll(async () => {
    redis.close();
    await server.kill();
  });

  it('makes no count without an end when a request is taken back after its minute', async () => {
    await store.decrement('203.0.113.1');
    expect(await server.keys()).toEqual([]);
  });

  it('keeps a count at zero when it is decremented once more', async () => {
    await store.increment('203.0.113.2');
    for (let time = 0; time < 3; time += 1) await store.decrement('203.0.113.2');
    expect(await store.increment('203.0.113.2')).toMatchObject({ totalHits: 1 });
  });

  it('counts on after Redis has forgotten its scripts', async () => {
    await store.increment('203.0.113.3');
    await redis.send(['SCRIPT', 'FLUSH']);
    expect(await store.increment('203.0.113.3')).toMatchObject({ totalHits: 2 });
  });

  it('keeps the counts of portals with different prefixes apart', async () => {
    const keys = await server.keys();
    expect(keys.every((key) => key.startsWith('test:limit:sign-in:'))).toBe(true);
  });
});
