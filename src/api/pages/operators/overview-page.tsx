import type { TemporalUi } from '../../../temporal/ui.js';
import type { OperationsOverview } from '../../operations-overview.js';
import { Layout } from '../components/layout.js';
import type { PageContext } from '../page-context.js';
import { CSRF_FIELD } from '../session/csrf.js';
import type { StaffSession } from '../session/sessions.js';
import { Overview } from './overview.js';
import { OPEN_SETTINGS_ROUTE, operatorsPath, OVERVIEW_ROUTE, SIGN_OUT_ROUTE } from './paths.js';
import { attentionQuery } from './queries.js';

/** How often the figures are asked for anew. */
const REFRESH = 'every 5s';

interface OverviewPageProps {
  page: PageContext;
  session: StaffSession;
  overview: OperationsOverview;
  temporalUi: TemporalUi | undefined;
  /** Where the Temporal UI finds the codec endpoint. */
  codecUrl: string;
}

/** Everything that operators look at first, on one page. */
export function OverviewPage({
  page,
  session,
  overview,
  temporalUi,
  codecUrl,
}: OverviewPageProps): JSX.Element {
  const { csrfToken, name } = session;
  return (
    <Layout page={page} title="Operations" csrfToken={csrfToken} isTranslated={false} isWide>
      <header class="title title-bar">
        <h1>Operations</h1>
        <div class="actions">
          {temporalUi !== undefined && (
            <a class="button button-small" href={temporalUi.listUrl(attentionQuery)}>
              What needs attention, in the Temporal UI
            </a>
          )}
          <form method="post" action={operatorsPath(SIGN_OUT_ROUTE)}>
            <input type="hidden" name={CSRF_FIELD} value={csrfToken} />
            <button class="button button-small" type="submit">
              <span safe>{`Sign out ${name}`}</span>
            </button>
          </form>
        </div>
      </header>
      <p class="lead">All tenants, as of a few seconds ago.</p>
      <div id="overview" hx-get={operatorsPath(OVERVIEW_ROUTE)} hx-trigger={REFRESH} hx-swap="innerHTML">
        <Overview overview={overview} temporalUi={temporalUi} csrfToken={csrfToken} />
      </div>
      <div class="columns">
        <FindTenant csrfToken={csrfToken} />
        {temporalUi !== undefined && <ReadablePayloads codecUrl={codecUrl} />}
      </div>
    </Layout>
  );
}

function FindTenant({ csrfToken }: { csrfToken: string }): JSX.Element {
  return (
    <section class="card" aria-labelledby="find-tenant">
      <h2 id="find-tenant">A tenant’s own page</h2>
      <p class="muted">
        Its connection, its deliveries and what became of them, as its admin sees them. What you do there is
        done.
      </p>
      <form class="inline-form" method="post" action={operatorsPath(OPEN_SETTINGS_ROUTE)}>
        <input type="hidden" name={CSRF_FIELD} value={csrfToken} />
        <div class="field">
          <label for="tenant-id">Tenant id</label>
          <input
            id="tenant-id"
            name="tenantId"
            required
            maxlength="64"
            autocomplete="off"
            spellcheck="false"
          />
        </div>
        <button class="button" type="submit">
          Open
        </button>
      </form>
    </section>
  );
}

function ReadablePayloads({ codecUrl }: { codecUrl: string }): JSX.Element {
  return (
    <section class="card" aria-labelledby="readable-payloads">
      <h2 id="readable-payloads">Readable payloads in the Temporal UI</h2>
      <p class="muted">
        Once for each browser: press the glasses (“Configure Codec Server”) in the Temporal UI, enter this
        endpoint, and switch on “Include cross-origin credentials”. It works as long as you are signed in
        here.
      </p>
      <p>
        <code class="endpoint" safe>
          {codecUrl}
        </code>
      </p>
    </section>
  );
}
