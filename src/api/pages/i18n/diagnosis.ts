import type { Diagnosis } from '../../../domain/diagnosis.js';
import type { Messages } from './messages.js';

/** Cause and remedy of a trouble that a delivery met. */
export function diagnosisIn({ diagnoses }: Messages, code: string): Diagnosis {
  return wordsIn(diagnoses.delivery, code) ?? diagnoses.unknown(code);
}

/** The same for a test, which tries nothing again by itself. */
export function testDiagnosisIn(messages: Messages, code: string): Diagnosis {
  return wordsIn(messages.diagnoses.test, code) ?? diagnosisIn(messages, code);
}

function wordsIn(words: Record<string, Diagnosis>, code: string): Diagnosis | undefined {
  return Object.hasOwn(words, code) ? words[code] : undefined;
}
