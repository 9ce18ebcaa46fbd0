import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ConfigEnv, UserManifest } from 'wxt';
import config from '../wxt.config';

const ROOT = join(import.meta.dirname, '../..');
const PRIVACY = readFileSync(join(ROOT, 'docs/privacy.md'), 'utf8');

/** The first cells of the table under a heading. */
function named(heading: string): string[] {
  const section = PRIVACY.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name).sort();
}

function manifestFor(browser: 'chrome' | 'firefox'): UserManifest {
  const make = config.manifest as (env: ConfigEnv) => UserManifest;
  return make({ browser, mode: 'production', command: 'build', manifestVersion: 3 });
}

describe.each(['chrome', 'firefox'] as const)('docs/privacy.md and the manifest for %s', (browser) => {
  const manifest = manifestFor(browser);

  test('name the same permissions', () => {
    expect(named('Permissions')).toEqual([...(manifest.permissions ?? [])].sort());
  });

  test('name the same hosts', () => {
    const hosts = [...(manifest.host_permissions ?? []), ...(manifest.optional_host_permissions ?? [])];
    expect(named('Hosts')).toEqual([...new Set(hosts)].sort());
  });
});

test('docs/privacy.md names what Firefox asks consent for, and nothing is required', () => {
  const consent = manifestFor('firefox').browser_specific_settings?.gecko?.data_collection_permissions;
  expect(named('Consent in Firefox')).toEqual([...(consent?.optional ?? [])].sort());
  expect(consent?.required).toEqual(['none']);
  // What the options page asks the browser for is what the manifest lists.
  const asked = readFileSync(join(import.meta.dirname, '../src/options/Contribution.tsx'), 'utf8');
  for (const kind of consent?.optional ?? []) expect(asked).toContain(`'${kind}'`);
});

test('the version is one the stores take, and the service’s own', () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    version: string;
  };
  expect(version).toMatch(/^\d{1,5}(\.\d{1,5}){0,3}$/);
  const pom = readFileSync(join(ROOT, 'pom.xml'), 'utf8');
  expect(/<artifactId>fairfollow<\/artifactId>\s*<version>([^<]+)</.exec(pom)?.[1]).toBe(version);
});
