/** What was answered; refusals have been thrown by then. */
export function answered<T>({ data }: { data?: T }): T {
  if (data === undefined) throw new TypeError('An answer without a body.');
  return data;
}
