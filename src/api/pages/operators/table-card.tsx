import type { PropsWithChildren } from '@kitajs/html';

/** A table under its heading, or one line in its place while it has no rows; its rows are the children. */
export function TableCard({
  id,
  title,
  lead,
  empty,
  isEmpty,
  head,
  foot = <></>,
  children,
}: PropsWithChildren<{
  /** Of the heading, by which the table is known to those who hear it. */
  id: string;
  title: string;
  /** What the rows are, where the title does not say so. */
  lead?: string | undefined;
  /** The line while there are no rows. */
  empty: string;
  isEmpty: boolean;
  /** The cells of the table's head. */
  head: JSX.Element;
  /** What follows the table. */
  foot?: JSX.Element;
}>): JSX.Element {
  return (
    <section class="card">
      <h2 id={id} safe>
        {title}
      </h2>
      {lead !== undefined && !isEmpty && (
        <p class="muted" safe>
          {lead}
        </p>
      )}
      {isEmpty ? (
        <p class="muted" safe>
          {empty}
        </p>
      ) : (
        <div class="table-frame" tabindex="0" role="region" aria-labelledby={id}>
          <table>
            <thead>
              <tr>{head}</tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </div>
      )}
      {foot}
    </section>
  );
}
