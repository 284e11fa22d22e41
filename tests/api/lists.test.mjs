// Lists: filters, search, sort by the reader's language, sparse fields, expanded references, totals, bounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService({ data: 'demo' });
const admin = service.as('admin');
const mr = service.as('mr1');
const everybody = await admin.all('hcp');

const people = await startService();
const clerk = people.as('admin');
const namesOf = (items) => items.map((item) => item.family_name);
const idsOf = (items) => items.map((item) => item.id).toSorted();

/** A filter and its meaning in JavaScript: both give the same records. */
const FILTERS = [
  ['{"==": [{"var": "temperature"}, "skeptical"]}', (hcp) => hcp.temperature === 'skeptical'],
  ['{"in": [{"var": "temperature"}, ["favorable", "enthusiastic"]]}', (hcp) => ['favorable', 'enthusiastic'].includes(hcp.temperature)],
  ['{"!": [{"var": "last_visit_at"}]}', (hcp) => !hcp.last_visit_at],
  ['{"and": [{"==": [{"var": "kol"}, true]}, {"!=": [{"var": "tier"}, "C"]}]}', (hcp) => hcp.kol === true && hcp.tier !== 'C'],
  ['{">": [{"var": "visit_count"}, 10]}', (hcp) => (hcp.visit_count ?? 0) > 10],
  ['{"<": [{"var": "next_action_due"}, "2026-11-18"]}', (hcp) => hcp.next_action_due !== null && hcp.next_action_due < '2026-11-18'],
  ['{">=": [{"var": "last_visit_at"}, "2026-11-01T00:00:00Z"]}', (hcp) => hcp.last_visit_at >= '2026-11-01T00:00:00.000Z'],
  ['{"or": [{"==": [{"var": "country"}, "cn"]}, {"==": [{"var": "country"}, "de"]}]}', (hcp) => ['cn', 'de'].includes(hcp.country)],
  ['{"in": ["内科", {"var": "department"}]}', (hcp) => (hcp.department ?? '').includes('内科')],
];

for (const [filter, holds] of FILTERS) {
  test(`the filter ${filter} finds exactly what it says`, async () => {
    const found = await admin.all('hcp', { filter });
    assert.deepEqual(idsOf(found), idsOf(everybody.filter(holds)));
  });
}

test('short filters: any of several values, several fields together, null for nothing', async () => {
  assert.deepEqual(
    idsOf(await admin.all('hcp', { temperature: 'skeptical,prefers_competitor' })),
    idsOf(everybody.filter((hcp) => ['skeptical', 'prefers_competitor'].includes(hcp.temperature))),
  );
  assert.deepEqual(
    idsOf(await admin.all('hcp', { tier: 'A', kol: 'true' })),
    idsOf(everybody.filter((hcp) => hcp.tier === 'A' && hcp.kol)),
  );
  assert.deepEqual(idsOf(await admin.all('hcp', { tier: 'null,A' })), idsOf(everybody.filter((hcp) => hcp.tier === null || hcp.tier === 'A')));
  const tag = everybody.find((hcp) => hcp.tags?.length).tags[0];
  assert.deepEqual(idsOf(await admin.all('hcp', { tags: tag })), idsOf(everybody.filter((hcp) => hcp.tags?.includes(tag))));
});

test('owner=me is the reader', async () => {
  const own = await mr.all('hcp', { owner: 'me' });
  assert.ok(own.length > 10);
  assert.ok(own.every((hcp) => hcp.owner === service.user('mr1')));
});

test('a filter goes through one reference', async () => {
  const filter = { '==': [{ var: 'primary_hco.kind' }, 'clinic'] };
  const clinics = new Set((await admin.all('hco', { kind: 'clinic' })).map((hco) => hco.id));
  assert.deepEqual(idsOf(await admin.all('hcp', { filter })), idsOf(everybody.filter((hcp) => clinics.has(hcp.primary_hco))));
});

test('a filter asks for related records', async () => {
  const signs = await admin.all('sign');
  const withOpenSign = new Set(signs.filter((sign) => !sign.cleared_at).map((sign) => sign.hcp));
  const filter = { some: [{ var: 'sign' }, { '!': [{ var: 'cleared_at' }] }] };
  assert.deepEqual(idsOf(await admin.all('hcp', { filter })), idsOf(everybody.filter((hcp) => withOpenSign.has(hcp.id))));
});

test('a wrong filter is refused with its place', async () => {
  const refusedFor = async (parameters) => (await admin.expect(422, 'GET', `/api/v1/hcp?${new URLSearchParams(parameters)}`)).body;
  assert.equal((await refusedFor({ filter: '{"==": [' })).errors[0].code, 'filter_malformed');
  assert.equal((await refusedFor({ filter: '{"==": [{"var": "nothing"}, 1]}' })).errors[0].code, 'condition_unknown_field');
  assert.equal((await refusedFor({ filter: '{"like": [1, 2]}' })).errors[0].code, 'condition_unknown_operator');
  assert.equal((await refusedFor({ filter: '{"==": [{"var": "temperature"}, "hot"]}' })).errors[0].code, 'condition_unknown_choice');
  assert.equal((await refusedFor({ filter: '{"changed": ["temperature"]}' })).errors[0].code, 'condition_not_in_list');
  assert.deepEqual(codesOf(await refusedFor({ temperature: 'hot' })), { '/temperature': 'choice_unknown' });
  assert.equal((await refusedFor({ colour: 'red' })).errors[0].code, 'unknown_parameter');
});

