import { createHash } from 'node:crypto';
import type { DeliveryListing } from '../../../temporal/delivery-list.js';
import { ActionForm } from '../components/action-form.js';
import { Alert } from '../components/alert.js';
import { Announcement } from '../components/announcement.js';
import { Icon } from '../components/icon.js';
import { Poll } from '../components/poll.js';
import { Time } from '../components/time.js';
import { diagnosisIn } from '../i18n/diagnosis.js';
import type { DeliveryFilter } from './delivery-filter.js';
import { DeliveryBadge } from './delivery-badge.js';
import type { Meeting } from '../../../temporal/deliveries.js';
import { deliveryPath, settingsPath } from './paths.js';
import type { SettingsContext } from './view.js';

/** How often the list looks for news, in milliseconds. */
const POLL_MS = 3_000;

export interface DeliveryListView extends SettingsContext {
  filter: DeliveryFilter;
  /** Undefined while Temporal is away. */
  listing: DeliveryListing | undefined;
  meetings: ReadonlyMap<string, Meeting>;
  parkedCount: number;
  isConnected: boolean;
  timeZone: string;
  /** A later page than the first: it stays as it is. */
  cursor?: string | undefined;
  told?: string;
}

/** The summaries and where each of them stands, the newest first; the first page keeps itself up to date. */
export function DeliveryList(view: DeliveryListView): JSX.Element {
  const { page, session, filter, listing, parkedCount, cursor, told } = view;
  const words = page.messages.settings.deliveries;
  const path = listPath(view);
  return (
    <div id="deliveries" class="stack">
      {told !== undefined && <Announcement text={told} />}
      {told !== undefined && <Alert tone="good" title={told} />}
      {parkedCount > 0 && !session.readOnly && (
        <ActionForm
          action={settingsPath(session.tenantId, `/deliveries/retry?show=${filter}`)}
          target="#deliveries"
          csrfToken={session.csrfToken}
          class="bar"
        >
          <p safe>{words.waiting(parkedCount)}</p>
          <button id="retry-all" class="button button-small" type="submit">
            <Icon name="retry" />
            <span safe>{words.retryAll(parkedCount)}</span>
          </button>
        </ActionForm>
      )}
      {listing ? <Rows {...view} listing={listing} /> : <Unavailable {...view} />}
      {(listing?.nextCursor ?? cursor) !== undefined && (
        <div class="actions">
          {cursor !== undefined && <PageLink view={view} path={path} label={words.newest} />}
          {listing?.nextCursor !== undefined && (
            <PageLink view={view} path={`${path}&cursor=${listing.nextCursor}`} label={words.older} />
          )}
        </div>
      )}
      {cursor === undefined && (
        <Poll url={path} target="#deliveries" everyMs={POLL_MS} seen={listDigest(view)} />
      )}
    </div>
  );
}

function Rows({
  listing: { deliveries },
  ...view
}: DeliveryListView & { listing: DeliveryListing }): JSX.Element {
  const { page, timeZone } = view;
  if (deliveries.length === 0) return <Empty {...view} />;
  return (
    <>
      <ul class="rows">
        {deliveries.map((delivery) => (
          <Row view={view} delivery={delivery} />
        ))}
      </ul>
      <p class="muted small" safe>
        {page.messages.settings.deliveries.times(timeZone)}
      </p>
    </>
  );
}

function Row({
  view: { page, session, meetings, timeZone },
  delivery: { deliveryId, state, result, trouble, acceptedAt },
}: {
  view: Omit<DeliveryListView, 'listing'>;
  delivery: DeliveryListing['deliveries'][number];
}): JSX.Element {
  const { deliveries: words } = page.messages.settings;
  const meeting = meetings.get(deliveryId);
  return (
    <li class="row">
      <div class="row-name">
        <a id={`d-${deliveryId}`} href={deliveryPath(session.tenantId, deliveryId)} safe>
          {meeting?.name ?? words.unknownMeeting}
        </a>
        <p class="muted small">
          <Time at={acceptedAt} language={page.language} timeZone={timeZone} />
        </p>
      </div>
      <div class="row-state">
        <DeliveryBadge page={page} state={state} result={result} />
        {trouble !== undefined && (
          <p class="small" safe>
            {diagnosisIn(page.messages, trouble).cause}
          </p>
        )}
      </div>
    </li>
  );
}

function Empty({
  page,
  session,
  filter,
  isConnected,
}: Pick<DeliveryListView, 'page' | 'session' | 'filter' | 'isConnected'>): JSX.Element {
  const words = page.messages.settings.deliveries;
  const isFiltered = filter !== 'all';
  const detail = isConnected ? words.emptyDetail : words.emptyNotConnected;
  return (
    <div class="empty">
      <Icon name="inbox" />
      <p class="empty-title" safe>
        {isFiltered ? words.emptyFilterTitle : words.emptyTitle}
      </p>
      <p class="muted" safe>
        {isFiltered ? words.emptyFilterDetail : detail}
      </p>
      {isFiltered && (
        <a class="button button-small" href={settingsPath(session.tenantId)} safe>
          {words.showAll}
        </a>
      )}
    </div>
  );
}

function Unavailable({ page }: SettingsContext): JSX.Element {
  const words = page.messages.settings.deliveries;
  return <Alert tone="warn" title={words.unavailableTitle} detail={words.unavailableDetail} />;
}

function PageLink({
  view: { session, filter },
  path,
  label,
}: {
  view: DeliveryListView;
  path: string;
  label: string;
}): JSX.Element {
  return (
    <a
      class="button button-small"
      href={settingsPath(session.tenantId, `?show=${filter}`)}
      hx-get={path}
      hx-target="#deliveries"
      hx-swap="outerHTML show:#deliveries-title:top"
      safe
    >
      {label}
    </a>
  );
}

function listPath({ session, filter }: Pick<DeliveryListView, 'session' | 'filter'>): string {
  return settingsPath(session.tenantId, `/deliveries?show=${filter}`);
}

/** Changes when what the list shows does. */
export function listDigest({ listing, parkedCount, isConnected }: DeliveryListView): string {
  const facts = JSON.stringify([listing, parkedCount, isConnected]);
  return createHash('sha256').update(facts).digest('base64url').slice(0, 12);
}
