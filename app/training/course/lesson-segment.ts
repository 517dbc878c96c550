/**
 * A lesson as the page shows it: stretches of finished HTML and, between them, the places where something lives
 * (islands out of a closed list; so far the questions).
 */
export type LessonSegment =
  { readonly kind: 'html'; readonly html: string } | { readonly kind: 'check'; readonly id: string };
