import type { Language } from '../i18n/languages.js';
import { formatTime } from '../i18n/times.js';

/** A time, for people and for machines. */
export function Time({
  at,
  language,
  timeZone,
  timeStyle = 'short',
}: {
  at: Date;
  language: Language;
  timeZone: string;
  timeStyle?: 'short' | 'medium';
}): JSX.Element {
  return (
    <time datetime={at.toISOString()} safe>
      {formatTime(at, language, timeZone, timeStyle)}
    </time>
  );
}
