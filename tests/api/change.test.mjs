// One change to many records: preview, the change itself, its progress, and taking it back.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1', { 'accept-language': 'en' });
const mr2 = service.as('mr2');

/** A bulk change that ends: the batch as it stands then. */
async function change(client, path, body, headers) {
  let { status, body: batch } = await client.send('POST', path, { body, headers });
  assert.ok([200, 202].includes(status), `${status} ${JSON.stringify(batch)}`);
  while (batch.status === 'running') {
    await sleep(100);
    batch = await client.read(`/api/v1/batch/${batch.id}`);
  }
  return batch;
}

async function undo(client, id) {
  let batch = (await client.send('POST', `/api/v1/batch/${id}/undo`)).body;
  while (batch.status === 'undoing') {
    await sleep(100);
    batch = await client.read(`/api/v1/batch/${id}`);
  }
  return batch;
}

async function makeDoctors(client, count, fields = {}) {
  const made = [];
  for (let i = 0; i < count; i += 1) made.push(await client.create('hcp', { family_name: `甲${i}`, ...fields }));
  return made;
}

test('a preview tells what would change and changes nothing', async () => {
  const [one, two, three] = await makeDoctors(mr, 3, { department: '内科' });
  await mr.change('hcp', three.id, { department: '外科' });
  const entries = (await mr.read(`/api/v1/hcp/${one.id}/history`)).items.length;
  const batch = await change(mr, '/api/v1/hcp/change', { ids: [one.id, two.id, three.id], changes: { department: '外科' }, preview: true });
  assert.equal(batch.status, 'done');
  assert.equal(batch.preview, true);
  assert.deepEqual(batch.counts, { matching: 3, changed: 2, unchanged: 1, refused: 0 });
  assert.deepEqual(batch.examples.map(({ id, before, after }) => ({ id, before, after })), [one, two].map(({ id }) => ({ id, before: { department: '内科' }, after: { department: '外科' } })));
  assert.ok(batch.examples.every(({ title }) => title.length > 1));
  assert.equal((await mr.read(`/api/v1/hcp/${one.id}`)).department, '内科');
  assert.equal((await mr.read(`/api/v1/hcp/${one.id}/history`)).items.length, entries);
  const refusal = await mr.refused(409, 'POST', `/api/v1/batch/${batch.id}/undo`);
  assert.equal(refusal.errors[0].code, 'batch_preview');
  assert.ok(!(await mr.read('/api/v1/batch')).items.some(({ id }) => id === batch.id), 'previews are not listed');
});

test('a preview that goes on can be cancelled by its maker; one that has ended, and a change that was made, cannot', async () => {
  const [one] = await makeDoctors(mr, 1, { department: '内科' });
  const body = { ids: [one.id], changes: { department: '皮膚科' } };
  const preview = await change(mr, '/api/v1/hcp/change', { ...body, preview: true });
  const ended = await mr.refused(409, 'POST', `/api/v1/batch/${preview.id}/cancel`);
  assert.equal(ended.errors[0].code, 'batch_ended');
  assert.match(ended.errors[0].message, /has ended already/);
  await mr2.refused(404, 'POST', `/api/v1/batch/${preview.id}/cancel`);
  const made = await change(mr, '/api/v1/hcp/change', body);
  const refusal = await mr.refused(409, 'POST', `/api/v1/batch/${made.id}/cancel`);
  assert.equal(refusal.errors[0].code, 'batch_no_preview');
  assert.equal((await mr.read(`/api/v1/batch/${made.id}`)).status, 'done');
});

test('the change itself goes through the journal as one batch, with its reason, and can be taken back', async () => {
  const doctors = await makeDoctors(mr, 3, { department: '形成外科', tags: ['a', 'b'] });
  const batch = await change(mr, '/api/v1/hcp/change?department=形成外科', { all: true, changes: { department: '眼科' } }, { 'x-reason': 'merged' });
  assert.deepEqual(batch.counts, { matching: 3, changed: 3, unchanged: 0, refused: 0 });
  assert.deepEqual(batch.changes, { department: '眼科' });
  for (const { id } of doctors) {
    const [entry] = (await mr.read(`/api/v1/hcp/${id}/history`)).items;
    assert.deepEqual([entry.changes.department, entry.reason], [{ from: '形成外科', to: '眼科' }, 'merged']);
  }
  await mr.change('hcp', doctors[0].id, { department: '耳鼻科' });
  const undone = await undo(mr, batch.id);
  assert.equal(undone.status, 'undone');
  const { left, ...counts } = undone.undo;
  assert.deepEqual(counts, { removed: 0, reverted: 2, changed_since: 1, refused: 0 });
  assert.deepEqual(left, [{ object: 'hcp', id: doctors[0].id, title: doctors[0].title, why: 'changed' }]);
  assert.deepEqual(await Promise.all(doctors.map(async ({ id }) => (await mr.read(`/api/v1/hcp/${id}`)).department)), ['耳鼻科', '形成外科', '形成外科']);
  assert.equal((await mr.refused(409, 'POST', `/api/v1/batch/${batch.id}/undo`)).errors[0].code, 'batch_already_undone');
  assert.ok((await mr.read('/api/v1/batch')).items.some(({ id, status }) => id === batch.id && status === 'undone'));
});

