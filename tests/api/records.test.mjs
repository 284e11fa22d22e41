// Records through the API: made, read, changed with versions, deleted, restored, and their history.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOf } from './client.mjs';
import { startService } from './harness.mjs';

const service = await startService();
const mr = service.as('mr1');
const admin = service.as('admin');
const YAMADA = { family_name: '山田', given_name: '太郎', family_kana: 'ヤマダ', given_kana: 'タロウ', family_latin: 'Yamada', given_latin: 'Taro' };
const PLAIN = { 'accept-encoding': 'identity' };
const UNKNOWN = '01900000-0000-7000-8000-000000000000';

test('E1: a new doctor has version 1, a place of its own, an ETag and its maker as owner', async () => {
  const answer = await mr.expect(201, 'POST', '/api/v1/hcp', { body: YAMADA, headers: PLAIN });
  const doctor = answer.body;
  assert.equal(answer.headers.get('location'), `/api/v1/hcp/${doctor.id}`);
  assert.equal(answer.etag, '"1"');
  assert.equal(doctor.version, 1);
  assert.equal(doctor.title, '山田 太郎', 'in the order of the reader’s language');
  assert.equal(doctor.owner, service.user('mr1'));
  assert.equal(doctor.created_by, service.user('mr1'));
  assert.equal(doctor.kind, 'doctor');
  assert.match(doctor.created_at, /^2026-11-17T23:0\d:\d\d\.\d{3}Z$/);
  const read = await mr.expect(200, 'GET', `/api/v1/hcp/${doctor.id}`, { headers: PLAIN });
  assert.deepEqual(read.body, doctor);
  assert.equal(read.etag, '"1"');
  assert.equal(read.headers.get('cache-control'), 'no-store');
});

test('E1: names stand in the order of the language asked for', async () => {
  const { id } = await mr.create('hcp', YAMADA);
  const titleIn = async (language) => (await mr.expect(200, 'GET', `/api/v1/hcp/${id}`, { headers: { 'accept-language': language } })).body.title;
  assert.equal(await titleIn('en'), 'Taro Yamada');
  assert.equal(await titleIn('ja'), '山田 太郎');
  assert.equal(await titleIn('zh-CN,zh;q=0.9,en;q=0.5'), '山田太郎');
});

test('a change merges: fields not named stay, null empties', async () => {
  const { id } = await mr.create('hcp', { ...YAMADA, department: '循環器内科', position: '部長' });
  const changed = await mr.change('hcp', id, { position: null, specialty: '不整脈' });
  assert.equal(changed.version, 2);
  assert.equal(changed.department, '循環器内科');
  assert.equal(changed.position, null);
  assert.equal(changed.specialty, '不整脈');
});

test('merge patch may name its own media type', async () => {
  const { id } = await mr.create('hcp', YAMADA);
  const changed = await mr.change('hcp', id, { position: '医長' }, { 'content-type': 'application/merge-patch+json' });
  assert.equal(changed.position, '医長');
});

test('a change that changes nothing makes no new version', async () => {
  const doctor = await mr.create('hcp', YAMADA);
  const same = await mr.change('hcp', doctor.id, { family_name: '山田' });
  assert.equal(same.version, 1);
  const echoed = await mr.change('hcp', doctor.id, doctor);
  assert.equal(echoed.version, 1, 'a record may be sent back as it came');
});

test('If-Match: an old version is refused with 412 and the record as it is now', async () => {
  const { id } = await mr.create('hcp', YAMADA);
  await mr.change('hcp', id, { position: '部長' }, { 'if-match': '"1"' });
  const problem = await mr.refused(412, 'PATCH', `/api/v1/hcp/${id}`, { body: { position: '院長' }, headers: { 'if-match': '"1"' } });
  assert.equal(problem.present.version, 2);
  assert.equal(problem.present.position, '部長');
  assert.equal(problem.type, 'urn:ondo:problem:stale');
  await mr.change('hcp', id, { position: '院長' }, { 'if-match': '"2"' });
  await mr.change('hcp', id, { position: '医長' }, { 'if-match': '*' });
  const malformed = await mr.refused(422, 'PATCH', `/api/v1/hcp/${id}`, { body: { position: 'x' }, headers: { 'if-match': 'two' } });
  assert.equal(malformed.errors[0].code, 'if_match');
});

