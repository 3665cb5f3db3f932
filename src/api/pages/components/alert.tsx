import type { PropsWithChildren } from '@kitajs/html';
import { Icon, type IconName } from './icon.js';

/** How a thing stands, in colour and picture. */
export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'quiet';

const iconOf: Record<Tone, IconName> = {
  good: 'check',
  bad: 'warning',
  warn: 'warning',
  info: 'info',
  quiet: 'info',
};

/** Something to know, with what to do about it. */
export function Alert({
  tone,
  title,
  detail,
  children,
}: PropsWithChildren<{ tone: Tone; title: string; detail?: string }>): JSX.Element {
  return (
    <div class={`alert alert-${tone}`}>
      <Icon name={iconOf[tone]} />
      <div class="alert-text">
        <p class="alert-title" safe>
          {title}
        </p>
        {detail !== undefined && <p safe>{detail}</p>}
        {children}
      </div>
    </div>
  );
}
