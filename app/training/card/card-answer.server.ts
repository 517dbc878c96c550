import type { Outcome } from '#app/platform/result/outcome.ts';
import type { CardFile, CardFileRefusal, CardFormat } from './card-file.server.ts';
import { CARD_FORMATS } from './card-file.server.ts';

const STATUS: Readonly<Record<CardFileRefusal, number>> = {
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  TEMPLATE_UNUSABLE: 422,
};

/** What the address asks for: year and format, PDF where it names none; another format is no page. */
export function cardQuery(request: Request): { readonly year: string | null; readonly format: CardFormat } {
  const params = new URL(request.url).searchParams;
  const asked = params.get('format') ?? 'pdf';
  const format = CARD_FORMATS.find((known) => known === asked);
  if (format === undefined) throw new Response(null, { status: 404 });
  return { year: params.get('year'), format };
}

/** The file as a download. */
export function cardAnswer(outcome: Outcome<CardFile, CardFileRefusal>): Response {
  if (!outcome.ok) throw new Response(null, { status: STATUS[outcome.code] });
  const { fileName, type, bytes } = outcome.value;
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="card"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      'Content-Length': String(bytes.length),
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
