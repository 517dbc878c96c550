/** The text of a notice, paragraph by paragraph, in a measure that reads well. */
export function NoticeText({ body }: { body: string }) {
  return (
    <div className="max-w-measure space-y-3">
      {body.split('\n').map((line, index) => (line.trim() === '' ? null : <p key={index}>{line}</p>))}
    </div>
  );
}
