/** Internet Explorer and the compatibility mode of dual-core browsers. */
export function isOldEngine(userAgent: string): boolean {
  return /MSIE |Trident\//.test(userAgent);
}

/** Plain HTML that even IE 8 shows; the way out is one click in the browsers offices have. */
export const OLD_BROWSER_PAGE = `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="renderer" content="webkit">
<title>请切换到极速模式</title></head>
<body bgcolor="#ffffff"><table width="100%" height="80%"><tr><td align="center">
<h1>请切换到极速模式</h1>
<p>您的浏览器正在使用兼容模式，本系统无法显示。</p>
<p>请点击地址栏右侧的“兼容模式”图标，选择“极速模式”；没有该图标的，请改用新版 Edge、360、QQ 浏览器等打开本页。</p>
</td></tr></table></body></html>`;
