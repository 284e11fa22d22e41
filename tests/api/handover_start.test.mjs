// Starting a handover for one doctor, a list, a whole territory (E9, X11), and working through its doctors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const manager = service.as('manager1');
const [mr1, mr2] = [service.as('mr1'), service.as('mr2')];
const [from, to, third] = [service.user('mr1'), service.user('mr2'), service.user('mr3')];

let count = 0;
const newDoctor = (values = {}) => {
  count += 1;
  return admin.create('hcp', { family_name: `開始${count}`, given_name: '医師', owner: from, ...values }).then((doctor) => doctor.id);
};
// 40 for the volume, 20 for leading, 10 for the influence: tier A by the score `potential`.
const ofTierA = { prescribing: 'main', kol: true, influence_on_doctors: 'high' };
const ask = async (client, what, body, parameters = '') =>
  (await client.expect(200, 'POST', `/api/v1/handover_plan/${what}${parameters}`, { body })).body;
const ownedBy = (owner) => `?filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'owner' }, owner] }))}`;

test('E9: a preview tells how many go from whom, what is missing, and whom it leaves out and why; it changes nothing', async () => {
  const ready = await newDoctor(ofTierA);
  for (const kind of ['resonated', 'taboo', 'moment']) await admin.create('memo', { hcp: ready, kind, text: kind });
  const open = await newDoctor(ofTierA);
  await admin.create('promise', { hcp: open, owner: from, deliverable: '用量の資料', due_at: '2026-12-01T18:00:00+09:00' });
  const theirs = await newDoctor({ owner: to });
  const nobodys = await newDoctor({ owner: null });
  const others = await newDoctor({ owner: third });
  const body = { to_user: to, ids: [ready, open, theirs, nobodys, others, ready] };
  const seen = await ask(admin, 'preview', body);
  const plans = Object.fromEntries(seen.plans.map((plan) => [plan.from_user, plan]));
  assert.equal(seen.plans.length, 2);
  const { doctors, tier_a, incomplete, promises, id } = plans[from];
  assert.deepEqual([doctors, tier_a, incomplete, promises, id], [2, 2, 1, 1, null]);
  assert.equal(plans[third].doctors, 1);
  assert.ok(plans[from].from_name);
  assert.deepEqual(
    seen.left_out.map(({ code, count: left, records }) => [code, left, records.map((record) => record.id)]).sort(),
    [['handover_nobodys', 1, [nobodys]], ['handover_theirs_already', 1, [theirs]]],
  );
  for (const { message } of seen.left_out) assert.match(message, /\s/);
  assert.equal((await admin.all('handover', { hcp: ready })).length, 0);
  assert.equal((await admin.read(`/api/v1/hcp/${ready}`)).owner, from);
});

test('E9: a start makes a plan for each representative; on a later day nobody changes hands yet, and a second start leaves them out', async () => {
  const mine = await newDoctor();
  const others = await newDoctor({ owner: third });
  const body = { to_user: to, effective_on: '2026-12-01', due_on: '2026-11-28', ids: [mine, others] };
  const started = await ask(admin, 'start', body);
  assert.equal(started.plans.length, 2);
  for (const { id, from_user } of started.plans) {
    const plan = await admin.read(`/api/v1/handover_plan/${id}`);
    assert.deepEqual(
      [plan.from_user, plan.to_user, plan.effective_on, plan.due_on, plan.doctors, plan.state],
      [from_user, to, '2026-12-01', '2026-11-28', 1, 'open'],
    );
  }
  assert.equal((await admin.read(`/api/v1/hcp/${mine}`)).owner, from);
  const again = await ask(admin, 'preview', body);
  assert.deepEqual([again.plans, again.left_out.map(({ code, count: left }) => [code, left])], [[], [['handover_under_way', 2]]]);
  const nobody = await admin.refused(422, 'POST', '/api/v1/handover_plan/start', { body });
  assert.deepEqual(codesOf(nobody), { '': 'handover_nobody' });
});

