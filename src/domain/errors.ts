/**
 * The root of every error that the service throws on purpose. Its message says what to do, and may be shown to
 * whoever caused it: no secret and no personal data belongs in it.
 */
export abstract class ServiceError extends Error {
  /** Stable, machine-readable kind of error, in kebab-case. */
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The configuration is wrong; the process can't start. `problems` names every wrong variable at once. */
export class ConfigurationError extends ServiceError {
  readonly code = 'configuration';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** What was asked for does not exist, or not for this tenant. */
export class NotFoundError extends ServiceError {
  readonly code = 'not-found';
}

/** The address is one of the API's, the method is none of its. */
export class MethodNotAllowedError extends ServiceError {
  readonly code = 'method-not-allowed';

  /** @param allowed the methods that the address has */
  constructor(readonly allowed: readonly string[]) {
    super(`Use one of the methods that this address has: ${allowed.join(', ')}.`);
  }
}

/** What was asked for does not fit the state of the thing. */
export class ConflictError extends ServiceError {
  readonly code = 'conflict';
}

/** SuperOffice takes no connection to this customer: `trouble` says why, the message what to do. */
export class ConnectionRefusedError extends ServiceError {
  readonly code = 'connection-refused';

  constructor(
    readonly trouble: string,
    readonly diagnosis: { cause: string; remedy: string },
  ) {
    super(diagnosis.remedy);
  }
}

/** A field of a request is wrong, in a way that only what it refers to can tell. */
export class InvalidFieldError extends ServiceError {
  readonly code = 'invalid-field';

  /** @param pointer JSON pointer of the field */
  constructor(
    readonly pointer: string,
    message: string,
  ) {
    super(message);
  }
}

/** The bearer token is missing or unknown. */
export class UnauthorizedError extends ServiceError {
  readonly code = 'unauthorized';
}

/** Whoever asks is known, and may not do this. */
export class ForbiddenError extends ServiceError {
  readonly code = 'forbidden';
}

/** A page is opened without a session, or with one that is over. */
export class SessionOverError extends ServiceError {
  readonly code = 'session-over';
}

/** A webhook is not proven to come from DCI. It says no more, so that nobody learns which tenants there are. */
export class UnverifiedWebhookError extends ServiceError {
  readonly code = 'unverified-webhook';
}

/** A payload of Temporal can't be decoded: its key left the ring, or it was altered. */
export class UnreadablePayloadError extends ServiceError {
  readonly code = 'payload-unreadable';
}

/** A part that the service can't do without is away; asking again later helps. */
export class UnavailableError extends ServiceError {
  readonly code = 'unavailable';

  constructor(
    readonly dependency: 'temporal' | 'database',
    readonly retryAfterSeconds: number,
    options?: ErrorOptions,
  ) {
    super(
      `The service can't reach its ${dependency} right now. Nothing was accepted; send it again.`,
      options,
    );
  }
}

/** The database takes no such value. Asking again is no help. */
export class ValueRefusedError extends ServiceError {
  readonly code = 'value-refused';
}

/** A sealed token can't be opened: its key left the ring, or it was sealed for another tenant. */
export class UnsealError extends ServiceError {
  readonly code = 'token-unreadable';
}

/** A host that configuration does not allow, or an address that it must not reach. */
export class HostRefusedError extends ServiceError {
  readonly code = 'host-refused';
}
