export interface CodeFieldProps {
  registrationId: string;
  /** The code that was refused, as typed, and why. */
  refused?: { readonly typed: string; readonly text: string } | undefined;
}

/** 开考口令 at the start: a plain input, because the start form carries no form library. */
export function CodeField({ registrationId, refused }: CodeFieldProps) {
  const id = `code-${registrationId}`;
  return (
    <div className="mb-4 max-w-xs">
      <label htmlFor={id} className="mb-1 block font-semibold">
        开考口令
      </label>
      <p id={`${id}-hint`} className="mb-1.5 text-sm text-ink-muted">
        由监考人员在考场宣布，不分大小写
      </p>
      <input
        id={id}
        name="accessCode"
        required
        // Where the code is all that is left to do.
        autoFocus={refused !== undefined}
        defaultValue={refused?.typed}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={20}
        aria-invalid={refused ? true : undefined}
        aria-describedby={refused ? `${id}-hint ${id}-error` : `${id}-hint`}
        className="control text-lg tracking-widest"
      />
      {refused ? (
        <p id={`${id}-error`} role="alert" className="mt-1.5 text-danger">
          {refused.text}
        </p>
      ) : null}
    </div>
  );
}
