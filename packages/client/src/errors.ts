import type { Problem } from './types.js';

const TYPE_PREFIX = 'urn:dci-superoffice:problem:';

type WithoutPrefix<T extends string> = T extends `urn:dci-superoffice:problem:${infer Name}` ? Name : never;

/** The kinds of problems, such as `not-found`. */
export type ProblemName = WithoutPrefix<Problem['type']>;

/** Whatever this client throws. */
export abstract class ClientError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The service refused. Decide by `kind`; `message` says what to do, in words. */
export class ProblemError extends ClientError {
  /** Stable name of the kind of problem. */
  readonly kind: ProblemName;
  /** HTTP status. */
  readonly status: number;

  constructor(
    readonly problem: Problem,
    /** How long the service asks to wait before the call is made again. */
    readonly retryAfterSeconds?: number,
  ) {
    super(messageOf(problem));
    this.kind = problem.type.slice(TYPE_PREFIX.length) as ProblemName;
    this.status = problem.status;
  }
}

/** No answer: the service can't be reached, or took too long. What was asked for may have happened. */
export class UnreachableError extends ClientError {}

/** Something answered, but not the service: a proxy in between, or another server. */
export class UnexpectedAnswerError extends ClientError {
  constructor(readonly status: number) {
    super(
      `The answer (HTTP ${status}) is not one of the service: check the address, and what lies in between.`,
    );
  }
}

function messageOf({ title, detail, errors = [] }: Problem): string {
  const fields = errors.map(({ pointer, detail: what }) => `${pointer || 'body'}: ${what}`);
  return [`${title}: ${detail}`, ...fields].join('\n');
}
