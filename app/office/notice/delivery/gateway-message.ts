import type { NoticeKind } from '../notice-kinds.ts';

/** Body of a request to the gateway; its shape is a contract with whoever runs one (README of the room). */
export interface GatewayMessage {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly text: string;
  /** Absolute link; leads to login and back. */
  readonly url: string;
  readonly needsAction: boolean;
  /** ISO 8601, UTC. */
  readonly sentAt: string;
  /** `phone` only where the register holds one. */
  readonly to: readonly { readonly login: string; readonly phone?: string | undefined }[];
}
