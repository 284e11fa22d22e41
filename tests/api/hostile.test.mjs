// Hostile texts and broken bodies: they are kept as they are or refused, and never break anything.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withQuery } from './client.mjs';
import { SHARED, startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');

const OWN_STRINGS = ["'; DROP TABLE hcp; --", '" OR 1=1 --', "' UNION SELECT password_hash FROM credential --", '\\', '%', '_', "''", '$1', '{0}',
  '{family_name}', '<script>alert(1)</script>', '‮rtl', 'null', 'undefined', '../../etc/passwd', '𠮷', 'e\u0301', '👩‍⚕️', '`id`', '$(id)'];

/** Lines of all files below a folder of the shared data; nothing where it is missing. */
function linesBelow(folder, most) {
  const path = join(SHARED, 'data', folder);
  if (!existsSync(path)) return [];
  const lines = readdirSync(path, { recursive: true })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile() && !file.endsWith('SOURCE.txt'))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line.trim() && line.length <= 2000);
  const step = Math.max(1, Math.floor(lines.length / most));
  return lines.filter((_, index) => index % step === 0).slice(0, most);
}

function naughtyStrings() {
  const file = join(SHARED, 'data/naughty-strings/blns.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

const sqlInjections = [...OWN_STRINGS, ...linesBelow('attack-strings/sql-injection', 120)];
const texts = [...OWN_STRINGS, ...naughtyStrings(), ...linesBelow('attack-strings/xss', 60), ...linesBelow('attack-strings/unicode', 60),
  ...linesBelow('attack-strings/format-strings', 40), ...linesBelow('attack-strings/control-chars', 40)];

async function inGroups(items, size, work) {
  for (let at = 0; at < items.length; at += size) await Promise.all(items.slice(at, at + size).map(work));
}

/** Spaces around a text mean nothing, and texts are kept in Unicode's composed form with "\n" for every line's end. */
const kept = (text) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim();

test('every naughty text comes back as it went in, or is refused for a reason', async () => {
  const { id: hcp } = await admin.create('hcp', { family_name: 'Naughty' });
  let taken = 0;
  await inGroups(texts, 8, async (text) => {
    const answer = await admin.post('/api/v1/memo', { hcp, text });
    if (answer.status === 201) {
      const memo = await admin.read(`/api/v1/memo/${answer.body.id}`);
      assert.equal(kept(memo.text), kept(text));
      taken += 1;
      return;
    }
    assert.equal(answer.status, 422, `${JSON.stringify(text)} → ${answer.status}`);
    assert.ok(['control_character', 'required', 'not_utf8'].includes(answer.body.errors[0].code), `${JSON.stringify(text)} → ${answer.text}`);
  });
  assert.ok(taken > texts.length * 0.8, `${taken} of ${texts.length} taken`);
});

test('a title made of naughty texts is only text', async () => {
  for (const text of OWN_STRINGS) {
    const answer = await admin.post('/api/v1/hco', { name: text });
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.body.title, answer.body.name);
    assert.equal(kept(answer.body.name), kept(text));
  }
});

test('SQL in any parameter of a list or search changes nothing and never gives 500', async () => {
  const { id: hcp } = await admin.create('hcp', { family_name: 'Injected' });
  const before = (await admin.read('/api/v1/hcp', { total: true, limit: 1 })).total;
  const places = (text) => [
    withQuery('/api/v1/hcp', { q: text }), withQuery('/api/v1/search', { q: text }), withQuery('/api/v1/hcp', { sort: text }),
    withQuery('/api/v1/hcp', { fields: text }), withQuery('/api/v1/hcp', { expand: text }), withQuery('/api/v1/hcp', { cursor: text }),
    withQuery('/api/v1/hcp', { limit: text }), withQuery('/api/v1/hcp', { filter: text }), withQuery('/api/v1/hcp', { family_name: text }),
    withQuery('/api/v1/hcp', { temperature: text }), withQuery('/api/v1/hcp', { owner: text }), withQuery('/api/v1/hcp', { [text]: 'x' }),
    withQuery('/api/v1/hcp', { tags: text }), withQuery('/api/v1/hcp', { next_action_due: text }),
    withQuery('/api/v1/hcp', { filter: { '==': [{ var: 'family_name' }, text] } }), withQuery('/api/v1/hcp', { filter: { '==': [{ var: text }, 1] } }),
    withQuery('/api/v1/hcp', { filter: { in: [text, { var: 'family_name' }] } }), withQuery('/api/v1/hcp', { filter: { contains: [{ var: 'tags' }, text] } }),
    `/api/v1/${encodeURIComponent(text)}`, `/api/v1/hcp/${encodeURIComponent(text)}`, withQuery(`/api/v1/hcp/${hcp}/history`, { cursor: text, limit: text }),
    withQuery(`/api/v1/hcp/${hcp}/timeline`, { cursor: text }), withQuery('/api/v1/changes', { since: text }), `/api/v1/dashboard/${encodeURIComponent(text)}`,
  ];
  await inGroups(sqlInjections, 4, async (text) => {
    for (const path of places(text)) {
      const answer = await admin.send('GET', path);
      assert.ok(answer.status < 500, `${path} → ${answer.status} ${answer.text}`);
    }
  });
  assert.equal((await admin.read('/api/v1/hcp', { total: true, limit: 1 })).total, before);
});

test('SQL in bodies is only text', async () => {
  await inGroups(sqlInjections, 8, async (text) => {
    for (const body of [{ family_name: text }, { [text]: 1 }, { family_name: 'x', temperature: text }, { family_name: 'x', owner: text }, { family_name: 'x', id: text }]) {
      const answer = await admin.post('/api/v1/hcp', body);
      assert.ok(answer.status < 500, `${JSON.stringify(body)} → ${answer.status}`);
    }
  });
  await admin.read('/api/v1/user', { limit: 1 });
});

test('SQL signs nobody in', async () => {
  for (const text of sqlInjections.filter((_, index) => index % 8 === 0)) {
    const answer = await service.anonymous().post('/api/v1/session', { login: text, password: text });
    assert.ok([401, 422, 429].includes(answer.status), `${JSON.stringify(text)} → ${answer.status}`);
  }
});

const jsonFolder = join(SHARED, 'data/json-parsing');
const jsonFiles = existsSync(jsonFolder) ? readdirSync(jsonFolder).filter((name) => name.endsWith('.json')) : [];
const sendFile = (name) => admin.send('POST', '/api/v1/hcp', { raw: readFileSync(join(jsonFolder, name)) });

test('JSONTestSuite: what is no JSON is refused with 400', { skip: !jsonFiles.length }, async () => {
  for (const name of jsonFiles.filter((file) => file.startsWith('n_'))) {
    const answer = await sendFile(name);
    assert.equal(answer.status, 400, `${name} → ${answer.status} ${answer.text}`);
  }
});

test('JSONTestSuite: what is JSON is judged by its content, and nothing breaks', { skip: !jsonFiles.length }, async () => {
  for (const name of jsonFiles.filter((file) => !file.startsWith('n_'))) {
    const answer = await sendFile(name);
    assert.ok([201, 400, 422].includes(answer.status), `${name} → ${answer.status} ${answer.text}`);
  }
  await admin.read('/api/v1/hcp', { limit: 1 });
});

test('bodies that nest, repeat or grow without end are refused', async () => {
  const bodies = ['['.repeat(100000), `${'{"a":'.repeat(50000)}1${'}'.repeat(50000)}`, '{"family_name":"a","family_name":"b"}', '', ' ', '{', 'nul', '{"family_name":"\\u0000"}'];
  for (const raw of bodies) {
    const answer = await admin.send('POST', '/api/v1/hcp', { raw });
    assert.ok([400, 422].includes(answer.status), `${raw.slice(0, 30)} → ${answer.status}`);
  }
});

test('conditions that nest or grow without end are refused', async () => {
  let deep = { '==': [1, 1] };
  for (let depth = 0; depth < 100; depth += 1) deep = { '!': [deep] };
  const wide = { or: Array.from({ length: 2000 }, () => ({ '==': [{ var: 'kol' }, true] })) };
  for (const filter of [deep, wide, { in: [{ var: 'family_name' }, Array(1500).fill('x')] }, { nonsense: [1] }, [], { '==': 1 }, { var: 'owner.manager.team' }]) {
    const answer = await admin.get('/api/v1/hcp', { filter: JSON.stringify(filter) });
    assert.ok([400, 413, 414, 422, 431].includes(answer.status), `${JSON.stringify(filter).slice(0, 60)} → ${answer.status} ${answer.text.slice(0, 200)}`);
  }
});
