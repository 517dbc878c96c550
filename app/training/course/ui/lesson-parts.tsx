import type { AnchorHTMLAttributes, HTMLAttributes, ReactNode } from 'react';
import { formatDay } from '#app/platform/time/day.ts';
import { articleText } from '../laws.ts';

/** Everything a lesson may be made of, as server HTML. Text components first, then the elements Markdown makes. */

interface StatuteProps {
  law: string;
  article: string;
  version: string;
  children?: ReactNode;
}

/** 法条: the words of the law, told apart from ours, with their version. */
function Statute({ law, article, version, children }: StatuteProps) {
  return (
    <figure className="my-6 border-l-4 border-accent bg-accent-soft px-5 py-4">
      <figcaption className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold text-accent">{`《${law}》${articleText(Number(article))}`}</span>
        <span className="text-sm text-ink-muted">{`${formatDay(version)}文本`}</span>
      </figcaption>
      <blockquote className="space-y-2 [&>p]:my-0">{children}</blockquote>
    </figure>
  );
}

function Case({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <section
      className="my-8 border border-line-strong bg-surface-raised px-5 py-4"
      aria-label={`案例：${title}`}
    >
      <p className="mb-3 border-b border-line pb-2 text-lg font-semibold">
        <span className="mr-3 text-sm font-medium text-ink-muted">案例</span>
        {title}
      </p>
      {children}
    </section>
  );
}

const CALLOUTS: Readonly<Record<string, { word: string; box: string; tone: string }>> = {
  note: { word: '说明', box: 'border-line-strong bg-surface-sunken', tone: 'text-ink' },
  warning: { word: '注意', box: 'border-caution bg-caution-soft', tone: 'text-caution' },
  tip: { word: '办法', box: 'border-positive bg-positive-soft', tone: 'text-positive' },
};

function Callout({ kind, children }: { kind: string; children?: ReactNode }) {
  const look = CALLOUTS[kind] ?? {
    word: '说明',
    box: 'border-line-strong bg-surface-sunken',
    tone: 'text-ink',
  };
  return (
    <aside className={`my-6 border-l-4 px-5 py-3 ${look.box}`}>
      <p className={`font-semibold ${look.tone}`}>{look.word}</p>
      <div className="[&>p]:my-1">{children}</div>
    </aside>
  );
}

function Timeline({ children }: { children?: ReactNode }) {
  return <ol className="my-6 ml-1 border-l border-line-strong">{children}</ol>;
}

function TimelineItem({ when, children }: { when: string; children?: ReactNode }) {
  return (
    <li className="relative pb-4 pl-6 last:pb-0">
      <span
        aria-hidden="true"
        className="absolute -left-[0.28125rem] top-[0.5rem] h-2 w-2 rounded-full bg-accent"
      />
      <p className="my-0 font-semibold">{when}</p>
      <div className="[&>p]:my-0">{children}</div>
    </li>
  );
}

function Term({ name, children }: { name: string; children?: ReactNode }) {
  return (
    <dl className="my-4">
      <dt className="font-semibold">{name}</dt>
      <dd className="border-l border-line pl-4 text-ink-muted [&>p]:my-0">{children}</dd>
    </dl>
  );
}

/** 术语表: several terms in one box. */
function Glossary({ children }: { children?: ReactNode }) {
  return (
    <section className="my-6 border border-line px-5 py-2" aria-label="术语">
      {children}
    </section>
  );
}

/** 对照表 with its name; the table itself is ordinary Markdown. */
function Comparison({ caption, children }: { caption: string; children?: ReactNode }) {
  return (
    <figure className="my-6 [&>div]:my-0">
      <figcaption className="mb-2 font-semibold">{caption}</figcaption>
      {children}
    </figure>
  );
}

/** 判断步骤: questions and where each answer leads, as nested lists, so that it reads aloud in order. */
function DecisionTree({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <figure className="my-8 border border-line-strong px-5 py-4">
      <figcaption className="mb-3 border-b border-line pb-2 text-lg font-semibold">
        <span className="mr-3 text-sm font-medium text-ink-muted">判断步骤</span>
        {title}
      </figcaption>
      {children}
    </figure>
  );
}

