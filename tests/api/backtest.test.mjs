// The early warning held against what happened: the program's figures, and the same counted here from the raw records.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService({ data: 'demo' });
const admin = service.as('admin');
const DAY = 86400000;
const HORIZON = 60;
const RANGE = { from: '2026-03-02', to: '2026-08-03', step: 14, horizon: HORIZON };
const WARM = ['enthusiastic', 'favorable', 'neutral'];
const COLD = ['skeptical', 'prefers_competitor'];
const RANKS = { enthusiastic: 5, favorable: 4, neutral: 3, skeptical: 2, prefers_competitor: 1, hard_to_meet: 0 };

/** The figures: asked for again as long as the answer is that they are being worked out. */
async function figures(client, query) {
  for (;;) {
    const { status, body } = await client.get('/api/v1/score/warning/backtest', query);
    if (status === 200) return body;
    assert.equal(status, 202);
    assert.ok(body.status === 'running' && body.done <= body.looks, JSON.stringify(body));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function byHcp(records) {
  const groups = new Map();
  for (const record of records) groups.set(record.hcp, [...(groups.get(record.hcp) ?? []), record]);
  return groups;
}
const raw = async () => ({
  doctors: await admin.all('hcp'),
  readings: byHcp(await admin.all('temperature_reading', { sort: 'at' }).then((all) => all.filter(({ hcp }) => hcp))),
  visits: byHcp((await admin.all('visit')).filter(({ state }) => state === 'completed' || state === 'signed')),
  signs: byHcp(await admin.all('sign')),
  promises: byHcp(await admin.all('promise')),
});

/** The facts about a doctor at the end of a day, of what had happened by then and nothing else. */
function factsOf({ readings, visits, signs, promises }, doctor, lookAt) {
  const until = (records, field) => (records.get(doctor.id) ?? []).filter((record) => record[field] && Date.parse(record[field]) <= lookAt);
  const days = (instant) => Math.floor((lookAt - Date.parse(instant)) / DAY);
  const seen = until(readings, 'at').sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const held = until(visits, 'held_at');
  const latest = seen.at(-1);
  if (!latest || !WARM.includes(latest.value) || !held.length) return null;
  const moved = seen.filter(({ value, previous }) => (previous ?? null) !== value).at(-1);
  const last = held.map(({ held_at: at }) => at).sort().at(-1);
  const open = until(signs, 'seen_at').filter(({ cleared_at: at }) => !at || Date.parse(at) > lookAt).map(({ kind }) => kind);
  const gap = { several_a_month: 21, monthly: 45, bimonthly: 75 }[doctor.visit_preference];
  const unasked = ['by_appointment', 'hard_to_meet'].includes(doctor.visit_preference)
    && held.some((visit) => visit.channel === 'in_person' && !visit.planned_at && days(visit.held_at) <= 30);
  return {
    drop: Boolean(latest.previous) && RANKS[latest.value] < RANKS[latest.previous] && days(moved.at) <= 120,
    stale: days(latest.at) >= 120,
    cooler: open.includes('cooler'),
    competitor: open.includes('raised_competitor'),
    gap: days(last) >= 60,
    // Open on that day: open still, or delivered only afterwards.
    promise: until(promises, 'due_at').some(({ due_at: due, state, delivered_at: delivered }) => days(due) >= 7
      && (state === 'open' || (delivered && Date.parse(delivered) > lookAt))),
    preference: (gap !== undefined && days(last) >= gap) || unasked,
  };
}

const POINTS = { drop: 30, stale: 15, cooler: 30, competitor: 30, gap: 20, preference: 20, promise: 20 };

function count(data, lookDays, zoneOffset) {
  const total = { asked: 0, followed: 0, rule: { marked: 0, right: 0 }, plain: { marked: 0, right: 0 } };
  const first = { rule: new Map(), plain: new Map() };
  const events = new Set();
  for (const day of lookDays) {
    const lookAt = Date.parse(`${day}T00:00:00Z`) - zoneOffset + DAY - 1;
    for (const doctor of data.doctors) {
      const facts = factsOf(data, doctor, lookAt);
      if (!facts) continue;
      const falls = (data.readings.get(doctor.id) ?? [])
        .filter(({ value, previous }) => COLD.includes(value) && WARM.includes(previous)).map(({ at }) => Date.parse(at))
        .filter((at) => at > lookAt && at <= lookAt + HORIZON * DAY);
      const fall = falls.length ? `${doctor.id} ${Math.min(...falls)}` : null;
      total.asked += 1;
      if (fall) { total.followed += 1; events.add(fall); }
      const points = Object.entries(facts).reduce((sum, [name, holds]) => sum + (holds ? POINTS[name] : 0), 0);
      for (const [name, marked] of [['rule', points >= 50], ['plain', facts.gap]]) {
        if (!marked) continue;
        total[name].marked += 1;
        if (!fall) continue;
        total[name].right += 1;
        if (!first[name].has(fall)) first[name].set(fall, Math.floor((Math.min(...falls) - lookAt) / DAY));
      }
    }
  }
  return { ...total, events: events.size, leads: { rule: [...first.rule.values()], plain: [...first.plain.values()] } };
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (!sorted.length) return null;
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : Math.floor((sorted[middle - 1] + sorted[middle]) / 2);
}

function lookDays({ from, to, step }) {
  const days = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += step * DAY) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

test('E1a: a replayed warning has the figures that the raw records give, seen only as far as each day', async () => {
  const { user: { zone } } = await admin.read('/api/v1/me');
  assert.ok(['Asia/Tokyo', 'UTC'].includes(zone ?? 'UTC'), zone);
  const answer = await figures(admin, RANGE);
  const own = count(await raw(), lookDays(RANGE), zone === 'Asia/Tokyo' ? 9 * 3600000 : 0);
  assert.ok(own.events > 5 && own.rule.marked > 20, 'the demo company has falls, and marks');
  assert.equal(answer.looks, lookDays(RANGE).length);
  assert.deepEqual([answer.asked, answer.followed, answer.events], [own.asked, own.followed, own.events]);
  for (const side of ['rule', 'plain']) {
    const { marked, right, caught, precision, recall, lead_days: lead } = answer[side];
    const leads = own.leads[side];
    assert.deepEqual({ marked, right, caught, lead }, { ...own[side], caught: leads.length, lead: median(leads) }, side);
    assert.ok(Math.abs(precision - right / marked) < 1e-9 && Math.abs(recall - caught / answer.events) < 1e-9);
  }
  assert.ok(Math.abs(answer.base_rate - own.followed / own.asked) < 1e-9);
  assert.deepEqual([answer.by_journal, answer.as_today], [['visit_preference', 'promise.state'], []]);
});

test('E1a: what was changed since a day is not seen on that day: the journal tells what stood there', async () => {
  const before = await figures(admin, RANGE);
  const seen = (await admin.all('hcp')).filter(({ visit_preference: preference }) => preference === 'bimonthly').slice(0, 50);
  assert.equal(seen.length, 50);
  for (const { id } of seen) await admin.change('hcp', id, { visit_preference: 'several_a_month' });
  for (const { id } of seen.slice(0, 20)) await admin.change('hcp', id, { visit_preference: null });
  assert.deepEqual(await figures(admin, RANGE), before);
});

test('E1a: a promise that is kept, or broken, today was open before, and the journal tells of it', async () => {
  const none = await figures(admin, RANGE);
  const warm = (await admin.all('hcp')).filter(({ temperature, last_visit_at: last }) => WARM.includes(temperature) && last).slice(0, 120);
  const open = [];
  for (const { id: hcp } of warm) open.push(await admin.create('promise', { hcp, deliverable: 'A reprint of the study, by mail', due_at: '2026-04-06T00:00:00Z' }));
  const before = await figures(admin, RANGE);
  assert.ok(before.rule.marked > none.rule.marked, `${before.rule.marked} marks, ${none.rule.marked} without the promises`);
  for (const [index, { id }] of open.entries()) await admin.change('promise', id, { state: index % 2 ? 'delivered' : 'broken' });
  assert.deepEqual(await figures(admin, RANGE), before);
});

test('E1a: ondo backtest prints the same figures, with the base rate and the plain rule beside them', async () => {
  const args = ['backtest', 'warning', '--from', RANGE.from, '--to', RANGE.to, '--step', `${RANGE.step}`, '--horizon', `${HORIZON}`];
  const { code, out, error } = await service.ondo(args);
  assert.equal(code, 0, error);
  const answer = await figures(admin, RANGE);
  const row = (name) => new RegExp(`^ +${name}[^\\d-]*([\\d.-]+)( %)? +([\\d.-]+)( %)?$`, 'm').exec(out) ?? assert.fail(`${name}: ${out}`);
  assert.match(out, new RegExp(`events +${answer.events}$`, 'm'));
  const zones = (await admin.read('/api/v1/me')).user.zone;
  if (zones === 'Asia/Tokyo') assert.deepEqual([row('marked')[1], row('marked')[3]], [`${answer.rule.marked}`, `${answer.plain.marked}`]);
  assert.equal(row('precision: of those, followed by it').slice(1).filter((each) => each === ' %').length, 2);
  assert.match(out, /base rate/);
  assert.match(out, /lead time, median days/);
  assert.match(out, /visit_preference/);
  for (const option of ['--step', '--horizon']) {
    for (const days of ['0', '731', '9223372036854775807']) assert.equal((await service.ondo(['backtest', 'warning', option, days])).code, 2, `${option} ${days}`);
  }
  assert.equal((await service.ondo(['backtest', 'nothing'])).code, 3);
  assert.equal((await service.ondo(['backtest', 'warning', '--from', 'monday'])).code, 2);
  assert.equal((await service.ondo(['backtest', 'warning', '--from', '2026-08-03', '--to', '2026-03-02'])).code, 4);
});

test('E1a: a manager gets the figures of what they may see; a representative is refused', async () => {
  const all = await figures(admin, RANGE);
  const team = await figures(service.as('manager1'), RANGE);
  assert.ok(team.asked > 0 && team.asked < all.asked);
  await service.as('mr1').refused(403, 'GET', '/api/v1/score/warning/backtest');
  await admin.refused(404, 'GET', '/api/v1/score/nothing/backtest');
  await admin.refused(422, 'GET', '/api/v1/score/warning/backtest?from=2026-01-01&to=2025-01-01');
  await admin.refused(422, 'GET', '/api/v1/score/warning/backtest?horizon=0');
});
