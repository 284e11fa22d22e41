// Files of records: who may bring one, who may have it, and that it comes back as it was brought.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';
import { download } from './tables.mjs';

const service = await startService();
const admin = service.as('admin');
const mr = service.as('mr1');
const other = service.as('mr2');

const hcp = await mr.create('hcp', { kind: 'doctor', family_name: '資料' });
const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0x0a, 0x3c, 0x73, 0x3e]);
const attach = (client, status, name, id = hcp.id) =>
  client.expect(status, 'POST', `/api/v1/hcp/${id}/file?name=${encodeURIComponent(name)}`, {
    raw: bytes,
    headers: { 'content-type': 'application/pdf' },
  });

test('a file comes back byte for byte, as an attachment of its own name', async () => {
  const { body } = await attach(mr, 201, '説明 "資料".pdf');
  assert.deepEqual({ ...body, id: null }, { id: null, name: '説明 "資料".pdf', type: 'application/pdf', size: bytes.length });
  const answer = await download(service, 'mr1', `/api/v1/file/${body.id}`);
  assert.deepEqual(Buffer.from(answer.bytes), bytes);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.equal(answer.headers.get('content-disposition'), `attachment; filename*=UTF-8''%E8%AA%AC%E6%98%8E%20%22%E8%B3%87%E6%96%99%22%2Epdf`);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
});

test('who may read the record may have its file, nobody else even learns of it', async () => {
  const { body } = await attach(mr, 201, 'a.pdf');
  assert.equal((await admin.get(`/api/v1/file/${body.id}`)).status, 200);
  assert.equal((await other.get(`/api/v1/file/${body.id}`)).status, 404);
  await attach(other, 404, 'b.pdf');
  await mr.expect(404, 'GET', '/api/v1/file/01a20000-0000-7000-8000-000000000000');
});

test('the files of a record are listed for whoever may read it, the newest first', async () => {
  const own = await mr.create('hcp', { kind: 'doctor', family_name: '一覧' });
  const first = (await attach(mr, 201, 'first.pdf', own.id)).body;
  const second = (await attach(mr, 201, '二つ目.pdf', own.id)).body;
  const { body } = await mr.expect(200, 'GET', `/api/v1/hcp/${own.id}/file`);
  assert.deepEqual(body.items.map(({ id, name, size }) => [id, name, size]), [
    [second.id, '二つ目.pdf', bytes.length], [first.id, 'first.pdf', bytes.length],
  ]);
  assert.equal(body.items[0].created_by, (await mr.get('/api/v1/me')).body.user.id);
  assert.match(body.items[0].created_at, /^\d{4}-\d\d-\d\dT/);
  assert.equal(body.next, null);
  await other.expect(404, 'GET', `/api/v1/hcp/${own.id}/file`);
});

test('a file needs a name that no system takes for a path', async () => {
  for (const name of ['', '../a', 'a\\b', 'a\nb', 'x'.repeat(201)]) await attach(mr, 422, name);
});
