import { execFile } from 'node:child_process';

// Asks the registry for known weaknesses of the packages. Registries that only mirror packages know of none: that is
// said, and is not a failure, so that a check passes wherever packages can be installed.
const args = ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=30000'];

execFile('npm', args, { shell: process.platform === 'win32', maxBuffer: 1e8 }, (_error, stdout) => {
  const report = parse(stdout);
  if (report?.auditReportVersion === undefined) {
    const why = report?.statusCode === undefined ? 'did not answer' : `answered ${report.statusCode}`;
    process.stdout.write(`Known weaknesses of packages: NOT CHECKED, the registry ${why}.\n`);
    return;
  }
  const { critical, high, moderate, low } = report.metadata.vulnerabilities;
  process.stdout.write(
    `Known weaknesses of packages: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low.\n`,
  );
  if (critical + high === 0) return;
  const grave = Object.values(report.vulnerabilities).filter(({ severity }) =>
    /^(high|critical)$/.test(severity),
  );
  for (const { name, severity } of grave) process.stdout.write(`  ${name}: ${severity}\n`);
  process.stdout.write('"npm audit" tells more.\n');
  process.exitCode = 1;
});

/**
 * @param {string} text
 * @returns {{ auditReportVersion?: number, statusCode?: number, vulnerabilities: Record<string, { name: string, severity: string }>, metadata: { vulnerabilities: Record<'critical' | 'high' | 'moderate' | 'low', number> } } | undefined}
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
