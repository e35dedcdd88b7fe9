import { z } from 'zod/v4';
import type { Rotation } from './rotation.ts';
import { send, type Answer, type Instance, type LoadRequest } from './send.ts';

/** How the requests ended that began in one phase of a run. */
export interface Phase {
  readonly name: string;
  requests: number;
  /** Answered with 2xx or 304. */
  done: number;
  /** Answered with 503. */
  unavailable: number;
  /** Declined (412, 409, 429), or cut off because the instance was killed. */
  other: number;
}

/** `unavailable`, `cut`: it is unknown whether the request took effect. `declined`: it did not. */
export type Result =
  | { readonly kind: 'done'; readonly answer: Answer }
  | { readonly kind: 'declined'; readonly answer: Answer }
  | { readonly kind: 'unavailable' | 'cut' | 'wrong' };

const problemSchema = z.looseObject({ type: z.string().startsWith('/problems/') });

/** Sends requests to the instances in turn, counts how they end, and keeps each answer that is wrong. */
export class Traffic {
  readonly rotation: Rotation;
  readonly phases: Phase[] = [];
  /** What may not happen, as a sentence each. */
  readonly faults: string[] = [];

  /** @param first the name of the first phase */
  constructor(rotation: Rotation, first: string) {
    this.rotation = rotation;
    this.begin(first);
  }

  get phase(): Phase {
    const last = this.phases.at(-1);
    if (last === undefined) throw new Error('There is no phase.');
    return last;
  }

  /** Begins the next phase. */
  begin(name: string): Phase {
    const phase = { name, requests: 0, done: 0, unavailable: 0, other: 0 };
    this.phases.push(phase);
    return phase;
  }

  /**
   * Sends one request to one instance.
   *
   * @param declines the statuses other than 2xx, 304 and 503 that the request may get
   */
  async send(
    asked: LoadRequest,
    declines: readonly number[] = [],
    instance: Instance = this.rotation.next(),
  ): Promise<Result> {
    const { phase } = this;
    phase.requests += 1;
    const result = await this.#ask(asked, declines, instance);
    if (result.kind === 'done') phase.done += 1;
    else if (result.kind === 'unavailable') phase.unavailable += 1;
    else phase.other += 1;
    return result;
  }

  async #ask(asked: LoadRequest, declines: readonly number[], instance: Instance): Promise<Result> {
    const { method, path } = asked;
    const wrong = (what: string): Result => {
      this.faults.push(`${this.phase.name}: ${method} ${path}: ${what}`);
      return { kind: 'wrong' };
    };
    let answer: Answer;
    try {
      answer = await send(instance, asked);
    } catch (error) {
      if (instance.isKilled) return { kind: 'cut' };
      return wrong(error instanceof Error ? error.message : String(error));
    }
    const { status } = answer;
    if ((status >= 200 && status < 300) || status === 304) return { kind: 'done', answer };
    if (status === 503) {
      const fault = faultOf503(answer);
      return fault === null ? { kind: 'unavailable' } : wrong(fault);
    }
    if (declines.includes(status)) return { kind: 'declined', answer };
    return wrong(`${status} ${answer.text.slice(0, 500)}`);
  }
}

function faultOf503({ headers, text }: Answer): string | null {
  const { 'retry-after': retryAfter = '', 'content-type': type = '' } = headers;
  if (!/^\d{1,4}$/.test(retryAfter)) return '503 without Retry-After';
  if (!type.startsWith('application/problem+json')) return `503 as ${type}`;
  return problemSchema.safeParse(JSON.parse(text)).success
    ? null
    : `503 with ${text.slice(0, 500)}`;
}
