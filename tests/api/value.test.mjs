// The value of a customer: potential and tier (V12), the rhythm that the tier asks for (V13).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');
const DAY = 86400000;
const daysAgo = (days) => new Date(Date.parse('2026-11-18T08:00:00+09:00') - days * DAY).toISOString();

const newDoctor = (values = {}) => mr.create('hcp', { family_name: '価値', given_name: '計', country: 'jp', ...values });
const read = (hcp) => mr.read(`/api/v1/hcp/${hcp}`);
const scoreOf = async (hcp, name, as = mr) => (await as.read(`/api/v1/hcp/${hcp}/score`)).items.find(({ score }) => score === name);
const sumOf = ({ start, bounded, parts }) => parts.filter(({ holds }) => holds).reduce((sum, { points }) => sum + points, start + bounded);
const LEADING = { prescribing: 'main', kol: true, influence_on_doctors: 'high' };

test('V12: volume, influence and department add up to points and a tier, and the parts sum to the score', async () => {
  const { id: hco } = await admin.create('hco', { name: '大学病院', kind: 'university_hospital' });
  const { id: hcp } = await newDoctor({ department: '循環器内科', primary_hco: hco, ...LEADING });
  const doctor = await read(hcp);
  assert.deepEqual([doctor.potential, doctor.tier], [90, 'A']);
  assert.deepEqual(doctor.potential_reasons, ['volume_high', 'leader', 'influence_high', 'core_department', 'university']);
  assert.ok(doctor.tier_since);
  const told = await scoreOf(hcp, 'potential');
  assert.equal(sumOf(told), told.points, 'contributions sum to the score');
  assert.deepEqual([told.points, told.level, told.bounded], [90, 'A', 0]);
  assert.match(told.parts.find(({ part }) => part === 'core_department').text, /循環器内科/);
  for (const [values, potential, tier] of [[{}, 0, 'C'], [{ prescribing: 'secondary', influence_on_doctors: 'high' }, 35, 'B'], [{ prescriptions_per_month: 14, prescribing: 'main' }, 10, 'C'], [{ prescriptions_per_month: 40 }, 40, 'B']]) {
    const { id } = await newDoctor(values);
    const other = await read(id);
    assert.deepEqual([other.potential, other.tier], [potential, tier], JSON.stringify(values));
  }
  const { id: nurse } = await newDoctor({ kind: 'nurse' });
  assert.equal((await read(nurse)).tier ?? null, null, 'the score is of doctors and pharmacists');
  assert.ok((await mr.all('hcp', { tier: 'A', sort: '-potential' })).some(({ id }) => id === hcp), 'lists filter and sort by it');
  const filter = JSON.stringify({ contains: [{ var: 'potential_reasons' }, 'university'] });
  assert.ok((await mr.all('hcp', { filter })).some(({ id }) => id === hcp));
});

test('V12: nobody sets a tier by hand, and who may not see it is not told of the score', async () => {
  const { id: hcp } = await newDoctor();
  await admin.refused(422, 'PATCH', `/api/v1/hcp/${hcp}`, { body: { tier: 'A' } });
  assert.equal(await scoreOf(hcp, 'potential', service.as('msl1')), undefined);
});

test('V12: the history of the score is kept: every change with what it rested on', async () => {
  const { id: hcp } = await newDoctor({ prescribing: 'trial' });
  assert.deepEqual(await mr.all('tier_reading', { hcp }), [], 'what it was at first is the “before” of the first change');
  await mr.change('hcp', hcp, LEADING);
  await mr.change('hcp', hcp, { kol: false });
  await mr.change('hcp', hcp, { next_action: '資料' });
  const readings = await mr.all('tier_reading', { hcp, sort: 'created_at' });
  assert.deepEqual(readings.map(({ previous, value, points_before: before, points }) => [previous, value, before, points]).sort(),
    [['A', 'B', 70, 50], ['C', 'A', 10, 70]]);
  assert.deepEqual(readings.find(({ value }) => value === 'A').reasons, ['volume_high', 'leader', 'influence_high']);
  const { items } = await mr.read(`/api/v1/hcp/${hcp}/timeline`);
  assert.ok(items.some(({ object }) => object === 'tier_reading'), 'and stands on the timeline');
});

