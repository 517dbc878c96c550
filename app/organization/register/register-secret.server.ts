import type { Ctx } from '#app/platform/context/ctx.server.ts';

const photoContext = (personId: string): string => `person:${personId}:photo`;

/** Pictures of people are kept sealed and opened for one answer at a time. */
export function sealPhoto(ctx: Ctx, personId: string, content: Uint8Array): Buffer {
  return ctx.secrets.encrypt('field_encryption', Buffer.from(content), photoContext(personId));
}

export function openPhoto(ctx: Ctx, personId: string, cipher: Uint8Array): Buffer {
  return ctx.secrets.decrypt('field_encryption', Buffer.from(cipher), photoContext(personId));
}

const contactContext = (unitId: string): string => `unit:${unitId}:contact_phone`;

export function sealContactPhone(ctx: Ctx, unitId: string, phone: string): Buffer {
  return ctx.secrets.encrypt('field_encryption', Buffer.from(phone, 'utf8'), contactContext(unitId));
}

export function openContactPhone(ctx: Ctx, unitId: string, cipher: Uint8Array): string {
  return ctx.secrets
    .decrypt('field_encryption', Buffer.from(cipher), contactContext(unitId))
    .toString('utf8');
}
