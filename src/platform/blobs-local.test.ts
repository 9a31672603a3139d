import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { byteStoreContract } from './blobs.contract.ts';
import { openLocalStore } from './blobs-local.ts';

const root = mkdtempSync(join(tmpdir(), 'rennsteig-test-blobs-'));
after(() => rmSync(root, { recursive: true }));

byteStoreContract('local disk', async () => openLocalStore(root));
