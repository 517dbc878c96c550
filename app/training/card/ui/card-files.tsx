import { LinkButton } from '#app/platform/ui/data/link-button.tsx';

/** The card as files. @param path of the page; the file lies below it */
export function CardFiles({ path, year }: { path: string; year: number }) {
  const to = (format: string): string => `${path}/file?year=${year}&format=${format}`;
  return (
    <>
      <LinkButton to={to('pdf')} tone="primary" reloadDocument>
        下载 PDF
      </LinkButton>
      <LinkButton to={to('docx')} reloadDocument>
        Word
      </LinkButton>
      <LinkButton to={to('xlsx')} reloadDocument>
        Excel
      </LinkButton>
    </>
  );
}
