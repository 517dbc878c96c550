import { z } from 'zod';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { birthDayOfId, sexOfId } from '#app/platform/import/values/id-number.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { maskIdNumber } from '#app/platform/ui/text/format.ts';
import { lockPersons } from '../person/home-timeline.store.server.ts';
import { namePinyin } from '../roster/name-pinyin.ts';
import {
  idNumberHash,
  openIdNumber,
  openPhone,
  sealIdNumber,
  sealPhone,
} from '../roster/person-secret.server.ts';
import { appendRevisions } from '../roster/roster.store.server.ts';
import type { Correctable, CorrectionState, FieldChange, PersonDetails } from './correction.ts';
import { CORRECTABLE, decideCorrection } from './correction.ts';
import {
  answerCorrection,
  findCorrection,
  findCorrectionSecret,
  hasOpenCorrection,
  insertCorrection,
} from './correction.store.server.ts';
import type { MasterData } from './master-data.store.server.ts';
import { findMasterData, findPersonByHash, writeMasterData } from './master-data.store.server.ts';

type ByPerson = Ctx & { readonly actorId: string };

const wantedSchema = z.object({
  name: z.string().optional(),
  idNumber: z.string().optional(),
  education: z.string().nullable().optional(),
  hasLegalQualification: z.boolean().optional(),
  phone: z.string().nullable().optional(),
});

/** Only what the person wants to be different; what is left out stays. */
export type WantedDetails = z.infer<typeof wantedSchema>;

export interface CorrectionInput {
  readonly personId: string;
  /** Home unit of the person, whose liaison files. */
  readonly unitId: string;
  readonly wanted: WantedDetails;
  /** What proves it, in words: 户口本、公安机关证明 and its number. */
  readonly proof: string;
  readonly scan: { readonly type: string; readonly name: string; readonly bytes: Uint8Array } | null;
}

export type FileCorrectionRefusal = 'PERSON_NOT_FOUND' | 'NOTHING_CORRECTED' | 'CORRECTION_OPEN' | 'ID_TAKEN';

export interface FiledCorrection {
  readonly correctionId: string;
  readonly needsSecond: boolean;
}

const secretContext = (correctionId: string): string => `person_correction:${correctionId}:wanted`;
const scanContext = (correctionId: string): string => `person_correction:${correctionId}:scan`;

/** Values as they may be stored and shown. */
function shownValue(field: Correctable, details: PersonDetails): string {
  switch (field) {
    case 'name':
      return details.name;
    case 'idNumber':
      return details.idNumber === '' ? '（未登记）' : maskIdNumber(details.idNumber);
    case 'education':
      return details.education ?? '（空）';
    case 'hasLegalQualification':
      return details.hasLegalQualification ? '有' : '无';
    case 'phone':
      return details.phone === null ? '（空）' : maskPhone(details.phone);
  }
}

