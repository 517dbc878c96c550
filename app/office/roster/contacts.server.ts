import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { listContacts, lockUnit, replaceContact } from '#app/organization/register/contact.store.server.ts';
import { openContactPhone, sealContactPhone } from '#app/organization/register/register-secret.server.ts';
import { idNumberHash } from '#app/organization/roster/person-secret.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { asCommand } from './as-command.server.ts';
import type { contactSchema } from './register.schema.ts';

export type ContactRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

/**
 * 联络员 of a unit (ZY17): whoever keeps the unit's roster states whom to call, from today on. The same again changes
 * nothing. Refusals: FORBIDDEN; NOT_FOUND; COMMAND_REUSED.
 */
export async function nameContact(
  ctx: ActorCtx,
  form: z.infer<typeof contactSchema>,
): Promise<Outcome<{ unitId: string }, ContactRefusal>> {
  if (!mayDo(ctx, 'roster.manage')) return refused('FORBIDDEN');
  const { unitId, name, phone, commandId } = form;
  const position = form.position ?? null;
  if (!(await reachFor(ctx, 'roster.manage')).unitIds.has(unitId)) return refused('NOT_FOUND');
  const day = dayOf(ctx.clock.now());
  const phoneHash = idNumberHash(ctx.secrets, phone);
  return asCommand<{ unitId: string }, never>(
    ctx,
    { kind: 'contact.name', commandId, input: { unitId, name, position, phoneHash } },
    z.object({ unitId: z.string() }),
    async (tx) => {
      await lockUnit(tx, unitId);
      const [known] = await listContacts(tx, [unitId], day);
      const isKnown =
        known !== undefined &&
        known.name === name &&
        known.position === position &&
        openContactPhone(ctx, unitId, known.phoneCipher) === phone;
      if (isKnown) return { unitId };
      const phoneCipher = sealContactPhone(ctx, unitId, phone);
      const when = { day, at: ctx.clock.now(), actorId: ctx.actorId };
      await replaceContact(tx, { unitId, name, position, phoneCipher }, when);
      await appendAudit(tx, ctx, {
        action: 'contact.name',
        subjectKind: 'unit',
        subjectId: unitId,
        unitId,
        detail: { name },
      });
      return { unitId };
    },
  );
}

export interface ContactLine {
  readonly unitId: string;
  readonly unitName: string;
  readonly regionName: string;
  readonly name: string | null;
  readonly position: string | null;
  readonly phone: string | null;
  readonly sinceDay: Day | null;
}

export interface ContactsPage {
  readonly rows: readonly ContactLine[];
  readonly total: number;
  readonly page: number;
  /** Units without a contact, of all in reach. */
  readonly missing: number;
  readonly units: number;
  readonly editing: ContactLine | null;
  readonly mayName: boolean;
}

export interface ContactsQuery {
  readonly text: string;
  readonly only: 'all' | 'missing';
  readonly unitId: string | null;
  readonly page: number;
  readonly size: number;
}

/** The list of 联络员 of the units in reach. Refusals: FORBIDDEN; NOT_FOUND (a unit out of reach). */
export async function viewContacts(
  ctx: ActorCtx,
  query: ContactsQuery,
): Promise<Outcome<ContactsPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'organization.read')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'organization.read');
  if (query.unitId !== null && !unitIds.has(query.unitId)) return refused('NOT_FOUND');
  const known = new Map(
    (await listContacts(ctx.pool, [...unitIds], dayOf(ctx.clock.now()))).map((one) => [one.unitId, one]),
  );
  const lineOf = (unitId: string): ContactLine => {
    const unit = tree.units.get(unitId);
    const contact = known.get(unitId);
    return {
      unitId,
      unitName: unit?.name ?? '',
      regionName: tree.regions.get(unit?.regionId ?? '')?.name ?? '',
      name: contact?.name ?? null,
      position: contact?.position ?? null,
      phone: contact === undefined ? null : openContactPhone(ctx, unitId, contact.phoneCipher),
      sinceDay: contact?.validFrom ?? null,
    };
  };
  const found = [...unitIds]
    .flatMap((id) => tree.units.get(id) ?? [])
    .filter((unit) => query.only === 'all' || !known.has(unit.id))
    .filter(
      ({ id, name }) => query.text === '' || name.includes(query.text) || known.get(id)?.name === query.text,
    )
    .sort((a, b) => (a.namePinyin < b.namePinyin ? -1 : 1));
  const { page, offset } = pageBounds(found.length, query.page, query.size);
  return done({
    // Numbers are opened for the page that is shown, not for all units.
    rows: found.slice(offset, offset + query.size).map(({ id }) => lineOf(id)),
    total: found.length,
    page,
    missing: unitIds.size - known.size,
    units: unitIds.size,
    editing: query.unitId === null ? null : lineOf(query.unitId),
    mayName: mayDo(ctx, 'roster.manage'),
  });
}
