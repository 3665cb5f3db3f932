import type { Subject } from './subject.js';

/** Uses a subject that rests otherwise, so that it takes nothing from the others' rounds. */
export async function atWork<T>(subject: Subject, use: () => Promise<T>): Promise<T> {
  await subject.wake?.();
  const result = await use();
  await subject.rest?.();
  return result;
}
