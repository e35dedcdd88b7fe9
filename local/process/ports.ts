import { createServer } from 'node:net';
import * as z from 'zod/v4-mini';
import { readJson, writeJson } from './jsonFile.ts';

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

async function firstFree(wanted: number, usual: number, taken: Set<number>): Promise<number> {
  if (wanted !== 0 && !taken.has(wanted) && (await isFree(wanted))) return wanted;
  for (let port = usual; usual !== 0 && port < usual + 100; port += 1) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  return anyFree();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}

function anyFree(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No port given'));
        else resolve(address.port);
      });
    });
  });
}
