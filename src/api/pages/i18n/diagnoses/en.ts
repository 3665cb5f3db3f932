import { noticeDiagnoses } from '../../../../domain/connection-change.js';
import { diagnosisOf, permanentTroubles, transientTroubles } from '../../../../domain/diagnosis.js';
import { testDiagnoses } from '../../../../domain/test-diagnosis.js';
import type { DiagnosisWords } from './words.js';

/** In English they are the words of the API. */
export const diagnosesEn: DiagnosisWords = {
  delivery: { ...transientTroubles, ...permanentTroubles },
  test: testDiagnoses,
  notice: noticeDiagnoses,
  unknown: diagnosisOf,
};
