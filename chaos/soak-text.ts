import { formatTable } from '../demo/table.js';
import type { Course } from './flatness.js';

/** Memory and handles of each process, for people. */
export function describeSoak(courses: readonly Course[]): string {
  const header = ['process', 'what', 'from', 'to', 'an hour', 'flat'];
  return formatTable(
    header,
    courses.map(({ process, what, from, to, perHour, isFlat }) => {
      const text = what === 'memory' ? megabytes : (count: number) => count.toFixed(1);
      return [
        process,
        what,
        text(from),
        text(to),
        `${perHour < 0 ? '' : '+'}${text(perHour)}`,
        isFlat ? 'yes' : 'NO',
      ];
    }),
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