const PERSONS = [
  { family_name: '山田', given_name: '太郎', family_kana: 'ヤマダ', given_kana: 'タロウ' },
  { family_name: '渡邊', given_name: '花子', family_kana: 'ワタナベ', given_kana: 'ハナコ' },
  { family_name: '伊藤', given_name: '次郎', family_kana: 'イトウ', given_kana: 'ジロウ', specialty: '循環器' },
  { family_name: '王', given_name: '伟', family_latin: 'Wang', given_latin: 'Wei' },
  { family_name: '欧阳', given_name: '娜娜', family_latin: 'Ouyang', given_latin: 'Nana' },
  { family_name: 'Müller', given_name: 'Jürgen', family_latin: 'Müller', given_latin: 'Jürgen' },
  { family_name: 'García', given_name: 'José', family_latin: 'García', given_latin: 'José' },
  { family_name: 'Öberg', given_name: 'Åsa', family_latin: 'Öberg', given_latin: 'Åsa' },
];
for (const person of PERSONS) await clerk.create('hcp', person);

/** [what is typed, the family names found] */
const SEARCHES = [
  ['山田', ['山田']], ['山', ['山田']], ['田太', []], ['ヤマダ', ['山田']], ['やまだ', ['山田']], ['やま', ['山田']], ['ﾔﾏﾀﾞ', ['山田']],
  ['yamada', ['山田']], ['Yama', ['山田']], ['watanabe', ['渡邊']], ['わたなべ', ['渡邊']], ['jiro', ['伊藤']], ['循環', ['伊藤']], ['循', ['伊藤']],
  ['王', ['王']], ['wang', ['王']], ['W', ['王', '渡邊']], ['欧阳', ['欧阳']], ['娜', ['欧阳']], ['ouyang nana', ['欧阳']], ['nana ouyang', ['欧阳']],
  ['muller', ['Müller']], ['Müller', ['Müller']], ['MÜLLER', ['Müller']], ['garcia jose', ['García']], ['oberg', ['Öberg']], ['山田 太郎', ['山田']],
  ['山田 花子', []], ['zzzz', []],
];

for (const [typed, expected] of SEARCHES) {
  test(`searching ${typed} finds ${expected.join(', ') || 'nobody'}`, async () => {
    const found = namesOf(await clerk.all('hcp', { q: typed }));
    assert.deepEqual(found.toSorted(), expected.toSorted());
    const hits = (await clerk.read('/api/v1/search', { q: typed })).items.filter((hit) => hit.object === 'hcp');
    assert.deepEqual(hits.map((hit) => hit.record.family_name).toSorted(), expected.toSorted());
  });
}

test('a search of nothing lists all; of only signs and spaces it breaks nothing', async () => {
  assert.equal((await clerk.all('hcp', { q: '' })).length, PERSONS.length);
  for (const q of [' ', '!!!', '"', '*', '()', 'AND', 'OR NOT', '-', '^', '山*', ':', 'a" OR "b']) {
    const answer = await clerk.get('/api/v1/hcp', { q });
    assert.equal(answer.status, 200, `${q} → ${answer.text}`);
  }
});

test('a changed or deleted record is found by its present words only', async () => {
  const { id } = await clerk.create('hcp', { family_name: '佐々木' });
  await clerk.change('hcp', id, { family_name: '高橋' });
  assert.deepEqual(namesOf(await clerk.all('hcp', { q: '佐々木' })), []);
  assert.deepEqual(namesOf(await clerk.all('hcp', { q: '高橋' })), ['高橋']);
  await clerk.expect(204, 'DELETE', `/api/v1/hcp/${id}`);
  assert.deepEqual(namesOf(await clerk.all('hcp', { q: '高橋' })), []);
  await clerk.expect(200, 'POST', `/api/v1/hcp/${id}/restore`);
  assert.deepEqual(namesOf(await clerk.all('hcp', { q: '高橋' })), ['高橋']);
  await clerk.expect(204, 'DELETE', `/api/v1/hcp/${id}`);
});

test('names sort as the reader’s language does: kana in Japanese, Latin in English, pinyin in Chinese', async () => {
  const sortedIn = async (language) => namesOf((await clerk.expect(200, 'GET', '/api/v1/hcp?sort=family_name', { headers: { 'accept-language': language } })).body.items);
  const ja = await sortedIn('ja');
  const kana = ja.filter((name) => ['山田', '渡邊', '伊藤'].includes(name));
  assert.deepEqual(kana, ['伊藤', '山田', '渡邊']);
  const en = (await sortedIn('en')).filter((name) => ['王', '欧阳', 'Müller', 'García', 'Öberg'].includes(name));
  assert.deepEqual(en, ['García', 'Müller', 'Öberg', '欧阳', '王']);
  const zh = (await sortedIn('zh')).filter((name) => ['王', '欧阳', '山田'].includes(name));
  assert.deepEqual(zh, ['欧阳', '山田', '王']);
});

