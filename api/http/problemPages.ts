import { z } from 'zod/v4';
import { PortalError } from '../errors.ts';
import { PROBLEMS, problemType } from './problems.ts';
import { route, type Route } from './route.ts';

/** The problems by their `type`. */
const pages = new Map(
  Object.entries(PROBLEMS).map(([code, problem]) => [problemType(code), problem]),
);

/** The JSON form of a problem's page. A browser gets HTML. */
const problemSchema = z.strictObject({
  type: z.string(),
  status: z.int(),
  title: z.string(),
  advice: z.string(),
  indonesian: z.strictObject({ title: z.string(), advice: z.string() }),
});

/** Answers each problem's `type` URI with what it means and what to do, in both languages. */
export function problemRoutes(): Route[] {
  return [
    route(
      {
        name: 'getProblem',
        summary: 'Explains a problem type.',
        method: 'GET',
        path: '/problems/:type',
        caller: 'anyone',
        params: z.object({ type: z.string() }),
        responses: { 200: problemSchema },
        alsoProduces: { 'text/html': z.string() },
      },
      ({ params, accepts }) => {
        const type = `/problems/${params.type}`;
        const problem = pages.get(type);
        if (problem === undefined) {
          throw new PortalError('not_found', 'There is no problem of this name.');
        }
        const { status, title, advice, indonesian } = problem;
        const headers = { 'Cache-Control': 'public, max-age=3600', Vary: 'Accept' };
        if (accepts('json', 'html') !== 'html') {
          return { headers, body: { type, status, title, advice, indonesian } };
        }
        const body = `<!doctype html>
<html lang="id">
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width" />
<title>${indonesian.title}</title>
<h1>${indonesian.title}</h1>
<p>${indonesian.advice}</p>
<section lang="en">
<h2>${title}</h2>
<p>${advice}</p>
<p><code>${type}</code>, HTTP ${status}</p>
</section>
</html>
`;
        return { headers: { ...headers, 'Content-Type': 'text/html' }, body };
      },
    ),
  ];
}
