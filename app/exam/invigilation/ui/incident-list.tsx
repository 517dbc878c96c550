import { formatInstant, formatTime } from '#app/platform/time/day.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { correctionPath } from '../incident-paths.ts';
import type { IncidentRow } from '../incident.store.server.ts';
import { CONSEQUENCE_LABELS, INCIDENT_CODE_LIST, INCIDENT_KIND_LABELS } from '../incident.ts';
import { eventLabel } from '../event-words.ts';

interface IncidentListProps {
  readonly incidents: readonly IncidentRow[];
  readonly sittingId: string;
  /** Evidence leads into the replay; for the bureau only. */
  readonly mayReplay: boolean;
  /** False where the form of the correction stands beside the list. */
  readonly mayCorrect?: boolean | undefined;
}

/** Records as written; a corrected one stays, and says so. */
export function IncidentList({ incidents, sittingId, mayReplay, mayCorrect = true }: IncidentListProps) {
  return (
    <ul className="grid gap-4">
      {incidents.map((one) => (
        <li key={one.id} id={one.id} className="keep-together border-l-2 border-line-strong pl-4">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <StateBadge
              shape={one.isCorrected ? 'hollow' : 'solid'}
              tone={one.kind === 'misconduct' ? 'danger' : 'caution'}
            >
              {one.isCorrected
                ? `${INCIDENT_KIND_LABELS[one.kind]}（已更正）`
                : INCIDENT_KIND_LABELS[one.kind]}
            </StateBadge>
            <strong>{INCIDENT_CODE_LIST[one.code].label}</strong>
          </p>
          <p className="text-sm tabular-nums text-ink-muted">
            {[formatInstant(one.happenedAt), one.roomName ?? '', `${one.actorName}登记`]
              .filter((text) => text !== '')
              .join(' · ')}
          </p>
          {one.registrationId && one.personName ? (
            <p className="text-sm">
              考生 <TextLink to={`/invigilate/${sittingId}/${one.registrationId}`}>{one.personName}</TextLink>
              {`（${one.unitName ?? ''}，准考证号 ${one.ticketNo ?? ''}）`}
            </p>
          ) : null}
          <p className="mt-1">{one.facts}</p>
          <p className="text-sm text-ink-muted">处理：{one.handling}</p>
          {one.witnesses ? <p className="text-sm text-ink-muted">在场：{one.witnesses}</p> : null}
          <Basis incident={one} />
          <EvidenceLinks incident={one} mayReplay={mayReplay} />
          <Corrections incident={one} sittingId={sittingId} mayCorrect={mayCorrect} />
        </li>
      ))}
    </ul>
  );
}

function Basis({ incident }: { incident: IncidentRow }) {
  const { basis, consequence } = INCIDENT_CODE_LIST[incident.code];
  if (basis === null || consequence === null) return null;
  return (
    <p className="text-sm text-ink-muted">
      {`${basis}；后果：${CONSEQUENCE_LABELS[consequence]}。是否处理由司法局决定。`}
    </p>
  );
}

interface CorrectionsProps {
  readonly incident: IncidentRow;
  readonly sittingId: string;
  readonly mayCorrect: boolean;
}

/** What the record corrects, by what it was corrected, and the way to correct it. Both records stay in the list. */
function Corrections({ incident, sittingId, mayCorrect }: CorrectionsProps) {
  const { id, correctsId, correctedById } = incident;
  const to = (other: string): string => correctionPath(sittingId, other);
  const links = [
    ...(correctsId === null ? [] : [{ text: '更正前的记录', to: to(correctsId) }]),
    ...(correctedById === null ? [] : [{ text: '更正后的记录', to: to(correctedById) }]),
    ...(correctedById !== null || !mayCorrect ? [] : [{ text: '更正', to: to(id) }]),
  ];
  if (links.length === 0) return null;
  return (
    <p className="no-print mt-1 flex flex-wrap gap-x-4 text-sm">
      {links.map((link) => (
        <TextLink key={link.text} to={link.to}>
          {link.text}
        </TextLink>
      ))}
    </p>
  );
}

function EvidenceLinks({ incident, mayReplay }: { incident: IncidentRow; mayReplay: boolean }) {
  if (incident.evidence.length === 0) return null;
  return (
    <p className="text-sm tabular-nums">
      关联：
      {incident.evidence.map((link) => {
        const text = `${formatTime(new Date(link.at))} ${eventLabel(link.kind)}`;
        const to = `/bureau/exams/replay/${incident.attemptId ?? ''}?at=${encodeURIComponent(link.at)}`;
        return (
          <span key={link.eventId} className="mr-3">
            {mayReplay && incident.attemptId ? <TextLink to={to}>{text}</TextLink> : text}
          </span>
        );
      })}
    </p>
  );
}
