import { readSummaries } from '../demo/meetings.js';
import { sampleCrm } from '../sandbox/sample-crm.js';
import type { BenchSummary } from './subject.js';

const HOUR_MS = 3_600_000;
/** All summaries are cut or drawn out to this length, so that every item costs the same, in characters. */
const SUMMARY_LENGTH = 4_096;

/** An endless supply of meetings made of those in a file: each at another time, so that each is a record of its own. */
export function meetingsOf(file: string): (index: number) => BenchSummary {
  const known = readSummaries(file, sampleCrm());
  return (index) => {
    const meeting = known[index % known.length];
    if (meeting === undefined) throw new Error(`${file} has no meetings.`);
    const startsAt = Date.UTC(2027, 0, 1) + index * HOUR_MS;
    const text = meeting.summary.repeat(Math.ceil(SUMMARY_LENGTH / meeting.summary.length));
    return {
      ...meeting,
      meetingId: `${meeting.meetingId}-${index}`,
      summary: text.slice(0, SUMMARY_LENGTH),
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + HOUR_MS / 2).toISOString(),
    };
  };
}
