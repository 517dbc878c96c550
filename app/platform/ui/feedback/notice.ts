/** Search parameter that says what was just done. */
export const NOTICE_PARAM = 'notice';

/** Texts of the codes any slice may redirect with: `redirect('/hours?notice=saved')`. */
export const NOTICE_TEXTS: Readonly<Record<string, string>> = {
  saved: '已保存。',
  submitted: '已提交。',
  created: '已新建。',
  deleted: '已删除。',
  withdrawn: '已撤回。',
  approved: '已同意。',
  returned: '已退回。',
  sent: '已发送。',
  resent: '已重新排队投递，结果稍后列出。',
  started: '已开始办理，可在“任务”中查看进度。',
  preferences: '显示设置已保存。',
};