test('V12: before new weights are published they show who would move, by count and by name', async () => {
  const { id: rising } = await newDoctor({ family_name: '昇', prescribing: 'secondary', influence_on_doctors: 'medium' });
  assert.equal((await read(rising)).tier, 'C');
  const { body } = await admin.read('/api/v1/definition/scores/potential');
  const counted = Object.fromEntries((await Promise.all(['A', 'B', 'C'].map(async (tier) => [tier, (await admin.all('hcp', { tier })).length]))));
  body.parts.find(({ part }) => part === 'volume_medium').points = 32;
  const path = '/api/v1/definition/scores/potential/preview';
  const preview = (await admin.expect(200, 'POST', path, { body: { definitions: [{ kind: 'scores', name: 'potential', body }] } })).body;
  assert.deepEqual(Object.fromEntries(preview.levels.map(({ level, before }) => [level, before])), counted);
  const step = preview.moves.find(({ from, to }) => from === 'C' && to === 'B');
  const named = step.records.find(({ id }) => id === rising);
  assert.deepEqual([named.points_before, named.points], [30, 37]);
  assert.match(named.title, /昇/);
  const levels = Object.fromEntries(preview.levels.map(({ level, after }) => [level, after]));
  assert.equal(levels.A + levels.B + levels.C, counted.A + counted.B + counted.C);
  assert.equal((await read(rising)).tier, 'C', 'a preview changes nothing');
  await mr.refused(403, 'POST', path, { body: { definitions: [{ kind: 'scores', name: 'potential', body }] } });
  await admin.refused(404, 'POST', '/api/v1/definition/scores/nothing/preview', { body: { definitions: [{ kind: 'scores', name: 'potential', body }] } });
  await admin.expect(200, 'PUT', '/api/v1/definition/scores/potential', { body: { body, note: '重み' } });
  assert.equal((await read(rising)).tier, 'B');
  const after = Object.fromEntries((await Promise.all(['A', 'B', 'C'].map(async (tier) => [tier, (await admin.all('hcp', { tier })).length]))));
  assert.deepEqual(after, levels, 'and what it said is what happens');
  assert.deepEqual((await mr.all('tier_reading', { hcp: rising })).map(({ previous, value }) => [previous, value]), [['C', 'B']]);
});

test('V12: prescriptions counted per person are refused where the market forbids it, at every door', async () => {
  const { id: house } = await admin.create('hco', { name: '北京医院', country: 'cn' });
  for (const values of [{ country: 'cn' }, { country: null }, { country: null, primary_hco: house }]) {
    const { errors } = await mr.refused(422, 'POST', '/api/v1/hcp', { body: { family_name: '王', ...values, prescriptions_per_month: 12 } });
    assert.deepEqual(errors.map(({ pointer, code }) => [pointer, code]), [['/prescriptions_per_month', 'prohibited']]);
    assert.match(errors[0].message ?? errors[0].detail, /処方状況の認識/);
  }
  const { id } = await newDoctor({ prescriptions_per_month: 12 });
  await mr.refused(422, 'PATCH', `/api/v1/hcp/${id}`, { body: { country: 'cn' } });
  await mr.change('hcp', id, { country: 'cn', prescriptions_per_month: null, prescribing: 'main' });
  assert.equal((await read(id)).potential, 40, 'the score then rests on the permitted band');
  const { body } = await admin.expect(200, 'POST', '/api/v1/hcp/change', { body: { ids: [id], changes: { prescriptions_per_month: 3 } } });
  assert.equal(body.counts.refused, 1);
});

// ---- V13 ----

const visit = (hcp, days, values = {}) => mr.create('visit', { hcp, held_at: daysAgo(days), discussion: '作用機序について', ...values });
const rhythmOf = async (hcp) => (({ rhythm, rhythm_reasons: reasons }) => [rhythm, reasons ?? []])(await read(hcp));
const BEHIND = { A: ['behind', ['a_in_depth']], B: ['behind', ['b_contact']], C: ['behind', ['c_touch']] };
const ON_TRACK = ['on_track', []];

