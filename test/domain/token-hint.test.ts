import { expect, test } from 'vitest';
import { tokenHintOf } from '../../src/domain/token-hint.js';

test.each([
  ['sixteen characters', '0123456789abcdef', 'cdef'],
  ['many', `${'x'.repeat(200)}last`, 'last'],
])('the end of a token of %s is told', (_case, token, hint) => {
  expect(tokenHintOf(token)).toBe(hint);
});

test('nothing is told of a token that is short', () => {
  expect(tokenHintOf('0123456789abcde')).toBeUndefined();
});
