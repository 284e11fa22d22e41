// Handing doctors over (E9): tasks for both people, progress doctor by doctor, the pack, the day, and who may do what.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const manager = service.as('manager1');
const [mr1, mr2] = [service.as('mr1'), service.as('mr2')];
const [from_user, to_user] = [service.user('mr1'), service.user('mr2')];

/** What a doctor's potential makes tier A of. */
const tierA = { prescribing: 'main', kol: true, influence_on_doctors: 'high' };

let count = 0;
const newDoctor = (values = {}) => {
  count += 1;
  return admin.create('hcp', { family_name: `引継${count}`, given_name: '医師', owner: from_user, ...values }).then((doctor) => doctor.id);
};
const tasksOf = async (client, rule) => (await client.all('task', { owner: 'me' })).filter((task) => task.source === `rule:${rule}`);
const planOf = (id) => admin.read(`/api/v1/handover_plan/${id}`);
const progress = async (id) => {
  const plan = await planOf(id);
  return [plan.state, plan.doctors, plan.memos_complete, plan.doctors_read];
};
const close = async () => {
  for (const plan of await admin.all('handover_plan', { state: 'open' })) await admin.change('handover_plan', plan.id, { state: 'cancelled' });
};
async function tick(now) {
  const { code, error } = await service.ondo(['tick'], { now });
  assert.equal(code, 0, error);
}
const write = (client, id, kind, text = kind) => client.post(`/api/v1/handover/${id}/memo`, { kind, text });

test('E9: doctors who change hands one by one share a plan; predecessor and successor get one task each, with the guidance', async () => {
  await close();
  for (const id of [await newDoctor(), await newDoctor()]) await manager.change('hcp', id, { owner: to_user });
  const [plan, ...others] = await admin.all('handover_plan', { state: 'open' });
  assert.equal(others.length, 0);
  assert.deepEqual([plan.from_user, plan.to_user, plan.doctors, plan.memos_complete, plan.doctors_read, plan.due_on], [from_user, to_user, 2, 0, 0, '2026-12-02']);
  const [session, ...sessions] = await tasksOf(mr1, 'handover_write');
  const [reading, ...readings] = await tasksOf(mr2, 'handover_read');
  assert.deepEqual([sessions.length, readings.length], [0, 0]);
  assert.match(session.subject, /^前任者との30分引き継ぎセッション/);
  assert.match(session.body, /各医師の『刺さった言語フレーム・禁忌トピック・関係のキーとなった体験』を\s*ナラティブメモに全件追記してから離任/);
  assert.equal(reading.subject, '先阅读所接手老师的记录（每次50位），再设计首次拜访');
  assert.match(reading.body, /^您从.+处接手。/);
});

test('E9: the predecessor writes what is missing for a doctor who is no longer theirs; the successor reads; the plan completes itself', async () => {
  await close();
  const hcp = await newDoctor({ ...tierA, next_action: '院内勉強会の案内' });
  await manager.change('hcp', hcp, { owner: to_user });
  const [work] = await mr1.all('handover', { hcp });
  assert.deepEqual([work.missing, work.memo_complete, work.read_at, work.doctor.includes('引継')], [['resonated', 'taboo', 'moment'], false, null, true]);
  await mr1.refused(404, 'GET', `/api/v1/hcp/${hcp}`);
  const first = await write(mr1, work.id, 'taboo', '競合の副作用の話はしない');
  assert.deepEqual([first.status, first.body.missing], [201, ['resonated', 'moment']]);
  await write(mr1, work.id, 'resonated');
  assert.deepEqual(await progress(work.plan), ['open', 1, 0, 0]);
  const last = await write(mr1, work.id, 'moment');
  assert.deepEqual([last.body.missing, last.body.memo_complete], [null, true]);
  assert.ok(last.body.memo_completed_at);
  assert.deepEqual(await progress(work.plan), ['open', 1, 1, 0]);
  const [memo] = await mr2.all('memo', { hcp, kind: 'taboo' });
  assert.deepEqual([memo.by, memo.text], [from_user, '競合の副作用の話はしない'], 'in the predecessor’s name');
  const read = await mr2.post(`/api/v1/handover/${work.id}/read`, {});
  assert.ok(read.body.read_at);
  assert.deepEqual(await progress(work.plan), ['completed', 1, 1, 1]);
  const [proposal, ...others] = (await tasksOf(mr2, 'first_visit')).filter((task) => task.hcp === hcp);
  assert.equal(others.length, 0);
  assert.ok(proposal.body.includes('院内勉強会の案内'), 'the first visit is proposed from what was known');
  const again = await mr2.post(`/api/v1/handover/${work.id}/read`, {});
  assert.equal(again.body.version, read.body.version, 'reading twice changes nothing');
});

