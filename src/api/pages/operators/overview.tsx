import { diagnosisOf } from '../../../domain/diagnosis.js';
import type { ParkedDelivery, SlowDelivery, WaitingDelivery } from '../../../temporal/delivery-overview.js';
import { deliveryWorkflowId } from '../../../temporal/names.js';
import type { TemporalUi } from '../../../temporal/ui.js';
import type { OperationsOverview, WaitingTenant } from '../../operations-overview.js';
import { Alert } from '../components/alert.js';
import { CSRF_FIELD } from '../session/csrf.js';
import { Figures } from './figures.js';
import { OPEN_SETTINGS_ROUTE, operatorsPath, RETRY_TENANT_ROUTE, RETRY_TROUBLE_ROUTE } from './paths.js';
import { parkedByTroubleQuery, parkedOfTenantQuery } from './queries.js';
import { TableCard } from './table-card.js';
import { Ago, roughly } from './time.js';

export interface OverviewProps {
  overview: OperationsOverview;
  temporalUi: TemporalUi | undefined;
  csrfToken: string;
}

/** The part of the page that is asked for again and again. */
export function Overview(props: OverviewProps): JSX.Element {
  const { overview, temporalUi } = props;
  return (
    <>
      {overview.workers === 0 && (
        <Alert
          tone="bad"
          title="No worker asks for work."
          detail="Nothing is delivered until one does; nothing is lost meanwhile. Check the worker processes."
        />
      )}
      <Figures overview={overview} temporalUi={temporalUi} />
      <ParkedByTrouble {...props} />
      <Tenants {...props} />
      <OldestParked {...props} />
      <OldestSlow {...props} />
    </>
  );
}

function ParkedByTrouble({ overview, temporalUi, csrfToken }: OverviewProps): JSX.Element {
  const { parkedByTrouble } = overview.deliveries;
  return (
    <TableCard
      id="parked-by-trouble"
      title="Parked, by trouble"
      empty="Nothing is parked."
      isEmpty={parkedByTrouble.length === 0}
      head={
        <>
          <th scope="col">Trouble</th>
          <ParkedAndAction />
        </>
      }
    >
      {parkedByTrouble.map(({ code, parked }) => (
        <tr>
          <th scope="row">
            <Trouble code={code} withRemedy />
          </th>
          <td class="number">
            <Linked href={temporalUi?.listUrl(parkedByTroubleQuery(code))} text={String(parked)} />
          </td>
          <td class="row-actions">
            <RetryButton
              id={`retry-${code}`}
              path={operatorsPath(RETRY_TROUBLE_ROUTE, { trouble: code })}
              csrfToken={csrfToken}
              of={`everything parked by ${code}`}
              question={`Start everything again that is parked by ${code}, of all tenants?`}
            />
          </td>
        </tr>
      ))}
    </TableCard>
  );
}

function Tenants({ overview, temporalUi, csrfToken }: OverviewProps): JSX.Element {
  const { tenants, connections, at } = overview;
  return (
    <TableCard
      id="tenants"
      title="Tenants that wait for somebody"
      empty="None."
      isEmpty={tenants.length === 0}
      head={
        <>
          <th scope="col">Tenant</th>
          <th scope="col">Trouble</th>
          <th scope="col">Since</th>
          <ParkedAndAction />
        </>
      }
      foot={
        connections.troubled > tenants.length ? (
          <p class="muted">
            The longest troubled of <span safe>{String(connections.troubled)}</span>.
          </p>
        ) : (
          <></>
        )
      }
    >
      {tenants.map((tenant) => (
        <TenantRow tenant={tenant} now={at} temporalUi={temporalUi} csrfToken={csrfToken} />
      ))}
    </TableCard>
  );
}

/** Heads of the columns by which what is parked is counted, and started again. */
function ParkedAndAction(): JSX.Element {
  return (
    <>
      <th scope="col" class="number">
        Parked
      </th>
      <th scope="col">
        <span class="hidden-text">Action</span>
      </th>
    </>
  );
}

function TenantRow({
  tenant,
  now,
  temporalUi,
  csrfToken,
}: {
  tenant: WaitingTenant;
  now: Date;
  temporalUi: TemporalUi | undefined;
  csrfToken: string;
}): JSX.Element {
  const { tenantId, trouble, attentionSince, parked } = tenant;
  return (
    <tr>
      <th scope="row">
        <form method="post" action={operatorsPath(OPEN_SETTINGS_ROUTE)}>
          <input type="hidden" name={CSRF_FIELD} value={csrfToken} />
          <input type="hidden" name="tenantId" value={tenantId} />
          <button class="link" id={`open-${tenantId}`} type="submit" safe>
            {tenantId}
          </button>
        </form>
      </th>
      <td>
        <Trouble code={trouble} />
      </td>
      <td>{attentionSince ? <Ago since={attentionSince} now={now} /> : <span class="muted">–</span>}</td>
      <td class="number">
        <Linked href={temporalUi?.listUrl(parkedOfTenantQuery(tenantId))} text={String(parked)} />
      </td>
      <td class="row-actions">
        {parked > 0 && (
          <RetryButton
            id={`retry-tenant-${tenantId}`}
            path={operatorsPath(RETRY_TENANT_ROUTE, { tenantId })}
            csrfToken={csrfToken}
            of={`everything parked of ${tenantId}`}
            question={`Start everything again that is parked of ${tenantId}?`}
          />
        )}
      </td>
    </tr>
  );
}

