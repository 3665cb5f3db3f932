/** A shorter token would have too much of it told. */
const MIN_LENGTH = 16;
const HINT_LENGTH = 4;

/** The end of a token, by which an admin knows it again; undefined for a token too short to tell any of it. */
export function tokenHintOf(token: string): string | undefined {
  return token.length < MIN_LENGTH ? undefined : token.slice(-HINT_LENGTH);
}
