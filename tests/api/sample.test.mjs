// The demo company's data is known as such and can be taken away, with what hangs on it and nothing else.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';
import { OBJECTS } from './rights.mjs';

const service = await startService({ data: 'demo' });
const admin = service.as('admin', { 'accept-language': 'en' });
const PHRASE = 'remove sample data';
const countOf = (state, object) => state.objects.find((entry) => entry.object === object) ?? { sample: 0, hanging: 0 };
const total = async (object, client = admin) => (await client.read(`/api/v1/${object}`, { total: true, limit: 1 })).total;

// People's own work: a colleague and a doctor of their own beside the demo's, and work on both.
const colleague = await admin.create('user', { login: 'own1', name: 'Own One', role: 'mr', lang: 'en', zone: 'UTC' });
const mr1 = service.as('mr1');
const [sampleDoctor] = await mr1.all('hcp', { owner: 'me' });
const [sampleProduct] = await admin.all('product', { kind: 'brand' });
const ownPlace = await admin.create('hco', { name: '自前病院', kind: 'clinic' });
const ownDoctor = await mr1.create('hcp', { family_name: '自前', primary_hco: ownPlace.id, temperature: 'neutral' });
const ownVisit = await mr1.create('visit', { hcp: ownDoctor.id, temperature: 'favorable', topics: [{ kind: 'question', text: 'own' }] });
const drifter = await mr1.create('hcp', { family_name: '間借', primary_hco: sampleDoctor.primary_hco });
const ownTask = await mr1.create('task', { subject: 'nothing to do with the demo' });
const ownView = await mr1.create('saved_view', { object: 'hcp', name: 'mine' });
const hanging = {
  visit: await mr1.create('visit', { hcp: sampleDoctor.id, topics: [{ kind: 'question', text: 'about the demo' }] }),
  task: await mr1.create('task', { subject: 'about the demo’s doctor', hcp: sampleDoctor.id }),
  detail: (await mr1.create('visit', { hcp: ownDoctor.id, details: [{ product: sampleProduct.id }] })),
};
await mr1.change('hcp', sampleDoctor.id, { next_action: 'touched by a person' });
await service.ondo(['tick']);

test('what there is: sample records by object, and what of people’s own hangs on them', async () => {
  const state = await admin.read('/api/v1/sample');
  assert.equal(state.present, true);
  assert.ok(Date.parse(state.made_at) <= Date.now());
  assert.equal(countOf(state, 'hcp').sample, 200);
  assert.equal(countOf(state, 'visit').sample, 2000);
  assert.equal(countOf(state, 'hcp').hanging, 0, 'a doctor of one’s own does not hang on a hospital');
  assert.equal(countOf(state, 'visit').hanging, 1);
  assert.ok(countOf(state, 'task').hanging >= 1);
  assert.ok(!state.objects.some(({ object }) => object === 'user'));
  assert.ok(state.users > 10);
  assert.equal(state.confirm, PHRASE);
  assert.equal(state.running, null);
});

test('everybody is told that there is sample data', async () => {
  for (const login of ['mr1', 'admin']) assert.equal((await service.as(login).read('/api/v1/me')).sample, true);
});

test('only who configures may look and remove; and only with the phrase', async () => {
  for (const login of ['mr1', 'manager1', 'compliance1']) {
    await service.as(login).refused(403, 'GET', '/api/v1/sample');
    await service.as(login).refused(403, 'POST', '/api/v1/sample/remove', { body: { confirm: PHRASE } });
  }
  for (const body of [{}, { confirm: true }, { confirm: 'yes' }]) {
    assert.deepEqual(codesOf(await admin.refused(422, 'POST', '/api/v1/sample/remove', { body })), { '/confirm': 'sample_confirm' });
  }
  assert.equal(await total('hcp'), 202);
});

