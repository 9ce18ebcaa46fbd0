import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const UPDATING = process.env.UPDATE_SCREENSHOTS === '1';
const FOLDER = join(import.meta.dirname, UPDATING ? '../../docs/images' : '../test-results/images');
const MOST_BYTES = 250 * 1024;

/** Takes a picture for the documentation, or for looking at when the documentation is not being renewed. */
export async function takePicture(
  name: string,
  shoot: (options: { path: string }) => Promise<unknown>,
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.png`);
  await shoot({ path });
  if (statSync(path).size > MOST_BYTES) throw new Error(`${path} is too large for the repository`);
}
