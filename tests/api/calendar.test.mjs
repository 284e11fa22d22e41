// A person's calendar by a secret address, as RFC 5545 has it: read here by rules of our own (V8).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService({ data: 'demo', env: { ONDO_URL: 'https://ondo.company.example' } });
const mr = service.as('mr1');
const { client } = await service.signIn('mr1');

/** Lines unfolded, components as objects; every rule of form is asserted on the way. */
function parse(text) {
  assert.ok(text.endsWith('\r\n') && !/[^\r]\n/.test(text), 'lines end with CRLF');
  const bytes = Buffer.from(text);
  for (const line of text.split('\r\n')) {
    assert.ok(Buffer.byteLength(line) <= 75, line);
    assert.ok(!line.includes('\ufffd'), 'a character is never folded apart');
  }
  assert.ok(bytes.length > 0);
  const stack = [{ parts: [] }];
  for (const line of text.replaceAll(/\r\n[ \t]/g, '').split('\r\n').slice(0, -1)) {
    const [, name, value] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? assert.fail(line);
    if (name === 'BEGIN') stack.push({ kind: value, parts: [] });
    else if (name === 'END') {
      const done = stack.pop();
      assert.equal(done.kind, value);
      stack.at(-1).parts.push(done);
    } else stack.at(-1)[name] = value.replaceAll(/\\([\\;,nN])/g, (_, code) => (/n/i.test(code) ? '\n' : code));
  }
  return stack[0].parts[0];
}

async function make(brief = false) {
  const { body } = await client.expect(201, 'POST', '/api/v1/me/calendar', { body: { brief } });
  return body.path;
}
async function read(path, status = 200) {
  const answer = await service.anonymous().get(path);
  assert.equal(answer.status, status, answer.text.slice(0, 300));
  if (status !== 200) return null;
  assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8');
  assert.match(answer.headers.get('cache-control'), /no-store/);
  return parse(answer.text);
}
const stamp = (iso) => `${new Date(iso).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;

const [hcp] = await mr.all('hcp', { owner: 'me', limit: 1 });
const name = (await mr.read(`/api/v1/hcp/${hcp.id}`)).title;
const visit = await mr.create('visit', { hcp: hcp.id, channel: 'in_person', state: 'planned', planned_at: '2026-11-25T10:00:00+09:00', quick_note: '患者 山本様 の件' });
const promise = await mr.create('promise', { hcp: hcp.id, deliverable: `比較表; 用量, 改行なし ${'長い説明を添えて'.repeat(12)}`, due_at: '2026-11-26T18:00:00+09:00' });
const task = await mr.create('task', { subject: '見積もり', due_at: '2026-11-27T09:00:00+09:00' });

test('V8: the feed holds planned visits, promises and tasks that are due, in UTC, with alarms and stable ids', async () => {
  const calendar = await read(await make());
  assert.deepEqual([calendar.kind, calendar.VERSION, calendar.METHOD], ['VCALENDAR', '2.0', 'PUBLISH']);
  const events = new Map(calendar.parts.map((event) => [event.UID, event]));
  assert.equal(events.size, calendar.parts.length, 'ids are unique');
  const planned = events.get(`${visit.id}@ondo`);
  assert.equal(planned.DTSTART, stamp('2026-11-25T10:00:00+09:00'));
  assert.equal(planned.DTEND, stamp('2026-11-25T10:30:00+09:00'));
  assert.ok(planned.SUMMARY.includes(name));
  assert.deepEqual([planned.STATUS, planned.TRANSP, planned.CLASS], ['CONFIRMED', 'OPAQUE', 'PRIVATE']);
  assert.equal(planned.URL, `https://ondo.company.example/o/visit/${visit.id}`);
  assert.equal(planned.parts[0].TRIGGER, '-PT30M');
  assert.equal(planned.parts[0].ACTION, 'DISPLAY');
  const due = events.get(`${promise.id}@ondo`);
  assert.ok(due.SUMMARY.includes(promise.deliverable), due.SUMMARY);
  assert.equal(due.DTSTART, stamp('2026-11-26T18:00:00+09:00'));
  assert.deepEqual([due.TRANSP, due.parts[0].TRIGGER], ['TRANSPARENT', '-P1D']);
  assert.ok(events.get(`${task.id}@ondo`).SUMMARY.includes('見積もり'));
  assert.ok(!JSON.stringify(calendar).includes('山本様'), 'nothing that was written about a visit');
  for (const event of calendar.parts) assert.match(event.DTSTAMP, /^\d{8}T\d{6}Z$/);
});

test('V8: what moves keeps its id and its sequence rises; what is cancelled says so; what is done goes', async () => {
  const path = await make();
  const of = async (id) => (await read(path)).parts.find(({ UID }) => UID === `${id}@ondo`);
  const before = await of(visit.id);
  await mr.change('visit', visit.id, { planned_at: '2026-11-26T10:00:00+09:00' });
  const moved = await of(visit.id);
  assert.equal(moved.DTSTART, stamp('2026-11-26T10:00:00+09:00'));
  assert.ok(Number(moved.SEQUENCE) > Number(before.SEQUENCE));
  await mr.change('visit', visit.id, { state: 'cancelled' });
  const cancelled = await of(visit.id);
  assert.deepEqual([cancelled.STATUS, cancelled.parts.length], ['CANCELLED', 0]);
  await mr.change('promise', promise.id, { state: 'delivered' });
  assert.equal(await of(promise.id), undefined);
});

test('V8: a brief feed tells neither names nor words', async () => {
  const calendar = await read(await make(true));
  const text = JSON.stringify(calendar);
  assert.ok(calendar.parts.length > 0);
  assert.ok(!text.includes(hcp.family_name) && !text.includes('見積もり'));
  assert.equal(new Set(calendar.parts.map(({ SUMMARY }) => SUMMARY)).size <= 3, true);
});

test('V8: the address opens one’s own calendar alone; a new one ends the old, and it can be revoked', async () => {
  const old = await make();
  const events = (await read(old)).parts.map(({ UID }) => UID);
  const foreign = await service.as('mr2').all('task', { owner: 'me', state: 'open' });
  for (const { id } of foreign) assert.ok(!events.includes(`${id}@ondo`));
  const path = await make();
  await read(old, 404);
  await read(path);
  assert.equal((await mr.read('/api/v1/me/calendar')).present, true);
  assert.ok((await mr.read('/api/v1/me/calendar')).used_at);
  await read(path.replace('.ics', ''), 404);
  await read('/api/v1/calendar/x.ics', 404);
  await mr.expect(204, 'DELETE', '/api/v1/me/calendar');
  await read(path, 404);
  await mr.refused(404, 'DELETE', '/api/v1/me/calendar');
  assert.equal((await mr.read('/api/v1/me/calendar')).present, false);
});

test('V8: a program’s token makes no address, the secret is stored nowhere, and a disabled person’s calendar is closed', async () => {
  await mr.refused(403, 'POST', '/api/v1/me/calendar', { body: {} });
  const { client: other } = await service.signIn('mr2');
  const { body } = await other.expect(201, 'POST', '/api/v1/me/calendar', { body: {} });
  const secret = body.path.split('/').at(-1).replace('.ics', '');
  assert.equal(service.sql(`SELECT count(*) FROM journal WHERE changes LIKE '%${secret}%'`), '0');
  assert.equal((await service.as('mr2').read('/api/v1/me/calendar')).path, undefined);
  await read(body.path);
  await service.as('admin').change('user', service.user('mr2'), { active: false });
  await read(body.path, 404);
});
