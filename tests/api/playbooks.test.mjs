// Playbooks (V10, V11, V14–V16): steps come due exactly when they should, whoever and whatever moves a run on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');
const START = '2026-11-18T08:00:00+09:00';
const HELD = '2026-11-17T15:20:00+09:00';
const iso = (text) => new Date(text).toISOString();

async function tick(now) {
  const { code, out, error } = await service.ondo(['tick'], { now });
  assert.equal(code, 0, error);
  return Number(/(\d+) acted/.exec(out)[1]);
}

async function at(now) {
  await service.stop();
  await service.start({ now });
}

const shown = (hcp, as = mr) => as.expect(200, 'GET', `/api/v1/hcp/${hcp}/playbooks`).then(({ body }) => body);
const runOf = async (hcp, playbook) => (await shown(hcp)).runs.find((run) => run.playbook === playbook);
const tasksOf = (hcp, playbook) => admin.all('task', { hcp }).then((tasks) => tasks.filter((task) => task.source === `playbook:${playbook}`));
const due = (run) => run.steps.map(({ step, due_at: at_ }) => [step, at_]);
const states = (run) => run.steps.map(({ step, state }) => `${step} ${state}`);

/** A doctor whom somebody has known for long, so that the rhythm for new customers does not mix in. */
async function doctor(values = {}) {
  const { id } = await mr.create('hcp', { family_name: '林', given_name: '静', ...values });
  return id;
}

async function asked(style, topic, heldAt = HELD) {
  const hcp = await doctor({ style });
  const visit = await mr.create('visit', { hcp, held_at: heldAt, topics: [topic] });
  return { hcp, visit, topic: (await mr.all('topic', { visit: visit.id }))[0] };
}

test('V14: academic: 48 h data, 7 d review, 15 d webinar, exactly after the visit at which the question was asked', async () => {
  const { hcp, topic } = await asked('academic', { kind: 'question', text: 'PD-1の脳転移のデータは?' });
  const run = await runOf(hcp, 'academic');
  assert.deepEqual(due(run), [
    ['data', iso('2026-11-19T15:20:00+09:00')], ['review', iso('2026-11-24T15:20:00+09:00')], ['webinar', iso('2026-12-02T15:20:00+09:00')],
  ]);
  assert.deepEqual([run.topic.id, run.origin, run.started_at], [topic.id, 'rule:start_academic', iso(HELD)]);
  assert.deepEqual(states(run), ['data open', 'review open', 'webinar planned']);
  const tasks = await tasksOf(hcp, 'academic');
  assert.deepEqual(tasks.map((task) => [task.due_at, task.owner]).sort(), [
    [iso('2026-11-19T15:20:00+09:00'), service.user('mr1')], [iso('2026-11-24T15:20:00+09:00'), service.user('mr1')],
  ]);
  assert.match(tasks.find((task) => task.due_at.startsWith('2026-11-19')).body, /サブグループ解析.*PD-1の脳転移のデータは\?/su);
  await tick('2026-11-27T15:19:00+09:00');
  assert.equal((await tasksOf(hcp, 'academic')).length, 2, 'five days ahead, and not a minute earlier');
  await tick('2026-11-27T15:20:00+09:00');
  assert.equal((await tasksOf(hcp, 'academic')).length, 3);
  assert.equal(await tick('2026-11-27T16:00:00+09:00'), 0, 'again is nothing');
  assert.equal((await tasksOf(hcp, 'academic')).length, 3);
});

test('V14: stops when the question has been answered: open tasks are dismissed, what is done stays done', async () => {
  const { hcp, topic } = await asked('academic', { kind: 'question', text: '長期成績は?' });
  const [first] = (await tasksOf(hcp, 'academic')).sort((a, b) => a.due_at.localeCompare(b.due_at));
  await mr.change('task', first.id, { state: 'done' });
  await mr.change('topic', topic.id, { state: 'answered' });
  const run = await runOf(hcp, 'academic');
  assert.deepEqual([run.state, run.stop, run.stop_reason], ['stopped', 'answered', '質問に回答済み']);
  assert.deepEqual(states(run), ['data done', 'review stopped', 'webinar stopped']);
  assert.deepEqual((await tasksOf(hcp, 'academic')).map((task) => task.state).sort(), ['dismissed', 'done']);
});

