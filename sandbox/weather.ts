import type { ScriptFault, StateFault } from './faults.js';

/** Decides call by call what goes wrong, where no fault is queued. */
export interface Weather {
  ofScriptCall(): ScriptFault | undefined;
  ofStateLookup(): StateFault | undefined;
}
