import { describe, expect, it } from '@jest/globals';
import { growth, LINEAR, LONGER } from '../../test/growth.ts';
import { materialRows } from './rows.ts';
import { nameLikeness } from './likeness.ts';
import { COLUMNS, EDITABLE_FIELDS } from './columns.ts';
import { fieldOfHeader, matchHeader } from './header.ts';
import { newMaterialSchema } from './material.ts';
import { comparable, foldCase, isCellError, readable, trimBlanks } from './text.ts';
import { isKnownSubject, levelsOf, subjectOf, typeOf } from './vocabulary/index.ts';
import { webAddressOf } from './webAddress.ts';

const HEADER = EDITABLE_FIELDS.map((field) => COLUMNS[field].header);
const MATERIAL = { subject: 'IPA', title: 'Air', type: 'Video', level: 'Fase C' };

/** Texts on which a careless algorithm takes quadratic time. */
const HOSTILE: Record<string, (n: number) => string> = {
  'blanks alone': (n) => ' '.repeat(n),
  'blanks between two letters': (n) => `x${' '.repeat(n)}x`,
  'no-break and zero-width blanks': (n) => `x${'\u00a0\u200b'.repeat(n / 2)}x`,
  'line ends': (n) => `x${'\r\n'.repeat(n / 2)}x`,
  'underscores and hyphens': (n) => `x${'_-'.repeat(n / 2)}x`,
  'marks in the wrong order': (n) => `x${'\u0301'.repeat(n / 2)}${'\u0323'.repeat(n / 2)}`,
  'short words': (n) => 'a '.repeat(n / 2),
  'hash signs': (n) => '#'.repeat(n),
};

const WORK: Record<string, (text: string) => unknown> = {
  trimBlanks,
  comparable,
  foldCase,
  isCellError,
  readable,
  subjectOf,
  isKnownSubject,
  typeOf,
  levelsOf,
  webAddressOf,
  fieldOfHeader,
  'a header': (text) => matchHeader([[...HEADER, text]], 'Katalog'),
  'a likeness of headers': (text) => nameLikeness(text, 'title'),
  'a row of the sheet': (text) =>
    materialRows([HEADER, HEADER.map(() => text)], matchHeader([HEADER], 'Katalog')),
  'a new material': (text) =>
    EDITABLE_FIELDS.map((field) =>
      newMaterialSchema.safeParse({ ...MATERIAL, metadata: { Catatan: text }, [field]: text }),
    ),
};

/** Characters. */
const SHORT = 4_000;

describe('the time that a text takes', () => {
  it.each(Object.keys(WORK).flatMap((work) => Object.keys(HOSTILE).map((text) => [work, text])))(
    'grows no faster than its length: %s, of %s',
    (work, text) => {
      const make = HOSTILE[text] ?? String;
      const texts = new Map([SHORT, LONGER * SHORT].map((n) => [n, make(n)]));
      expect(growth((n) => WORK[work]?.(texts.get(n) ?? ''), SHORT)).toBeLessThan(LINEAR);
    },
  );
});

describe('a text', () => {
  it('with more marks on a letter than any language has is compared to the letter', () => {
    const many = `e${'\u0301'.repeat(31)}`;
    expect(comparable(many)).toBe(many);
    expect(comparable('e\u0301')).toBe('\u00e9');
  });

  it('shows U+FFFD for each NUL and each lone surrogate', () => {
    expect(readable('a\0b\ud800c\udc00')).toBe('a\ufffdb\ufffdc\ufffd');
    expect(readable('Fotosintesis 🌱')).toBe('Fotosintesis 🌱');
  });
});

describe('a web address', () => {
  it.each(['http://sekolah.id', 'HTTPS://sekolah.id/a?b=c#d', 'https://sekolah.id/%20'])(
    'is shown if a browser may be sent there: %s',
    (text) => expect(webAddressOf(text)).toBe(text),
  );

  it.each([
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    ' https://sekolah.id',
    'data:text/html,<script>',
    'vbscript:x',
    '//sekolah.id',
    'http:sekolah.id',
    'http:/sekolah.id',
    'https://sekolah.id/a b',
    'https://sekolah.id/\tb',
    '\u0001https://sekolah.id',
    'https://[',
  ])('is empty for %j', (text) => expect(webAddressOf(text)).toBe(''));

  it('is empty for a text of more than 2,000 characters', () => {
    expect(webAddressOf(`https://sekolah.id/${'x'.repeat(2_000)}`)).toBe('');
  });
});