test('V13: tier A asks for two in-depth contacts a month; only completed ones of proper depth count', async () => {
  const { id: hcp } = await newDoctor(LEADING);
  assert.deepEqual(await rhythmOf(hcp), BEHIND.A);
  await visit(hcp, 3);
  await visit(hcp, 5, { channel: 'phone' });
  await visit(hcp, 6, { discussion: null });
  await visit(hcp, 31);
  await mr.create('visit', { hcp, state: 'planned', planned_at: daysAgo(-2), discussion: '予定' });
  assert.deepEqual(await rhythmOf(hcp), BEHIND.A, 'by telephone, without a word, long ago, only planned: none of them');
  const { id } = await visit(hcp, 29, { channel: 'video', discussion: null, topics: [{ kind: 'question', text: '腎機能' }] });
  assert.deepEqual(await rhythmOf(hcp), ON_TRACK);
  await mr.expect(204, 'DELETE', `/api/v1/visit/${id}`);
  assert.deepEqual(await rhythmOf(hcp), BEHIND.A);
});

test('V13: tier B asks for a contact every two weeks, tier C for a light touch a month; days are seen by the daily run', async () => {
  const { id: b } = await newDoctor({ prescribing: 'main' });
  const { id: c } = await newDoctor();
  assert.deepEqual([await rhythmOf(b), await rhythmOf(c)], [BEHIND.B, BEHIND.C]);
  await visit(b, 1, { channel: 'email' });
  assert.deepEqual(await rhythmOf(b), BEHIND.B, 'a mail is a touch, not a contact');
  await visit(b, 1, { channel: 'phone' });
  await visit(c, 2, { channel: 'email' });
  assert.deepEqual([await rhythmOf(b), await rhythmOf(c)], [ON_TRACK, ON_TRACK]);
  const told = await scoreOf(b, 'rhythm');
  assert.match(told.help, /深い面談」は対面またはWeb面談/, 'what counts is said');
  assert.equal((await service.ondo(['tick'], { now: '2026-12-03T08:00:00+09:00' })).code, 0);
  assert.deepEqual([await rhythmOf(b), await rhythmOf(c)], [BEHIND.B, ON_TRACK]);
  assert.match((await scoreOf(b, 'rhythm')).label, /接触の頻度/);
  const behind = await mr.all('hcp', { rhythm: 'behind' });
  assert.ok(behind.some(({ id }) => id === b) && !behind.some(({ id }) => id === c), 'who is behind is a list');
  assert.equal((await service.ondo(['tick'])).code, 0);
});

test('V13: a change of tier changes the rhythm in the same save, and gives the new tier its own period first', async () => {
  const { id: hcp } = await newDoctor();
  await visit(hcp, 20);
  assert.deepEqual(await rhythmOf(hcp), ON_TRACK);
  await mr.change('hcp', hcp, LEADING);
  assert.equal((await read(hcp)).tier, 'A');
  assert.deepEqual(await rhythmOf(hcp), ON_TRACK, 'raised today: the month begins now');
  assert.equal((await service.ondo(['tick'], { now: '2026-12-20T08:00:00+09:00' })).code, 0);
  assert.deepEqual(await rhythmOf(hcp), BEHIND.A);
  await mr.change('hcp', hcp, { prescribing: 'none', kol: false });
  assert.deepEqual([(await read(hcp)).tier, await rhythmOf(hcp)], ['C', ON_TRACK]);
});

// ---- Scarce resources (V13) ----

const marketing = service.as('marketing1');
const TIERS = { A: LEADING, B: { prescribing: 'main' }, C: {} };
const doctorOf = async (tier) => (await newDoctor(TIERS[tier])).id;
const newResource = async (values) => (await marketing.create('resource', { name: '全国学会', quantity: 2, ...values })).id;
const ask = (resource, hcp, values = {}) => mr.create('allotment', { resource, hcp, ...values });
const allotted = async (id) => (({ state, place }) => [state, place ?? null])(await mr.read(`/api/v1/allotment/${id}`));
const numbers = async (id) => (({ taken, used, waiting }) => [taken, used, waiting])(await mr.read(`/api/v1/resource/${id}`));

