import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { askedFor } from '#app/shell/search/asked.ts';
import { searchEverything } from '#app/shell/search/search-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aCard } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
let bureau: ActorCtx;
let liaison: ActorCtx;
let stranger: ActorCtx;

beforeAll(async () => {
  const { ctx } = world;
  const [here, there] = [await aRegion(ctx), await aRegion(ctx)];
  const unitId = await aUnit(ctx, { regionId: here, name: '松岚县水务局' });
  const otherId = await aUnit(ctx, { regionId: there, name: '碧湖县水务局' });
  const personId = await aPerson(ctx, { unitId, name: '张小某' });
  await aCard(ctx, { personId, unitId, regionId: here });
  forgetTree(ctx);
  bureau = await anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: here }] });
  liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
  stranger = await anActor(ctx, {
    grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: otherId }],
  });
});

const found = async (actor: ActorCtx, text: string) =>
  Object.fromEntries(
    (await searchEverything(actor, text)).map((group) => [group.kind, group.hits.map((hit) => hit.title)]),
  );

describe('the search over everything', () => {
  it('finds persons by name, pinyin and initials, and their cards', async () => {
    for (const text of ['张小', 'zhangmou', 'zm']) {
      const groups = await found(bureau, text);
      expect(groups.people).toEqual(['张小某']);
      expect(groups.certificates).toHaveLength(1);
    }
  });

  it('finds units by part of the name and by initials', async () => {
    expect(await found(bureau, '水务')).toEqual({ units: ['松岚县水务局'] });
    expect(await found(bureau, 'slxsw')).toEqual({ units: ['松岚县水务局'] });
  });

  it('shows a liaison the own people but no register', async () => {
    expect(await found(liaison, '张小')).toEqual({ people: ['张小某'] });
  });

  it('shows nothing of another region', async () => {
    expect(await found(stranger, '张小')).toEqual({});
    expect(await found(stranger, '松岚')).toEqual({});
  });

  it('takes signs of patterns as they are', async () => {
    expect(await found(bureau, '%')).toEqual({});
    expect(await found(bureau, '_')).toEqual({});
  });

  it.each(["'", '"', "';--", '\\', '%%', '张%', '(', '[', '*', '<b>', '\u{1F600}', '长'.repeat(100)])(
    'answers %j as any text that nothing is named like',
    async (text) => {
      expect(await found(bureau, text)).toEqual({});
    },
  );

  it('answers one character and one letter', async () => {
    expect((await found(bureau, '张')).people).toEqual(['张小某']);
    expect((await found(bureau, 'z')).people).toEqual(['张小某']);
  });

  it('finds a card by the beginning of its number, also when it was typed in full width', async () => {
    const card = await world.ctx.db.certificate.findFirstOrThrow();
    const wide = card.certificateNo.replace(/[0-9]/g, (digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    );
    const asked = askedFor(wide);
    expect(asked).toMatchObject({ kind: 'text', text: card.certificateNo });
    expect((await found(bureau, card.certificateNo)).certificates).toHaveLength(1);
    expect((await found(stranger, card.certificateNo)).certificates).toBeUndefined();
  });
});
