/** Somebody who can sign in at the stand-in for Google. */
export interface Person {
  readonly email: string;
  readonly name: string;
  readonly role: 'teacher' | 'admin';
}

/** The people of the demo school; the stand-in's sign-in knows the same three. */
export const demoPeople: readonly Person[] = [
  { email: 'sari@sekolah.sch.id', name: 'Sari Wulandari', role: 'teacher' },
  { email: 'budi@sekolah.sch.id', name: 'Budi Santoso', role: 'teacher' },
  { email: 'admin@sekolah.sch.id', name: 'Ratna Admin', role: 'admin' },
];
