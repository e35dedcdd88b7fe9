import { GoogleError } from '../http/googleError.ts';
import { sheetsQuotaError } from './sheetsQuotaError.ts';

/** Google's limits of Sheets v4 (developers.google.com/sheets/api/limits). */
export interface Quotas {
  readonly readsPerUser: number;
  readonly writesPerUser: number;
  readonly readsPerProject: number;
  readonly writesPerProject: number;
  /** How long a window is. */
  readonly seconds: number;
}

export const googleQuotas: Quotas = {
  readsPerUser: 60,
  writesPerUser: 60,
  readsPerProject: 300,
  writesPerProject: 300,
  seconds: 60,
};

interface Window {
  readonly ends: number;
  taken: number;
}

/**
 * Counts the requests of fixed windows; a window begins with its first request, and with the next
 * one all of the quota is there again. A request that is refused takes nothing.
 */
export class QuotaCheck {
  private readonly quotas: Quotas | null;
  private readonly projectNumber: string;
  private readonly windows = new Map<string, Window>();

  /** @param quotas null: nothing is refused */
  constructor(quotas: Quotas | null, projectNumber: string) {
    this.quotas = quotas;
    this.projectNumber = projectNumber;
  }

  /** @throws GoogleError 429 when the user or the project has used its quota up */
  take(kind: 'read' | 'write', user: string): void {
    if (!this.quotas) return;
    const { readsPerUser, writesPerUser, readsPerProject, writesPerProject, seconds } = this.quotas;
    const userLimit = kind === 'read' ? readsPerUser : writesPerUser;
    const projectLimit = kind === 'read' ? readsPerProject : writesPerProject;
    const ofUser = this.window(`${kind} of ${user}`, seconds);
    const ofProject = this.window(kind, seconds);
    if (ofUser.taken >= userLimit) throw this.refusal(kind, 'user', userLimit);
    if (ofProject.taken >= projectLimit) throw this.refusal(kind, 'project', projectLimit);
    ofUser.taken++;
    ofProject.taken++;
  }

  private window(key: string, seconds: number): Window {
    const now = performance.now();
    const current = this.windows.get(key);
    if (current && current.ends > now) return current;
    const next = { ends: now + seconds * 1000, taken: 0 };
    this.windows.set(key, next);
    return next;
  }

  private refusal(kind: 'read' | 'write', per: 'user' | 'project', limit: number): GoogleError {
    return sheetsQuotaError({ kind, per, limit, projectNumber: this.projectNumber });
  }
}
