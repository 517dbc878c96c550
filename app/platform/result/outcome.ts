/** What goes with a refusal: plain values that a page may show or a test may compare. */
export type RefusalDetail = Readonly<Record<string, string | number | boolean | null>>;

/** An expected "no" is a value; only bugs and broken machinery throw. */
export type Refused<C extends string> = {
  readonly ok: false;
  readonly code: C;
  readonly detail?: RefusalDetail | undefined;
};
export type Done<T> = { readonly ok: true; readonly value: T };
export type Outcome<T, C extends string = string> = Done<T> | Refused<C>;

export function done<T>(value: T): Done<T> {
  return { ok: true, value };
}

export function refused<C extends string>(code: C, detail?: RefusalDetail): Refused<C> {
  return detail === undefined ? { ok: false, code } : { ok: false, code, detail };
}