function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}${'*'.repeat(Math.max(phone.length - 5, 1))}${phone.slice(-2)}`;
}

/** What is registered of a person, opened for comparing. */
function detailsOf(ctx: Ctx, personId: string, stored: MasterData): PersonDetails {
  const { name, education, hasLegalQualification, idNumberCipher, phoneCipher } = stored;
  return {
    name,
    education,
    hasLegalQualification,
    idNumber: idNumberCipher === null ? '' : openIdNumber(ctx.secrets, personId, idNumberCipher),
    phone: phoneCipher === null ? null : openPhone(ctx.secrets, personId, phoneCipher),
  };
}

/** What is left out, or given as it stands, stays. */
function merged(known: PersonDetails, wanted: WantedDetails): PersonDetails {
  return {
    name: wanted.name ?? known.name,
    idNumber: wanted.idNumber ?? known.idNumber,
    education: wanted.education === undefined ? known.education : wanted.education,
    hasLegalQualification: wanted.hasLegalQualification ?? known.hasLegalQualification,
    phone: wanted.phone === undefined ? known.phone : wanted.phone,
  };
}

/**
 * Files a correction with its proof, in the transaction of the caller, who has authorised it. Name and ID number wait for
 * a second person; everything else holds at once. Refusals: PERSON_NOT_FOUND; NOTHING_CORRECTED; CORRECTION_OPEN (one
 * waits already); ID_TAKEN (the number belongs to somebody else).
 */
export async function fileCorrectionIn(
  tx: Tx,
  ctx: ByPerson,
  input: CorrectionInput,
  refuse: Refuse<FileCorrectionRefusal>,
): Promise<FiledCorrection> {
  const { personId, unitId, wanted, proof, scan } = input;
  await lockPersons(tx, [personId]);
  const stored = await findMasterData(tx, personId);
  if (stored === null) return refuse('PERSON_NOT_FOUND');
  const known = detailsOf(ctx, personId, stored);
  const next = merged(known, wanted);
  const decided = decideCorrection(known, next, shownValue);
  if (!decided.ok) return refuse(decided.code);
  const { changes, needsSecond } = decided.value;
  if (await hasOpenCorrection(tx, personId)) refuse('CORRECTION_OPEN');
  if (next.idNumber !== known.idNumber) await refuseTakenNumber(tx, ctx, personId, next.idNumber, refuse);
  const correctionId = newId<'PersonCorrection'>();
  const at = ctx.clock.now();
  const secret = Buffer.from(JSON.stringify(wantedOnly(changes, next)), 'utf8');
  await insertCorrection(tx, {
    id: correctionId,
    personId,
    unitId,
    changes,
    proof,
    needsSecond,
    state: needsSecond ? 'filed' : 'applied',
    filedBy: ctx.actorId,
    filedAt: at,
    secretCipher: needsSecond
      ? ctx.secrets.encrypt('field_encryption', secret, secretContext(correctionId))
      : null,
    scan:
      scan === null
        ? null
        : {
            type: scan.type,
            name: scan.name,
            cipher: ctx.secrets.encrypt(
              'field_encryption',
              Buffer.from(scan.bytes),
              scanContext(correctionId),
            ),
          },
  });
  if (!needsSecond) await writeDetails(tx, ctx, { correctionId, personId, changes, next, at });
  await appendAudit(tx, ctx, {
    action: needsSecond ? 'person.correction_file' : 'person.correct',
    subjectKind: 'person',
    subjectId: personId,
    unitId,
    detail: { correctionId, fields: changes.map(({ field }) => field) },
  });
  return { correctionId, needsSecond };
}

function wantedOnly(changes: readonly FieldChange[], next: PersonDetails): WantedDetails {
  const fields = new Set(changes.map(({ field }) => field));
  return Object.fromEntries(
    CORRECTABLE.filter((field) => fields.has(field)).map((field) => [field, next[field]]),
  );
}

async function refuseTakenNumber(
  tx: Tx,
  ctx: Ctx,
  personId: string,
  idNumber: string,
  refuse: Refuse<'ID_TAKEN'>,
): Promise<void> {
  const hash = idNumberHash(ctx.secrets, idNumber);
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`organization.person:${hash}`}, 0))`;
  const owner = await findPersonByHash(tx, hash);
  if (owner !== null && owner !== personId) refuse('ID_TAKEN');
}

interface WrittenCorrection {
  readonly correctionId: string;
  readonly personId: string;
  readonly changes: readonly FieldChange[];
  readonly next: PersonDetails;
  readonly at: Date;
}

