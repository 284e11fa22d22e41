// "Why can't X see this?": asked by who manages users, answered with the role, the scope, the owner and what would change it (X10).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService({ data: 'demo' });
const admin = service.as('admin', { 'accept-language': 'en' });
const mr = service.as('mr1');
const ask = (object, id, login, client = admin) => client.read(`/api/v1/${object}/${id}/access`, login ? { user: service.user(login) } : {});
const users = new Map((await admin.all('user')).map((user) => [user.id, user]));
const nameOf = (id) => users.get(id).name;

test('X10: the answer names role and owner, and what would have to change', async () => {
  const [doctor] = await admin.all('hcp', { owner: service.user('mr2') });
  const why = await ask('hcp', doctor.id, 'mr1');
  assert.deepEqual({ ...why.user }, { id: service.user('mr1'), name: nameOf(service.user('mr1')), role: 'mr', role_label: 'Medical representative', active: true });
  assert.equal(why.record.owner, service.user('mr2'));
  assert.equal(why.record.title, doctor.title);
  assert.equal(why.read.allowed, false);
  assert.equal(why.read.code, 'access_scope');
  assert.ok(why.read.message.includes('Medical representative') && why.read.message.includes(nameOf(service.user('mr2'))), why.read.message);
  assert.ok(why.read.remedy.includes(nameOf(service.user('mr1'))), why.read.remedy);
  assert.equal(why.delete.code, 'access_verb');
  assert.ok(why.delete.remedy.length > 0);
  assert.ok(why.fields.every((field) => !field.readable && !field.writable));
  const theirs = await ask('hcp', doctor.id, 'mr2');
  assert.equal(theirs.read.allowed, true);
  assert.equal(theirs.read.remedy, '');
  const field = (name) => theirs.fields.find((each) => each.name === name);
  assert.deepEqual([field('tier').readable, field('tier').writable, field('tier').code], [true, false, 'access_field_system']);
  assert.equal(field('visit_count').code, 'access_field_system');
  assert.equal(field('next_action').writable, true);
  // It is true: what is said is what happens.
  await mr.refused(404, 'GET', `/api/v1/hcp/${doctor.id}`);
  await service.as('mr2').read(`/api/v1/hcp/${doctor.id}`);
});

test('X10: a record without an owner of its own says through which one it belongs to somebody', async () => {
  const [memo] = (await admin.all('memo')).filter((each) => each.hcp);
  const doctor = await admin.read(`/api/v1/hcp/${memo.hcp}`);
  const other = doctor.owner === service.user('mr1') ? 'mr2' : 'mr1';
  const why = await ask('memo', memo.id, other);
  assert.deepEqual(why.record.through.map(({ object, id }) => [object, id]), [['hcp', doctor.id]]);
  assert.equal(why.record.owner, doctor.owner);
  assert.equal(why.read.allowed, false);
  assert.equal(why.update.code, 'access_append_only');
  const hidden = await ask('user', service.user('mr2'), 'mr1');
  assert.equal(hidden.read.allowed, true);
  assert.equal(hidden.fields.find(({ name }) => name === 'login').code, 'access_field_hidden');
});

test('X10: ids that do not exist, deleted records and disabled people are told as what they are', async () => {
  const nothing = '01a20054-0bc8-7000-b8cd-a7b4a7cfc02c';
  const missing = await admin.refused(404, 'GET', `/api/v1/hcp/${nothing}/access?user=${service.user('mr1')}`);
  assert.equal(missing.errors[0].code, 'access_no_record');
  const nobody = await admin.refused(404, 'GET', `/api/v1/hcp/${nothing}/access?user=${nothing}`);
  assert.equal(nobody.errors[0].code, 'access_no_user');
  await admin.refused(422, 'GET', `/api/v1/hcp/${nothing}/access?user=somebody`);
  const { id } = await mr.create('hcp', { family_name: '削除' });
  await admin.expect(204, 'DELETE', `/api/v1/hcp/${id}`);
  const deleted = await ask('hcp', id, 'mr1');
  assert.deepEqual([deleted.record.deleted, deleted.read.allowed, deleted.read.code], [true, false, 'access_deleted']);
  await mr.refused(404, 'GET', `/api/v1/hcp/${id}/access`);
  const [doctor] = await admin.all('hcp', { owner: service.user('mr3') });
  await admin.change('user', service.user('mr3'), { active: false });
  const disabled = await ask('hcp', doctor.id, 'mr3');
  assert.ok(['read', 'create', 'update', 'delete', 'export', 'import'].every((verb) => disabled[verb].code === 'access_inactive'));
});

test('X10: people ask about themselves; about others only who manages users', async () => {
  const [doctor] = await admin.all('hcp', { owner: service.user('mr2') });
  const own = await ask('hcp', doctor.id, null, mr);
  assert.equal(own.user.id, service.user('mr1'));
  assert.equal(own.record, null, 'whose it is stays unsaid');
  assert.equal(own.read.allowed, false);
  assert.equal(own.read.message.includes(nameOf(service.user('mr2'))), false);
  assert.equal(own.fields.some(({ name }) => name === 'login'), false);
  await mr.refused(403, 'GET', `/api/v1/hcp/${doctor.id}/access?user=${service.user('mr2')}`);
  for (const [lang, words] of [['ja', 'ロール'], ['zh', '角色']]) {
    const answer = await admin.get(`/api/v1/hcp/${doctor.id}/access`, { user: service.user('mr1') }, { headers: { 'accept-language': lang } });
    assert.ok(answer.body.read.message.includes(words) && answer.body.read.remedy.includes(words), lang);
  }
});
