// Light, dark or as the system: kept in a cookie, so the server paints it right at once.
const YEAR = 365 * 24 * 3600;

export const themeCookie = (theme, secure) =>
  `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax${secure ? "; secure" : ""}`;

export function wakeTheme(document) {
  const buttons = [...document.querySelectorAll("[data-theme]")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const theme = button.dataset.theme;
      document.cookie = themeCookie(theme, location.protocol === "https:");
      document.documentElement.dataset.bsTheme = theme;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other.dataset.theme === theme));
    });
  }
}
