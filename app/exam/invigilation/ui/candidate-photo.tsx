import type { PhotoStand } from '../candidate-photo.server.ts';

interface CandidatePhotoProps {
  readonly stand: PhotoStand;
  readonly src: string;
  readonly name: string;
}

/** Whom the invigilator should find at the seat; an open place with words where there is nothing to show. */
export function CandidatePhoto({ stand, src, name }: CandidatePhotoProps) {
  return stand === 'shown' ? (
    <img
      src={src}
      alt={`${name} 的照片`}
      className="aspect-[5/7] w-28 rounded border border-line object-contain"
    />
  ) : (
    <div className="flex aspect-[5/7] w-28 items-center justify-center rounded border border-dashed border-line-strong px-2 text-center text-sm text-ink-muted">
      {stand === 'none' ? '没有照片' : '考试结束已满 7 日，照片不再显示'}
    </div>
  );
}
