import { describe, expect, test } from 'vitest';
import {
  diagnosisOf,
  isTenantTrouble,
  type PermanentTrouble,
  permanentTroubles,
  transientTroubles,
  wordsOf,
} from '../../src/domain/diagnosis.js';

const codes = [...Object.keys(transientTroubles), ...Object.keys(permanentTroubles)];

describe('diagnosisOf', () => {
  test.each(codes)('says what "%s" is and what to do, in sentences', (code) => {
    const { cause, remedy } = diagnosisOf(code);
    expect(cause).not.toContain(`failed (${code})`);
    expect(wordsOf(code)).toBe(`${cause} ${remedy}`);
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(cause).toMatch(/^[A-Z].+\.$/);
    expect(remedy).toMatch(/^[A-Z].+\.$/);
  });

  test('no code is both transient and permanent', () => {
    expect(new Set(codes).size).toBe(codes.length);
  });

  test.each(['of-an-older-version', '', 'toString', '__proto__', 'constructor'])(
    'has an answer for the unknown code %o',
    (code) => {
      expect(diagnosisOf(code)).toEqual({
        cause: `The delivery failed (${code}).`,
        remedy: 'Retry, or report the delivery id.',
      });
    },
  );
});

test('what lies in one summary, or is meant so, leaves the other summaries of the tenant alone', () => {
  const troubles = Object.keys(permanentTroubles) as PermanentTrouble[];
  expect(troubles.filter((code) => !isTenantTrouble(code)).sort()).toEqual([
    'paused',
    'payload-refused',
    'retry-window-over',
    'script-refused',
    'unexpected-status',
  ]);
});
