import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { withoutWaitingForDisk } from '../../src/store/without-waiting-for-disk.js';
import { engines } from './support/engines.js';

describe.each(engines)('a commit that does not wait for the disk, in $engine', ({ open }) => {
  test('is one of that statement alone: those before and after it wait', async () => {
    const { queries } = await open();
    const setting = sql<string>`current_setting('synchronous_commit')`;
    const read = async (condition = sql`true`) => {
      // Read after the condition was evaluated, as a volatile function of the same row.
      const { rows } = (await queries.execute(
        sql`select ${setting} as setting from (select 1 where ${condition}) as evaluated`,
      )) as { rows: { setting: string }[] };
      return rows.map(({ setting }) => setting);
    };
    expect(await read()).toEqual(['on']);
    expect(await read(withoutWaitingForDisk)).toEqual(['off']);
    expect(await read()).toEqual(['on']);
  });
});
