import { Icon } from './icon.js';

/** An entry of a form, with what to enter and what was wrong with it. */
export function Field({
  name,
  label,
  hint,
  problem,
  isWide = false,
  isFocused = false,
  input,
}: {
  name: string;
  label: string;
  hint?: string;
  /** Why the entry can't be taken. */
  problem?: string | undefined;
  isWide?: boolean;
  /** Whether it is to have the focus once it is shown. */
  isFocused?: boolean;
  input: JSX.HtmlInputTag & { 'data-domain'?: string };
}): JSX.Element {
  const described = [hint !== undefined && `${name}-hint`, problem !== undefined && `${name}-problem`];
  return (
    <div class={isWide ? 'field field-wide' : 'field'}>
      <label for={name} safe>
        {label}
      </label>
      <input
        id={name}
        name={name}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        aria-describedby={described.filter(Boolean).join(' ') || undefined}
        aria-invalid={problem === undefined ? undefined : 'true'}
        data-focus={isFocused}
        {...input}
      />
      {hint !== undefined && (
        <p class="field-hint" id={`${name}-hint`} safe>
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p class="field-error" id={`${name}-problem`}>
          <Icon name="warning" />
          <span safe>{problem}</span>
        </p>
      )}
    </div>
  );
}
