import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useMatches } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { meQuery, modelQuery } from "../api/queries";
import { useShortcutKeys } from "../lib/shortcuts";
import { Icon } from "../ui/icons";
import { lazyForm, lazyPart } from "../ui/lazyPart";
import { Menu, MenuLink } from "../ui/Menu";
import { CardSkeletons } from "../ui/parts";
import { useFront } from "./front";
import { isNewcomer, useTourShowing } from "../tour/showing";
import { isObjectPlace, navigationFor, places, type ObjectPlace, type Place } from "./places";
import { LiveUpdates } from "./LiveUpdates";
import styles from "./Shell.module.css";
import { Tools } from "./Tools";
import { useArrival } from "./useArrival";
import { useShellShortcuts } from "./useShellShortcuts";
import { useKeptShortcuts } from "./useShortcutPreference";

const Palette = lazyPart(() => import("./palette/Palette").then((module) => module.default));
const FirstTour = lazyPart(() => import("../tour/FirstTour").then((module) => module.FirstTour));
const SampleNote = lazyPart(() => import("./SampleNote").then((module) => module.SampleNote));
const ShortcutSheet = lazyForm(() => import("./palette/ShortcutSheet").then((module) => module.default));
const ScreenWithInputs = lazyForm(() => Promise.resolve(Outlet));

/** The frame around every screen: at the bottom for a thumb, at the side for a desk. */
export function Shell() {
  const { t } = useTranslation();
  const { front, close } = useFront();
  useArrival();
  useShortcutKeys();
  useKeptShortcuts();
  useShellShortcuts();
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip} data-screen-only>
        {t("app.skip")}
      </a>
      <Frame />
      <main id="content" className={styles.content} tabIndex={-1}>
        <Suspense fallback={<CardSkeletons count={4} />}>
          <Screen />
        </Suspense>
        <Suspense fallback={null}>
          <SampleNoteWhereNeeded />
        </Suspense>
      </main>
      <Suspense fallback={null}>
        <TourWhereItBelongs />
        {front === "palette" && <Palette close={close} />}
        {front === "shortcuts" && <ShortcutSheet close={close} />}
      </Suspense>
      <LiveUpdates />
    </div>
  );
}

/** Today comes first and has no inputs; every other screen may have some. */
function Screen() {
  const isToday = useMatches({ select: (matches) => matches.at(-1)?.fullPath === "/" });
  return isToday ? <Outlet /> : <ScreenWithInputs />;
}

function SampleNoteWhereNeeded() {
  return useQuery(meQuery).data?.hasSample === true ? <SampleNote /> : null;
}

/** Read only for those who have not seen it, and on Today, which it explains. */
function TourWhereItBelongs() {
  const isToday = useLocation({ select: ({ pathname }) => pathname === "/" });
  const showing = useTourShowing();
  const isNew = isNewcomer(useQuery(meQuery).data?.preferences);
  return isToday && (showing === "asked_for" || (showing === "to_newcomers" && isNew)) ? <FirstTour /> : null;
}

export function ShellSkeleton() {
  return (
    <div className={styles.shell}>
      <Frame />
      <main className={styles.content}>
        <CardSkeletons count={4} />
      </main>
    </div>
  );
}

/** How many places a phone's bar has room for; with more, the last is "More". */
const barPlaces = 5;

function Frame() {
  const { t } = useTranslation();
  // The shell stands before the model is known; then what everybody may use is there at once.
  const model = useQuery(modelQuery()).data;
  const me = useQuery(meQuery).data;
  const shown: readonly (Place | ObjectPlace)[] = model === undefined || me === undefined ? places.slice(0, 1) : navigationFor(model, me);
  const inBar = shown.length > barPlaces ? barPlaces - 1 : shown.length;
  return (
    <div className={styles.side}>
      <header className={styles.head} data-screen-only>
        <Link to="/" className={styles.brand} aria-label={t("app.name")}>
          <img src="/ondo.svg" alt="" width={28} height={28} />
          <span>{t("app.name")}</span>
        </Link>
        {me !== undefined && model !== undefined && <Tools />}
      </header>
      <nav className={styles.nav} aria-label={t("nav.label")}>
        <ul className={styles.places}>
          {shown.map((place, index) => (
            <PlaceItem key={keyOf(place)} place={place} rest={index >= inBar} first={place.group !== shown[index - 1]?.group} />
          ))}
          {inBar < shown.length && <More rest={shown.slice(inBar)} />}
        </ul>
      </nav>
    </div>
  );
}

const keyOf = (place: Place | ObjectPlace): string => (isObjectPlace(place) ? place.object : place.to);

function PlaceItem({ place, rest, first }: { place: Place | ObjectPlace; rest: boolean; first: boolean }) {
  const { t } = useTranslation();
  const face = (
    <>
      <Icon name={place.icon} size={22} />
      <span>{isObjectPlace(place) ? place.label : t(place.key)}</span>
    </>
  );
  return (
    <li data-rest={rest || undefined} data-first={first || undefined}>
      {isObjectPlace(place) ? (
        <Link to="/o/$object" params={{ object: place.object }} className={styles.place}>
          {face}
        </Link>
      ) : (
        <Link to={place.to} className={styles.place} activeOptions={{ exact: place.to === "/" }}>
          {face}
        </Link>
      )}
    </li>
  );
}

/** On a phone: the places that its bar has no room for. */
function More({ rest }: { rest: readonly (Place | ObjectPlace)[] }) {
  const { t } = useTranslation();
  return (
    <li className={styles.more}>
      <Menu
        label={t("nav.more")}
        trigger={(props) => (
          <button type="button" {...props} className={styles.place}>
            <Icon name="dots" size={22} />
            <span>{t("nav.more")}</span>
          </button>
        )}
      >
        {rest.map((place) =>
          isObjectPlace(place) ? (
            <MenuLink key={place.object} to="/o/$object" params={{ object: place.object }} icon={place.icon}>
              {place.label}
            </MenuLink>
          ) : (
            <MenuLink key={place.to} to={place.to} icon={place.icon}>
              {t(place.key)}
            </MenuLink>
          ),
        )}
      </Menu>
    </li>
  );
}
