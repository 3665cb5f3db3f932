import { createHash } from 'node:crypto';
import type { DeliveryState } from '../../../domain/delivery.js';
import type { CourseStep } from '../../../temporal/delivery-course.js';
import type { Meeting } from '../../../temporal/deliveries.js';
import type { DeliveryDetails } from '../../../temporal/delivery-details.js';
import { ActionForm } from '../components/action-form.js';
import { Alert } from '../components/alert.js';
import { Announcement } from '../components/announcement.js';
import { Dialog } from '../components/dialog.js';
import { Poll } from '../components/poll.js';
import { Time } from '../components/time.js';
import { Course } from './course.js';
import { DeliveryBadge } from './delivery-badge.js';
import { deliveryPath } from './paths.js';
import type { SettingsContext } from './view.js';

/** How often the page looks for news, in milliseconds. */
const POLL_MS = 1_500;

export interface DeliveryView extends SettingsContext {
  delivery: DeliveryDetails;
  course: readonly CourseStep[];
  meeting: Meeting | undefined;
  timeZone: string;
  told?: string;
}

/** One summary: what became of it so far, and what can be done about it. Keeps itself up to date. */
export function DeliverySection(view: DeliveryView): JSX.Element {
  const { page, session, delivery, meeting, told } = view;
  const { settings } = page.messages;
  const { deliveryId, state, receipt } = delivery;
  return (
    <section id="delivery" class="card" aria-labelledby="delivery-title">
      <div class="card-head">
        <div class="title-line">
          <h1 id="delivery-title" tabindex="-1" data-focus={told !== undefined} safe>
            {meeting?.name ?? settings.deliveries.unknownMeeting}
          </h1>
          <DeliveryBadge page={page} state={state} result={receipt?.result} />
        </div>
        {!session.readOnly && <DeliveryActions {...view} />}
      </div>
      <div class="stack">
        {told !== undefined && <Alert tone="info" title={told} />}
        <DeliveryFacts {...view} />
        <h2 safe>{settings.delivery.course}</h2>
        <Course {...view} />
        <p class="muted small">
          <span safe>{settings.delivery.id}</span> <code safe>{deliveryId}</code>
        </p>
      </div>
      {told !== undefined && <Announcement text={told} />}
      <Poll
        url={deliveryPath(session.tenantId, deliveryId)}
        target="#delivery"
        everyMs={POLL_MS}
        seen={deliveryDigest(view)}
      />
    </section>
  );
}

function DeliveryFacts({ page, delivery, meeting, timeZone }: DeliveryView): JSX.Element {
  const { delivery: words } = page.messages.settings;
  const { receipt } = delivery;
  const facts: [string, string | number | undefined][] = [
    [words.attempts, delivery.attempts],
    [words.recordId, receipt?.recordId],
    [words.contacts, receipt?.matchedContacts],
    [words.companies, receipt?.matchedCompanies],
  ];
  return (
    <dl class="facts">
      {meeting !== undefined && (
        <div>
          <dt safe>{words.meetingTime}</dt>
          <dd>
            <Time at={meeting.startsAt} language={page.language} timeZone={timeZone} />
          </dd>
        </div>
      )}
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div>
            <dt safe>{name}</dt>
            <dd safe>{String(value)}</dd>
          </div>
        ))}
    </dl>
  );
}

function DeliveryActions({ page, session, delivery }: DeliveryView): JSX.Element {
  const { delivery: words } = page.messages.settings;
  const { state, deliveryId } = delivery;
  const { tenantId, csrfToken } = session;
  const form = (verb: string) => ({
    action: deliveryPath(tenantId, deliveryId, `/${verb}`),
    target: '#delivery',
    csrfToken,
  });
  return (
    <div class="actions">
      {state === 'parked' && (
        <ActionForm {...form('retry')}>
          <button id="retry-button" class="button button-primary" type="submit" safe>
            {words.retry}
          </button>
        </ActionForm>
      )}
      {isUnderWay(state) ? (
        <>
          <button id="cancel-button" class="button" type="button" data-opens="cancel-dialog" safe>
            {words.cancel}
          </button>
          <Dialog
            id="cancel-dialog"
            title={words.cancelTitle}
            text={words.cancelText}
            keep={words.cancelKeep}
          >
            <ActionForm {...form('cancel')}>
              <button class="button button-danger" type="submit" safe>
                {words.cancelConfirm}
              </button>
            </ActionForm>
          </Dialog>
        </>
      ) : (
        <>
          <button id="resend-button" class="button" type="button" data-opens="resend-dialog" safe>
            {words.resend}
          </button>
          <Dialog
            id="resend-dialog"
            title={words.resendTitle}
            text={words.resendText}
            keep={words.resendKeep}
          >
            <ActionForm {...form('resend')} class="resend">
              <label class="choice">
                <input type="checkbox" name="force" value="true" />
                <span safe>{words.resendForce}</span>
              </label>
              <button class="button button-primary" type="submit" safe>
                {words.resend}
              </button>
            </ActionForm>
          </Dialog>
        </>
      )}
    </div>
  );
}

function isUnderWay(state: DeliveryState): boolean {
  return state === 'delivering' || state === 'parked';
}

/** Changes when what the page shows does. */
export function deliveryDigest({ delivery, course }: Pick<DeliveryView, 'delivery' | 'course'>): string {
  return createHash('sha256')
    .update(JSON.stringify([delivery, course]))
    .digest('base64url')
    .slice(0, 12);
}
