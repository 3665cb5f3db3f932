import { readSummaries } from '../demo/meetings.js';
import { sampleCrm } from '../sandbox/sample-crm.js';
import type { BenchSummary } from './subject.js';

const HOUR_MS = 3_600_000;
/** All summaries have this length, so that every item costs the same, in characters. */
const SUMMARY_LENGTH = 4_096;

/** An endless supply of meetings made of those in a file: each at another time, so that each is a record of its own. */
export function meetingsOf(file: string): (index: number) => BenchSummary {
  const known = readSummaries(file, sampleCrm());
  const texts = known.map((_, first) => textFrom(first, known));
  return (index) => {
    const meeting = known[index % known.length];
    const summary = texts[index % texts.length];
    if (meeting === undefined || summary === undefined) throw new Error(`${file} has no meetings.`);
    const startsAt = Date.UTC(2027, 0, 1) + index * HOUR_MS;
    return {
      ...meeting,
      meetingId: `${meeting.meetingId}-${index}`,
      summary,
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + HOUR_MS / 2).toISOString(),
    };
  };
}

/**
 * The text of one meeting, and those of the ones that follow it: one text again and again would be compressed to little more
 * than itself.
 */
function textFrom(first: number, known: readonly BenchSummary[]): string {
  let text = '';
  for (let next = first; text.length < SUMMARY_LENGTH; next += 1)
    text += `${known[next % known.length]?.summary ?? ''}\n\n`;
  return text.slice(0, SUMMARY_LENGTH);
}
