import { Agent } from 'undici';
import { Webhook } from 'standardwebhooks';
import { callHttp, TransportError } from '../superoffice/http.js';
import { parseRetryAfter } from '../superoffice/retry-after.js';

/** Standard Webhooks: 15 to 30 seconds, in milliseconds. */
const TIMEOUT_MS = 15_000;

export interface EventTarget {
  url: string;
  /** `whsec_…`, newest first: two are in use while one is exchanged. */
  secrets: readonly string[];
}

/** What a receiver made of an event. */
export type EventReception =
  | { status: 'taken' }
  /** It wants no more of them (410). */
  | { status: 'gone' }
  | { status: 'failed'; httpStatus?: number; retryAfterMs?: number };

export interface EventSender {
  /** One attempt: signed anew, with the time of now, over the same bytes. */
  send(id: string, body: string): Promise<EventReception>;
  close(): Promise<void>;
}

/** Sends events as signed webhooks in the format of https://www.standardwebhooks.com. */
export function createEventSender({ url, secrets }: EventTarget): EventSender {
  const signers = secrets.map((secret) => new Webhook(secret));
  const dispatcher = new Agent({ connect: { timeout: TIMEOUT_MS } });
  return {
    async send(id, body) {
      const now = new Date();
      try {
        const answer = await callHttp(dispatcher, {
          url: new URL(url),
          method: 'POST',
          template: '{events}',
          headers: {
            'content-type': 'application/json',
            'webhook-id': id,
            'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
            'webhook-signature': signers.map((signer) => signer.sign(id, now, body)).join(' '),
          },
          body,
          timeoutMs: TIMEOUT_MS,
        });
        return receptionOf(answer.status, parseRetryAfter(answer.retryAfter, now.getTime()));
      } catch (error) {
        if (error instanceof TransportError) return { status: 'failed' };
        throw error;
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** Redirects are failures: they are not followed. */
function receptionOf(httpStatus: number, retryAfterMs: number | undefined): EventReception {
  if (httpStatus >= 200 && httpStatus < 300) return { status: 'taken' };
  if (httpStatus === 410) return { status: 'gone' };
  return { status: 'failed', httpStatus, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
