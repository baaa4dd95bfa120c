/** `initdb`'s options: who may reach the socket's folder may use the database. */
export const clusterOptions = (folder: string, user: string, isDurable: boolean): string[] => [
  `--pgdata=${folder}`,
  `--username=${user}`,
  "--auth=trust",
  "--encoding=UTF8",
  "--locale=C",
  "--no-instructions",
  ...(isDurable ? [] : ["--no-sync"]),
];

/**
 * `postgres`'s options.
 *
 * @param isDurable false leaves out every wait for the disk
 */
export function serverSettings(socketFolder: string, isDurable: boolean): string[] {
  const settings = {
    listen_addresses: "",
    unix_socket_directories: socketFolder,
    unix_socket_permissions: "0700",
    max_connections: 60,
    shared_buffers: "64MB",
    wal_level: "minimal",
    max_wal_senders: 0,
    jit: "off",
    timezone: "UTC",
    // After a crash one call for the whole disk instead of one for each of a thousand files.
    ...(process.platform === "linux" ? { recovery_init_sync_method: "syncfs" } : {}),
    // Its messages quote values of rows, and a log never holds a plate.
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    log_min_messages: "fatal",
    ...(isDurable ? {} : withoutWaiting),
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

const withoutWaiting = {
  fsync: "off",

  full_page_writes: "off",
  checkpoint_timeout: "30min",
};
