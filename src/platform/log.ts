import { pino } from 'pino';

/**
 * One JSON object a line on standard output (twelve-factor; DVC WP_EC_4.3_1: all logs to stdout, nothing to files).
 * Never log a request's headers, query or body: they may carry secrets.
 */
export type Log = {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
  child(bindings: object): Log;
};

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Opens the log. Times are ISO 8601 in UTC; an error is written with its kind, code and causes, not with request data. */
export function openLog(level: LogLevel): Log {
  return pino({
    level,
    base: { pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    // A second lock behind the rule above: should such a field ever be logged, its value is not.
    redact: {
      paths: ['password', 'token', 'authorization', 'cookie', '*.password', '*.token', '*.authorization', '*.cookie'],
      remove: true,
    },
  });
}