test('V14: never twice at once for one doctor, and again after the first has ended', async () => {
  const { hcp, topic } = await asked('academic', { kind: 'question', text: '一つ目' });
  await mr.create('visit', { hcp, topics: [{ kind: 'interest', text: '二つ目' }, { kind: 'question', text: '三つ目' }] });
  assert.equal((await shown(hcp)).runs.filter((run) => run.playbook === 'academic').length, 1);
  await mr.change('topic', topic.id, { state: 'answered' });
  await mr.create('visit', { hcp, topics: [{ kind: 'question', text: '四つ目' }] });
  assert.deepEqual((await shown(hcp)).runs.filter((run) => run.playbook === 'academic').map((run) => run.state), ['running', 'stopped']);
});

test('V14: a doctor of another style, an old visit and an answered question start nothing', async () => {
  const other = await asked('hesitant', { kind: 'interest', text: '作用機序' });
  const old = await asked('academic', { kind: 'question', text: '古い質問' }, '2026-11-10T10:00:00+09:00');
  const answered = await asked('academic', { kind: 'question', text: '答えた質問', state: 'answered' });
  for (const { hcp } of [other, old, answered]) assert.equal(await runOf(hcp, 'academic'), undefined);
});

test('V15: administrative: 24 h template, 3 d process, the message of 10 working days with the next contact', async () => {
  const { hcp } = await asked('administrative', { kind: 'request', text: '採用の手続きを簡単にしたい' });
  let run = await runOf(hcp, 'administrative');
  assert.deepEqual(due(run), [
    ['template', iso('2026-11-18T15:20:00+09:00')], ['process', iso('2026-11-20T15:20:00+09:00')], ['ten_days', null],
  ]);
  assert.match((await tasksOf(hcp, 'administrative')).map((task) => task.body).join(' '), /10営業日/u);
  const plan = await mr.create('visit', { hcp, state: 'planned', planned_at: '2026-11-25T10:00:00+09:00' });
  run = await runOf(hcp, 'administrative');
  assert.equal(run.steps[2].due_at, iso('2026-11-25T10:00:00+09:00'), 'due with the contact that is planned');
  assert.ok((await tasksOf(hcp, 'administrative')).some((task) => task.due_at === iso('2026-11-25T10:00:00+09:00')));
  await mr.change('visit', plan.id, { state: 'cancelled' });
  assert.equal((await runOf(hcp, 'administrative')).steps[2].due_at, null, 'and no longer when that is cancelled');
});

test('V16: hesitant: 3 d comparison, 1 w peer experience, the safety handbook with the next contact; stops when prescribing begins', async () => {
  const { hcp } = await asked('hesitant', { kind: 'objection', text: '低血糖が心配' });
  let run = await runOf(hcp, 'hesitant');
  assert.deepEqual(due(run), [
    ['comparison', iso('2026-11-20T15:20:00+09:00')], ['peer', iso('2026-11-24T15:20:00+09:00')], ['handbook', null],
  ]);
  assert.deepEqual(states(run), ['comparison open', 'peer open', 'handbook open']);
  assert.match((await tasksOf(hcp, 'hesitant')).map((task) => task.body).join(' '), /プライバシーの保護/u);
  await mr.create('visit', { hcp, held_at: '2026-11-18T07:30:00+09:00' });
  assert.equal((await runOf(hcp, 'hesitant')).steps[2].due_at, iso('2026-11-18T07:30:00+09:00'), 'due with the contact that was held');
  await mr.change('hcp', hcp, { prescribing: 'secondary' });
  run = await runOf(hcp, 'hesitant');
  assert.deepEqual([run.state, run.stop], ['stopped', 'prescribes']);
});

test('V16: all steps settled end the run; a dismissed task is a step skipped', async () => {
  const { hcp } = await asked('hesitant', { kind: 'objection', text: '副作用' });
  const tasks = await tasksOf(hcp, 'hesitant');
  for (const [index, task] of tasks.entries()) await mr.change('task', task.id, { state: index ? 'done' : 'dismissed' });
  const run = await runOf(hcp, 'hesitant');
  assert.equal(run.state, 'ended');
  assert.deepEqual(run.steps.map((step) => step.state).sort(), ['done', 'done', 'skipped']);
});

