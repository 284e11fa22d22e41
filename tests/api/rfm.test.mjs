// RFM (V19): recency, frequency and value of need in quintiles within the territory, and the plans that follow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');
const DAY = 86400000;
const NOW = Date.parse('2026-11-18T08:00:00+09:00');
const daysAgo = (days) => new Date(NOW - days * DAY).toISOString();
const day = (days) => new Date(NOW + days * DAY).toISOString();
const teamOf = async (login) => (await admin.read(`/api/v1/user/${service.user(login)}`)).team;
const tick = async (now) => {
  const { code, error } = await service.ondo(['tick'], now ? { now } : {});
  assert.equal(code, 0, error);
};
const newDoctor = (name, owner = 'mr1') => admin.create('hcp', { family_name: name, owner: service.user(owner) }).then(({ id }) => id);
const visit = (hcp, days, kinds = []) => admin.create('visit', { hcp, held_at: daysAgo(days), topics: kinds.map((kind) => ({ kind, text: kind })) });
const bandsOf = async (hcp) => (({ rfm_recency: r, rfm_frequency: f, rfm_need: m, rfm_points: sum, rfm }) => [r ?? null, f ?? null, m ?? null, sum ?? null, rfm ?? null])(await admin.read(`/api/v1/hcp/${hcp}`));

const tasksOf = async (source) => (await admin.all('task', {})).filter((task) => task.source.startsWith(`playbook:${source}`));

// Ten doctors of one territory: the first was met yesterday and ten times, the last ten days ago and once.
const doctors = [];
for (let index = 0; index < 10; index += 1) {
  const hcp = await newDoctor(`地域${index}`);
  for (let times = 0; times < 10 - index; times += 1) await visit(hcp, 1 + index + times, times === 0 && index < 4 ? ['need', 'question'] : []);
  doctors.push(hcp);
}
const never = await newDoctor('未面会');
const nobodys = (await admin.create('hcp', { family_name: '担当なし', owner: null })).id;

