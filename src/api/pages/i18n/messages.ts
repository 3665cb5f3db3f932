import { en } from './en.js';
import type { Language } from './languages.js';
import { nb } from './nb.js';
import { sv } from './sv.js';

/** The texts of the pages, in one language. */
export type Messages = typeof en;

const all: Record<Language, Messages> = { en, sv, nb };

export function messagesIn(language: Language): Messages {
  return all[language];
}
