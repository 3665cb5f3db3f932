/**
 * A function whose answer is shared by all who ask while it is under way, and for a while after that. A failure is
 * shared only while it is under way.
 *
 * @param milliseconds how old an answer may be
 */
export function sharedFor<T>(milliseconds: number, ask: () => Promise<T>): () => Promise<T> {
  let shared: Promise<T> | undefined;
  return () => {
    if (shared) return shared;
    const asked = ask();
    const forget = () => {
      if (shared === asked) shared = undefined;
    };
    shared = asked;
    asked.then(() => setTimeout(forget, milliseconds).unref(), forget);
    return asked;
  };
}
