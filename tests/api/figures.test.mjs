// Figures over time, compared, and narrowed (E14, S13): each counted again here from the raw records.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService({ data: 'demo' });
const admin = service.as('admin');
const DAY = 24 * 3600 * 1000;
const NOW = Date.parse('2026-11-18T08:00:00+09:00');

/** One doctor changes hands twice, another once, so that there is something to compare. */
const [one, two] = (await admin.all('hcp')).filter((hcp) => hcp.owner && hcp.temperature);
await admin.patch(`/api/v1/hcp/${one.id}`, { owner: service.user('mr2') === one.owner ? service.user('mr1') : service.user('mr2') });
await admin.patch(`/api/v1/hcp/${two.id}`, { temperature: two.temperature === 'skeptical' ? 'favorable' : 'skeptical' });

const people = await admin.all('hcp');
const users = new Map((await admin.all('user')).map((user) => [user.id, user]));
const readings = (await admin.all('temperature_reading')).toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
const handovers = (await admin.all('handover')).toSorted((a, b) => (a.at < b.at ? -1 : 1));
const RANKS = { enthusiastic: 5, favorable: 4, neutral: 3, skeptical: 2, prefers_competitor: 1, hard_to_meet: 0 };

const group = (list, of) => {
  const map = new Map();
  for (const item of list) map.set(of(item), [...(map.get(of(item)) ?? []), item]);
  return map;
};
const readingsOf = group(readings, (reading) => reading.hcp);
const handoversOf = group(handovers, (handover) => handover.hcp);

/** What stood at an instant, told by what was noted until then. */
const temperatureAt = (hcp, instant) => (readingsOf.get(hcp.id) ?? []).filter((reading) => Date.parse(reading.at) <= instant).at(-1)?.value ?? null;
const ownerAt = (hcp, instant) => (handoversOf.get(hcp.id) ?? []).find((handover) => Date.parse(handover.at) > instant)?.from_user ?? hcp.owner;
const periodsOf = (widget) => widget.periods.map(({ start, end }) => ({ start: Date.parse(start), end: Date.parse(end), last: Math.min(Date.parse(end) - 1, NOW) }));

async function widget(login, dashboard, name, query = '') {
  const answer = await service.as(login).read(`/api/v1/dashboard/${dashboard}${query}`);
  return answer.widgets.find((candidate) => candidate.name === name) ?? assert.fail(`no widget ${name}`);
}

/** The clock of the server goes on while the test runs: what is of this minute may be on either side of it. */
const close = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);

const countsOf = (shown) => Object.fromEntries(shown.groups.map(({ period, by, value }) => [`${period} ${by.owner} ${by.temperature}`, value]));

for (const login of ['admin', 'manager1']) {
  const { team, id } = service.users[login];
  const readable = people.filter((hcp) => login === 'admin' || hcp.owner === id || (hcp.owner && users.get(hcp.owner).team === team));
  for (const period of ['weeks_13', 'months_6', 'quarters_8']) {
    test(`E14: ${login} sees how temperatures were spread at the end of each of ${period}, under who was responsible then`, async () => {
      const shown = await widget(login, 'manager_weekly', 'temperature_over_time', `?period=${period}`);
      const periods = periodsOf(shown);
      assert.equal(periods.length, Number(period.split('_')[1]));
      const expected = {};
      // The last ends now, and is today's state, whatever the clock says by now.
      periods.forEach(({ last }, index) => {
        const at = index === periods.length - 1 ? Number.MAX_SAFE_INTEGER : last;
        for (const hcp of readable) {
          const [temperature, owner] = [temperatureAt(hcp, at), ownerAt(hcp, at)];
          if (temperature === null || owner === null) continue;
          const key = `${index} ${owner} ${temperature}`;
          expected[key] = (expected[key] ?? 0) + 1;
        }
      });
      assert.deepEqual(countsOf(shown), expected);
      assert.ok(new Set(shown.groups.map((item) => item.period)).size > 1);
    });
  }
}

