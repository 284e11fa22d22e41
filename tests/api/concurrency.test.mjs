// Several at once: the same request twice, the same record, the same unique value.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const mr = service.as('mr1');
const admin = service.as('admin');
const atOnce = (count, work) => Promise.all(Array.from({ length: count }, (_, index) => work(index)));

test('Idempotency-Key: the same request twice makes one record and gives the same answer', async () => {
  const headers = { 'idempotency-key': 'visit-0001', 'accept-encoding': 'identity' };
  const first = await mr.expect(201, 'POST', '/api/v1/hcp', { body: { family_name: '一度' }, headers });
  const second = await mr.expect(201, 'POST', '/api/v1/hcp', { body: { family_name: '一度' }, headers });
  assert.equal(second.text, first.text);
  assert.equal(second.headers.get('location'), first.headers.get('location'));
  assert.equal(second.etag, first.etag);
  assert.equal(second.headers.get('idempotency-replayed'), 'true');
  assert.equal((await mr.all('hcp', { q: '一度' })).length, 1);
});

test('Idempotency-Key: the same key for something else is refused with 409', async () => {
  const headers = { 'idempotency-key': 'visit-0002' };
  await mr.expect(201, 'POST', '/api/v1/hcp', { body: { family_name: 'one' }, headers });
  const body = await mr.refused(409, 'POST', '/api/v1/hcp', { body: { family_name: 'other' }, headers });
  assert.equal(body.errors[0].code, 'idempotency_mismatch');
  await mr.refused(409, 'POST', '/api/v1/task', { body: { family_name: 'one' }, headers });
});

test('Idempotency-Key: belongs to its user; a refused request leaves the key free', async () => {
  const headers = { 'idempotency-key': 'visit-0003' };
  await mr.refused(422, 'POST', '/api/v1/hcp', { body: {}, headers });
  await mr.expect(201, 'POST', '/api/v1/hcp', { body: { family_name: 'mine' }, headers });
  await admin.expect(201, 'POST', '/api/v1/hcp', { body: { family_name: 'theirs' }, headers });
  for (const key of ['x'.repeat(201), 'with space', 'ü']) {
    const bytes = Buffer.from(key, 'latin1').toString('latin1');
    await mr.refused(422, 'POST', '/api/v1/hcp', { body: { family_name: 'x' }, headers: { 'idempotency-key': bytes } });
  }
});

test('Idempotency-Key: sent several times at once, one record comes of it', async () => {
  const headers = { 'idempotency-key': 'visit-0004' };
  const answers = await atOnce(10, () => mr.send('POST', '/api/v1/hcp', { body: { family_name: '同時鍵' }, headers }));
  assert.ok(answers.every((answer) => [201, 409].includes(answer.status)), answers.map((answer) => answer.status).join());
  assert.equal(new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id)).size, 1);
  assert.equal((await mr.all('hcp', { q: '同時鍵' })).length, 1);
});

test('Idempotency-Key: also for changes, deletions and restorations', async () => {
  const { id } = await admin.create('hcp', { family_name: 'again' });
  const change = { body: { position: 'x' }, headers: { 'idempotency-key': 'change', 'if-match': '"1"' } };
  for (let count = 0; count < 2; count += 1) assert.equal((await admin.expect(200, 'PATCH', `/api/v1/hcp/${id}`, change)).body.version, 2);
  for (let count = 0; count < 2; count += 1) await admin.expect(204, 'DELETE', `/api/v1/hcp/${id}`, { headers: { 'idempotency-key': 'removal' } });
  for (let count = 0; count < 2; count += 1) await admin.expect(200, 'POST', `/api/v1/hcp/${id}/restore`, { headers: { 'idempotency-key': 'return' } });
});

test('two people at one record: with If-Match no change is lost', async () => {
  const { id } = await mr.create('hcp', { family_name: '共同', department: '0' });
  const manager = service.as('manager1');
  /** Adds one to the number kept in the department, until nobody came between. */
  async function addOne(client) {
    for (;;) {
      const now = await client.read(`/api/v1/hcp/${id}`);
      const answer = await client.patch(`/api/v1/hcp/${id}`, { department: String(Number(now.department) + 1) }, { 'if-match': `"${now.version}"` });
      if (answer.status === 200) return;
      assert.equal(answer.status, 412);
      assert.ok(answer.body.present.version > now.version);
    }
  }
  await atOnce(16, (index) => addOne(index % 2 ? mr : manager));
  const end = await mr.read(`/api/v1/hcp/${id}`);
  assert.deepEqual([end.department, end.version], ['16', 17]);
});

test('without If-Match, changes of different fields at once are all kept', async () => {
  const { id } = await mr.create('hcp', { family_name: '並行' });
  const fields = ['department', 'position', 'specialty', 'sub_specialty', 'academic_interests', 'interest_areas', 'resonating_phrases', 'next_action'];
  const answers = await Promise.all(fields.map((field) => mr.patch(`/api/v1/hcp/${id}`, { [field]: field })));
  assert.ok(answers.every((answer) => answer.status === 200), answers.map((answer) => answer.status).join());
  const end = await mr.read(`/api/v1/hcp/${id}`);
  for (const field of fields) assert.equal(end[field], field);
  assert.equal(end.version, fields.length + 1);
});

test('of 20 new records with the same unique value exactly one is made', async () => {
  const answers = await atOnce(20, () => admin.post('/api/v1/hcp', { family_name: '唯一', registration_number: 'U-1' }));
  const count = (status) => answers.filter((answer) => answer.status === status).length;
  assert.deepEqual([count(201), count(409)], [1, 19]);
  assert.equal((await admin.all('hcp', { registration_number: 'U-1' })).length, 1);
  for (const answer of answers.filter((item) => item.status === 409)) assert.equal(answer.body.errors[0].code, 'conflict_unique');
});

test('of 20 new records with the same pair exactly one is made', async () => {
  const { id: hcp } = await admin.create('hcp', { family_name: '対' });
  const { id: hco } = await admin.create('hco', { name: '対病院' });
  const answers = await atOnce(20, () => admin.post('/api/v1/affiliation', { hcp, hco }));
  assert.deepEqual([answers.filter((answer) => answer.status === 201).length, answers.filter((answer) => answer.status === 409).length], [1, 19]);
});

test('figures kept from other records are right after many visits at once', async () => {
  const { id: hcp } = await mr.create('hcp', { family_name: '多忙' });
  const answers = await atOnce(30, (index) => mr.post('/api/v1/visit', { hcp, held_at: `2026-11-${String((index % 15) + 1).padStart(2, '0')}T10:00:00+09:00` }));
  assert.ok(answers.every((answer) => answer.status === 201), answers.map((answer) => answer.status).join());
  const doctor = await mr.read(`/api/v1/hcp/${hcp}`);
  assert.deepEqual([doctor.visit_count, doctor.last_visit_at, doctor.first_contact_at], [30, '2026-11-15T01:00:00.000Z', '2026-11-01T01:00:00.000Z']);
});

test('E6: the same skepticism seen twice at once is one change and one task', async () => {
  const { id: hcp } = await mr.create('hcp', { family_name: '二重', temperature: 'neutral' });
  const answers = await atOnce(8, () => mr.patch(`/api/v1/hcp/${hcp}`, { temperature: 'skeptical' }));
  assert.ok(answers.every((answer) => answer.status === 200));
  assert.equal((await mr.all('task', { hcp })).length, 1);
});
