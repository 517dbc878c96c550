import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';

/** A paper that could not be drawn: why, and back to where one came from. */
export function NotDrawn({ text, backTo }: { text: string; backTo: string }) {
  return (
    <>
      <PageHead title="没有出具文书" />
      <div role="alert">
        <Callout tone="danger" title="文书没有出具" action={<LinkButton to={backTo}>返回</LinkButton>}>
          <p className="max-w-measure whitespace-pre-line">{text}</p>
        </Callout>
      </div>
    </>
  );
}
