/** What was typed can't be done; the message says what to type instead. */
export class UsageError extends Error {}
