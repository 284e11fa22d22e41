// Notifications: what a person is told, by whom it is seen, and how it is marked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr1 = service.as('mr1');
const mr2 = service.as('mr2');
const [ONE, TWO] = [service.user('mr1'), service.user('mr2')];

const listOf = (client, parameters = {}) => client.all('notification', parameters);

/** What `client` is told by `work`, newest first. */
async function told(client, work) {
  const before = new Set((await listOf(client)).map(({ id }) => id));
  await work();
  return (await listOf(client, { sort: '-at' })).filter(({ id }) => !before.has(id));
}

async function tick(now) {
  const { code, error } = await service.ondo(['tick'], { now });
  assert.equal(code, 0, error);
}

const newDoctor = (client, more = {}) => client.create('hcp', { family_name: '高橋', given_name: '実', temperature: 'neutral', ...more });

test('a task from somebody else is told, in the receiver’s language, with who made it', async () => {
  const [told1] = [await told(mr1, async () => {
    await admin.create('task', { subject: '資料を届ける', owner: ONE, due_at: '2026-11-20T18:00:00+09:00' });
  })];
  assert.equal(told1.length, 1);
  const [notice] = told1;
  assert.equal(notice.subject, '新しいタスク：資料を届ける');
  assert.match(notice.body, /2026-11-20/);
  assert.deepEqual([notice.kind, notice.about_object, notice.by, notice.read_at], ['task', 'task', service.user('admin'), null]);
  assert.equal((await mr1.read(`/api/v1/task/${notice.about_id}`)).subject, '資料を届ける');
});

test('nobody is told of what they did themselves, nor of what followed from it', async () => {
  const nothing = await told(mr1, async () => {
    await mr1.create('task', { subject: '自分で' });
    const { id } = await newDoctor(mr1, { temperature: 'favorable' });
    await mr1.create('visit', { hcp: id, temperature: 'prefers_competitor', signs: ['cooler'] });
  });
  assert.deepEqual(nothing, []);
});

test('a task given on is told to the new owner, and one that is done is not', async () => {
  const task = await mr1.create('task', { subject: '引き継ぎ' });
  const news = await told(mr2, () => admin.change('task', task.id, { owner: TWO }));
  assert.deepEqual(news.map(({ subject }) => subject), ['新任务：引き継ぎ'], 'mr2 reads Chinese');
  assert.deepEqual(await told(mr2, () => admin.change('task', task.id, { body: 'x' })), [], 'only once');
  assert.deepEqual(await told(mr2, () => admin.create('task', { subject: '済', owner: TWO, state: 'done' })), []);
});

test('somebody else’s record cools a doctor: one notice for one cause, though a task comes of it', async () => {
  const doctor = await newDoctor(mr1);
  const news = await told(mr1, () => admin.create('visit', { hcp: doctor.id, temperature: 'skeptical' }));
  assert.deepEqual(news.map(({ kind, hcp }) => [kind, hcp]), [['temperature', doctor.id]]);
  assert.match(news[0].subject, /高橋 実先生の感情温度が「懐疑的」になりました/);
  const sources = (await mr1.all('task', { hcp: doctor.id })).map(({ source }) => source).sort();
  assert.deepEqual(sources, ['playbook:new_customer', 'rule:rebuild_relationship']);
  assert.deepEqual(await told(mr1, () => admin.change('hcp', doctor.id, { temperature: 'favorable' })), [], 'warmer is no alert');
});

test('a doctor given to somebody is told to them', async () => {
  const doctor = await newDoctor(mr1);
  const news = await told(mr2, () => admin.change('hcp', doctor.id, { owner: TWO }));
  assert.deepEqual(news.map(({ kind, about_object, about_id }) => [kind, about_object, about_id]), [['assignment', 'hcp', doctor.id]]);
  assert.deepEqual(await told(mr2, () => newDoctor(admin, { owner: TWO })), [], 'one for all that a day brings');
  assert.equal((await mr2.read(`/api/v1/notification/${news[0].id}`)).count, 2);
  await mr2.post('/api/v1/notification/read', { ids: [news[0].id] });
  assert.deepEqual((await told(mr2, () => newDoctor(admin, { owner: TWO }))).map(({ kind, count }) => [kind, count]), [['assignment', 1]], 'what was read is not told again');
});

