import { defineConfig } from 'vitest/config';
import everyTest from '../../vitest.config.js';

/** `npm run record-histories`: runs the courses of a delivery and writes their histories anew. */
export default defineConfig({
  ...(everyTest.resolve && { resolve: everyTest.resolve }),
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/histories/record.ts', 'test/histories/record-at-once.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
