// Files out: what the reader may see and no more, as lists show it, in the reader's words, safe for spreadsheets, noted in the journal.
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codesOf, withQuery } from './client.mjs';
import { ROOT, startService } from './harness.mjs';
import { OBJECTS, ROLES, fieldsWith, may, scopeOf } from './rights.mjs';
import { csv, download, parseCsv, readXlsx } from './tables.mjs';

const service = await startService({ data: 'demo' });
const admin = service.as('admin');
const mr = service.as('mr1');
const EXIT = { done: 0, usage: 2, missing: 3, refused: 4 };
const MARK = '\ufeff';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
await service.ondo(['tick']);

/** The rows of a CSV export, the heading first, checked for what every export has. */
async function exported(login, object, parameters = {}, from = service) {
  const answer = await download(from, login, `/api/v1/${object}/export`, { format: 'csv', ...parameters });
  const text = answer.bytes.toString('utf8');
  assert.equal(answer.status, 200, text.slice(0, 400));
  assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.equal(answer.headers.get('content-disposition'), `attachment; filename="${object}.csv"`);
  assert.ok(text.startsWith(MARK), 'spreadsheets need the mark');
  return parseCsv(text.slice(1));
}

async function workbook(login, object, parameters = {}, from = service) {
  const answer = await download(from, login, `/api/v1/${object}/export`, { format: 'xlsx', ...parameters });
  assert.equal(answer.status, 200, answer.bytes.toString('utf8').slice(0, 400));
  assert.equal(answer.headers.get('content-type'), XLSX);
  assert.equal(answer.headers.get('content-disposition'), `attachment; filename="${object}.xlsx"`);
  return readXlsx(answer.bytes);
}

const fieldOf = (object, name) => OBJECTS.get(object).fields.find((field) => field.name === name);
const labelsOf = (object, lang, names) => names.map((name) => fieldOf(object, name).labels[lang]);
const column = (rows, index) => rows.slice(1).map((row) => row[index] ?? '');
const acts = (from, where) => from.sql(`SELECT via, object, changes FROM journal WHERE action = 'export' AND ${where} ORDER BY id`).split('\n').filter(Boolean).map((line) => {
  const [via, object, ...changes] = line.split('|');
  return { via, object, ...JSON.parse(changes.join('|')) };
});

// ---- What is in it ----

const everything = new Map();
for (const object of ['hcp', 'visit', 'task', 'user', 'hco']) everything.set(object, await admin.all(object));
const users = new Map(everything.get('user').map((user) => [user.id, user]));
const world = { records: new Map([...everything.values()].flat().map((record) => [record.id, record])), users };

for (const login of ['admin', 'mr1', 'mr2', 'manager1', 'msl1', 'kam1', 'inside1', 'marketing1', 'compliance1']) {
  test(`${login}: exports hold what the role may export, column by column and row by row; others are refused`, async () => {
    const { role, team } = users.get(service.user(login));
    const actor = { id: service.user(login), role, team };
    for (const [object, key] of [['hcp', 'family_name'], ['visit', 'discussion'], ['task', 'subject'], ['hco', 'name']]) {
      if (scopeOf(role, object, 'export') === 'none') {
        for (const format of ['csv', 'xlsx']) await service.as(login).refused(403, 'GET', `/api/v1/${object}/export?format=${format}`);
        continue;
      }
      const rows = await exported(login, object);
      const hidden = fieldsWith(role, object, 'hidden');
      const fields = OBJECTS.get(object).fields.filter((field) => field.type !== 'file' && !hidden.includes(field.name));
      const lang = service.users[login].lang;
      assert.deepEqual(rows[0], fields.map((field) => field.labels[lang]));
      const mine = everything.get(object).filter((record) => may(world, actor, object, record, 'read') && may(world, actor, object, record, 'export'));
      assert.equal(rows.length - 1, mine.length, object);
      const place = fields.findIndex((field) => field.name === key);
      assert.deepEqual(column(rows, place).map((cell) => cell.replaceAll('\r\n', '\n')).toSorted(), mine.map((record) => record[key] ?? '').toSorted(), `${object}.${key}`);
    }
  });
}

test('mr1 exports fewer than there are, and more than none', async () => {
  const rows = await exported('mr1', 'hcp', { fields: 'family_name,owner' });
  assert.ok(rows.length > 10 && rows.length - 1 < everything.get('hcp').length);
  assert.deepEqual([...new Set(column(rows, 1))], [users.get(service.user('mr1')).name]);
  const foreign = everything.get('hcp').find((hcp) => hcp.owner === service.user('mr2'));
  assert.deepEqual(await exported('mr1', 'hcp', { fields: 'family_name', filter: { '==': [{ var: 'owner' }, service.user('mr2')] } }), [['姓']]);
  assert.deepEqual((await exported('mr1', 'hcp', { fields: 'family_name', q: foreign.registration_number ?? foreign.id })).slice(1), []);
});

