import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readArguments } from './arguments.ts';
import { letsBeforeRun, migrationNames } from './migrations.ts';

describe('the arguments of npm run test:versions', () => {
  it('are the commit before the newest migration and ten minutes if none is given', () => {
    expect(readArguments([])).toEqual({ before: null, minutes: 10 });
  });

  it('name a commit and a number of minutes', () => {
    expect(readArguments(['--before=HEAD~20', '--minutes=0.5'])).toEqual({
      before: 'HEAD~20',
      minutes: 0.5,
    });
  });

  it.each(['--minutes=ten', '--minutes=0', '--minutes=99999', '--before=--output=x', '--after=1'])(
    'are refused if one is %s',
    (argument) => {
      expect(() => readArguments([argument])).toThrow();
    },
  );
});

describe('the header of a migration', () => {
  it('says of each migration but the first that the version before can run beside it, or cannot', () => {
    for (const name of migrationNames('.').slice(1)) {
      const text = readFileSync(`api/db/migrations/${name}.sql`, 'utf8');
      const cannot = text.includes('An instance of the version before cannot run beside it');
      expect([name, letsBeforeRun(text) || cannot]).toEqual([name, true]);
    }
  });

  it('counts only if it is before the first statement', () => {
    const sentence =
      '-- An instance of the version\n-- before can run beside it: it names no index.\n';
    expect(letsBeforeRun(sentence)).toBe(true);
    expect(letsBeforeRun(`select 1;\n${sentence}`)).toBe(false);
    expect(letsBeforeRun('-- An instance of the version before cannot run beside it.\n')).toBe(
      false,
    );
  });
});
