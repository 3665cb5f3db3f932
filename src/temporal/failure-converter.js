// Plain JavaScript: the SDK loads this module by its path, with `require`, past any TypeScript loader.
import { DefaultFailureConverter, TimeoutFailure } from '@temporalio/common';

/**
 * SDK 1.24 drops the cause of a time-out, and with it what went wrong in the last attempt of an activity whose
 * time is over.
 */
class CauseKeepingFailureConverter extends DefaultFailureConverter {
  /**
   * @override
   * @param {Parameters<DefaultFailureConverter['failureToErrorInner']>} args
   */
  failureToErrorInner(...args) {
    const error = super.failureToErrorInner(...args);
    const [failure, payloadConverter, context] = args;
    const cause = this.optionalFailureToOptionalError(failure.cause, payloadConverter, context);
    if (error instanceof TimeoutFailure && cause !== undefined) {
      Object.defineProperty(error, 'cause', { value: cause, configurable: true, writable: true });
    }
    return error;
  }
}

/** Messages and stack traces of failures go through the codec too, so that no history holds them in the clear. */
export const failureConverter = new CauseKeepingFailureConverter({ encodeCommonAttributes: true });
