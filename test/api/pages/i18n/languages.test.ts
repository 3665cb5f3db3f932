import { describe, expect, test } from 'vitest';
import { permanentTroubles, transientTroubles } from '../../../../src/domain/diagnosis.js';
import { testDiagnoses } from '../../../../src/domain/test-diagnosis.js';
import { diagnosisIn, testDiagnosisIn } from '../../../../src/api/pages/i18n/diagnosis.js';
import { languageOf, languages, preferredLanguage } from '../../../../src/api/pages/i18n/languages.js';
import { messagesIn } from '../../../../src/api/pages/i18n/messages.js';

test.each([
  ['sv', 'sv'],
  ['sv-FI', 'sv'],
  ['NB-no', 'nb'],
  ['no', 'nb'],
  ['nn', 'nb'],
  ['en-US', 'en'],
  ['fi', undefined],
  ['', undefined],
  [undefined, undefined],
])('the tag %s means %s', (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});

test.each([
  ['sv', 'sv'],
  ['fi, sv;q=0.8, en;q=0.9', 'en'],
  ['da, *;q=0.5', undefined],
  ['sv;q=0, nb;q=0.1', 'nb'],
  ['', undefined],
  [undefined, undefined],
])('of "%s" the pages speak %s first', (header, language) => {
  expect(preferredLanguage(header)).toBe(language);
});

/** Every text that a language has, with the place where it is. */
function textsOf(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, `${path}/${key}`));
}

describe.each(languages.filter((language) => language !== 'en'))('in %s', (language) => {
  const messages = messagesIn(language);
  const english = new Map(textsOf(messagesIn('en'), ''));

  test('every sentence is translated', () => {
    const texts = textsOf(messages, '');
    expect(texts.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    const left = texts.filter(([path, text]) => text.includes(' ') && english.get(path) === text);
    expect(left).toEqual([]);
    expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('each trouble has cause and remedy, other words for a test, and an unknown one is told by its code', () => {
    for (const code of [...Object.keys(transientTroubles), ...Object.keys(permanentTroubles)]) {
      expect(diagnosisIn(messages, code).cause).not.toContain(code);
      expect(testDiagnosisIn(messages, code).remedy.length).toBeGreaterThan(5);
    }
    for (const code of Object.keys(testDiagnoses)) {
      expect(testDiagnosisIn(messages, code)).toEqual(
        messages.diagnoses.test[code as keyof typeof testDiagnoses],
      );
    }
    expect(diagnosisIn(messages, 'from-the-future').cause).toContain('from-the-future');
    expect(diagnosisIn(messages, 'constructor').cause).toContain('constructor');
  });
});
