import { Link, Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../ui/icons";
import { CardSkeletons } from "../ui/parts";
import styles from "./Shell.module.css";

const places = [
  { to: "/", icon: "today", key: "nav.today" },
  { to: "/customers", icon: "customers", key: "nav.customers" },
  { to: "/me", icon: "person", key: "nav.me" },
] as const satisfies { to: string; icon: IconName; key: string }[];

/** The frame around every screen: at the bottom for a thumb, at the side for a desk. */
export function Shell() {
  const { t } = useTranslation();
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t("app.skip")}
      </a>
      <Navigation />
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
      <main className={styles.content}>
        <CardSkeletons count={4} />
      </main>
    </div>
  );
}

function Navigation() {
  const { t } = useTranslation();
  return (
    <nav className={styles.nav} aria-label={t("nav.label")}>
      <Link to="/" className={styles.brand}>
        <img src="/ondo.svg" alt="" width={28} height={28} />
        <span>{t("app.name")}</span>
      </Link>
      <ul className={styles.places}>
        {places.map((place) => (
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
