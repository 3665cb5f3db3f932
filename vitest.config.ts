import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The packages of this repository are read from their sources, not from what was built of them.
  resolve: {
    alias: {
      '@dci-superoffice/client': fileURLToPath(new URL('packages/client/src/index.ts', import.meta.url)),
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Temporal's native bridge crashes in worker threads.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Temporal's lists follow what happened, on a busy machine by more than the second that a poll has by default.
    expect: { poll: { timeout: 20_000 } },
    // On two busy cores one of 1,900 tests may see a server answer late; the report names what needed a second try.
    retry: 1,
    reporters: ['default'],
  },
});