test('E14: a number of the past opens exactly the records that it counted', async () => {
  const shown = await widget('manager1', 'manager_weekly', 'temperature_over_time', '?period=months_6');
  const picked = [shown.groups[0], shown.groups[Math.floor(shown.groups.length / 2)], shown.groups.at(-1)];
  for (const { filter, value } of picked) {
    const { total } = await service.as('manager1').read(`/api/v1/hcp?limit=1&total=true&filter=${encodeURIComponent(JSON.stringify(filter))}`);
    assert.equal(total, value);
  }
});

test('E14: what changed after reassignment stands beside what changed without one, with how many', async () => {
  for (const period of ['months_6', 'quarters_8']) {
    const shown = await widget('admin', 'manager_weekly', 'change_after_reassignment', `?period=${period}`);
    const start = Date.parse(shown.since), length = shown.days * DAY;
    const step = (hcp, from, until) => {
      const [before, after] = [temperatureAt(hcp, from), temperatureAt(hcp, until)];
      return before === null || after === null ? null : RANKS[after] - RANKS[before];
    };
    const changes = people.map((hcp) => ({ hcp, times: (handoversOf.get(hcp.id) ?? []).map((handover) => Date.parse(handover.at)) }));
    const after = changes.flatMap(({ hcp, times }) => {
      const last = times.filter((at) => at >= start && at <= NOW - length).at(-1);
      return last === undefined ? [] : [step(hcp, last - 1, last + length)];
    });
    const scale = length / (NOW - start);
    const without = changes.filter(({ times }) => times.every((at) => at < start - length)).map(({ hcp }) => {
      const steps = step(hcp, start - 1, Number.MAX_SAFE_INTEGER);
      return steps === null ? null : steps * scale;
    });
    const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
    for (const [side, steps] of [[shown.groups[0], after], [shown.groups[1], without]]) {
      const known = steps.filter((value) => value !== null);
      assert.equal(side.of, steps.length);
      assert.equal(side.n, known.length);
      if (known.length < 10) assert.equal(side.value, null);
      else assert.ok(Math.abs(side.value - mean(known)) < 1e-4, `${side.value} is not ${mean(known)}`);
      const { total } = await admin.read(`/api/v1/hcp?limit=1&total=true&filter=${encodeURIComponent(JSON.stringify(side.filter))}`);
      assert.equal(total, side.of);
    }
    assert.equal(shown.least, 10);
  }
});

test('E14: managers narrow their figures by team and product; what a widget cannot be narrowed by, it says', async () => {
  const team = service.users.mr1.team;
  const details = await admin.all('detail');
  const [product] = (await admin.all('product')).filter(({ id }) => details.some((detail) => detail.product === id));
  const inTeam = people.filter((hcp) => hcp.owner && users.get(hcp.owner).team === team);
  const byTeam = await widget('admin', 'manager_weekly', 'temperature_by_mr', `?team=${team}`);
  const total = (shown) => shown.groups.reduce((sum, item) => sum + item.value, 0);
  assert.equal(total(byTeam), inTeam.filter((hcp) => hcp.temperature).length);

  const visits = new Map((await admin.all('visit')).map((visit) => [visit.id, visit]));
  const told = new Set(details.filter((detail) => detail.product === product.id).map((detail) => visits.get(detail.visit)?.hcp));
  const both = await widget('admin', 'manager_weekly', 'temperature_by_mr', `?team=${team}&product=${product.id}`);
  assert.equal(total(both), inTeam.filter((hcp) => hcp.temperature && told.has(hcp.id)).length);
  const opened = both.groups[0];
  const list = await admin.read(`/api/v1/hcp?limit=1&total=true&filter=${encodeURIComponent(JSON.stringify(opened.filter))}`);
  assert.equal(list.total, opened.value);

  const tasks = await widget('admin', 'team_activity', 'tasks_open', `?team=${team}&product=${product.id}`);
  assert.deepEqual(tasks.ignored, ['product']);
});

