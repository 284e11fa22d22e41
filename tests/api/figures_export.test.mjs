// Dashboards as files: the figures that the page shows, the lists that the reader may export, in the reader's words (E11–E14).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';
import { OBJECTS } from './rights.mjs';
import { csv, download, parseCsv, readXlsx } from './tables.mjs';

const service = await startService({ data: 'demo' });
const MARK = '\ufeff';
await service.ondo(['tick']);

async function exported(login, dashboard, parameters = {}) {
  const answer = await download(service, login, `/api/v1/dashboard/${dashboard}/export`, parameters);
  assert.equal(answer.status, 200, answer.bytes.toString('utf8').slice(0, 400));
  return answer;
}

async function table(login, dashboard, parameters) {
  const { bytes, headers } = await exported(login, dashboard, parameters);
  const text = bytes.toString('utf8');
  assert.ok(text.startsWith(MARK), 'spreadsheets need the mark');
  assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8');
  return parseCsv(text.slice(1));
}

const widgetOf = async (login, dashboard, name, query = '') =>
  (await service.as(login).read(`/api/v1/dashboard/${dashboard}${query}`)).widgets.find((widget) => widget.name === name);

test('E14: temperature by MR goes into a file as the page shows it, a column a temperature, in the reader’s words', async () => {
  const [heading, ...rows] = await table('manager1', 'manager_weekly', { widget: 'temperature_by_mr' });
  const shown = await widgetOf('manager1', 'manager_weekly', 'temperature_by_mr');
  const field = (name) => OBJECTS.get('hcp').fields.find((one) => one.name === name);
  const scale = field('temperature').choices.filter(({ retired }) => !retired);
  assert.equal(heading[0], field('owner').labels.ja);
  assert.deepEqual(heading.slice(1, 1 + scale.length), scale.map(({ labels }) => labels.ja));
  const members = new Map(shown.groups.map(({ titles }) => [titles.owner, {}]));
  for (const { titles, by, value } of shown.groups) members.get(titles.owner)[by.temperature] = value;
  assert.deepEqual(new Set(rows.map(([name]) => name)), new Set(members.keys()));
  for (const row of rows) {
    const counts = scale.map(({ code }) => members.get(row[0])[code] ?? 0);
    assert.deepEqual(row.slice(1, 1 + scale.length).map(Number), counts);
    assert.equal(Number(row.at(-1)), counts.reduce((sum, count) => sum + count, 0));
  }
});

test('E14: the file is narrowed as the page is, and says so', async () => {
  const { team } = service.users.manager1;
  const query = `?team=${team}&period=months_6`;
  const shown = await widgetOf('manager1', 'manager_weekly', 'temperature_over_time', query);
  const rows = await table('manager1', 'manager_weekly', { widget: 'temperature_over_time', team, period: 'months_6' });
  const total = rows.slice(1).reduce((sum, row) => sum + Number(row.at(-1)), 0);
  assert.equal(total, shown.groups.reduce((sum, { value }) => sum + value, 0));
  assert.match(rows[1][0], /^\d{4}-\d{2}$/);
  const book = readXlsx((await exported('manager1', 'manager_weekly', { format: 'xlsx', team, period: 'months_6' })).bytes);
  assert.ok(book.rows.some(([label, value]) => label === '期間' && value === '6ヶ月'), 'the cover says of which time');
  assert.equal(book.sheets[2].rows.slice(1).reduce((sum, row) => sum + row.at(-1), 0), total, 'numbers are numbers');
  await service.as('manager1').refused(422, 'GET', '/api/v1/dashboard/manager_weekly/export?period=tomorrow');
  await service.as('manager1').refused(422, 'GET', '/api/v1/dashboard/manager_weekly/export?colour=red');
  await service.as('manager1').refused(422, 'GET', '/api/v1/dashboard/manager_weekly/export?format=pdf');
  await service.as('manager1').refused(404, 'GET', '/api/v1/dashboard/manager_weekly/export?widget=nothing');
  await service.as('manager1').refused(404, 'GET', '/api/v1/dashboard/nothing/export');
});

test('E11, E12, E13: the lists of an MR’s day hold the MR’s own doctors, all of them, with what the page shows', async () => {
  for (const name of ['recommended_visits', 'temperature_alerts', 'signs_unvisited']) {
    const shown = await widgetOf('mr1', 'mr_daily', name);
    const rows = await table('mr1', 'mr_daily', { widget: name });
    assert.equal(rows.length - 1, shown.total, name);
    const titles = rows.slice(1).map(([title]) => title);
    for (const { title } of shown.items) assert.ok(titles.includes(title), `${name}: ${title}`);
  }
});

