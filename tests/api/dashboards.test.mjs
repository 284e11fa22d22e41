// The dashboards' contents (E11–E14), counted again here from the raw lists.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';
import { scopeOf } from './rights.mjs';

const service = await startService({ data: 'demo' });
const admin = service.as('admin');
const everybody = await admin.all('hcp');
const signs = await admin.all('sign');
const institutions = await admin.all('hco');
const users = await admin.all('user');
const DAY = 24 * 3600 * 1000;

/** The calendar day of an instant in a zone, as "2026-11-18". */
const dayIn = (zone, instant) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(instant));
const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
const NOW = Date.parse('2026-11-18T08:00:00+09:00');
const ids = (items) => items.map((item) => item.id).toSorted();

async function widget(login, dashboard, name, headers) {
  const { widgets } = await service.as(login, headers).read(`/api/v1/dashboard/${dashboard}`);
  return widgets.find((candidate) => candidate.name === name) ?? assert.fail(`no widget ${name}`);
}

/** The Sunday that ends the week of a day, Monday being the first. */
function weekEnd(day) {
  const date = new Date(`${day}T00:00:00Z`);
  const untilSunday = (7 - date.getUTCDay()) % 7;
  return new Date(date.getTime() + untilSunday * DAY).toISOString().slice(0, 10);
}

for (const login of ['mr1', 'mr2', 'mr3']) {
  const { id, zone } = service.users[login] ?? {};
  const today = zone && dayIn(zone, NOW);
  const mine = everybody.filter((hcp) => hcp.owner === id);

  test(`E11: ${login} is recommended whose next action is due this week or overdue`, async () => {
    const expected = mine.filter((hcp) => hcp.next_action_due && hcp.next_action_due <= weekEnd(today));
    const { items, total } = await widget(login, 'mr_daily', 'recommended_visits');
    assert.ok(expected.length > 0 && expected.length <= 50);
    assert.deepEqual(ids(items), ids(expected));
    assert.equal(total, expected.length);
    const due = items.map((item) => item.next_action_due);
    assert.deepEqual(due, due.toSorted(), 'the longest overdue first');
    assert.ok(items.every((item) => 'next_action' in item && (!item.primary_hco || item.expanded.primary_hco.title)));
  });

  test(`E12: ${login} is alerted to whose temperature changed to skeptical or prefers competitor`, async () => {
    const expected = mine.filter((hcp) => ['skeptical', 'prefers_competitor'].includes(hcp.temperature) && hcp.temperature_changed_at);
    const { items, total } = await widget(login, 'mr_daily', 'temperature_alerts');
    assert.ok(expected.length > 0);
    assert.equal(total, expected.length);
    assert.deepEqual(ids(items), ids(expected).slice(0, 50));
    const times = items.map((item) => item.temperature_changed_at);
    assert.deepEqual(times, times.toSorted().reverse(), 'the newest first');
  });

  test(`E13: ${login} sees whose sign stands uncleared without a visit for 14 days`, async () => {
    const signed = new Set(signs.filter((sign) => !sign.cleared_at).map((sign) => sign.hcp));
    const expected = mine.filter((hcp) => signed.has(hcp.id) && (!hcp.last_visit_at || daysBetween(dayIn(zone, hcp.last_visit_at), today) >= 14));
    const { items, total } = await widget(login, 'mr_daily', 'signs_unvisited');
    assert.equal(total, expected.length);
    assert.deepEqual(ids(items), ids(expected));
  });
}

