// Many records at once, as NDJSON and as a JSON list, created or matched by a unique key.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');

async function bulk(client, path, records, type = 'application/x-ndjson') {
  const raw = type === 'application/json' ? JSON.stringify(records) : `${records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n')}\n`;
  const answer = await client.expect(200, 'POST', path, { raw, headers: { 'content-type': type } });
  if (type === 'application/json') return answer.body.items;
  assert.match(answer.headers.get('content-type'), /^application\/x-ndjson/);
  return answer.text.trim().split('\n').map((line) => JSON.parse(line));
}

for (const type of ['application/x-ndjson', 'application/json']) {
  test(`${type}: created, updated, unchanged, failed, line by line`, async () => {
    const code = (number) => `${type.length}-${number}`;
    const first = await bulk(admin, '/api/v1/hco/bulk?key=facility_code', [
      { facility_code: code(1), name: '一病院' }, { facility_code: code(2), name: '二病院' }, { facility_code: code(3) }, { name: 'without key' },
      { facility_code: code(4), name: '四', kind: 'castle' },
    ], type);
    assert.deepEqual(first.map((line) => [line.line, line.status]), [[1, 'created'], [2, 'created'], [3, 'failed'], [4, 'failed'], [5, 'failed']]);
    assert.deepEqual(first.slice(2).map((line) => [line.problem.status, line.problem.errors[0].pointer, line.problem.errors[0].code]),
      [[422, '/name', 'required'], [422, '/facility_code', 'required'], [422, '/kind', 'choice_unknown']]);
    assert.ok(first[2].problem.errors[0].message.length > 3);
    const second = await bulk(admin, '/api/v1/hco/bulk?key=facility_code', [
      { facility_code: code(1), name: '一病院' }, { facility_code: code(2), name: '新二病院' }, { facility_code: code(3), name: '三病院' },
    ], type);
    assert.deepEqual(second.map((line) => line.status), ['unchanged', 'updated', 'created']);
    assert.deepEqual([second[0].id, second[1].id], [first[0].id, first[1].id]);
    assert.equal((await admin.read(`/api/v1/hco/${first[1].id}`)).name, '新二病院');
    assert.equal((await admin.read(`/api/v1/hco/${first[0].id}`)).version, 1);
  });
}

test('the same key twice in one request: the second line changes what the first made', async () => {
  const lines = await bulk(admin, '/api/v1/hco/bulk?key=facility_code', [{ facility_code: 'same', name: 'a' }, { facility_code: 'same', name: 'b' }, { facility_code: 'same', name: 'b' }]);
  assert.deepEqual(lines.map((line) => line.status), ['created', 'updated', 'unchanged']);
  assert.equal(new Set(lines.map((line) => line.id)).size, 1);
});

test('without a key each line is a new record; a broken line harms no other', async () => {
  const lines = await bulk(mr, '/api/v1/hcp/bulk', [{ family_name: '甲' }, '{"family_name":', '[]', '5', { family_name: '乙', registration_number: 'B-1' }, { family_name: '丙', registration_number: 'B-1' }]);
  assert.deepEqual(lines.map((line) => line.status), ['created', 'failed', 'failed', 'failed', 'created', 'failed']);
  assert.deepEqual(lines.filter((line) => line.problem).map((line) => line.problem.status), [400, 422, 422, 409]);
  assert.deepEqual((await mr.all('hcp')).map((hcp) => hcp.family_name).toSorted(), ['乙', '甲'].toSorted());
});

test('empty lines count for nothing, and no lines give none', async () => {
  assert.deepEqual((await bulk(admin, '/api/v1/product/bulk', ['', '{"name":"P"}', '  ', '{"name":"Q"}'])).map((line) => line.status), ['created', 'created']);
  assert.deepEqual(await bulk(admin, '/api/v1/product/bulk', [], 'application/json'), []);
});

test('a key that is not unique, or unknown, is refused; so is a body that is no list', async () => {
  for (const key of ['name', 'nothing', 'id;']) await admin.refused(422, 'POST', `/api/v1/hco/bulk?key=${key}`, { raw: '{}', headers: { 'content-type': 'application/x-ndjson' } });
  await admin.refused(400, 'POST', '/api/v1/hco/bulk', { body: { name: 'x' } });
  await admin.refused(400, 'POST', '/api/v1/hco/bulk', { raw: '[{"name":' });
});

test('permission counts line by line', async () => {
  const lines = await bulk(mr, '/api/v1/hcp/bulk', [{ family_name: 'mine' }, { family_name: 'theirs', owner: service.user('mr2') }]);
  assert.deepEqual(lines.map((line) => line.status), ['created', 'failed']);
  assert.equal(lines[1].problem.status, 403);
  const foreign = await service.as('mr3').create('hcp', { family_name: 'Foreign', registration_number: 'F-1' });
  const [stolen] = await bulk(mr, '/api/v1/hcp/bulk?key=registration_number', [{ registration_number: 'F-1', family_name: 'Stolen' }]);
  assert.equal(stolen.status, 'failed');
  assert.equal(stolen.id, undefined, 'not even its id is told');
  assert.equal((await service.as('mr3').read(`/api/v1/hcp/${foreign.id}`)).family_name, 'Foreign');
  const denied = await bulk(mr, '/api/v1/product/bulk', [{ name: 'x' }]);
  assert.equal(denied[0].problem.status, 403);
});

test('rules act for each line too', async () => {
  const { id } = await mr.create('hcp', { family_name: '規則', registration_number: 'RULE-1', temperature: 'favorable' });
  await bulk(mr, '/api/v1/hcp/bulk?key=registration_number', [{ registration_number: 'RULE-1', temperature: 'skeptical' }]);
  assert.equal((await mr.all('task', { hcp: id })).length, 1);
});

test('2000 records in one request arrive in groups, all of them', async () => {
  const records = Array.from({ length: 2000 }, (_, index) => ({ facility_code: `M${index}`, name: `多病院${index}` }));
  const lines = await bulk(admin, '/api/v1/hco/bulk?key=facility_code', records);
  assert.ok(lines.every((line, index) => line.line === index + 1 && line.status === 'created'));
  const again = await bulk(admin, '/api/v1/hco/bulk?key=facility_code', records);
  assert.ok(again.every((line) => line.status === 'unchanged'));
});