function Ask({ question, children }: { question: string; children?: ReactNode }) {
  return (
    <div className="my-2">
      <p className="my-0 font-semibold">{question}</p>
      <ul className="my-2 space-y-2 border-l border-line-strong pl-4">{children}</ul>
    </div>
  );
}

function Branch({ answer, children }: { answer: string; children?: ReactNode }) {
  return (
    <li>
      <span className="mr-2 inline-block border border-accent px-2 text-sm font-medium text-accent">
        {answer}
      </span>
      <div className="mt-1 [&>p]:my-0">{children}</div>
    </li>
  );
}

/** 图示: the steps of a procedure one under the other, joined by a line. */
function Figure({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <figure className="my-8">
      <figcaption className="mb-3 font-semibold">
        <span className="mr-3 text-sm font-medium text-ink-muted">图示</span>
        {title}
      </figcaption>
      <ol className="[counter-reset:step]">{children}</ol>
    </figure>
  );
}

function FigureStep({ name, children }: { name: string; children?: ReactNode }) {
  return (
    <li className="relative border-l border-line-strong pb-5 pl-8 [counter-increment:step] last:border-transparent last:pb-0">
      <span
        aria-hidden="true"
        className="absolute -left-3.5 top-0 flex h-7 w-7 items-center justify-center rounded-full border border-accent bg-surface text-sm font-semibold tabular-nums text-accent before:content-[counter(step)]"
      />
      <p className="my-0 font-semibold">{name}</p>
      <div className="[&>p]:my-1">{children}</div>
    </li>
  );
}

/** The place of a question. The page puts the question itself there: it is a field of the lesson's form. */
function Check({ id }: { id: string }) {
  return <div data-island="check" data-props={JSON.stringify({ id })} />;
}

/** An element of Markdown with the house's look; alignment of table columns is kept. */
function element(Tag: 'h2' | 'h3' | 'h4' | 'p' | 'ul' | 'ol' | 'li' | 'th' | 'td' | 'strong', look: string) {
  return function Element({ children, style }: HTMLAttributes<HTMLElement>) {
    return (
      <Tag className={look} style={style}>
        {children}
      </Tag>
    );
  };
}

function Table({ children }: HTMLAttributes<HTMLElement>) {
  return (
    <div role="region" aria-label="对照表" tabIndex={0} className="my-6 overflow-x-auto">
      <table className="w-full border-collapse text-sm">{children}</table>
    </div>
  );
}

function Anchor({ href = '', children }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  const isAbroad = href.startsWith('https:');
  return (
    <a
      href={href}
      className="text-accent underline underline-offset-4"
      {...(isAbroad ? { rel: 'noreferrer', target: '_blank' } : {})}
    >
      {children}
    </a>
  );
}

// MDX hands each component its own props; the guard has checked names and attributes before.
export const LESSON_PARTS = {
  Statute,
  Case,
  Callout,
  Timeline,
  TimelineItem,
  Term,
  Glossary,
  Comparison,
  DecisionTree,
  Ask,
  Branch,
  Figure,
  FigureStep,
  Check,
  table: Table,
  a: Anchor,
  h2: element('h2', 'mb-4 mt-10 scroll-mt-40 text-xl font-semibold first:mt-0 lg:scroll-mt-24'),
  h3: element('h3', 'mb-3 mt-8 scroll-mt-40 text-lg font-semibold lg:scroll-mt-24'),
  h4: element('h4', 'mb-2 mt-6 font-semibold'),
  p: element('p', 'my-4'),
  ul: element('ul', 'my-4 list-disc space-y-2 pl-6'),
  ol: element('ol', 'my-4 list-decimal space-y-2 pl-6'),
  li: element('li', '[&>p]:my-1'),
  th: element(
    'th',
    'min-w-[4.5em] border-b border-line-strong px-3 py-2 text-left align-bottom font-semibold first:pl-0',
  ),
  td: element('td', 'min-w-[4.5em] border-b border-line px-3 py-2 align-top first:pl-0'),
  strong: element('strong', 'font-semibold'),
} as const;