test('V19: quintiles within the territory, 5 the best; who has nothing stands in band 1, equals share a band', async () => {
  await tick();
  const bands = await Promise.all(doctors.map(bandsOf));
  assert.deepEqual(bands.map(([r]) => r), [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
  assert.deepEqual(bands.map(([, f]) => f), [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
  assert.deepEqual(bands.map(([, , m]) => m), [...Array(4).fill(bands[0][2]), ...Array(6).fill(1)], 'who raised nothing has nothing; four equals share one band');
  for (const [r, f, m, sum, level] of bands) assert.deepEqual([sum, level], [r + f + m, r + f + m >= 12 ? 'high' : r + f + m >= 7 ? 'middle' : 'low']);
  assert.deepEqual(await bandsOf(never), [1, 1, 1, 3, 'low']);
  assert.deepEqual(await bandsOf(nobodys), [null, null, null, null, null], 'whom nobody looks after is not ranked');
  assert.deepEqual([...(await tasksOf('consultant')), ...(await tasksOf('wake_up'))], [], 'what one is from the first day on is no rise and no fall');
  assert.ok((await mr.all('hcp', { rfm: 'high', sort: '-rfm_points' })).some(({ id }) => id === doctors[0]), 'lists filter and sort by it');
});

test('V19: the doctor’s page is told R, F and M with what was measured, by which rule, and which end is the best', async () => {
  const [told] = (await mr.read(`/api/v1/hcp/${doctors[1]}/ranking`)).items;
  assert.deepEqual([told.ranking, told.applies, told.bands, told.best, told.least], ['rfm', true, 5, 'highest', 5]);
  assert.deepEqual(told.measures.map(({ measure, value, band }) => [measure, value, band]), [['recency', 2, 5], ['frequency', 9, 5], ['need', 5, told.measures[2].band]]);
  assert.equal(told.sum, told.measures.reduce((sum, { band }) => sum + band, 0));
  assert.match(told.help, /担当MRのチーム/);
  const [empty] = (await mr.read(`/api/v1/hcp/${never}/ranking`)).items;
  assert.deepEqual(empty.measures.map(({ value, band }) => [value, band]), [[null, 1], [null, 1], [null, 1]]);
  assert.deepEqual((await service.as('msl1').read(`/api/v1/hcp/${doctors[1]}/ranking`)).items, []);
  assert.deepEqual((await mr.read('/api/v1/ranking')).items.map(({ ranking, measures }) => [ranking, measures.length]), [['rfm', 3]]);
});

test('V19: another territory is ranked by itself; one with too few doctors among all', async () => {
  assert.notEqual(await teamOf('mr3'), await teamOf('mr1'));
  const few = [];
  for (const days of [3, 40]) {
    const hcp = await newDoctor(`少数${days}`, 'mr3');
    await visit(hcp, days);
    few.push(hcp);
  }
  await tick();
  assert.deepEqual((await Promise.all(few.map(bandsOf))).map(([r]) => r), [4, 1], 'of twelve in the whole company');
  assert.deepEqual((await bandsOf(doctors[0]))[0], 5);
  for (const days of [50, 60, 70]) await visit(await newDoctor(`少数${days}`, 'mr3'), days);
  await tick();
  assert.deepEqual((await Promise.all(few.map(bandsOf))).map(([r]) => r), [5, 4], 'five are enough: now they are a territory');
});

test('V19: bands, measures and levels are configured; they count when published', async () => {
  const { body } = await admin.read('/api/v1/definition/rankings/rfm');
  const wrong = structuredClone(body);
  wrong.measures[0].value = { var: 'family_name' };
  wrong.best = 'middle';
  const { errors } = await admin.refused(422, 'PUT', '/api/v1/definition/rankings/rfm', { body: { body: wrong } });
  assert.deepEqual(errors.map(({ pointer }) => pointer).sort(), ['/body/best', '/body/measures/0/value']);
  const thirds = { ...structuredClone(body), bands: 3, best: 'lowest' };
  await admin.expect(200, 'PUT', '/api/v1/definition/rankings/rfm', { body: { body: thirds, note: '三分位' } });
  assert.deepEqual((await Promise.all(doctors.map(bandsOf))).map(([r]) => r), [1, 1, 1, 2, 2, 2, 3, 3, 3, 3]);
  await admin.expect(200, 'PUT', '/api/v1/definition/rankings/rfm', { body: { body, note: '戻す' } });
  assert.deepEqual((await bandsOf(doctors[0]))[0], 5);
});

test('V19: rising to high starts a consultant-style follow-up, falling to low a wake-up plan', async () => {
  const sleeping = doctors[9];
  for (let times = 0; times < 12; times += 1) await admin.create('visit', { hcp: sleeping, held_at: daysAgo(times % 3), topics: [{ kind: 'need', text: '費用対効果' }] });
  await tick(day(1));
  assert.equal((await bandsOf(sleeping))[4], 'high');
  const rise = (await tasksOf('consultant')).filter(({ hcp }) => hcp === sleeping);
  assert.ok(rise.some(({ subject }) => /コンサルタント型フォロー/.test(subject)));
  assert.ok(rise.every(({ owner }) => owner === service.user('mr1')));
  await tick(day(1));
  assert.equal((await tasksOf('consultant')).filter(({ hcp }) => hcp === sleeping).length, rise.length, 'once for one rise');
  // Everybody else is met half a year later; this one is not.
  for (const hcp of [...doctors.slice(0, 9), never]) await admin.create('visit', { hcp, state: 'completed', held_at: daysAgo(0), topics: [{ kind: 'request', text: '資料' }] });
  for (const { id } of await admin.all('visit', { hcp: sleeping })) await admin.expect(204, 'DELETE', `/api/v1/visit/${id}`);
  await tick(day(2));
  assert.equal((await bandsOf(sleeping))[4], 'low');
  const [fall] = (await tasksOf('wake_up')).filter(({ hcp }) => hcp === sleeping);
  assert.match(fall.subject, /掘り起こしプラン/);
  assert.match(fall.body, /承認済みの新しいエビデンス/);
});

test('V19: the grid counts one’s own doctors by recency and frequency, with the value of need in each field; a filter narrows it', async () => {
  const grid = await mr.read('/api/v1/ranking/rfm/grid');
  assert.deepEqual([grid.bands, grid.across.field, grid.down.field, grid.inside.field], [5, 'rfm_recency', 'rfm_frequency', 'rfm_need']);
  const ranked = (await mr.all('hcp', {})).filter((hcp) => hcp.rfm_recency !== null && hcp.rfm_recency !== undefined);
  assert.equal(grid.cells.reduce((sum, { count }) => sum + count, 0), ranked.length);
  for (const { across, down, count, mean } of grid.cells) {
    const inside = ranked.filter((hcp) => hcp.rfm_recency === across && hcp.rfm_frequency === down);
    assert.equal(inside.length, count);
    assert.ok(Math.abs(inside.reduce((sum, hcp) => sum + hcp.rfm_need, 0) / count - mean) < 1e-9);
  }
  const [{ across: band }] = grid.cells;
  const filter = JSON.stringify({ '==': [{ var: 'rfm_recency' }, band] });
  assert.deepEqual([...new Set((await mr.read('/api/v1/ranking/rfm/grid', { filter })).cells.map(({ across }) => across))], [band]);
  await mr.refused(422, 'GET', '/api/v1/ranking/rfm/grid?team=x');
  await service.as('msl1').expect(404, 'GET', '/api/v1/ranking/rfm/grid');
  await mr.expect(404, 'GET', '/api/v1/ranking/nothing/grid');
});
