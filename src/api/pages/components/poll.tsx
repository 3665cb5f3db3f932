/** Asks again now and then for a part of the page, which takes the place of the target once it has changed. */
export function Poll({
  url,
  target,
  everyMs,
  seen = '',
}: {
  url: string;
  target: string;
  everyMs: number;
  /** A digest of what is shown: unless it has changed, the answer is empty. */
  seen?: string;
}): JSX.Element {
  return (
    <div
      hidden
      hx-get={url}
      hx-trigger={`every ${everyMs}ms`}
      hx-target={target}
      hx-swap="outerHTML"
      hx-vals={JSON.stringify({ seen })}
    />
  );
}
