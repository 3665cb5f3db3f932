import { maintenancePage, methodNotAllowedPage, notFoundPage } from './pages.js';

/** An HTTP answer. */
export interface Answer {
  kind: 'answer';
  /** For the counters. */
  outcome: string;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What becomes of a call to the script endpoint. */
export type Reply =
  | Answer
  /** The headers promise the whole answer; half of it comes. */
  | (Omit<Answer, 'kind'> & { kind: 'truncated' })
  | { kind: 'reset' | 'silence'; outcome: string };

/** A header that may be absent is left out of the answer. */
export function answer(
  outcome: string,
  status: number,
  contentType: string,
  body: string,
  headers: Record<string, string | number | undefined> = {},
): Answer {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
  return {
    kind: 'answer',
    outcome,
    status,
    headers: { 'content-type': contentType, ...Object.fromEntries(given) },
    body,
  };
}

export function htmlAnswer(outcome: string, status: number, body: string): Answer {
  return answer(outcome, status, 'text/html; charset=utf-8', body);
}

/** The headers are those that the receiver script sets (`ej.headers`). */
export function jsonAnswer(outcome: string, status: number, body: unknown): Answer {
  return answer(outcome, status, 'application/json;charset=utf-8', JSON.stringify(body), {
    'cache-control': 'no-store',
  });
}

export function tooManyRequests(outcome: string, retryAfter?: string | number): Answer {
  return answer(outcome, 429, 'text/plain; charset=utf-8', 'Too many requests', {
    'retry-after': retryAfter,
  });
}

/** Words and status from the docs: check-status.mdx. */
export function misdirected(outcome: string): Answer {
  return answer(outcome, 421, 'text/plain; charset=utf-8', 'Wrong subdomain used to access tenant');
}

export function redirection(outcome: string, location: string): Answer {
  return answer(outcome, 302, 'text/html; charset=utf-8', '', { location });
}

export const unavailable = htmlAnswer('not-running', 503, maintenancePage);
export const notFound = htmlAnswer('unknown-tenant', 404, notFoundPage);
export const methodNotAllowed = htmlAnswer('blocked-verb', 405, methodNotAllowedPage);
