import { expect, test } from 'vitest';
import type { SubjectResult } from '../../bench/comparison.js';
import { medianRound, type Round } from '../../bench/measure.js';
import { pictureOf } from '../../bench/report/picture.js';
import { ratioOf, ratioWords } from '../../bench/report/ratio.js';
import { tableOf } from '../../bench/report/table.js';
import { verdictsOf } from '../../bench/report/verdicts.js';

const round: Round = {
  perSecond: 10,
  perSecondToTheLast: 8,
  arriveP50: 500,
  arriveP95: 1_200,
  arriveP99: 1_500,
  arriveLongest: 2_000,
  acceptP50: 20,
  acceptP95: 40,
  aloneAcceptP50: 8,
  aloneCarryP50: 50,
  load: { cores: 2, elapsedMs: 1_000, busy: 0.9, shares: { worker: 0.5 }, others: 0.05 },
  processorMs: { worker: 30 },
};

function subject(name: string, ...rounds: Partial<Round>[]): SubjectResult {
  const all = rounds.map((figures) => ({ ...round, ...figures }));
  return { name, description: '', figures: medianRound(all), rounds: all, memory: {} };
}

const floor = subject('floor', { perSecond: 10 }, { perSecond: 20 }, { perSecond: 30 });
const regular = subject('regular path', { perSecond: 9 }, { perSecond: 10 }, { perSecond: 36 });
const shorter = subject('shorter path', { perSecond: 15 }, { perSecond: 30 }, { perSecond: 60 });

function resultOf(...subjects: SubjectResult[]) {
  return { engine: 'dev' as const, temporal: 'dev server', postgres: '15', subjects };
}

test('subjects are compared round by round', () => {
  const ratio = ratioOf(regular, floor, (one, other) => one.perSecond / other.perSecond);
  expect(ratioWords(ratio)).toBe('0.90 (0.50–1.20)');
});

test('the table shows the spread beside the median', () => {
  expect(tableOf(resultOf(floor, regular), 40)).toContain('| 0.90 (0.50–1.20)');
});

test('the table compares with the floor only where the floor was measured', () => {
  expect(tableOf(resultOf(regular), 40)).not.toContain('× floor');
});

test('both paths have to be accepted in time', () => {
  const verdicts = verdictsOf(resultOf(floor, regular, shorter));
  const accepted = verdicts.filter(({ promise }) => promise.includes('accepted'));
  expect(accepted.map(({ state }) => state)).toEqual(['kept', 'kept']);
});

test('verdicts are made of the median of the rounds', () => {
  const [throughput] = verdictsOf(resultOf(floor, regular, shorter));
  expect(throughput).toMatchObject({ state: 'kept', measured: '0.90 (0.50–1.20)' });
});

test.each([
  ['floor, with the call', 'floor'],
  ['regular path', 'ours'],
  ['regular path, without HTTP', 'ours'],
  ['shorter path, processes apart', 'ours'],
  ['pg-boss', 'other'],
])('%s is drawn as %s', (name, colour) => {
  expect(pictureOf([resultOf(subject(name, {}))])).toContain(`<rect class="${colour}"`);
});
