import { setTimeout as delay } from 'node:timers/promises';
import type { ScriptFault } from './faults.js';
import { SCRIPT_SOURCE } from './installed-script.js';
import { loginPage, statusPage } from './pages.js';
import {
  type Answer,
  answer,
  htmlAnswer,
  jsonAnswer,
  misdirected,
  redirection,
  type Reply,
  tooManyRequests,
} from './replies.js';

const OVERSIZED_BYTES = 2 * 1024 * 1024;

export interface FaultContext {
  /** The delivery id in the request, or empty. */
  deliveryId: string;
  /** Where SuperOffice sends visitors of a tenant that is away. */
  statusPageUrl: string;
  /** Ends the waiting when the sandbox closes. */
  closing: AbortSignal;
  /** Runs the script, if the call reaches it. */
  run: () => Answer;
}

/** What a call gets while a fault holds. */
export async function replyOfFault(fault: ScriptFault, context: FaultContext): Promise<Reply> {
  const { deliveryId, statusPageUrl, closing, run } = context;
  const outcome = `fault:${fault.type}`;
  switch (fault.type) {
    case 'status':
      return answer(
        outcome,
        fault.status,
        fault.contentType ?? 'text/html; charset=utf-8',
        fault.body ?? statusPage(fault.status),
        { 'retry-after': fault.retryAfter },
      );
    case 'throttle':
      return tooManyRequests(outcome, fault.retryAfter);
    case 'redirect':
      return redirection(outcome, fault.location ?? statusPageUrl);
    case 'reset':
      return { kind: 'reset', outcome };
    case 'hang':
      return { kind: 'silence', outcome };
    case 'empty':
      return htmlAnswer(outcome, 200, '');
    case 'no-echo':
      return jsonAnswer(outcome, 200, { ok: true, result: 'created' });
    case 'wrong-echo':
      return jsonAnswer(outcome, 200, { ok: true, deliveryId: 'another-delivery', result: 'created' });
    case 'not-ok':
      return jsonAnswer(outcome, fault.status ?? 200, { ok: false, deliveryId, error: fault.error });
    case 'html':
      return htmlAnswer(outcome, 200, loginPage);
    case 'source':
      return htmlAnswer(outcome, 200, SCRIPT_SOURCE);
    case 'moved':
      return misdirected(outcome);
    case 'slow':
      await delay(fault.delayMs, undefined, { signal: closing });
      return run();
    case 'landed-reset':
      run();
      return { kind: 'reset', outcome };
    case 'landed-timeout':
      run();
      return { kind: 'silence', outcome };
    case 'truncated':
      return { ...run(), kind: 'truncated', outcome };
    case 'oversized':
      return oversized(run(), outcome);
    case 'whitespace':
      return inBlankLines(run());
  }
}

function oversized(real: Answer, outcome: string): Answer {
  const padded = real.body.replace(/\}\s*$/, `,"padding":"${'x'.repeat(OVERSIZED_BYTES)}"}`);
  return { ...real, outcome, body: padded };
}

function inBlankLines(real: Answer): Answer {
  return { ...real, body: `\r\n\r\n  ${real.body}\r\n\r\n` };
}
