export interface DoorFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly inputMode: 'numeric' | 'text';
  readonly defaultValue?: string | undefined;
}

/** One large field of the exam door, without a form library. Nothing of what was typed before is offered: machines are
 *  shared. */
export function DoorField({ name, label, hint, inputMode, defaultValue }: DoorFieldProps) {
  return (
    <div>
      <label htmlFor={name} className="mb-1 block font-semibold">
        {label}
      </label>
      <p id={`${name}-hint`} className="mb-1.5 text-sm text-ink-muted">
        {hint}
      </p>
      <input
        id={name}
        name={name}
        required
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        inputMode={inputMode}
        maxLength={40}
        defaultValue={defaultValue}
        aria-describedby={`${name}-hint`}
        className="control h-12 text-lg tabular-nums tracking-wide"
      />
    </div>
  );
}