for (const sort of ['temperature', '-temperature', 'last_visit_at', '-last_visit_at', 'next_action_due', '-next_action_due', 'tier', 'family_name', '-family_name']) {
  test(`sorted by ${sort}, empty values stand last`, async () => {
    const field = sort.replace('-', '');
    const values = (await admin.all('hcp', { sort })).map((hcp) => hcp[field]);
    const firstEmpty = values.indexOf(null);
    if (firstEmpty >= 0) assert.ok(values.slice(firstEmpty).every((value) => value === null));
    assert.equal(values.length, everybody.length);
  });
}

test('E1a: sorting by temperature follows the scale, not the alphabet', async () => {
  const SCALE = ['enthusiastic', 'favorable', 'neutral', 'skeptical', 'prefers_competitor'];
  const ranks = (await admin.all('hcp', { sort: '-temperature' })).map((hcp) => SCALE.indexOf(hcp.temperature)).filter((rank) => rank >= 0);
  assert.deepEqual(ranks, ranks.toSorted((a, b) => a - b));
});

test('several sort fields count one after the other', async () => {
  const key = (hcp) => [hcp.tier ?? 'Z', hcp.last_visit_at ?? ''];
  const items = await admin.all('hcp', { sort: '-tier,-last_visit_at' });
  for (let at = 1; at < items.length; at += 1) {
    const [before, now] = [key(items[at - 1]), key(items[at])];
    assert.ok(before[0] < now[0] || (before[0] === now[0] && (before[1] >= now[1])), `${before} then ${now}`);
  }
});

test('one cannot sort by what has no index or does not exist', async () => {
  for (const sort of ['position', 'nothing', 'email', 'academic_interests']) {
    assert.equal((await admin.expect(422, 'GET', `/api/v1/hcp?sort=${sort}`)).body.errors[0].code, 'sort_unknown');
  }
});

test('fields: only what was asked for, with id, version and title', async () => {
  const { items } = await admin.read('/api/v1/hcp', { fields: 'temperature,owner', limit: 1 });
  assert.deepEqual(Object.keys(items[0]).toSorted(), ['id', 'owner', 'temperature', 'title', 'version']);
  assert.equal((await admin.expect(422, 'GET', '/api/v1/hcp?fields=temperature,nothing')).body.errors[0].code, 'unknown_field');
});

test('expand: whole records beside the ids, one level', async () => {
  const { items } = await admin.read('/api/v1/hcp', { expand: 'primary_hco,owner', limit: 20 });
  for (const item of items) {
    if (item.primary_hco) assert.deepEqual(item.expanded.primary_hco, await admin.read(`/api/v1/hco/${item.primary_hco}`));
    if (!item.primary_hco) assert.equal(item.expanded.primary_hco, null);
    assert.equal(item.expanded.owner.id, item.owner);
  }
  const single = await admin.read(`/api/v1/hcp/${items[0].id}`, { expand: 'owner' });
  assert.equal(single.expanded.owner.id, items[0].owner);
  assert.equal((await admin.expect(422, 'GET', '/api/v1/hcp?expand=temperature')).body.errors[0].code, 'unknown_field');
});

test('total comes only when asked for, and counts what the reader may see', async () => {
  assert.ok(!('total' in await admin.read('/api/v1/hcp', { limit: 1 })));
  assert.equal((await admin.read('/api/v1/hcp', { limit: 1, total: true })).total, everybody.length);
  const own = await mr.read('/api/v1/hcp', { limit: 1, total: true });
  assert.equal(own.total, (await mr.all('hcp')).length);
  assert.ok(own.total < everybody.length);
  const filtered = await admin.read('/api/v1/hcp', { limit: 1, total: true, tier: 'A' });
  assert.equal(filtered.total, everybody.filter((hcp) => hcp.tier === 'A').length);
});

test('limit: 50 by itself, 1 to 1000', async () => {
  assert.equal((await admin.read('/api/v1/visit')).items.length, 50);
  assert.equal((await admin.read('/api/v1/visit', { limit: 1000 })).items.length, 1000);
  assert.equal((await admin.read('/api/v1/visit', { limit: 1 })).items.length, 1);
  for (const limit of ['0', '-1', '1001', 'x', '', '1.5', '99999999999999999999']) {
    assert.equal((await admin.expect(422, 'GET', `/api/v1/visit?limit=${limit}`)).body.errors[0].code, 'limit_range', limit);
  }
});

test('deleted: what was deleted, for those who may bring it back', async () => {
  const { id } = await clerk.create('hcp', { family_name: 'Gone' });
  await clerk.expect(204, 'DELETE', `/api/v1/hcp/${id}`);
  assert.deepEqual(namesOf(await clerk.all('hcp', { deleted: true, q: '' })).filter((name) => name === 'Gone'), ['Gone']);
  assert.deepEqual(await people.as('mr1').all('hcp', { deleted: true }), []);
  assert.deepEqual(await people.as('compliance1').all('hcp', { deleted: true }), []);
});
