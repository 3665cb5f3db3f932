/** The oldest receiver script that does all that this service asks of it. */
export const MINIMUM_SCRIPT_VERSION = '1.0.0';

/** Whether a version (numbers between dots) is at least another one. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [numbers, needed] = [version, minimum].map((text) => text.split('.').map(Number)) as [
    number[],
    number[],
  ];
  for (let index = 0; index < Math.max(numbers.length, needed.length); index += 1) {
    const difference = (numbers[index] ?? 0) - (needed[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
