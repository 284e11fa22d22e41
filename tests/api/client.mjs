// A client of the API: requests with its headers, answers decoded.
import assert from 'node:assert/strict';

const isJson = (type) => /^application\/(problem\+)?json/.test(type ?? '');

async function decode(response) {
  const text = await response.text();
  const body = isJson(response.headers.get('content-type')) && text ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, etag: response.headers.get('etag'), text, body };
}

/** A path with its query: withQuery('/api/v1/hcp', {q: '山', limit: 5}); objects become JSON. */
export function withQuery(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    query.set(name, typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value));
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export function createClient(origin, headers) {
  async function send(method, path, { body, headers: more = {}, raw, signal } = {}) {
    const all = { ...headers, ...more };
    if (body !== undefined && !('content-type' in all)) all['content-type'] = 'application/json';
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    if (raw !== undefined && !('content-type' in all)) all['content-type'] = 'application/json';
    return decode(await fetch(origin() + path, { method, headers: all, body: payload, redirect: 'manual', signal }));
  }

  async function expect(status, method, path, options) {
    const answer = await send(method, path, options);
    assert.equal(answer.status, status, `${method} ${path}: ${answer.text.slice(0, 600)}`);
    return answer;
  }

  const client = {
    send,
    expect,
    get: (path, parameters, options) => send('GET', withQuery(path, parameters), options),
    post: (path, body, more) => send('POST', path, { body, headers: more }),
    patch: (path, body, more) => send('PATCH', path, { body, headers: more }),
    delete: (path, more) => send('DELETE', path, { headers: more }),

    /** One record or document that must be there. */
    async read(path, parameters) {
      return (await expect(200, 'GET', withQuery(path, parameters))).body;
    },
    /** A new record that must succeed. */
    async create(object, body, more) {
      return (await expect(201, 'POST', `/api/v1/${object}`, { body, headers: more })).body;
    },
    /** A change that must succeed. */
    async change(object, id, body, more) {
      return (await expect(200, 'PATCH', `/api/v1/${object}/${id}`, { body, headers: more })).body;
    },
    /** Every record of a list, page by page. */
    async all(object, parameters = {}) {
      const items = [];
      let cursor;
      do {
        const page = await client.read(`/api/v1/${object}`, { limit: 500, ...parameters, ...(cursor ? { cursor } : {}) });
        items.push(...page.items);
        cursor = page.next;
      } while (cursor);
      return items;
    },
    /** A request that must be refused: the problem document, checked for its shape. */
    async refused(status, method, path, options) {
      const answer = await expect(status, method, path, options);
      assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
      assert.equal(answer.body.status, status);
      for (const member of ['type', 'title', 'detail', 'request_id']) assert.ok(answer.body[member], `the problem has a ${member}`);
      assert.ok(Array.isArray(answer.body.errors));
      return answer.body;
    },
  };
  return client;
}

/** The codes of a problem by pointer: {"/due_at": "required"}. */
export const codesOf = (problem) => Object.fromEntries(problem.errors.map((error) => [error.pointer, error.code]));
