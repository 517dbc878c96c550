import { createHash, createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentSigningKey, isSignatureValid } from '#app/platform/secret/signing-key.server.ts';
import { listPublicKeys } from '#app/platform/secret/signing-key.store.server.ts';
import { viewSeal } from '#app/training/year/seal-view.server.ts';
import { freezeClosing } from '#app/training/year/freeze-closing.server.ts';
import { snapshotSchema } from '#app/training/year/snapshot.ts';
import { verifySnapshot } from '#app/training/year/verify-snapshot.server.ts';
import { findSnapshot } from '#app/training/year/snapshot.store.server.ts';
import { useWorld } from '#test/support/database.ts';
import { value } from '#test/support/office.ts';
import { anHourEntry } from '#test/support/officers.ts';
import { FIRST_DAY, HOUR, YEAR, closingSteps } from '#test/support/year-closing.ts';

const world = useWorld(FIRST_DAY);
const { aConfirmedOffice, aFrozenOffice, anOffice } = closingSteps(world);

async function theRecord(sealNo: string) {
  const record = await findSnapshot(world.ctx.pool, sealNo);
  if (record === null) throw new Error('the seal is there');
  return record;
}

/** Refused by the database, whoever asks. */
async function isRefused(statement: string, values: unknown[]): Promise<boolean> {
  return world.ctx.pool.query(statement, values).then(
    () => false,
    (error: unknown) => /APPEND_ONLY/.test(String(error)),
  );
}

describe('the signing keys of the installation', () => {
  it('one is made for a purpose, also when many ask at once; its private part is kept sealed', async () => {
    const { ctx } = world;
    const keys = await Promise.all(Array.from({ length: 6 }, () => currentSigningKey(ctx, 'test_purpose')));
    expect(new Set(keys.map((key) => key.keyId)).size).toBe(1);
    const known = (await listPublicKeys(ctx.pool)).filter((key) => key.purpose === 'test_purpose');
    expect(known).toHaveLength(1);
    expect(known[0]?.publicJwk).not.toHaveProperty('d');
    const { rows } = await ctx.pool.query<{ private_cipher: Buffer }>(
      `select private_cipher from signing_key_secret where key_id = $1`,
      [known[0]?.id],
    );
    expect(rows[0]?.private_cipher.toString('latin1')).not.toContain('"kty"');
  });

  it('another text, another key or a mangled signature is no signature', async () => {
    const { ctx } = world;
    const key = await currentSigningKey(ctx, 'test_purpose');
    const signed = await key.sign('甲');
    expect(await isSignatureValid(ctx, '甲', signed)).toBe(true);
    expect(await isSignatureValid(ctx, '乙', signed)).toBe(false);
    expect(await isSignatureValid(ctx, '甲', { ...signed, keyId: 'unknown' })).toBe(false);
    expect(await isSignatureValid(ctx, '甲', { ...signed, signature: `A${signed.signature.slice(1)}` })).toBe(
      false,
    );
    expect(await isSignatureValid(ctx, '甲', { ...signed, protectedHeader: '' })).toBe(false);
  });
});

