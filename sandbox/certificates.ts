import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { SANDBOX_DOMAIN } from './hosts.js';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const HOUR_MS = 3_600_000;
/** TLS clients refuse server certificates that are valid for more than 825 days. */
const VALIDITY_MS = 800 * 24 * HOUR_MS;

/** All in PEM. The private key of the authority is forgotten: it signs this one certificate. */
export interface Certificates {
  /** The authority that a client has to trust. */
  ca: string;
  /** The certificate that the server shows, valid for every host of the sandbox. */
  cert: string;
  /** The server's private key (PKCS #8). */
  key: string;
}

/** A certificate authority of its own and a server certificate that it signed, new at each call. */
export async function createCertificates(): Promise<Certificates> {
  const validity = {
    // A client whose clock is a little behind must not refuse it.
    notBefore: new Date(Date.now() - HOUR_MS),
    notAfter: new Date(Date.now() + VALIDITY_MS),
  };
  const caKeys = await generateKeys();
  const ca = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=SuperOffice sandbox CA',
      keys: caKeys,
      signingAlgorithm: algorithm,
      ...validity,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
      ],
    },
    webcrypto,
  );
  const keys = await generateKeys();
  const leaf = await x509.X509CertificateGenerator.create(
    {
      subject: `CN=${SANDBOX_DOMAIN}`,
      issuer: ca.subject,
      publicKey: keys.publicKey,
      signingKey: caKeys.privateKey,
      signingAlgorithm: algorithm,
      ...validity,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: `*.${SANDBOX_DOMAIN}` },
          { type: 'dns', value: SANDBOX_DOMAIN },
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
        ]),
        await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
      ],
    },
    webcrypto,
  );
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    ca: ca.toString('pem'),
    cert: leaf.toString('pem'),
    key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}
