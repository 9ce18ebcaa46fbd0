// Makes src/client.ts from ../openapi.yaml: a typed function for each public read, each call of contributors and each other
// that takes JSON (npm run api).
// Usage: node scripts/generate-client.mjs FILE
import { readFileSync, writeFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { format, resolveConfig } from 'prettier';

const HEAD = `/*
 * A client of the service, made from openapi.yaml by \`npm run api\`: change that, not this.
 *
 * Anybody may use it: copy this file, call.ts and api.d.ts; they need nothing but fetch, in a browser or in Node 22 or newer.
 *
 *     import { getAccount } from './client';
 *
 *     const service = { address: 'https://fairfollow.example' };
 *     const answer = await getAccount(service, { network: 'bluesky', name: 'gwen.example' });
 *     if (answer.status === 200) for (const verdict of answer.body.verdicts) console.log(verdict.statement);
 *     else if (answer.status === 400) console.log(answer.body.code, answer.body.detail);
 *
 * Every status the contract names is an answer, to be told apart by \`status\`; any other throws. Headers, such as a key
 * (\`Authorization: Bearer ffk_…\`) or \`If-None-Match\`, and a signal that ends the wait go into the last argument.
 */
import { call, segment, type Answer, type Body, type Service } from './call';
import type { operations } from './api';
`;
const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('say which file to write');

const contract = load(readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8'));
const source = HEAD + functions(contract).join('\n');
const options = await resolveConfig(new URL('../src/client.ts', import.meta.url));
writeFileSync(target, await format(source, { ...options, parser: 'typescript' }));

function functions({ paths }) {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item)
      .map((method) => ({ path, method, shared: item.parameters ?? [], ...item[method] }))
      .filter(isClients)
      .map(functionFor),
  );
}

function isClients({ tags = [], requestBody }) {
  const forClients = ['Reading', 'Contributing'].some((tag) => tags.includes(tag));
  return forClients || 'application/json' in (resolve(requestBody)?.content ?? {});
}

function functionFor({
  path,
  method,
  operationId,
  summary,
  shared,
  parameters = [],
  requestBody,
  responses,
}) {
  const all = [...shared, ...parameters].map(resolve);
  const named = (place) => all.filter((parameter) => parameter.in === place).map(({ name }) => name);
  if (Object.keys(responses).some((status) => !/^[1-5]\d\d$/.test(status))) {
    throw new Error(`${operationId}: an answer without a status of its own`);
  }
  const inPath = named('path');
  const inQuery = named('query');
  if ([...inPath, ...inQuery].some((name) => !/^\w+$/.test(name))) {
    throw new Error(`${operationId}: a parameter whose name is no identifier`);
  }
  if (new Set([...inPath, ...inQuery]).size < inPath.length + inQuery.length) {
    throw new Error(`${operationId}: two parameters of one name`);
  }
  const takesBody = requestBody !== undefined;
  const type = `operations['${operationId}']['parameters']`;
  const types = [
    ...(inPath.length > 0 ? [`${type}['path']`] : []),
    ...(inQuery.length > 0 ? [`NonNullable<${type}['query']>`] : []),
  ];
  const optional =
    inPath.length === 0 && all.every((parameter) => parameter.in !== 'query' || !parameter.required);
  const values = types.length === 0 ? [] : [`parameters: ${types.join(' & ')}${optional ? ' = {}' : ''}`];
  const body = takesBody ? [`body: Body<'${operationId}'>`] : [];
  const filledPath = path.replace(/\{(\w+)\}/g, (_, name) => `\${segment(parameters.${name})}`);
  const query = inQuery.map((name) => `${name}: parameters.${name}`);
  const call = [
    `method: '${method.toUpperCase()}'`,
    inPath.length === 0 ? `path: '${path}'` : `path: \`${filledPath}\``,
    ...(query.length > 0 ? [`query: { ${query.join(', ')} }`] : []),
    ...(takesBody ? ['body'] : []),
    `answers: { ${Object.entries(responses)
      .map(([status, response]) => `${Number(status)}: '${kind(resolve(response))}'`)
      .join(', ')} }`,
  ];
  return `
    /** ${summary}. \`${method.toUpperCase()} ${path}\` */
    export function ${operationId}(
      ${['service: Service', ...values, ...body, 'init: RequestInit = {}'].join(', ')}
    ): Promise<Answer<'${operationId}'>> {
      return call<'${operationId}'>(service, { ${call.join(', ')} }, init);
    }`;
}

/** How a body is read; as the type Content in src/call.ts has it. */
function kind({ content = {} }) {
  const types = Object.keys(content);
  if (types.length === 0) return 'none';
  if (types.includes('application/json') || types.includes('application/problem+json')) return 'json';
  return types.includes('text/plain') ? 'text' : 'raw';
}

function resolve(node) {
  if (node === undefined || !('$ref' in node)) return node;
  return node.$ref
    .slice(2)
    .split('/')
    .reduce((part, name) => part[name], contract);
}
