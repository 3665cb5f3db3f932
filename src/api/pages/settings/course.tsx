import type { CourseStep } from '../../../temporal/delivery-course.js';
import type { DeliveryDetails } from '../../../temporal/delivery-details.js';
import type { Tone } from '../components/alert.js';
import { Icon, type IconName } from '../components/icon.js';
import { Time } from '../components/time.js';
import { diagnosisIn } from '../i18n/diagnosis.js';
import type { Messages } from '../i18n/messages.js';
import { formatTime } from '../i18n/times.js';
import type { DeliveryView } from './delivery-section.js';

/** A line of the course, ready to be written. */
interface Line {
  icon: IconName;
  tone: Tone;
  title: string;
  at?: Date;
  /** Why, and what to do. */
  details?: readonly string[];
}

/** What happened to a delivery, in order, and what it waits for. */
export function Course(view: Pick<DeliveryView, 'page' | 'delivery' | 'course' | 'timeZone'>): JSX.Element {
  const { page, timeZone } = view;
  return (
    <ol class="course">
      {linesOf(view).map(({ icon, tone, title, at, details = [] }) => (
        <li class={`step step-${tone}`}>
          <span class="step-mark">
            <Icon name={icon} />
          </span>
          <div>
            <p class="step-title" safe>
              {title}
            </p>
            {details.map((detail) => (
              <p class="small" safe>
                {detail}
              </p>
            ))}
            {at !== undefined && (
              <p class="muted small">
                <Time at={at} language={page.language} timeZone={timeZone} timeStyle="medium" />
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function linesOf({
  page,
  delivery,
  course,
  timeZone,
}: Pick<DeliveryView, 'page' | 'delivery' | 'course' | 'timeZone'>): Line[] {
  const nextAttempt =
    delivery.nextAttemptAt && formatTime(delivery.nextAttemptAt, page.language, timeZone, 'medium');
  return [
    ...course.map((step) => lineOfStep(page.messages, step)),
    ...linesOfNow(page.messages, delivery, nextAttempt),
    ...linesOfEnd(page.messages, delivery),
  ];
}

function lineOfStep(messages: Messages, step: CourseStep): Line {
  const { delivery: words } = messages.settings;
  const { at } = step;
  switch (step.kind) {
    case 'accepted':
      return { icon: 'inbox', tone: 'quiet', title: words.accepted, at };
    case 'tried':
      return triedLine(messages, step);
    case 'parked': {
      const { cause, remedy } = diagnosisIn(messages, step.code);
      return { icon: 'pause', tone: 'bad', title: words.parked, at, details: [cause, remedy] };
    }
    case 'retried':
      return { icon: 'retry', tone: 'quiet', title: words.retried[step.requester], at };
  }
}

/** What a delivery under way does right now: it waits for its next attempt, or is on its way. */
function linesOfNow(
  messages: Messages,
  { state, lastFailure, attempts, nextAttemptAt }: DeliveryDetails,
  nextAttempt: string | undefined,
): Line[] {
  if (state !== 'delivering') return [];
  const { delivery: words } = messages.settings;
  if (!nextAttemptAt || nextAttempt === undefined || !lastFailure || attempts === 0) {
    return [{ icon: 'send', tone: 'info', title: words.calling }];
  }
  return [
    triedLine(messages, { calls: attempts, code: lastFailure.code }),
    { icon: 'clock', tone: 'info', title: words.waitingUntil(nextAttempt) },
  ];
}

function linesOfEnd(messages: Messages, { state, endedAt, receipt, skipReason }: DeliveryDetails): Line[] {
  if (state === 'delivering' || state === 'parked') return [];
  const { delivery: words, results, skipReasons } = messages.settings;
  const details = [
    ...(receipt ? [results[receipt.result]] : []),
    ...(skipReason ? [skipReasons[skipReason]] : []),
  ];
  const isGood = state === 'delivered' && receipt?.result !== 'no-match';
  return [
    {
      icon: state === 'delivered' ? 'check' : 'dash',
      tone: isGood ? 'good' : state === 'delivered' ? 'warn' : 'quiet',
      title: words.ended[state],
      ...(endedAt && { at: endedAt }),
      details,
    },
  ];
}

function triedLine(
  messages: Messages,
  { calls, code, at }: { calls: number; code: string; at?: Date },
): Line {
  const { delivery: words } = messages.settings;
  return {
    icon: 'warning',
    tone: 'warn',
    title: words.tried(calls),
    ...(at && { at }),
    // Nothing is to be done about it: the next line tells how it goes on.
    details: [diagnosisIn(messages, code).cause],
  };
}
