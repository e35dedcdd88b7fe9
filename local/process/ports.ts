import getPort, { clearLockedPorts, portNumbers } from 'get-port';
import * as z from 'zod/v4-mini';
import { readJson, writeJson } from '../../google-standin/store/jsonFile.ts';

const rememberedSchema = z.record(z.string(), z.number());

/**
 * Chooses a port on 127.0.0.1 for each part: the one it had last time, else the first free one from
 * the part's usual port on (0: any free port). The choice is remembered, because URLs with the port
 * are registered elsewhere (n8n's trigger at the portal, OAuth redirects).
 */
export async function choosePorts<Name extends string>(
  file: string,
  usual: Readonly<Record<Name, number>>,
): Promise<Record<Name, number>> {
  // get-port passes over what it gave a moment ago; here `taken` says it.
  clearLockedPorts();
  const before = readJson(file, rememberedSchema) ?? {};
  const chosen: Record<Name, number> = { ...usual };
  const taken = new Set<number>();
  for (const name of Object.keys(usual).filter((key): key is Name => key in usual)) {
    chosen[name] = await firstFree(before[name] ?? usual[name], usual[name], taken);
    taken.add(chosen[name]);
  }
  writeJson(file, chosen);
  return chosen;
}

/** Where all of them are taken, get-port gives any free port. */
function firstFree(wanted: number, usual: number, taken: Iterable<number>): Promise<number> {
  const from = usual === 0 ? [] : portNumbers(usual, usual + 99);
  const port = [wanted, ...from].filter((one) => one !== 0);
  return getPort({ port, exclude: taken, host: '127.0.0.1', exclusive: true });
}