test('E14: a therapeutic area narrows to all that lies below it, and the dashboard says how many it keeps', async () => {
  const products = await admin.all('product');
  const below = (id) => [id, ...products.filter((product) => product.parent === id).flatMap((product) => below(product.id))];
  const visits = new Map((await admin.all('visit')).map((visit) => [visit.id, visit]));
  const details = await admin.all('detail');
  const areas = products.filter(({ kind }) => kind === 'area');
  let narrowed = 0;
  for (const area of areas) {
    const within = new Set(below(area.id));
    const told = new Set(details.filter(({ product }) => within.has(product)).map(({ visit }) => visits.get(visit)?.hcp));
    const expected = people.filter(({ id }) => told.has(id)).length;
    const { kept, parameters } = await admin.read(`/api/v1/dashboard/manager_weekly?product=${area.id}`);
    const doctors = kept.find(({ object }) => object === 'hcp');
    assert.deepEqual([doctors.count, doctors.of], [expected, people.length]);
    const list = await admin.read(`/api/v1/hcp?limit=1&total=true&filter=${encodeURIComponent(JSON.stringify(doctors.filter))}`);
    assert.equal(list.total, expected);
    assert.equal(parameters.find(({ name }) => name === 'product').below, 'parent');
    if (expected > 0 && expected < people.length) narrowed += 1;
  }
  assert.ok(areas.length > 0 && narrowed > 0, 'no area narrows');
  assert.equal((await admin.read('/api/v1/dashboard/manager_weekly')).kept, undefined);
  const manager = await service.as('manager1').read(`/api/v1/dashboard/manager_weekly?team=${service.users.manager1.team}`);
  assert.ok(manager.kept.every(({ count, of }) => count <= of));
});

test('E14: products that belong to one another in a ring narrow all the same', async () => {
  const one = await admin.create('product', { name: 'Ring one', kind: 'brand' });
  const two = await admin.create('product', { name: 'Ring two', kind: 'brand', parent: one.id });
  await admin.patch(`/api/v1/product/${one.id}`, { parent: two.id });
  const { kept } = await admin.read(`/api/v1/dashboard/manager_weekly?product=${one.id}`);
  assert.equal(kept.find(({ object }) => object === 'hcp').count, 0);
});

test('E14: managers narrow their figures by representative; those of the past by who was responsible then', async () => {
  const handed = handovers.find((handover) => handover.from_user && people.some((hcp) => hcp.id === handover.hcp && hcp.temperature));
  const owner = handed.from_user;
  const now = await widget('admin', 'manager_weekly', 'temperature_by_mr', `?owner=${owner}`);
  const mine = people.filter((hcp) => hcp.owner === owner && hcp.temperature);
  assert.equal(now.groups.reduce((sum, item) => sum + item.value, 0), mine.length);
  assert.ok(now.groups.every((item) => item.by.owner === owner));

  const all = await widget('admin', 'manager_weekly', 'temperature_over_time', '?period=months_12');
  const then = await widget('admin', 'manager_weekly', 'temperature_over_time', `?period=months_12&owner=${owner}`);
  const of = (shown) => shown.groups.filter((item) => item.by.owner === owner).map(({ period, by, value }) => [period, by.temperature, value]);
  assert.deepEqual(of(then), of(all), 'also those who are another’s by now');
  assert.equal(then.groups.length, of(then).length);
  const { filter, value } = then.groups[0];
  const behind = await admin.read(`/api/v1/hcp?limit=1&total=true&filter=${encodeURIComponent(JSON.stringify(filter))}`);
  assert.equal(behind.total, value);

  const { parameters } = await admin.read('/api/v1/dashboard/team_activity');
  const { filter: offered } = parameters.find(({ name }) => name === 'owner');
  const staff = await admin.all('user', { filter: JSON.stringify(offered) });
  assert.ok(staff.some(({ login }) => login === 'mr1') && staff.every(({ role, active }) => role !== 'admin' && active));
});

