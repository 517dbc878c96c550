/** The list of registrations as its URL states it; page, export and bulk act read the same. */
export const REGISTRATIONS_TABLE = {
  sorts: ['unit', 'name', 'status', 'registeredAt'],
  defaultSort: { field: 'unit', direction: 'asc' },
  filters: ['status', 'verdict', 'route', 'asked', 'unit'],
} as const;
