import { Router } from 'express';
import { endpoint } from './endpoint.ts';
import { sendProblem } from './problem.ts';
import { PROBLEMS, problemType } from './problems.ts';

/** The problems by their `type`. */
const pages = new Map(
  Object.entries(PROBLEMS).map(([code, problem]) => [problemType(code), problem]),
);

/** Answers each problem's `type` URI with what it means and what to do, in both languages. */
export function problemPages(): Router {
  const router = Router();
  endpoint(router, '/problems/:type', {
    GET: (req, res) => {
      const type = `/problems/${String(req.params['type'])}`;
      const problem = pages.get(type);
      if (problem === undefined) {
        sendProblem(res, 'not_found', 'There is no problem of this name.');
        return;
      }
      const { status, title, advice, indonesian } = problem;
      res.set({ 'Cache-Control': 'public, max-age=3600', Vary: 'Accept' });
      if (req.accepts(['json', 'html']) !== 'html') {
        res.json({ type, status, title, advice, indonesian });
        return;
      }
      res.type('html').send(`<!doctype html>
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
`);
    },
  });
  return router;
}
