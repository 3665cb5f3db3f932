import {
  type CheckResult,
  connectionChecks,
  type ConnectionTestReport,
} from '../../../domain/connection-test.js';
import { ActionForm } from '../components/action-form.js';
import { Announcement } from '../components/announcement.js';
import { Icon, type IconName } from '../components/icon.js';
import { Poll } from '../components/poll.js';
import { testDiagnosisIn } from '../i18n/diagnosis.js';
import { formatTime } from '../i18n/times.js';
import type { PageContext } from '../page-context.js';
import { settingsPath } from './paths.js';
import type { ConnectionView } from './view.js';

/** How often a running test is asked about, in milliseconds. */
const POLL_MS = 500;

type ShownResult = CheckResult['result'] | 'checking' | 'waiting';

const iconOf: Record<ShownResult, IconName> = {
  ok: 'check',
  failed: 'cross',
  'not-reached': 'dash',
  checking: 'spinner',
  waiting: 'dash',
};

/**
 * Test Integration: its button, and each check as soon as it is known.
 *
 * @param isNews somebody waits for it: those who can't see it hear it
 */
export function TestPanel({
  page,
  session,
  connection,
  test,
  isNews = false,
}: Pick<ConnectionView, 'page' | 'session' | 'connection' | 'test'> & { isNews?: boolean }): JSX.Element {
  const words = page.messages.settings.test;
  const path = settingsPath(session.tenantId, '/test');
  const headline = headlineOf(page, test);
  return (
    <div id="test" class="test">
      <div class="test-head">
        <h3 id="test-title" class={`test-headline test-${headline.tone}`} safe>
          {headline.text}
        </h3>
        {!session.readOnly && (
          <ActionForm action={path} target="#test" csrfToken={session.csrfToken}>
            <button
              id="test-button"
              class={test?.state === 'ended' ? 'button' : 'button button-primary'}
              type="submit"
              aria-disabled={test?.state === 'running' ? 'true' : undefined}
              safe
            >
              {test?.state === 'ended' ? words.again : words.start}
            </button>
          </ActionForm>
        )}
      </div>
      {test?.state === 'running' && (
        <>
          <ol class="checks">
            {connectionChecks.map((check, index) => (
              <Check
                page={page}
                check={{ check }}
                result={
                  test.passed.includes(check) ? 'ok' : index === test.passed.length ? 'checking' : 'waiting'
                }
              />
            ))}
          </ol>
          <Poll url={path} target="#test" everyMs={POLL_MS} seen={test.passed.join()} />
        </>
      )}
      {test?.state === 'ended' && test.report !== undefined && (
        <>
          <ol class={isNews ? 'checks checks-news' : 'checks'}>
            {test.report.checks.map((check) => (
              <Check page={page} check={check} result={check.result} />
            ))}
          </ol>
          <p class="muted small" safe>
            {footnoteOf(page, test.report, test.startedAt, connection?.timeZone)}
          </p>
        </>
      )}
      {isNews && test?.state === 'ended' && <Announcement text={newsOf(page, test.report)} />}
    </div>
  );
}

function Check({
  page,
  check,
  result,
}: {
  page: PageContext;
  check: Pick<CheckResult, 'check' | 'code' | 'note' | 'livesAt'>;
  result: ShownResult;
}): JSX.Element {
  const words = page.messages.settings.test;
  const diagnosis = check.code === undefined ? undefined : testDiagnosisIn(page.messages, check.code);
  const note = check.livesAt === undefined ? check.note : words.livesElsewhere(check.livesAt);
  return (
    <li class={`check check-${result}`}>
      <Icon name={iconOf[result]} />
      <div>
        <p>
          <span safe>{words.checks[check.check]}</span>
          <span class="hidden-text" safe>{`: ${words.results[result]}`}</span>
        </p>
        {diagnosis !== undefined && (
          <div class="check-why">
            <p safe>{diagnosis.cause}</p>
            <p class="remedy" safe>
              {diagnosis.remedy}
            </p>
          </div>
        )}
        {note !== undefined && (
          <p class="muted small" safe>
            {note}
          </p>
        )}
      </div>
    </li>
  );
}

function headlineOf(
  { messages }: PageContext,
  test: ConnectionView['test'],
): { tone: 'good' | 'bad' | 'quiet'; text: string } {
  const words = messages.settings.test;
  if (test === undefined || test.state === 'never') return { tone: 'quiet', text: words.invite };
  if (test.state === 'running') return { tone: 'quiet', text: words.running };
  if (!test.report) return { tone: 'bad', text: words.broken };
  return test.report.passed ? { tone: 'good', text: words.passed } : { tone: 'bad', text: words.failed };
}

function footnoteOf(
  { messages, language }: PageContext,
  { latencyMs, scriptVersion }: ConnectionTestReport,
  startedAt: Date,
  timeZone = 'UTC',
): string {
  const words = messages.settings.test;
  return [
    words.testedAt(formatTime(startedAt, language, timeZone)),
    latencyMs !== undefined && words.took(latencyMs),
    scriptVersion !== undefined && words.scriptVersion(scriptVersion),
  ]
    .filter((part) => part !== false)
    .join(' · ');
}

function newsOf({ messages }: PageContext, report: ConnectionTestReport | undefined): string {
  const words = messages.settings.test;
  if (!report) return words.broken;
  const failed = report.checks.find(({ result }) => result === 'failed');
  if (!failed) return words.passed;
  const { cause, remedy } = testDiagnosisIn(messages, failed.code ?? '');
  return `${words.failed} ${words.checks[failed.check]}: ${cause} ${remedy}`;
}
