/**
 * A lesson is code with the server's rights (MDX). Before anything is compiled its tree is walked: only the registered
 * components with plain text attributes, no import, no export, no expression, no raw HTML. Works on mdast as remark-mdx
 * builds it.
 */
export interface TreeNode {
  readonly type: string;
  readonly name?: string | null | undefined;
  readonly value?: unknown;
  readonly url?: string | undefined;
  readonly depth?: number | undefined;
  readonly attributes?: readonly Attribute[] | undefined;
  readonly children?: readonly TreeNode[] | undefined;
  readonly position?: { readonly start: { readonly line: number } } | undefined;
}

interface Attribute {
  readonly type: string;
  readonly name?: string | undefined;
  readonly value?: unknown;
}

interface ComponentRule {
  readonly attributes: readonly string[];
  /** Stands at the top level only, because the page cuts the lesson there. */
  readonly isTopLevel?: boolean;
  /** Stands directly in one of these. */
  readonly parents?: readonly string[];
}

/** The closed set of components; the renderer has one for each, no more. */
export const COMPONENTS: Readonly<Record<string, ComponentRule>> = {
  Statute: { attributes: ['law', 'article', 'version'] },
  Case: { attributes: ['title'] },
  Callout: { attributes: ['kind'] },
  Timeline: { attributes: [] },
  TimelineItem: { attributes: ['when'], parents: ['Timeline'] },
  Term: { attributes: ['name'] },
  Glossary: { attributes: [] },
  Comparison: { attributes: ['caption'] },
  DecisionTree: { attributes: ['title'] },
  Ask: { attributes: ['question'], parents: ['DecisionTree', 'Branch'] },
  Branch: { attributes: ['answer'], parents: ['Ask'] },
  Figure: { attributes: ['title'] },
  FigureStep: { attributes: ['name'], parents: ['Figure'] },
  Check: { attributes: ['id'], isTopLevel: true },
};

/** Attributes that a person reads as text of the lesson. */
const READ_ATTRIBUTES = ['title', 'when', 'name', 'caption', 'question', 'answer'] as const;
const CALLOUT_KINDS = ['note', 'warning', 'tip'];
const FORBIDDEN: Readonly<Record<string, string>> = {
  mdxjsEsm: '不得使用 import 或 export',
  mdxFlowExpression: '不得使用花括号表达式',
  mdxTextExpression: '不得使用花括号表达式',
  html: '不得直接书写 HTML',
  image: '尚不支持图片',
};

/** What a lesson holds, found on the walk. */
export interface LessonFindings {
  readonly faults: string[];
  readonly checkIds: string[];
  readonly statutes: { law: string; article: number; version: string }[];
  readonly links: string[];
  /** Text a person reads, without markup. */
  readonly texts: string[];
}

export function inspectTree(root: TreeNode): LessonFindings {
  const findings: LessonFindings = { faults: [], checkIds: [], statutes: [], links: [], texts: [] };
  for (const child of root.children ?? []) walk(child, root, findings);
  return findings;
}

function walk(node: TreeNode, parent: TreeNode, findings: LessonFindings): void {
  const where = node.position ? `第 ${node.position.start.line} 行：` : '';
  const fault = (text: string): void => void findings.faults.push(where + text);
  const forbidden = FORBIDDEN[node.type];
  if (forbidden) return fault(forbidden);
  if (node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement')
    inspectComponent(node, parent, findings, fault);
  if (node.type === 'heading' && node.depth === 1) fault('标题从二级（##）开始');
  if (node.type === 'link' || node.type === 'definition') inspectLink(node.url ?? '', findings, fault);
  if ((node.type === 'text' || node.type === 'inlineCode') && typeof node.value === 'string')
    findings.texts.push(node.value);
  for (const child of node.children ?? []) walk(child, node, findings);
}

function inspectComponent(
  node: TreeNode,
  parent: TreeNode,
  findings: LessonFindings,
  fault: (text: string) => void,
): void {
  const name = node.name ?? '';
  const rule = Object.hasOwn(COMPONENTS, name) ? COMPONENTS[name] : undefined;
  if (!rule) return fault(`未登记的组件 <${name}>`);
  const values = plainAttributes(node, rule, fault);
  if (rule.isTopLevel && (parent.type !== 'root' || node.type !== 'mdxJsxFlowElement'))
    fault(`<${name}> 须单独成段，不得放在其他内容之中`);
  if (rule.parents && !rule.parents.includes(parent.name ?? ''))
    fault(`<${name}> 只能放在 <${rule.parents.join('>、<')}> 之中`);
  if (name === 'Check') findings.checkIds.push(values.id ?? '');
  if (name === 'Callout' && !CALLOUT_KINDS.includes(values.kind ?? ''))
    fault(`<Callout> 的 kind 须为 ${CALLOUT_KINDS.join('、')}`);
  if (name === 'Statute')
    findings.statutes.push({
      law: values.law ?? '',
      article: Number(values.article ?? Number.NaN),
      version: values.version ?? '',
    });
  for (const attribute of READ_ATTRIBUTES) {
    const text = values[attribute];
    if (text) findings.texts.push(text);
  }
}

/** Attributes as plain text; each of the component's is needed, no other is allowed. */
function plainAttributes(
  node: TreeNode,
  rule: ComponentRule,
  fault: (text: string) => void,
): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const attribute of node.attributes ?? []) {
    if (attribute.type !== 'mdxJsxAttribute' || typeof attribute.value !== 'string')
      fault(`<${node.name}> 的属性只能是引号中的文字`);
    else if (!rule.attributes.includes(attribute.name ?? ''))
      fault(`<${node.name}> 没有属性 ${attribute.name}`);
    else values[attribute.name ?? ''] = attribute.value;
  }
  for (const name of rule.attributes) if (!values[name]) fault(`<${node.name}> 缺少属性 ${name}`);
  return values;
}

/** Links lead to pages of this site (`/courses/…`) or to a named public address. */
function inspectLink(url: string, findings: LessonFindings, fault: (text: string) => void): void {
  if (!/^(https:\/\/[\w.-]+(\/|$)|\/courses\/|#)/.test(url))
    fault(`链接 ${url} 须为 https 地址或本站课程路径`);
  else findings.links.push(url);
}

/** Checks placed against checks declared: each once, none without the other; statutes quoted are cited. */
export function placementFaults(
  findings: Pick<LessonFindings, 'checkIds' | 'statutes'>,
  lesson: {
    readonly checks: readonly { readonly id: string; readonly citation: Cited }[];
    readonly citations: readonly Cited[];
  },
): string[] {
  const faults: string[] = [];
  const declared = lesson.checks.map((check) => check.id);
  for (const id of findings.checkIds)
    if (!declared.includes(id)) faults.push(`<Check id="${id}"> 没有对应的题目`);
  for (const id of declared) {
    const times = findings.checkIds.filter((one) => one === id).length;
    if (times !== 1) faults.push(`题目 ${id} 在正文中出现 ${times} 次，应当为 1 次`);
  }
  const cited = new Set(lesson.citations.map(citationKey));
  for (const used of [...findings.statutes, ...lesson.checks.map((check) => check.citation)])
    if (!cited.has(citationKey(used)))
      faults.push(`引用了《${used.law}》第 ${used.article} 条（${used.version}），citations 中没有`);
  return faults;
}

interface Cited {
  readonly law: string;
  readonly article: number;
  readonly version: string;
}

const citationKey = (one: Cited): string => `${one.law}|${one.article}|${one.version}`;
