import { createHash } from 'node:crypto';

export interface Person {
  readonly email: string;
  readonly name: string;
  readonly role: 'teacher' | 'admin';
}

/** The people of a fresh stand-in. */
export const demoPeople: readonly Person[] = [
  { email: 'sari@sekolah.sch.id', name: 'Sari Wulandari', role: 'teacher' },
  { email: 'budi@sekolah.sch.id', name: 'Budi Santoso', role: 'teacher' },
  { email: 'admin@sekolah.sch.id', name: 'Ratna Admin', role: 'admin' },
];

/** Google's stable id of an account: 21 digits, here from the address, so it outlives everything. */
export function subjectOf(person: Person): string {
  const digest = createHash('sha256').update(person.email.toLowerCase()).digest();
  const digits = [...digest].map((byte) => byte % 10).join('');
  return `1${digits.slice(0, 20)}`;
}
