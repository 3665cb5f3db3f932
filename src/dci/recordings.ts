import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { TransientTrouble } from '../domain/diagnosis.js';
import { recordingLink } from '../domain/summary.js';
import { callHttp, type HttpAnswer, TransportError } from '../superoffice/http.js';
import { parseRetryAfter } from '../superoffice/retry-after.js';

/** For one call, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Why there is no link, for good: codes for logs. */
export type NoLink = 'no-recording' | 'unauthorized' | 'unexpected-status' | 'answer-without-link';

/** What DCI says of a recording. */
export type RecordingAnswer =
  | { kind: 'found'; url: string }
  | { kind: 'none'; code: NoLink }
  /** Asking again may help. */
  | { kind: 'later'; code: TransientTrouble; retryAfterMs?: number | undefined };

/** Where the recordings of conversations are, as DCI tells. */
export interface DciRecordings {
  /**
   * Every outcome of the call is an answer, not an error.
   *
   * @throws the signal's reason when the caller aborts
   */
  find(conversationId: string, apiToken: string, signal?: AbortSignal): Promise<RecordingAnswer>;
}

/** DCI's REST API v1: `GET /rest/conversations/:id/recording-url`, with a token of the scope "recordings". */
export function createDciRecordings(options: {
  dispatcher: Dispatcher;
  /** Where the API is, without `/rest`. */
  apiUrl: string;
  timeoutMs?: number;
}): DciRecordings {
  const { dispatcher, apiUrl, timeoutMs = TIMEOUT_MS } = options;
  const base = apiUrl.replace(/\/+$/, '');
  return {
    async find(conversationId, apiToken, signal) {
      try {
        const answer = await callHttp(dispatcher, {
          url: new URL(`${base}/rest/conversations/${encodeURIComponent(conversationId)}/recording-url`),
          method: 'GET',
          template: '/rest/conversations/{id}/recording-url',
          headers: { accept: 'application/json', authorization: `Bearer ${apiToken}` },
          timeoutMs,
          signal,
        });
        return meaningOf(answer);
      } catch (error) {
        if (error instanceof TransportError) return { kind: 'later', code: error.code };
        throw error;
      }
    },
  };
}

function meaningOf({ status, body, retryAfter }: HttpAnswer): RecordingAnswer {
  if (status === 200) {
    const url = linkIn(body);
    return url === undefined ? { kind: 'none', code: 'answer-without-link' } : { kind: 'found', url };
  }
  if (status === 429) {
    const retryAfterMs = retryAfterIn(body) ?? parseRetryAfter(retryAfter, Date.now());
    return { kind: 'later', code: 'throttled', retryAfterMs };
  }
  if (status >= 500 || status === 408) return { kind: 'later', code: 'server-error' };
  if (status === 404) return { kind: 'none', code: 'no-recording' };
  if (status === 401 || status === 403) return { kind: 'none', code: 'unauthorized' };
  return { kind: 'none', code: 'unexpected-status' };
}

const link = recordingLink.optional().catch(undefined);
const links = z.object({ url: link, recording_url: link, recordingUrl: link });

/** DCI documents the call, and not the name of the field. */
function linkIn(body: string): string | undefined {
  const answer = parse(body);
  const nested = z.object({ data: links }).safeParse(answer).data?.data;
  for (const found of [links.safeParse(answer).data, nested]) {
    const url = found?.url ?? found?.recording_url ?? found?.recordingUrl;
    if (url !== undefined) return url;
  }
  return undefined;
}

/** In seconds, in the body: `{"statusCode":429,"message":"…","retryAfter":60}`. */
function retryAfterIn(body: string): number | undefined {
  const seconds = z.object({ retryAfter: z.number().min(0) }).safeParse(parse(body)).data?.retryAfter;
  return seconds === undefined ? undefined : seconds * 1000;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
