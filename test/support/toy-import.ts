import { defineImportKind } from '#app/platform/import/kind.ts';
import { choiceReader } from '#app/platform/import/values/choice.ts';
import { dayReader } from '#app/platform/import/values/day.ts';
import { decimalReader } from '#app/platform/import/values/number.ts';
import { readPersonName } from '#app/platform/import/values/person-name.ts';
import { codeReader, textReader } from '#app/platform/import/values/text.ts';

/** A small kind for tests of the machine: books lent to people, so that no word of the trade creeps in. */
export interface LoanRow {
  readonly code: string;
  readonly borrower: string;
  readonly shelf: string | null;
  readonly day: string | null;
  readonly isReturned: boolean;
}

export interface LoanContext {
  /** Borrower per known code. */
  readonly known: ReadonlyMap<string, string>;
}

export interface LoanFact {
  readonly code: string;
  readonly borrower: string;
}

const loanFields = {
  ordinal: { label: '序号', synonyms: [], hint: '', required: false, read: textReader(10), isOrdinal: true },
  code: { label: '图书编号', synonyms: ['书号', '编号'], hint: '', required: true, read: codeReader(20) },
  borrower: { label: '借阅人', synonyms: ['姓名'], hint: '', required: true, read: readPersonName },
  shelf: {
    label: '书架',
    synonyms: ['架位', '所在书架'],
    hint: '',
    required: false,
    read: textReader(20),
    fillMerged: true,
    fallback: { sectionTitle: true, sheetName: true, labels: ['所属书架'] },
  },
  day: {
    label: '借出日期',
    synonyms: ['借期起', '日期'],
    hint: '',
    required: false,
    read: dayReader(),
    unreadable: 'warn',
  },
  dueDay: { label: '应还日期', synonyms: ['借期止'], hint: '', required: false, read: dayReader() },
  isReturned: {
    label: '是否归还',
    synonyms: [],
    hint: '',
    required: false,
    read: choiceReader([
      { value: true, words: ['是'] },
      { value: false, words: ['否'] },
    ]),
  },
} as const;

export const loanKind = defineImportKind<typeof loanFields, LoanRow, LoanFact, LoanContext>({
  id: 'loan',
  title: '借阅登记',
  rowWord: '条',
  maxRows: 5_000,
  fields: loanFields,
  ignored: [{ label: '备注', synonyms: [], why: '不登记' }],
  naturalKey: (row) => row.code,
  naturalKeyWord: '图书编号',
  naturalKeyField: 'code',
  readRow: ({ code, borrower, shelf, day, dueDay, isReturned }) =>
    code === null || borrower === null || (day !== null && dueDay !== null && dueDay < day)
      ? {
          ok: false,
          problems: [{ fieldId: 'dueDay', code: 'DUE_BEFORE_LOAN', reason: '应还早于借出', fix: '请核对' }],
        }
      : { ok: true, row: { code, borrower, shelf, day, isReturned: isReturned ?? false }, warnings: [] },
  decideRows: (rows, { known }) =>
    rows.map((row) => {
      const borrower = known.get(row.code);
      const fact = { code: row.code, borrower: row.borrower };
      if (borrower === undefined) return { verdict: 'new', fact, warnings: [] };
      if (borrower === row.borrower) return { verdict: 'same', warnings: [] };
      const reason = `借阅人由「${borrower}」改为「${row.borrower}」`;
      const changes = [{ fieldId: 'borrower', code: 'CHANGES', reason, fix: null }];
      return { verdict: 'change', fact, changes, warnings: [] };
    }),
});

const hourFields = {
  name: { label: '姓名', synonyms: [], hint: '', required: true, read: readPersonName },
  title: { label: '名称', synonyms: ['活动名称'], hint: '', required: true, read: textReader(50) },
  day: { label: '日期', synonyms: [], hint: '', required: false, read: dayReader() },
  hours: {
    label: '时数',
    synonyms: [],
    hint: '',
    required: true,
    read: decimalReader({ min: 0, max: 100, scale: 2 }),
  },
} as const;

export interface HourRow {
  readonly name: string;
  readonly title: string;
  readonly day: string | null;
  readonly hundredths: number;
}

/** A kind whose files also go sideways: persons × activities, or repeated sets of columns. */
export const hourKind = defineImportKind<typeof hourFields, HourRow, HourRow, null>({
  id: 'hours_toy',
  title: '时数登记',
  rowWord: '条',
  maxRows: 5_000,
  fields: hourFields,
  wide: { valueField: 'hours', headFields: ['day', 'title'] },
  groupFields: ['title', 'day', 'hours'],
  naturalKey: (row) => `${row.name}|${row.title}|${row.day ?? ''}`,
  naturalKeyWord: '姓名、名称和日期',
  naturalKeyField: 'name',
  readRow: ({ name, title, day, hours }) =>
    name === null || title === null || hours === null
      ? { ok: false, problems: [] }
      : { ok: true, row: { name, title, day, hundredths: hours }, warnings: [] },
  decideRows: (rows) => rows.map((fact) => ({ verdict: 'new', fact, warnings: [] })),
});
