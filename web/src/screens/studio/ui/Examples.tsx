/** The parts in their states. What is shown is made up; nothing here reads or changes a record. */
import { NativeSelect, PasswordInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../api/problem";
import { useMe, useModel } from "../../../api/queries";
import { today } from "../../../lib/dates";
import { ConfirmDialog } from "../../../ui/ConfirmDialog";
import { CopyButton } from "../../../ui/CopyButton";
import { Dialog } from "../../../ui/Dialog";
import { Difference } from "../../../ui/Difference";
import { Icon } from "../../../ui/icons";
import { InstantInput } from "../../../ui/InstantInput";
import { JsonInput } from "../../../ui/JsonInput";
import { Badge, Chip, Chips, KeyHint, Progress, Stat, Stats, type Tone } from "../../../ui/marks";
import { Menu, MenuItem, MenuLine, MenuLink, MenuTitle } from "../../../ui/Menu";
import { CardSkeletons, EmptyState, ErrorNotice, Fact, RowSkeletons } from "../../../ui/parts";
import { Popover } from "../../../ui/Popover";
import { QuickDates } from "../../../ui/QuickDates";
import { Table } from "../../../ui/Table";
import { TagInput } from "../../../ui/TagInput";
import { TemperatureShape } from "../../../ui/Temperature";
import { ChooseMany, ChooseOne } from "../../../ui/Tiles";
import { useToast } from "../../../ui/Toasts";
import { Tooltip } from "../../../ui/Tooltip";
import styles from "./PartsPage.module.css";
import { Sample } from "./Sample";
import { ActionIcon, Button } from "../../../ui/Button";

export function Actions() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"box" | "panel" | "confirm" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className={styles.columns}>
      <Sample name="Button">
        <Chips>
          <Button size="md">{t("app.save")}</Button>
          <Button size="md" variant="light">{t("app.edit")}</Button>
          <Button size="md" variant="default">{t("app.cancel")}</Button>
          <Button size="md" variant="subtle">{t("app.more")}</Button>
          <Button size="md" disabled>{t("app.save")}</Button>
          <Button size="md" loading>{t("app.save")}</Button>
        </Chips>
      </Sample>
      <Sample name="Menu · Popover · Tooltip">
        <Chips>
          <Menu label={t("parts.menu")} trigger={(props) => <Button {...props} size="md" variant="default" rightSection={<Icon name="dots" />}>{t("parts.menu")}</Button>}>
            <MenuTitle>{t("parts.sample")}</MenuTitle>
            <MenuItem icon="pen" onSelect={close}>{t("app.edit")}</MenuItem>
            <MenuItem icon="copy" hint={t("parts.hint_sample")} onSelect={close}>{t("ui.copy")}</MenuItem>
            <MenuItem checked onSelect={close}>{t("app.yes")}</MenuItem>
            <MenuItem checked={false} onSelect={close}>{t("app.no")}</MenuItem>
            <MenuLine />
            <MenuLink icon="today" to="/">{t("app.to_today")}</MenuLink>
            <MenuItem icon="trash" danger onSelect={close}>{t("parts.delete")}</MenuItem>
          </Menu>
          <Popover label={t("parts.panel")} trigger={(props) => <Button {...props} size="md" variant="default">{t("parts.panel")}</Button>}>
            <p>{t("parts.hint")}</p>
          </Popover>
          <Tooltip text={t("parts.hint_sample")}>
            <ActionIcon variant="default" size={44} aria-label={t("nav.help")}>
              <Icon name="help" />
            </ActionIcon>
          </Tooltip>
        </Chips>
      </Sample>
      <Sample name="Dialog · ConfirmDialog">
        <Chips>
          <Button size="md" variant="default" onClick={() => setOpen("box")}>box</Button>
          <Button size="md" variant="default" onClick={() => setOpen("panel")}>panel</Button>
          <Button size="md" variant="default" onClick={() => setOpen("confirm")}>{t("parts.delete")}</Button>
        </Chips>
        {(open === "box" || open === "panel") && (
          <Dialog title={t("parts.sample")} form={open} close={close} actions={<Button size="md" onClick={close}>{t("app.close")}</Button>}>
            <p>{t("parts.hint")}</p>
          </Dialog>
        )}
        {open === "confirm" && (
          <ConfirmDialog title={t("parts.delete")} confirm={t("parts.delete")} danger phrase="ondo" onConfirm={close} close={close}>
            <p>{t("parts.hint_sample")}</p>
          </ConfirmDialog>
        )}
      </Sample>
      <Sample name="CopyButton · KeyHint">
        <Chips>
          <CopyButton text="ondo" />
          <KeyHint keys="Mod+K" />
          <KeyHint keys="g t" />
        </Chips>
      </Sample>
    </div>
  );
}

