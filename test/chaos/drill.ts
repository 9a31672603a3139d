import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { text as readText } from 'node:stream/consumers';
import { adminProgramme } from '../admin.ts';
import type { DavClient } from '../dav.ts';
import { environmentWith } from '../environment.ts';
import type { RunningInstance } from '../instance.ts';

/** What every drill needs: the command line, everything somebody has, and an instance that says how far its backup is. */

export type Said = { readonly code: number | null; readonly out: string; readonly err: string };

/** The command line of an instance. */
export type Operator = {
  admin(...words: string[]): Promise<Said>;
  /** What a script gets; fails when the command did. */
  script(...words: string[]): Promise<ReturnType<typeof JSON.parse>>;
};

/** @param settings path of the settings file the instance runs with; @param env more settings */
export function operatorOf(data: string, settings: string, env: Readonly<Record<string, string>> = {}): Operator {
  const admin = async (...words: string[]): Promise<Said> => {
    const all = [...words, '--data', data, '--config', settings];
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', adminProgramme, ...all], {
      env: environmentWith(env),
    });
    const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const [out, err, code] = await Promise.all([readText(child.stdout), readText(child.stderr), exit]);
    return { code, out, err };
  };
  const script = async (...words: string[]) => {
    const { code, out, err } = await admin(...words, '--json');
    assert.equal(code, 0, `${words.join(' ')}: ${err} ${out}`);
    return JSON.parse(out);
  };
  return { admin, script };
}

export const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Every file of somebody, by its path, with the hash of what a reader gets. */
export async function everything(client: DavClient): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const [, ...entries] = await client.propfind(folder, ['d:getcontentlength'], '1');
    for (const { href } of entries) {
      const path = decodeURIComponent(href).slice(decodeURIComponent(client.home).length);
      if (href.endsWith('/')) folders.push(path);
      else found.set(path, hashOf(new Uint8Array(await (await client.get(path)).arrayBuffer())));
    }
  }
  return found;
}

/** A figure of `/metrics`. */
export async function figure({ port }: RunningInstance, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

/** Waits until there is something to restore: the instance says so itself. */
export async function untilRestorable(instance: RunningInstance): Promise<void> {
  while (!((await figure(instance, 'rennsteig_backup_until_seconds')) > 0)) await new Promise(setImmediate);
}
