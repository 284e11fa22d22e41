// Rules that run as sets, day by day (E8, E10): "ondo tick" with the clock of later days.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');

async function tick(now) {
  const { code, out, error } = await service.ondo(['tick'], { now });
  assert.equal(code, 0, error);
  return Number(/(\d+) acted/.exec(out)[1]);
}

const tasksOf = (filter, rule) => admin.all('task', filter).then((tasks) => tasks.filter((task) => task.source === `rule:${rule}`));
const VISITED = '2026-11-10T10:00:00+09:00';

async function visitedDoctor(temperature, heldAt = VISITED) {
  const { id } = await mr.create('hcp', { family_name: '高橋', given_name: '実', temperature });
  if (heldAt) await mr.create('visit', { hcp: id, held_at: heldAt });
  return id;
}

test('E8: 30 days after the last visit, once for one lapse, and again after a new visit and 30 more days', async () => {
  const warm = await visitedDoctor('favorable');
  const keen = await visitedDoctor('enthusiastic');
  const cool = await visitedDoctor('neutral');
  const never = await visitedDoctor('favorable', null);
  const count = async (hcp) => (await tasksOf({ hcp }, 'keep_warm')).length;
  await tick('2026-12-09T08:00:00+09:00');
  assert.equal(await count(warm), 0, '29 days are not yet 30');
  await tick('2026-12-10T08:00:00+09:00');
  assert.deepEqual([await count(warm), await count(keen), await count(cool), await count(never)], [1, 1, 0, 0]);
  const [task] = await tasksOf({ hcp: warm }, 'keep_warm');
  assert.deepEqual([task.owner, task.subject, task.due_at], [service.user('mr1'), '高橋 実先生 定期接触——関係温度の維持', '2026-12-17T09:00:00.000Z']);
  for (const day of ['2026-12-10T20:00:00+09:00', '2026-12-11T08:00:00+09:00', '2027-01-20T08:00:00+09:00']) await tick(day);
  assert.equal(await count(warm), 1, 'never twice for one lapse');
  await service.stop();
  await service.start({ now: '2027-01-21T08:00:00+09:00' });
  await mr.create('visit', { hcp: warm, held_at: '2027-01-20T10:00:00+09:00' });
  await tick('2027-02-18T08:00:00+09:00');
  assert.equal(await count(warm), 1);
  await tick('2027-02-19T08:00:00+09:00');
  assert.deepEqual([await count(warm), await count(keen)], [2, 1]);
  await tick('2027-02-20T08:00:00+09:00');
  assert.equal(await count(warm), 2);
});

test('E8: who cools down or becomes warm later is looked at on the day', async () => {
  await service.stop();
  await service.start();
  const warmLater = await visitedDoctor('neutral');
  await tick('2026-12-12T08:00:00+09:00');
  assert.equal((await tasksOf({ hcp: warmLater }, 'keep_warm')).length, 0);
  await mr.change('hcp', warmLater, { temperature: 'favorable' });
  await tick('2026-12-13T08:00:00+09:00');
  assert.equal((await tasksOf({ hcp: warmLater }, 'keep_warm')).length, 1);
});

test('E8: a deleted doctor gets no task', async () => {
  const gone = await visitedDoctor('favorable');
  await admin.expect(204, 'DELETE', `/api/v1/hcp/${gone}`);
  await tick('2026-12-14T08:00:00+09:00');
  assert.equal((await tasksOf({ hcp: gone }, 'keep_warm')).length, 0);
});

test('E8: two ticks at once act once', async () => {
  const ids = [];
  for (let count = 0; count < 5; count += 1) ids.push(await visitedDoctor('favorable'));
  await Promise.all([1, 2, 3].map(() => tick('2026-12-15T08:00:00+09:00')));
  for (const hcp of ids) assert.equal((await tasksOf({ hcp }, 'keep_warm')).length, 1);
});

test('E10: a committee within a month gives the institution’s owner a plan, once per committee', async () => {
  const { id: hco } = await admin.create('hco', { name: '南病院', owner: service.user('mr1'), next_committee_on: '2026-12-25' });
  const { id: past } = await admin.create('hco', { name: '済病院', owner: service.user('mr1'), next_committee_on: '2026-11-01' });
  const { id: far } = await admin.create('hco', { name: '遠病院', owner: service.user('mr1'), next_committee_on: '2027-06-01' });
  const { id: nobodys } = await admin.create('hco', { name: '無病院', next_committee_on: '2026-12-25' });
  const count = async (id) => (await tasksOf({ hco: id }, 'plan_for_committee')).length;
  await tick('2026-11-23T08:00:00+09:00');
  assert.equal(await count(hco), 0, '32 days before');
  await tick('2026-11-24T08:00:00+09:00');
  await tick('2026-11-25T08:00:00+09:00');
  assert.deepEqual([await count(hco), await count(past), await count(far), await count(nobodys)], [1, 0, 0, 0]);
  const [task] = await tasksOf({ hco }, 'plan_for_committee');
  assert.equal(task.subject, '南病院 採用委員会に向けた事前活動計画');
  assert.match(task.body, /委員会メンバーとの事前の個別接触、データパッケージの準備、社内医師・MSLとの連携/);
  assert.equal(task.owner, service.user('mr1'));
  await admin.change('hco', hco, { next_committee_on: '2026-12-26' });
  await tick('2026-11-26T08:00:00+09:00');
  assert.equal(await count(hco), 2, 'another date is another committee');
});

test('a server that runs does what is due by itself', async () => {
  const own = await startService();
  const { id: hcp } = await own.as('mr1').create('hcp', { family_name: '自動', temperature: 'favorable' });
  await own.as('mr1').create('visit', { hcp, held_at: '2026-11-10T10:00:00+09:00' });
  await own.stop();
  await own.start({ now: '2026-12-20T08:00:00+09:00' });
  const until = Date.now() + 15000;
  let tasks = [];
  while (!tasks.length && Date.now() < until) {
    await new Promise((done) => { setTimeout(done, 300); });
    tasks = await own.as('mr1').all('task', { hcp });
  }
  assert.equal(tasks.length, 1);
  assert.equal(tasks[0].source, 'rule:keep_warm');
});
