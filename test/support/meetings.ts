import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readSummaries } from '../../demo/meetings.js';
import { sampleCrm } from '../../sandbox/sample-crm.js';

/** 35 real meetings (QMSum), which lie beside the project and are not part of it. */
const realMeetings = fileURLToPath(new URL('../../../shared/data/meetings.jsonl', import.meta.url));
const sampleMeetings = fileURLToPath(new URL('../../sandbox/sample-meetings.jsonl', import.meta.url));

/** The meetings that tests run on: the real ones where they are, else the project's own few. */
export const meetingsFile = existsSync(realMeetings) ? realMeetings : sampleMeetings;

export type TestSummary = ReturnType<typeof readSummaries>[number];

/** Summaries as the API takes them. */
export function meetingSummaries(): TestSummary[] {
  return readSummaries(meetingsFile, sampleCrm());
}