test('V13: what is scarce is counted, waits in line by tier and then by time, and goes on to the next when given back', async () => {
  const seats = await newResource();
  const [b, c, a, late] = [await doctorOf('B'), await doctorOf('C'), await doctorOf('A'), await doctorOf('B')];
  const first = await ask(seats, b);
  assert.equal(first.state, 'allotted', 'there is room');
  const second = await ask(seats, c);
  const asks = [await ask(seats, late), await ask(seats, a)];
  assert.deepEqual(await numbers(seats), [2, 0, 2]);
  assert.deepEqual(await Promise.all(asks.map(({ id }) => allotted(id))), [['waiting', 2], ['waiting', 1]], 'tier A stands before B that asked earlier');
  await mr.change('allotment', first.id, { state: 'used' });
  assert.deepEqual(await numbers(seats), [2, 1, 2]);
  await mr.change('allotment', second.id, { state: 'returned' });
  assert.deepEqual(await Promise.all(asks.map(({ id }) => allotted(id))), [['waiting', 1], ['allotted', null]]);
  await marketing.change('resource', seats, { quantity: 3 });
  assert.deepEqual(await allotted(asks[0].id), ['allotted', null], 'more seats go to those who wait');
  assert.deepEqual(await numbers(seats), [3, 1, 0]);
  const { errors } = await marketing.refused(422, 'PATCH', `/api/v1/resource/${seats}`, { body: { quantity: 2 } });
  assert.deepEqual(errors.map(({ pointer, code }) => [pointer, code]), [['/quantity', 'capacity_taken']]);
});

test('V13: nobody jumps the line: what is set as allotted by hand is a request, and a small wish does not overtake a large one', async () => {
  const hours = await newResource({ kind: 'expert_hour', unit: 'hour', quantity: 3 });
  const [one, two, three] = [await doctorOf('B'), await doctorOf('B'), await doctorOf('B')];
  const held = await ask(hours, one, { amount: 2 });
  const large = await ask(hours, two, { amount: 2 });
  const small = await ask(hours, three, { amount: 1, state: 'allotted' });
  assert.deepEqual([held.state, await allotted(large.id), await allotted(small.id)], ['allotted', ['waiting', 1], ['waiting', 2]]);
  assert.deepEqual((await mr.refused(422, 'PATCH', `/api/v1/allotment/${small.id}`, { body: { state: 'used' } })).errors.map(({ code }) => code), ['capacity_not_given']);
  await mr.change('allotment', small.id, { state: 'allotted' });
  assert.equal((await allotted(small.id))[0], 'waiting');
  await mr.refused(422, 'PATCH', `/api/v1/allotment/${held.id}`, { body: { amount: 4 } });
  await mr.change('allotment', held.id, { amount: 1 });
  assert.deepEqual([await allotted(large.id), await allotted(small.id)], [['allotted', null], ['waiting', 1]]);
});

test('V13: until its day only tier A is called; then the line is worked off by itself', async () => {
  const seats = await newResource({ first_call_until: '2026-11-20' });
  const [b, a] = [await doctorOf('B'), await doctorOf('A')];
  const early = await ask(seats, b);
  const called = await ask(seats, a);
  assert.deepEqual([await allotted(early.id), called.state], [['requested', 1], 'allotted']);
  assert.equal((await service.ondo(['tick'], { now: '2026-11-20T12:00:00+09:00' })).code, 0);
  assert.equal((await allotted(early.id))[0], 'requested', 'that day is still theirs');
  assert.equal((await service.ondo(['tick'], { now: '2026-11-21T01:00:00+09:00' })).code, 0);
  assert.deepEqual(await allotted(early.id), ['allotted', null]);
  const told = await mr.all('notification', { hcp: b });
  assert.ok(told.some(({ subject }) => subject.includes('全国学会')), 'who waited is told');
});

