import { Select, type ComboboxItem } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/Combobox.layer.css";
import styles from "./Settings.module.css";
import { allZones, matches, placeOf, zoneOf, type Zone } from "./zones";

interface ZoneSelectProps {
  label: string;
  value: string;
  onChange: (zone: string) => void;
}

const label = ({ name, offset, called }: Zone): string => `${placeOf(name)} (${offset}) ${called}`;

/** One of some four hundred zones, found by typing. */
export function ZoneSelect({ label: name, value, onChange }: ZoneSelectProps) {
  const { t, i18n } = useTranslation();
  // Naming all of them takes a moment, and most people never open the list.
  const [isOpen, open] = useState(false);
  const zones = useMemo(
    () => (isOpen ? allZones(i18n.language, value) : [zoneOf(value, i18n.language)]),
    [isOpen, i18n.language, value],
  );
  const byName = useMemo(() => new Map(zones.map((zone) => [zone.name, zone])), [zones]);
  return (
    <Select
      size="md"
      aria-label={name}
      searchable
      allowDeselect={false}
      checkIconPosition="right"
      limit={60}
      withScrollArea={false}
      classNames={{ options: styles.zones ?? "" }}
      placeholder={t("settings.zone_search")}
      nothingFoundMessage={t("settings.zone_none")}
      value={value}
      onFocus={() => open(true)}
      onChange={(chosen) => chosen !== null && chosen !== value && onChange(chosen)}
      data={zones.map((zone) => ({ value: zone.name, label: label(zone) }))}
      filter={({ options, search, limit }) => {
        const current = byName.get(value);
        // What stands in the field is no search yet.
        const typed = current !== undefined && search === label(current) ? "" : search.trim();
        const found = (options as ComboboxItem[]).filter((option) => {
          const zone = byName.get(option.value);
          return zone !== undefined && (typed === "" || matches(zone, typed));
        });
        return (typed === "" ? nearest(found, value, current) : found).slice(0, limit);
      }}
    />
  );
}

/** Before anything is typed: the chosen zone, those whose clocks show the same, and then the others. */
function nearest(options: ComboboxItem[], value: string, current: Zone | undefined): ComboboxItem[] {
  const distance = ({ value: name, label: text }: ComboboxItem): number =>
    name === value ? 0 : current !== undefined && text.includes(`(${current.offset})`) ? 1 : 2;
  return options.toSorted((a, b) => distance(a) - distance(b));
}