test('E14: parameters are offered with what is chosen, and wrong ones are refused in words', async () => {
  const ja = service.as('manager1', { 'accept-language': 'ja' });
  const { parameters } = await ja.read('/api/v1/dashboard/manager_weekly');
  assert.deepEqual(parameters.map(({ name }) => name), ['team', 'owner', 'product', 'period']);
  assert.equal(parameters[3].value, 'weeks_13');
  assert.equal(parameters[3].choices[0].label, '13週間');
  for (const [query, pointer] of [['period=yesterday', '/period'], ['team=mine', '/team'], ['colour=red', '/colour']]) {
    const { status, body } = await ja.get(`/api/v1/dashboard/manager_weekly?${query}`);
    assert.equal(status, 422);
    assert.equal(body.errors[0].pointer, pointer);
    assert.match(body.errors[0].message, /[ぁ-ん]/);
  }
});

// ---- Long-term trust ----

const visits = (await admin.all('visit')).filter((visit) => ['completed', 'signed'].includes(visit.state));
const topics = group((await admin.all('topic')).filter(({ kind }) => kind === 'question' || kind === 'request'), (topic) => topic.visit);
const within = (at, { start, end }) => at && Date.parse(at) >= start && Date.parse(at) < end;
const distinct = (list, field) => new Set(list.map((item) => item[field])).size;

/** Each widget's values by period, counted here; undefined where there is nothing to measure. */
function trustOf(subjects, contacts, periods) {
  const values = { temperature: [], reciprocity: [], people_of_ours: [], people_of_theirs: [], channels: [] };
  periods.forEach((period, index) => {
    const at = index === periods.length - 1 ? Number.MAX_SAFE_INTEGER : period.last;
    const ranks = subjects.map((hcp) => temperatureAt(hcp, at)).filter((code) => code !== null).map((code) => RANKS[code]);
    const held = contacts.filter((visit) => within(visit.held_at, period));
    values.temperature.push(ranks.length ? ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length : undefined);
    values.reciprocity.push(held.length ? held.flatMap((visit) => topics.get(visit.id) ?? []).length / held.length : undefined);
    for (const [name, field] of [['people_of_ours', 'owner'], ['people_of_theirs', 'hcp'], ['channels', 'channel']]) {
      values[name].push(held.length ? distinct(held, field) : undefined);
    }
  });
  return values;
}

function assertTrust(answer, expected, names) {
  for (const name of names) {
    const shown = answer.widgets.find((item) => item.name === name);
    const values = new Map(shown.groups.map((item) => [item.period, item.value]));
    expected[name].forEach((value, period) => {
      if (value === undefined) assert.equal(values.get(period), undefined, `${name} ${period}`);
      else close(values.get(period), value);
    });
    assert.ok(shown.help.length > 20, 'each number has its definition beside it');
  }
}

test('S13: a doctor’s relationship by quarter, from the raw records', async () => {
  const hcp = people.find((person) => visits.filter((visit) => visit.hcp === person.id).length > 8 && person.primary_hco);
  const answer = await admin.read(`/api/v1/dashboard/trust?hcp=${hcp.id}&hco=${hcp.primary_hco}`);
  const periods = periodsOf(answer.widgets[0]);
  assert.equal(periods.length, 8);
  const hers = trustOf([hcp], visits.filter((visit) => visit.hcp === hcp.id), periods);
  assertTrust(answer, hers, ['temperature', 'reciprocity', 'people_of_ours', 'channels']);
  const colleagues = new Set(people.filter((person) => person.primary_hco === hcp.primary_hco).map(({ id }) => id));
  assertTrust(answer, trustOf([], visits.filter((visit) => colleagues.has(visit.hcp)), periods), ['people_of_theirs']);
});

