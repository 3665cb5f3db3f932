import type { PropsWithChildren } from '@kitajs/html';
import { CSRF_FIELD } from '../session/csrf.js';

/**
 * A form that asks for one change: by htmx for a part of the page, without it for the whole. While it is answered it
 * can't be sent again; its button stays enabled all the same, since a disabled one loses the focus.
 */
export function ActionForm({
  action,
  target,
  csrfToken,
  children,
  ...attributes
}: PropsWithChildren<{ action: string; target: string; csrfToken: string; class?: string }>): JSX.Element {
  return (
    <form
      method="post"
      action={action}
      hx-post={action}
      hx-target={target}
      hx-swap="outerHTML"
      hx-sync="this:drop"
      {...attributes}
    >
      <input type="hidden" name={CSRF_FIELD} value={csrfToken} />
      {children}
    </form>
  );
}
