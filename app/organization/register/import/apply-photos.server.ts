import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { openRunFile } from '#app/platform/import/run/read-run-file.server.ts';
import type { ImportWork } from '#app/platform/import/run/work.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { sha256 as hashOf } from '#app/platform/secret/keys.server.ts';
import { lockPersons } from '../../person/home-timeline.store.server.ts';
import { idNumberHash } from '../../roster/person-secret.server.ts';
import { listPersonsByHash } from '../../roster/roster.store.server.ts';
import { listPhotoHashes, writePhoto } from '../photo.store.server.ts';
import { readPicture } from '../picture.ts';
import { sealPhoto } from '../register-secret.server.ts';
import { inflatePhoto, listPhotoEntries, readPhotoZip } from './photo-zip.server.ts';
import type { PhotoContext, PhotoFact, PhotoRow } from './photos-kind.ts';
import { photosKind } from './photos-kind.ts';
import { PLACE_KEYS, parsePlaceScope } from './place-scope.ts';
import { loadPlace } from './place.server.ts';

/** 照片 by zip: matched by ID number to people at home in the place on the file's day. Authority: the desk's. */
export const photosWork: ImportWork<PhotoRow, PhotoFact, PhotoContext> = {
  kind: photosKind,
  placeKeys: PLACE_KEYS,
  readFile: readPhotoZip,
  loadContext: async (tx, ctx, rows, run) => {
    const scope = parsePlaceScope(run.scope);
    const { unitIds } = await loadPlace(ctx, scope);
    const numbers = new Map(
      rows.map(({ name }) => [idNumberHash(ctx.secrets, name.idNumber), name.idNumber] as const),
    );
    const stored = await listPersonsByHash(tx, [...numbers.keys()], scope.asOfDay);
    const people = new Map(
      stored.flatMap(({ personId, name, idNumberHash: hash, home }) => {
        const idNumber = numbers.get(hash);
        const isHere = home !== null && unitIds.has(home.unitId);
        return idNumber === undefined || !isHere ? [] : [[idNumber, { personId, name }] as const];
      }),
    );
    const personIds = [...people.values()].map(({ personId }) => personId);
    return { people, present: await listPhotoHashes(tx, personIds) };
  },
  apply: async (tx, ctx, facts, run) => {
    const zip = await openRunFile(ctx, run.runId);
    invariant(zip !== null, 'a confirmed run has its file');
    const entries = listPhotoEntries(zip);
    invariant(!('code' in entries), 'a zip that was checked can be read again');
    await lockPersons(
      tx,
      facts.map(({ personId }) => personId),
    );
    const source = {
      sourceKind: 'photos_import',
      sourceId: run.runId,
      actorId: ctx.actorId,
      at: ctx.clock.now(),
    };
    for (const { personId, at, sha256 } of facts) {
      const entry = entries[at];
      const content = entry === undefined ? null : inflatePhoto(zip, entry);
      invariant(content instanceof Uint8Array, 'a photo that was checked can be read again');
      const picture = readPicture(content);
      const isSame = hashOf(content).toString('hex') === sha256;
      invariant(typeof picture !== 'string' && isSame, 'a photo is the one that was checked');
      const contentCipher = sealPhoto(ctx, personId, content);
      await writePhoto(
        tx,
        { ...picture, personId, byteCount: content.length, sha256, contentCipher },
        source,
      );
      await appendAudit(tx, ctx, {
        action: 'photo.take',
        subjectKind: 'person',
        subjectId: personId,
        detail: { runId: run.runId, byteCount: content.length },
      });
    }
  },
};
