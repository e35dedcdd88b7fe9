import { createHash, randomBytes } from 'node:crypto';
import type { Authorization } from './authorization.ts';
import type { Person } from './people.ts';

export interface Consent {
  readonly authorization: Authorization;
  readonly person: Person;
}

/** Google's codes live for a few minutes. */
const lifetime = 10 * 60_000;

/** Authorization codes: each works once, for the client, the address and the verifier it is for. */
export class Codes {
  private readonly issued = new Map<string, { consent: Consent; expires: number }>();

  issue(consent: Consent): string {
    const code = `4/0${randomBytes(40).toString('base64url')}`;
    this.issued.set(code, { consent, expires: Date.now() + lifetime });
    return code;
  }

  /** Takes a code out, whether or not what comes with it is right; null when there is none. */
  redeem(code: string): Consent | null {
    const found = this.issued.get(code);
    this.issued.delete(code);
    return found && found.expires > Date.now() ? found.consent : null;
  }
}

/** RFC 7636 4.6; a code asked for without a challenge wants no verifier. */
export function isVerified({ challenge }: Authorization, verifier: string | null): boolean {
  if (!challenge) return true;
  if (verifier === null) return false;
  const presented =
    challenge.method === 'plain'
      ? verifier
      : createHash('sha256').update(verifier).digest('base64url');
  return presented === challenge.value;
}