test('promises due and overdue are told by the daily run, once for each date', async () => {
  const doctor = await newDoctor(mr1);
  const promise = await mr1.create('promise', { hcp: doctor.id, deliverable: '用量表', due_at: '2026-11-25T18:00:00+09:00' });
  assert.deepEqual(await told(mr1, () => tick('2026-11-23T09:00:00+09:00')), []);
  const due = await told(mr1, () => tick('2026-11-24T09:00:00+09:00'));
  assert.deepEqual(due.map(({ kind, subject, by }) => [kind, subject, by]), [['promise', '約束の期限が近づいています：用量表', null]]);
  assert.deepEqual(await told(mr1, () => tick('2026-11-25T09:00:00+09:00')), []);
  const late = await told(mr1, () => tick('2026-11-25T19:00:00+09:00'));
  assert.deepEqual(late.map(({ subject }) => subject), ['約束の期限を過ぎています：用量表']);
  assert.deepEqual(await told(mr1, () => tick('2026-11-26T09:00:00+09:00')), []);
  await mr1.change('promise', promise.id, { due_at: '2026-11-28T18:00:00+09:00' });
  assert.equal((await told(mr1, () => tick('2026-11-27T09:00:00+09:00'))).length, 1, 'another date is another cause');
  await mr1.change('promise', promise.id, { state: 'delivered' });
  assert.deepEqual(await told(mr1, () => tick('2026-11-29T09:00:00+09:00')), [], 'kept promises are quiet');
});

test('notifications are seen by their receiver alone, and made by nobody', async () => {
  const [notice] = await told(mr1, () => admin.create('task', { subject: '秘', owner: ONE }));
  for (const login of ['mr2', 'manager1', 'admin', 'compliance1']) {
    await service.as(login).refused(404, 'GET', `/api/v1/notification/${notice.id}`);
  }
  const body = { owner: ONE, kind: 'task', subject: 'x', at: '2026-11-18T00:00:00Z' };
  for (const client of [admin, mr1]) {
    await client.refused(403, 'POST', '/api/v1/notification', { body });
    await client.refused(403, 'PATCH', `/api/v1/notification/${notice.id}`, { body: { subject: 'y' } });
    await client.refused(403, 'DELETE', `/api/v1/notification/${notice.id}`);
  }
});

test('marks: some, all up to an instant, and back; never another person’s', async () => {
  const notices = [];
  for (const subject of ['a', 'b', 'c']) notices.push(...await told(mr2, () => admin.create('task', { subject, owner: TWO })));
  const ids = notices.map(({ id }) => id);
  const unread = async () => (await mr2.read('/api/v1/notification', { read_at: 'null', total: 'true', limit: 1 })).total;
  const before = await unread();
  const version = (await mr2.read(`/api/v1/notification/${ids[0]}`)).version;
  assert.equal((await mr1.post('/api/v1/notification/read', { ids })).body.count, 0, 'not mine');
  const one = (await mr2.post('/api/v1/notification/read', { ids: [ids[0]] })).body;
  assert.equal(one.count, 1);
  const marked = await mr2.read(`/api/v1/notification/${ids[0]}`);
  assert.deepEqual([marked.read_at, marked.version], [one.read_at, version]);
  assert.equal(await unread(), before - 1);
  assert.equal((await mr2.post('/api/v1/notification/unread', { ids: [ids[0]] })).body.count, 1);
  const all = (await mr2.post('/api/v1/notification/read', { until: notices.at(-1).at })).body;
  assert.equal(all.count, before);
  assert.equal(await unread(), 0);
  assert.equal((await mr2.post('/api/v1/notification/unread', { read_at: all.read_at })).body.count, before);
  assert.equal(await unread(), before);
});

