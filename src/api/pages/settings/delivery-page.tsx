import { Icon } from '../components/icon.js';
import { Layout } from '../components/layout.js';
import { DeliverySection, type DeliveryView } from './delivery-section.js';
import { settingsPath } from './paths.js';

/** The page of one summary. */
export function DeliveryPage({ view }: { view: DeliveryView }): JSX.Element {
  const { page, session, meeting } = view;
  const { settings } = page.messages;
  const title = meeting?.name ?? settings.deliveries.unknownMeeting;
  return (
    <Layout page={page} title={title} trail={settings.trail} csrfToken={session.csrfToken}>
      <a class="back" href={settingsPath(session.tenantId)}>
        <Icon name="back" />
        <span safe>{settings.delivery.back}</span>
      </a>
      <DeliverySection {...view} />
    </Layout>
  );
}