test('all but some; a list is changed by its search and its condition, as the list itself finds them', async () => {
  const doctors = await makeDoctors(mr, 4, { position: 'bulk-position' });
  const batch = await change(mr, `/api/v1/hcp/change?filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'position' }, 'bulk-position'] }))}&q=甲`,
    { all: true, except: [doctors[1].id], changes: { position: '部長' } });
  assert.deepEqual(batch.counts, { matching: 3, changed: 3, unchanged: 0, refused: 0 });
  assert.equal((await mr.read(`/api/v1/hcp/${doctors[1].id}`)).position, 'bulk-position');
});

test('lists of values are added to and removed from, each record keeping its own', async () => {
  const one = await mr.create('hcp', { family_name: '乙', tags: ['x', 'y'] });
  const two = await mr.create('hcp', { family_name: '丙' });
  const batch = await change(mr, '/api/v1/hcp/change', { ids: [one.id, two.id], changes: { tags: { add: ['z', 'x'], remove: ['y'] } } });
  assert.equal(batch.counts.changed, 2);
  assert.deepEqual((await mr.read(`/api/v1/hcp/${one.id}`)).tags.toSorted(), ['x', 'z']);
  assert.deepEqual((await mr.read(`/api/v1/hcp/${two.id}`)).tags.toSorted(), ['x', 'z']);
  await undo(mr, batch.id);
  assert.deepEqual((await mr.read(`/api/v1/hcp/${one.id}`)).tags.toSorted(), ['x', 'y']);
  assert.equal((await mr.read(`/api/v1/hcp/${two.id}`)).tags, null);
});

test('records that refuse the change are told with their reason; their neighbours are changed', async () => {
  const [mine, also] = await makeDoctors(mr, 2);
  const others = await mr2.create('hcp', { family_name: '他' });
  const missing = '01934bb8-1061-7137-b1d8-000000000000';
  const batch = await change(mr, '/api/v1/hcp/change', { ids: [mine.id, others.id, missing, also.id, mine.id], changes: { position: '医長' } });
  assert.deepEqual(batch.counts, { matching: 4, changed: 2, unchanged: 0, refused: 2 });
  assert.deepEqual(batch.refused.map(({ code, count, records }) => ({ code, count, records })),
    [{ code: 'status_not_found', count: 2, records: [{ id: others.id, title: '' }, { id: missing, title: '' }] }]);
  assert.match(batch.refused[0].message, /not found/i);
  assert.equal((await mr2.read(`/api/v1/hcp/${others.id}`)).position, null);
});

test('a role that may change none is refused as a whole; what it may see but not change refuses by itself', async () => {
  const [mine] = await makeDoctors(mr, 1);
  const body = { ids: [mine.id], changes: { position: 'x' } };
  assert.deepEqual(codesOf(await service.as('compliance1').refused(403, 'POST', '/api/v1/hcp/change', { body })), { '': 'access_verb' });
  const visit = await service.as('msl1').create('visit', { hcp: mine.id, discussion: 'science' });
  const batch = await change(mr, '/api/v1/visit/change', { ids: [visit.id], changes: { discussion: 'mine now' } });
  assert.deepEqual(batch.refused.map(({ code, records }) => ({ code, records })), [{ code: 'access_scope', records: [{ id: visit.id, title: visit.title }] }]);
});

