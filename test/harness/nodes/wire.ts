import nock from 'nock';

/** One request as it went out. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Byte for byte. */
  readonly body: string;
}

/** An answer that no server here gives on demand; `code` breaks the connection instead. */
export interface Odd {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly code?: string;
}

/** Puts nock in the place of the network, for one test. Call `endWire` after it. */
export function beginWire(): void {
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
}

/** Gives the network back: other tests of this process have real servers. */
export function endWire(): void {
  nock.abortPendingRequests();
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
}

/**
 * Answers the next requests to an origin, in this order; a further request fails.
 *
 * @returns the requests that have come so far
 */
export function answering(origin: string, method: string, ...answers: readonly Odd[]): Sent[] {
  const sent: Sent[] = [];
  for (const { status = 200, headers = {}, body = '', code } of answers) {
    const scope = nock(origin);
    const asked = scope.intercept(/^\//, method);
    if (code === undefined) asked.reply(status, body, headers);
    else asked.replyWithError(Object.assign(new Error(`${code} ${origin}`), { code }));
    scope.on('request', ({ method: its, url, headers: all }: Request, _: unknown, raw: string) => {
      sent.push({ method: its, url, headers: Object.fromEntries(all), body: raw });
    });
  }
  return sent;
}

export const json = (body: unknown): Odd => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
