/**
 * Is it safe: every attachment goes through ClamAV before anybody reads it.
 *
 * Keeps: of each blob that was handed in here, what the scanner said of it, when, and with which signatures.
 *
 * Promises: a content is `clean` only when the scanner has seen every byte of it and said so. Everything else has a name: `waiting`
 * (nobody has looked yet), `infected`, `notScannable` with the reason (encrypted, too large, no scanner, …). What failed because of the
 * scanner is tried again by itself; what was looked at with older signatures is looked at again for some weeks. Contents are
 * streamed: memory does not grow with them. Each change of state is told once more by the event `scanned`.
 *
 * Never: deletes or changes a content, decides who may see it (whoever asks here has asked that), or lets an infected one through.
 *
 * How a room uses it: store the blob; in the transaction of the row that names it call `requestScan`; before anybody but the
 * uploader reads it call `assertReadable`; show `describeScan` beside the name; hear `scanned` if somebody waits for it; call `forgetScan`
 * when the blob goes.
 */

export { type ScannedPayload, scanned } from './events.ts';
export { assertReadable, describeScan, type Reading, scanOf, scansOf } from './readable.ts';
export { forgetScan, requestScan, type ScanRequest } from './request.ts';
export { type Obstacle, type Scan, type ScanState, scanLimits } from './rules.ts';
export { scan } from './scan.ts';
export { type ScannerState, scannerState } from './scanner.ts';