describe('the snapshot of a closed year', () => {
  it('is signed ES256 over its canonical text, checkable with nothing but the public key', async () => {
    const office = await aFrozenOffice();
    const record = await theRecord(office.sealNo);
    const jwk = (await listPublicKeys(world.ctx.pool)).find((key) => key.id === record.keyId)?.publicJwk;
    const payload = Buffer.from(record.content, 'utf8').toString('base64url');
    const isSigned = verify(
      'sha256',
      Buffer.from(`${record.protectedHeader}.${payload}`),
      { key: createPublicKey({ key: { ...jwk }, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(record.signature, 'base64url'),
    );
    expect(isSigned).toBe(true);
    expect(Buffer.from(record.contentHash)).toEqual(createHash('sha256').update(record.content).digest());
    const header: unknown = JSON.parse(Buffer.from(record.protectedHeader, 'base64url').toString());
    expect(header).toEqual({ alg: 'ES256', kid: record.keyId });
    const snapshot = snapshotSchema.parse(JSON.parse(record.content));
    expect(snapshot).toMatchObject({
      sealNo: office.sealNo,
      year: YEAR,
      confirmedBy: office.leader.actorId,
      frozenBy: office.bureau.actorId,
    });
    expect(snapshot.people.map((one) => one.personId)).toEqual([...office.personIds].sort());
    expect(snapshot.people[0]).toMatchObject({
      totalSeconds: 62 * HOUR,
      entryCount: 2,
      seconds: { public_law: 50 * HOUR, specialised_law: 12 * HOUR },
    });
  });

  it('is only ever added: figures and text refuse every change', async () => {
    const office = await aFrozenOffice(1);
    const byUnit = [office.unitId];
    expect(await isRefused(`update year_snapshot set content = '{}' where unit_id = $1`, byUnit)).toBe(true);
    expect(await isRefused(`delete from year_snapshot where unit_id = $1`, byUnit)).toBe(true);
    const byPerson = [office.personIds[0]];
    const change = `update year_snapshot_row set conclusion = 'met' where person_id = $1`;
    expect(await isRefused(change, byPerson)).toBe(true);
    expect(await isRefused(`truncate year_snapshot_row cascade`, [])).toBe(true);
  });

  it('an entry written while freezing is in the sealed figure with its id, or an adjustment; never half', async () => {
    const office = await aConfirmedOffice(1);
    const [personId = ''] = office.personIds;
    const entry = { personId, unitId: office.unitId, day: `${YEAR}-09-01`, creditSeconds: HOUR };
    const write = async () => {
      for (let n = 0; n < 12; n += 1) await anHourEntry(world.ctx, entry);
    };
    const asked = { unitId: office.unitId, year: YEAR };
    const [frozen] = await Promise.all([freezeClosing(office.bureau, asked), write()]);
    const { sealNo } = value(frozen);
    const view = value(await viewSeal(office.bureau, sealNo));
    const [person] = view.people;
    expect(view.isSound).toBe(true);
    expect((person?.totalSeconds ?? 0) + (person?.adjustedSeconds ?? 0)).toBe((62 + 12) * HOUR);
  });

  it('the sealed figure never changes, whatever comes later; what came stands beside it', async () => {
    const office = await aFrozenOffice(2);
    const before = await theRecord(office.sealNo);
    const anyEntry = fc.record({
      who: fc.nat(1),
      month: fc.integer({ min: 1, max: 12 }),
      creditSeconds: fc.integer({ min: -5000, max: 5000 }).filter((seconds) => seconds !== 0),
      category: fc.constantFrom('public_law', 'specialised_law', 'business', 'skill'),
    });
    let later = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { maxLength: 4 }), async (entries) => {
        for (const { who, month, ...entry } of entries) {
          const day = `${YEAR}-${String(month).padStart(2, '0')}-11`;
          await anHourEntry(world.ctx, {
            ...entry,
            personId: office.personIds[who] ?? '',
            unitId: office.unitId,
            day,
          });
          later += entry.creditSeconds;
        }
        const view = value(await viewSeal(office.bureau, office.sealNo));
        expect(view.isSound).toBe(true);
        expect(view.people.map((one) => one.totalSeconds)).toEqual([62 * HOUR, 62 * HOUR]);
        expect(view.people.reduce((sum, one) => sum + one.adjustedSeconds, 0)).toBe(later);
        expect(await theRecord(office.sealNo)).toEqual(before);
      }),
      { numRuns: 12 },
    );
  });

  it('tells when the text is not what was signed', async () => {
    const office = await aFrozenOffice(1);
    const record = await theRecord(office.sealNo);
    const forged = { ...record, content: record.content.replace(String(62 * HOUR), String(63 * HOUR)) };
    const { findings } = await verifySnapshot(world.ctx, forged);
    expect(findings.filter((one) => !one.isSound).map((one) => one.what)).toEqual([
      'signature',
      'content',
      'figures',
    ]);
  });

  it('is shown whole to the unit and the bureau, to an officer the own line, to nobody else', async () => {
    const office = await aFrozenOffice(2);
    const elsewhere = await anOffice(1);
    expect(value(await viewSeal(office.leader, office.sealNo)).people).toHaveLength(2);
    const [officer] = office.officers;
    if (!officer) throw new Error('the office has officers');
    const own = value(await viewSeal(officer, office.sealNo));
    expect([own.isWhole, own.people.map((one) => one.personId)]).toEqual([false, [office.personIds[0]]]);
    for (const stranger of [elsewhere.leader, elsewhere.bureau, ...elsewhere.officers])
      expect(await viewSeal(stranger, office.sealNo)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(await viewSeal(office.bureau, '2025-U0-9999')).toMatchObject({ code: 'NOT_FOUND' });
  });
});
