import type { Role } from '#app/accounts/role.ts';
import type { NoticeKind } from './notice-kinds.ts';

/** Accounts or persons by name, or whoever is responsible in a role for units or regions at the moment of sending. */
export type NoticeAudience =
  | { readonly accountIds: readonly string[] }
  | { readonly personIds: readonly string[] }
  | { readonly role: Role; readonly unitIds: readonly string[] }
  | { readonly role: Role; readonly regionIds: readonly string[] };

export interface NewNotice {
  readonly kind: NoticeKind;
  /** Natural key within the kind: sending twice is sending once. */
  readonly key: string;
  /** At most 60 characters; the line in the inbox. */
  readonly title: string;
  /** Plain text, paragraphs separated by line feeds. */
  readonly body: string;
  /** Page it is about; null where there is nothing to open. */
  readonly path: string | null;
  readonly to: readonly NoticeAudience[];
}
