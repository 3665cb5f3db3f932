import type { PropsWithChildren } from '@kitajs/html';

/** A question before something that can't be taken back; a button with `data-opens` asks it. */
export function Dialog({
  id,
  title,
  text,
  keep,
  children,
}: PropsWithChildren<{
  id: string;
  title: string;
  text: string;
  /** The answer that changes nothing. */
  keep: string;
}>): JSX.Element {
  return (
    <dialog id={id} aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`}>
      <h2 id={`${id}-title`} safe>
        {title}
      </h2>
      <p id={`${id}-text`} safe>
        {text}
      </p>
      <div class="actions">
        <form method="dialog">
          <button class="button" safe>
            {keep}
          </button>
        </form>
        {children}
      </div>
    </dialog>
  );
}
