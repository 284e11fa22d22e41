// A quarter in the life of a small office, day by day by "ondo tick" (E6 to E10, the early warning): as many tasks as
// are counted here from the raw records, by other means.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const DAY = 86400000;
const START = Date.parse('2026-11-16T08:00:00+09:00');
const DAYS = 91;
const STEP = 13; // days between two rounds of visits
const at = (day, hours = 0) => new Date(START + day * DAY + hours * 3600000).toISOString();
const WARM = ['enthusiastic', 'favorable'];
const COLD = ['skeptical', 'prefers_competitor'];
const RANKS = { enthusiastic: 5, favorable: 4, neutral: 3, skeptical: 2, prefers_competitor: 1, hard_to_meet: 0 };
const CODES = Object.keys(RANKS).slice(0, 5);
const POINTS = { drop: 30, stale: 15, cooler: 30, competitor: 30, gap: 20, preference: 20 };
const GAPS = { several_a_month: 21, monthly: 45, bimonthly: 75 };

const service = await startService({ now: at(0) });
const admin = service.as('admin');
const mr = service.as('mr1');
const GIVEN_AWAY = { doctor: 7, after: 4 }; // of mr1's doctors to mr2, after that round's visits

/** The same draws in every run. */
let state = 20261116;
function draw(most) {
  state = (state * 1103515245 + 12345) % 2147483648;
  return Math.floor(state / 65536) % most;
}

async function begin() {
  const hcos = [];
  const doctors = [];
  for (let i = 0; i < 8; i += 1) {
    const soon = i % 4 === 3 ? {} : { next_committee_on: at(10 + 16 * i).slice(0, 10) };
    hcos.push((await admin.create('hco', { name: `病院${i}`, ...(i === 5 ? {} : { owner: service.user('mr1') }), ...soon })).id);
  }
  for (let i = 0; i < 24; i += 1) {
    const doctor = { family_name: `医師${i}`, owner: service.user('mr1'), primary_hco: hcos[i % hcos.length], temperature: CODES[i % 4], visit_preference: Object.keys(GAPS)[i % 3] };
    doctors.push((await admin.create('hcp', doctor)).id);
  }
  return { hcos, doctors };
}

/** A round of visits, some of which see another temperature or a sign; now and then a committee is moved. */
async function visitSome({ hcos, doctors }, round) {
  for (const [index, hcp] of doctors.entries()) {
    if (draw(3) === 0) continue;
    const visitor = index === GIVEN_AWAY.doctor && round > GIVEN_AWAY.after ? service.as('mr2') : mr;
    const seen = draw(2) ? { temperature: CODES[draw(5)] } : {};
    const signs = draw(4) === 0 ? { signs: [['cooler', 'raised_competitor', 'sought_debate'][draw(3)]] } : {};
    await visitor.create('visit', { hcp, planned_at: at(round * STEP, -30), ...seen, ...signs });
  }
  if (round === 3) await admin.change('hco', hcos[0], { next_committee_on: at(75).slice(0, 10) });
  if (round === GIVEN_AWAY.after) await admin.change('hcp', doctors[GIVEN_AWAY.doctor], { owner: service.user('mr2') });
  if (round === 5) {
    const [sign] = await mr.all('sign', { sort: 'seen_at' });
    await mr.change('sign', sign.id, { cleared_at: at(round * STEP) });
  }
}

async function tick(day) {
  const { code, error } = await service.ondo(['tick'], { now: at(day, 1) });
  assert.equal(code, 0, error);
}

const groupBy = (records, field) => {
  const groups = new Map();
  for (const record of records) groups.set(record[field], [...(groups.get(record[field]) ?? []), record]);
  return groups;
};

/** How often a doctor's lapse of 30 days was met by one of the ticks while the doctor was warm. */
function lapsesOf(visits, readings) {
  const causes = new Set();
  for (let day = 0; day <= DAYS; day += 1) {
    const now = START + day * DAY + 3600000;
    const midnight = Math.floor((now + 9 * 3600000) / DAY + 1) * DAY - 9 * 3600000;
    const held = visits.map(({ held_at: when }) => Date.parse(when)).filter((when) => when <= now);
    const seen = readings.filter(({ at: when }) => Date.parse(when) <= now).at(-1);
    if (!held.length || !seen || !WARM.includes(seen.value)) continue;
    const last = Math.max(...held);
    if (Math.floor((midnight - 1 - last) / DAY) >= 30) causes.add(last);
  }
  return causes.size;
}

