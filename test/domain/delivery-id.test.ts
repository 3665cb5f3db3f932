import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DELIVERY_ID_PATTERN, deliveryIdOf, meetingKeyOf } from '../../src/domain/delivery-id.js';

const summary = { meetingId: 'm-1', summary: 'We agreed on a price.' };
const tenantAndMeeting = fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }));

describe('deliveryIdOf', () => {
  test('is 32 hexadecimal digits, and the same for the same summary, whatever the strings', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.record(
          { meetingId: fc.string(), summary: fc.string({ unit: 'binary' }), summaryId: fc.string() },
          { requiredKeys: ['meetingId', 'summary'] },
        ),
        (tenantId, some) => {
          const id = deliveryIdOf(tenantId, some);
          expect(id).toMatch(DELIVERY_ID_PATTERN);
          expect(deliveryIdOf(tenantId, structuredClone(some))).toBe(id);
        },
      ),
    );
  });

  test('tells any two pairs of tenant and meeting apart, also where their texts join to the same', () => {
    fc.assert(
      fc.property(tenantAndMeeting, tenantAndMeeting, ([tenantA, meetingA], [tenantB, meetingB]) => {
        fc.pre(tenantA !== tenantB || meetingA !== meetingB);
        const idA = deliveryIdOf(tenantA, { ...summary, meetingId: meetingA });
        expect(deliveryIdOf(tenantB, { ...summary, meetingId: meetingB })).not.toBe(idA);
      }),
    );
    expect(deliveryIdOf('ab', { ...summary, meetingId: 'c' })).not.toBe(
      deliveryIdOf('a', { ...summary, meetingId: 'bc' }),
    );
  });

  test.each([
    ['the summary id', { summaryId: 's-1' }, { summaryId: 's-2' }],
    ['the time of writing', { generatedAt: '2026-09-01T10:00:00Z' }, { generatedAt: '2026-09-01T10:00:01Z' }],
    ['the text', { summary: 'One' }, { summary: 'Two' }],
  ])('differs by %s', (_, one, another) => {
    expect(deliveryIdOf('t', { ...summary, ...one })).not.toBe(deliveryIdOf('t', { ...summary, ...another }));
  });

  test.each([
    [
      'the summary id goes before the time of writing and the text',
      { summaryId: 's-1', generatedAt: '2026-09-01T10:00:00Z' },
      { summaryId: 's-1', generatedAt: '2026-09-02T10:00:00Z', summary: 'Another text' },
    ],
    [
      'the time of writing goes before the text',
      { generatedAt: '2026-09-01T10:00:00Z' },
      { generatedAt: '2026-09-01T10:00:00Z', summary: 'Another text' },
    ],
    [
      'the same instant with another offset is the same revision',
      { generatedAt: '2026-09-01T10:00:00Z' },
      { generatedAt: '2026-09-01T12:00:00.000+02:00' },
    ],
  ])('%s', (_, one, another) => {
    expect(deliveryIdOf('t', { ...summary, ...one })).toBe(deliveryIdOf('t', { ...summary, ...another }));
  });

  test('never takes an id, a time and a text that read the same for one another', () => {
    const word = '2026-09-01T10:00:00.000Z';
    const ids = [{ summaryId: word }, { generatedAt: word }, { summary: word }].map((revision) =>
      deliveryIdOf('t', { ...summary, ...revision }),
    );
    expect(new Set(ids).size).toBe(3);
  });

  test('stays what it is: ids of deliveries under way must survive a new version', () => {
    const generatedAt = '2026-09-01T10:00:00Z';
    expect([
      deliveryIdOf('tenant-1', { ...summary, summaryId: 's-1' }),
      deliveryIdOf('tenant-1', { ...summary, generatedAt }),
      deliveryIdOf('tenant-1', summary),
    ]).toEqual([
      '0e6a4a29b0b31e121f30e1814ce161e4',
      '7967069b1413d9b70c0cd98af8486072',
      '12f35d9524750cfad1ff6b223f80ba4d',
    ]);
  });
});

test.each(['0'.repeat(31), '0'.repeat(33), ` ${'0'.repeat(32)}`, `${'0'.repeat(32)}/x`, 'A'.repeat(32)])(
  '%o is no delivery id',
  (text) => expect(text).not.toMatch(DELIVERY_ID_PATTERN),
);

describe('the key of a meeting', () => {
  test('says nothing about it, and tells it from every other', () => {
    expect(meetingKeyOf('m-1')).toMatch(/^[0-9a-f]{32}$/);
    expect(meetingKeyOf('m-2')).not.toBe(meetingKeyOf('m-1'));
  });

  test('stays what it is: revisions are counted by it', () => {
    expect(meetingKeyOf('m-1')).toBe('c1d7476312b3513820ba06e264e9ca3b');
  });
});