test('fields that are hidden are not in the file, and can be neither asked for, filtered nor sorted by', async () => {
  const folder = join(service.home, 'business');
  cpSync(join(ROOT, 'pharma'), folder, { recursive: true });
  const role = structuredClone(ROLES.get('mr'));
  role.fields.hcp.hidden = ['email', 'phone', 'interest_areas'];
  writeFileSync(join(folder, 'roles', 'mr.json'), JSON.stringify(role));
  const strict = await startService({ args: ['--business', folder] });
  const secret = 'nobody-sees@example.org';
  await strict.as('admin').create('hcp', { family_name: '秘', owner: strict.user('mr1'), email: secret, phone: '03-9999-8888', interest_areas: '秘密の関心' });
  const rows = await exported('mr1', 'hcp', {}, strict);
  const { xml } = await workbook('mr1', 'hcp', {}, strict);
  for (const text of [secret, '9999-8888', '秘密の関心', ...labelsOf('hcp', 'ja', ['email', 'interest_areas'])]) {
    assert.ok(!JSON.stringify(rows).includes(text), text);
    assert.ok(!xml.includes(text), text);
  }
  assert.equal(rows.length, 2);
  for (const query of ['fields=email', 'sort=email', 'email=x']) await strict.as('mr1').refused(422, 'GET', `/api/v1/hcp/export?format=csv&${query}`);
  assert.ok(JSON.stringify(await exported('admin', 'hcp', {}, strict)).includes(secret), 'it is there for those who may');
  await strict.stop();
});

// ---- As the list was asked for ----

test('filter, search, sort and columns are the list’s own', async () => {
  const filter = { in: [{ var: 'temperature' }, ['skeptical', 'favorable']] };
  for (const query of [{ sort: 'family_name' }, { sort: '-last_visit_at' }, { sort: '-temperature,family_name', filter }, { q: '内科' }, { kol: 'true', sort: 'family_name' }]) {
    const list = await mr.all('hcp', query);
    assert.ok(list.length > 0, JSON.stringify(query));
    const rows = await exported('mr1', 'hcp', { ...query, fields: 'given_name,family_name' });
    assert.deepEqual(rows[0], ['名', '姓'], 'columns as asked for');
    const names = list.map((hcp) => [hcp.given_name ?? '', hcp.family_name]);
    assert.deepEqual(rows.slice(1), names, JSON.stringify(query));
    assert.deepEqual((await workbook('mr1', 'hcp', { ...query, fields: 'given_name,family_name' })).rows.slice(1), names);
  }
});

test('everything is exported, however long the list and whatever its limit', async () => {
  const all = everything.get('visit').length;
  assert.ok(all > 1500);
  assert.equal((await exported('admin', 'visit', { fields: 'channel', limit: 1 })).length, all + 1);
  assert.equal((await workbook('admin', 'visit', { fields: 'channel' })).rows.length, all + 1);
  assert.equal((await exported('admin', 'visit', { fields: 'channel', filter: { '==': [1, 2] } })).length, 1, 'headings alone');
});

test('a wrong list is refused as the list itself is; so is an unknown form', async () => {
  for (const query of ['sort=nothing', 'fields=nothing', 'nothing=1', 'filter=%7B', 'filter=%7B%22evil%22%3A1%7D']) {
    const problem = await mr.send('GET', `/api/v1/hcp/export?format=csv&${query}`);
    assert.ok([400, 422].includes(problem.status), `${query} → ${problem.status}`);
    assert.equal(problem.headers.get('content-disposition'), null);
  }
  assert.deepEqual(codesOf(await mr.refused(422, 'GET', '/api/v1/hcp/export?format=pdf')), { '/format': 'export_form' });
  await mr.refused(404, 'GET', '/api/v1/nothing/export?format=csv');
  await service.anonymous().refused(401, 'GET', '/api/v1/hcp/export?format=csv');
});

// ---- In the reader's words ----