test('E14: all widgets together are sections of a CSV file and sheets of a workbook', async () => {
  const { widgets } = await service.as('manager1').read('/api/v1/dashboard/manager_weekly');
  const { bytes, headers } = await exported('manager1', 'manager_weekly');
  assert.equal(headers.get('content-disposition'), 'attachment; filename="manager_weekly.csv"');
  const rows = parseCsv(bytes.toString('utf8').slice(1));
  for (const { label } of widgets) assert.ok(rows.some((row) => row.length === 1 && row[0] === label), label);
  const book = await exported('manager1', 'manager_weekly', { format: 'xlsx' });
  assert.equal(book.headers.get('content-disposition'), 'attachment; filename="manager_weekly.xlsx"');
  const { sheets } = readXlsx(book.bytes);
  assert.equal(sheets.length, widgets.length + 1);
  widgets.forEach(({ label }, index) => assert.equal(sheets[index + 1].name, label.slice(0, 31)));
});

test('E14: a formula in a name stays a name, and an export is noted with what it took', async () => {
  const [row] = (await widgetOf('manager1', 'manager_weekly', 'temperature_by_mr')).groups;
  const user = await service.as('admin').read(`/api/v1/user/${row.by.owner}`);
  await service.as('admin').change('user', user.id, { name: '=1+1' });
  const rows = await table('manager1', 'manager_weekly', { widget: 'temperature_by_mr' });
  assert.ok(rows.some(([name]) => name === "'=1+1"), JSON.stringify(rows.map(([name]) => name)));
  await service.as('admin').change('user', user.id, { name: user.name });
  const noted = service.sql("SELECT changes FROM journal WHERE action = 'export' AND object = 'hcp' ORDER BY id DESC LIMIT 1");
  assert.equal(JSON.parse(noted).dashboard, 'manager_weekly');
  assert.equal(JSON.parse(noted).format, 'csv');
});

test('E14: a list goes into the file whole, however long it is', async () => {
  const admin = service.as('admin');
  const many = 10_600;
  const rows = csv([['name'], ...Array.from({ length: many }, (_, index) => [`Line ${String(index).padStart(5, '0')}`])]);
  const map = { columns: [{ from: 'name', to: 'name' }] };
  const run = await admin.send('POST', `/api/v1/import/product?map=${encodeURIComponent(JSON.stringify(map))}`, { raw: rows, headers: { 'content-type': 'text/csv' } });
  assert.ok([200, 202].includes(run.status), run.text);
  for (let { status } = run.body; status === 'running'; ) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    ({ status } = await admin.read(`/api/v1/import/${run.body.id}`));
  }
  const labels = { en: 'Lines', ja: '製品一覧', zh: '产品一览' };
  const body = {
    dashboard: 'lines', labels, roles: ['admin'],
    widgets: [{ name: 'lines', labels, form: 'list', object: 'product', condition: { '==': [{ var: 'kind' }, 'product'] }, sort: ['name'], fields: ['kind'], limit: 10 }],
  };
  const definitions = [{ kind: 'dashboards', name: 'lines', body, version: 0 }];
  await admin.expect(200, 'POST', '/api/v1/definition/publish', { body: { definitions, note: 'a long list' } });
  const [, ...lines] = await table('admin', 'lines', { widget: 'lines' });
  const { total } = await admin.read('/api/v1/product?limit=1&total=true&kind=product');
  assert.ok(total >= many);
  assert.equal(lines.length, total);
  assert.equal(new Set(lines.map(([title]) => title)).size, total, 'each once');
  const book = readXlsx((await exported('admin', 'lines', { format: 'xlsx' })).bytes);
  assert.equal(book.sheets[1].rows.length, total + 1);
  const noted = JSON.parse(service.sql("SELECT changes FROM journal WHERE action = 'export' AND object = 'product' ORDER BY id DESC LIMIT 1"));
  assert.equal(noted.count, total);
});

test('E14: who may not export records gets no list of them, and nobody figures of what they may not see', async () => {
  const answer = await download(service, 'mr1', '/api/v1/dashboard/manager_weekly/export', { widget: 'temperature_by_mr' });
  const rows = parseCsv(answer.bytes.toString('utf8').slice(1));
  assert.equal(rows.length, 2, 'an MR sees the own figures alone');
  await service.anonymous().refused(401, 'GET', '/api/v1/dashboard/manager_weekly/export');
});
