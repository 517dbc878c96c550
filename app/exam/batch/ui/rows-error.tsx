/** What is wrong with the choice of rows, above them; the summary on top leads here. Nothing without a message. */
export function RowsError({ id, text }: { id: string; text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p id={id} tabIndex={-1} className="font-semibold text-danger">
      {text}
    </p>
  );
}
