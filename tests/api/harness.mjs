// Starts real servers on real databases for the tests beside this file, and takes them down again.
//
//   ONDO_BINARY            the program (build/ondo)
//   ONDO_TEST_POSTGRESQL   URI of a PostgreSQL server; without it the tests run on SQLite
//   ONDO_TEST_TEMPLATES    folder in which databases made once are shared by all files (see ./run)
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createClient } from './client.mjs';
import { buildTemplate } from './templates.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const SHARED = process.env.ONDO_SHARED ?? join(ROOT, '../shared');
const BINARY = process.env.ONDO_BINARY ?? join(ROOT, 'build/ondo');
const SERVER_URI = process.env.ONDO_TEST_POSTGRESQL;
export const KIND = SERVER_URI ? 'postgresql' : 'sqlite';

/** Wednesday morning in Tokyo, where the company sits; the clock of every server unless told otherwise. */
export const NOW = '2026-11-18T08:00:00+09:00';
export const PASSWORD = 'six-long-words-for-tests';
const START_SECONDS = 20;

const folder = mkdtempSync(join(tmpdir(), 'ondo-api-'));
const running = new Set();
const databases = new Set();

// ---- Databases ----

/** The server's URI with another database; libpq takes URIs (an empty host) that URL does not. */
function databaseUri(name) {
  return SERVER_URI.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`);
}

function onServer(sql) {
  execFileSync('psql', ['--no-psqlrc', '--quiet', SERVER_URI, '-c', sql], { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Runs SQL behind the program's back: what an intruder or a careless administrator would do. */
export function runSql(database, sql) {
  const command = KIND === 'sqlite' ? ['sqlite3', ['-cmd', '.timeout 20000', database, sql]] : ['psql', ['--no-psqlrc', '-qAt', database, '-c', sql]];
  return execFileSync(...command, { encoding: 'utf8' }).trim();
}

function newName() {
  return `ondo_test_${process.pid}_${randomBytes(4).toString('hex')}`;
}

/** A copy of a template, or an empty database; in a folder of its own, which also holds its key. */
async function makeDatabase(template) {
  const name = newName();
  const home = join(folder, name);
  mkdirSync(home);
  if (KIND === 'sqlite') {
    const database = join(home, 'ondo.db');
    if (template) await cp(template.database, database);
    return { home, database };
  }
  onServer(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template.name}` : ''}`);
  databases.add(name);
  return { home, database: databaseUri(name) };
}

function templateFolder() {
  return process.env.ONDO_TEST_TEMPLATES ?? folder;
}

async function readTemplate(kind) {
  const file = join(templateFolder(), `${kind}.json`);
  if (!existsSync(file)) {
    const name = newName();
    const database = KIND === 'sqlite' ? join(templateFolder(), `${kind}.db`) : databaseUri(name);
    if (KIND === 'postgresql') onServer(`CREATE DATABASE ${name}`);
    if (KIND === 'postgresql' && !process.env.ONDO_TEST_TEMPLATES) databases.add(name);
    await buildTemplate(kind, { file, database, name, run: (args, options) => runOndo(database, args, options), serve });
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Makes the shared databases, so that the files need not wait for each other. */
export async function makeTemplates() {
  for (const kind of ['people', 'demo']) await readTemplate(kind);
}

// ---- The program ----

/** Runs a command of the program on a database: {code, out, error}. */
export async function runOndo(database, args, { now = NOW, input = '', home = folder, env = {} } = {}) {
  const child = spawn(BINARY, args, {
    cwd: home, env: { ...process.env, ONDO_DATABASE: database, ONDO_NOW: now, LC_ALL: 'C.UTF-8', ...env },
  });
  let out = '';
  let error = '';
  child.stdout.on('data', (data) => { out += data; });
  child.stderr.on('data', (data) => { error += data; });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise((done) => { child.on('close', done); });
  return { code, out, error };
}

/** A server that dies with this process, however that ends. */
function spawnServer(database, { home, now, args = [], env = {} }) {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', BINARY, 'serve', '--port', '0', ...args], {
    cwd: home, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ONDO_DATABASE: database, ONDO_NOW: now, LC_ALL: 'C.UTF-8', ...env },
  });
  running.add(child);
  child.log = '';
  child.stderr.on('data', (data) => { child.log = (child.log + data).slice(-20000); });
  child.ended = new Promise((done) => {
    child.on('close', (code, signal) => {
      running.delete(child);
      done({ code, signal });
    });
  });
  return child;
}

function readOrigin(child) {
  return new Promise((done, fail) => {
    let out = '';
    const timer = setTimeout(() => fail(new Error(`the server does not start: ${child.log}`)), START_SECONDS * 1000);
    child.stdout.on('data', (data) => {
      out += data;
      const found = /Ondo serves (http:\/\/\S+)/.exec(out);
      if (!found) return;
      clearTimeout(timer);
      done(found[1]);
    });
    child.ended.then(({ code }) => {
      clearTimeout(timer);
      fail(new Error(`the server ended with ${code}: ${child.log}`));
    });
  });
}

/** A server on a database that is there: {origin, child, stop, kill}. */
export async function serve(database, { home = folder, now = NOW, args = [], env = {} } = {}) {
  const child = spawnServer(database, { home, now, args, env });
  const origin = await readOrigin(child);
  const end = async (signal) => {
    child.kill(signal);
    return child.ended;
  };
  return { origin, child, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/**
 * A server on a database of its own. `data`: "people" (a user of each role and no customers), "demo" (the demo
 * company) or "empty". `as(login)` is a client that carries that user's token.
 */
export async function startService({ data = 'people', now = NOW, args = [], env = {} } = {}) {
  const template = data === 'empty' ? null : await readTemplate(data);
  const { home, database } = await makeDatabase(template);
  const service = {
    database, home, users: template?.users ?? {},
    ondo: (commandLine, options) => runOndo(database, commandLine, { now, home, ...options }),
    sql: (text) => runSql(database, text),
    user: (login) => service.users[login]?.id ?? assert.fail(`no user ${login}`),
    as: (login, headers = {}) => createClient(() => service.origin, { authorization: `Bearer ${service.users[login].token}`, ...headers }),
    anonymous: (headers = {}) => createClient(() => service.origin, headers),
    async start(options = {}) {
      Object.assign(service, await serve(database, { home, now, args, env, ...options }));
    },
    /** Signs in with a password, as a browser does: {client, answer, cookie, csrf}. */
    async signIn(login, password = PASSWORD, headers = {}) {
      const answer = await service.anonymous(headers).post('/api/v1/session', { login, password });
      const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0];
      const csrf = answer.body?.csrf;
      return { answer, cookie, csrf, client: createClient(() => service.origin, { cookie, 'x-csrf-token': csrf ?? '', ...headers }) };
    },
  };
  await service.start();
  return service;
}

// ---- Taking down ----

/** Databases and files; what runs on them has ended or is about to. */
function removeData() {
  for (const name of databases) onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  databases.clear();
  rmSync(folder, { recursive: true, force: true });
}

after(async () => {
  const children = [...running];
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children.map((child) => child.ended));
  removeData();
});

// However else this process ends.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  removeData();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
