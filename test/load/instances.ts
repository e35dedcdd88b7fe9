import type { Config } from '../../api/config/config.ts';
import { startApiProcess } from '../harness/apiProcess.ts';
import { until } from '../harness/portal.ts';
import { send, type Instance } from './send.ts';
import type { Traffic } from './traffic.ts';

/** The processes of the API. One that is ready is in the rotation until it is killed or stops. */
export class Instances {
  readonly #config: Config;
  readonly #traffic: Traffic;
  readonly #project: string;
  /** All that were started, for their logs. */
  readonly #started: Instance[] = [];

  /** @param project the folder of the version to start */
  constructor(config: Config, traffic: Traffic, project = '.') {
    this.#config = config;
    this.#traffic = traffic;
    this.#project = project;
  }

  /** Starts one more, and waits until it is ready. */
  async start(): Promise<void> {
    const api = await startApiProcess(this.#config, this.#project);
    await until(async () => (await fetch(`${api.url}/readyz`)).status === 200);
    this.#started.push(this.#traffic.rotation.add(api));
  }

  /** Kills the oldest one. */
  async kill(): Promise<void> {
    const instance = this.#oldest();
    instance.isKilled = true;
    this.#traffic.rotation.remove(instance);
    await instance.api.end('SIGKILL');
  }

  /** Stops the oldest one as a deployment does: the load balancer leaves it once it is not ready. */
  async terminate(): Promise<void> {
    const instance = this.#oldest();
    const ended = instance.api.end('SIGTERM');
    const probe = { method: 'GET', path: '/readyz' };
    const isReady = () =>
      send(instance, probe).then(
        ({ status }) => status === 200,
        () => false,
      );
    await until(async () => !(await isReady()));
    this.#traffic.rotation.remove(instance);
    const code = await ended;
    if (code !== 0) this.#traffic.faults.push(`An instance ended with code ${code} after SIGTERM.`);
  }

  /** Errors in the logs, but for 503: its cause is a warning of its own. */
  errors(): string[] {
    return this.#lines().filter(
      (line) => /^\{"level":[56]0,/.test(line) && !line.includes('"res":{"status":503}'),
    );
  }

  /** Why PostgreSQL was not available to requests. */
  causesOf503(): string[] {
    return this.#lines().filter((line) => line.includes('PostgreSQL cannot be reached'));
  }

  #lines(): string[] {
    return this.#started.flatMap(({ api }) => api.log().split('\n'));
  }

  /** Kills those that still run. */
  async end(): Promise<void> {
    for (const instance of this.#started) {
      instance.isKilled = true;
      instance.agent.destroy();
      const { child } = instance.api;
      if (child.exitCode === null && child.signalCode === null) await instance.api.end('SIGKILL');
    }
  }

  #oldest(): Instance {
    const running = this.#traffic.rotation.instances;
    const instance = this.#started.find((one) => running.includes(one));
    if (instance === undefined) throw new Error('No instance runs.');
    return instance;
  }
}
