import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import type { OwnRegistration } from '../registration/own-registrations-view.server.ts';
import { ASKED_WORDS } from '../registration/registration-words.ts';
import { RegistrationBadge } from './badges.tsx';

const NEXT: Readonly<Record<OwnRegistration['status'], string>> = {
  registered: '单位已报名，等待审核。',
  first_checked: '司法所已初审，等待司法局审核。',
  approved: '审核通过，编排考场后可以查看准考证。',
  returned: '已退回单位补正，请与单位联络员联系。',
  refused: '本次不能参加考试，如有疑问请与单位联络员联系。',
  withdrawn: '单位已撤报。',
  deferred: '已同意缓考，请参加下一批次考试。',
  exempt: '已同意免考，不需参加本次考试。',
};

/** How one stands in batches: what was decided, why, and what comes next. */
export function OwnRegistrations({ registrations }: { registrations: readonly OwnRegistration[] }) {
  if (registrations.length === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="mb-3 text-lg font-semibold">报名情况</h2>
      <ul className="grid gap-4">
        {registrations.map((one) => (
          <li key={one.id}>
            <Card title={one.title} level={3} action={<RegistrationBadge status={one.status} />}>
              <p>{NEXT[one.status]}</p>
              {one.asked === null ? null : <p>{`单位已申请${ASKED_WORDS[one.asked]}，等待答复。`}</p>}
              {one.answerNote === null ? null : <p>{`理由：${one.answerNote}`}</p>}
              {one.status === 'registered' || one.status === 'first_checked' || one.status === 'approved'
                ? one.reasons.map((reason) => (
                    <p key={reason.code} className="text-ink-muted">
                      {reason.text}
                    </p>
                  ))
                : null}
              <p className="mt-1 text-sm text-ink-muted">
                {`${one.unitName}，${formatInstant(one.registeredAt)} 报名`}
              </p>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  );
}
