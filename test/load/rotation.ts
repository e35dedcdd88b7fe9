import { Agent } from 'node:http';
import type { ApiProcess } from '../harness/apiProcess.ts';
import type { Instance } from './send.ts';

/** How long a connection may be idle, in milliseconds: less than the API's own limit (http/server.ts). */
const IDLE_MS = 30_000;

/** The instances that a load balancer sends requests to, one after the other. */
export class Rotation {
  readonly instances: Instance[] = [];
  #turn = 0;

  add(api: ApiProcess): Instance {
    const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
    const instance: Instance = { api, agent, isKilled: false };
    this.instances.push(instance);
    return instance;
  }

  next(): Instance {
    const instance = this.instances[(this.#turn += 1) % this.instances.length];
    if (instance === undefined) throw new Error('No instance of the API is in the rotation.');
    return instance;
  }

  /** Sends no further request to it. */
  remove(instance: Instance): void {
    const at = this.instances.indexOf(instance);
    if (at !== -1) this.instances.splice(at, 1);
  }
}