test('V10: new customer: within 3 days, after 1 and 2 weeks; each contact settles one, three contacts end it', async () => {
  const hcp = await doctor();
  const first = await mr.create('visit', { hcp, held_at: HELD });
  let run = await runOf(hcp, 'new_customer');
  assert.deepEqual(due(run), [
    ['questions', iso('2026-11-20T15:20:00+09:00')], ['proposal', iso('2026-11-24T15:20:00+09:00')], ['agreement', iso('2026-12-01T15:20:00+09:00')],
  ]);
  await mr.change('visit', first.id, { discussion: '詳しく書き足した' });
  assert.deepEqual(states(await runOf(hcp, 'new_customer')), ['questions open', 'proposal planned', 'agreement planned'], 'the first contact is not its own follow-up');
  await at('2026-11-19T08:00:00+09:00');
  const second = await mr.create('visit', { hcp, channel: 'phone', held_at: '2026-11-18T17:00:00+09:00' });
  await mr.change('visit', second.id, { state: 'signed' });
  run = await runOf(hcp, 'new_customer');
  assert.deepEqual([run.steps[0].state, run.steps[0].visit], ['done', second.id]);
  assert.deepEqual((await tasksOf(hcp, 'new_customer')).map((task) => task.state), ['done']);
  await tick('2026-11-21T15:20:00+09:00');
  assert.deepEqual(states(await runOf(hcp, 'new_customer')), ['questions done', 'proposal open', 'agreement planned']);
  await at('2026-11-24T12:00:00+09:00');
  await mr.create('visit', { hcp, held_at: '2026-11-24T11:00:00+09:00' });
  run = await runOf(hcp, 'new_customer');
  assert.deepEqual([run.state, run.stop], ['stopped', 'three_contacts']);
  assert.deepEqual(states(run), ['questions done', 'proposal done', 'agreement stopped']);
  await at(START);
});

test('V10: a file of old visits starts no rhythm', async () => {
  const hcp = await doctor();
  await mr.create('visit', { hcp, held_at: '2026-08-03T10:00:00+09:00' });
  assert.equal(await runOf(hcp, 'new_customer'), undefined);
});

test('V11: from the sixth month on: news every month, support every quarter, one round at a time', async () => {
  const hcp = await doctor({ kind: 'doctor' });
  await mr.create('visit', { hcp, held_at: '2026-06-01T10:00:00+09:00' });
  const nurse = await doctor({ kind: 'nurse' });
  await mr.create('visit', { hcp: nurse, held_at: '2026-06-01T10:00:00+09:00' });
  await tick('2026-11-27T09:00:00+09:00');
  assert.equal(await runOf(hcp, 'long_standing'), undefined, '179 days');
  await tick('2026-11-28T09:00:00+09:00');
  const { steps: [news, support] } = await runOf(hcp, 'long_standing');
  assert.equal(await runOf(nurse, 'long_standing'), undefined);
  const days = (instant) => Math.floor((Date.parse(instant) - Date.parse('2026-11-28T09:00:00+09:00')) / 86400000);
  assert.ok(days(news.due_at) >= 2 && days(news.due_at) < 30, news.due_at);
  assert.ok(days(support.due_at) >= 30 && days(support.due_at) < 90, support.due_at);
  const before = new Date(Date.parse(news.due_at) - 7 * 86400000).toISOString();
  await tick(before);
  const task = (await tasksOf(hcp, 'long_standing')).find((each) => each.due_at === news.due_at);
  assert.ok(task, 'seven days ahead');
  const late = new Date(Date.parse(news.due_at) + 40 * 86400000).toISOString();
  await tick(late);
  assert.equal((await tasksOf(hcp, 'long_standing')).filter((each) => each.due_at === news.due_at).length, 1, 'no second round while one is open');
  await at(late);
  await mr.change('task', task.id, { state: 'done' });
  const again = (await runOf(hcp, 'long_standing')).steps.filter(({ step }) => step === 'news');
  assert.deepEqual(again.map(({ round, state }) => [round, state]), [[1, 'done'], [2, 'planned']]);
  const [year, month, day] = news.due_at.split('T')[0].split('-').map(Number);
  const last = new Date(Date.UTC(year, month + 2, 0)).getUTCDate();
  const expected = new Date(Date.UTC(year, month + 1, Math.min(day, last))).toISOString().slice(0, 10);
  assert.equal(again[1].due_at, `${expected}T${news.due_at.split('T')[1]}`, 'the next month that is still to come, on the same day at the same hour');
  await at(START);
});