test('E9: the pack holds what the successor must know, for the two people and nobody else', async () => {
  await close();
  const { id: hco } = await admin.create('hco', { name: '引継病院' });
  const hcp = await newDoctor({ primary_hco: hco, temperature: 'favorable' });
  await mr1.create('visit', {
    hcp, temperature: 'skeptical', signs: ['cooler'], memos: [{ kind: 'taboo', text: '価格の話' }],
    promises: [{ deliverable: '腎機能別の用量表', due_at: '2026-12-01T18:00:00+09:00' }],
  });
  const plan = await manager.create('handover_plan', { from_user, to_user, effective_on: '2026-12-01', handovers: [hcp] });
  const [work] = await mr2.all('handover', { plan: plan.id });
  assert.ok(work, 'the successor sees the handover before the doctor is theirs');
  await mr2.refused(404, 'GET', `/api/v1/hcp/${hcp}`);
  for (const client of [mr1, mr2, manager]) {
    const pack = await client.read(`/api/v1/handover/${work.id}/pack`);
    assert.deepEqual([pack.hcp.id, pack.hcp.temperature, pack.hcp.institution], [hcp, 'skeptical', '引継病院']);
    assert.deepEqual(pack.memos.items.map((memo) => [memo.kind, memo.text]), [['taboo', '価格の話']]);
    assert.deepEqual(pack.promises.items.map((promise) => promise.deliverable), ['腎機能別の用量表']);
    assert.deepEqual(pack.readings.items.map((reading) => reading.value), ['skeptical', 'favorable']);
    assert.deepEqual([pack.signs.items.length, pack.visits.items.length], [1, 1]);
  }
  await service.as('mr3').refused(404, 'GET', `/api/v1/handover/${work.id}/pack`);
  await service.as('mr3').refused(404, 'POST', `/api/v1/handover/${work.id}/read`, { body: {} });
  await mr2.refused(403, 'POST', `/api/v1/handover/${work.id}/memo`, { body: { kind: 'taboo', text: 'x' } });
  await mr1.refused(403, 'POST', `/api/v1/handover/${work.id}/read`, { body: {} });
});

test('E9, X11: the pack is one sheet of A4 in the reader’s language, for the same people', async () => {
  await close();
  const hcp = await newDoctor({ temperature: 'favorable', next_action: '勉強会' });
  for (let number = 0; number < 40; number += 1) await admin.create('memo', { hcp, kind: 'story', text: `長い経緯その${number}。`.repeat(60) });
  await admin.create('memo', { hcp, kind: 'taboo', text: '価格の話<b>' });
  const plan = await manager.create('handover_plan', { from_user, to_user, effective_on: '2026-12-01', handovers: [hcp] });
  const [work] = await mr2.all('handover', { plan: plan.id });
  for (const [login, never] of [['mr1', '決して触れないこと'], ['mr2', '绝不能提起']]) {
    const answer = await fetch(`${service.origin}/api/v1/handover/${work.id}/pack.pdf`, { headers: { authorization: `Bearer ${service.users[login].token}` } });
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/pdf']);
    const pdf = Buffer.from(await answer.arrayBuffer());
    const tool = (name, ...options) => execFileSync(name, options, { input: pdf, encoding: 'utf8' });
    assert.match(tool('pdfinfo', '-'), /Pages:\s+1\n[^]*\(A4\)/);
    const text = tool('pdftotext', '-', '-');
    for (const part of [never, '価格の話<b>', '勉強会', '引継', '長い経緯その']) assert.ok(text.includes(part), part);
  }
  await service.as('mr3').refused(404, 'GET', `/api/v1/handover/${work.id}/pack.pdf`);
});

const promised = (values) => mr1.create('promise', { deliverable: '用量表', due_at: '2026-12-20T18:00:00+09:00', ...values });
const ownersOf = (promises) => Promise.all(promises.map(async ({ id }) => (await admin.read(`/api/v1/promise/${id}`)).owner));

