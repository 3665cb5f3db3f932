import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';
import everyTest from '../../vitest.config.js';

// A clock that is not of UTC: whatever forgets the zone of a time is found out.
process.env.TZ = 'Asia/Kolkata';

/** Files whose tests call the sandbox over HTTPS: where a test of milliseconds finds a mutant, these needn't run. */
const SLOW = /\/superoffice\/(client|on-premises)\.test\.ts$/;

class QuickFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ moduleId }: TestSpecification) => SLOW.test(moduleId);
    return [...sorted.filter((file) => !isSlow(file)), ...sorted.filter(isSlow)];
  }
}

/** `npm run mutation`: the tests of one folder, which need no server of Temporal, no database and no browser. */
export default defineConfig({
  ...(everyTest.resolve && { resolve: everyTest.resolve }),
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['**/*.test.ts'],
    // Every fault of the sandbox once more, end to end: calls that hang take seconds, and would for each mutant.
    exclude: ['**/client-faults.test.ts'],
    // A busy machine finds no mutant.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    setupFiles: ['test/mutation/steady-properties.ts'],
    sequence: { sequencer: QuickFilesFirst },
  },
});
