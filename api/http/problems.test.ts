import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ERROR_CODES } from '../errors.ts';
import { PROBLEMS, problemType } from './problems.ts';
import { startHarness, type Harness } from '../../test/harness/portal.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

it.each(Object.entries(PROBLEMS))(
  'the type of %s is an address that says what to do',
  async (code, problem) => {
    const path = problemType(code);
    const json = await harness.request('GET', path, { headers: { Accept: 'application/json' } });
    expect(json).toMatchObject({ status: 200, body: { ...problem, type: path } });

    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const page = await fetch(`${harness.portal.url}${path}`, { headers: { Accept: accept } });
    expect(page.headers.get('Content-Type')).toMatch(/^text\/html/);
    const text = await page.text();
    for (const shown of [problem.title, problem.advice, problem.indonesian.title]) {
      expect(text).toContain(shown);
    }
  },
);

it('documents a problem for every error code', () => {
  expect(Object.keys(PROBLEMS)).toEqual(expect.arrayContaining([...ERROR_CODES]));
});

it.each(['nothing', 'not_found', '__proto__', 'constructor', '%00', '<script>'])(
  'there is no problem named %s',
  async (name) => {
    const answer = await harness.request('GET', `/problems/${name}`);
    expect(answer).toMatchObject({ status: 404, body: { type: '/problems/not-found' } });
    expect(JSON.stringify(answer.body)).not.toContain('script');
  },
);
