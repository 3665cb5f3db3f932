import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { sampleCrm } from '../../sandbox/sample-crm.js';

interface SampleMeeting {
  meetingId: string;
  startsAt: string;
  endsAt: string;
  presenterEmail: string;
  participantEmails: string[];
  recordingUrl: string;
  summaryMarkdown: string;
}

const file = new URL('../../sandbox/sample-meetings.jsonl', import.meta.url);
const meetings = (await readFile(file, 'utf8'))
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as SampleMeeting);

test('the sample CRM has 8 companies, 24 contacts and 4 associates, each with an address of its own', () => {
  const { companies, contacts, associates } = sampleCrm();
  expect([companies.length, contacts.length, associates.length]).toEqual([8, 24, 4]);
  const emails = [...companies, ...contacts].flatMap((one) => one.emails);
  emails.push(...associates.map(({ email }) => email));
  expect(new Set(emails).size).toBe(36);
  for (const email of emails) expect(email).toMatch(/^[a-z.]+@[a-z-]+\.example$/);
});

test('there are 8 sample meetings, each of its own', () => {
  expect(new Set(meetings.map(({ meetingId }) => meetingId)).size).toBe(8);
});

test.each(meetings)('$meetingId is by an associate, with contacts of the sample CRM', (meeting) => {
  const crm = sampleCrm();
  expect(crm.associates.map(({ email }) => email)).toContain(meeting.presenterEmail);
  const contacts = crm.contacts.filter(({ emails }) => meeting.participantEmails.includes(emails[0] ?? ''));
  expect(new Set(contacts.map(({ companyId }) => companyId)).size).toBe(1);
  expect(Date.parse(meeting.endsAt)).toBeGreaterThan(Date.parse(meeting.startsAt));
  expect(new URL(meeting.recordingUrl).protocol).toBe('https:');
  expect(meeting.summaryMarkdown.length).toBeGreaterThan(1000);
  expect(Buffer.byteLength(meeting.summaryMarkdown)).toBeLessThan(2560);
  expect(meeting.summaryMarkdown).toMatch(/^## .+\n\n[^]+\n- /);
});
