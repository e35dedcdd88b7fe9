import { styleText } from 'node:util';
import type { StackFacts } from './stackFile.ts';

/** The text for a person when the stack is ready: the URLs, and the next steps. */
export function summary(facts: StackFacts, colour: boolean): string {
  const paint = (format: 'bold' | 'cyan' | 'dim', text: string) =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  const row = (name: string, value: string, note = '') =>
    `  ${name.padEnd(12)} ${paint('cyan', value)}${note === '' ? '' : `  ${paint('dim', note)}`}`;
  const { email, password, url } = facts.n8n;
  const people = facts.people.map((person) =>
    row(person.role === 'admin' ? 'Admin' : 'Teacher', person.email, person.name),
  );
  return [
    '',
    `  ${paint('bold', 'Ready')}`,
    '',
    row('API', `${facts.api}/api/docs`, 'every endpoint, to read and to try'),
    row('n8n', url, `sign in with ${email} and ${password}`),
    row('Sheet', facts.sheet.url, facts.google === null ? '' : 'edit a cell, as people do'),
    ...people,
    '',
    `  ${paint('bold', 'Next')}   ${paint('cyan', 'npm run demo')}  adds three materials and shows what happens to them`,
    `         Ctrl-C stops everything; .local/ keeps the data, the logs and stack.json`,
    '',
  ].join('\n');
}
