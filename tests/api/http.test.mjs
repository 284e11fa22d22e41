// The manners of HTTP: methods, sizes, compression, headers, health, and what a page may do.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin');
const { id } = await admin.create('hcp', { family_name: 'Http' });

/** Sends bytes as they are and gives all that came back until the server closed or was silent for a while. */
function sendRaw(text, { silence = 700 } = {}) {
  const { hostname, port } = new URL(service.origin);
  return new Promise((done, fail) => {
    const chunks = [];
    const socket = connect(Number(port), hostname, () => socket.write(text));
    const finish = () => {
      socket.destroy();
      done(Buffer.concat(chunks));
    };
    socket.setTimeout(silence, finish);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', finish);
    socket.on('error', (error) => (chunks.length ? finish() : fail(error)));
  });
}

const statusOf = (bytes) => Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString('latin1'))?.[1]);
const authorization = `Bearer ${service.users.admin.token}`;

test('a wrong method is answered with those that are right', async () => {
  const onRecord = await admin.refused(405, 'PUT', `/api/v1/hcp/${id}`, { body: {} });
  assert.equal(onRecord.errors[0].code, 'method');
  const allow = async (method, path) => (await admin.expect(405, method, path)).headers.get('allow').split(', ').toSorted();
  assert.deepEqual(await allow('PUT', `/api/v1/hcp/${id}`), ['DELETE', 'GET', 'PATCH']);
  assert.deepEqual(await allow('DELETE', '/api/v1/hcp'), ['GET', 'POST']);
  assert.deepEqual(await allow('POST', '/healthz'), ['GET']);
  for (const path of ['/api/v1', '/api/v1/', '/api/v2/hcp', '/api/v1/hcp/', `/api/v1/hcp/${id}/nothing`, '/api/', '/api/v1/hcp//history']) await admin.refused(404, 'GET', path);
});

test('HEAD answers like GET without a body', async () => {
  const get = await admin.expect(200, 'GET', `/api/v1/hcp/${id}`, { headers: { 'accept-encoding': 'identity' } });
  const head = await admin.expect(200, 'HEAD', `/api/v1/hcp/${id}`, { headers: { 'accept-encoding': 'identity' } });
  assert.equal(head.text, '');
  assert.equal(head.etag, get.etag);
  assert.equal(head.headers.get('content-length'), String(Buffer.byteLength(get.text)));
});

test('long answers are compressed for those who can read it, and only for them', async () => {
  for (let count = 0; count < 5; count += 1) await admin.create('hcp', { family_name: `圧縮${count}` });
  const request = (encoding) => sendRaw(`GET /api/v1/hcp HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nConnection: close\r\n${encoding}\r\n`);
  const split = (bytes) => {
    const at = bytes.indexOf('\r\n\r\n');
    return { head: bytes.subarray(0, at).toString('latin1').toLowerCase(), body: bytes.subarray(at + 4) };
  };
  const packed = split(await request('Accept-Encoding: gzip\r\n'));
  const plain = split(await request(''));
  const refused = split(await request('Accept-Encoding: gzip;q=0, identity\r\n'));
  assert.match(packed.head, /content-encoding: gzip/);
  assert.match(packed.head, /vary: accept-encoding/);
  assert.ok(!plain.head.includes('content-encoding') && !refused.head.includes('content-encoding'));
  assert.deepEqual(JSON.parse(gunzipSync(packed.body)), JSON.parse(plain.body));
  assert.ok(packed.body.length < plain.body.length / 2);
  const smallest = split(await request('Accept-Encoding: gzip, deflate, br\r\n'));
  assert.match(smallest.head, /content-encoding: br/);
  assert.deepEqual(JSON.parse(brotliDecompressSync(smallest.body)), JSON.parse(plain.body));
  const short = split(await sendRaw('GET /healthz HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n'));
  assert.ok(!short.head.includes('content-encoding'));
});

test('a body over the limit gets 413, announced or not', async () => {
  const big = `{"family_name":"${'x'.repeat(3 * 1024 * 1024)}"}`;
  const problem = await admin.refused(413, 'POST', '/api/v1/hcp', { raw: big });
  assert.equal(problem.errors[0]?.code ?? 'too_large', 'too_large');
  const announced = await sendRaw(`POST /api/v1/hcp HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: ${authorization}\r\nContent-Length: 99999999999\r\n\r\n`);
  assert.equal(statusOf(announced), 413, 'before a byte of it is read');
  const chunk = 'x'.repeat(65536);
  const chunked = await sendRaw(`POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n10000\r\n${chunk}\r\n0\r\n\r\n`);
  assert.equal(statusOf(chunked), 413);
  await admin.read(`/api/v1/hcp/${id}`);
});