test('E9: open promises become the successor’s when the handover is completed, each with its entry in the journal', async () => {
  await close();
  const hcp = await newDoctor();
  const open = await promised({ hcp });
  const kept = await promised({ hcp, state: 'delivered' });
  await manager.change('hcp', hcp, { owner: to_user });
  const [work] = await mr1.all('handover', { hcp });
  assert.deepEqual(await ownersOf([open, kept]), [from_user, from_user], 'not before');
  assert.equal((await mr2.read(`/api/v1/handover/${work.id}/pack`)).promises_pass, 'when_complete');
  for (const kind of ['taboo', 'resonated', 'moment']) await write(mr1, work.id, kind);
  await mr2.post(`/api/v1/handover/${work.id}/read`, {});
  assert.equal((await planOf(work.plan)).state, 'completed');
  assert.deepEqual(await ownersOf([open, kept]), [to_user, from_user], 'what was kept stays with who kept it');
  const { items } = await admin.read(`/api/v1/journal?object=promise&id=${open.id}`);
  const entry = items.find(({ changes }) => changes?.owner);
  assert.deepEqual([entry.changes.owner.from, entry.changes.owner.to], [from_user, to_user]);
  const name = (await admin.read(`/api/v1/user/${to_user}`)).name;
  assert.ok(entry.reason.includes(name), `${entry.reason} names the plan`);
});

test('E9: open promises pass with each doctor, or stay, where the plan says so', async () => {
  await close();
  for (const [promises, owner] of [['at_once', to_user], ['stay', from_user]]) {
    const hcp = await newDoctor();
    const promise = await promised({ hcp });
    const { body } = await manager.post('/api/v1/handover_plan/start', { to_user, promises, ids: [hcp] });
    assert.deepEqual(await ownersOf([promise]), [owner], promises);
    await manager.change('handover_plan', body.plans[0].id, { state: 'completed' });
    assert.deepEqual(await ownersOf([promise]), [owner], promises);
  }
  await manager.refused(422, 'POST', '/api/v1/handover_plan/start', { body: { to_user, promises: 'never', ids: [await newDoctor()] } });
});

test('E9: the pack comes as paper where Accept asks for it, small enough to send', async () => {
  await close();
  const hcp = await newDoctor({ temperature: 'favorable' });
  await admin.create('memo', { hcp, kind: 'taboo', text: '競合製品の副作用と価格の話は避け、患者さんの生活の質から始める' });
  await manager.create('handover_plan', { from_user, to_user, effective_on: '2026-12-01', handovers: [hcp] });
  const [work] = await mr2.all('handover', { hcp });
  const ask = (accept) => fetch(`${service.origin}/api/v1/handover/${work.id}/pack`, { headers: { accept, authorization: `Bearer ${service.users.mr1.token}` } });
  for (const accept of ['application/pdf', 'application/json;q=0.5, application/pdf', 'application/pdf;q=0.9, */*;q=0.1']) {
    const answer = await ask(accept);
    assert.deepEqual([answer.status, answer.headers.get('content-type'), answer.headers.get('vary')], [200, 'application/pdf', 'Accept'], accept);
    const { byteLength } = await answer.arrayBuffer();
    assert.ok(byteLength < 250_000, `${byteLength} bytes`);
  }
  for (const accept of ['*/*', 'application/json', 'application/pdf;q=0', 'application/pdf;q=0.2, application/json']) {
    assert.match((await ask(accept)).headers.get('content-type'), /^application\/json/, accept);
  }
});

test('E9: a plan with a day changes hands on that day, once, and opens no second handover', async () => {
  await close();
  const doctors = [await newDoctor(), await newDoctor(), await newDoctor()];
  const plan = await manager.create('handover_plan', { from_user, to_user, effective_on: '2026-12-01', handovers: doctors });
  const owners = async () => Promise.all(doctors.map(async (id) => (await admin.read(`/api/v1/hcp/${id}`)).owner));
  assert.deepEqual(await owners(), [from_user, from_user, from_user]);
  await tick('2026-11-30T08:00:00+09:00');
  assert.deepEqual(await owners(), [from_user, from_user, from_user]);
  await tick('2026-12-01T08:00:00+09:00');
  assert.deepEqual(await owners(), [to_user, to_user, to_user]);
  await tick('2026-12-02T08:00:00+09:00');
  assert.equal((await admin.all('handover', { plan: plan.id })).length, 3);
  assert.deepEqual(await progress(plan.id), ['open', 3, 0, 0]);
});

