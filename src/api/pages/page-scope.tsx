import cookie, { type CookieSerializeOptions } from '@fastify/cookie';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotFoundError, type ServiceError, UnavailableError } from '../../domain/errors.js';
import { logProblem } from '../plugins/error-handler.js';
import type { AssetUrl } from './assets.js';
import { Alert } from './components/alert.js';
import { ProblemContent, ProblemPage } from './components/problem-page.js';
import { pageProblemOfError } from './page-problem.js';
import {
  chosenLanguage,
  LANGUAGE_COOKIE,
  type PageContext,
  pageContextOf,
  wantsFragment,
} from './page-context.js';
import { requireSameOrigin } from './session/csrf.js';
import { cookieSettingsOf, type PageSettings } from './page-settings.js';

const LANGUAGE_COOKIE_DAYS = 365;
const DAY_S = 86_400;

/** Longer than any form of ours. */
const MAX_FORM_BYTES = 64 * 1024;

/**
 * Makes a scope of routes one of pages for people: cookies, forms, a strict content security policy, languages, and
 * errors as pages in place of problem documents.
 */
export async function pageScope(
  scope: FastifyInstance,
  settings: PageSettings,
  asset: AssetUrl,
): Promise<void> {
  await scope.register(cookie);
  await scope.register(formbody, { bodyLimit: MAX_FORM_BYTES });
  await scope.register(helmet, securityHeaders(settings));
  scope.decorateRequest('page');
  scope.decorateRequest('session', undefined);

  scope.addHook('onRequest', (request, reply, done) => {
    request.page = pageContextOf(request, asset);
    reply.type('text/html; charset=utf-8');
    // What a page shows is of one person, and of this moment.
    reply.header('cache-control', 'no-store');
    const chosen = chosenLanguage(request);
    if (chosen !== undefined) {
      void reply.setCookie(LANGUAGE_COOKIE, chosen, {
        ...cookieSettingsOf(request, settings),
        path: '/',
        maxAge: LANGUAGE_COOKIE_DAYS * DAY_S,
      } satisfies CookieSerializeOptions);
    }
    done();
  });
  scope.addHook('onRequest', scope.rateLimit());
  requireSameOrigin(scope, settings);

  scope.setErrorHandler((error: FastifyError | ServiceError, request, reply) => {
    const problem = pageProblemOfError(error);
    logProblem(request, error, problem);
    if (error instanceof UnavailableError) reply.header('retry-after', String(error.retryAfterSeconds));
    // What fails before our hooks have run is told in a language too.
    const page = (request.page as PageContext | undefined) ?? pageContextOf(request, asset);
    return sendProblem(problem, page, request, reply);
  });
  scope.setNotFoundHandler(() => {
    throw new NotFoundError('There is no such page.');
  });
}

/** A problem as a page, or, where htmx asked for a part of one, as an alert on the page. */
function sendProblem(
  { name, status }: ReturnType<typeof pageProblemOfError>,
  page: PageContext,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const words = page.messages.problems[name];
  // Fastify has taken back the type that was set before the error.
  reply.code(status).type('text/html; charset=utf-8');
  if (!wantsFragment(request)) return reply.send(<ProblemPage page={page} {...words} />);
  // What is over takes the place of the page, and ends its asking for news.
  if (name === 'session-over') {
    return reply
      .headers({ 'hx-retarget': '#main', 'hx-reswap': 'innerHTML' })
      .send(<ProblemContent {...words} />);
  }
  return reply
    .headers({ 'hx-retarget': '#alerts', 'hx-reswap': 'innerHTML' })
    .send(<Alert tone="bad" {...words} />);
}

/** Nothing is loaded from elsewhere, nothing runs that is not a file of ours, nobody frames the page uninvited. */
function securityHeaders({ embedOrigins }: PageSettings) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: embedOrigins.length === 0 ? ["'none'"] : [...embedOrigins],
      },
    },
    // An old header that knows no list of origins; `frame-ancestors` says the same, and more.
    xFrameOptions: embedOrigins.length === 0 ? ({ action: 'deny' } as const) : false,
    // `no-referrer` would also take the origin from forms, by which we know them as ours.
    referrerPolicy: { policy: 'same-origin' as const },
    strictTransportSecurity: false,
  };
}
