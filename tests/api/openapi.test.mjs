// The description of the API: complete, sound in itself, and true of what is answered.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, startService } from './harness.mjs';
import { OBJECTS } from './rights.mjs';

const service = await startService();
const document = await service.anonymous().read('/api/openapi.json');
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

function walk(value, visit) {
  visit(value);
  if (value && typeof value === 'object') for (const inner of Object.values(value)) walk(inner, visit);
}

function resolve(reference) {
  assert.ok(reference.startsWith('#/'), reference);
  return reference.slice(2).split('/').reduce((at, part) => at?.[decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')], document);
}

/** The routes of the tables in the source, with {object} left as it stands. */
function readRoutes() {
  const files = readdirSync(join(ROOT, 'src/api')).filter((name) => /^routes.*\.c$/.test(name));
  const source = files.map((name) => readFileSync(join(ROOT, 'src/api', name), 'utf8')).join('\n');
  return [...source.matchAll(/\.method = "(\w+)",\s+\.path = "([^"]+)"/g)].map(([, method, path]) => ({ method: method.toLowerCase(), path }));
}

test('it is OpenAPI 3.1 and all its references lead somewhere', () => {
  assert.match(document.openapi, /^3\.1\./);
  assert.ok(document.info.title && document.info.version);
  let count = 0;
  walk(document, (value) => {
    if (typeof value?.$ref !== 'string') return;
    count += 1;
    assert.ok(resolve(value.$ref) !== undefined, value.$ref);
  });
  assert.ok(count > 50);
});

test('every route stands in it, for every object', () => {
  const routes = readRoutes();
  assert.ok(routes.length > 20);
  for (const { method, path } of routes) {
    const concrete = path.includes('{object}') ? [...OBJECTS.keys()].map((object) => path.replace('{object}', object)) : [path];
    for (const candidate of concrete) {
      const system = OBJECTS.get(candidate.split('/')[3])?.system_only;
      if (system && method !== 'get') continue;
      assert.ok(document.paths[candidate]?.[method], `${method} ${candidate}`);
    }
  }
});

test('every operation has a summary and answers, and declares its parameters', () => {
  for (const [path, operations] of Object.entries(document.paths)) {
    const shared = operations.parameters ?? [];
    for (const [method, operation] of Object.entries(operations).filter(([key]) => METHODS.includes(key))) {
      assert.ok(operation.summary, `${method} ${path}`);
      assert.ok(Object.keys(operation.responses).length > 0, `${method} ${path}`);
      const parameters = [...shared, ...(operation.parameters ?? [])].map((parameter) => (parameter.$ref ? resolve(parameter.$ref) : parameter));
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      assert.deepEqual(parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name).toSorted(), inPath.toSorted(), `${method} ${path}`);
    }
  }
});

test('a record has exactly the members that its schema describes, of the types described', async () => {
  const admin = service.as('admin');
  const doctor = await admin.create('hcp', { family_name: '記述', temperature: 'neutral', tags: ['x'], kol: true, next_action_due: '2026-12-01' });
  const operation = document.paths['/api/v1/hcp/{id}'].get;
  let schema = operation.responses['200'].content['application/json'].schema;
  if (schema.$ref) schema = resolve(schema.$ref);
  const parts = (schema.allOf ?? [schema]).map((part) => (part.$ref ? resolve(part.$ref) : part));
  const properties = Object.assign({}, ...parts.map((part) => part.properties));
  for (const member of Object.keys(doctor)) assert.ok(member in properties, `${member} is described`);
  for (const member of Object.keys(properties).filter((name) => name !== 'expanded')) assert.ok(member in doctor, `${member} is answered`);
  const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value);
  for (const [member, value] of Object.entries(doctor)) {
    let described = properties[member];
    if (described.$ref) described = resolve(described.$ref);
    const alternatives = described.anyOf ?? described.oneOf ?? [described];
    const types = alternatives.map((item) => (item.$ref ? resolve(item.$ref) : item)).flatMap((item) => item.type ?? typeOf(value));
    assert.ok(types.includes(typeOf(value)) || (types.includes('number') && typeof value === 'number'), `${member}: ${typeOf(value)} of ${types}`);
  }
});

test('ondo openapi prints the same document', async () => {
  const { code, out } = await service.ondo(['openapi']);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out), document);
});
