import { createHash } from 'node:crypto';
import type { Connection } from '../../../domain/connection.js';
import { type ConnectionState, connectionStateOf } from '../../schemas/connections.js';
import { Alert, type Tone } from '../components/alert.js';
import { Badge } from '../components/badge.js';
import { Poll } from '../components/poll.js';
import { diagnosisIn } from '../i18n/diagnosis.js';
import { formatTime } from '../i18n/times.js';
import { settingsPath } from './paths.js';
import type { SettingsContext } from './view.js';

/** How often the page looks whether the connection still works, in milliseconds. */
const POLL_MS = 5_000;

const toneOf: Record<ConnectionState | 'not-connected', Tone> = {
  'not-connected': 'quiet',
  connected: 'good',
  paused: 'warn',
  'attention-needed': 'bad',
};

interface HealthProps extends SettingsContext {
  connection: Connection | undefined;
}

/** Whether summaries get through, and if not, why and what to do; kept up to date. */
export function Health(props: HealthProps): JSX.Element {
  const { page, session, isFragment, connection } = props;
  const { settings } = page.messages;
  return (
    <div id="health">
      {isFragment && <StateBadge page={page} connection={connection} isOutOfBand />}
      {connection?.enabled === false && (
        <Alert tone="warn" title={settings.pausedTitle} detail={settings.pausedDetail} />
      )}
      {connection?.enabled && connection.attentionCode !== null && (
        <Attention {...props} connection={connection} code={connection.attentionCode} />
      )}
      <Poll
        url={settingsPath(session.tenantId, '/health')}
        target="#health"
        everyMs={POLL_MS}
        seen={healthDigest(connection)}
      />
    </div>
  );
}

function Attention({
  page,
  connection,
  code,
}: HealthProps & { connection: Connection; code: string }): JSX.Element {
  const { attentionTitle, attentionSince } = page.messages.settings;
  const { cause, remedy } = diagnosisIn(page.messages, code);
  const since = connection.attentionSince ?? connection.updatedAt;
  return (
    <Alert tone="bad" title={attentionTitle} detail={cause}>
      <p class="remedy" safe>
        {remedy}
      </p>
      <p class="small" safe>
        {attentionSince(formatTime(since, page.language, connection.timeZone))}
      </p>
    </Alert>
  );
}

/** The state in a word, beside the title of the page. */
export function StateBadge({
  page,
  connection,
  isOutOfBand = false,
}: Pick<HealthProps, 'page' | 'connection'> & {
  /** Sent along with another part of the page, to take the place of the one that is shown. */
  isOutOfBand?: boolean;
}): JSX.Element {
  const state = connection ? connectionStateOf(connection) : 'not-connected';
  return (
    <span id="state" hx-swap-oob={isOutOfBand ? 'true' : undefined}>
      <Badge tone={toneOf[state]} label={page.messages.settings.states[state]} />
    </span>
  );
}

/** Changes when what `Health` shows does. */
export function healthDigest(connection: Connection | undefined): string {
  const { enabled, attentionCode, attentionSince } = connection ?? {};
  const facts = JSON.stringify([connection !== undefined, enabled, attentionCode, attentionSince]);
  return createHash('sha256').update(facts).digest('base64url').slice(0, 12);
}