/** The date of a committee at each tick: as it was before the change that the journal tells of, and as it is. */
async function committeesOf(hco) {
  const changes = (await admin.read(`/api/v1/hco/${hco.id}/history`)).items.filter(({ changes: all }) => all.next_committee_on);
  const causes = new Set();
  for (let day = 0; day <= DAYS; day += 1) {
    const now = START + day * DAY + 3600000;
    const known = changes.filter(({ at: when }) => Date.parse(when) <= now).sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1);
    const date = known?.changes.next_committee_on.to;
    if (!date || !hco.owner) continue;
    const today = new Date(now + 9 * 3600000).toISOString().slice(0, 10);
    const days = (Date.parse(date) - Date.parse(today)) / DAY;
    if (days >= 0 && days <= 31) causes.add(date);
  }
  return causes.size;
}

function warningOf(doctor, visits, readings, signs) {
  const end = Math.floor((START + DAYS * DAY + 10 * 3600000) / DAY + 1) * DAY - 9 * 3600000;
  const days = (when) => Math.floor((end - 1 - Date.parse(when)) / DAY);
  const last = visits.map(({ held_at: when }) => when).sort().at(-1);
  const latest = readings.at(-1);
  if (!last || COLD.includes(latest.value) || latest.value === 'hard_to_meet') return null;
  const moved = readings.filter(({ value, previous }) => value !== (previous ?? null)).at(-1);
  const open = signs.filter(({ cleared_at: when }) => !when).map(({ kind }) => kind);
  const facts = {
    drop: Boolean(latest.previous) && RANKS[latest.value] < RANKS[latest.previous] && days(moved.at) <= 120,
    stale: days(latest.at) >= 120, cooler: open.includes('cooler'), competitor: open.includes('raised_competitor'),
    gap: days(last) >= 60, preference: days(last) >= GAPS[doctor.visit_preference],
  };
  return Object.entries(facts).reduce((sum, [name, holds]) => sum + (holds ? POINTS[name] : 0), 0);
}

test('E6 to E10: a quarter of ticks makes as many tasks as the raw records ask for, and the warnings that they give', async () => {
  const office = await begin();
  for (let round = 0; round * STEP < DAYS; round += 1) {
    if (round) await service.start({ now: at(round * STEP) });
    await visitSome(office, round);
    await service.stop();
    for (let day = round * STEP; day < Math.min(DAYS, (round + 1) * STEP); day += 1) await tick(day);
  }
  await tick(DAYS);
  await service.start({ now: at(DAYS, 1) });
  const tasks = groupBy(await admin.all('task'), 'source');
  const count = (rule) => tasks.get(`rule:${rule}`)?.length ?? 0;
  const doctors = await admin.all('hcp');
  const hcos = await admin.all('hco');
  const visits = groupBy(await admin.all('visit'), 'hcp');
  const signs = await admin.all('sign');
  const readings = groupBy((await admin.all('temperature_reading', { sort: 'at' })).filter(({ hcp }) => hcp), 'hcp');
  const all = [...readings.values()].flat();

  const falls = all.filter(({ value, previous }) => previous && previous !== value && COLD.includes(value)).length;
  assert.ok(falls > 5, `${falls} falls`);
  assert.equal(count('rebuild_relationship'), falls, 'E6');
  const cooler = signs.filter(({ kind }) => kind === 'cooler').length;
  assert.ok(cooler > 2, `${cooler} signs`);
  assert.equal(count('find_cause'), cooler, 'E7');
  const lapses = doctors.map(({ id }) => lapsesOf(visits.get(id) ?? [], readings.get(id) ?? [])).reduce((sum, one) => sum + one, 0);
  assert.ok(lapses > 2, `${lapses} lapses`);
  assert.equal(count('keep_warm'), lapses, 'E8');
  const handovers = (await admin.all('handover')).length;
  assert.equal(handovers, 1);
  assert.deepEqual([count('handover_write'), count('handover_read')], [1, 1], 'E9');
  let committees = 0;
  for (const hco of hcos) committees += await committeesOf(hco);
  assert.ok(committees > 3, `${committees} committees`);
  assert.equal(count('plan_for_committee'), committees, 'E10');

  const bySign = groupBy(signs, 'hcp');
  let warned = 0;
  for (const doctor of doctors.filter(({ owner }) => owner === service.user('mr1'))) {
    const expected = warningOf(doctor, visits.get(doctor.id) ?? [], readings.get(doctor.id) ?? [], bySign.get(doctor.id) ?? []);
    assert.equal(doctor.warning_points ?? null, expected, `${doctor.family_name}: ${doctor.warning_reasons}`);
    assert.equal(doctor.warning ?? null, expected >= 50 ? 'act' : expected >= 30 ? 'watch' : null);
    warned += expected >= 30 ? 1 : 0;
  }
  assert.ok(warned > 1, `${warned} warnings`);
});
