import { read, readText } from './read.ts';

const CERTIFICATE =
  'n8n does not trust the certificate of the server. Ask an operator to install a certificate that is valid for this address, or to have n8n trust the authority that issued it.';

/** The advice for each code of Node.js and axios that stays the same when a request is repeated. */
const ADVICE: Readonly<Record<string, string>> = {
  ERR_INVALID_URL: 'The address is not valid: write it as https://name, without blanks.',
  ERR_BAD_REQUEST: 'The address must begin with https:// or http://.',
  ERR_UNSUPPORTED_PROTOCOL: 'The address must begin with https:// or http://.',
  ERR_INVALID_CHAR: 'The key contains a character that no header may have: paste it again.',
  EPROTO: 'The server does not speak TLS as it should: is it http:// instead of https://?',
  CERT_HAS_EXPIRED: 'The certificate of the server has expired: its operator has to renew it.',
  CERT_NOT_YET_VALID: 'The certificate is not valid yet: check the clock of n8n.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another name: check the address.',
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
};

/**
 * The advice for a request that failed without an answer and would fail the same way again. A name
 * that is not found does not count: in a container network, its server may be restarting.
 *
 * @param error as n8n's HTTP helper throws it: the code is its `httpCode`, or its cause's `code`
 */
export function lastingFault(error: unknown): string | undefined {
  const code =
    readText(error, 'httpCode') || readText(error, 'cause', 'code') || readText(error, 'code');
  // A status is no such code: axios has ERR_BAD_REQUEST for every 4xx too.
  if (read(error, 'cause', 'response') !== undefined) return undefined;
  return Object.hasOwn(ADVICE, code) ? ADVICE[code] : undefined;
}
