import { expect, test } from 'vitest';
import { signatureOf } from '../../src/superoffice/signature.js';

/** SuperOffice's own examples of `encodeSHA256` (docs: CRMScript.Global.Void). */
test.each([
  ['Hello there!', '39bf407008986fa79eac9cb0b3c8da3fb46acdd6f71721e38e6c4bbf1d14c222'],
  ['Hello world!', '1700f488c1e47cf1a8e8337c0a51d176291a5b4a200fe9bab866765a86edc0a4'],
])('signs %o as a script does', (body, signature) => {
  expect(signatureOf('test', body)).toBe(signature);
});
