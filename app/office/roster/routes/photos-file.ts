import { door } from '#app/accounts/door.server.ts';
import { exportFaceless } from '../photos.server.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** 缺照片人员 as a workbook. */
export const loader = door('roster.manage', async ({ ctx }) => {
  const file = await exportFaceless(ctx);
  if (!file.ok) throw new Response(null, { status: 403 });
  const { fileName, content } = file.value;
  return new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': XLSX,
      'Content-Disposition': `attachment; filename="photos.xlsx"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'Cache-Control': 'private, no-store',
    },
  });
});