test('S13: the same for a team, as far as its manager may see', async () => {
  const { team } = service.users.manager1;
  const mine = (owner) => owner === service.user('manager1') || (owner && users.get(owner).team === team);
  const reader = service.as('manager1');
  const seen = new Set((await reader.all('visit')).map(({ id }) => id));
  const answer = await reader.read(`/api/v1/dashboard/trust?team=${team}&period=quarters_4`);
  const contacts = visits.filter((visit) => seen.has(visit.id) && users.get(visit.owner).team === team);
  const subjects = people.filter((hcp) => mine(hcp.owner) && users.get(hcp.owner).team === team);
  assertTrust(answer, trustOf(subjects, contacts, periodsOf(answer.widgets[0])), ['temperature', 'reciprocity', 'people_of_ours', 'channels']);
});

test('S13: a promise says by itself when it was kept, and counts as on time until the end of its day', async () => {
  const hcp = people.find((person) => person.owner === service.user('mr1'));
  const make = async (due, state) => {
    const { body } = await admin.post('/api/v1/promise', { hcp: hcp.id, deliverable: 'x', due_at: due });
    const { body: changed } = await admin.patch(`/api/v1/promise/${body.id}`, { state });
    return changed;
  };
  const before = await widget('admin', 'trust', 'promises_on_time', `?hcp=${hcp.id}&period=quarters_4`);
  const kept = await make('2026-11-18T06:00:00+09:00', 'delivered');
  assert.ok(Math.abs(Date.parse(kept.delivered_at) - NOW) < DAY);
  await make('2026-11-10T18:00:00+09:00', 'delivered');
  const after = await widget('admin', 'trust', 'promises_on_time', `?hcp=${hcp.id}&period=quarters_4`);
  const last = (shown) => shown.groups.find((item) => item.period === 3) ?? { n: 0, value: 0 };
  assert.equal(last(after).n, last(before).n + 2);
  close(last(after).n * last(after).value, last(before).n * last(before).value + 1);
});

test('S13: a promise that came as kept was kept at an unknown time; one that is opened again was not', async () => {
  const { id: hcp } = await admin.create('hcp', { family_name: '約束', owner: service.user('mr1') });
  const promise = (values) => admin.create('promise', { hcp, deliverable: 'x', due_at: '2026-11-10T18:00:00+09:00', ...values });
  const figures = async () => (await widget('admin', 'trust', 'promises_on_time', `?hcp=${hcp}&period=quarters_4`)).groups.map(({ n, value }) => [n, value]);
  const { id } = await promise({ state: 'delivered', delivered_at: '2026-11-10T23:00:00+09:00' });
  assert.deepEqual(await figures(), [[1, 1]]);
  assert.equal((await admin.change('promise', id, { state: 'open' })).delivered_at, null);
  assert.deepEqual(await figures(), [[1, 0]]);
  assert.ok((await admin.change('promise', id, { state: 'delivered' })).delivered_at > '2026-11-11', 'delivered again, later');
  assert.deepEqual(await figures(), [[1, 0]]);
  assert.equal((await promise({ state: 'confirmed' })).delivered_at, null, 'brought from elsewhere, kept at an unknown time');
  assert.deepEqual(await figures(), [[1, 0]], 'it is left out: neither on time nor late');
});

test('E14: as_of asks for what a field held, and refuses a field without a history', async () => {
  const at = '2026-08-31T15:00:00Z';
  const filter = { '==': [{ as_of: [{ var: 'temperature' }, at] }, 'favorable'] };
  const found = await admin.all(`hcp`, { filter: JSON.stringify(filter) });
  const expected = people.filter((hcp) => temperatureAt(hcp, Date.parse(at)) === 'favorable');
  assert.deepEqual(found.map(({ id }) => id).toSorted(), expected.map(({ id }) => id).toSorted());
  const { status, body } = await admin.get(`/api/v1/hcp?filter=${encodeURIComponent('{"!!":[{"as_of":[{"var":"department"},"2026-08-31T15:00:00Z"]}]}')}`);
  assert.ok(status === 400 || status === 422, String(status));
  assert.equal(body.errors[0].code, 'condition_no_history');
});
