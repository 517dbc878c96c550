/** Accounts of the demo city, printed after a start (design §4); none of them exists anywhere else. */
export const DEMO_PASSWORD = 'Zhifa@2026demo';

export const DEMO_ACCOUNTS: readonly { readonly title: string; readonly logins: readonly string[] }[] = [
  { title: '执法人员 · 申领人', logins: ['officer', 'applicant', 'applicant0001 … applicant0200'] },
  { title: '单位联络员 · 单位负责人', logins: ['liaison', 'liaison2', 'leader'] },
  { title: '主管部门 · 司法所 · 司法局', logins: ['department', 'office', 'bureau', 'bureau2'] },
  { title: '监督人员 · 特邀监督员', logins: ['supervisor', 'invited'] },
  { title: '命题 · 审题 · 监考', logins: ['editor', 'reviewer', 'invigilator'] },
  { title: '系统 · 安全 · 审计管理员', logins: ['sysadmin', 'secadmin', 'auditor'] },
];
