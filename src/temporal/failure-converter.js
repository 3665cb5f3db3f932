// Plain JavaScript: the SDK loads this module by its path, with `require`, past any TypeScript loader.
import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stack traces of failures go through the codec too, so that no history holds them in the clear. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
