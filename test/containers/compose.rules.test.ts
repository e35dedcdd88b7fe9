import { accessSync, constants, existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readCompose, type Service } from '../harness/containers/compose.ts';
import { readDockerfile, textsOf } from '../harness/containers/dockerfile.ts';

const compose = readCompose();
const services = Object.entries(compose.services);
const service = (name: string): Service => {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}.`);
  return found;
};
const seconds = (text: string) => Number(/^(\d+)s$/.exec(text)?.[1]);
const checkOf = ({ healthcheck }: Service) =>
  'test' in healthcheck ? healthcheck.test.join(' ') : '';

describe.each(services)('the service %s', (_name, one) => {
  it('runs without root, capabilities and new privileges, on a read-only root', () => {
    expect(one.user).not.toMatch(/^(root|0)(:|$)/);
    expect(one).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      init: true,
    });
  });

  it('limits its processes and its log', () => {
    expect(one.pids_limit).toBeGreaterThan(0);
    expect(one.logging.options).toEqual({ 'max-size': '10m', 'max-file': '5' });
    for (const mount of one.tmpfs) expect(mount).toMatch(/[:,]size=\d+m/);
  });

  it('names a full version of an image, or builds one', () => {
    if (one.build === undefined)
      expect(one.image).toMatch(/:\d+\.\d+[.-][\w.-]*@sha256:[0-9a-f]{64}$/);
    else expect(existsSync(one.build.dockerfile)).toBe(true);
  });

  it('says how it stops', () => {
    expect(one.stop_signal).toMatch(/^SIG(TERM|INT)$/);
    expect(seconds(one.stop_grace_period)).toBeGreaterThanOrEqual(10);
  });

  it('publishes ports on the loopback address only', () => {
    for (const port of one.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('waits only for services that run in each of its profiles', () => {
    for (const name of Object.keys(one.depends_on ?? {})) {
      const needed = service(name).profiles;
      if (needed !== undefined)
        expect(needed).toEqual(expect.arrayContaining(one.profiles ?? ['']));
    }
  });

  it('mounts named volumes and read-only files of the repository only', () => {
    for (const volume of one.volumes ?? []) {
      const [from = '', , mode] = volume.split(':');
      if (from.startsWith('./')) {
        expect(mode).toBe('ro');
        accessSync(from, constants.R_OK);
      } else expect(Object.keys(compose.volumes)).toContain(from);
    }
  });
});

describe('docker-compose.yml', () => {
  it('has a health check that asks the service itself, for each service that goes on running', () => {
    expect(checkOf(service('api'))).toContain('http://127.0.0.1:3001/readyz');
    for (const name of ['n8n', 'n8n-main', 'n8n-worker', 'n8n-webhook']) {
      expect(checkOf(service(name))).toContain('http://127.0.0.1:5678/healthz/readiness');
    }
    expect(service('n8n-worker').environment).toMatchObject({
      QUEUE_HEALTH_CHECK_ACTIVE: 'true',
      QUEUE_HEALTH_CHECK_PORT: '5678',
    });
    expect(checkOf(service('postgres'))).toMatch(/pg_isready .* psql .*-d materi .* psql .*-d n8n/);
    expect(checkOf(service('redis'))).toMatch(/REDISCLI_AUTH=.* ping .*PONG/);
    const unchecked = services.filter(([, one]) => checkOf(one) === '').map(([name]) => name);
    expect(unchecked).toEqual(['migrate']);
  });

  it('starts the API only after the migrations have succeeded', () => {
    expect(service('api').depends_on).toMatchObject({
      migrate: { condition: 'service_completed_successfully' },
    });
    expect(service('migrate')).toMatchObject({
      command: ['node', 'api/commands/migrate.ts'],
      restart: 'no',
      image: service('api').image,
    });
  });

  it('publishes ports of the API and of n8n’s editor only', () => {
    const published = services.filter(([, one]) => one.ports !== undefined).map(([name]) => name);
    expect(published.sort()).toEqual(['api', 'n8n', 'n8n-main']);
  });

  /** @see https://github.com/moby/moby/issues/36174 Docker publishes no port of an internal network. */
  it('puts each service that publishes a port on a network that is not internal', () => {
    for (const [, one] of services.filter(([, { ports }]) => ports !== undefined)) {
      expect(one.networks).toContain('portal');
    }
    expect(compose.networks['portal']?.internal).toBeUndefined();
  });

  it('keeps PostgreSQL and Redis on networks without a way out', () => {
    expect(service('postgres').networks).toEqual(['database']);
    expect(service('redis').networks).toEqual(['queue']);
    expect(compose.networks).toMatchObject({
      database: { internal: true },
      queue: { internal: true },
    });
  });

  it('runs n8n in exactly one of two profiles, all of it from one image', () => {
    const inProfile = (profile: string) =>
      services.filter(([, one]) => one.profiles?.includes(profile)).map(([name]) => name);
    expect(inProfile('simple')).toEqual(['n8n']);
    expect(inProfile('queue').sort()).toEqual(['n8n-main', 'n8n-webhook', 'n8n-worker']);
    const images = services.filter(([name]) => name.startsWith('n8n')).map(([, one]) => one.image);
    expect(new Set(images).size).toBe(1);
  });

  it('gives the API its stop delay and 25 seconds to stop, and n8n more than its own limit', () => {
    const api = service('api');
    const delay = Number(api.environment['STOP_DELAY']);
    expect(seconds(api.stop_grace_period)).toBeGreaterThanOrEqual(delay + 25);
    for (const name of ['n8n', 'n8n-main', 'n8n-worker', 'n8n-webhook']) {
      const limit = Number(service(name).environment['N8N_GRACEFUL_SHUTDOWN_TIMEOUT']);
      expect(seconds(service(name).stop_grace_period)).toBeGreaterThan(limit);
    }
  });

  it('lets the API send events to the address that n8n registers, in each profile', () => {
    const origins = service('api').environment['N8N_ORIGINS']?.split(',') ?? [];
    const simple = service('n8n').environment['N8N_WEBHOOK_URL'] ?? '';
    const queue = service('n8n-main').environment['WEBHOOK_URL'] ?? '';
    expect(origins).toEqual(
      expect.arrayContaining([new URL(simple).origin, new URL(queue).origin]),
    );
    expect(new URL(queue).hostname).toBe('n8n-webhook');
  });

  it('takes each secret that several services share from one variable', () => {
    const main = service('n8n-main').environment;
    for (const name of ['n8n', 'n8n-worker', 'n8n-webhook']) {
      expect(service(name).environment['N8N_ENCRYPTION_KEY']).toBe(main['N8N_ENCRYPTION_KEY']);
    }
  });

  it('makes its volumes where the images let the user of the container write', () => {
    const api = readDockerfile('api/Dockerfile').at(-1);
    expect(textsOf(api, 'RUN').join(' ')).toContain('install -d -o node -g node /backups');
    expect(service('api').volumes).toEqual(['backups:/backups']);
  });
});
