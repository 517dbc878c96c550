import { isRouteErrorResponse } from '@remix-run/react';
import { LOST_FORM_BODY } from '../../http/lost-form.ts';

export interface ErrorWords {
  title: string;
  text: string;
  /** the one next step; an empty path is this page again */
  next: { label: string; to: string };
}

const HOME = { label: '返回首页', to: '/' };
const AGAIN = { label: '重新载入', to: '' };

const WORDS: ReadonlyMap<number, ErrorWords> = new Map([
  [400, { title: '请求有误', text: '链接或提交的内容不完整，请返回上一页重新操作。', next: HOME }],
  [
    401,
    {
      title: '请先登录',
      text: '登录状态已失效，登录后可继续办理。',
      next: { label: '去登录', to: '/login' },
    },
  ],
  [
    403,
    { title: '无权查看此页', text: '您当前的岗位没有这项权限。如工作需要，请联系本单位管理员。', next: HOME },
  ],
  [404, { title: '没有找到此页', text: '链接可能已失效，或者该记录不在您的权限范围内。', next: HOME }],
  [
    409,
    {
      title: '记录已被他人更新',
      text: '在您查看期间，该记录已发生变化。请重新载入后核对再办理。',
      next: AGAIN,
    },
  ],
  [410, { title: '链接已过期', text: '该链接的有效期已过，请从系统内重新进入。', next: HOME }],
  [
    413,
    {
      title: '提交的内容过大',
      text: '提交的内容超过限额。上传文件的，请压缩或拆分后重新上传。',
      next: AGAIN,
    },
  ],
  [429, { title: '操作过于频繁', text: '请稍候一分钟再试，此前提交的内容不受影响。', next: AGAIN }],
  [
    503,
    {
      title: '服务暂时不可用',
      text: '系统正在恢复，已保存的内容不受影响。恢复后本页自动重新载入。',
      next: AGAIN,
    },
  ],
]);

/** A form that was sent, without JavaScript, while the database was away. */
export const LOST_FORM: ErrorWords = {
  title: '没有提交成功，请稍后重试',
  text: '系统暂时不可用，这次提交没有完成。请用浏览器的“后退”回到上一页，填写的内容还在，稍候再提交。',
  next: HOME,
};

/** The answer to such a form says so in its body (platform/http/door). */
export function isLostForm(error: unknown): boolean {
  return isRouteErrorResponse(error) && error.status === 503 && error.data === LOST_FORM_BODY;
}

const FAULT: ErrorWords = {
  title: '系统出现故障',
  text: '页面未能打开，故障已记录。已保存的内容不受影响，请稍后重试；如再次出现，请将请求编号告知管理员。',
  next: AGAIN,
};

const REFUSED: ErrorWords = {
  title: '无法办理',
  text: '该操作未被接受，请返回上一页核对后再试。',
  next: HOME,
};

/** What a person reads for a status: what happened, what is kept, what to do. */
export function errorWords(status: number): ErrorWords {
  return WORDS.get(status) ?? (status >= 500 ? FAULT : REFUSED);
}
