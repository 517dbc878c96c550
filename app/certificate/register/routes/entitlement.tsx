import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import { MOST_PERSONS } from '../../papers/proof-limits.ts';
import { ProofForm } from '../../papers/ui/proof-form.tsx';
import { findEntitled, viewEntitlement } from '../entitlement-view.server.ts';
import { EntitlementAnswer } from '../ui/entitlement-answer.tsx';
import { EntitlementSearch } from '../ui/entitlement-search.tsx';

export const meta: MetaFunction = () => [{ title: '资格查证 · 执法学堂' }];

const DAY_WRONG = '日期不对，请按 2026-11-21 的格式填写';
const DAY_IN_FUTURE = '不能查询今天以后的日期';

export const loader = door('entitlement.read', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const text = (search.get('q') ?? '').trim().slice(0, 40);
  const today = dayOf(ctx.clock.now());
  const dayText = (search.get('day') ?? today).slice(0, 20);
  const day = parseDateText(dayText);
  const asked = search.get('person');
  const personId = isId(asked) ? asked : null;
  const found = await findEntitled(ctx, text);
  if (!found.ok) throw new Response(null, { status: 403 });
  const base = { text, dayText, ...found.value, viewer: ctx.actor.displayName };
  const dayError = day === null ? DAY_WRONG : day > today ? DAY_IN_FUTURE : undefined;
  const others = await namesOf(ctx, search.getAll('with').filter(isId), today);
  if (personId === null) return { ...base, dayError, others, person: null, answer: null, proof: null };
  const outcome = await viewEntitlement(ctx, personId, dayError === undefined && day !== null ? day : today);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  const { id, name } = outcome.value.person;
  const persons = [...others.filter((other) => other.id !== id), { id, name }];
  const proof =
    dayError === undefined && day !== null && mayDo(ctx, 'certificate.decide')
      ? { commandId: newId(), day, persons }
      : null;
  const answer = dayError === undefined ? outcome.value : null;
  return { ...base, dayError, others, person: { id, name }, answer, proof };
});

/** Who was looked up before for the same proof; whoever is out of reach is left out. */
async function namesOf(ctx: ActorCtx, personIds: readonly string[], day: Day) {
  const pages = await Promise.all(
    [...new Set(personIds)].slice(0, MOST_PERSONS - 1).map((personId) => viewEntitlement(ctx, personId, day)),
  );
  return pages.flatMap((page) =>
    page.ok ? [{ id: page.value.person.id, name: page.value.person.name }] : [],
  );
}

/** "Was X entitled on day D?" (AJ7), for the bureau and the supervisor. */
export default function EntitlementOnDay() {
  const { answer, viewer, proof, ...search } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="资格查证" meta="查某人在某一天的在岗、主体、资格和证件状态" />
      <div className="no-print mb-8">
        <EntitlementSearch {...search} />
      </div>
      {answer ? <EntitlementAnswer page={answer} viewer={viewer} /> : null}
      {proof ? (
        <Card title="出具证明" className="no-print mt-6 max-w-3xl">
          <ProofForm {...proof} />
        </Card>
      ) : null}
    </>
  );
}
