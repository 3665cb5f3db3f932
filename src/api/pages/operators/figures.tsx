import type { TemporalUi } from '../../../temporal/ui.js';
import type { OperationsOverview } from '../../operations-overview.js';
import { attentionQuery, underWayQuery } from './queries.js';
import { roughly } from './time.js';

/** The figures at the top. */
export function Figures({
  overview,
  temporalUi,
}: {
  overview: OperationsOverview;
  temporalUi: TemporalUi | undefined;
}): JSX.Element {
  const { deliveries, connections, workers, backlog, at } = overview;
  const oldest = deliveries.oldestParked[0];
  return (
    <dl class="figures" aria-label="Figures">
      <Figure
        name="Parked"
        value={deliveries.parked}
        note={
          oldest
            ? `the oldest for ${roughly(at.getTime() - oldest.acceptedAt.getTime())}`
            : 'nothing waits for a person'
        }
        tone={deliveries.parked > 0 ? 'bad' : 'good'}
        href={temporalUi?.listUrl(attentionQuery)}
      />
      <Figure
        name="Connections in trouble"
        value={connections.troubled}
        note={`of ${count(connections.total)}; ${count(connections.paused)} paused`}
        tone={connections.troubled > 0 ? 'bad' : 'good'}
      />
      <Figure
        name="Under way"
        value={deliveries.underWay}
        note={`${count(deliveries.slow)} for more than a minute`}
        tone={deliveries.slow > 0 ? 'warn' : undefined}
        href={temporalUi?.listUrl(underWayQuery)}
      />
      <Figure
        name="Delivered, last hour"
        value={deliveries.deliveredLastHour}
        note={`of ${count(deliveries.acceptedLastHour)} accepted; ${count(deliveries.deliveredLastDay)} in a day`}
      />
      <Figure
        name="Workers"
        value={workers}
        note={`${count(backlog)} tasks wait for one`}
        tone={workers === 0 ? 'bad' : undefined}
      />
    </dl>
  );
}

interface FigureProps {
  name: string;
  value: number;
  note: string;
  tone?: 'good' | 'warn' | 'bad' | undefined;
  href?: string | undefined;
}

function Figure({ name, value, note, tone, href }: FigureProps): JSX.Element {
  return (
    <div class={tone === undefined ? 'figure' : `figure figure-${tone}`}>
      <dt safe>{name}</dt>
      <dd class="figure-value">
        {href === undefined ? (
          <span safe>{count(value)}</span>
        ) : (
          <a href={href} safe>
            {count(value)}
          </a>
        )}
      </dd>
      <dd class="figure-note" safe>
        {note}
      </dd>
    </div>
  );
}

function count(value: number): string {
  return value.toLocaleString('en');
}
