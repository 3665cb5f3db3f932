import { expect, test } from 'vitest';
import { isSameSecret } from '../../src/domain/constant-time.js';

test.each([
  ['the same', 'abc', 'abc', true],
  ['nothing and nothing', '', '', true],
  ['another one', 'abc', 'abd', false],
  ['a longer one', 'abc', 'abcd', false],
  ['nothing', 'abc', '', false],
])('%s', (_, one, other, same) => {
  expect(isSameSecret(Buffer.from(one), Buffer.from(other))).toBe(same);
});
