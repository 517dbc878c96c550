/** Acts in the words of the trade; an act without one is shown by its code, which is what the log holds. */
const ACTION_WORDS: Readonly<Record<string, string>> = {
  'account.open': '开通账号',
  'account.activate': '启用账号、设置密码',
  'account.relink': '重新发放启用链接',
  'account.disable': '停用账号',
  'account.enable': '启用账号',
  'account.sign_in': '登录',
  'account.sign_in_failed': '登录失败',
  'account.lock': '输错密码，锁定账号',
  'grants.give': '授予角色',
  'grants.end': '收回角色',
  'grants.follow_organisation': '角色随机构变动',
  'delegation.start': '委托代办',
  'delegation.end': '结束代办',
  'handover.file': '工作交接',
  'audit.read': '查阅审计日志',
  'audit.export': '导出审计日志',
  'installation.set_up': '初始设置',
  'demo.seed': '装入演示数据',
  'import.apply': '导入',
  'organization.change_file': '登记机构变动',
  'organization.change_apply': '机构变动生效',
  'rules.state': '登记规则',
  'figures.export': '导出完成情况',
  'session.schedule': '安排培训班',
  'session.close': '培训班结班',
  'session.ask_bureau': '提请司法局结班',
  'hours.correct': '更正学时',
  'study_finding.judge': '核实学习情况',
  'exam.create_sitting': '安排考试场次',
  'exam.register': '考试报名',
  'exam.check_in': '入场候考',
  'exam.read_opening_code': '查看开卷口令',
  'exam.print_opening_codes': '打印开卷口令单',
  'application.file': '申领证件',
  'certificate.issue': '核发证件',
  'certificate.propose': '提出证件决定',
  'certificate.decline': '不同意证件决定',
  'bank.load': '装入题库',
  'document.draw': '生成文书',
  'document.number': '登记文号',
  'notice.send': '发送通知',
};

export function actionWord(action: string): string {
  return ACTION_WORDS[action] ?? action;
}

/** Acts that are offered as a filter: the platform's own first. */
export const ACTION_OPTIONS: readonly { readonly value: string; readonly label: string }[] = Object.entries(
  ACTION_WORDS,
).map(([value, label]) => ({ value, label }));

const SUBJECT_WORDS: Readonly<Record<string, string>> = {
  account: '账号',
  audit_event: '审计日志',
  delegation: '代办',
  import_run: '导入',
  installation: '平台',
  outbox_event: '平台事件',
  region: '地区',
  unit: '单位',
  person: '人员',
  certificate: '证件',
};

export function subjectWord(subjectKind: string): string {
  return SUBJECT_WORDS[subjectKind] ?? subjectKind;
}

/** The audit's own detail as one line: `name=value`, nested parts as JSON. */
export function detailText(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null) return '';
  return Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('；');
}
