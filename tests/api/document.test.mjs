// The words that people know their work by, in Japanese: fields, choices, workflows and dashboards as the
// field, workflow and dashboard design of the business calls them (E1–E14). Written down here by hand, so that
// nothing of it goes or is renamed unnoticed; English and Chinese stand beside each of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './harness.mjs';

const service = await startService();
const admin = service.as('admin', { 'accept-language': 'ja' });
const { objects, rules } = await admin.read('/api/v1/model');
const objectOf = (name) => objects.find(({ object }) => object === name) ?? assert.fail(`no ${name}`);
const fieldOf = (object, name) => objectOf(object).fields.find((field) => field.name === name) ?? assert.fail(`no ${object}.${name}`);
const everyLanguage = (labels, what) => {
  for (const lang of ['en', 'ja', 'zh']) assert.ok(labels?.[lang]?.trim(), `${what} in ${lang}`);
};

/** What a form asks of a kind of person, by its words there. */
function formOf(object, kind) {
  const shown = (condition) => {
    if (condition === undefined) return true;
    const [[operator, inside]] = Object.entries(condition);
    if (operator === '!') return !shown(Array.isArray(inside) ? inside[0] : inside);
    const [{ var: name }, value] = inside;
    if (name !== 'kind') return true; // what follows from other answers is asked for in time
    if (operator === 'in') return value.includes(kind);
    return (operator === '==') === (value === kind);
  };
  const words = new Map();
  for (const section of objectOf(object).layouts.form) {
    if (section.when?.kind && !section.when.kind.includes(kind)) continue;
    if (!shown(section.condition)) continue;
    for (const item of section.fields) {
      const { field, labels, condition } = typeof item === 'string' ? { field: item } : item;
      if (shown(condition)) words.set(field, (labels ?? fieldOf(object, field).labels).ja);
    }
  }
  return words;
}

const TEMPERATURES = ['熱心な処方医', '好意的', '中立', '懐疑的', '競合優先', '面会困難'];
const choicesOf = (object, field) => {
  const { choices } = fieldOf(object, field);
  if (!Array.isArray(choices)) return choicesOf(...choices.split('.'));
  for (const choice of choices) everyLanguage(choice.labels, `${object}.${field} ${choice.code}`);
  return choices.filter(({ retired }) => !retired).map(({ labels }) => labels.ja);
};

function assertForm(object, kind, expected) {
  const form = formOf(object, kind);
  for (const [field, word] of Object.entries(expected)) {
    assert.equal(form.get(field), word, `${object} (${kind}): ${field}`);
    everyLanguage(fieldOf(object, field).labels, field);
  }
}

test('E1: a doctor’s record asks for what the design lists, in its words', () => {
  assertForm('hcp', 'doctor', {
    family_name: '姓', given_name: '名', department: '診療科', primary_hco: '所属医療機関', position: '役職',
    owner: '担当MR(現在)', former_owner: '担当MR(前任者)', specialty: '専門領域', academic_interests: '主な学術興味',
    temperature: '自社製品への態度(感情温度)', prescribing: '処方状況の認識', visit_preference: '面会頻度の好み',
    information_form: '最も効果的な情報提供の形式', interest_areas: '関心が高い適応症・患者層',
    next_action: '次のアクション内容', next_action_due: '次のアクション期日', resonating_phrases: '刺さった言語フレーム',
  });
  assert.equal(formOf('hcp', 'doctor').has('cdtm_interest'), false);
  for (const example of ['副作用プロファイル', '患者QOL']) assert.ok(fieldOf('hcp', 'resonating_phrases').help.ja.includes(example));
  for (const field of ['academic_interests', 'interest_areas', 'resonating_phrases']) assert.equal(fieldOf('hcp', field).type, 'long_text');
});

test('E1a–E1e: exactly these choices, in this order', () => {
  assert.deepEqual(choicesOf('hcp', 'temperature'), TEMPERATURES);
  assert.deepEqual(choicesOf('hcp', 'prescribing'), ['メイン処方', 'サブ処方', '試験的', '未処方', '処方中止']);
  assert.deepEqual(choicesOf('hcp', 'visit_preference'), ['月複数回', '月1回', '隔月', '要予約のみ', '面会困難']);
  assert.deepEqual(choicesOf('hcp', 'information_form'), ['データ・エビデンス重視', '症例重視', '学術討議好き', '簡潔な情報のみ', '学会・研究会で']);
  assert.equal(objectOf('sign').labels.ja, 'ICX変化サイン');
  assert.deepEqual(choicesOf('sign', 'kind'), ['先月より反応が薄くなった', '競合製品の話題を自分から出してきた', '急に積極的になった', '学術的な議論を求めてきた']);
});

test('E2: a pharmacist’s record', () => {
  assertForm('hcp', 'pharmacist', {
    family_name: '姓', given_name: '名', primary_hco: '所属薬局/病院', position: '役職', temperature: '自社製品への態度(感情温度)',
    influence_on_patients: '患者への服薬指導での影響力', influence_on_doctors: '医師への影響力',
    cdtm_interest: '共同薬物治療管理(CDTM)への関心度', next_action: '次のアクション内容', next_action_due: '次のアクション期日',
  });
  for (const field of ['influence_on_patients', 'influence_on_doctors', 'cdtm_interest']) assert.deepEqual(choicesOf('hcp', field), ['高', '中', '低']);
  assert.equal(formOf('hcp', 'pharmacist').has('prescribing'), false);
});

