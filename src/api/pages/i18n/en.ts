import { diagnosesEn } from './diagnoses/en.js';
import { settingsEn } from './settings/en.js';
import type { PageProblemName } from '../page-problem.js';

/** What a page says when something went wrong: what that is, and what to do. */
type ProblemWords = Record<PageProblemName, { title: string; detail: string }>;

const problems: ProblemWords = {
  'invalid-request': { title: 'That did not work', detail: 'Reload the page, and try again.' },
  'session-over': {
    title: 'This page has been closed',
    detail: 'For your security it closes after a while. Open it again from where you came.',
  },
  forbidden: { title: 'Not allowed', detail: 'You may look at this page, but not change anything here.' },
  'not-found': { title: 'Nothing here', detail: 'Check the address, or go back.' },
  conflict: {
    title: 'Too late for that',
    detail: 'Something changed in the meantime. The page shows how it stands now.',
  },
  'body-too-large': { title: 'Too much text', detail: 'Enter less text, and try again.' },
  'too-many-requests': {
    title: 'One moment',
    detail: 'Too much was asked at a time. Try again in a minute.',
  },
  internal: {
    title: 'Something went wrong on our side',
    detail: 'Try again. If it keeps failing, report the time.',
  },
  unavailable: {
    title: 'Not available right now',
    detail: 'Nothing was changed, and no summary is lost. Try again in a moment.',
  },
};

/** Every text of the pages in English, from which the other languages are translated key by key. */
export const en = {
  skipToContent: 'Skip to the content',
  language: 'Language',
  noAnswer: {
    title: 'No answer',
    detail:
      'The service can’t be reached right now. Reload the page in a moment, and see whether it was done.',
  },
  problems,
  settings: settingsEn,
  diagnoses: diagnosesEn,
};
