import { data, redirect } from '@remix-run/node';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Refused } from '#app/platform/result/outcome.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import type { ImportDesk } from './import-desk.server.ts';
import type { ImportActionData, ImportIndexData, ImportRunData, KindFace } from './import-pages.ts';
import { columnFieldName, ISSUE_FILTERS } from './import-pages.ts';
import type { ImportRefusal } from './import-refusals.ts';
import { IMPORT_REFUSALS } from './import-refusals.ts';
import { runForm } from './run/import-run.schema.ts';
import type { ImportRun, ImportScope } from './run/import-run.ts';
import { importRunView } from './run/import-run-view.server.ts';
import { receiveUpload } from './run/upload.server.ts';

/**
 * The loaders and actions of every kind's import pages. A slice's route module declares its door, names its desk, its
 * scope and its paths, and hands on; see the README for the six lines that this takes.
 */
export async function importIndexData<C extends Ctx>(
  desk: ImportDesk<C>,
  ctx: C,
  scope: ImportScope,
): Promise<ImportIndexData> {
  const listed = await desk.listImports(ctx, scope);
  if (!listed.ok) return throwRefusal(listed);
  const runs = listed.value.map(({ id, fileName, state, startedAt, counts }) => ({
    id,
    fileName,
    state,
    startedAt,
    counts,
  }));
  return { kind: faceOf(desk), runs, commandId: newId() };
}

/** Takes the uploaded file and leads to its run's page; a refused file gives the page back with the reason. */
export async function uploadAction<C extends Ctx>(
  desk: ImportDesk<C>,
  ctx: C,
  options: {
    readonly request: Request;
    /** The scope, from the other fields of the form (a day, a unit) where the kind has any; null refuses the form. */
    readonly scopeOf: (form: FormData) => ImportScope | null;
    readonly runPath: (runId: string) => string;
  },
) {
  const upload = await receiveUpload(options.request);
  if (!upload.ok) return refusalData(upload);
  const { fileName, bytes, form } = upload.value;
  const scope = options.scopeOf(form);
  if (scope === null) throw new Response(null, { status: 400 });
  const started = await desk.startImport(ctx, { scope, fileName, bytes });
  if (!started.ok) return refusalData(started);
  const { runId, isRepeat } = started.value;
  return redirect(`${options.runPath(runId)}${isRepeat ? '?repeat=1' : ''}`);
}

export async function importRunData<C extends Ctx>(
  desk: ImportDesk<C>,
  ctx: C,
  runId: string,
  request: Request,
): Promise<ImportRunData> {
  const found = await desk.findImport(ctx, runId);
  if (!found.ok) return throwRefusal(found);
  const { page, size, filters } = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['seq'],
    defaultSort: { field: 'seq', direction: 'asc' },
    filters: ISSUE_FILTERS,
    defaultSize: 50,
  });
  const verdict = (['refused', 'warning', 'change'] as const).find((known) => known === filters.verdict);
  const run = await importRunView(ctx, found.value, { page, size, verdict, code: filters.code });
  const commandIds = { confirm: newId(), map: newId(), withdraw: newId(), recheck: newId() };
  return { kind: faceOf(desk), run, commandIds, page, size };
}

/** Confirm, map, withdraw, check again: one form each on the run's page. */
export async function runAction<C extends Ctx>(
  desk: ImportDesk<C>,
  ctx: C,
  options: {
    readonly request: Request;
    readonly runId: string;
    readonly runPath: (runId: string) => string;
    readonly indexPath: string;
  },
) {
  const { runId, runPath } = options;
  const form = await options.request.formData();
  const parsed = runForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) throw new Response(null, { status: 400 });
  const input = parsed.data;
  switch (input.intent) {
    case 'confirm': {
      const outcome = await desk.confirmImport(ctx, runId, input);
      return outcome.ok ? redirect(runPath(runId)) : refusalData(outcome);
    }
    case 'map': {
      const mapping = await mappingOf(desk, ctx, runId, form);
      const outcome = await desk.correctMapping(ctx, runId, { ...input, mapping });
      return outcome.ok ? redirect(runPath(runId)) : refusalData(outcome);
    }
    case 'withdraw': {
      const outcome = await desk.withdrawImport(ctx, runId, input.expectedVersion);
      return outcome.ok ? redirect(`${options.indexPath}?notice=withdrawn`) : refusalData(outcome);
    }
    case 'recheck': {
      const outcome = await desk.checkAgain(ctx, runId);
      return outcome.ok ? redirect(runPath(outcome.value.runId)) : refusalData(outcome);
    }
  }
}

/** The marked file as a download. */
export async function annotatedFileResponse<C extends Ctx>(
  desk: ImportDesk<C>,
  ctx: C,
  runId: string,
): Promise<Response> {
  const file = await desk.annotatedFile(ctx, runId);
  if (!file.ok) return throwRefusal(file);
  const name = encodeURIComponent(file.value.fileName);
  return new Response(new Uint8Array(file.value.bytes), {
    headers: {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'Content-Disposition': `attachment; filename="annotated.xlsx"; filename*=UTF-8''${name}`,
      'Cache-Control': 'private, no-store',
    },
  });
}

async function mappingOf<C extends Ctx>(
  desk: ImportDesk<C>,
  ctx: C,
  runId: string,
  form: FormData,
): Promise<Record<string, string | null>> {
  const found = await desk.findImport(ctx, runId);
  const columns: ImportRun['layout'] = found.ok ? found.value.layout : null;
  return Object.fromEntries(
    (columns?.columns ?? []).map(({ key }) => {
      const chosen = form.get(columnFieldName(key));
      return [key, typeof chosen === 'string' && chosen !== '' ? chosen : null];
    }),
  );
}

function faceOf<C extends Ctx>(desk: ImportDesk<C>): KindFace {
  return {
    title: desk.title,
    rowWord: desk.rowWord,
    maxRows: desk.maxRows,
    isWide: desk.isWide,
    files: desk.files,
    fields: desk.fields.map(({ id, label, hint, required, fallback }) => ({
      id,
      label,
      hint,
      isRequired: required,
      hasFallback: fallback !== undefined,
    })),
    ignored: desk.ignored.map(({ label, why }) => ({ label, why })),
  };
}

function refusalData(refusal: Refused<ImportRefusal>) {
  const { status, text } = answerFor(refusal, IMPORT_REFUSALS);
  return data<ImportActionData>({ error: text }, { status });
}

function throwRefusal(refusal: Refused<ImportRefusal>): never {
  throw new Response(null, { status: answerFor(refusal, IMPORT_REFUSALS).status });
}