for (const login of ['manager1', 'manager2', 'manager3', 'admin']) {
  const { id, team, zone } = service.users[login] ?? {};
  const teamOf = new Set(users.filter((user) => user.team && user.team === team).map((user) => user.id));
  const readable = everybody.filter((hcp) => login === 'admin' || hcp.owner === id || teamOf.has(hcp.owner));
  const today = zone && dayIn(zone, NOW);

  test(`E14: ${login} sees how temperatures are spread over the representatives`, async () => {
    const expected = {};
    for (const hcp of readable.filter((item) => item.owner && item.temperature)) {
      const key = `${hcp.owner} ${hcp.temperature}`;
      expected[key] = (expected[key] ?? 0) + 1;
    }
    const { groups } = await widget(login, 'manager_weekly', 'temperature_by_mr');
    assert.deepEqual(Object.fromEntries(groups.map((group) => [`${group.by.owner} ${group.by.temperature}`, group.value])), expected);
    for (const group of groups) assert.equal(group.titles.owner, users.find((user) => user.id === group.by.owner).name);
  });

  test(`E14: ${login} can go from a number to the records behind it`, async () => {
    const { groups } = await widget(login, 'manager_weekly', 'temperature_by_mr');
    for (const group of groups.slice(0, 6)) {
      const behind = await service.as(login).all('hcp', { filter: group.filter });
      assert.equal(behind.length, group.value);
      assert.ok(behind.every((hcp) => hcp.owner === group.by.owner && hcp.temperature === group.by.temperature));
    }
  });

  test(`E14: ${login} sees the temperatures of doctors whose representative changed within a month`, async () => {
    const expected = readable.filter((hcp) => hcp.owner_changed_at && daysBetween(dayIn(zone, hcp.owner_changed_at), today) <= 31);
    const { items, total } = await widget(login, 'manager_weekly', 'temperature_after_reassignment');
    assert.equal(total, expected.length);
    assert.deepEqual(ids(items), ids(expected));
    for (const item of items) {
      const hcp = everybody.find((candidate) => candidate.id === item.id);
      assert.deepEqual([item.temperature_at_reassignment, item.temperature, item.former_owner], [hcp.temperature_at_reassignment, hcp.temperature, hcp.former_owner]);
    }
  });

  test(`E14: ${login} sees the institutions with a committee within a month`, async () => {
    const expected = institutions.filter((hco) => {
      const days = hco.next_committee_on ? daysBetween(today, hco.next_committee_on) : -1;
      return days >= 0 && days <= 31;
    });
    const { items } = await widget(login, 'manager_weekly', 'committees_within_month');
    assert.deepEqual(ids(items), ids(expected));
    const dates = items.map((item) => item.next_committee_on);
    assert.deepEqual(dates, dates.toSorted());
  });
}

test('the dashboards follow a change at once', async () => {
  const before = (await widget('mr1', 'mr_daily', 'temperature_alerts')).total;
  const hcp = everybody.find((item) => item.owner === service.user('mr1') && item.temperature === 'favorable');
  await service.as('mr1').create('visit', { hcp: hcp.id, temperature: 'prefers_competitor' });
  const alerts = await widget('mr1', 'mr_daily', 'temperature_alerts');
  assert.equal(alerts.total, before + 1);
  assert.equal(alerts.items[0].id, hcp.id);
  assert.equal(alerts.items[0].temperature_previous, 'favorable');
});

test('labels come in the reader’s language', async () => {
  const labels = [];
  for (const language of ['en', 'ja', 'zh']) labels.push((await widget('mr1', 'mr_daily', 'recommended_visits', { 'accept-language': language })).label);
  assert.deepEqual(labels, ['Recommended visits this week', '今週訪問推奨リスト', '本周建议拜访名单']);
});

test('each role is offered its own dashboards; another’s shows nothing more than its lists would', async () => {
  const namesFor = async (login) => (await service.as(login).read('/api/v1/dashboard')).items.map((item) => item.name);
  assert.deepEqual(await namesFor('mr1'), ['mr_daily', 'trust']);
  assert.deepEqual((await namesFor('manager1')).toSorted(), ['manager_daily', 'manager_weekly', 'team_activity', 'trust']);
  assert.deepEqual(await namesFor('compliance1'), ['office_daily', 'trust']);
  for (const login of ['marketing1', 'compliance1']) await service.as(login).read('/api/v1/dashboard/office_daily');
  const own = new Set((await service.as('mr1').all('hcp')).map((hcp) => hcp.id));
  const { widgets } = await service.as('mr1').read('/api/v1/dashboard/manager_weekly');
  const list = widgets.find((item) => item.name === 'temperature_after_reassignment');
  assert.ok(list.items.every((item) => own.has(item.id)));
  const { groups } = widgets.find((item) => item.name === 'temperature_by_mr');
  assert.deepEqual([...new Set(groups.map((group) => group.by.owner))], [service.user('mr1')]);
  await service.as('mr1').refused(404, 'GET', '/api/v1/dashboard/nothing');
});

test('L25: each representative’s numbers, with the filter that opens the records behind', async () => {
  const manager = service.as('manager1');
  const { items } = await manager.read('/api/v1/dashboard');
  assert.equal(items.find((item) => item.name === 'team_activity').place, 'team');
  assert.equal(items.find((item) => item.name === 'manager_daily').place, 'today');
  const { widgets } = await manager.read('/api/v1/dashboard/team_activity');
  assert.deepEqual(widgets.map((item) => [item.name, item.form]).slice(0, 2), [['visits_week', 'number'], ['visits_month', 'number']]);
  for (const { name, object, groups } of widgets) {
    for (const group of groups.slice(0, 3)) {
      const { total } = await manager.read(`/api/v1/${object}`, { filter: group.filter, total: true, limit: 1 });
      assert.equal(total, group.value, `${name} of ${group.titles.owner}`);
    }
  }
  const seen = new Set((await manager.all('visit')).filter((visit) => visit.held_at && NOW - Date.parse(visit.held_at) < 30 * DAY).map((visit) => visit.hcp));
  const unseen = widgets.find((item) => item.name === 'unseen_60').groups.reduce((sum, group) => sum + group.value, 0);
  assert.ok(unseen > 0 && unseen <= everybody.length - seen.size);
});

