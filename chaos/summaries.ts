import { fileURLToPath } from 'node:url';
import type { Summary } from '@dci-superoffice/client';
import { readSummaries } from '../demo/meetings.js';
import { sampleCrm } from '../sandbox/sample-crm.js';
import type { ChaosPlan } from './plan.js';
import { UNOWNED_GUEST } from './tenants.js';

const sampleMeetings = fileURLToPath(new URL('../sandbox/sample-meetings.jsonl', import.meta.url));
const DAY_MS = 86_400_000;

/** The meeting of a summary: what its record in SuperOffice is found by. */
export function meetingIdOf(index: number): string {
  return `chaos-${index}`;
}

/** The summaries of a plan: the sample meetings over and over, each time on another day. */
export function summariesOf({ refused }: Pick<ChaosPlan, 'refused'>): (index: number) => Summary {
  const samples = readSummaries(sampleMeetings, sampleCrm());
  return (index) => {
    const sample = samples[index % samples.length];
    if (sample === undefined) throw new Error('There are no sample meetings.');
    const days = Math.floor(index / samples.length);
    const { presenterEmail: _, ...rest } = sample;
    return {
      ...(refused.has(index) ? { ...rest, participantEmails: [UNOWNED_GUEST] } : sample),
      meetingId: meetingIdOf(index),
      startsAt: shifted(sample.startsAt, days),
      endsAt: shifted(sample.endsAt, days),
    };
  };
}

function shifted(time: string, days: number): string {
  return new Date(Date.parse(time) + days * DAY_MS).toISOString();
}
