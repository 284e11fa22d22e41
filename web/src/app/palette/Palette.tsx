import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useModel } from "../../api/queries";
import { searchQuery } from "../../api/search";
import { recordAddress } from "../../lib/recordAddress";
import { recentRecords } from "../../lib/recent";
import { isComposing } from "../../lib/shortcuts";
import { Icon } from "../../ui/icons";
import { useScreenActions } from "../actions";
import { foundGroups, openingGroups, type Group, type Line } from "./lines";
import styles from "./Palette.module.css";
import { PaletteLine } from "./PaletteLine";
import { useHitActions, useObjectActions, usePersonActions, usePlaceActions } from "./usePaletteActions";

const typingPause = 120;

/** Everything by a few letters: any record, any place, anything that can be done here. */
export default function Palette({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [typed, setTyped] = useState("");
  const [composing, setComposing] = useState(false);
  const [at, setAt] = useState(0);
  const { groups, searching } = useGroups(composing ? "" : typed.trim(), typed.trim());
  const choose = useChoose(close);
  const lines = groups.flatMap((group) => group.lines);
  const current = lines[Math.min(at, lines.length - 1)];
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${current?.key}`)?.scrollIntoView({ block: "nearest" });
  }, [id, current?.key]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && lines.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, lines.length - 1) + step + lines.length) % lines.length);
    } else if (event.key === "Enter" && current !== undefined) {
      event.preventDefault();
      choose(current);
    }
  };
  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={t("palette.open")}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => event.target === dialog.current && close()}
    >
      <div className={styles.body}>
        <div className={styles.search}>
          <Icon name="search" size={20} />
          <input
            className={styles.input}
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={current && `${id}-${current.key}`}
            aria-label={t("palette.placeholder")}
            placeholder={t("palette.placeholder")}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setAt(0);
            }}
            onCompositionStart={() => setComposing(true)}
            onCompositionEnd={() => setComposing(false)}
            onKeyDown={onKeyDown}
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
          <button type="button" className={styles.close} onClick={close} aria-label={t("app.close")}>
            <Icon name="close" size={20} />
          </button>
        </div>
        <Groups id={id} groups={groups} current={current} choose={choose} />
        <p className={styles.nothing} role="status">
          {lines.length === 0 && t(searching ? "app.loading" : "palette.nothing")}
        </p>
      </div>
    </dialog>
  );
}

/** What stands in the palette for `q`; while an input method composes nothing is searched for. */
function useGroups(q: string, typed: string): { groups: Group[]; searching: boolean } {
  const me = useMe();
  const here = useScreenActions();
  const places = usePlaceActions();
  const objects = useObjectActions();
  const person = usePersonActions();
  const recent = useMemo(() => recentRecords(me.id), [me.id]);
  const [asked] = useDebouncedValue(q, typingPause);
  const found = useQuery({ ...searchQuery(asked), enabled: asked !== "" });
  const hits = asked === "" || q === "" ? [] : (found.data ?? []);
  const visits = useHitActions(hits);
  if (typed === "") return { groups: openingGroups(recent, here, [...places, ...person.slice(0, 1)]), searching: false };
  const groups = foundGroups(typed, [...here, ...places, ...objects, ...person], hits);
  if (visits.length > 0) {
    groups.push({ name: "visits", lines: visits.map((action) => ({ kind: "action", key: `action.${action.id}`, action })) });
  }
  return { groups, searching: found.isFetching || asked !== q };
}

function useChoose(close: () => void): (line: Line) => void {
  const navigate = useNavigate();
  return (line) => {
    // Closed first: the focus goes back to where it was, and what was chosen may then take it.
    close();
    if (line.kind === "action") line.action.run();
    else void navigate({ to: recordAddress(line.object, line.id) });
  };
}

interface GroupsProps {
  id: string;
  groups: Group[];
  current: Line | undefined;
  choose: (line: Line) => void;
}

function Groups({ id, groups, current, choose }: GroupsProps) {
  const { t } = useTranslation();
  const nameOf = useGroupName();
  return (
    <div id={`${id}-list`} role="listbox" aria-label={t("palette.results")} className={styles.list}>
      {groups.map((group) => (
        <div key={group.name} role="group" aria-label={nameOf(group.name)} className={styles.group}>
          <p role="presentation" className={styles.heading}>
            {nameOf(group.name)}
          </p>
          {group.lines.map((line) => (
            <PaletteLine
              key={line.key}
              id={`${id}-${line.key}`}
              line={line}
              selected={line === current}
              showObject={group.name === "recent"}
              choose={() => choose(line)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

const ownGroups = ["recent", "here", "actions", "visits"] as const;

function useGroupName(): (name: string) => string {
  const { t } = useTranslation();
  const model = useModel();
  return (name) => {
    const own = ownGroups.find((one) => one === name);
    return own === undefined ? model.pluralLabel(name) : t(`palette.group_${own}`);
  };
}