test('removal takes the demo company and what hangs on it, and touches nothing else', async () => {
  const keep = {};
  for (const [object, id] of [['user', colleague.id], ['hco', ownPlace.id], ['task', ownTask.id], ['visit', ownVisit.id], ['hcp', ownDoctor.id]]) keep[object] = await admin.read(`/api/v1/${object}/${id}`);
  const view = await mr1.read(`/api/v1/saved_view/${ownView.id}`);
  let { body: batch } = await admin.send('POST', '/api/v1/sample/remove', { body: { confirm: 'サンプルデータを削除' }, headers: { 'x-reason': 'we begin' } });
  assert.equal(batch.kind, 'sample');
  while (batch.status === 'running') {
    await sleep(200);
    batch = await admin.read(`/api/v1/batch/${batch.id}`);
  }
  assert.equal(batch.status, 'done');
  assert.equal(batch.counts.removed, batch.counts.matching);
  assert.equal(batch.counts.refused, 0);
  assert.equal(batch.counts.users, (await admin.all('user')).filter(({ active, version }) => !active && version > 1).length, 'those who had left before are as they were');

  const state = await admin.read('/api/v1/sample');
  assert.deepEqual([state.present, state.objects, state.users], [false, [], 0]);
  assert.equal((await admin.read('/api/v1/me')).sample, false, 'and nobody is told of any');
  assert.deepEqual((await admin.all('hcp')).map(({ id }) => id).toSorted(), [ownDoctor.id, drifter.id].toSorted());
  assert.deepEqual((await admin.all('visit')).map(({ id }) => id).toSorted(), [ownVisit.id, hanging.detail.id].toSorted());
  assert.deepEqual((await admin.all('hco')).map(({ id }) => id), [ownPlace.id]);
  for (const object of ['product', 'message', 'detail', 'promise', 'affiliation', 'adoption']) assert.equal(await total(object), 0, object);

  for (const [object, before] of Object.entries(keep)) assert.deepEqual(await admin.read(`/api/v1/${object}/${before.id}`), before, object);
  assert.deepEqual(await admin.read(`/api/v1/saved_view/${ownView.id}`), view);
  assert.equal((await admin.read(`/api/v1/hcp/${drifter.id}`)).primary_hco, null, 'the hospital is gone, so nobody works there');
  await admin.refused(404, 'GET', `/api/v1/visit/${hanging.visit.id}`);
  await admin.refused(404, 'GET', `/api/v1/task/${hanging.task.id}`);
  for (const object of OBJECTS.keys()) if (object !== 'user') await admin.read(`/api/v1/${object}`, { deleted: true });
});

test('users of the demo company can no longer sign in, but the one who acted can', async () => {
  await mr1.refused(401, 'GET', '/api/v1/me');
  assert.equal((await service.signIn('mr1', 'six-long-words-for-tests')).answer.body.errors[0].code, 'sign_in_disabled');
  assert.equal((await admin.read('/api/v1/me')).user.id, service.user('admin'));
  assert.equal((await admin.read(`/api/v1/user/${colleague.id}`)).active, true);
});

test('it stands in the journal, which still holds together, and is not to be taken back or done again', async () => {
  const { items } = await admin.read('/api/v1/journal', { action: 'sample_remove' });
  assert.deepEqual(items.map(({ object, by, reason }) => [object, by, reason]), [['company', service.user('admin'), 'we begin']]);
  const deleted = await admin.read('/api/v1/journal', { object: 'visit', id: hanging.visit.id });
  assert.equal(deleted.items[0].action, 'delete');
  const [batch] = (await admin.read('/api/v1/batch')).items;
  assert.equal((await admin.refused(409, 'POST', `/api/v1/batch/${batch.id}/undo`)).errors[0].code, 'batch_final');
  assert.equal((await admin.refused(409, 'POST', '/api/v1/sample/remove', { body: { confirm: PHRASE } })).errors[0].code, 'sample_none');
  await service.stop();
  assert.equal((await service.ondo(['verify', '--seal'])).code, 0);
});

test('without a demo there is none, whatever people have made', async () => {
  const plain = await startService();
  await plain.as('mr1').create('hcp', { family_name: '実在' });
  const state = await plain.as('admin').read('/api/v1/sample');
  assert.deepEqual([state.present, state.made_at, state.objects, state.users], [false, null, [], 0]);
  assert.equal((await plain.as('mr1').read('/api/v1/me')).sample, false);
  assert.equal((await plain.as('admin').refused(409, 'POST', '/api/v1/sample/remove', { body: { confirm: PHRASE } })).errors[0].code, 'sample_none');
});