export function Inputs() {
  const { t } = useTranslation();
  const me = useMe();
  const model = useModel();
  const [one, setOne] = useState<string | null>("neutral");
  const [many, setMany] = useState<string[]>(["a"]);
  const [tags, setTags] = useState(["循環器", "COPD"]);
  const [day, setDay] = useState<string | null>(today(me.zone));
  const [at, setAt] = useState("2026-11-24T18:00:00+09:00");
  const [json, setJson] = useState('{"==": [{"var": "kol"}, true]}');
  const wrong = t("parts.wrong_sample");
  return (
    <div className={styles.columns}>
      <Sample name="TextInput">
        <TextInput size="md" label={t("parts.label_sample")} description={t("parts.hint_sample")} defaultValue="田中 浩" />
        <TextInput size="md" label={t("parts.label_sample")} error={wrong} defaultValue="nobody@" />
        <TextInput size="md" label={t("parts.label_sample")} disabled defaultValue="Ondo" />
        <PasswordInput size="md" label={t("sign_in.password")} defaultValue="ondo" />
      </Sample>
      <Sample name="Textarea · NativeSelect">
        <Textarea size="md" label={t("parts.label_sample")} rows={3} defaultValue={t("parts.type_sample")} />
        <NativeSelect size="md" label={t("parts.label_sample")} data={[t("app.yes"), t("app.no")]} />
      </Sample>
      <Sample name="InstantInput · QuickDates">
        <InstantInput label={t("parts.label_sample")} value={at} onChange={setAt} zone={me.zone} />
        <InstantInput label={t("parts.label_sample")} error={wrong} value="" onChange={() => {}} zone={me.zone} />
        <QuickDates label={t("parts.label_sample")} name="sample_day" value={day} onChange={setDay} zone={me.zone} />
      </Sample>
      <Sample name="TagInput · JsonInput">
        <TagInput label={t("parts.label_sample")} values={tags} onChange={setTags} suggestions={["小児", "糖尿病"]} />
        <TagInput label={t("parts.label_sample")} error={wrong} values={[]} onChange={() => {}} />
        <JsonInput label={t("parts.label_sample")} value={json} onChange={setJson} />
      </Sample>
      <Sample name="ChooseOne · ChooseMany">
        <ChooseOne
          legend={t("parts.label_sample")}
          name="sample"
          look="tile"
          columns={3}
          value={one}
          onChange={setOne}
          options={model.choices("hcp", "temperature").map((choice) => ({
            value: choice.code,
            label: model.label(choice),
            icon: <TemperatureShape code={choice.code} />,
            temperature: choice.code,
          }))}
        />
        <ChooseMany
          legend={t("parts.label_sample")}
          values={many}
          onChange={setMany}
          options={[{ value: "a", label: t("app.yes") }, { value: "b", label: t("app.no") }]}
        />
      </Sample>
    </div>
  );
}

const tones: Tone[] = ["plain", "good", "warn", "danger", "info", "accent"];
const rows = [
  { id: "1", name: "田中 浩", state: "good" as Tone, count: 1240 },
  { id: "2", name: "Johannes Müller", state: "warn" as Tone, count: 7 },
  { id: "3", name: "王建国", state: "danger" as Tone, count: 86 },
];

export function Values() {
  const { t, i18n } = useTranslation();
  const [tags, setTags] = useState(["循環器", "COPD", "小児"]);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <>
      <Sample name="Badge · Chip · Fact">
        <Chips>{tones.map((tone) => <Badge key={tone} tone={tone}>{tone}</Badge>)}</Chips>
        <Chips>
          {tags.map((tag) => (
            <Chip key={tag} remove={() => setTags(tags.filter((one) => one !== tag))} removeLabel={t("ui.remove", { what: tag })}>
              {tag}
            </Chip>
          ))}
        </Chips>
        <Chips>
          <Fact icon="clock">{t("parts.sample")}</Fact>
          <Fact icon="clock" tone="late">{t("parts.sample")}</Fact>
          <Fact icon="clock" tone="soon">{t("parts.sample")}</Fact>
          <Fact icon="check" tone="good">{t("parts.sample")}</Fact>
        </Chips>
      </Sample>
      <Sample name="Stat">
        <Stats>
          <Stat label={t("parts.label_sample")} value={number.format(12480)} />
          <Stat label={t("parts.label_sample")} value="84 %" hint={t("parts.hint_sample")} />
        </Stats>
      </Sample>
      <Sample name="Table">
        <Table
          label={t("parts.sample")}
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            { key: "name", head: t("parts.label_sample"), cell: (row) => row.name },
            { key: "state", head: t("parts.state"), cell: (row) => <Badge tone={row.state}>{row.state}</Badge> },
            { key: "count", head: t("parts.count"), cell: (row) => number.format(row.count), align: "end" },
          ]}
        />
      </Sample>
      <Sample name="Difference">
        <Difference
          lines={[
            { key: "1", label: t("parts.label_sample"), before: "部長", after: "院長" },
            { key: "2", label: t("parts.state"), before: null, after: "A" },
            { key: "3", label: t("parts.count"), before: "20", after: null },
          ]}
        />
      </Sample>
    </>
  );
}

const refusal = new ApiProblem(403, { title: "Refused", detail: "権限がありません。 / You may not do this. / 您没有权限。", request_id: "v9m2vaa84mpg" });

export function Feedback() {
  const { t } = useTranslation();
  const toast = useToast();
  return (
    <div className={styles.columns}>
      <Sample name="Toasts">
        <Chips>
          <Button size="md" variant="default" onClick={() => toast({ text: t("record.saved") })}>{t("app.save")}</Button>
          <Button size="md" variant="default" onClick={() => toast({ text: t("record.saved"), undo: () => toast({ text: t("app.undo") }) })}>{t("app.undo")}</Button>
          <Button size="md" variant="default" onClick={() => toast({ text: t("error.unreachable"), tone: "bad" })}>{t("error.title")}</Button>
        </Chips>
      </Sample>
      <Sample name="Progress">
        <Progress label={t("ui.file_sending", { name: "slides.pdf" })} value={0.42} cancel={() => toast({ text: t("app.cancel") })} />
        <Progress label={t("app.loading")} value={null} />
      </Sample>
      <Sample name="EmptyState">
        <EmptyState icon="search" title={t("customers.empty")} action={<Button size="md" variant="light">{t("app.retry")}</Button>}>
          {t("customers.empty_help")}
        </EmptyState>
      </Sample>
      <Sample name="ErrorNotice">
        <ErrorNotice error={refusal} retry={() => {}} />
      </Sample>
      <Sample name="CardSkeletons · RowSkeletons">
        <CardSkeletons count={2} />
        <RowSkeletons count={4} />
      </Sample>
    </div>
  );
}
