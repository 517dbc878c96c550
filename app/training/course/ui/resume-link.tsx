import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import type { Resume } from '../resume.ts';

/** The page's one primary action: 「继续学习：第 3 课 …」; on a phone it takes the lines it needs. */
export function ResumeLink({ resume }: { resume: Resume | null }) {
  if (resume === null) return null;
  const verb = resume.kind === 'resume' ? '继续学习' : '开始学习';
  return (
    <LinkButton
      tone="primary"
      to={`/courses/${resume.courseSlug}/${resume.lessonSlug}`}
      aria-label={`${verb}：《${resume.courseTitle}》第 ${resume.number} 课 ${resume.lessonTitle}`}
    >
      {`${verb}：第 ${resume.number} 课 ${resume.lessonTitle}`}
    </LinkButton>
  );
}
