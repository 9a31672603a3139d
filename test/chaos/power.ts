import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireProgram } from '../tools.ts';

/**
 * A disk that can lose its power: a file system of its own (ext4) on a block device, which is told to go down as it is
 * (`EXT4_IOC_SHUTDOWN`, as xfstests do it). From then on nothing reaches the device, and everything that was in the kernel's memory and not synced
 * is gone: contents, lengths, names. Mounted again, its journal is recovered as after a real power cut.
 */
export type Disk = {
  /** Where it is mounted. */
  readonly path: string;
  /** Nothing more reaches the disk, and what had not reached it never will. */
  cutPower(): void;
  /** Mounted again; everything that used it has to be dead. */
  powerOn(): void;
  remove(): void;
};

const run = (program: string, ...args: string[]) => execFileSync(requireProgram(program), args, { stdio: 'pipe' });

/** `_IOR('X', 125, __u32)` with `EXT4_GOING_FLAGS_NOLOGFLUSH`: without writing the journal first (fs/ext4/ext4.h of Linux). */
const goDown = 'open(my $d, "<", $ARGV[0]) or die $!; my $how = pack("L", 2); ioctl($d, 0x8004587D, $how) or die $!;';

/** @param megabytes size; it lies in memory */
export function openDisk(megabytes: number): Disk {
  const root = mkdtempSync(join(tmpdir(), 'rennsteig-test-power-'));
  const [memory, path] = [join(root, 'memory'), join(root, 'disk')];
  mkdirSync(memory);
  mkdirSync(path);
  run('mount', '-t', 'tmpfs', '-o', `size=${megabytes + 8}m`, 'tmpfs', memory);
  const image = join(memory, 'image');
  writeFileSync(image, '');
  truncateSync(image, megabytes * 2 ** 20);
  run('mkfs.ext4', '-q', '-F', image);
  const powerOn = () => void run('mount', '-o', 'loop', image, path);
  powerOn();
  return {
    path,
    cutPower: () => void run('perl', '-e', goDown, path),
    powerOn: () => {
      run('umount', path);
      powerOn();
    },
    remove: () => {
      for (const place of [path, memory]) run('umount', '-l', place);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
