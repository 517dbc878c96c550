/** Records of a sitting. */
export const incidentsPath = (sittingId: string): string => `/invigilate/${sittingId}/incidents`;
/** One of them, with the form that corrects it. */
export const correctionPath = (sittingId: string, incidentId: string): string =>
  `${incidentsPath(sittingId)}/${incidentId}`;
