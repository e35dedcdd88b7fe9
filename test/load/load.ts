import { randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import { someMaterial } from '../harness/portal.ts';
import { send, type Instance, type LoadRequest } from './send.ts';
import type { Phase, Result, Traffic } from './traffic.ts';

/** A material that a caller adds. It is sent with the same key until it is accepted. */
export interface Creation {
  readonly key: string;
  readonly title: string;
  readonly token: string;
  readonly phase: Phase;
  /** Null: not accepted yet. */
  accepted: Accepted | null;
}

export interface Accepted {
  readonly materialId: string;
  readonly jobId: string;
}

/** A description that a caller wrote into a material, and whether the API has taken it. */
export interface Replacement {
  readonly materialId: string;
  readonly description: string;
  readonly phase: Phase;
  readonly outcome: 'accepted' | 'refused' | 'unknown';
}

const createdSchema = z.object({
  material: z.object({ id: z.string() }),
  job: z.object({ id: z.string() }),
});

/** Requests under way at once. An API that answers slowly gets no more than these. */
const MOST_AT_ONCE = 30;

/** Materials that are replaced; only one replacement of each is under way at a time. */
const REPLACED = 10;

/** Of 100 requests, so many are of each kind. */
const SHARES = {
  create: 15,
  repeat: 5,
  replace: 10,
  get: 20,
  list: 15,
  search: 15,
  jobs: 10,
  stream: 10,
} as const;
type Kind = keyof typeof SHARES;

/** The address of each kind that only reads. */
export const READS: Readonly<Partial<Record<Kind, (ids: Accepted) => string>>> = {
  get: ({ materialId }) => `/api/materials/${materialId}`,
  list: () => '/api/materials?limit=20',
  search: () => '/api/materials?q=fotosintesis&limit=20',
  jobs: () => '/api/jobs?limit=20',
  stream: ({ jobId }) => `/api/jobs/${jobId}/events`,
};

interface LoadOptions {
  readonly tokens: readonly string[];
  /** A seeded generator of numbers from 0 to 1. */
  readonly random: () => number;
  readonly perSecond: number;
}

/** What teachers and n8n do all day, at a steady rate, with a record of what the API has accepted. */
export class Load {
  readonly creations: Creation[] = [];
  readonly replacements: Replacement[] = [];
  readonly #traffic: Traffic;
  readonly #options: LoadOptions;
  /** Each kind as often as its share says. */
  #kinds: readonly Kind[] = Object.entries(SHARES).flatMap(([kind, share]) =>
    Array.from({ length: share }, () => kind as Kind),
  );
  readonly #replaced: Creation[] = [];
  readonly #busy = new Set<Creation>();
  readonly #underWay = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(traffic: Traffic, options: LoadOptions) {
    this.#traffic = traffic;
    this.#options = options;
  }

  /** How many requests wait for an answer. */
  get waiting(): number {
    return this.#underWay.size;
  }

  /** Adds the materials that are replaced later, and then sends requests until `stop`. */
  async start(): Promise<void> {
    while (this.#replaced.length < REPLACED) {
      const creation = this.#newCreation();
      await this.add(creation);
      if (creation.accepted === null) throw new Error('The API takes no material.');
      this.#replaced.push(creation);
    }
    this.#timer = setInterval(() => this.#begin(), 1_000 / this.#options.perSecond);
  }

  /**
   * Leaves out the reads that this version of the API does not know.
   *
   * @returns them
   */
  async leaveOutUnknown(instance: Instance): Promise<readonly string[]> {
    const { token, accepted } = await this.probe();
    const unknown: string[] = [];
    for (const [kind, path] of Object.entries(READS)) {
      if (accepted === null) break;
      const { status } = await send(instance, requestOf(token, 'GET', path(accepted)));
      if (status >= 400) unknown.push(kind);
    }
    this.#kinds = this.#kinds.filter((kind) => !unknown.includes(kind));
    return unknown;
  }

  /** Sends no new requests, waits for those under way, and repeats those that were not accepted. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#underWay);
    for (const creation of this.creations) await this.addUntilAccepted(creation);
  }

  /** A material that shows that the API works: its creation is repeated until it is accepted. */
  async probe(): Promise<Creation> {
    const creation = this.#newCreation();
    await this.addUntilAccepted(creation);
    return creation;
  }

  async addUntilAccepted(creation: Creation): Promise<void> {
    while (creation.accepted === null) {
      const { kind } = await this.add(creation);
      if (kind === 'wrong') return;
      if (kind !== 'done') await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Sends a creation, for the first time or again. */
  async add(creation: Creation): Promise<Result> {
    const { key, title, token } = creation;
    const asked = requestOf(token, 'POST', '/api/materials', someMaterial({ title }));
    const headers = { ...asked.headers, 'Idempotency-Key': key };
    // 409: the first request with this key is still being answered.
    const result = await this.#traffic.send({ ...asked, headers }, [409]);
    if (result.kind !== 'done') return result;
    const { material, job } = createdSchema.parse(JSON.parse(result.answer.text));
    const { accepted } = creation;
    creation.accepted ??= { materialId: material.id, jobId: job.id };
    if (accepted !== null && (accepted.materialId !== material.id || accepted.jobId !== job.id)) {
      this.#traffic.faults.push(`A repeated request made a second material "${title}".`);
    }
    return result;
  }

  #begin(): void {
    if (this.#underWay.size >= MOST_AT_ONCE) return;
    const kind = this.#any(this.#kinds) ?? 'get';
    const work = this.#do(kind)
      .catch((error: unknown) => {
        this.#traffic.faults.push(`${kind}: ${String(error)}`);
      })
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #do(kind: Kind): Promise<void> {
    const known = this.#any(this.creations.filter(({ accepted }) => accepted !== null));
    if (known?.accepted == null) return;
    if (kind === 'create') {
      const open = this.creations.filter(({ accepted }) => accepted === null);
      const again = this.#options.random() < 0.5 ? this.#any(open) : undefined;
      await this.add(again ?? this.#newCreation());
    } else if (kind === 'repeat') await this.add(known);
    else if (kind === 'replace') await this.#replace();
    else {
      const path = READS[kind]?.(known.accepted) ?? '';
      // 429: the person has ten open streams.
      await this.#traffic.send(requestOf(known.token, 'GET', path), [429]);
    }
  }

  async #replace(): Promise<void> {
    const chosen = this.#any(this.#replaced.filter((one) => !this.#busy.has(one)));
    if (chosen?.accepted == null) return;
    this.#busy.add(chosen);
    try {
      const { title, token } = chosen;
      const { materialId } = chosen.accepted;
      const path = `/api/materials/${materialId}`;
      const read = await this.#traffic.send(requestOf(token, 'GET', path));
      if (read.kind !== 'done') return;
      const description = `Diganti: ${randomUUID()}`;
      const asked = requestOf(token, 'PUT', path, someMaterial({ title, description }));
      const headers = { ...asked.headers, 'If-Match': read.answer.headers.etag ?? '' };
      const { phase } = this.#traffic;
      // 412: a replacement whose answer was lost has taken effect between the two requests.
      const { kind } = await this.#traffic.send({ ...asked, headers }, [412]);
      const outcome = kind === 'done' ? 'accepted' : kind === 'declined' ? 'refused' : 'unknown';
      this.replacements.push({ materialId, description, phase, outcome });
    } finally {
      this.#busy.delete(chosen);
    }
  }

  #newCreation(): Creation {
    const key = randomUUID();
    const token = this.#any(this.#options.tokens) ?? '';
    const { phase } = this.#traffic;
    const creation: Creation = { key, title: `Materi ${key}`, token, phase, accepted: null };
    this.creations.push(creation);
    return creation;
  }

  #any<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.#options.random() * list.length)];
  }
}

function requestOf(token: string, method: string, path: string, body?: object): LoadRequest {
  const headers = { Authorization: `Bearer ${token}` };
  if (body === undefined) return { method, path, headers };
  const json = { ...headers, 'Content-Type': 'application/json' };
  return { method, path, headers: json, body: JSON.stringify(body) };
}
