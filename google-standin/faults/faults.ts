import { randomUUID } from 'node:crypto';
import type { Fault } from './fault.ts';

interface Armed {
  readonly id: string;
  readonly fault: Fault;
  left: number;
  struck: number;
  /** Requests that a `hold` keeps waiting. */
  readonly waiting: Set<() => void>;
}

/** The faults asked for, in the order in which they were asked; the first that matches strikes. */
export class Faults {
  private armed: Armed[] = [];

  add(fault: Fault): string {
    const id = randomUUID();
    this.armed.push({ id, fault, left: fault.times, struck: 0, waiting: new Set() });
    return id;
  }

  /** Takes one strike for a request; undefined when nothing is to go wrong with it. */
  strike(service: string, method: string): { fault: Fault; held: () => Promise<void> } | undefined {
    const armed = this.armed.find(
      ({ fault, left }) =>
        left !== 0 &&
        fault.service === service &&
        (fault.method === undefined || fault.method === method),
    );
    if (!armed) return undefined;
    if (armed.left > 0) armed.left--;
    armed.struck++;
    const held = () =>
      new Promise<void>((resolve) => {
        const release = () => {
          armed.waiting.delete(release);
          resolve();
        };
        armed.waiting.add(release);
      });
    return { fault: armed.fault, held };
  }

  list(): object[] {
    return this.armed.map(({ id, fault, left, struck, waiting }) => ({
      id,
      ...fault,
      left,
      struck,
      waiting: waiting.size,
    }));
  }

  /** Takes one fault away, or all, and lets what it held go on. @returns whether there was any */
  remove(id?: string): boolean {
    const removed = this.armed.filter((armed) => id === undefined || armed.id === id);
    this.armed = this.armed.filter((armed) => !removed.includes(armed));
    for (const { waiting } of removed) for (const release of [...waiting]) release();
    return removed.length > 0;
  }
}
