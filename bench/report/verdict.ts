/** `limited`: not kept, because the machine or the server gave no more, as `measured` tells. */
export type VerdictState = 'kept' | 'missed' | 'limited';

/** One promise, and whether it was kept. */
export interface Verdict {
  promise: string;
  /** With everything that one needs to judge for oneself. */
  measured: string;
  state: VerdictState;
}

export function keptIf(isKept: boolean): VerdictState {
  return isKept ? 'kept' : 'missed';
}

const words: Record<VerdictState, string> = { kept: 'kept   ', missed: 'MISSED ', limited: 'limited' };

/** A line for the terminal. */
export function verdictLine({ promise, measured, state }: Verdict): string {
  return `${words[state]}  ${promise}: ${measured}`;
}