test('E3, E4: an institution’s record, and the people around a decision', () => {
  assertForm('hco', 'university_hospital', {
    name: '医療機関名', kind: '種別', next_committee_on: '医薬品採用委員会の次回開催予定',
    kol_count: 'キーオピニオンリーダー(KOL)の在籍', temperature: '施設全体の関係温度',
  });
  assert.deepEqual(choicesOf('hco', 'kind').slice(0, 3), ['大学病院', '一般病院', 'クリニック']);
  assert.deepEqual(choicesOf('hco', 'temperature'), TEMPERATURES);
  assert.equal(objectOf('adoption').labels.ja, '自社採用製品');
  for (const kind of ['医師', '薬剤師', '医療ソーシャルワーカー', '看護師長']) assert.ok(choicesOf('hcp', 'kind').includes(kind), kind);
  assert.ok(choicesOf('affiliation', 'decision_role').includes('委員会メンバー'));
});

test('E5: narrative memos keep what resonated, taboo topics and defining moments', () => {
  assert.equal(objectOf('memo').labels.ja, 'ナラティブメモ');
  assert.deepEqual(choicesOf('memo', 'kind').slice(0, 3), ['刺さった言語フレーム', '禁忌トピック', '関係のキーとなった体験']);
});

test('E6–E10: each workflow by its trigger, its task and its guidance', async () => {
  const expected = {
    rebuild_relationship: [/懐疑的.*競合優先.*更新/, /先生 関係立て直しアプローチの設計$/, ['売り込みは逆効果', '純粋に聞く場', 'エビデンスの押しつけではなく', '臨床課題を起点にした対話']],
    find_cause: [/ICX変化サイン.*先月より反応が薄/, /先生 変化の原因確認——今月中に接触を$/, ['今月中に接触']],
    keep_warm: [/面会から30日以上経過×態度:好意的以上/, /先生 定期接触——関係温度の維持$/, ['30日以上']],
    handover_write: [/担当変更が発生したとき/, /^前任者との30分引き継ぎセッション/, ['刺さった言語フレーム・禁忌トピック・', '関係のキーとなった体験', 'ナラティブメモに全件追記してから離任']],
    handover_read: [/担当変更が発生したとき/, /^担当先生50名のCRMを読んでから初回訪問を設計$/, []],
    plan_for_committee: [/採用委員会開催1ヶ月前の医療機関/, /採用委員会に向けた事前活動計画$/, ['委員会メンバーとの事前の個別接触', 'データパッケージの準備', '社内医師・MSLとの連携を開始する']],
  };
  for (const [name, [trigger, subject, guidance]] of Object.entries(expected)) {
    everyLanguage(rules[name], name);
    assert.match(rules[name].ja, trigger);
    const { body } = await admin.read(`/api/v1/definition/templates/${name}`);
    everyLanguage(body.subject, name);
    everyLanguage(body.body, name);
    assert.match(body.subject.ja, subject);
    for (const part of guidance) assert.ok(body.body.ja.includes(part), `${name}: ${part}`);
  }
});

test('E11–E14: each dashboard, its parts and what they hold', async () => {
  const expected = {
    mr_daily: ['MR個人ダッシュボード', {
      recommended_visits: ['今週訪問推奨リスト', /次のアクション期日が今週以内または超過/],
      temperature_alerts: ['感情温度アラート', /懐疑的・競合優先に変化した先生/],
      signs_unvisited: ['ICX変化サインあり×最終面会14日以上', /早急に状況確認すべき先生/],
    }],
    manager_weekly: ['営業所長ダッシュボード', {
      temperature_by_mr: ['担当MR別の感情温度分布', null],
      temperature_after_reassignment: ['担当変更から1ヶ月以内の先生の感情温度変化', null],
      committees_within_month: ['採用委員会前1ヶ月以内の医療機関リスト', null],
    }],
  };
  for (const [name, [label, parts]] of Object.entries(expected)) {
    const board = await admin.read(`/api/v1/dashboard/${name}`);
    assert.equal(board.label, label);
    const { body } = await admin.read(`/api/v1/definition/dashboards/${name}`);
    for (const [part, [word, help]] of Object.entries(parts)) {
      const widget = board.widgets.find((one) => one.name === part) ?? assert.fail(`no ${part}`);
      assert.equal(widget.label, word);
      if (help !== null) assert.match(widget.help, help);
      everyLanguage(body.widgets.find((one) => one.name === part).labels, part);
    }
  }
});

test('E6–E10: the workflows stand under the document’s two headings', async () => {
  const headings = {
    MR活動ワークフロー: ['rebuild_relationship', 'find_cause', 'keep_warm', 'handover_write', 'handover_read'],
    エリア・製品軸ワークフロー: ['plan_for_committee'],
  };
  for (const [heading, names] of Object.entries(headings)) {
    for (const name of names) {
      const { body } = await admin.read(`/api/v1/definition/rules/${name}`);
      assert.equal(body.group.ja, heading, name);
      everyLanguage(body.group, name);
    }
  }
  const { body, version } = await admin.read('/api/v1/definition/rules/find_cause');
  const half = { ...body, group: { ja: '見出しだけ' } };
  await admin.refused(422, 'POST', '/api/v1/definition/publish', { body: { definitions: [{ kind: 'rules', name: 'find_cause', version, body: half }] } });
});
