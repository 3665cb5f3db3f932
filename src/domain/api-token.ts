import { createHash } from 'node:crypto';
import { isSameSecret } from './constant-time.js';

/** A caller of the API. Only a digest of its token is kept. */
export interface ApiToken {
  name: string;
  digest: Buffer;
}

const MIN_TOKEN_LENGTH = 16;

/**
 * Reads `name:token` pairs, separated by commas.
 *
 * @throws Error that says what is wrong, without quoting a token
 */
export function parseApiTokens(text: string): ApiToken[] {
  return text.split(',').map((pair, index) => {
    const [name = '', ...rest] = pair.trim().split(':');
    const token = rest.join(':');
    if (!/^[\w-]{1,64}$/.test(name)) throw new Error('must be name:token pairs, separated by commas');
    // By its position: in a pair the wrong way round, or a token with a comma in it, the "name" is a secret.
    if (token.length < MIN_TOKEN_LENGTH)
      throw new Error(`has a token with fewer than ${MIN_TOKEN_LENGTH} characters (pair ${index + 1})`);
    return { name, digest: digestOf(token) };
  });
}

/** The token that somebody shows, if it is one; takes the same time whichever token it is, or none. */
export function findToken(tokens: readonly ApiToken[], presented: string): ApiToken | undefined {
  const digest = digestOf(presented);
  let found: ApiToken | undefined;
  for (const token of tokens) {
    if (isSameSecret(token.digest, digest)) found = token;
  }
  return found;
}

/**
 * Tells a token from one that replaced it under the same name. Four bytes of a digest of its digest: too little to
 * find a token by.
 */
export function fingerprintOf({ digest }: ApiToken): string {
  return createHash('sha256').update(digest).digest('hex').slice(0, 8);
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
