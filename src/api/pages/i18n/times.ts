import { type Language, localeOf } from './languages.js';

/** A day and a time, as people of the language write it. */
export function formatTime(
  at: Date,
  language: Language,
  timeZone: string,
  timeStyle: 'short' | 'medium' = 'short',
): string {
  return new Intl.DateTimeFormat(localeOf[language], { dateStyle: 'medium', timeStyle, timeZone }).format(at);
}
