import { expect, test } from 'vitest';
import { isAtLeast } from '../../src/domain/script-version.js';

test.each([
  ['1.0.0', '1.0.0', true],
  ['1', '1.0.0', true],
  ['1.0.0', '1', true],
  ['1.10.0', '1.9.9', true],
  ['2', '1.9.9', true],
  ['0.99.99', '1.0.0', false],
  ['1.0', '1.0.1', false],
  ['1.9', '1.10', false],
])('version %s is at least %s: %s', (version, minimum, is) => {
  expect(isAtLeast(version, minimum)).toBe(is);
});
