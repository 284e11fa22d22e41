// Temperature as a curve (E1a), signs (E1e), and the early warning that is made of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');
const DAY = 86400000;
const daysAgo = (days) => new Date(Date.parse('2026-11-18T08:00:00+09:00') - days * DAY).toISOString();

const newDoctor = (values = {}) => mr.create('hcp', { family_name: '気温', given_name: '計', ...values });
const visit = (hcp, days, values = {}) => mr.create('visit', { hcp, held_at: daysAgo(days), ...values });
const warningOf = async (hcp) => {
  const { warning, warning_points: points, warning_reasons: reasons, warning_since: since } = await mr.read(`/api/v1/hcp/${hcp}`);
  return { warning: warning ?? null, points: points ?? null, reasons: reasons ?? [], since: since ?? null };
};
const scoreOf = async (hcp, as = mr) => (await as.read(`/api/v1/hcp/${hcp}/score`)).items.find(({ score }) => score === 'warning');

test('E1a: every reading has its author, visit, product and reason; direction and age follow it', async () => {
  const { id: product } = await admin.create('product', { name: 'オンドX' });
  const { id: hcp } = await newDoctor();
  const first = await visit(hcp, 90, { temperature: 'favorable' });
  const second = await visit(hcp, 30, { temperature: 'neutral', temperature_product: product, temperature_reason: '比較データを二度求められた' });
  const readings = await mr.all('temperature_reading', { hcp, sort: 'at' });
  assert.deepEqual(
    readings.map(({ value, previous, visit: at, by, product: about, reason }) => [value, previous ?? null, at, by, about ?? null, reason ?? null]),
    [['favorable', null, first.id, service.user('mr1'), null, null],
      ['neutral', 'favorable', second.id, service.user('mr1'), product, '比較データを二度求められた']],
  );
  let doctor = await mr.read(`/api/v1/hcp/${hcp}`);
  assert.deepEqual([doctor.temperature_direction, doctor.temperature_read_at], ['down', daysAgo(30)]);
  await visit(hcp, 10, { temperature: 'neutral' });
  doctor = await mr.read(`/api/v1/hcp/${hcp}`);
  assert.deepEqual([doctor.temperature_direction, doctor.temperature_read_at], ['steady', daysAgo(10)]);
  await visit(hcp, 60, { temperature: 'skeptical', temperature_reason: '遅れて記入' });
  doctor = await mr.read(`/api/v1/hcp/${hcp}`);
  assert.deepEqual([doctor.temperature, doctor.temperature_direction], ['neutral', 'steady'], 'a visit written down late is not the latest');
  await mr.expect(200, 'PATCH', `/api/v1/hcp/${hcp}`, { body: { temperature: 'enthusiastic' }, headers: { 'x-reason': encodeURIComponent('院内で話を聞いた') } });
  const [last] = await mr.all('temperature_reading', { hcp, sort: '-at' });
  assert.equal(last.value, 'enthusiastic');
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).temperature_direction, 'up');
  const rising = await mr.all('hcp', { temperature_direction: 'up', sort: 'temperature_read_at' });
  assert.ok(rising.some(({ id }) => id === hcp), 'lists filter by direction and sort by age');
});

test('E1e: a sign that is cleared says who cleared it; one that is open again, nobody', async () => {
  const { id: hcp } = await newDoctor();
  const { id } = await mr.create('sign', { hcp, kind: 'cooler', seen_at: daysAgo(5) });
  const manager = service.as('manager1');
  assert.equal((await manager.change('sign', id, { cleared_at: daysAgo(1) })).cleared_by, service.user('manager1'));
  assert.equal((await mr.change('sign', id, { cleared_at: null })).cleared_by, null);
});

test('E1a: the early warning is there in the same save, with the facts that it rests on', async () => {
  const { id: hcp } = await newDoctor({ visit_preference: 'monthly' });
  assert.deepEqual(await warningOf(hcp), { warning: null, points: null, reasons: [], since: null }, 'nothing is known yet');
  await visit(hcp, 70, { temperature: 'favorable' });
  assert.deepEqual((await warningOf(hcp)).reasons, ['gap', 'preference']);
  await visit(hcp, 5, { temperature: 'neutral', signs: ['cooler'] });
  const warned = await warningOf(hcp);
  assert.deepEqual([warned.warning, warned.points, warned.reasons], ['act', 60, ['drop', 'cooler']]);
  assert.ok(warned.since);
  const told = await scoreOf(hcp);
  assert.deepEqual([told.applies, told.points, told.level, told.since], [true, 60, 'act', warned.since]);
  assert.equal(told.points, told.start + told.parts.filter(({ holds }) => holds).reduce((sum, { points }) => sum + points, 0));
  assert.match(told.parts[0].text, /「好意的」から「中立」に変わりました/);
  assert.match(told.help, /評価するものではありません/);
  const [sign] = await mr.all('sign', { hcp });
  await mr.change('sign', sign.id, { cleared_at: daysAgo(0) });
  assert.deepEqual((await warningOf(hcp)).reasons, ['drop'], 'a cleared sign is no fact any more');
  await mr.change('hcp', hcp, { temperature: 'skeptical' });
  assert.equal((await warningOf(hcp)).warning, null, 'what has happened is not warned of');
});

