import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '../../test/harness/receiver.ts';
import { startHarness, until, type Harness } from '../../test/harness/portal.ts';

let harness: Harness;
/** A server inside the network that is not n8n. */
let inner: Receiver;
beforeAll(async () => {
  harness = await startHarness({ timing: { backoff: { first: 10, most: 20 } } });
  inner = await startReceiver();
});
afterAll(async () => {
  await harness.stop();
  await inner.close();
});

const portOf = (url: string) => new URL(url).port;

describe('A subscription does not make the API send anything to another server', () => {
  it.each<[string, () => string]>([
    ['another port of n8n’s host', () => inner.url],
    ['localhost', () => `http://localhost:${portOf(inner.url)}/`],
    ['a decimal address', () => `http://2130706433:${portOf(inner.url)}/`],
    ['a hexadecimal address', () => `http://0x7f000001:${portOf(inner.url)}/`],
    ['an octal address', () => `http://0177.0.0.1:${portOf(inner.url)}/`],
    ['a short address', () => `http://127.1:${portOf(inner.url)}/`],
    ['zero', () => `http://0:${portOf(inner.url)}/`],
    ['all interfaces', () => `http://0.0.0.0:${portOf(inner.url)}/`],
    ['another loopback address', () => `http://127.0.0.2:${portOf(inner.url)}/`],
    ['IPv6 loopback', () => `http://[::1]:${portOf(inner.url)}/`],
    ['IPv4 in IPv6', () => `http://[::ffff:127.0.0.1]:${portOf(inner.url)}/`],
    ['IPv4 in IPv6, in hexadecimal', () => `http://[::ffff:7f00:1]:${portOf(inner.url)}/`],
    ['any IPv6 address', () => `http://[::]:${portOf(inner.url)}/`],
    ['the metadata service', () => 'http://169.254.169.254/latest/meta-data/'],
    ['the metadata service in decimal', () => 'http://2852039166/latest/meta-data/'],
    ['the metadata service in IPv6', () => 'http://[fd00:ec2::254]/latest/meta-data/'],
    ['the metadata service in IPv4 in IPv6', () => 'http://[::ffff:a9fe:a9fe]/'],
    ['the metadata service by name', () => 'http://metadata.google.internal/computeMetadata/v1/'],
    ['a link-local IPv6 address', () => 'http://[fe80::1]/'],
    ['a private network', () => 'http://10.0.0.1/'],
    ['PostgreSQL’s port', () => 'http://127.0.0.1:5432/'],
    [
      'n8n’s port with a zero before it and another digit behind',
      () => `http://127.0.0.1:0${portOf(harness.receiver.url)}0/`,
    ],
    ['port 0', () => 'http://127.0.0.1:0/'],
    ['no port', () => 'http://127.0.0.1/'],
    ['HTTPS on n8n’s port', () => harness.receiver.url.replace('http:', 'https:')],
    ['a dot behind n8n’s host', () => `http://127.0.0.1.nip.io:${portOf(harness.receiver.url)}/`],
    [
      'n8n’s origin as a user name',
      () => `${harness.receiver.url}@127.0.0.1:${portOf(inner.url)}/`,
    ],
    [
      'n8n’s origin as a user name, escaped',
      () => `http://127.0.0.1%3A80@127.0.0.1:${portOf(inner.url)}/`,
    ],
    ['n8n’s origin as a fragment', () => `${inner.url}/#${harness.receiver.url}`],
    ['n8n’s origin as a query', () => `${inner.url}/?${harness.receiver.url}`],
    [
      'n8n’s origin behind a backslash',
      () => `http://127.0.0.1:${portOf(inner.url)}\\@127.0.0.1:${portOf(harness.receiver.url)}/`,
    ],
    ['full-width digits', () => `http://１２７.0.0.1:${portOf(inner.url)}/`],
    ['a circled number', () => `http://①27.0.0.1:${portOf(inner.url)}/`],
    ['an ideographic full stop', () => `http://127。0。0。1:${portOf(inner.url)}/`],
    ['an international name', () => 'http://n8n.sеkolah.sch.id/'],
    ['Punycode', () => 'http://xn--n8n-5cd.sch.id/'],
    ['a tab in the scheme', () => `ht\ttp://127.0.0.1:${portOf(inner.url)}/`],
    ['a line break in the host', () => `http://127.0.0.1\n:${portOf(inner.url)}/`],
    ['blanks before it', () => ` ${inner.url}/`],
    ['one slash', () => `http:/127.0.0.1:${portOf(inner.url)}/`],
    ['no slash', () => `http:127.0.0.1:${portOf(inner.url)}`],
    ['no scheme', () => `//127.0.0.1:${portOf(inner.url)}/`],
    ['file:', () => 'file:///etc/passwd'],
    ['gopher:', () => `gopher://127.0.0.1:${portOf(inner.url)}/_x`],
    ['data:', () => 'data:text/plain,x'],
    ['javascript:', () => 'javascript:alert(1)'],
    ['blob:', () => `blob:${harness.receiver.url}/x`],
    ['ws:', () => harness.receiver.url.replace('http:', 'ws:')],
    ['an empty text', () => ''],
  ])('at %s', async (_, url) => {
    expect(await harness.subscribe({ url: url(), test: true })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'url' }] },
    });
    expect(inner.received).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])('to which n8n redirects with %i', async (status) => {
    await harness.db.deleteFrom('subscriptions').execute();
    harness.receiver.received.length = 0;
    harness.receiver.answer = (res) =>
      void res.writeHead(status, { location: `${inner.url}/inner` }).end();
    await harness.subscribe({ test: true });
    await until(() => harness.receiver.received.length > 1);
    expect(inner.received).toEqual([]);
  });

  it.each<[string, string]>([
    ['in another case', 'HTTP://127.0.0.1'],
    ['in decimal', 'http://2130706433'],
  ])('but n8n’s own origin may be written %s', async (_, host) => {
    const url = `${host}:${portOf(harness.receiver.url)}/webhook/own`;
    expect((await harness.subscribe({ url, test: true })).status).toBe(200);
  });
});
