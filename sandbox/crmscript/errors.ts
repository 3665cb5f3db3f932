/** Where something stands in a script. */
export interface Position {
  line: number;
  column: number;
}

/** A script that can't be run: wrong grammar, an unknown name, a type that does not fit. */
export class CompileError extends Error {
  constructor(
    message: string,
    readonly position: Position,
  ) {
    super(`${message} (line ${position.line}, column ${position.column})`);
  }
}

/** What a script may catch: thrown by itself, or by what it calls. */
export class ScriptError extends Error {}

/** SuperOffice ends a script that runs for more than 60 s; no `catch` of the script hears of it. */
export class ScriptKilledError extends Error {}

/**
 * A script relies on what the documentation leaves open. A defect of the script, so no `catch` of it hears of this
 * either: it would only seem to work.
 */
export class UndocumentedUseError extends Error {}