test('a mark that names nothing is refused, so that nothing is marked by mistake', async () => {
  for (const [path, body] of [['read', {}], ['read', { ids: [] }], ['read', { ids: ['x'] }], ['read', { until: 'soon' }],
    ['read', { ids: Array.from({ length: 501 }, () => ONE) }], ['unread', {}], ['unread', { read_at: 5 }]]) {
    await mr1.refused(422, 'POST', `/api/v1/notification/${path}`, { body });
  }
});

test('a kind that is turned off is not told, and is told again when it is on', async () => {
  await mr1.expect(200, 'PATCH', '/api/v1/me', { body: { muted: ['task'] } });
  assert.deepEqual(await told(mr1, () => admin.create('task', { subject: 'x', owner: ONE })), []);
  assert.equal((await told(mr1, async () => newDoctor(admin, { owner: ONE }))).length, 1);
  await mr1.expect(200, 'PATCH', '/api/v1/me', { body: { muted: null } });
  assert.equal((await told(mr1, () => admin.create('task', { subject: 'x', owner: ONE }))).length, 1);
  await mr1.refused(422, 'PATCH', '/api/v1/me', { body: { muted: ['weather'] } });
});

test('an import tells a person once of all its rows, and takes that back when it is undone', async () => {
  const lines = ['姓,名,担当', ...Array.from({ length: 3 }, (_, i) => `取込${i},太郎,mr2`)].join('\n');
  const map = { key: [], columns: [{ from: 1, to: 'family_name' }, { from: 2, to: 'given_name' }, { from: 3, to: 'owner.login' }] };
  let batch;
  const news = await told(mr2, async () => {
    const answer = await admin.send('POST', `/api/v1/import/hcp?map=${encodeURIComponent(JSON.stringify(map))}`, { raw: lines, headers: { 'content-type': 'text/csv' } });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.body.counts.created, 3, answer.text);
    batch = answer.body.id;
  });
  assert.deepEqual(news.map(({ kind, count }) => [kind, count]), [['assignment', 3]]);
  const after = await listOf(mr2);
  await admin.expect(200, 'POST', `/api/v1/import/${batch}/undo`);
  assert.equal((await listOf(mr2)).length, after.length - 1);
});

test('a notification reaches the receiver’s event stream and no other’s', async () => {
  const { origin } = service;
  const listen = async (login) => {
    const abort = new AbortController();
    const response = await fetch(`${origin}/api/v1/events`, { headers: { authorization: `Bearer ${service.users[login].token}` }, signal: abort.signal });
    let text = '';
    const done = (async () => { for await (const part of response.body) text += Buffer.from(part).toString(); })().catch(() => {});
    return { text: () => text, end: async () => { abort.abort(); await done; } };
  };
  const [mine, theirs] = [await listen('mr1'), await listen('mr2')];
  const [{ id }] = await told(mr1, () => admin.create('task', { subject: '流れる', owner: ONE }));
  const event = `"object":"notification","id":"${id}"`;
  const until = Date.now() + 5000;
  while (!mine.text().includes(event) && Date.now() < until) await new Promise((go) => { setTimeout(go, 50); });
  assert.ok(mine.text().includes(event));
  assert.ok(!theirs.text().includes(event));
  await mine.end();
  await theirs.end();
});

test('the change feed tells where it stands, so that a follower need not read it all', async () => {
  const { items, next } = await mr1.read('/api/v1/changes', { since: 'now' });
  assert.deepEqual(items, []);
  assert.ok(next > 0);
  const [{ id }] = await told(mr1, () => admin.create('task', { subject: 'つづき', owner: ONE }));
  let found = [];
  const until = Date.now() + 5000;
  while (!found.length && Date.now() < until) {
    found = (await mr1.read('/api/v1/changes', { since: next })).items.filter((item) => item.id === id);
  }
  assert.equal(found[0].object, 'notification');
  await mr1.refused(422, 'GET', '/api/v1/changes?since=soon');
});