test('headings, choices, references, dates and times are the reader’s own', async () => {
  const { id } = await mr.create('hcp', { family_name: '表記', given_name: '花子', temperature: 'favorable', kol: true, next_action_due: '2026-12-01', tags: ['甲', '乙'] });
  const task = await mr.create('task', { subject: '時差', body: '一行目\n二行目', hcp: id, due_at: '2026-01-31T20:30:00Z' });
  const fields = ['family_name', 'temperature', 'kol', 'next_action_due', 'tags', 'owner'];
  const query = { fields: fields.join(','), q: '表記' };
  const tasks = { fields: 'subject,body,hcp,due_at', subject: '時差' };
  const seen = {};
  for (const lang of ['en', 'ja', 'zh']) {
    await mr.expect(200, 'PATCH', '/api/v1/me', { body: { lang } });
    const [heading, row] = await exported('mr1', 'hcp', query);
    seen[lang] = row;
    assert.deepEqual(heading, labelsOf('hcp', lang, fields));
    assert.equal(row[1], fieldOf('hcp', 'temperature').choices.find((choice) => choice.code === 'favorable').labels[lang]);
    assert.match(row[3], /2026.*12.*0?1/);
    assert.ok(row[4].includes('甲') && row[4].includes('乙'));
    assert.equal(row[5], users.get(service.user('mr1')).name);
    const { sheet, rows, xml } = await workbook('mr1', 'hcp', query);
    assert.equal(sheet, OBJECTS.get('hcp').plural[lang]);
    assert.deepEqual(rows[0], heading);
    assert.equal(rows[1][1], row[1]);
    assert.ok(!xml.includes('<f>'));
    const [, [, body, hcp, due]] = await exported('mr1', 'task', tasks);
    assert.match(due, /2026.*0?2.*0?1.*0?5:30/, 'Tokyo’s time');
    assert.equal(body.replaceAll('\r\n', '\n'), '一行目\n二行目');
    assert.equal(hcp, (await mr.read(`/api/v1/hcp/${id}`)).title);
  }
  assert.notEqual(seen.en[2], seen.ja[2], 'yes and no are words too');
  await mr.expect(200, 'PATCH', '/api/v1/me', { body: { lang: 'ja' } });
  assert.equal((await workbook('mr1', 'hcp', query)).rows[1][3], 46357, 'a true date, counted in days as spreadsheets do');
  const [, [, , , due]] = (await workbook('mr1', 'task', tasks)).rows;
  assert.ok(Math.abs(due - (46054 + 5.5 / 24)) < 1e-6, `a true time, the reader’s own: ${due}`);
  await mr.change('task', task.id, { state: 'done' });
  await admin.expect(204, 'DELETE', `/api/v1/task/${task.id}`);
  await admin.expect(204, 'DELETE', `/api/v1/hcp/${id}`);
  assert.deepEqual((await exported('mr1', 'hcp', query)).slice(1), [], 'what is deleted is not exported');
});

// ---- Spreadsheets run what looks like a formula ----

const FORMULAS = ['=1+1', '+81-3-1234', '-2+3', '@SUM(A1)', "'=quoted", '=HYPERLINK("http://x","y")', '=cmd|\' /C calc\'!A0'];
const HARMLESS = ['a=b', '1-2', "O'Neill", '"quoted"', 'a,b', '😀𠮷', '<b>&amp;</b>'];

test('what a spreadsheet would run is disarmed in CSV and plain text in XLSX, and comes back unchanged', async () => {
  const people = await startService();
  const clerk = people.as('admin');
  for (const [index, name] of [...FORMULAS, ...HARMLESS].entries()) {
    await clerk.create('hco', { facility_code: `F${String(index).padStart(2, '0')}`, name: 'x', address: name });
  }
  const query = { fields: 'facility_code,name,address', sort: 'facility_code' };
  const stored = new Map((await clerk.all('hco')).map((hco) => [hco.facility_code, hco.address]));
  const rows = await exported('admin', 'hco', query, people);
  for (const [code, , cell] of rows.slice(1)) {
    assert.doesNotMatch(cell, /^[=+\-@\t\r\n]/, `${code}: ${cell}`);
    const armed = /^'*[=+\-@\t\r\n]/.test(stored.get(code));
    assert.equal(cell.replaceAll('\r\n', '\n'), armed ? `'${stored.get(code)}` : stored.get(code));
  }
  const book = await workbook('admin', 'hco', query, people);
  assert.ok(!/<f[ >]/.test(book.xml), 'no formula');
  assert.deepEqual(book.rows.slice(1).map((row) => row[2]), [...stored].toSorted().map(([, text]) => text));
  const raw = (await download(people, 'admin', '/api/v1/hco/export', { format: 'csv', ...query })).bytes;
  const found = (await clerk.expect(200, 'POST', '/api/v1/import/hco/check', { raw, headers: { 'content-type': 'text/csv' } })).body;
  const back = (await clerk.expect(200, 'POST', withQuery('/api/v1/import/hco', { map: found.map }), { raw, headers: { 'content-type': 'text/csv' } })).body;
  assert.deepEqual([back.counts.unchanged, back.counts.updated, back.counts.failed], [FORMULAS.length + HARMLESS.length, 0, 0]);
  await people.stop();
});

