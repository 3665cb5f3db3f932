import type { FastifyRequest } from 'fastify';
import type { AssetUrl } from './assets.js';
import { type Language, languageOf, preferredLanguage } from './i18n/languages.js';
import { type Messages, messagesIn } from './i18n/messages.js';
import type { Session } from './session/sessions.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for every request within `pageScope`. */
    page: PageContext;
    /** Set once a hook of `requireSession` has passed. */
    session: Session | undefined;
  }
}

/** What every page needs to be written. */
export interface PageContext {
  language: Language;
  messages: Messages;
  asset: AssetUrl;
  /** The page's own address, without its query. */
  path: string;
}

export const LANGUAGE_COOKIE = 'lang';
export const LANGUAGE_PARAMETER = 'lang';

/** The language that was chosen on a page; absent where none was chosen by this request. */
export function chosenLanguage({ query }: FastifyRequest): Language | undefined {
  const value = (query as Record<string, unknown>)[LANGUAGE_PARAMETER];
  return typeof value === 'string' ? languageOf(value) : undefined;
}

/** A choice on the page goes before the language of the link, and that before the browser's. */
export function pageContextOf(request: FastifyRequest, asset: AssetUrl): PageContext {
  const { session, cookies, headers } = request;
  const language =
    chosenLanguage(request) ??
    languageOf((cookies as typeof cookies | null)?.[LANGUAGE_COOKIE]) ??
    (session?.kind === 'tenant' ? session.language : undefined) ??
    preferredLanguage(headers['accept-language']) ??
    'en';
  const [path = '/'] = request.url.split('?');
  return { language, messages: messagesIn(language), asset, path };
}

/** Whether htmx asks, for a part of the page. */
export function wantsFragment({ headers }: FastifyRequest): boolean {
  return headers['hx-request'] === 'true';
}
