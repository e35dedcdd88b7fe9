import * as z from 'zod/v4-mini';

/** What can be made to go wrong at the stand-in for Google (its `POST /stand-in/faults`). */
export interface Fault {
  readonly service: 'sheets' | 'gemini';
  readonly method?: string;
  readonly kind: 'hold' | 'blocked' | 'malformed' | 'status';
  readonly when?: 'before' | 'after';
  readonly status?: number;
  /** -1: until it is taken away. */
  readonly times?: number;
}

const faultsSchema = z.object({ faults: z.array(z.object({ waiting: z.number() })) });
const requestsSchema = z.object({ counts: z.record(z.string(), z.record(z.string(), z.number())) });

/** The stand-in's controls, which the real Google does not have. */
export class GoogleControls {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async arm(fault: Fault): Promise<void> {
    await this.#request('POST', '/faults', fault);
  }

  /** Takes all faults away and lets what they held go on. */
  async disarm(): Promise<void> {
    await this.#request('DELETE', '/faults');
  }

  /** How many requests a `hold` keeps waiting now. */
  async held(): Promise<number> {
    const armed = z.parse(faultsSchema, await this.#request('GET', '/faults'));
    return armed.faults.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  /** How often Gemini was asked since the stand-in started. */
  async analyses(): Promise<number> {
    const { counts } = z.parse(requestsSchema, await this.#request('GET', '/requests'));
    return counts['gemini']?.['generateContent'] ?? 0;
  }

  async #request(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}/stand-in${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return response.json();
  }
}
