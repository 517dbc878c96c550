import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { HistoryCard } from '#app/platform/ui/data/history-card.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { settingsPath } from '../paths.ts';
import { SETTINGS_REFUSALS, actOnSettings } from '../settings-action.server.ts';
import { viewSettings } from '../settings-view.server.ts';
import { CHANGEABLE, SETTING_LABELS, settingText } from '../sitting-change.ts';
import { SeatingHead } from '../ui/seating-nav.tsx';
import { SettingsForm } from '../ui/settings-form.tsx';

export const meta: MetaFunction = () => [{ title: '场次设置 · 执法学堂' }];

export const loader = door('exam.manage', async ({ ctx, params }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const outcome = await viewSettings(ctx, params.sitting);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  const { stands } = outcome.value;
  return { ...outcome.value, why: stands === null ? null : SETTINGS_REFUSALS[stands].text };
});

export const action = door('exam.manage', async ({ ctx, params, request }) => {
  const sittingId = params.sitting;
  if (!isId(sittingId)) throw new Response(null, { status: 404 });
  const refused = await actOnSettings(ctx, sittingId, await request.formData());
  return refused === null
    ? redirect(`${settingsPath(sittingId)}?notice=saved`)
    : data(refused, { status: refused.status });
});

/** How a sitting is held, changed with a reason until its papers are sealed; afterwards shown with why not. */
export default function ExamSettings() {
  const page = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { sitting, settings, why } = page;
  const meanwhile = answered?.meanwhile ?? [];
  return (
    <>
      <SeatingHead sitting={sitting} here="settings" />
      {answered?.refusal ? (
        <div className="mb-6" role="alert">
          <Callout tone="danger" title={answered.refusal} />
        </div>
      ) : null}
      <div className="grid grid-cols-1 gap-8">
        {meanwhile.length === 0 ? null : (
          <SimpleTable
            caption="您填写的与现在设置不同之处"
            head={['设置', '现在', '您填写的']}
            rows={meanwhile.map(({ setting, from, to }) => ({
              key: setting,
              cells: [SETTING_LABELS[setting], from, to],
            }))}
          />
        )}
        <Card title={why === null ? '修改场次设置' : '场次设置'} className="max-w-4xl">
          {why === null ? (
            <SettingsForm
              key={page.commandId}
              settings={settings}
              version={answered?.version ?? page.version}
              ticketCount={page.ticketCount}
              commandId={page.commandId}
              lastResult={answered?.lastResult ?? null}
            />
          ) : (
            <div className="grid gap-4">
              <p>{why}</p>
              <DefinitionList
                items={CHANGEABLE.map((setting) => ({
                  term: SETTING_LABELS[setting],
                  value: settingText(settings, setting),
                }))}
              />
            </div>
          )}
        </Card>
        {page.journal.length === 0 ? null : (
          <HistoryCard
            lines={[...page.journal].reverse().map((one) => ({
              id: one.id,
              occurredAt: one.at,
              title: '修改场次设置',
              actorName: one.by,
              note: `${one.changes.join('；')}。原因：${one.reason}`,
            }))}
          />
        )}
      </div>
    </>
  );
}
