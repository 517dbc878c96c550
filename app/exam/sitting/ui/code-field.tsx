/** 开考口令 at the start: a plain input, because the start form carries no form library. */
export function CodeField({ registrationId }: { registrationId: string }) {
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
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={20}
        aria-describedby={`${id}-hint`}
        className="control text-lg tracking-widest"
      />
    </div>
  );
}