// ---- The journal ----

test('every export is in the journal: who, what, how many, by which filter, and why; one that was refused is not', async () => {
  const people = await startService();
  for (const name of ['一', '二', '三']) await people.as('mr1').create('hcp', { family_name: name, temperature: name === '三' ? 'neutral' : 'favorable' });
  await people.as('mr1').expect(200, 'GET', '/api/v1/hcp/export?format=csv&fields=family_name,email&temperature=favorable', { headers: { 'x-reason': 'audit' } });
  await people.as('mr1').expect(200, 'GET', '/api/v1/hcp/export?format=xlsx');
  await people.as('marketing1').refused(403, 'GET', '/api/v1/hcp/export?format=csv');
  await people.as('mr1').refused(422, 'GET', '/api/v1/hcp/export?format=csv&sort=nothing');
  const [first, second, ...others] = acts(people, "object = 'hcp'");
  assert.deepEqual(others, []);
  assert.deepEqual([first.via, first.format, first.count, first.fields], ['api', 'csv', 2, ['family_name', 'email']]);
  assert.match(first.filter, /temperature=favorable/);
  assert.deepEqual([second.format, second.count], ['xlsx', 3]);
  assert.ok(second.fields.length > 30);
  assert.equal(people.sql("SELECT reason FROM journal WHERE action = 'export' AND reason IS NOT NULL"), 'audit');
  assert.equal(people.sql("SELECT count(*) FROM journal j JOIN \"user\" u ON u.id = j.actor WHERE j.action = 'export' AND u.login = 'mr1'"), '2');
  await people.stop();
  assert.equal((await people.ondo(['verify', '--seal'])).code, EXIT.done, 'and the journal holds together');
});

// ---- The command line ----

test('the command writes the same file, and notes it', async () => {
  const run = (...args) => service.ondo(['export', ...args]);
  const path = (name) => join(service.home, name);
  const filter = '{"==": [{"var": "temperature"}, "skeptical"]}';
  const expected = everything.get('hcp').filter((hcp) => hcp.temperature === 'skeptical').length;
  const done = await run('hcp', 'sceptics.csv', '--filter', filter);
  assert.equal(done.code, EXIT.done, done.error);
  assert.match(done.out, new RegExp(`^${expected} records are in sceptics\\.csv`));
  const text = readFileSync(path('sceptics.csv'), 'utf8');
  assert.ok(text.startsWith(MARK));
  assert.equal(parseCsv(text.slice(1)).length, expected + 1);
  assert.equal((await run('hco', 'all.xlsx')).code, EXIT.done);
  assert.equal(readXlsx(readFileSync(path('all.xlsx'))).rows.length, everything.get('hco').length + 1);
  assert.equal((await run('hco', 'named.txt', '--format', 'xlsx')).code, EXIT.done);
  assert.equal(readXlsx(readFileSync(path('named.txt'))).rows.length, everything.get('hco').length + 1);
  const noted = acts(service, "via = 'cli'");
  assert.deepEqual(noted.map(({ object, format, count }) => [object, format, count]).toSorted(),
    [['hcp', 'csv', expected], ['hco', 'xlsx', everything.get('hco').length], ['hco', 'xlsx', everything.get('hco').length]].toSorted());
  assert.equal(noted.find((act) => act.object === 'hcp').filter, filter);

  for (const [code, ...args] of [
    [EXIT.usage], [EXIT.usage, 'hcp'], [EXIT.usage, 'hcp', 'bad.csv', '--format', 'pdf'], [EXIT.missing, 'nothing', 'bad.csv'],
    [EXIT.refused, 'hcp', 'bad.csv', '--filter', '{"evil": 1}'], [EXIT.refused, 'hcp', 'bad.csv', '--filter', '{"'],
    [EXIT.refused, 'hcp', 'bad.csv', '--filter', '{"==": [{"var": "nothing"}, 1]}'],
  ]) {
    const { code: left, error } = await run(...args);
    assert.equal(left, code, `${args.join(' ')}: ${error}`);
    assert.ok(error.length > 10, `${args.join(' ')} says why`);
    assert.ok(!existsSync(path('bad.csv')), 'no file is left behind');
  }
  assert.equal((await run('hcp', 'no/such/folder.csv')).code, 1);
});