test('playbooks by hand: a preview with dates writes nothing, a start does, twice is refused, a stop needs a reason', async () => {
  const hcp = await doctor({ style: 'hesitant' });
  const path = `/api/v1/hcp/${hcp}/playbooks`;
  const preview = (await mr.expect(200, 'POST', path, { body: { playbook: 'hesitant', preview: true } })).body;
  const now = Date.parse(preview.steps[0].due_at) - 3 * 86400000;
  assert.ok(Math.abs(now - Date.parse(START)) < 600000, preview.steps[0].due_at);
  assert.deepEqual(due(preview), [['comparison', preview.steps[0].due_at], ['peer', new Date(now + 7 * 86400000).toISOString()], ['handbook', null]]);
  assert.equal((await shown(hcp)).runs.length, 0);
  const { available } = await shown(hcp);
  assert.deepEqual(available.filter((each) => each.suits).map((each) => each.playbook).sort(), ['hesitant', 'new_customer']);
  const run = (await mr.expect(201, 'POST', path, { body: { playbook: 'hesitant' } })).body;
  assert.deepEqual([run.origin, run.started_by.id, run.state], ['hand', service.user('mr1'), 'running']);
  const refused = (await mr.expect(409, 'POST', path, { body: { playbook: 'hesitant' } })).body;
  assert.equal(refused.errors[0].code, 'playbook_running');
  await mr.expect(422, 'POST', `/api/v1/playbook_run/${run.id}/stop`, { body: { reason: ' ' } });
  const stopped = (await mr.expect(200, 'POST', `/api/v1/playbook_run/${run.id}/stop`, { body: { reason: '転勤された' } })).body;
  assert.deepEqual([stopped.state, stopped.stop, stopped.stop_reason, stopped.stopped_by.id], ['stopped', 'hand', '転勤された', service.user('mr1')]);
  await mr.expect(409, 'POST', `/api/v1/playbook_run/${run.id}/stop`, { body: { reason: 'もう一度' } });
  await mr.expect(422, 'POST', path, { body: { playbook: 'nothing' } });
});

test('playbooks: what has nothing to do is not started by hand either; others may neither see nor start', async () => {
  const hcp = await doctor({ style: 'hesitant', prescribing: 'main' });
  const over = (await mr.expect(409, 'POST', `/api/v1/hcp/${hcp}/playbooks`, { body: { playbook: 'hesitant', preview: true } })).body;
  assert.equal(over.errors[0].code, 'playbook_over');
  await service.as('mr2').expect(404, 'GET', `/api/v1/hcp/${hcp}/playbooks`);
  await service.as('mr2').expect(404, 'POST', `/api/v1/hcp/${hcp}/playbooks`, { body: { playbook: 'academic' } });
  assert.equal((await mr.send('POST', '/api/v1/playbook_run', { body: { hcp, playbook: 'hesitant' } })).status, 403);
});

test('playbooks: another responsible person takes over the open steps, in their own time zone from then on', async () => {
  const { hcp } = await asked('hesitant', { kind: 'objection', text: '心配' });
  await admin.change('hcp', hcp, { owner: service.user('mr2') });
  const tasks = await tasksOf(hcp, 'hesitant');
  assert.deepEqual([...new Set(tasks.map((task) => task.owner))], [service.user('mr2')]);
  const run = (await shown(hcp, service.as('mr2'))).runs.find((each) => each.playbook === 'hesitant');
  assert.deepEqual([...new Set(run.steps.map((step) => step.owner.id))], [service.user('mr2')]);
});

test('playbooks: a deleted doctor has nothing under way', async () => {
  const { hcp } = await asked('hesitant', { kind: 'objection', text: '心配' });
  const [task] = await tasksOf(hcp, 'hesitant');
  await admin.expect(204, 'DELETE', `/api/v1/hcp/${hcp}`);
  const [run] = await admin.all('playbook_run', { hcp, playbook: 'hesitant' });
  assert.deepEqual([run.state, run.stop], ['stopped', 'gone']);
  assert.equal((await admin.expect(200, 'GET', `/api/v1/task/${task.id}`)).body.state, 'dismissed');
});

test('playbooks: a run goes on by the version that it began with', async () => {
  const { hcp } = await asked('academic', { kind: 'question', text: '版' });
  const path = '/api/v1/definition/playbooks/academic';
  const { body } = (await admin.expect(200, 'GET', path)).body;
  const changed = structuredClone(body);
  changed.steps = [changed.steps[0]];
  changed.steps[0].after = { hours: 12 };
  await admin.expect(200, 'PUT', path, { body: { body: changed, note: 'shorter' } });
  const later = await asked('academic', { kind: 'question', text: '新しい版' });
  assert.deepEqual(due(await runOf(later.hcp, 'academic')), [['data', iso('2026-11-18T03:20:00+09:00')]]);
  const old = await runOf(hcp, 'academic');
  assert.deepEqual([old.steps.length, old.earlier_version, old.steps[2].label], [3, true, 'Webセミナーのご案内']);
  await tick('2026-11-27T15:20:00+09:00');
  assert.equal((await runOf(hcp, 'academic')).steps[2].state, 'open');
});

