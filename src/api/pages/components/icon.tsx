/** Outlines on a grid of 24, drawn in the colour of the text around them. */
const outlines = {
  check: 'M5 12.5l4.5 4.5L19 7',
  cross: 'M6 6l12 12M18 6L6 18',
  warning: 'M12 8v5m0 3.5v.01M10.3 4.2L2.9 17a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z',
  info: 'M12 11v5m0-8.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  pause: 'M9 5v14M15 5v14',
  play: 'M8 5l11 7-11 7z',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  dash: 'M6 12h12',
  retry: 'M20 5v5h-5M19.4 15a8 8 0 1 1-.9-8.3L20 10',
  send: 'M4 12l16-8-5 16-4-7z',
  spinner: 'M12 3a9 9 0 1 1-9 9',
  back: 'M15 5l-7 7 7 7',
  link: 'M9 15l6-6M10.5 6.5l1.6-1.6a4 4 0 0 1 5.7 0l1.3 1.3a4 4 0 0 1 0 5.7L17.5 13.5M13.5 17.5l-1.6 1.6a4 4 0 0 1-5.7 0l-1.3-1.3a4 4 0 0 1 0-5.7L6.5 10.5',
  inbox: 'M3 13h5l1.5 3h5L16 13h5M3 13l3-8h12l3 8v5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z',
} as const;

export type IconName = keyof typeof outlines;

/** A small picture beside a text that says the same: hidden from those who hear the page. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={outlines[name]} />
    </svg>
  );
}
