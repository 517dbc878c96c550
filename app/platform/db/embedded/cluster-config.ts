/** Texts the embedded cluster is made of. Pure. */

export const OWNER_ROLE = 'zhifa_owner';
export const SERVING_ROLE = 'zhifa_app';
export const DATABASE = 'zhifa';
/** Has no password, hence cannot sign in: used only by PostgreSQL's single-user mode while the cluster is made. */
export const SUPERUSER = 'postgres';

export const LOCAL_SETTINGS_FILE = 'local.conf';

const MEBIBYTE = 1024 * 1024;

const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), max);

/**
 * Server settings. An old office PC has 4 GB that a browser and Node share: a sixteenth of the memory for
 * PostgreSQL's own cache, between 64 and 512 MB, and the rest left to the system's file cache.
 * @param totalMemoryBytes of the machine
 * @param hasLocalSettings whether the operator put a file of his own beside it
 */
export function serverSettings(totalMemoryBytes: number, hasLocalSettings: boolean): string {
  const totalMegabytes = Math.floor(totalMemoryBytes / MEBIBYTE);
  const lines = [
    `# Written by the platform at every start. Put settings of your own into ${LOCAL_SETTINGS_FILE} beside this file.`,
    "listen_addresses = '127.0.0.1'",
    '# No socket file: its path would be limited to about 100 bytes.',
    "unix_socket_directories = ''",
    'max_connections = 100',
    `shared_buffers = ${clamp(Math.floor(totalMegabytes / 16), 64, 512)}MB`,
    `effective_cache_size = ${clamp(Math.floor(totalMegabytes / 2), 256, 16_384)}MB`,
    'work_mem = 8MB',
    'maintenance_work_mem = 64MB',
    '# An acknowledged answer is on the disk.',
    'fsync = on',
    'synchronous_commit = on',
    'full_page_writes = on',
    'huge_pages = off',
    'jit = off',
    '# Parallel hash joins need shared memory that containers limit to 64 MB.',
    'enable_parallel_hash = off',
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    'password_encryption = scram-sha-256',
    'log_min_messages = warning',
    "# Rows belong to people: errors are logged without the statement's values.",
    'log_error_verbosity = terse',
    'log_min_error_statement = panic',
    'log_parameter_max_length = 0',
    ...(hasLocalSettings ? [`include = '${LOCAL_SETTINGS_FILE}'`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The two roles, the database and nothing else may sign in, with a password, from this machine. */
export const ACCESS_RULES = `# Written by the platform.
host all ${OWNER_ROLE},${SERVING_ROLE} 127.0.0.1/32 scram-sha-256
`;

export interface Passwords {
  readonly owner: string;
  readonly serving: string;
}

/**
 * SQL for single-user mode: one statement a line. The owner may make scratch databases (tests, drift check) and is a
 * member of the serving role, so that it may end that role's connections.
 * @param passwords without quotes or backslashes (they are made by us)
 */
export function provisioningSql(passwords: Passwords): string {
  return [
    `create role ${SERVING_ROLE} login password '${passwords.serving}';`,
    `create role ${OWNER_ROLE} login createdb password '${passwords.owner}';`,
    `grant ${SERVING_ROLE} to ${OWNER_ROLE};`,
    `create database ${DATABASE} owner ${OWNER_ROLE};`,
    `revoke all on database ${DATABASE} from public;`,
    `grant connect, temporary on database ${DATABASE} to ${SERVING_ROLE};`,
    '',
  ].join('\n');
}

export function databaseUrl(role: string, password: string, port: number): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${DATABASE}`;
}
