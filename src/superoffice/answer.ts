import { z } from 'zod';
import { type DeliveryResult, deliveryResults, type Receipt } from '../domain/delivery.js';
import type { PermanentTrouble, TransientTrouble } from '../domain/diagnosis.js';
import type { HttpAnswer } from './http.js';
import { parseRetryAfter } from './retry-after.js';

/** What one call to SuperOffice means for the delivery. */
export type Meaning =
  | { next: 'done'; receipt: Receipt; scriptVersion?: string }
  | { next: 'retry'; code: TransientTrouble; retryAfterMs?: number }
  | { next: 'park'; code: PermanentTrouble };

/**
 * A meaning, and whether the tenant's state could change it: an answer that is not the script's own may come from a
 * SuperOffice that is under maintenance, has moved the tenant or has closed it.
 */
export type AnswerMeaning = Meaning & { askTenantState: boolean };

/** The answer of the receiver script, as far as this service reads it. Unknown fields are left alone. */
const scriptAnswerSchema = z.object({
  ok: z.boolean(),
  deliveryId: z.string().optional().catch(undefined),
  result: z.string().optional().catch(undefined),
  recordId: z
    .union([z.int(), z.string().regex(/^[\w-]{1,64}$/)])
    .transform(String)
    .optional()
    .catch(undefined),
  matchedContacts: z.int().nonnegative().optional().catch(undefined),
  matchedCompanies: z.int().nonnegative().optional().catch(undefined),
  // Only what is a version: counterparties quote credentials back.
  scriptVersion: z
    .string()
    .regex(/^\d{1,5}(\.\d{1,5}){0,3}$/)
    .optional()
    .catch(undefined),
  error: z
    .union([z.string(), z.int().transform(String)])
    .optional()
    .catch(undefined),
});

type ScriptAnswer = z.output<typeof scriptAnswerSchema>;

const busyStatuses: ReadonlySet<number> = new Set([408, 409, 423, 425]);
const refusedPayloadStatuses: ReadonlySet<number> = new Set([400, 413, 422]);

/** Error codes of the receiver script that no repetition cures, beside anything that starts with a 4xx status. */
const refusals: ReadonlySet<string> = new Set([
  'bad-json',
  'bad-request',
  'invalid-payload',
  'no-deliveryId',
  'no-owner',
  'not-ascii',
  'unsupported-schema-version',
]);

/**
 * What an answer means. Success is 2xx and JSON and our delivery id and `ok: true`, never 2xx alone: a wrong key, a
 * missing script or missing script tags can answer 200 with a page or with source code.
 *
 * @param now for a `Retry-After` given as a date, in milliseconds since the epoch
 */
export function meaningOfAnswer(answer: HttpAnswer, deliveryId: string, now: number): AnswerMeaning {
  const { status } = answer;
  const script = readScriptAnswer(answer.body);
  if (status >= 200 && status < 300) return meaningOfSuccessStatus(answer.body, script, deliveryId);
  if (status === 421) return { next: 'retry', code: 'host-moved', askTenantState: true };
  if (status === 429) {
    return retry('throttled', false, parseRetryAfter(answer.retryAfter, now));
  }
  if (busyStatuses.has(status)) return retry('busy', false, parseRetryAfter(answer.retryAfter, now));
  if (status >= 500) {
    return script?.ok === false
      ? meaningOfRefusal(script, parseRetryAfter(answer.retryAfter, now))
      : retry('server-error', true, parseRetryAfter(answer.retryAfter, now));
  }
  const code = script?.error === 'bad-signature' ? 'signature-refused' : permanentTroubleOf(status);
  return { next: 'park', code, askTenantState: script === undefined };
}

function meaningOfSuccessStatus(
  body: string,
  script: ScriptAnswer | undefined,
  deliveryId: string,
): AnswerMeaning {
  if (script === undefined) return meaningOfForeignBody(body);
  if (script.deliveryId !== deliveryId) return { next: 'park', code: 'wrong-script', askTenantState: false };
  if (!script.ok) return meaningOfRefusal(script);
  const { scriptVersion } = script;
  return {
    next: 'done',
    receipt: receiptOf(script),
    ...(scriptVersion !== undefined && { scriptVersion }),
    askTenantState: false,
  };
}

function meaningOfForeignBody(body: string): AnswerMeaning {
  const text = body.trimStart();
  if (/%EJSCRIPT_(START|END)%|#setLanguageLevel\b|^<%/.test(text)) {
    return { next: 'park', code: 'script-source', askTenantState: false };
  }
  if (text.startsWith('<')) return { next: 'park', code: 'script-not-reached', askTenantState: true };
  return { next: 'park', code: 'wrong-script', askTenantState: true };
}

function meaningOfRefusal(script: ScriptAnswer, retryAfterMs?: number): AnswerMeaning {
  const error = script.error ?? '';
  if (error === 'bad-signature') return { next: 'park', code: 'signature-refused', askTenantState: false };
  return refusals.has(error) || /^4\d\d\b/.test(error)
    ? { next: 'park', code: 'script-refused', askTenantState: false }
    : retry('script-failed', false, retryAfterMs);
}

function permanentTroubleOf(status: number): PermanentTrouble {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 405) return 'verb-blocked';
  if (refusedPayloadStatuses.has(status)) return 'payload-refused';
  if (status >= 300 && status < 400) return 'redirected';
  return 'unexpected-status';
}

function retry(code: TransientTrouble, askTenantState: boolean, retryAfterMs?: number): AnswerMeaning {
  return retryAfterMs === undefined
    ? { next: 'retry', code, askTenantState }
    : { next: 'retry', code, retryAfterMs, askTenantState };
}

/** A script that prints outside its tags wraps its JSON in white space; `JSON.parse` takes that. */
function readScriptAnswer(body: string): ScriptAnswer | undefined {
  try {
    return scriptAnswerSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function receiptOf(script: ScriptAnswer): Receipt {
  return {
    result: isDeliveryResult(script.result) ? script.result : 'accepted',
    ...(script.recordId !== undefined && { recordId: script.recordId }),
    ...(script.matchedContacts !== undefined && { matchedContacts: script.matchedContacts }),
    ...(script.matchedCompanies !== undefined && { matchedCompanies: script.matchedCompanies }),
  };
}

function isDeliveryResult(result: string | undefined): result is DeliveryResult {
  return deliveryResults.some((known) => known === result);
}