function OldestParked({ overview, temporalUi }: OverviewProps): JSX.Element {
  const { oldestParked } = overview.deliveries;
  return (
    <DeliveryTable
      id="oldest-parked"
      title="Parked the longest"
      empty="Nothing is parked."
      deliveries={oldestParked}
      now={overview.at}
      temporalUi={temporalUi}
      columns={['Trouble']}
      cells={({ trouble }: ParkedDelivery) => (
        <td>
          <Trouble code={trouble} />
        </td>
      )}
    />
  );
}

function OldestSlow({ overview, temporalUi }: OverviewProps): JSX.Element {
  const { at, deliveries } = overview;
  return (
    <DeliveryTable
      id="oldest-slow"
      title="Failing now"
      lead="Under way for more than a minute. These are tried again by themselves, or wait for their turn."
      empty="Every delivery under way began less than a minute ago."
      deliveries={deliveries.oldestSlow}
      now={at}
      temporalUi={temporalUi}
      columns={['Last attempt', 'Attempts', 'Next in']}
      cells={({ lastFailure, attempts, nextAttemptAt }: SlowDelivery) => (
        <>
          <td>
            {lastFailure === undefined ? (
              <span class="muted">none has failed</span>
            ) : (
              <Trouble code={lastFailure} />
            )}
          </td>
          <td class="number">{attempts}</td>
          <td>{nextAttemptAt ? roughly(nextAttemptAt.getTime() - at.getTime()) : 'now'}</td>
        </>
      )}
    />
  );
}

function DeliveryTable<D extends WaitingDelivery>({
  id,
  title,
  lead,
  empty,
  deliveries,
  now,
  temporalUi,
  columns,
  cells,
}: {
  id: string;
  title: string;
  lead?: string;
  empty: string;
  deliveries: readonly D[];
  now: Date;
  temporalUi: TemporalUi | undefined;
  columns: readonly string[];
  cells: (delivery: D) => JSX.Element;
}): JSX.Element {
  return (
    <TableCard
      id={id}
      title={title}
      lead={lead}
      empty={empty}
      isEmpty={deliveries.length === 0}
      head={
        <>
          <th scope="col">Delivery</th>
          <th scope="col">Tenant</th>
          <th scope="col">Accepted</th>
          {columns.map((name) => (
            <th scope="col" safe>
              {name}
            </th>
          ))}
        </>
      }
    >
      {deliveries.map((delivery) => (
        <tr>
          <th scope="row" class="mono">
            <Linked
              href={temporalUi?.workflowUrl(deliveryWorkflowId(delivery.tenantId, delivery.deliveryId))}
              text={`${delivery.deliveryId.slice(0, 8)}…`}
            />
          </th>
          <td safe>{delivery.tenantId}</td>
          <td>
            <Ago since={delivery.acceptedAt} now={now} />
          </td>
          {cells(delivery)}
        </tr>
      ))}
    </TableCard>
  );
}

/** What went wrong, in words, with the code by which logs and queries name it. */
function Trouble({ code, withRemedy = false }: { code: string; withRemedy?: boolean }): JSX.Element {
  const { cause, remedy } = diagnosisOf(code);
  return (
    <div class="trouble">
      <span safe>{cause}</span> <code safe>{code}</code>
      {withRemedy && (
        <p class="muted" safe>
          {remedy}
        </p>
      )}
    </div>
  );
}

function Linked({ href, text }: { href: string | undefined; text: string }): JSX.Element {
  return href === undefined ? (
    <span safe>{text}</span>
  ) : (
    <a href={href} safe>
      {text}
    </a>
  );
}

function RetryButton({
  id,
  path,
  csrfToken,
  of,
  question,
}: {
  id: string;
  path: string;
  csrfToken: string;
  /** What is retried, for those who hear the button alone. */
  of: string;
  question: string;
}): JSX.Element {
  return (
    <form method="post" action={path} hx-post={path} hx-target="#alerts" hx-confirm={question}>
      <input type="hidden" name={CSRF_FIELD} value={csrfToken} />
      <button class="button button-small" id={id} type="submit">
        Retry all
        <span class="hidden-text" safe>{` – ${of}`}</span>
      </button>
    </form>
  );
}
