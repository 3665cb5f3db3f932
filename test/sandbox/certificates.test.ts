import { X509Certificate } from 'node:crypto';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { createCertificates } from '../../sandbox/certificates.js';
import { createAgent } from './support/client.js';
import { withSandbox } from './support/with-sandbox.js';

const context = withSandbox();

test('signs a server certificate for all hosts of the sandbox', async () => {
  const { ca, cert } = await createCertificates();
  const [authority, leaf] = [new X509Certificate(ca), new X509Certificate(cert)];
  expect(authority.ca).toBe(true);
  expect(leaf.ca).toBe(false);
  expect(leaf.checkIssued(authority)).toBe(true);
  expect(leaf.verify(authority.publicKey)).toBe(true);
  for (const host of ['online2.superoffice.localhost', 'superoffice.localhost', 'localhost']) {
    expect(leaf.checkHost(host)).toBeDefined();
  }
  expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(leaf.checkHost('a.b.superoffice.localhost')).toBeUndefined();
  expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
});

test.each([
  ['no authority', undefined],
  ['the authority of another sandbox', 'other'],
])('is refused by a client that trusts %s', async (_, trusted) => {
  const agent = createAgent(trusted && (await createCertificates()).ca);
  await expect(request(context.sandbox.stateUrl, { dispatcher: agent })).rejects.toMatchObject({
    code: expect.stringMatching(
      /UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER/,
    ) as string,
  });
  await agent.destroy();
});

test('is refused for a host that it does not name', async () => {
  const agent = createAgent(context.sandbox.caCertificate);
  await expect(
    request(`https://online.superoffice.example:${context.sandbox.port}/`, { dispatcher: agent }),
  ).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  await agent.destroy();
});
