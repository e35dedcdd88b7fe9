import fc from 'fast-check';

/** How many values of one name are kept: the newest. */
const KEPT_MOST = 30;

const PLACEHOLDER = /^@([\w-]+):(\d+)$/;

/**
 * A placeholder of a value that the API has given under a name: `@materialId:4`. The value is put in only
 * when the request is sent. So a seed makes the same requests on every database.
 */
export function knownText(name: string): fc.Arbitrary<string> {
  return fc.nat({ max: KEPT_MOST - 1 }).map((at) => `@${name || 'id'}:${at}`);
}

/** The ids, cursors, ETags and tokens that answers had, by name. */
export class Known {
  readonly #values = new Map<string, string[]>();

  add(name: string, value: string): void {
    const values = this.#values.get(name) ?? [];
    if (values.includes(value)) return;
    values.push(value);
    if (values.length > KEPT_MOST) values.shift();
    this.#values.set(name, values);
  }

  /** Keeps what an answer has: `{ material: { id } }` gives a `materialId`. */
  learn(path: string, body: unknown, name = entityOf(path)): void {
    if (Array.isArray(body)) {
      for (const one of body) this.learn(path, one, name);
    } else if (typeof body === 'object' && body !== null) {
      for (const [key, value] of Object.entries(body)) {
        const isText = typeof value === 'string' || typeof value === 'number';
        if (isText && key === 'id') this.add(`${name}Id`, String(value));
        else if (isText && /Id$|^refreshToken$/.test(key)) this.add(key, String(value));
        else if (isText && key === 'nextCursor') this.add(`${name}Cursor`, String(value));
        else if (isText && name === 'material')
          this.add(key === 'type' ? 'materialType' : key, String(value).slice(0, 200));
        else this.learn(path, value, key === 'items' ? name : key);
      }
    }
  }

  /** Puts known values in the place of placeholders. An unknown name gives the text of its number. */
  fill(value: unknown, path: string): unknown {
    if (typeof value === 'string') {
      const [, name = '', at = '0'] = PLACEHOLDER.exec(value) ?? [];
      if (name === '') return value;
      const entity = entityOf(path);
      const own = { id: `${entity}Id`, cursor: `${entity}Cursor`, type: `${entity}Type` }[name];
      const values = this.#values.get(own ?? name) ?? [];
      return values[Number(at) % Math.max(1, values.length)] ?? `kelas-${at}`;
    }
    if (Array.isArray(value)) return value.map((one) => this.fill(one, path));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, this.fill(one, path)]),
    );
  }
}

/** The entity of an address: `/api/materials/{id}` → `material`. */
export function entityOf(path: string): string {
  return /^(?:\/api)?\/(?:webhook\/)?(\w+?)s?(?:[/?]|$)/.exec(path)?.[1] ?? '';
}
