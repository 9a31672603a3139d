import { readFile } from 'node:fs/promises';

/**
 * Bytes of memory a process holds, its native memory included; null where the system does not say (other than Linux), or the process is
 * gone. proc_pid_status(5), VmRSS.
 */
export async function residentBytes(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
}
