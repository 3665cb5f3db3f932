import type { ConnectNotice } from '../../../../domain/connection-change.js';
import type { Diagnosis, PermanentTrouble, TransientTrouble } from '../../../../domain/diagnosis.js';
import type { TestDiagnosed } from '../../../../domain/test-diagnosis.js';

/** Causes and remedies, in one language. */
export interface DiagnosisWords {
  delivery: Record<TransientTrouble | PermanentTrouble, Diagnosis>;
  /** Where an admin who tests reads other words than under a delivery. */
  test: Record<TestDiagnosed, Diagnosis>;
  notice: Record<ConnectNotice, Diagnosis>;
  /** For a code that this version does not know. */
  unknown: (code: string) => Diagnosis;
}
