import type { Request, RequestHandler, Response, Router } from 'express';
import { sendProblem } from './problem.ts';

export type Handler = (req: Request, res: Response) => void | Promise<void>;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * Mounts one address with all of its methods; any other is answered 405 with what there is.
 *
 * @param before middleware that only this address has, such as a parser for its body
 */
export function endpoint(
  router: Router,
  path: string,
  handlers: Partial<Record<Method, Handler>>,
  ...before: RequestHandler[]
): void {
  const route = router.route(path);
  const { GET, POST, PUT, DELETE } = handlers;
  if (GET) route.get(...before, GET);
  if (POST) route.post(...before, POST);
  if (PUT) route.put(...before, PUT);
  if (DELETE) route.delete(...before, DELETE);
  const allowed = [...Object.keys(handlers), ...(GET ? ['HEAD'] : [])].join(', ');
  route.all((_req, res) => {
    res.set('Allow', allowed);
    sendProblem(res, 'method_not_allowed', `This address takes ${allowed}.`);
  });
}