test('E9: each 50 doctors are one reading task', async () => {
  await close();
  const before = (await tasksOf(mr2, 'handover_read')).length;
  const doctors = [];
  for (let number = 0; number < 101; number += 1) doctors.push(await newDoctor());
  const plan = await manager.create('handover_plan', { from_user, to_user, handovers: doctors });
  assert.equal((await tasksOf(mr2, 'handover_read')).length - before, 3);
  assert.equal((await planOf(plan.id)).doctors, 101);
  assert.equal((await admin.all('hcp', { owner: to_user })).filter((doctor) => doctors.includes(doctor.id)).length, 101);
});

test('E9: a departure is not complete until the memos on tier A are; then a manager may close it', async () => {
  await close();
  const [important, other] = [await newDoctor(tierA), await newDoctor()];
  const plan = await manager.create('handover_plan', { from_user, to_user, handovers: [important, other] });
  const problem = await manager.refused(422, 'PATCH', `/api/v1/handover_plan/${plan.id}`, { body: { state: 'completed' } });
  assert.deepEqual(codesOf(problem), { '/state': 'handover_tier_a' });
  const [work] = await mr1.all('handover', { hcp: important });
  await mr1.change('handover', work.id, { memo_complete: true });
  await manager.change('handover_plan', plan.id, { state: 'completed' });
  assert.deepEqual(await progress(plan.id), ['completed', 2, 1, 0]);
  const over = await mr1.refused(409, 'POST', `/api/v1/handover/${work.id}/memo`, { body: { kind: 'taboo', text: 'x' } });
  assert.deepEqual(codesOf(over), { '': 'handover_over' });
});

test('E9: what is overdue goes to the managers, once', async () => {
  await close();
  for (const user of [from_user, to_user]) await admin.change('user', user, { manager: service.user('manager1') });
  const hcp = await newDoctor();
  await manager.create('handover_plan', { from_user, to_user, due_on: '2026-12-10', handovers: [hcp] });
  const counts = async () => {
    const tasks = await admin.all('task');
    return ['rule:handover_late', 'rule:handover_unread'].map((source) => tasks.filter((task) => task.source === source).length);
  };
  const before = await counts();
  const added = async () => (await counts()).map((number, index) => number - before[index]);
  await tick('2026-12-10T08:00:00+09:00');
  assert.equal((await added())[0], 0);
  for (const day of ['2026-12-11', '2026-12-12', '2026-12-30']) await tick(`${day}T08:00:00+09:00`);
  assert.deepEqual(await added(), [1, 1]);
});

test('E9: the way over nobody is no way around the handover; coming back is none', async () => {
  await close();
  const hcp = await newDoctor();
  await admin.change('hcp', hcp, { owner: null });
  assert.equal((await admin.all('handover', { hcp })).length, 0);
  await admin.change('hcp', hcp, { owner: from_user });
  assert.equal((await admin.all('handover', { hcp })).length, 0);
  await admin.change('hcp', hcp, { owner: null });
  await admin.change('hcp', hcp, { owner: to_user });
  const [work] = await admin.all('handover', { hcp });
  assert.deepEqual([work.from_user, work.to_user], [from_user, to_user]);
});

test('E9: who does not look after a doctor cannot hand over; nobody hands over to themselves; representatives make no plans', async () => {
  const hcp = await newDoctor({ owner: service.user('mr3') });
  const wrong = await manager.refused(422, 'POST', '/api/v1/handover_plan', { body: { from_user, to_user, handovers: [hcp] } });
  assert.deepEqual(codesOf(wrong), { '/handovers/0/hcp': 'handover_not_responsible' });
  const same = await manager.refused(422, 'POST', '/api/v1/handover_plan', { body: { from_user, to_user: from_user, handovers: [] } });
  assert.deepEqual(codesOf(same), { '/to_user': 'handover_same_person' });
  await mr1.refused(403, 'POST', '/api/v1/handover_plan', { body: { from_user, to_user, handovers: [] } });
});
