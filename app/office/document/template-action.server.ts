import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Refused } from '#app/platform/result/outcome.ts';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import { columnMappingSchema } from './column-mapping.ts';
import { MAX_TEMPLATE_BYTES } from './limits.ts';
import { templatePath } from './paths.ts';
import { receiveFile } from './receive-file.server.ts';
import type { DocumentRefusal } from './refusals.ts';
import { DOCUMENT_REFUSALS } from './refusals.ts';
import { ownRegions } from './template-view.server.ts';
import { activateTemplate, mapTemplate, uploadTemplate } from './upload-template.server.ts';

/** A refusal beside the form it belongs to, or where to go on. */
export type TemplateActed =
  { readonly to: string } | { readonly intent: string; readonly status: number; readonly text: string };

const COLUMN = /^column\.([A-Z]{1,3})$/;
const uuid = z.uuid();

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function no(intent: string, refusal: Refused<DocumentRefusal>): TemplateActed {
  const { status, text } = answerFor(refusal, DOCUMENT_REFUSALS);
  return { intent, status, text };
}

/** The three forms of a paper's page: upload, name the columns, activate. */
export async function actOnTemplate(
  ctx: ActorCtx,
  paperCode: string,
  askedRegion: string | null,
  request: Request,
): Promise<TemplateActed> {
  const regions = await ownRegions(ctx);
  const region = askedRegion === null ? regions[0] : regions.find(({ id }) => id === askedRegion);
  if (!region) return { intent: '', status: 404, text: DOCUMENT_REFUSALS.NOT_FOUND.text };
  const place = { paperCode, regionId: region.id };
  const search = regions[0]?.id === region.id ? {} : { region: region.id };
  const received = await receive(request);
  const { form } = received;
  switch (textOf(form, 'intent')) {
    case 'upload': {
      const { fileName, bytes } = received;
      const outcome = await uploadTemplate(ctx, { ...place, fileName, bytes, note: textOf(form, 'note') });
      if (!outcome.ok) return no('upload', outcome);
      const { versionId, needsMapping } = outcome.value;
      return {
        to: templatePath(paperCode, {
          ...search,
          ...(needsMapping ? { map: versionId } : { notice: 'saved' }),
        }),
      };
    }
    case 'map': {
      const versionId = uuid.safeParse(textOf(form, 'version'));
      const mapping = readMapping(form);
      if (!versionId.success || mapping === null)
        return { intent: 'map', status: 422, text: '请填写表头所在行和开始填写的行，都是正整数。' };
      const outcome = await mapTemplate(ctx, { paperCode, versionId: versionId.data, mapping });
      return outcome.ok
        ? { to: templatePath(paperCode, { ...search, notice: 'saved' }) }
        : no('map', outcome);
    }
    case 'activate': {
      const fromDay = parseDateText(textOf(form, 'fromDay'));
      if (fromDay === null)
        return { intent: 'activate', status: 422, text: '日期不对，请按 2026-11-21 的格式填写' };
      const chosen = textOf(form, 'version');
      const versionId = chosen === 'default' ? null : uuid.safeParse(chosen);
      if (versionId?.success === false) return no('activate', { ok: false, code: 'NOT_FOUND' });
      const outcome = await activateTemplate(ctx, { ...place, versionId: versionId?.data ?? null, fromDay });
      return outcome.ok
        ? { to: templatePath(paperCode, { ...search, notice: 'saved' }) }
        : no('activate', outcome);
    }
    default:
      return { intent: '', status: 400, text: '请刷新页面后再提交。' };
  }
}

async function receive(request: Request): Promise<{ fileName: string; bytes: Uint8Array; form: FormData }> {
  const isMultipart = (request.headers.get('Content-Type') ?? '').startsWith('multipart/form-data');
  if (isMultipart) return receiveFile(request, MAX_TEMPLATE_BYTES);
  return { fileName: '', bytes: new Uint8Array(), form: await request.formData() };
}

function readMapping(form: FormData) {
  const columns: Record<string, string> = {};
  for (const [name, value] of form) {
    const column = COLUMN.exec(name)?.[1];
    if (column !== undefined && typeof value === 'string' && value !== '') columns[column] = value;
  }
  const parsed = columnMappingSchema.safeParse({
    sheet: textOf(form, 'sheet'),
    headRow: Number(textOf(form, 'headRow')),
    firstRow: Number(textOf(form, 'firstRow')),
    list: textOf(form, 'list'),
    columns,
  });
  return parsed.success ? parsed.data : null;
}
