/** Whom the invigilator should find at the seat; an open place where no photo is kept. */
export function CandidatePhoto({ src, name }: { src: string | null; name: string }) {
  return src === null ? (
    <div className="flex aspect-[5/7] w-28 items-center justify-center rounded border border-dashed border-line-strong px-2 text-center text-sm text-ink-muted">
      没有照片
    </div>
  ) : (
    <img
      src={src}
      alt={`${name} 的照片`}
      className="aspect-[5/7] w-28 rounded border border-line object-contain"
    />
  );
}
