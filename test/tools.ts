import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { readVariable } from './environment.ts';

/** A program the tests use for real, and the Debian package that brings it. */
type Tool = { readonly program: string; readonly debian: string };

const tools: readonly Tool[] = [
  // The browser without its own windows: the same engine, and the walks take a third less time (48.9 instead of 72.3 s for the longest).
  { program: 'chromium-headless-shell', debian: 'chromium-headless-shell' },
  { program: 'xmllint', debian: 'libxml2-utils' },
  { program: 'litmus', debian: 'litmus' },
  { program: 'cadaver', debian: 'cadaver' },
  { program: 'mount.davfs', debian: 'davfs2' },
  { program: 'rclone', debian: 'rclone' },
  { program: 'curl', debian: 'curl' },
  { program: 'nextcloudcmd', debian: 'nextcloud-desktop-cmd' },
  { program: 'owncloudcmd', debian: 'owncloud-client-cmd' },
  { program: 'pg_ctlcluster', debian: 'postgresql' },
  { program: 'ceph-mon', debian: 'ceph-mon' },
  { program: 'ceph-osd', debian: 'ceph-osd' },
  { program: 'radosgw', debian: 'radosgw' },
  { program: 'ceph', debian: 'ceph-common' },
  { program: 'clamd', debian: 'clamav-daemon' },
  { program: 'pdfsig', debian: 'poppler-utils' },
  { program: 'faketime', debian: 'faketime' },
  { program: 'fiu-ctrl', debian: 'fiu-utils' },
  { program: 'mkfs.ext4', debian: 'e2fsprogs' },
  { program: 'mount', debian: 'mount' },
  { program: 'perl', debian: 'perl-base' },
];

/** Where Debian puts libraries that are loaded before a program. */
const libraryPlaces = ['/usr/lib', ...globSync('/usr/lib/*-linux-gnu')];

/** The path of a library that a package of {@link tools} brings. Throws with what to do when it is missing. */
export function requireLibrary(name: string): string {
  const path = libraryPlaces.map((place) => join(place, name)).find((each) => existsSync(each));
  if (!path) throw new Error(`${name} is missing; npm test installs it, or: ${installLine(['faketime', 'fiu-ctrl'])}`);
  return path;
}

/** The path of a program, also where ordinary users do not look; null when it is not installed. */
function findProgram(program: string): string | null {
  const places = [...(readVariable('PATH') ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/bin', '/usr/local/bin'];
  return places.map((place) => join(place, program)).find((path) => existsSync(path)) ?? null;
}

/** The path of a program the tests need. Throws with what to do when it is missing. */
export function requireProgram(program: string): string {
  const path = findProgram(program);
  if (!path) throw new Error(`${program} is missing; npm test installs it, or: ${installLine([program])}`);
  return path;
}

function installLine(programs: readonly string[]): string {
  const packages = tools.filter(({ program }) => programs.includes(program)).map(({ debian }) => debian);
  return `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * Installs what is missing, as root or with sudo that asks no password. Throws with the exact line when it may not:
 * a test that could not run must not look like one that passed.
 */
export function ensureTools(): void {
  const missing = tools.map(({ program }) => program).filter((program) => !findProgram(program));
  if (missing.length === 0) return;
  const line = installLine(missing);
  const prefix = process.getuid?.() === 0 ? '' : 'sudo -n ';
  process.stderr.write(`installing for the tests: ${missing.join(', ')}\n`);
  const done = spawnSync('sh', ['-c', `${prefix}apt-get update -qq && ${prefix}env DEBIAN_FRONTEND=noninteractive ${line} -qq`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const still = missing.filter((program) => !findProgram(program));
  if (done.status !== 0 || still.length > 0)
    throw new Error(`these programs are missing: ${still.join(', ')}. Please run: sudo ${line}`);
}

/** Why a test is left out where nobody may mount file systems; the runner lists it. */
export const mountingIsForbidden = 'needs root and /dev/fuse to mount';

/** Options for a test that mounts a file system. */
export const needsMounting = process.getuid?.() === 0 && existsSync('/dev/fuse') ? {} : { skip: mountingIsForbidden };
