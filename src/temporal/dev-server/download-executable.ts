import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CLI_VERSION, EXECUTABLE_NAME } from './cache-folder.js';
import { runCommand } from './run-command.js';

const CONNECT_TIMEOUT_MS = 10_000;
const STALL_TIMEOUT_MS = 30_000;
const REPORT_MS = 5_000;
const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * The address of Temporal's own build for this machine.
 * @throws Error when Temporal makes none for this platform and architecture
 */
export function officialDownloadUrl(): string {
  const platform = PLATFORMS[process.platform];
  const architecture = ARCHITECTURES[process.arch];
  if (platform === undefined || architecture === undefined) {
    throw new Error(`there is no official build for ${process.platform} on ${process.arch}`);
  }
  return `https://temporal.download/cli/archive/v${CLI_VERSION}?platform=${platform}&arch=${architecture}`;
}

/**
 * Downloads the archive at `url` and unpacks the executable into `folder`.
 * @returns the executable's path
 * @throws Error when nothing answers within 10 s, the download stalls for 30 s, or the archive is not one
 */
export async function downloadExecutable(
  url: string,
  folder: string,
  report: (line: string) => void,
): Promise<string> {
  const archive = join(folder, 'archive');
  await download(url, archive, report);
  // The tar of Windows unpacks zip archives, too; the others get a .tar.gz.
  await runCommand('tar', ['-xf', 'archive', EXECUTABLE_NAME], { cwd: folder });
  return join(folder, EXECUTABLE_NAME);
}

async function download(url: string, file: string, report: (line: string) => void): Promise<void> {
  const abort = new AbortController();
  const host = new URL(url).host;
  const giveUp = (reason: string) => () => abort.abort(new Error(reason));
  let timer = setTimeout(giveUp(`${host} did not answer within 10 s`), CONNECT_TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || response.body === null) throw new Error(`${host} answered ${response.status}`);
    const totalBytes = Number(response.headers.get('content-length') ?? 0);
    let bytes = 0;
    let reportedAt = Date.now();
    const watch = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        clearTimeout(timer);
        timer = setTimeout(giveUp(`${host} stopped sending after ${megabytes(bytes)}`), STALL_TIMEOUT_MS);
        bytes += chunk.length;
        if (Date.now() - reportedAt >= REPORT_MS) {
          reportedAt = Date.now();
          report(
            `Downloading the Temporal CLI: ${megabytes(bytes)}${totalBytes > 0 ? ` of ${megabytes(totalBytes)}` : ''}`,
          );
        }
        done(null, chunk);
      },
    });
    await pipeline(Readable.from(response.body), watch, createWriteStream(file), { signal: abort.signal });
  } catch (error) {
    throw new Error(reasonOf(abort.signal.aborted ? abort.signal.reason : error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** `fetch` hides why it failed in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}