test('what is wrong whatever the record is refused at once, with its place', async () => {
  const [{ id }, other] = await makeDoctors(mr, 2);
  const refused = async (body, path = '/api/v1/hcp/change', status = 422) => codesOf(await mr.refused(status, 'POST', path, { body }));
  assert.deepEqual(await refused({ ids: [id], changes: { temperature: 'lukewarm', nothing: 1, visit_count: 5, family_name: null } }),
    { '/changes/temperature': 'choice_unknown', '/changes/nothing': 'unknown_field', '/changes/visit_count': 'read_only', '/changes/family_name': 'required' });
  assert.deepEqual(await refused({ ids: [id, other.id], changes: { registration_number: 'R-1' } }), { '/changes/registration_number': 'bulk_change_unique' });
  assert.deepEqual(await refused({ ids: [id], changes: { tags: { add: 'x', put: [] } } }), { '/changes/tags/add': 'not_list', '/changes/tags/put': 'unknown_field' });
  assert.deepEqual(await refused({ ids: [id], changes: {} }), { '/changes': 'bulk_change_nothing' });
  assert.deepEqual(await refused({ changes: { position: 'x' } }), { '': 'bulk_change_which' });
  assert.deepEqual(await refused({ all: true, ids: [id], changes: { position: 'x' } }), { '': 'bulk_change_which' });
  assert.deepEqual(await refused({ ids: ['x'], changes: { position: 'x' } }), { '/ids/0': 'id' });
  assert.deepEqual(await refused({ ids: [id], preview: 'yes', changes: { position: 'x' } }), { '/preview': 'not_boolean' });
  assert.deepEqual(await refused({ ids: [id], change: {} }), { '/change': 'unknown_field' });
  assert.deepEqual(await refused({ all: true, changes: { position: 'x' } }, '/api/v1/hcp/change?limit=5'), { '/limit': 'unknown_parameter' });
  assert.deepEqual(await refused({ all: true, changes: { position: 'x' } }, '/api/v1/hcp/change?positoin=5'), { '/positoin': 'unknown_parameter' });
  assert.equal((await mr.read(`/api/v1/hcp/${id}`)).version, 1);
});

test('what rules make of it is foretold, happens, and is taken back with it', async () => {
  const doctors = await makeDoctors(mr, 3, { temperature: 'neutral' });
  const body = { ids: doctors.map(({ id }) => id), changes: { temperature: 'skeptical' } };
  const tasks = async () => (await mr.all('task', { hcp: doctors.map(({ id }) => id).join(',') })).length;
  const preview = await change(mr, '/api/v1/hcp/change', { ...body, preview: true });
  assert.deepEqual(preview.follows.find(({ object }) => object === 'task'), { object: 'task', action: 'create', count: 3 });
  assert.equal(await tasks(), 0);
  const batch = await change(mr, '/api/v1/hcp/change', body);
  assert.deepEqual(batch.follows, preview.follows);
  assert.equal(await tasks(), 3);
  const undone = await undo(mr, batch.id);
  assert.equal(undone.undo.refused, 0);
  assert.equal(await tasks(), 0);
  for (const { id } of doctors) assert.equal((await mr.read(`/api/v1/hcp/${id}`)).temperature, 'neutral');
});

test('a batch is its maker’s: others neither see nor undo it, an administrator may', async () => {
  const [{ id }] = await makeDoctors(mr, 1);
  const batch = await change(mr, '/api/v1/hcp/change', { ids: [id], changes: { position: '院長' } });
  await mr2.refused(404, 'GET', `/api/v1/batch/${batch.id}`);
  await mr2.refused(404, 'POST', `/api/v1/batch/${batch.id}/undo`);
  assert.equal((await admin.read(`/api/v1/batch/${batch.id}`)).id, batch.id);
  const undone = await undo(admin, batch.id);
  assert.equal(undone.undo.reverted, 1);
  const [entry] = (await admin.read(`/api/v1/hcp/${id}/history`)).items;
  assert.equal(entry.by, service.user('admin'));
});

test('the same idempotency key changes once', async () => {
  const [{ id }] = await makeDoctors(mr, 1);
  const headers = { 'idempotency-key': 'bulk-1' };
  const body = { ids: [id], changes: { position: '講師' } };
  const first = await mr.send('POST', '/api/v1/hcp/change', { body, headers });
  const again = await mr.send('POST', '/api/v1/hcp/change', { body, headers });
  assert.equal(again.body.id, first.body.id);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
});

test('ten thousand records: with progress, previewed, changed and taken back', async () => {
  const lines = Array.from({ length: 10000 }, (_, i) => JSON.stringify({ family_name: `大量${i}`, department: 'mass' })).join('\n');
  await mr.expect(200, 'POST', '/api/v1/hcp/bulk', { raw: lines, headers: { 'content-type': 'application/x-ndjson' } });
  const path = '/api/v1/hcp/change?department=mass';
  const preview = await change(mr, path, { all: true, changes: { position: 'mass' }, preview: true });
  assert.deepEqual(preview.counts, { matching: 10000, changed: 10000, unchanged: 0, refused: 0 });
  assert.equal(preview.examples.length, 20);
  const batch = await change(mr, path, { all: true, changes: { position: 'mass' } });
  assert.deepEqual(batch.counts, preview.counts);
  assert.equal((await mr.read('/api/v1/hcp', { position: 'mass', total: true, limit: 1 })).total, 10000);
  const undone = await undo(mr, batch.id);
  assert.equal(undone.undo.reverted, 10000);
  assert.equal((await mr.read('/api/v1/hcp', { position: 'mass', total: true, limit: 1 })).total, 0);
});
