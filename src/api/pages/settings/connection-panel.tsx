import type { Connection } from '../../../domain/connection.js';
import { ActionForm } from '../components/action-form.js';
import { Alert } from '../components/alert.js';
import { Announcement } from '../components/announcement.js';
import { Dialog } from '../components/dialog.js';
import { Poll } from '../components/poll.js';
import { Time } from '../components/time.js';
import { ConnectForm } from './connect-form.js';
import { Health } from './health.js';
import { settingsPath } from './paths.js';
import { TestPanel } from './test-panel.js';
import type { ConnectionView } from './view.js';

/** How often a connect that takes longer is asked about, in milliseconds. */
const CONNECTING_POLL_MS = 1_500;

/** Everything about the connection: its health, its settings and what can be done to it; or the form to make one. */
export function ConnectionPanel(view: ConnectionView): JSX.Element {
  const { page, session, connection, isFragment, connectingSince, told, isChanged = false } = view;
  const isConnecting = connectingSince !== undefined;
  const { settings } = page.messages;
  const isForm = (!connection || view.isEditing === true) && !session.readOnly && !isConnecting;
  const formTitle = connection ? settings.form.changeTitle : settings.form.title;
  const title = isForm ? formTitle : settings.connection.title;
  return (
    <section id="connection" class="card" aria-labelledby="connection-title">
      <div class="card-head">
        <h2 id="connection-title" tabindex="-1" data-focus={isChanged} safe>
          {title}
        </h2>
        {connection !== undefined && !isForm && !session.readOnly && (
          <ConnectionActions {...view} connection={connection} />
        )}
      </div>
      <div class="stack">
        {told !== undefined && <Alert {...told} />}
        {isConnecting && (
          <>
            <Alert tone="info" title={settings.connecting} detail={settings.connectingDetail} />
            <Poll
              url={settingsPath(session.tenantId, `/connection?connecting=${connectingSince}`)}
              target="#connection"
              everyMs={CONNECTING_POLL_MS}
            />
          </>
        )}
        {!isConnecting && <Health {...view} />}
        {isForm && <ConnectForm {...view} />}
        {connection !== undefined && !isForm && !isConnecting && (
          <>
            <Facts {...view} connection={connection} />
            <TestPanel {...view} />
          </>
        )}
      </div>
      {told !== undefined && isFragment && (
        <Announcement text={[told.title, told.detail].filter(Boolean).join(' ')} />
      )}
    </section>
  );
}

function ConnectionActions({
  page,
  session,
  connection,
}: ConnectionView & { connection: Connection }): JSX.Element {
  const { connection: words, disconnect } = page.messages.settings;
  const { tenantId, csrfToken } = session;
  const toggle = settingsPath(tenantId, connection.enabled ? '/pause' : '/resume');
  return (
    <div class="actions">
      <a
        id="change-button"
        class="button button-small"
        href={settingsPath(tenantId, '?change')}
        hx-get={settingsPath(tenantId, '/connection?change')}
        hx-target="#connection"
        hx-swap="outerHTML"
        safe
      >
        {words.change}
      </a>
      <ActionForm action={toggle} target="#connection" csrfToken={csrfToken}>
        <button class="button button-small" type="submit" safe>
          {connection.enabled ? words.pause : words.resume}
        </button>
      </ActionForm>
      <button class="button button-small button-danger" type="button" data-opens="disconnect-dialog" safe>
        {words.disconnect}
      </button>
      <Dialog id="disconnect-dialog" {...disconnect}>
        <ActionForm action={settingsPath(tenantId, '/disconnect')} target="#connection" csrfToken={csrfToken}>
          <button class="button button-danger" type="submit" safe>
            {disconnect.confirm}
          </button>
        </ActionForm>
      </Dialog>
    </div>
  );
}

function Facts({ page, connection }: ConnectionView & { connection: Connection }): JSX.Element {
  const { connection: words } = page.messages.settings;
  const { tokenHint, timeZone } = connection;
  return (
    <dl class="facts">
      <Fact name={words.domainPrefix} value={connection.domainPrefix} />
      <Fact name={words.customerInstance} value={connection.customerInstance} />
      <Fact
        name={words.token}
        value={tokenHint === null ? words.tokenStored : words.tokenEndsIn(tokenHint)}
      />
      <Fact name={words.includeId} value={connection.includeId} />
      <Fact name={words.timeZone} value={timeZone} />
      <div>
        <dt safe>{words.since}</dt>
        <dd>
          <Time at={connection.createdAt} language={page.language} timeZone={timeZone} />
        </dd>
      </div>
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div>
      <dt safe>{name}</dt>
      <dd safe>{value}</dd>
    </div>
  );
}
