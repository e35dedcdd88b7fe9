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

  it('is not made by taking one back that is over, so that none stays for ever', async () => {
    await store.decrement('203.0.113.1');
    expect(await server.keys()).toEqual([]);
  });

  it('does not go below zero', async () => {
    await store.increment('203.0.113.2');
    for (let time = 0; time < 3; time += 1) await store.decrement('203.0.113.2');
    expect(await store.increment('203.0.113.2')).toMatchObject({ totalHits: 1 });
  });

  it('goes on after Redis has forgotten its scripts', async () => {
    await store.increment('203.0.113.3');
    await redis.send(['SCRIPT', 'FLUSH']);
    expect(await store.increment('203.0.113.3')).toMatchObject({ totalHits: 2 });
  });

  it('is apart from the counts of another portal with another prefix', async () => {
    const keys = await server.keys();
    expect(keys.every((key) => key.startsWith('test:limit:sign-in:'))).toBe(true);
  });
});