/** The new values into the register, a revision, and the fact for the slices above. */
async function writeDetails(
  tx: Tx,
  ctx: ByPerson,
  { correctionId, personId, changes, next, at }: WrittenCorrection,
): Promise<void> {
  const { full, initials } = namePinyin(next.name);
  const fields = changes.map(({ field }) => field);
  const birthDay = next.idNumber === '' ? null : birthDayOfId(next.idNumber);
  const sex = next.idNumber === '' ? null : sexOfId(next.idNumber);
  const { sex: sexNow } = await writeMasterData(tx, personId, {
    name: next.name,
    namePinyin: full,
    nameInitials: initials,
    education: next.education,
    hasLegalQualification: next.hasLegalQualification,
    phoneCipher: next.phone === null ? null : sealPhone(ctx.secrets, personId, next.phone),
    keyId: ctx.secrets.keyId,
    identity:
      fields.includes('idNumber') && birthDay !== null && sex !== null
        ? {
            hash: idNumberHash(ctx.secrets, next.idNumber),
            masked: maskIdNumber(next.idNumber),
            cipher: sealIdNumber(ctx.secrets, personId, next.idNumber),
            sex,
            birthMonth: birthDay.slice(0, 7),
          }
        : null,
  });
  await appendRevisions(
    tx,
    [{ id: newId(), personId, name: next.name, sex: sexNow, education: next.education }],
    {
      reasonCode: 'correction',
      sourceKind: 'person_correction',
      sourceId: correctionId,
      actorId: ctx.actorId,
      occurredAt: at,
    },
  );
  await appendOutbox(tx, [
    {
      topic: 'organization.person_corrected',
      key: correctionId,
      payload: { personId, fields },
      occurredAt: at,
    },
  ]);
}

export type AnswerCorrectionRefusal = 'NOT_FOUND' | 'CORRECTION_ANSWERED' | 'ID_TAKEN';

/**
 * The second person's answer, or the maker's taking back, in the transaction of the caller, who has decided who may
 * (`decideAnswer`). Refusals: NOT_FOUND; CORRECTION_ANSWERED; ID_TAKEN (the number went to somebody else meanwhile).
 */
export async function answerCorrectionIn(
  tx: Tx,
  ctx: ByPerson,
  input: {
    readonly correctionId: string;
    readonly state: Exclude<CorrectionState, 'filed'>;
    readonly note: string | null;
  },
  refuse: Refuse<AnswerCorrectionRefusal>,
): Promise<void> {
  const { correctionId, state, note } = input;
  const asked = await findCorrection(tx, correctionId);
  if (asked === null) return refuse('NOT_FOUND');
  const { personId, unitId } = asked;
  await lockPersons(tx, [personId]);
  const at = ctx.clock.now();
  if (state === 'applied') await applySecret(tx, ctx, asked, at, refuse);
  const isFirst = await answerCorrection(tx, correctionId, { kind: state, note, actorId: ctx.actorId, at });
  if (!isFirst) refuse('CORRECTION_ANSWERED');
  await appendAudit(tx, ctx, {
    action: `person.correction_${state}`,
    subjectKind: 'person',
    subjectId: personId,
    unitId,
    detail: { correctionId, fields: asked.changes.map(({ field }) => field) },
  });
}

async function applySecret(
  tx: Tx,
  ctx: ByPerson,
  correction: { readonly id: string; readonly personId: string; readonly changes: readonly FieldChange[] },
  at: Date,
  refuse: Refuse<AnswerCorrectionRefusal>,
): Promise<void> {
  const { id: correctionId, personId, changes } = correction;
  const sealed = await findCorrectionSecret(tx, correctionId);
  // Whoever came first has cleared it: the values wait exactly as long as the answer does.
  if (sealed === null) return refuse('CORRECTION_ANSWERED');
  const plain = ctx.secrets.decrypt('field_encryption', Buffer.from(sealed), secretContext(correctionId));
  const wanted = wantedSchema.parse(JSON.parse(plain.toString('utf8')));
  const stored = await findMasterData(tx, personId);
  invariant(stored !== null, 'a person is never deleted');
  const next = merged(detailsOf(ctx, personId, stored), wanted);
  if (wanted.idNumber !== undefined) await refuseTakenNumber(tx, ctx, personId, wanted.idNumber, refuse);
  await writeDetails(tx, ctx, { correctionId, personId, changes, next, at });
}

/** The scan that proves a correction, opened; the caller has authorised it. */
export function openScan(ctx: Ctx, correctionId: string, cipher: Uint8Array): Buffer {
  return ctx.secrets.decrypt('field_encryption', Buffer.from(cipher), scanContext(correctionId));
}
