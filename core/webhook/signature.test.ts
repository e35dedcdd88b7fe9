import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { sign, SignatureError, verify } from './signature.ts';

const A = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const B = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const NOW = Math.floor(Date.now() / 1_000);
const message = { id: 'msg_1', timestamp: NOW, body: '{"type":"job.started"}' };

describe('a signature', () => {
  it('is what the Standard Webhooks package makes, and passes its check', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[!-\-/-~]{1,256}$/), // a dot would be ambiguous
        fc.string({ unit: 'binary' }),
        (id, body) => {
          const headers = sign([A], { id, timestamp: NOW, body });
          const theirs = new Webhook(A);
          expect(headers['webhook-signature']).toBe(theirs.sign(id, new Date(NOW * 1_000), body));
          expect(verify([A], { headers: { ...headers }, body, now: NOW })).toBe(id);
        },
      ),
    );
    expect(new Webhook(A).verify(message.body, { ...sign([A], message) })).toEqual({
      type: 'job.started',
    });
  });

  it('of the Standard Webhooks package passes', () => {
    const headers = {
      'webhook-id': 'msg_2',
      'webhook-timestamp': String(NOW),
      'webhook-signature': new Webhook(A).sign('msg_2', new Date(NOW * 1_000), 'body'),
    };
    expect(verify([A], { headers, body: 'body', now: NOW })).toBe('msg_2');
  });

  it('is made with the first secret and checked with all, so that secrets rotate', () => {
    const headers = { ...sign([B, A], message) };
    expect(verify([A, B], { headers, body: message.body, now: NOW })).toBe('msg_1');
    expect(() => verify([A], { headers, body: message.body, now: NOW })).toThrow(SignatureError);
  });

  it('passes when it is one of several, as while a sender rotates', () => {
    const old = sign([B], message)['webhook-signature'];
    const headers = { ...sign([A], message) };
    headers['webhook-signature'] = `v1a,xxx ${old} ${headers['webhook-signature']}`;
    expect(verify([A], { headers, body: message.body, now: NOW })).toBe('msg_1');
  });
});

describe('a request is refused', () => {
  const headers = { ...sign([A], message) };
  const check =
    (more: Record<string, unknown>, body = message.body, now = NOW) =>
    () =>
      verify([A], { headers: { ...headers, ...more }, body, now });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('without %s', (name) => {
    expect(check({ [name]: undefined })).toThrow(/not signed/);
  });

  it('when a byte of its body, its id or its time is another', () => {
    expect(check({}, `${message.body} `)).toThrow(SignatureError);
    expect(check({ 'webhook-id': 'msg_2' })).toThrow(SignatureError);
    expect(check({ 'webhook-timestamp': String(NOW + 1) })).toThrow(SignatureError);
  });

  it('more than five minutes before or after it was signed', () => {
    expect(check({}, message.body, NOW + 300)()).toBe('msg_1');
    expect(check({}, message.body, NOW - 300)()).toBe('msg_1');
    expect(check({}, message.body, NOW + 301)).toThrow(/5 minutes/);
    expect(check({}, message.body, NOW - 301)).toThrow(/5 minutes/);
  });

  it.each(['', '1e9', '-1', ' 1', 'now', '1.5'])('with the timestamp %j', (timestamp) => {
    expect(check({ 'webhook-timestamp': timestamp })).toThrow(SignatureError);
  });

  it.each(['', 'a b', 'é', '\0', 'x'.repeat(257)])('with the id %j', (id) => {
    expect(check({ 'webhook-id': id })).toThrow(/webhook-id is not/);
  });

  it.each(['', 'v1', 'v1,', 'v1,AAAA', headers['webhook-signature'].slice(3)])(
    'with the signature %j',
    (signature) => {
      expect(check({ 'webhook-signature': signature })).toThrow(SignatureError);
    },
  );

  it('without a word of what would have been right', () => {
    const right = headers['webhook-signature'];
    expect(check({ 'webhook-signature': 'v1,AAAA' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(right) }),
    );
  });

  it('by a secret that is not one', () => {
    expect(() => sign(['whsec_'], message)).toThrow(/whsec_<base64>/);
  });
});