test('playbooks: a run is moved to a newer version: done and open steps stay, what is to come goes by the new one; each in their scope', async () => {
  const path = '/api/v1/definition/playbooks/academic';
  const { body } = (await admin.expect(200, 'GET', path)).body;
  const three = structuredClone(body);
  const [data] = three.steps;
  three.steps = [data, { ...structuredClone(data), step: 'webinar', after: { days: 15 }, ahead: { days: 5 } }, { ...structuredClone(data), step: 'old', after: { days: 20 }, ahead: { days: 1 } }];
  await admin.expect(200, 'PUT', path, { body: { body: three, note: 'three' } });
  const { hcp } = await asked('academic', { kind: 'question', text: '移す' });
  const other = await asked('academic', { kind: 'question', text: '移す 二' });
  const [task] = await tasksOf(hcp, 'academic');
  await mr.change('task', task.id, { state: 'done' });
  const before = await runOf(hcp, 'academic');
  assert.equal(before.earlier_version, false);
  const newer = structuredClone(three);
  newer.steps = [newer.steps[0], { ...newer.steps[1], after: { days: 30 } }, { ...structuredClone(data), step: 'call', after: { days: 3 } }];
  await admin.expect(200, 'PUT', path, { body: { body: newer, note: 'newer' } });

  const { items } = (await mr.expect(200, 'GET', '/api/v1/playbook-versions')).body;
  const version = items.find((item) => item.runs.some((run) => run.id === before.id));
  assert.deepEqual([version.playbook, version.count], ['academic', 2]);
  assert.equal((await service.as('mr2').expect(200, 'GET', '/api/v1/playbook-versions')).body.items.some((item) => item.plan === version.plan), false);
  await service.as('mr2').expect(404, 'POST', `/api/v1/playbook_run/${before.id}/move`, { body: {} });

  const move = (more) => mr.expect(200, 'POST', `/api/v1/playbook_run/${before.id}/move`, { body: more }).then((answer) => answer.body.steps);
  const foretold = await move({ preview: true });
  assert.deepEqual(foretold.map((step) => [step.step, step.move, step.due_after]), [
    ['data', 'stays', before.steps[0].due_at], ['webinar', 'redated', iso('2026-12-17T15:20:00+09:00')], ['old', 'dropped', null],
    ['call', 'added', iso('2026-11-20T15:20:00+09:00')],
  ]);
  assert.deepEqual(states(await runOf(hcp, 'academic')), states(before), 'a preview changes nothing');
  assert.deepEqual(await move({}), foretold, 'what was seen is what happens');
  const after = await runOf(hcp, 'academic');
  assert.deepEqual(states(after).sort(), ['call open', 'data done', 'old stopped', 'webinar planned']);
  assert.deepEqual([after.earlier_version, after.version], [false, before.version + 1]);
  const said = (await mr.refused(409, 'POST', `/api/v1/playbook_run/${before.id}/move`, { body: {} })).errors[0].code;
  assert.equal(said, 'playbook_current');
  const journal = (await admin.read(`/api/v1/playbook_run/${before.id}/history`)).items;
  assert.ok(journal.some((entry) => JSON.stringify(entry.changes ?? '').includes('"plan"') && entry.action === 'update'), 'the move stands in the journal');

  const all = (await admin.expect(200, 'POST', '/api/v1/playbook-versions', { body: { plan: version.plan } })).body;
  assert.deepEqual(all, { moved: 1, kept: 0, left: 0 });
  assert.equal((await runOf(other.hcp, 'academic')).earlier_version, false);
});

test('playbooks: what does not fit is refused with its place', async () => {
  const path = '/api/v1/definition/playbooks/hesitant';
  const { body } = (await admin.expect(200, 'GET', path)).body;
  const wrong = structuredClone(body);
  wrong.steps[0].after = { hours: 3, days: 1 };
  wrong.steps[1].owner = { var: 'hcp.nothing' };
  wrong.stops[0].condition = { '==': [{ var: 'nothing' }, 1] };
  const refused = (await admin.expect(422, 'PUT', path, { body: { body: wrong } })).body;
  const pointers = refused.errors.map((error) => error.pointer ?? error.path);
  assert.equal(refused.errors.length, 3, JSON.stringify(refused.errors));
  assert.ok(pointers.every((pointer) => /steps\/0|steps\/1|stops\/0/u.test(pointer)), JSON.stringify(pointers));
});
