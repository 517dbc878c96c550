import { describe, expect, it } from 'vitest';
import { RosterTable } from '#app/office/roster/ui/roster-table.tsx';
import { ExceptionTable } from '#app/office/workday/ui/exception-table.tsx';
import { ConfirmForm, WorkdayForm } from '#app/office/workday/ui/workday-form.tsx';
import { WorkdayPreview } from '#app/office/workday/ui/workday-preview.tsx';
import { decideWorkdays } from '#app/office/workday/workday-change.ts';
import { readWorkdayLines } from '#app/office/workday/workday-lines.ts';
import { BasisLegend, RulesTable } from '#app/office/rules/ui/rules-table.tsx';
import { renderAt } from '../platform/ui/render.tsx';

const COMMAND = '0190a0a0-0000-7000-8000-000000000001';

describe('the 规则 page', () => {
  it('tells value, unit, kind of basis, source and a lapsed document in words', () => {
    const html = renderAt(
      '/bureau/rules',
      <>
        <RulesTable
          title="学时"
          lines={[
            {
              key: 'yearlyCreditSeconds',
              label: '年度学时目标',
              value: '60',
              unit: '学时',
              basis: 'policy',
              source: '某市三年行动方案',
              statedBy: '某市',
              validFrom: '2024-01-01',
              until: '2025-12-31',
              standing: 'lapsed',
            },
          ]}
        />
        <BasisLegend />
      </>,
    );
    for (const text of [
      '60',
      '学时',
      '政策文件',
      '某市三年行动方案',
      '某市，自 2024年1月1日',
      '依据有效至 2025年12月31日',
      '依据已到期',
      '平台建议',
    ])
      expect(html).toContain(text);
  });
});

describe('the 工作日 page', () => {
  it('says what a year without a calendar means, and where to import one', () => {
    const html = renderAt(
      '/bureau/workdays',
      <ExceptionTable year={2027} exceptions={[]} bases={[]} mayImport />,
    );
    expect(html).toContain('2027年还没有放假调休安排');
    expect(html).toContain('#workdays-import');
  });

  it('shows every change before it is made, with the lines that cannot be read', () => {
    const { entries, problems } = readWorkdayLines(
      '2026-10-01 休 国庆节\n2026-10-10 班 国庆节\n2026-02-30 休 春节',
    );
    const known = [{ id: 'a', day: '2026-05-01', kind: 'holiday', name: '劳动节', basis: '甲' }] as const;
    const decision = decideWorkdays(entries, known, { mode: 'replace_year', basis: '甲' });
    const html = renderAt('/bureau/workdays', <WorkdayPreview {...{ problems, decision, years: [2026] }} />);
    for (const text of [
      '不能识别的 1 行',
      '日期不存在',
      '新增 2 天，更改 0 天，移除 1 天',
      '2026年10月1日（周四）',
      '班，国庆节',
      '劳动节',
    ])
      expect(html).toContain(text);
  });

  it('keeps what was typed beside its error, and carries the previewed text into the confirmation', () => {
    const values = { text: '2026-10-01 休 国庆节', basis: '某通知', mode: 'supplement' } as const;
    const form = renderAt(
      '/bureau/workdays',
      <WorkdayForm commandId={COMMAND} values={values} errors={{ basis: '请写明依据文件的名称和文号' }} />,
    );
    expect(form).toContain('2026-10-01 休 国庆节');
    expect(form).toContain('请写明依据文件的名称和文号');
    const confirm = renderAt(
      '/bureau/workdays',
      <ConfirmForm commandId={COMMAND} values={values} digest="abc" changeCount={1} />,
    );
    expect(confirm).toContain('确认导入，更改 1 天');
    expect(confirm).toContain('value="supplement"');
  });
});

describe('the 本单位人员 page', () => {
  it('lists people with masked numbers and their post in words', () => {
    const html = renderAt(
      '/coordinate/roster',
      <RosterTable
        rows={[
          {
            id: 'p1',
            name: '赵某',
            sex: 'female',
            idNumberMasked: '9900**********0012',
            unitId: 'u1',
            unitName: '某县市场监督管理局',
            department: '政策法规科',
            position: '四级主任科员',
            establishment: 'admin',
            isEnforcementPost: true,
            fieldCode: 'MARKET',
            hasLegalQualification: false,
            notAdmitted: null,
            card: null,
          },
        ]}
        total={1}
        page={1}
        pageSize={50}
        sort={{ field: 'name', direction: 'asc' }}
        units={[]}
        fields={[{ code: 'MARKET', name: '市场监管' }]}
      />,
    );
    for (const text of ['赵某', '行政编制', '市场监管', '9900**********0012', '政策法规科'])
      expect(html).toContain(text);
  });
});
