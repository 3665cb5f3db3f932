/** What those hear who can't see that a part of the page has changed. */
export function Announcement({ text }: { text: string }): JSX.Element {
  return (
    <div id="announcer" hx-swap-oob="innerHTML" safe>
      {text}
    </div>
  );
}
