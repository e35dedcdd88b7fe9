import type { EventType } from '../../core/index.ts';

/** How a post to a subscription ended. */
export type PostOutcome =
  | 'delivered'
  /** Answered with another status than 2xx. */
  | 'refused'
  /** Not answered. */
  | 'unreachable'
  /** No subscription takes such jobs, so nothing was posted. */
  | 'no_subscription';

/** A request that has ended: the API answered it, or the client closed the connection. */
export interface TimedRequest {
  readonly method: string;
  /** The declared path, such as `/jobs/:id`: an address has ids, and each would be a new time series. */
  readonly route: string | undefined;
  /** Null: the client closed the connection before the answer was complete. */
  readonly status: number | null;
  readonly seconds: number;
}

/** What `/metrics` shows of one instance. */
export interface Metrics {
  readonly contentType: string;
  /**
   * Gives all metrics in Prometheus' text format. It does not throw: without PostgreSQL it leaves out what
   * PostgreSQL has to answer.
   */
  text(): Promise<string>;
  request(request: TimedRequest): void;
  posted(type: EventType, outcome: PostOutcome): void;
  close(): Promise<void>;
}