test('the ETag of a compressed answer serves as If-Match just as well', async () => {
  const { id } = await mr.create('hcp', YAMADA);
  const { etag } = await mr.expect(200, 'GET', `/api/v1/hcp/${id}`, { headers: { 'accept-encoding': 'gzip' } });
  await mr.change('hcp', id, { position: '部長' }, { 'if-match': etag });
  await mr.refused(412, 'PATCH', `/api/v1/hcp/${id}`, { body: { position: '院長' }, headers: { 'if-match': etag } });
});

test('what a 412 shows is only what its reader may see', async () => {
  const doctor = await admin.create('hcp', { ...YAMADA, prescribing: 'main', owner: service.user('msl1') });
  const problem = await service.as('msl1').refused(412, 'PATCH', `/api/v1/hcp/${doctor.id}`, { body: { position: 'x' }, headers: { 'if-match': '"7"' } });
  assert.equal(problem.present.family_name, '山田');
  assert.ok(!('tier' in problem.present) && !('prescribing' in problem.present));
});

test('If-Match guards a deletion too', async () => {
  const { id } = await admin.create('hcp', YAMADA);
  await admin.refused(412, 'DELETE', `/api/v1/hcp/${id}`, { headers: { 'if-match': '"9"' } });
  await admin.expect(204, 'DELETE', `/api/v1/hcp/${id}`, { headers: { 'if-match': '"1"' } });
});

test('a deletion can be undone, and takes the children along both ways', async () => {
  const { id: hcp } = await mr.create('hcp', YAMADA);
  const visit = await mr.create('visit', { hcp, topics: [{ kind: 'question', text: '腎機能は' }], signs: ['cooler'] });
  const [topic] = (await mr.all('topic', { visit: visit.id }));
  await mr.expect(204, 'DELETE', `/api/v1/visit/${visit.id}`);
  await mr.refused(404, 'GET', `/api/v1/visit/${visit.id}`);
  await mr.refused(404, 'GET', `/api/v1/topic/${topic.id}`);
  assert.deepEqual(await mr.all('visit', { hcp }), []);
  assert.deepEqual(await mr.all('sign', { hcp }), []);
  assert.deepEqual((await mr.all('visit', { deleted: true })).map((item) => item.id), [visit.id]);
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).visit_count, 0);
  const restored = (await mr.expect(200, 'POST', `/api/v1/visit/${visit.id}/restore`)).body;
  assert.equal(restored.version, 3);
  assert.equal((await mr.read(`/api/v1/topic/${topic.id}`)).text, '腎機能は');
  assert.equal((await mr.all('sign', { hcp })).length, 1);
  assert.equal((await mr.read(`/api/v1/hcp/${hcp}`)).visit_count, 1);
  await mr.refused(404, 'POST', `/api/v1/visit/${visit.id}/restore`);
});

test('a child deleted before its parent stays deleted when the parent returns', async () => {
  const { id: hcp } = await mr.create('hcp', YAMADA);
  const visit = await mr.create('visit', { hcp, topics: [{ kind: 'need', text: 'first' }, { kind: 'need', text: 'second' }] });
  const topics = await mr.all('topic', { visit: visit.id });
  await mr.expect(204, 'DELETE', `/api/v1/topic/${topics[0].id}`);
  await mr.expect(204, 'DELETE', `/api/v1/visit/${visit.id}`);
  await mr.expect(200, 'POST', `/api/v1/visit/${visit.id}/restore`);
  assert.deepEqual((await mr.all('topic', { visit: visit.id })).map((topic) => topic.id), [topics[1].id]);
});