test('E9: a whole territory goes over at once, but those left out of the selection', async () => {
  const kept = await newDoctor();
  const mine = (await admin.all('hcp', { owner: from })).map((doctor) => doctor.id);
  assert.ok(mine.length > 3);
  const body = { to_user: to, all: true, except: [kept] };
  const seen = await ask(manager, 'preview', body, ownedBy(from));
  const started = await ask(manager, 'start', body, ownedBy(from));
  assert.deepEqual(started.plans.map((plan) => [plan.from_user, plan.doctors]), seen.plans.map((plan) => [plan.from_user, plan.doctors]));
  const left = (await admin.all('hcp', { owner: from })).map((doctor) => doctor.id);
  assert.ok(left.includes(kept));
  const { plans: [{ id, doctors }] } = started;
  const work = [];
  let cursor;
  do {
    const page = await mr2.read(`/api/v1/handover_plan/${id}/doctors`, { limit: 5, ...(cursor ? { cursor } : {}) });
    work.push(...page.items);
    cursor = page.next;
  } while (cursor);
  assert.equal(work.length, doctors);
  assert.deepEqual(work.map((item) => item.position), work.map((_, index) => index + 1));
});

test('E9: both people see how each doctor of the plan stands, by position and by what is missing', async () => {
  const { id: hco } = await admin.create('hco', { name: '開始病院' });
  const important = await newDoctor({ ...ofTierA, temperature: 'favorable', primary_hco: hco });
  const other = await newDoctor();
  for (const deliverable of ['用量表', '論文']) {
    await admin.create('promise', { hcp: important, owner: from, deliverable, due_at: '2026-12-01T18:00:00+09:00' });
  }
  const { plans: [plan] } = await ask(manager, 'start', { to_user: to, ids: [important, other] });
  const at = `/api/v1/handover_plan/${plan.id}/doctors`;
  for (const client of [mr1, mr2, manager]) {
    const { items, tier_a_missing } = await client.read(at);
    assert.equal(tier_a_missing, 1, 'what keeps it from being completed, also for who has handed over');
    const now = Object.fromEntries(items.map((item) => [item.hcp, item.now]));
    assert.deepEqual(now[important], { tier: 'A', temperature: 'favorable', institution: '開始病院', promises: 2 });
    assert.deepEqual(now[other], { tier: 'C', temperature: null, institution: null, promises: 0 });
  }
  const [work] = (await mr1.read(at)).items.filter((item) => item.hcp === other);
  for (const kind of ['resonated', 'taboo', 'moment']) await mr1.post(`/api/v1/handover/${work.id}/memo`, { kind, text: kind });
  const missing = await mr1.read(at, { filter: { '==': [{ var: 'memo_complete' }, false] } });
  assert.deepEqual(missing.items.map((item) => item.hcp), [important]);
  assert.deepEqual((await service.as('mr3').read(at)).items, [], 'not theirs');
});

test('E9: who may not make plans starts none; a selection must be said; wrong members and people are refused with their place', async () => {
  const hcp = await newDoctor();
  for (const what of ['preview', 'start']) {
    const path = `/api/v1/handover_plan/${what}`;
    await mr1.refused(403, 'POST', path, { body: { to_user: to, ids: [hcp] } });
    const codes = async (body) => codesOf(await manager.refused(422, 'POST', path, { body }));
    assert.deepEqual(await codes({ to_user: to }), { '': 'bulk_change_which' });
    assert.deepEqual(await codes({ to_user: to, ids: [hcp], owner: from }), { '/owner': 'unknown_field' });
    assert.deepEqual(await codes({ ids: [hcp] }), { '/to_user': 'required' });
    assert.deepEqual(await codes({ to_user: hcp, ids: [hcp] }), { '/to_user': 'reference_missing' });
    assert.deepEqual(await codes({ to_user: to, ids: ['x'] }), { '/ids/0': 'id' });
    assert.deepEqual(await codes({ to_user: to, ids: Array(2001).fill(hcp) }), { '': 'handover_too_many' });
  }
  const bad = await manager.refused(422, 'POST', '/api/v1/handover_plan/start', { body: { to_user: to, effective_on: 'soon', ids: [hcp] } });
  assert.deepEqual(Object.keys(codesOf(bad)), ['/effective_on']);
  assert.equal((await admin.all('handover', { hcp })).length, 0);
});
