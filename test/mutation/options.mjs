/**
 * What Stryker does with one folder of `src/`: docs/mutation.md.
 *
 * @param {'domain' | 'superoffice'} folder
 * @returns {ConstructorParameters<typeof import('@stryker-mutator/core').Stryker>[0]}
 */
export function optionsFor(folder) {
  const outcome = `.data/mutation/${folder}`;
  return {
    mutate: [`src/${folder}/**/*.ts`],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    // Only the folder's own tests: what it promises is to be stated there, and not by chance somewhere else.
    vitest: { configFile: 'test/mutation/vitest.config.ts', dir: `test/${folder}` },
    // Schemas, patterns and tables are made as a module loads; they are most of what these folders know.
    ignoreStatic: false,
    concurrency: 1,
    timeoutMS: 20_000,
    tempDirName: `${outcome}/sandbox`,
    ignorePatterns: ['.data', 'dist', 'coverage', 'docs', 'charts', 'observability', 'test/histories'],
    incremental: true,
    incrementalFile: `${outcome}/incremental.json`,
    reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
    clearTextReporter: { allowColor: false, reportTests: false },
    jsonReporter: { fileName: `${outcome}/report.json` },
    htmlReporter: { fileName: `${outcome}/report.html` },
    thresholds: { high: 95, low: 90, break: 85 },
  };
}
