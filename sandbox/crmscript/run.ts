import type { CrmTables } from './crm-tables.js';
import { ScriptKilledError } from './errors.js';
import type { Value } from './values.js';

/** SuperOffice ends a script after this time (docs: "Scripts have a 60 second run-time"), in milliseconds. */
export const MAX_RUN_MS = 60_000;
/** So many loops and calls a script never makes: it is caught in a loop. */
const MAX_STEPS = 5_000_000;

/** What a script gets to see of the HTTP request. */
export interface ScriptRequest {
  body: string;
  /** By name, in lower case. */
  headers: Record<string, string>;
}

/** One run of a script: what it was given, and what it has done. */
export class Run {
  readonly parserVariables = new Map<string, string>();
  readonly logged: string[] = [];
  printed = '';
  #steps = 0;
  readonly #startedAt = Date.now();

  constructor(
    readonly request: ScriptRequest,
    readonly tables: CrmTables,
    /** Called before the script reads or writes the CRM: there others may come between, or the script may end. */
    readonly beforeCrmCall: (call: string) => void = () => undefined,
  ) {}

  /** Counts a loop or a call. @throws ScriptKilledError when it is one too many */
  step(): void {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new ScriptKilledError('The script does not end.');
    if (this.#steps % 1000 === 0 && Date.now() - this.#startedAt > MAX_RUN_MS) {
      throw new ScriptKilledError('The script ran for more than 60 s.');
    }
  }
}

/** A function of the runtime: gets the object it is called on (undefined for a global one) and its arguments. */
export type Builtin = (run: Run, self: Value, args: Value[]) => Value;
