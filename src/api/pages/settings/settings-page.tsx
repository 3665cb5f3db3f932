import { Layout } from '../components/layout.js';
import { ConnectionPanel } from './connection-panel.js';
import { deliveryFilters } from './delivery-filter.js';
import { DeliveryList, type DeliveryListView } from './delivery-list.js';
import { StateBadge } from './health.js';
import { settingsPath } from './paths.js';
import type { ConnectionView } from './view.js';

/** Settings › Integrations › SuperOffice: the connection, and what became of the summaries. */
export function SettingsPage({ view, list }: { view: ConnectionView; list: DeliveryListView }): JSX.Element {
  const { page, session, connection } = view;
  const { settings } = page.messages;
  return (
    <Layout page={page} title={settings.title} trail={settings.trail} csrfToken={session.csrfToken}>
      <header>
        <div class="title">
          <h1 safe>{settings.title}</h1>
          <StateBadge page={page} connection={connection} />
        </div>
        <p class="lead" safe>
          {settings.lead}
        </p>
        {session.readOnly && (
          <p class="lead" safe>
            {settings.readOnly}
          </p>
        )}
      </header>
      <ConnectionPanel {...view} />
      <section class="card" aria-labelledby="deliveries-title">
        <div class="card-head">
          <h2 id="deliveries-title" safe>
            {settings.deliveries.title}
          </h2>
          <Filters {...list} />
        </div>
        <DeliveryList {...list} />
      </section>
    </Layout>
  );
}

function Filters({ page, session, filter }: DeliveryListView): JSX.Element {
  const { show, filters } = page.messages.settings.deliveries;
  return (
    <form
      class="filters"
      action={settingsPath(session.tenantId)}
      hx-get={settingsPath(session.tenantId, '/deliveries')}
      hx-trigger="change"
      hx-target="#deliveries"
      hx-swap="outerHTML"
    >
      <label for="show" safe>
        {show}
      </label>
      <select id="show" name="show">
        {deliveryFilters.map((one) => (
          <option value={one} selected={one === filter} safe>
            {filters[one]}
          </option>
        ))}
      </select>
    </form>
  );
}
