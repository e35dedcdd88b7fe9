import fc from 'fast-check';
import { requestsOf, type FuzzRequest } from './requests.ts';
import { World } from './world.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly runs: number;
  /** Plays only the request of this path, as a failure prints it. */
  readonly path?: string | undefined;
}

export interface FuzzResult {
  /** Answers by operation and status. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Null: every answer fits the document. */
  readonly failure: {
    readonly seed: number;
    readonly path: string;
    /** The shortest request that fails. */
    readonly request: FuzzRequest;
    readonly faults: readonly string[];
  } | null;
}

/** Sends random requests, made from the API's own OpenAPI document, and compares each answer with it. */
export async function fuzz({ seed, runs, path }: FuzzOptions): Promise<FuzzResult> {
  const world = await World.start();
  const answers = new Map<string, Map<number, number>>();
  let faults: readonly string[] = [];
  try {
    const property = fc.asyncProperty(requestsOf(world.document), async (request) => {
      const outcome = await world.play(request);
      const ofOperation = answers.get(request.operation) ?? new Map<number, number>();
      ofOperation.set(outcome.status, (ofOperation.get(outcome.status) ?? 0) + 1);
      answers.set(request.operation, ofOperation);
      if (outcome.faults.length > 0) faults = outcome.faults;
      return outcome.faults.length === 0;
    });
    const result = await fc.check(property, {
      seed,
      numRuns: runs,
      ...(path === undefined ? {} : { path }),
    });
    const { failed, counterexample, counterexamplePath } = result;
    const request = counterexample?.[0];
    if (!failed || request === undefined) return { answers, failure: null };
    return { answers, failure: { seed, path: counterexamplePath ?? '', request, faults } };
  } finally {
    await world.stop();
  }
}
