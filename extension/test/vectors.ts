import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const VECTORS = join(import.meta.dirname, '../../docs/vectors');

/** Vectors the service is tested on as well: both sides agree with them, so both agree with each other. */
export function readVectors<T>(name: string): T[] {
  const file = join(VECTORS, name);
  if (!existsSync(file)) throw new Error(`${file} is missing: service and extension are both tested on it`);
  return JSON.parse(readFileSync(file, 'utf8')) as T[];
}
