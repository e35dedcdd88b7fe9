import type { IncomingHttpHeaders } from 'node:http';

export type Service = 'sheets' | 'drive' | 'gemini' | 'signin' | 'stand-in' | 'page';

/** Faults that a handler makes itself. The server makes the others (status, delay, hold). */
export type AnswerFault =
  'max_tokens' | 'blocked' | 'safety' | 'empty' | 'malformed' | 'routed' | SpoiltFault;

/** Faults in an analysis that the checks of core find, by their kinds there. */
export const SPOILT_FAULTS = [
  'invented-number',
  'foreign-quote',
  'unsupporting-quote',
  'wrong-fase',
  'invented-cp',
  'two-keys',
  'self-revealing-option',
  'beyond-grade',
  'wrong-language',
  'obeyed-instruction',
] as const;
export type SpoiltFault = (typeof SPOILT_FAULTS)[number];

export interface RouteRequest {
  readonly url: URL;
  /** The groups of the route's pattern, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** The body as text, '' without one. */
  readonly text: string;
  readonly fault: AnswerFault | undefined;
}

export interface Answer {
  readonly status?: number;
  /** An object is sent as JSON, a string as it is. */
  readonly body: object | string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly verb: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Matched against the whole path, before decoding; named groups become params. */
  readonly path: RegExp;
  readonly service: Service;
  /** Google's name of the method, as faults and request counts use it: `values.batchGet`. */
  readonly method: string;
  readonly handle: (request: RouteRequest) => Answer | Promise<Answer>;
}