test('the history tells who changed what from what to what, when and why', async () => {
  const { id } = await mr.create('hcp', YAMADA);
  await mr.change('hcp', id, { temperature: 'neutral' }, { 'x-reason': 'first meeting' });
  await mr.change('hcp', id, { temperature: 'favorable', position: '部長' });
  const history = await mr.read(`/api/v1/hcp/${id}/history`);
  assert.equal(history.next, null);
  const [latest, middle, first] = history.items;
  assert.equal(latest.action, 'update');
  assert.equal(latest.by, service.user('mr1'));
  assert.match(latest.at, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.deepEqual(latest.changes.temperature, { from: 'neutral', to: 'favorable' });
  assert.deepEqual(latest.changes.position, { from: null, to: '部長' });
  assert.equal(latest.reason, null);
  assert.equal(middle.reason, 'first meeting');
  assert.equal(first.action, 'create');
  assert.deepEqual(first.changes.family_name, { from: null, to: '山田' });
  assert.equal(history.items.length, 3);
});

test('a long history is read page by page', async () => {
  const { id } = await mr.create('hcp', YAMADA);
  for (let count = 1; count <= 4; count += 1) await mr.change('hcp', id, { position: `position ${count}` });
  const versions = [];
  let cursor = '';
  do {
    const page = await mr.read(`/api/v1/hcp/${id}/history`, cursor ? { limit: 2, cursor } : { limit: 2 });
    versions.push(...page.items.map((item) => item.version));
    cursor = page.next;
  } while (cursor);
  assert.deepEqual(versions, [5, 4, 3, 2, 1]);
});

test('the history of a deleted record stays open to those who may delete it', async () => {
  const { id } = await admin.create('hcp', { ...YAMADA, owner: service.user('mr1') });
  await admin.expect(204, 'DELETE', `/api/v1/hcp/${id}`);
  assert.equal((await admin.read(`/api/v1/hcp/${id}/history`)).items[0].action, 'delete');
  await mr.refused(404, 'GET', `/api/v1/hcp/${id}/history`);
});

test('unknown fields are named, all of them at once', async () => {
  const problem = await mr.refused(422, 'POST', '/api/v1/hcp', { body: { ...YAMADA, hobby: 'golf', 'a/b~c': 1 } });
  assert.deepEqual(codesOf(problem), { '/hobby': 'unknown_field', '/a~1b~0c': 'unknown_field' });
});

test('what is required is asked for by its name in the reader’s language', async () => {
  const wordsIn = async (language) => {
    const problem = await mr.refused(422, 'POST', '/api/v1/hcp', { body: {}, headers: { 'accept-language': language } });
    assert.deepEqual(codesOf(problem), { '/family_name': 'required' });
    return { message: problem.errors[0].message, title: problem.title };
  };
  const [en, ja, zh] = [await wordsIn('en'), await wordsIn('ja'), await wordsIn('zh')];
  assert.match(en.message, /^Enter .+\.$/);
  assert.match(ja.message, /入力してください。$/);
  assert.match(zh.message, /^请填写.+。$/);
  assert.equal(new Set([en.title, ja.title, zh.title]).size, 3);
});

test('several errors come together, each with its pointer', async () => {
  const problem = await mr.refused(422, 'POST', '/api/v1/hcp', { body: { temperature: 'hot', next_action_due: '2026-02-30', kol: 'yes' } });
  assert.deepEqual(codesOf(problem), { '/temperature': 'choice_unknown', '/next_action_due': 'not_date', '/kol': 'not_boolean' });
});

test('a required field cannot be emptied later', async () => {
  const { id } = await mr.create('hcp', YAMADA);
  for (const nothing of [null, '', '   ']) {
    const problem = await mr.refused(422, 'PATCH', `/api/v1/hcp/${id}`, { body: { family_name: nothing } });
    assert.deepEqual(codesOf(problem), { '/family_name': 'required' });
  }
});

test('a value that is unique is refused a second time with 409, until its first bearer is deleted', async () => {
  const first = await admin.create('hcp', { ...YAMADA, registration_number: 'R-1' });
  const problem = await admin.refused(409, 'POST', '/api/v1/hcp', { body: { ...YAMADA, registration_number: 'R-1' } });
  assert.deepEqual(codesOf(problem), { '/registration_number': 'conflict_unique' });
  await admin.expect(204, 'DELETE', `/api/v1/hcp/${first.id}`);
  await admin.create('hcp', { ...YAMADA, registration_number: 'R-1' });
  const taken = await admin.refused(409, 'POST', `/api/v1/hcp/${first.id}/restore`);
  assert.deepEqual(codesOf(taken), { '/registration_number': 'conflict_unique' });
});

test('a pair that is unique is refused a second time', async () => {
  const { id: hcp } = await mr.create('hcp', YAMADA);
  const { id: hco } = await admin.create('hco', { name: '中央病院' });
  await mr.create('affiliation', { hcp, hco });
  const problem = await mr.refused(409, 'POST', '/api/v1/affiliation', { body: { hcp, hco } });
  assert.equal(problem.errors[0].code, 'conflict_unique');
  await mr.create('affiliation', { hcp, hco, role: 'director' });
});

test('one cannot refer to what does not exist or what one may not see', async () => {
  const hidden = await service.as('mr3').create('hcp', { family_name: 'Smith' });
  for (const hcp of [UNKNOWN, hidden.id]) {
    const problem = await mr.refused(422, 'POST', '/api/v1/visit', { body: { hcp } });
    assert.deepEqual(codesOf(problem), { '/hcp': 'reference_missing' });
  }
  const wrongKind = await mr.refused(422, 'POST', '/api/v1/visit', { body: { hcp: service.user('mr1') } });
  assert.deepEqual(codesOf(wrongKind), { '/hcp': 'reference_missing' });
});

test('a device without network makes the id itself; the same id twice is refused', async () => {
  const id = '01a1ebbd-161a-7000-932d-cc581922c192';
  assert.equal((await mr.create('hcp', { ...YAMADA, id })).id, id);
  await mr.refused(409, 'POST', '/api/v1/hcp', { body: { ...YAMADA, id } });
  assert.equal((await mr.read(`/api/v1/hcp/${id}`)).version, 1);
  for (const bad of ['', 'x', 5, null, '00000000-0000-0000-0000-000000000000']) {
    const problem = await mr.refused(422, 'POST', '/api/v1/hcp', { body: { ...YAMADA, id: bad } });
    assert.deepEqual(codesOf(problem), { '/id': 'id' }, JSON.stringify(bad));
  }
  const moved = await mr.refused(422, 'PATCH', `/api/v1/hcp/${id}`, { body: { id: UNKNOWN } });
  assert.deepEqual(codesOf(moved), { '/id': 'id' });
});

test('E5: a memo is never changed or deleted', async () => {
  const { id: hcp } = await mr.create('hcp', YAMADA);
  const memo = await mr.create('memo', { hcp, kind: 'taboo', text: '野球の話はしない' });
  for (const client of [mr, service.as('manager1'), admin]) {
    const change = await client.send('PATCH', `/api/v1/memo/${memo.id}`, { body: { text: '嘘' } });
    const removal = await client.send('DELETE', `/api/v1/memo/${memo.id}`);
    assert.equal(change.status, 403);
    assert.equal(removal.status, 403);
  }
  assert.deepEqual(await mr.read(`/api/v1/memo/${memo.id}`), memo);
});

test('what the system keeps, nobody writes', async () => {
  const doctor = await mr.create('hcp', YAMADA);
  for (const field of ['last_visit_at', 'temperature_changed_at', 'owner_changed_at']) {
    const problem = await admin.refused(422, 'PATCH', `/api/v1/hcp/${doctor.id}`, { body: { [field]: '2020-01-01T00:00:00Z' } });
    assert.deepEqual(codesOf(problem), { [`/${field}`]: 'read_only' });
  }
  const count = await admin.refused(422, 'POST', '/api/v1/hcp', { body: { ...YAMADA, visit_count: 99 } });
  assert.deepEqual(codesOf(count), { '/visit_count': 'read_only' });
  const reading = await admin.refused(403, 'POST', '/api/v1/temperature_reading', { body: { hcp: doctor.id, value: 'neutral' } });
  assert.equal(reading.errors[0].code, 'system_only');
});

test('what is immutable is set once', async () => {
  const [one, other] = [await mr.create('hcp', YAMADA), await mr.create('hcp', YAMADA)];
  const sign = await mr.create('sign', { hcp: one.id, kind: 'cooler' });
  const problem = await mr.refused(422, 'PATCH', `/api/v1/sign/${sign.id}`, { body: { hcp: other.id } });
  assert.deepEqual(codesOf(problem), { '/hcp': 'immutable' });
  const cleared = await mr.change('sign', sign.id, { cleared_at: '2026-11-18T07:00:00+09:00' });
  assert.equal(cleared.cleared_at, '2026-11-17T22:00:00.000Z');
});

test('what does not exist, or is no object or id at all, is not found', async () => {
  for (const path of [`/api/v1/hcp/${UNKNOWN}`, '/api/v1/hcp/not-an-id', '/api/v1/nothing', `/api/v1/journal/${UNKNOWN}`, '/api/v1/credential', '/api/v1/session_token']) {
    await admin.refused(404, 'GET', path);
  }
  await admin.refused(404, 'PATCH', `/api/v1/hcp/${UNKNOWN}`, { body: {} });
  await admin.refused(404, 'DELETE', `/api/v1/hcp/${UNKNOWN}`);
});

test('a body that is no object is refused', async () => {
  for (const body of [[], 'text', 5, null, true]) {
    const answer = await mr.send('POST', '/api/v1/hcp', { body });
    assert.ok([400, 422].includes(answer.status), `${JSON.stringify(body)} → ${answer.status}`);
  }
  const form = await mr.refused(400, 'POST', '/api/v1/hcp', { raw: 'family_name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  assert.equal(form.errors[0].code, 'content_type');
});

test('E3: a doctor’s timeline joins visits, memos, readings, signs and promises, newest first', async () => {
  const { id: hcp } = await mr.create('hcp', YAMADA);
  await mr.create('visit', {
    hcp, channel: 'in_person', held_at: '2026-11-10T10:00:00+09:00', temperature: 'favorable', signs: ['suddenly_keen'], memos: ['研究の話で笑顔'],
    promises: [{ deliverable: '比較データ', due_at: '2026-11-12T18:00:00+09:00' }],
  });
  const timeline = await mr.read(`/api/v1/hcp/${hcp}/timeline`);
  const kinds = timeline.items.map((item) => item.object);
  assert.deepEqual(kinds.toSorted(), ['memo', 'promise', 'sign', 'temperature_reading', 'visit']);
  const times = timeline.items.map((item) => item.at);
  assert.deepEqual(times, times.toSorted().reverse());
  assert.equal(timeline.items[0].object, 'promise');
  for (const item of timeline.items) assert.equal(item.record.id, item.id);
  const some = await mr.read(`/api/v1/hcp/${hcp}/timeline`, { objects: 'visit, memo,nothing' });
  assert.deepEqual(some.items.map((item) => item.object).toSorted(), ['memo', 'visit']);
  const walked = [];
  let cursor = '';
  do {
    const page = await mr.read(`/api/v1/hcp/${hcp}/timeline`, { limit: 2, ...(cursor ? { cursor } : {}) });
    walked.push(...page.items.map((item) => item.id));
    cursor = page.next;
  } while (cursor);
  assert.deepEqual(walked, timeline.items.map((item) => item.id));
});
