import { expect, test } from 'vitest';
import { type ConnectNotice, noticeDiagnoses } from '../../src/domain/connection-change.js';

test.each<ConnectNotice>(['maintenance', 'state-api-away'])(
  'the notice "%s" says what is so, and that the connection is stored all the same',
  (notice) => {
    const { cause, remedy } = noticeDiagnoses[notice];
    expect(cause).toMatch(/^SuperOffice .{15,}\.$/);
    expect(remedy).toMatch(/connection is stored/);
  },
);
