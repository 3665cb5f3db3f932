const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** A length of time in one word and the coarsest fitting unit: `45 s`, `12 min`, `3 h`, `2 d`. */
export function roughly(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < MINUTE_S) return `${seconds} s`;
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min`;
  if (seconds < 2 * DAY_S) return `${Math.floor(seconds / HOUR_S)} h`;
  return `${Math.floor(seconds / DAY_S)} d`;
}

/** How long ago something was; the moment itself, in UTC, for those who point at it. */
export function Ago({ since, now }: { since: Date; now: Date }): JSX.Element {
  return (
    <time datetime={since.toISOString()} title={since.toISOString()} safe>
      {`${roughly(now.getTime() - since.getTime())} ago`}
    </time>
  );
}
