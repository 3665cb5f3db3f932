import { expect } from 'vitest';
import type { CrmRecord } from '../../../sandbox/crm.js';

/** A text of about so many characters: numbered words, so that none can be lost or stand in another place unnoticed. */
export function longText(length: number, word = 'ord'): string {
  let text = '';
  for (let index = 1; text.length < length; index += 1) {
    text += `${word}-${index}${index % 12 === 0 ? '.\n' : ' '}`;
  }
  return text.trim();
}

/** The line at the end of our part of the notes. */
export const END = '\n--- End of meeting summary ---';

/** The parts of a summary that the notes of a meeting's appointments hold, the first one first. */
export function partsOf(record: CrmRecord | undefined): string[] {
  return [record, ...(record?.continuations ?? [])].map((one) => {
    const ours = (one?.internalNotes ?? '').split('--- Meeting summary ---').at(-1) ?? '';
    const [before = ''] = ours.split(END, 1);
    return before
      .replace(/^\nPart \d+, continued from appointment \d+\.\n/, '')
      .replace(/^\n/, '')
      .replace(/\n\n(Continued in part \d+|Recording: |Also: )[^]*$/, '');
  });
}

/** The appointments of a meeting hold a summary whole: every character of it but blanks and line ends between two parts. */
export function expectWhole(record: CrmRecord | undefined, text: string): void {
  expect(record?.continuations.map(({ part }) => part)).toEqual(
    record?.continuations.map((_, index) => index + 2),
  );
  let rest = text;
  for (const part of partsOf(record)) {
    const [between = ''] = rest.split(part, 1);
    expect(between, `before “${part.slice(0, 40)} …”`).toMatch(/^[ \r\n]*$/);
    rest = rest.slice(between.length + part.length);
  }
  expect(rest).toBe('');
}
