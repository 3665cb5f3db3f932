import { expect, test } from 'vitest';
import { meetingsOf } from '../../bench/meetings.js';
import { inProject } from '../../scripts/lib/project.mjs';

const meeting = meetingsOf(inProject('sandbox', 'sample-meetings.jsonl'));

test('all summaries have the same length, and begin with different texts', () => {
  const texts = Array.from({ length: 8 }, (_, index) => meeting(index).summary);
  expect(texts.map(({ length }) => length)).toEqual(Array(8).fill(4_096));
  expect(new Set(texts.map((text) => text.slice(0, 200))).size).toBe(8);
});

test('no summary is one text repeated', () => {
  const { summary } = meeting(0);
  expect(summary.lastIndexOf(summary.slice(0, 200))).toBe(0);
});

test('two runs carry the same', () => {
  expect(meetingsOf(inProject('sandbox', 'sample-meetings.jsonl'))(3)).toEqual(meeting(3));
});
