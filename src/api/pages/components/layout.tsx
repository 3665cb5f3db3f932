import type { PropsWithChildren } from '@kitajs/html';
import { languageNames, languages } from '../i18n/languages.js';
import { LANGUAGE_PARAMETER, type PageContext } from '../page-context.js';
import { CSRF_HEADER } from '../session/csrf.js';
import { Alert } from './alert.js';

/** Nothing inline, nothing evaluated; answers that tell of an error are shown like any other. */
const HTMX_CONFIG = {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  historyEnabled: false,
  responseHandling: [
    { code: '204', swap: false },
    { code: '...', swap: true },
  ],
};

/** A page: head, way to it, content, languages. */
export function Layout({
  page,
  title,
  trail = [],
  csrfToken,
  isTranslated = true,
  isWide = false,
  children,
}: PropsWithChildren<{
  page: PageContext;
  title: string;
  /** Names of the places that lead to this one. */
  trail?: readonly string[];
  /** For the changes that htmx asks for. */
  csrfToken?: string;
  /** Whether there is another language to choose. */
  isTranslated?: boolean;
  /** For tables with many columns. */
  isWide?: boolean;
}>): JSX.Element {
  const { language, messages, asset } = page;
  return (
    <>
      {'<!doctype html>'}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="htmx-config" content={JSON.stringify(HTMX_CONFIG)} />
          <title safe>{title}</title>
          <link rel="icon" href={asset('icon.svg')} />
          <link rel="stylesheet" href={asset('page.css')} />
          <script src={asset('htmx.js')} defer />
          <script src={asset('page.js')} defer />
        </head>
        <body
          {...(csrfToken !== undefined && { 'hx-headers': JSON.stringify({ [CSRF_HEADER]: csrfToken }) })}
        >
          <a class="skip" href="#main" safe>
            {messages.skipToContent}
          </a>
          <div class={isWide ? 'frame frame-wide' : 'frame'}>
            {trail.length > 0 && (
              <nav class="trail" aria-label={title}>
                <ol>
                  {trail.map((name) => (
                    <li safe>{name}</li>
                  ))}
                </ol>
              </nav>
            )}
            <div id="alerts" role="alert" />
            <template id="no-answer">
              <Alert tone="bad" {...messages.noAnswer} />
            </template>
            <div id="announcer" class="hidden-text" role="status" />
            <main id="main" tabindex="-1">
              {children}
            </main>
            {isTranslated && <LanguageChoice page={page} />}
          </div>
        </body>
      </html>
    </>
  );
}

function LanguageChoice({ page: { language, messages, path } }: { page: PageContext }): JSX.Element {
  return (
    <footer>
      <nav aria-label={messages.language}>
        <ul class="languages">
          {languages.map((one) => (
            <li>
              <a
                href={`${path}?${LANGUAGE_PARAMETER}=${one}`}
                lang={one}
                hreflang={one}
                aria-current={one === language ? 'true' : undefined}
                safe
              >
                {languageNames[one]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </footer>
  );
}
