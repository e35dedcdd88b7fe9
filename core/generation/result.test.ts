import { describe, expect, it } from '@jest/globals';
import { generateOptionsSchema, resultSchemaOf } from './index.ts';

const nested = (depth: number): unknown => (depth === 0 ? 'x' : [nested(depth - 1)]);
function nestedLists(depth: number): unknown {
  let value: unknown = [];
  for (let n = 0; n < depth; n += 1) value = [value];
  return value;
}
const check = (body: unknown, more: object = {}) =>
  resultSchemaOf('quiz').safeParse({ kind: 'quiz', title: 'Kuis', body, ...more });
const pathsOf = (checked: ReturnType<typeof check>) =>
  checked.error?.issues.map(({ path }) => path.join('.'));
const bytes = (count: number, letter: string) => {
  const around = JSON.stringify({ text: '' }).length;
  return { text: letter.repeat((count - around) / Buffer.byteLength(letter)) };
};

describe('a generated result', () => {
  it('is kept exactly, whatever the form of its body', () => {
    const body = { questions: [{ text: 'Apa itu daun?\n', right: 1, more: null }], 'a b': true };
    expect(check(body).data).toEqual({ kind: 'quiz', title: 'Kuis', body });
  });

  it('keeps the model and its tokens, and needs neither', () => {
    const usage = { promptTokens: 900, outputTokens: 300, totalTokens: 1_200 };
    const model = { model: 'gemini-flash-latest', modelVersion: 'gemini-9-flash', usage };
    expect(check({}, model).data).toEqual({ kind: 'quiz', title: 'Kuis', body: {}, ...model });
    expect(check({}).success).toBe(true);
  });

  it.each<[string, object, string]>([
    [
      'less than no tokens',
      { usage: { promptTokens: -1, outputTokens: 0, totalTokens: 0 } },
      'usage.promptTokens',
    ],
    ['a model without a name', { model: ' ' }, 'model'],
  ])('is refused with %s, with the path', (_, more, path) => {
    expect(pathsOf(check({}, more))).toEqual([path]);
  });

  it('keeps the names __proto__ and constructor in its body', () => {
    const body: unknown = JSON.parse('{"constructor":"x","a":{"__proto__":1},"__proto__":2}');
    expect(JSON.stringify(check(body).data?.body)).toBe(JSON.stringify(body));
  });

  it.each<[string, unknown, object, string]>([
    ['of another kind than was asked for', {}, { kind: 'summary' }, 'kind'],
    ['without a title', {}, { title: ' ' }, 'title'],
    ['with a title of 301 characters', {}, { title: 'x'.repeat(301) }, 'title'],
    ['with a list as body', [], {}, 'body'],
    ['with a text as body', 'x', {}, 'body'],
    ['with NUL in a text', { a: [{ b: 'x\0' }] }, {}, 'body.a.0.b'],
    ['with half of a character in a text', { a: '\ud800' }, {}, 'body.a'],
    ['with NUL in a name', { a: { 'x\0': 1 } }, {}, 'body.a'],
    ['with a name of 201 characters', { a: { ['x'.repeat(201)]: 1 } }, {}, 'body.a'],
    ['with 13 levels', { a: nested(12) }, {}, 'body'],
    ['with 100,000 levels', { a: nestedLists(100_000) }, {}, 'body'],
    ['with 200,001 bytes', bytes(200_001, 'x'), {}, 'body'],
    ['with 200,003 bytes of emoji', bytes(200_003, '😀'), {}, 'body'],
  ])('is refused %s, with the path', (_, body, more, path) => {
    expect(pathsOf(check(body, more))).toEqual([path]);
  });

  it.each<[string, unknown]>([
    ['12 levels', { a: nested(11) }],
    ['200,000 bytes', bytes(200_000, 'x')],
    ['199,999 bytes of emoji', bytes(199_999, '😀')],
    ['199,999 bytes of é', bytes(199_999, 'é')],
    ['199,997 bytes of Javanese letters', bytes(199_999, 'ꦲ')],
  ])('is accepted with %s', (_, body) => {
    expect(check(body).success).toBe(true);
  });
});

describe('the options of a generate job', () => {
  it('name the subject of a gap as the catalog does', () => {
    const gap = { subject: ' mtk ', level: 'Fase B' };
    expect(generateOptionsSchema.parse({ content: 'quiz', gap }).gap?.subject).toBe('Matematika');
  });

  it.each<[string, object]>([
    ['no content', {}],
    ['an unknown content', { content: 'song' }],
    ['an unknown option', { content: 'quiz', style: 'x' }],
    ['a gap without a subject', { content: 'quiz', gap: { level: 'Fase A' } }],
    ['a gap with a blank subject', { content: 'quiz', gap: { subject: ' ', level: 'Fase A' } }],
    ['an unknown level', { content: 'quiz', gap: { subject: 'IPA', level: 'SD' } }],
  ])('are refused with %s', (_, options) => {
    expect(generateOptionsSchema.safeParse(options).success).toBe(false);
  });
});
