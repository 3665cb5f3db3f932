import type { Tone } from './alert.js';

/** A state, in a word. */
export function Badge({ tone, label }: { tone: Tone; label: string }): JSX.Element {
  return (
    <span class={`badge badge-${tone}`} safe>
      {label}
    </span>
  );
}
