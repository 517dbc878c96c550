import { describe, expect, it } from 'vitest';
import type { ImportRunData, KindFace } from '#app/platform/import/import-pages.ts';
import type { ImportRunView } from '#app/platform/import/run/import-run.ts';
import { RUN_STATES } from '#app/platform/import/run/import-run.ts';
import { ImportHistory } from '#app/platform/import/ui/import-history.tsx';
import { ImportRunPage } from '#app/platform/import/ui/import-run-page.tsx';
import { ImportUpload } from '#app/platform/import/ui/import-upload.tsx';
import { renderAt } from '../ui/render.tsx';

const NOW = new Date('2026-11-23T01:00:00.000Z');
const KIND: KindFace = {
  title: '借阅登记',
  rowWord: '条',
  maxRows: 5_000,
  isWide: false,
  files: null,
  fields: [
    { id: 'code', label: '图书编号', hint: '编号', isRequired: true, hasFallback: false },
    { id: 'borrower', label: '借阅人', hint: '姓名', isRequired: true, hasFallback: false },
  ],
  ignored: [{ label: '备注', why: '不登记' }],
};

function aView(part: Partial<ImportRunView> = {}): ImportRunView {
  return {
    id: 'r1',
    state: 'checked',
    version: 3,
    fileName: '借阅.xlsx',
    fileBytes: 1_000,
    mode: null,
    isRecheck: false,
    startedAt: NOW,
    checkedAt: NOW,
    appliedAt: null,
    expiresAt: NOW,
    counts: { total: 10, new: 7, change: 1, same: 0, refused: 2, warning: 1 },
    progress: null,
    failure: null,
    layout: {
      tables: [],
      columns: [
        {
          key: 'a',
          title: '编号',
          sheetName: '一馆',
          letters: 'A',
          target: 'code',
          confidence: 'likely',
          note: null,
          samples: ['A1', 'A2'],
        },
      ],
      notes: ['工作表「旧表」是隐藏的，没有读取'],
      mappingFrom: 'proposed',
    },
    mapping: { a: 'code' },
    groups: [{ verdict: 'refused', code: 'VALUE_MISSING', count: 2, reason: '「借阅人」没有填' }],
    issues: [
      {
        seq: 1,
        sheetName: '一馆',
        rowNumber: 4,
        cell: 'B4',
        fieldId: 'borrower',
        label: '借阅人',
        verdict: 'refused',
        code: 'VALUE_MISSING',
        reason: '「借阅人」没有填',
        fix: '请补填借阅人',
      },
    ],
    issuesShown: 1,
    issuesTotal: 1,
    ...part,
  };
}

function pageOf(run: ImportRunView, part: { error?: string; isRepeat?: boolean } = {}): string {
  const data: ImportRunData = {
    kind: KIND,
    run,
    commandIds: { confirm: 'c1', map: 'c2', withdraw: 'c3', recheck: 'c4' },
    page: 1,
    size: 50,
  };
  return renderAt(
    '/imports/r1',
    <ImportRunPage
      data={data}
      error={part.error ?? null}
      isRepeat={part.isRepeat ?? false}
      annotatedPath="/imports/r1/annotated"
      indexPath="/imports"
    />,
  );
}

describe('the page of a checked file, as HTML before JavaScript', () => {
  const html = pageOf(aView());

  it('tells the figures, what was left out, and each row with place, reason and fix', () => {
    for (const text of ['工作表「旧表」是隐藏的', 'B4', '「借阅人」没有填', '请补填借阅人', '退回']) {
      expect(html).toContain(text);
    }
  });

  it('names on the button what will be written, and offers both ways', () => {
    expect(html).toContain('确认导入 8 条');
    expect(html).toContain('value="good_rows"');
    expect(html).toContain('value="all_or_nothing"');
    expect(html).toMatch(/name="expectedVersion" value="3"/);
  });

  it('leads to the marked file and lets the columns be corrected', () => {
    expect(html).toContain('href="/imports/r1/annotated"');
    expect(html).toContain('name="column.a"');
  });

  it('groups many lines by what is wrong, each group leading to its rows', () => {
    expect(html).not.toContain('f.code=');
    const groups = [{ verdict: 'refused', code: 'VALUE_MISSING', count: 25, reason: '没有填' }] as const;
    const many = pageOf(aView({ groups, issuesTotal: 30 }));
    expect(many).toContain('f.code=VALUE_MISSING');
    expect(many).toContain('共 30 处，这里列出前 25 处');
  });

  it('asks nothing about refused rows where there are none', () => {
    const clean = pageOf(aView({ counts: { total: 8, new: 8, change: 0, same: 0, refused: 0, warning: 0 } }));
    expect(clean).not.toContain('value="good_rows"');
    expect(clean).not.toContain('annotated');
  });

  it('offers no confirmation when nothing would be written', () => {
    const same = pageOf(aView({ counts: { total: 8, new: 0, change: 0, same: 8, refused: 0, warning: 0 } }));
    expect(same).toContain('不需要导入');
    expect(same).not.toContain('value="confirm"');
  });
});

describe('the page of a file in other states', () => {
  it.each(RUN_STATES)('has something to say in state %s', (state) => {
    const progress = state === 'checking' ? ({ phase: 'checking', done: 300, total: 9_000 } as const) : null;
    const failure = state === 'refused' ? { code: 'FILE_EMPTY', text: '文件是空的。' } : null;
    const html = pageOf(aView({ state, progress, failure, appliedAt: state === 'applied' ? NOW : null }));
    const said: Record<(typeof RUN_STATES)[number], string> = {
      received: '等待处理',
      checking: '已处理 300 / 9,000 行',
      needs_mapping: '有些列没有认准',
      checked: '确认导入',
      applying: '等待处理',
      applied: '2026年11月23日 09:00 已导入',
      refused: '文件是空的',
      failed: '没有写入任何内容',
      withdrawn: '这份文件已撤回',
    };
    expect(html).toContain(said[state]);
  });

  it('shows why a step was refused, line by line', () => {
    const html = pageOf(aView({ state: 'needs_mapping' }), { error: '没有哪一列对应「借阅人」\n另一项' });
    expect(html).toContain('<li>没有哪一列对应「借阅人」</li>');
  });

  it('names the required fields that no column feeds', () => {
    expect(pageOf(aView({ state: 'needs_mapping' }))).toContain('还没有哪一列对应必填的：借阅人。');
  });

  it('says that a repeated file was not imported twice', () => {
    expect(pageOf(aView({ state: 'applied' }), { isRepeat: true })).toContain('没有重复导入');
  });
});

describe('the page where files are handed in', () => {
  it('works as a plain form and tells limits and known columns beforehand', () => {
    const html = renderAt('/imports', <ImportUpload kind={KIND} commandId="c" error="文件是空的。" />);
    expect(html).toMatch(/enctype="multipart\/form-data"/i);
    expect(html).toContain('30.0 MB');
    expect(html).toContain('一次最多 5,000 行');
    expect(html).toContain('文件是空的。');
    expect(html).toContain('不登记');
  });

  it('lists the last files with state and figures', () => {
    const { id, fileName, state, startedAt, counts } = aView();
    const runs = [{ id, fileName, state, startedAt, counts }];
    const html = renderAt(
      '/imports',
      <ImportHistory runs={runs} rowWord="条" runPath={(run) => `/imports/${run}`} />,
    );
    expect(html).toContain('href="/imports/r1"');
    expect(html).toContain('待确认');
    expect(renderAt('/', <ImportHistory runs={[]} rowWord="条" runPath={String} />)).toContain(
      '还没有导入过文件',
    );
  });
});
