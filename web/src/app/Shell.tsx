import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";

import { modelQuery } from "../api/queries";
import { HelpButton } from "../help/HelpButton";
import { Icon } from "../ui/icons";
import { CardSkeletons } from "../ui/parts";
import { places, placesFor } from "./places";
import styles from "./Shell.module.css";

/** The frame around every screen: at the bottom for a thumb, at the side for a desk. */
export function Shell() {
  const { t } = useTranslation();
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t("app.skip")}
      </a>
      <Navigation />
      <Tools />
      <main id="content" className={styles.content} tabIndex={-1}>
        <Suspense fallback={<CardSkeletons count={4} />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}

export function ShellSkeleton() {
  return (
    <div className={styles.shell}>
      <Navigation />
      <Tools />
      <main className={styles.content}>
        <CardSkeletons count={4} />
      </main>
    </div>
  );
}

/** What is at hand on every screen: above it on a phone, at the end of the side elsewhere. */
function Tools() {
  const { t } = useTranslation();
  return (
    <div className={styles.tools} role="group" aria-label={t("nav.tools")}>
      <HelpButton />
    </div>
  );
}

function Navigation() {
  const { t } = useTranslation();
  // The shell stands before the model is known; then what everybody may use is there at once.
  const model = useQuery(modelQuery()).data;
  const shown = model === undefined ? places : placesFor(model);
  return (
    <nav className={styles.nav} aria-label={t("nav.label")}>
      <Link to="/" className={styles.brand}>
        <img src="/ondo.svg" alt="" width={28} height={28} />
        <span>{t("app.name")}</span>
      </Link>
      <ul className={styles.places}>
        {shown.map((place) => (
          <li key={place.to}>
            <Link to={place.to} className={styles.place} activeOptions={{ exact: place.to === "/" }}>
              <Icon name={place.icon} size={22} />
              <span>{t(place.key)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
