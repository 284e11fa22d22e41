// Pages: walking them gives each record once and in order, whatever the sort and while records come in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService({ data: 'demo' });
const admin = service.as('admin');
const SORTS = ['', 'family_name', '-family_name', 'temperature', '-temperature', 'last_visit_at', '-last_visit_at', 'next_action_due', 'kol', '-kol',
  'owner', 'primary_hco', 'tier,-last_visit_at', '-tier,family_name', 'npi', 'temperature,tier,-next_action_due'];

async function walk(client, object, parameters, between = async () => {}) {
  const items = [];
  let cursor;
  do {
    const page = await client.read(`/api/v1/${object}`, { ...parameters, ...(cursor ? { cursor } : {}) });
    assert.ok(page.items.length <= parameters.limit);
    items.push(...page.items);
    cursor = page.next;
    await between();
  } while (cursor);
  return items.map((item) => item.id);
}

for (const sort of SORTS) {
  test(`sorted by ${sort || 'nothing'}: pages of 7 give what one page gives`, async () => {
    const parameters = sort ? { sort } : {};
    const whole = (await admin.read('/api/v1/hcp', { ...parameters, limit: 1000 })).items.map((item) => item.id);
    assert.equal(new Set(whole).size, whole.length);
    assert.deepEqual(await walk(admin, 'hcp', { ...parameters, limit: 7, fields: 'temperature' }), whole);
  });
}

for (const language of ['en', 'ja', 'zh']) {
  test(`pages by name in ${language} keep that language’s order`, async () => {
    const client = service.as('admin', { 'accept-language': language });
    const whole = (await client.read('/api/v1/hcp', { sort: 'family_name', limit: 1000 })).items.map((item) => item.id);
    assert.deepEqual(await walk(client, 'hcp', { sort: 'family_name', limit: 11 }), whole);
  });
}

for (const sort of ['family_name', '-last_visit_at', 'temperature', '']) {
  test(`sorted by ${sort || 'nothing'}: while records come in, none is missed and none comes twice`, async () => {
    const parameters = { ...(sort ? { sort } : {}), limit: 13 };
    const before = (await admin.read('/api/v1/hcp', { ...parameters, limit: 1000 })).items.map((item) => item.id);
    let count = 0;
    const walked = await walk(admin, 'hcp', parameters, async () => {
      count += 1;
      await admin.create('hcp', { family_name: count % 2 ? 'Aaa' : '渡', temperature: count % 2 ? 'neutral' : null });
    });
    assert.equal(new Set(walked).size, walked.length, 'none twice');
    const known = new Set(before);
    assert.deepEqual(walked.filter((id) => known.has(id)), before, 'none missed, in order');
  });
}

test('pages of a filtered search stay within it', async () => {
  const parameters = { q: '内科', temperature: 'favorable,neutral', sort: '-last_visit_at' };
  const whole = (await admin.read('/api/v1/hcp', { ...parameters, limit: 1000 })).items.map((item) => item.id);
  assert.ok(whole.length > 5);
  assert.deepEqual(await walk(admin, 'hcp', { ...parameters, limit: 3 }), whole);
});

test('a cursor of another list, another order, another language or of nobody’s making is refused', async () => {
  const cursorOf = async (path, language = 'en') => (await admin.expect(200, 'GET', path, { headers: { 'accept-language': language } })).body.next;
  const byName = await cursorOf('/api/v1/hcp?sort=family_name&limit=1');
  const foreign = [
    ['/api/v1/hco?sort=name', byName], ['/api/v1/hcp?sort=-family_name', byName], ['/api/v1/hcp', byName], ['/api/v1/hcp?sort=temperature', byName],
    ['/api/v1/hcp?sort=family_name', await cursorOf('/api/v1/hcp?sort=family_name&limit=1', 'ja')],
    ['/api/v1/hcp?sort=family_name', 'nonsense'], ['/api/v1/hcp?sort=family_name', byName.slice(0, -4)],
  ];
  for (const [path, cursor] of foreign) {
    const answer = await admin.send('GET', `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`, { headers: { 'accept-language': 'en' } });
    assert.equal(answer.status, 422, `${path} ${cursor} → ${answer.status}`);
    assert.equal(answer.body.errors[0].code, 'cursor');
  }
});

test('a forged cursor with values of other kinds is refused', async () => {
  const forge = (list, ...values) => Buffer.from(JSON.stringify([list, '01900000-0000-7000-8000-000000000000', ...values])).toString('base64url');
  const open = (cursor) => JSON.parse(Buffer.from(cursor, 'base64url').toString());
  for (const sort of ['last_visit_at', 'temperature', 'family_name', 'owner', 'kol']) {
    const { next } = await admin.read('/api/v1/hcp', { sort, limit: 1 });
    const [list, , own] = open(next);
    for (const value of [[4, 'text'], [2, 5], [1, true], [3, 0.5], [5, '01900000-0000-7000-8000-000000000000'], [6, 'AAAA'], [9, 1], [4, 'a\u0000b'], 'x', {}, null]) {
      const answer = await admin.get('/api/v1/hcp', { sort, cursor: forge(list, value) });
      const sameKind = Array.isArray(value) && value[0] === own[0];
      assert.ok(sameKind ? answer.status < 500 : answer.status === 422, `${sort} ${JSON.stringify(value)} → ${answer.status} ${answer.text.slice(0, 200)}`);
    }
  }
});

test('a forged cursor of a timeline is refused', async () => {
  const { items } = await admin.read('/api/v1/hcp', { limit: 1 });
  for (const value of [[4, 'text'], [0], [2, 9e15], [3, 1.5], null]) {
    const cursor = Buffer.from(JSON.stringify(['timeline', '01900000-0000-7000-8000-000000000000', value])).toString('base64url');
    await admin.refused(422, 'GET', `/api/v1/hcp/${items[0].id}/timeline?cursor=${cursor}`);
  }
});

test('a record with a day stands on a timeline at the beginning of that day, page by page as in one', async () => {
  const { id: hco } = await admin.create('hco', { name: 'Timeline', kind: 'general_hospital' });
  const on = (held_on) => admin.create('committee', { hco, held_on, state: 'planned' });
  for (const day of ['2031-03-04', '2031-03-05', '2031-03-06']) await on(day);
  for (const due_at of ['2031-03-05T00:00:00+09:00', '2031-03-05T12:00:00+09:00']) await admin.create('task', { subject: 'x', hco, due_at });
  const whole = await admin.read(`/api/v1/hco/${hco}/timeline`, { objects: 'committee,task' });
  const { zone } = (await admin.read('/api/v1/me')).user;
  assert.equal(zone, 'Asia/Tokyo');
  assert.deepEqual(whole.items.map(({ object, at }) => [object, Date.parse(at) - Date.parse('2031-03-05T00:00:00+09:00')]).map(([object, at]) => `${object} ${at / 3_600_000}`).toSorted(),
    ['committee -24', 'committee 0', 'committee 24', 'task 0', 'task 12']);
  const paged = [];
  for (let cursor = null; ;) {
    const page = await admin.read(`/api/v1/hco/${hco}/timeline`, { objects: 'committee,task', limit: 1, ...(cursor ? { cursor } : {}) });
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.next;
    if (cursor === null) break;
  }
  assert.deepEqual(paged, whole.items.map(({ id }) => id));
});
