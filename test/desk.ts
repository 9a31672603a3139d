import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import * as files from '#modules/files';
import type { Context } from '#platform/context';
import { Failure, type Kind } from '#platform/errors';

/** What people do with files, in words short enough for tests: paths are written `Ordner/Datei.txt`. */

const split = (path: string) => path.split('/').filter((segment) => segment !== '');

export type Desk = {
  readonly ctx: Context;
  /** The entry at a path; the empty path is the person's root folder. */
  at(path: string): Promise<files.Entry>;
  folder(path: string): Promise<files.Node>;
  write(path: string, content: string | Buffer, options?: files.WriteOptions): Promise<files.Written>;
  read(path: string): Promise<string>;
  /** Names in a folder, shared spaces included when it is the root folder; folders end in a slash. */
  list(path?: string): Promise<string[]>;
  move(from: string, to: string, options?: files.MoveOptions): Promise<files.Moved>;
  copy(from: string, to: string, options?: files.MoveOptions): Promise<files.Moved>;
  trash(path: string, options?: { tokens?: readonly string[] }): Promise<void>;
};

/** Sits somebody down at a desk. */
export function deskOf(ctx: Context): Desk {
  const at = async (path: string) =>
    split(path).length === 0 ? (await files.readHome(ctx)).own : files.resolvePath(ctx, split(path));
  const target = async (path: string) => ({
    folder: await at(split(path).slice(0, -1).join('/')),
    name: split(path).at(-1) as string,
  });
  return {
    ctx,
    at,
    folder: async (path) => files.createFolder(ctx, await target(path)),
    write: async (path, content, options = {}) =>
      files.writeFile(ctx, await target(path), Readable.from([Buffer.from(content)]), options),
    read: async (path) => (await readWhole(ctx, await at(path))).toString(),
    list: async (path = '') => listNames(ctx, path, at),
    move: async (from, to, options) => files.move(ctx, await at(from), await target(to), options),
    copy: async (from, to, options) => files.copy(ctx, await at(from), await target(to), options),
    trash: async (path, options) => files.trash(ctx, await at(path), options),
  };
}

async function listNames(ctx: Context, path: string, at: Desk['at']): Promise<string[]> {
  const mounts = path === '' ? (await files.readHome(ctx)).mounts.map(({ name }) => `${name}/`) : [];
  const { nodes } = await files.listFolder(ctx, await at(path), { limit: 1_000 });
  return [...nodes.map((node) => `${node.name}${node.isFolder ? '/' : ''}`), ...mounts].sort();
}

/** Asserts that something is refused, with this kind (and code). */
export async function assertRefused(work: Promise<unknown>, kind: Kind, code?: string): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(`${error.kind} ${code ? error.code : ''}`, `${kind} ${code ?? ''}`, String(error.cause ?? error.stack));
    return true;
  });
}

/** The whole content of a file. */
export async function readWhole(ctx: Context, entry: files.Entry): Promise<Buffer> {
  const content = await files.openContent(ctx, entry);
  try {
    return Buffer.concat(await Array.fromAsync(content.read(0, content.size)));
  } finally {
    await content.close();
  }
}
