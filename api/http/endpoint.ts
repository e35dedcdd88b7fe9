import type { Request, Response, Router } from 'express';
import { sendProblem } from './problem.ts';

export type Handler = (req: Request, res: Response) => void | Promise<void>;

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Mounts one address with all of its methods; any other is answered 405 with what there is. */
export function endpoint(
  router: Router,
  path: string,
  handlers: Partial<Record<Method, Handler>>,
): void {
  const route = router.route(path);
  const { GET, POST, PUT, DELETE } = handlers;
  if (GET) route.get(GET);
  if (POST) route.post(POST);
  if (PUT) route.put(PUT);
  if (DELETE) route.delete(DELETE);
  const allowed = [...Object.keys(handlers), ...(GET ? ['HEAD'] : [])].join(', ');
  route.all((_req, res) => {
    res.set('Allow', allowed);
    sendProblem(res, 'method_not_allowed', `This address takes ${allowed}.`);
  });
}
