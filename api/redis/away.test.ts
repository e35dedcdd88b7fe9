import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { createLogger } from '../log.ts';
import { startPortal } from '../start.ts';
import { call, startHarness, until, type Harness } from '../../test/harness/portal.ts';
import { startRedis, withRedis, type RedisServer } from '../../test/harness/redis.ts';

const USER_LIMIT = 50;
const AWAY = 'Redis is away: this instance counts alone';
const BACK = 'Redis is back';

withRedis('An instance that counts in Redis', () => {
  let redis: RedisServer;
  let harness: Harness;
  let token: string;
  let lines: string[] = [];
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.kill());
  beforeEach(async () => {
    lines = [];
    const log = createLogger('info', { write: (line) => void lines.push(line) });
    harness = await startHarness({
      log,
      config: {
        rateLimits: { user: USER_LIMIT, service: 0, address: 0, signIn: 0 },
        redis: { url: redis.url, prefix: 'test:' },
      },
    });
    ({ token } = await harness.person());
  });
  afterEach(async () => {
    redis.thaw();
    await harness.stop();
    await redis.kill();
    await redis.start();
  });

  const me = async (url = harness.portal.url) => {
    const { status, headers } = await call(url, 'GET', '/api/me', { token });
    return { status, left: Number(/r=(\d+)/.exec(headers.get('RateLimit') ?? '')?.[1]) };
  };
  const logged = (text: string) => lines.filter((line) => line.includes(`"${text}"`)).length;
  /** Waits until Redis has the count of a request: the connection is opened after the start. */
  const isCounted = () => until(async () => (await me()).status === 200 && (await redis.keys())[0]);

  it('shares the counts of requests with other instances', async () => {
    const config = { ...harness.config };
    const other = await startPortal({ config, log: createLogger('silent') });
    await isCounted();
    const { left } = await me();
    expect(await me(other.url)).toEqual({ status: 200, left: left - 1 });
    await other.stop();
  });

  it('goes on with its own counts when Redis ends, logs that once, and comes back', async () => {
    await isCounted();
    const before = await me();
    await redis.kill();
    for (let time = 1; time <= 10; time += 1) {
      expect(await me()).toEqual({ status: 200, left: before.left - time });
    }
    await until(() => logged(AWAY));
    await redis.start();
    // No one sends anything else to Redis: it is back with the first request that it counts.
    await until(async () => (await me()).left > 0 && (await redis.keys()).length > 0);
    expect([logged(AWAY), logged(BACK)]).toEqual([1, 1]);
  });

  it('answers while Redis answers nothing, and still limits', async () => {
    await isCounted();
    redis.freeze();
    const answers = await Promise.all(Array.from({ length: USER_LIMIT + 10 }, () => me()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect((await me()).status).toBe(429);
    expect([logged(AWAY), logged(BACK)]).toEqual([1, 0]);
    redis.thaw();
  });

  it('goes on when Redis refuses to write', async () => {
    await isCounted();
    await redis.makeReadOnly();
    const { left } = await me();
    expect(await me()).toEqual({ status: 200, left: left - 1 });
    expect(logged(AWAY)).toBe(1);
  });

  it('starts, answers readyz and limits without Redis', async () => {
    await redis.kill();
    const config = { ...harness.config };
    const other = await startPortal({ config, log: createLogger('silent') });
    const { token } = await harness.person();
    const ready = await call(other.url, 'GET', '/readyz');
    const answer = await call(other.url, 'GET', '/api/me', { token });
    await other.stop();
    expect([ready.status, answer.status]).toEqual([200, 200]);
    expect(answer.headers.get('RateLimit')).toMatch(new RegExp(`^"user"; r=${USER_LIMIT - 1};`));
  });

  it('leaves no key in Redis without an end', async () => {
    await isCounted();
    const lifetimes = await redis.lifetimes();
    expect(lifetimes.length).toBeGreaterThan(0);
    for (const ms of lifetimes) expect(ms).toBeGreaterThan(0);
  });
});
