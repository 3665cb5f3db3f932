import type { SealedConnection } from '../../../domain/connection.js';
import { connectionView } from '../../schemas/connections.js';
import { Layout } from '../components/layout.js';
import type { PageContext } from '../page-context.js';
import type { TenantSession } from '../session/sessions.js';

/** The page with everything about a tenant's connection. */
export function SettingsPage({
  page,
  session,
  connection,
}: {
  page: PageContext;
  session: TenantSession;
  connection: SealedConnection | undefined;
}): JSX.Element {
  const { settings } = page.messages;
  return (
    <Layout page={page} title={settings.title} trail={settings.trail} csrfToken={session.csrfToken}>
      <header class="title">
        <h1 safe>{settings.title}</h1>
        <span class="badge" safe>
          {settings.states[connection ? connectionView(connection).state : 'not-connected']}
        </span>
      </header>
      <p class="lead" safe>
        {settings.lead}
      </p>
    </Layout>
  );
}