test('V13: many who ask at once never get more than there is', async () => {
  const seats = await newResource({ quantity: 7 });
  const doctors = await Promise.all(Array.from({ length: 40 }, (_, index) => doctorOf(['A', 'B', 'C'][index % 3])));
  const asked = await Promise.all(doctors.map((hcp) => ask(seats, hcp)));
  const states = async () => {
    const found = { allotted: [], waiting: [], returned: [] };
    for (const allotment of await mr.all('allotment', { resource: seats })) found[allotment.state].push(allotment);
    return found;
  };
  let found = await states();
  assert.deepEqual([found.allotted.length, found.waiting.length], [7, 33]);
  assert.deepEqual(found.waiting.map(({ place }) => place).sort((x, y) => x - y), Array.from({ length: 33 }, (_, index) => index + 1));
  // Some are given back while others ask and the number of seats changes.
  const back = found.allotted.slice(0, 4).map(({ id }) => mr.change('allotment', id, { state: 'returned' }));
  const more = (await Promise.all(Array.from({ length: 10 }, () => doctorOf('A')))).map((hcp) => ask(seats, hcp));
  await Promise.all([...back, ...more, marketing.change('resource', seats, { quantity: 9 })]);
  found = await states();
  assert.deepEqual([found.allotted.length, found.returned.length, found.waiting.length], [9, 4, asked.length + 10 - 13]);
  assert.deepEqual(await numbers(seats), [9, 0, found.waiting.length]);
  const tierOf = new Map((await mr.all('hcp', { fields: 'tier' })).map(({ id, tier }) => [id, tier]));
  const line = found.waiting.toSorted((x, y) => x.place - y.place).map(({ hcp }) => tierOf.get(hcp));
  assert.deepEqual(line, line.toSorted(), 'and the line is in the order of tiers');
});

test('V13: a representative asks for the own doctors only; a manager sees who got what', async () => {
  const seats = await newResource();
  const { id: theirs } = await admin.create('hcp', { family_name: '他', owner: service.user('mr3') });
  await mr.refused(422, 'POST', '/api/v1/allotment', { body: { resource: seats, hcp: theirs } });
  await mr.refused(403, 'POST', '/api/v1/resource', { body: { name: '私席', quantity: 1 } });
  const own = await ask(seats, await doctorOf('A'));
  assert.ok((await service.as('manager1').all('allotment', { resource: seats })).some(({ id }) => id === own.id));
});

test('V13: what belongs to a territory is for the doctors of that team only, whoever asks; and it does not change hands under them', async () => {
  const teamOf = async (login) => (await admin.read(`/api/v1/user/${service.user(login)}`)).team;
  const [own, other] = [await teamOf('mr1'), await teamOf('mr3')];
  assert.notEqual(own, other);
  const [theirs, everybodys] = [await newResource({ team: other }), await newResource()];
  const hcp = await doctorOf('A');
  for (const client of [mr, admin]) {
    const { errors } = await client.refused(422, 'POST', '/api/v1/allotment', { body: { resource: theirs, hcp, owner: service.user('mr1') } });
    assert.deepEqual(errors.map(({ pointer, code }) => [pointer, code]), [['/resource', 'allotment_territory']]);
  }
  const { id: nobodys } = await admin.create('hcp', { family_name: '無', owner: null });
  await admin.refused(422, 'POST', '/api/v1/allotment', { body: { resource: theirs, hcp: nobodys } });
  assert.equal((await ask(await newResource({ team: own }), hcp)).state, 'allotted');
  const taken = await ask(everybodys, hcp);
  const { errors } = await marketing.refused(422, 'PATCH', `/api/v1/resource/${everybodys}`, { body: { team: other } });
  assert.deepEqual(errors.map(({ pointer, code }) => [pointer, code]), [['/team', 'resource_territory']]);
  await marketing.change('resource', everybodys, { team: own });
  await mr.change('allotment', taken.id, { state: 'returned' });
  await marketing.change('resource', everybodys, { team: other });
});
