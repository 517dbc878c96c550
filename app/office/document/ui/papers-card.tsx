import { Card } from '#app/platform/ui/data/card.tsx';
import type { DocumentLine } from '../documents-view.server.ts';
import { DocumentList } from './document-list.tsx';
import { DrawForm } from './draw-form.tsx';

export interface PapersCardProps {
  /** the slice's action that draws */
  action: string;
  commandId: string;
  offered: readonly { readonly value: string; readonly label: string }[];
  documents: readonly DocumentLine[];
}

/** 文书 of a matter: draw one, and those that were drawn; nothing at all where there is neither. */
export function PapersCard({ action, commandId, offered, documents }: PapersCardProps) {
  if (offered.length === 0 && documents.length === 0) return null;
  return (
    <Card title="文书" className="no-print">
      <div className="space-y-5">
        <DrawForm action={action} commandId={commandId} papers={offered} />
        <DocumentList documents={documents} />
      </div>
    </Card>
  );
}