test('E1a: a promise that is a week overdue is a fact of the warning until it is kept', async () => {
  const { id: hcp } = await newDoctor();
  await visit(hcp, 3, { temperature: 'favorable' });
  const promise = await mr.create('promise', { hcp, deliverable: '比較試験の論文を郵送する', due_at: daysAgo(6) });
  assert.deepEqual((await warningOf(hcp)).reasons, []);
  const late = await mr.change('promise', promise.id, { due_at: daysAgo(8) });
  assert.deepEqual([(await warningOf(hcp)).reasons, (await warningOf(hcp)).points], [['promise'], 20]);
  for (const [language, words] of [['ja', /期限を7日以上過ぎ/], ['zh', /逾期7天/], ['en', /a week or more after it was due/]]) {
    await mr.expect(200, 'PATCH', '/api/v1/me', { body: { lang: language } });
    assert.match((await scoreOf(hcp)).parts.find(({ part }) => part === 'promise').text, words);
  }
  await mr.expect(200, 'PATCH', '/api/v1/me', { body: { lang: 'ja' } });
  await mr.change('promise', late.id, { state: 'delivered' });
  assert.deepEqual((await warningOf(hcp)).reasons, []);
});

test('E1a: days that pass are seen by the daily run, for all at once, and lists find them', async () => {
  const { id: hcp } = await newDoctor({ visit_preference: 'monthly' });
  const seen = await visit(hcp, 1, { temperature: 'favorable' });
  assert.equal((await warningOf(hcp)).points, 0);
  const before = (await mr.read(`/api/v1/hcp/${hcp}`)).version;
  const { code, error } = await service.ondo(['tick'], { now: '2027-04-01T08:00:00+09:00' });
  assert.equal(code, 0, error);
  const later = await warningOf(hcp);
  assert.deepEqual([later.warning, later.reasons], ['act', ['stale', 'gap', 'preference']]);
  assert.match(later.since, /^2027-03-31T23:00/);
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).version, before, 'a derived value is nobody’s change');
  assert.ok((await mr.all('hcp', { warning: 'act', sort: '-warning_points' })).some(({ id }) => id === hcp));
  const filter = JSON.stringify({ contains: [{ var: 'warning_reasons' }, 'stale'] });
  assert.ok((await mr.all('hcp', { filter })).some(({ id }) => id === hcp), 'and by one fact');
  await mr.change('visit', seen.id, { discussion: '追記' });
});

test('E1a: the rule is shown to everybody, and weights that are published count at once', async () => {
  const score = (await mr.read('/api/v1/score')).items.find(({ score: name }) => name === 'warning');
  assert.deepEqual(score.fields, { points: 'warning_points', level: 'warning', parts: 'warning_reasons', since: 'warning_since' });
  const { id: hcp } = await newDoctor();
  await visit(hcp, 1, { temperature: 'favorable', signs: ['cooler'] });
  assert.deepEqual((await warningOf(hcp)).points, 30);
  const { body } = await admin.read('/api/v1/definition/scores/warning');
  body.parts.find(({ part }) => part === 'cooler').points = 55;
  body.parts = body.parts.filter(({ part }) => part !== 'gap');
  await admin.expect(200, 'PUT', '/api/v1/definition/scores/warning', { body: { body, note: '重みを変更' } });
  const warned = await warningOf(hcp);
  assert.deepEqual([warned.points, warned.warning], [55, 'act']);
  const wrong = structuredClone(body);
  wrong.levels[1].from = wrong.levels[0].from;
  wrong.keep.level = 'tier';
  const refused = await admin.refused(422, 'PUT', '/api/v1/definition/scores/warning', { body: { body: wrong } });
  assert.deepEqual(refused.errors.map(({ pointer }) => pointer).sort(), ['/body/keep/level', '/body/levels/1']);
});
