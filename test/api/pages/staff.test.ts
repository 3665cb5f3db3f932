import { expect, test } from 'vitest';
import {
  createSessionTokens,
  sessionOf,
  STAFF_COOKIE,
  TENANT_COOKIE,
} from '../../../src/api/pages/session/sessions.js';
import { staffSessionIn } from '../../../src/api/pages/session/staff.js';
import { fingerprintOf, parseApiTokens } from '../../../src/domain/api-token.js';
import { generateKey, parseKeyRing } from '../../../src/domain/key-ring.js';

const sessionTokens = createSessionTokens(parseKeyRing(generateKey('test')));
const tokens = parseApiTokens('anna:token-of-anna-0123456789,dci:token-of-dci-0123456789');
const [annasToken] = tokens;
if (!annasToken) throw new Error('There is no token.');
const anna = { kind: 'staff', name: 'anna', token: fingerprintOf(annasToken) } as const;
const soon = () => new Date(Date.now() + 60_000);
const sign = (session: Parameters<typeof sessionOf>[0], expires = soon()) =>
  sessionTokens.sessions.sign(sessionOf(session), expires);
const staffIn = (cookies: Record<string, string>, known = tokens) =>
  staffSessionIn({ cookies }, sessionTokens, known);

test('a session of staff is known by its cookie', async () => {
  const cookie = await sign(anna);
  expect(await staffIn({ [STAFF_COOKIE]: cookie })).toMatchObject({ kind: 'staff', name: 'anna' });
});

test('it ends when its token is taken away', async () => {
  const cookie = await sign(anna);
  expect(await staffIn({ [STAFF_COOKIE]: cookie }, tokens.slice(1))).toBeUndefined();
});

test('it ends when its token is replaced by another one of the same name, and not while both are known', async () => {
  const cookie = await sign(anna);
  const replaced = parseApiTokens('anna:another-token-of-anna-0123456789');
  expect(await staffIn({ [STAFF_COOKIE]: cookie }, [...replaced, ...tokens])).toMatchObject({ name: 'anna' });
  expect(await staffIn({ [STAFF_COOKIE]: cookie }, replaced)).toBeUndefined();
});

test('it ends when its time is over', async () => {
  const cookie = await sign(anna, new Date(Date.now() - 1_000));
  expect(await staffIn({ [STAFF_COOKIE]: cookie })).toBeUndefined();
});

test.each([STAFF_COOKIE, TENANT_COOKIE])('the session of a tenant’s admin is none, as %s', async (name) => {
  const cookie = await sign({ kind: 'tenant', tenantId: 'acme', readOnly: false });
  expect(await staffIn({ [name]: cookie })).toBeUndefined();
});

test('a cookie that we did not sign is none', async () => {
  const others = createSessionTokens(parseKeyRing(generateKey('test')));
  const forged = await others.sessions.sign(sessionOf(anna), soon());
  expect(await staffIn({ [STAFF_COOKIE]: forged })).toBeUndefined();
  expect(await staffIn({})).toBeUndefined();
});