test('requests that proxies read in two ways are refused', async () => {
  const head = `Host: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\n`;
  const ambiguous = [
    `POST /api/v1/hcp HTTP/1.1\r\n${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `POST /api/v1/hcp HTTP/1.1\r\n${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `,
    `POST /api/v1/hcp HTTP/1.1\r\n${head}Content-Length: +2\r\n\r\n{}`,
    `POST /api/v1/hcp HTTP/1.1\r\n${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`,
    'GET /healthz HTTP/1.1\r\n\r\n', 'GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n', 'GET  /healthz HTTP/1.1\r\nHost: x\r\n\r\n', 'NONSENSE\r\n\r\n',
  ];
  for (const text of ambiguous) {
    const status = statusOf(await sendRaw(text));
    assert.ok(status === 400 || status === 501, `${text.slice(0, 60)} → ${status}`);
  }
  const long = statusOf(await sendRaw(`GET /api/v1/hcp?q=${'x'.repeat(100000)} HTTP/1.1\r\nHost: x\r\n\r\n`));
  assert.ok([400, 414, 431].includes(long), String(long));
});

test('several requests on one connection are answered in order', async () => {
  const one = `GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`;
  const last = `GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
  const answers = (await sendRaw(one + one + last)).toString('latin1');
  assert.equal(answers.match(/HTTP\/1\.1 200/g).length, 3);
});

test('every answer has a request number of its own, and problems name it', async () => {
  const [one, other] = [await admin.get('/api/v1/nothing'), await admin.get('/api/v1/nothing')];
  const numbers = [one, other].map((answer) => answer.headers.get('x-request-id'));
  assert.ok(numbers[0] && numbers[1] && numbers[0] !== numbers[1]);
  assert.deepEqual([one.body.request_id, other.body.request_id], numbers);
  assert.ok((await admin.get(`/api/v1/hcp/${id}`)).headers.get('x-request-id'));
});

test('every answer carries headers that keep a browser from harm', async () => {
  for (const path of ['/', `/api/v1/hcp/${id}`, '/api/v1/nothing', '/no-such-file.js']) {
    const { headers } = await admin.get(path);
    assert.match(headers.get('content-security-policy'), /default-src '(self|none)'/, path);
    assert.ok(!/unsafe-eval|script-src[^;]*unsafe-inline/.test(headers.get('content-security-policy')));
    assert.match(headers.get('content-security-policy'), /frame-ancestors 'none'/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.ok(headers.get('referrer-policy'), path);
    assert.ok(!headers.get('access-control-allow-origin'), 'other sites may not read');
  }
});

test('the page’s files are served from inside only', async () => {
  for (const path of ['/../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc%2fpasswd', '/assets/../../etc/passwd']) {
    const bytes = (await sendRaw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toString('latin1');
    assert.ok(!bytes.includes('root:'), path);
  }
});

test('it lives, it is ready, and it counts', async () => {
  const nobody = service.anonymous();
  assert.equal((await nobody.expect(200, 'GET', '/healthz')).text.trim(), 'ok');
  assert.equal((await nobody.expect(200, 'GET', '/readyz')).text.trim(), 'ok');
  const figure = async (name) => {
    const { text, headers } = await nobody.expect(200, 'GET', '/metrics');
    assert.match(headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
    for (const line of text.trim().split('\n')) assert.match(line, /^# TYPE \w+ (counter|gauge)$|^\w+(\{\w+="\w+"\})? \d+$/);
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)[1]);
  };
  const [requests, writes] = [await figure('ondo_http_requests_total'), await figure('ondo_store_writes_total')];
  await admin.create('hcp', { family_name: 'Counted' });
  assert.ok(await figure('ondo_http_requests_total') >= requests + 2);
  assert.ok(await figure('ondo_store_writes_total') > writes);
});

test('a server asked to stop answers what it has begun and then ends with 0', async () => {
  const own = await startService();
  const client = own.as('admin');
  const under = Array.from({ length: 20 }, (_, count) => client.post('/api/v1/product', { name: `late ${count}` }));
  await Promise.any(under);
  const ended = own.stop();
  // A request that reaches a closed door fails to connect: it was never begun, so it must have left nothing behind.
  const answers = (await Promise.allSettled(under)).filter((end) => end.status === 'fulfilled').map((end) => end.value);
  assert.ok(answers.every((answer) => [201, 503].includes(answer.status)), `${answers.map((answer) => answer.status)}`);
  assert.deepEqual(await ended, { code: 0, signal: null });
  await own.start();
  const acknowledged = answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id).sort();
  assert.deepEqual((await own.as('admin').all('product')).map((product) => product.id).sort(), acknowledged);
});
