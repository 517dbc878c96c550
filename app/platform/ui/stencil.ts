/** A drawn piece of HTML with holes for what differs from one use to the next. */
export interface Stencil {
  /** What stands before, between and behind the holes: one more than there are holes. */
  readonly solid: readonly string[];
  /** The mark that stood in each hole. */
  readonly holes: readonly string[];
}

/** Cuts HTML at its marks. @param mark matches one mark; without groups, and never the empty text */
export function cutStencil(html: string, mark: RegExp): Stencil {
  const holes = [...html.matchAll(new RegExp(mark.source, 'g'))].map(([found]) => found);
  return { solid: html.split(new RegExp(mark.source)), holes };
}

/** @param htmlFor what stands in the place of a mark; what is put in is not looked at again */
export function fillStencil({ solid, holes }: Stencil, htmlFor: (mark: string) => string): string {
  let html = solid[0] ?? '';
  for (const [index, mark] of holes.entries()) html += htmlFor(mark) + (solid[index + 1] ?? '');
  return html;
}
