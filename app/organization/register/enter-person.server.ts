import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { birthDayOfId, sexOfId } from '#app/platform/import/values/id-number.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { maskIdNumber } from '#app/platform/ui/text/format.ts';
import type { HomePlace } from '../person/home-timeline.ts';
import { loadHomeTimelines, lockPersons, lockStandingUnits } from '../person/home-timeline.store.server.ts';
import { placePersons } from '../person/place-person.server.ts';
import { namePinyin } from '../roster/name-pinyin.ts';
import { idNumberHash, sealIdNumber, sealPhone } from '../roster/person-secret.server.ts';
import {
  appendRevisions,
  insertPersons,
  listPersonsByHash,
  writePersonSecrets,
} from '../roster/roster.store.server.ts';
import type { Entrant, EntryRefusal, KnownEntrant } from './entry.ts';
import { decideEntry } from './entry.ts';

export interface NewEntrant extends Entrant {
  readonly post: Omit<HomePlace, 'unitId'>;
  readonly education: string | null;
  readonly hasLegalQualification: boolean;
  readonly phone: string | null;
}

export type EnterPersonRefusal = EntryRefusal | 'UNIT_GONE';

const SOURCE_KIND = 'roster_entry';

/**
 * Enters one person into a unit, in the transaction of the caller, who has authorised the unit: a new one, or one whose
 * number is known and who belongs nowhere at present. The number is checked before (`parseIdNumber`). Two who enter the
 * same number at once come one after the other. Refusals: UNIT_GONE and those of `decideEntry`.
 */
export async function enterPersonIn(
  tx: Tx,
  ctx: Ctx,
  entrant: NewEntrant,
  refuse: Refuse<EnterPersonRefusal>,
): Promise<{ readonly personId: string; readonly isNew: boolean }> {
  const hash = idNumberHash(ctx.secrets, entrant.idNumber);
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`organization.person:${hash}`}, 0))`;
  const { standing } = await lockStandingUnits(tx, [entrant.unitId], entrant.fromDay);
  if (!standing.has(entrant.unitId)) refuse('UNIT_GONE');
  const known = await findKnown(tx, hash, entrant);
  const decided = decideEntry(entrant, known);
  if (!decided.ok) return refuse(decided.code, decided.detail);
  const personId = known?.personId ?? newId<'Person'>();
  if (known === null) await insertPerson(tx, ctx, personId, entrant, hash);
  await placePersons(
    tx,
    [
      {
        personId,
        place: { ...entrant.post, unitId: entrant.unitId },
        fromDay: entrant.fromDay,
        source: { sourceKind: SOURCE_KIND, sourceId: null },
      },
    ],
    ctx.clock.now(),
  );
  await appendAudit(tx, ctx, {
    action: known === null ? 'person.enter' : 'person.return',
    subjectKind: 'person',
    subjectId: personId,
    unitId: entrant.unitId,
    detail: { fromDay: entrant.fromDay, establishment: entrant.post.establishment },
  });
  return { personId, isNew: known === null };
}

async function findKnown(tx: Tx, hash: string, entrant: Entrant): Promise<KnownEntrant | null> {
  const [stored] = await listPersonsByHash(tx, [hash], entrant.fromDay);
  if (stored === undefined) return null;
  await lockPersons(tx, [stored.personId]);
  const homes = (await loadHomeTimelines(tx, [stored.personId])).get(stored.personId) ?? [];
  return { personId: stored.personId, name: stored.name, homes };
}

async function insertPerson(
  tx: Tx,
  ctx: Ctx,
  personId: string,
  entrant: NewEntrant,
  hash: string,
): Promise<void> {
  const { name, idNumber, education, hasLegalQualification, phone } = entrant;
  const birthDay = birthDayOfId(idNumber);
  invariant(birthDay !== null, 'a checked ID number holds a birth date');
  const sex = sexOfId(idNumber);
  const { full, initials } = namePinyin(name);
  const at = ctx.clock.now();
  await insertPersons(
    tx,
    [
      {
        id: personId,
        name,
        namePinyin: full,
        nameInitials: initials,
        sex,
        birthMonth: birthDay.slice(0, 7),
        education,
        hasLegalQualification,
        idNumberHash: hash,
        idNumberMasked: maskIdNumber(idNumber),
      },
    ],
    at,
  );
  const secret = {
    personId,
    idNumberCipher: sealIdNumber(ctx.secrets, personId, idNumber).toString('hex'),
    phoneCipher: phone === null ? null : sealPhone(ctx.secrets, personId, phone).toString('hex'),
  };
  await writePersonSecrets(tx, [secret], ctx.secrets.keyId);
  await appendRevisions(tx, [{ id: newId(), personId, name, sex, education }], {
    reasonCode: 'entered',
    sourceKind: SOURCE_KIND,
    sourceId: personId,
    actorId: ctx.actorId,
    occurredAt: at,
  });
}