test('a widget brings what the page says of it: its picture, its sentence in the reader’s language, what it says while empty', async () => {
  const english = await widget('mr1', 'mr_daily', 'promises_due', { 'accept-language': 'en' });
  assert.equal(english.icon, 'promise');
  assert.deepEqual(english.brief, { one: '{count} promise to keep', other: '{count} promises to keep', late: true });
  assert.match(english.empty, /kept your word/);
  const japanese = await widget('mr1', 'mr_daily', 'promises_due', { 'accept-language': 'ja' });
  assert.ok(japanese.brief.other.includes('{count}'));
  assert.equal(japanese.brief.one, undefined, 'a language without a form of its own for one needs no second sentence');
  const quality = await widget('manager1', 'manager_weekly', 'visit_quality');
  assert.equal(quality.brief, undefined);
});

test('a widget says what its cards tell of and where it leads, so that any list can', async () => {
  const alerts = await widget('manager1', 'manager_daily', 'temperature_alerts');
  assert.deepEqual(alerts.was, { field: 'temperature_previous', of: 'temperature', at: 'temperature_changed_at' });
  assert.ok([alerts.reasons, alerts.link].every((none) => none === undefined));
  const warning = await widget('manager1', 'manager_daily', 'early_warning', { 'accept-language': 'en' });
  assert.equal(warning.reasons, 'warning_reasons');
  assert.deepEqual(warning.link, { screen: '/warning', label: 'How it is worked out', at_end: true });
  const committees = await widget('manager1', 'manager_daily', 'committees_within_month', { 'accept-language': 'ja' });
  assert.deepEqual(committees.link, { screen: '/committees', label: '採用委員会を開く' });
});

test('a list widget tells the filter and the order with which its list goes on', async () => {
  const { filter, sort, items, next, object, help } = await widget('mr1', 'mr_daily', 'temperature_alerts', { 'accept-language': 'en' });
  assert.equal(help, 'Changed to skeptical or prefers competitor');
  const mr = service.as('mr1');
  const all = await mr.read(`/api/v1/${object}`, { filter, sort, limit: 1000 });
  assert.deepEqual(all.items.slice(0, items.length).map((item) => item.id), items.map((item) => item.id));
  if (next === null) return;
  const more = await mr.read(`/api/v1/${object}`, { filter, sort, cursor: next, limit: 50 });
  assert.equal(more.items[0].id, all.items[items.length].id);
});

test('a widget goes on as a list of its object, with its own parameters, page by page', async () => {
  const client = service.as('admin');
  const { widgets } = await client.read('/api/v1/dashboard/manager_weekly');
  const { items, next, total, object, filter, sort, fields, expand } = widgets.find((candidate) => candidate.form === 'list' && candidate.items.length > 0);
  const whole = await client.read(`/api/v1/${object}`, { filter, sort, fields, expand, limit: items.length });
  assert.deepEqual(whole.items, items);
  assert.equal(whole.next === null, next === null);
  const all = await client.all(object, { filter, sort, fields, expand, limit: 3 });
  assert.equal(all.length, total);
  assert.deepEqual(all.slice(0, items.length), items);
});

test('the day holds what its page shows and little else', async () => {
  const { text, body } = await service.as('mr1').expect(200, 'GET', '/api/v1/dashboard/mr_daily');
  assert.ok(text.length < 120_000, `${text.length} bytes`);
  const related = body.widgets.flatMap(({ items }) => items ?? []).flatMap(({ expanded }) => Object.values(expanded ?? {})).filter(Boolean);
  assert.ok(related.length > 20);
  assert.ok(related.every((record) => record.title && !('academic_interests' in record) && !('address' in record)));
});

test('a role sees the widgets of a dashboard that it may read, and not the others', async () => {
  const { widgets } = await service.as('marketing1').read('/api/v1/dashboard/mr_daily');
  const names = widgets.map(({ name }) => name);
  assert.ok(names.includes('temperature_alerts'));
  assert.ok(!names.includes('promises_due'), 'marketing reads no promises');
  for (const { object } of widgets) assert.notEqual(scopeOf('marketing', object, 'read'), 'none');
});
