import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const UPDATING = process.env.UPDATE_SCREENSHOTS === '1';
const PROJECT = join(import.meta.dirname, '../..');
const MOST_BYTES = 250 * 1024;

/** Takes a picture: for the documents where one shows one of that name and is being renewed, and else for looking at. */
export async function takePicture(
  name: string,
  shoot: (options: { path: string }) => Promise<unknown>,
): Promise<void> {
  const isShown = ['README.md', 'docs/disputes.md'].some((document) =>
    readFileSync(join(PROJECT, document), 'utf8').includes(`images/${name}.png`),
  );
  const folder = join(PROJECT, UPDATING && isShown ? 'docs/images' : 'extension/test-results/images');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await shoot({ path });
  if (statSync(path).size > MOST_BYTES) throw new Error(`${path} is too large for the repository`);
}
