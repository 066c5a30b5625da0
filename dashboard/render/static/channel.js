/* Copies a text as a person would: selects it in a field and says "copy"; tells whether the browser did so. */
const copySelected = (beside, text) => {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.style.cssText = "position:fixed;opacity:0;inset-block-start:0";
  beside.after(field);
  field.select();
  let copied = false;
  try { copied = document.execCommand("copy"); } catch { copied = false; }
  field.remove();
  beside.focus();
  return copied;
};

/* Bring a form that has opened into view, and give its first field or button the focus, as soon as it has one. */
const intoView = (form, block, tries = 12) => {
  const first = [...form.querySelectorAll("input:not([type=hidden]), textarea, button")]
    .find((one) => !one.disabled && one.tabIndex >= 0 && !one.closest("summary") && one.getClientRects().length);
  if (!first && tries) { window.setTimeout(() => intoView(form, block, tries - 1), 80); return; }
  if (first) first.focus({ preventScroll: true });
  for (const later of [0, 200, 450]) window.setTimeout(() => form.scrollIntoView({ block }), later); // it grows while it opens
};

export default function (component) {
  const { setTriggerValue, data } = component;
  const page = window;
  const visit = (address) => {
    document.documentElement.dataset.khBusy = "1";
    page.clearTimeout(page.khBusy);
    page.khBusy = page.setTimeout(() => delete document.documentElement.dataset.khBusy, 4000);
    setTriggerValue("visit", address);
  };
  page.khIntoView = intoView;
  page.khSelecting((words) => { page.khSaid = true; setTriggerValue("selected", words); });
  page.khVisit = visit; // the newest run's channel is the one that answers
  document.documentElement.lang = data.language;
  page.khOwnWords(data.own, data.digits);

  const panel = document.querySelector(".st-key-kh-panel");
  if (page.khView !== data.view) {
    if (panel && page.khView !== undefined) panel.scrollTop = 0;
    page.khView = data.view;
  }
  if (panel) page.khSheet(data.opened, data.opened && /[?&]mention=/.test(data.address));
  page.clearTimeout(page.khBusy);
  delete document.documentElement.dataset.khBusy;
  const name = () => {
    for (const [where, attribute, words] of data.labels) {
      for (const found of document.querySelectorAll(where)) {
        found.dataset.khLabelled = "1";
        if (attribute === "text") found.textContent = words;
        else found.setAttribute(attribute, words);
      }
    }
    const small = page.matchMedia("(max-width: 1100px)").matches;
    if (!small && page.khLegend === undefined) return;
    for (const legend of document.querySelectorAll(".kh-legend")) legend.open = page.khLegend ?? !small; // closed where it would hide the map
  };
  name();
  page.setTimeout(name, 1200); // frames come late
  page.setTimeout(() => {
    const mark = panel && panel.querySelector(".kh-m[aria-current]"), sheet = panel && panel.querySelector(".kh-mention");
    if (!mark || !sheet) return;
    const at = mark.getBoundingClientRect(), top = panel.getBoundingClientRect().top;
    if (at.top < top || at.bottom > sheet.getBoundingClientRect().top) panel.scrollTop += at.top - top - 90; // not under the sheet
  }, 80);

  for (const fold of document.querySelectorAll("details[data-fold]")) fold.open = Boolean(page.khFolds && page.khFolds[fold.dataset.fold]);
  const form = document.querySelector(".st-key-kh-correct-panel");
  if (form && (page.khSaid || page.khForm === false)) page.khIntoView(form, "center"); // it has just opened
  page.khForm = Boolean(form);
  page.khSaid = false;

  if (page.khListening) return;
  page.khListening = true;
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const switcher = target && target.closest("[data-theme-switch]");
    if (switcher) {
      page.localStorage.setItem(`stActiveTheme-${page.location.pathname}-v2`, JSON.stringify(switcher.dataset.themeSwitch));
      page.location.reload();
      return;
    }
    const chosen = target && target.closest("[data-remember]"); // a choice for this browser, where the address says nothing
    if (chosen) document.cookie = `kharita_${chosen.dataset.remember}; path=/; max-age=31536000; samesite=strict`;
    const copier = target && target.closest("[data-copy-link]");
    if (copier) {
      const address = page.location.href, done = () => { (copier.querySelector("span") || copier).textContent = copier.dataset.copyLink; copier.dataset.copied = "1"; };
      const byHand = () => { if (copySelected(copier, address)) done(); else page.prompt("", address); };
      if (page.navigator.clipboard) page.navigator.clipboard.writeText(address).then(done, byHand);
      else byHand(); // where a colleague opens this by http, a browser lends no clipboard
      return;
    }
    const link = target && target.closest("a[data-visit]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    page.khVisit(link.getAttribute("href"));
  });
  document.addEventListener("click", (event) => {
    const head = event.target instanceof Element ? event.target.closest(".kh-legend > summary") : null;
    if (head) page.khLegend = !head.parentElement.open;
    const fold = event.target instanceof Element ? event.target.closest("details[data-fold] > summary") : null;
    if (fold) page.khFolds = { ...page.khFolds, [fold.parentElement.dataset.fold]: !fold.parentElement.open };
  });
  document.addEventListener("click", (event) => { // a form that folds out below what is seen
    const head = event.target instanceof Element ? event.target.closest(".st-key-kh-panel [data-testid='stExpander'] summary") : null;
    const fold = head && head.closest("details");
    if (fold && !fold.open) page.setTimeout(() => page.khIntoView(fold, "start"), 60);
  }, true); // before it opens
  document.addEventListener("click", (event) => { // elsewhere, or on one of its links
    const open = document.querySelector(".kh-switch[open]"), head = event.target instanceof Element && event.target.closest(".kh-switch > summary");
    if (open && !head) open.open = false;
  });
  /* What is pasted to be looked at is looked at at once: leaving the field is what sends it. */
  document.addEventListener("paste", (event) => {
    const field = event.target instanceof Element ? event.target.closest(".st-key-kh-paste textarea") : null;
    if (field) page.setTimeout(() => field.blur(), 60);
  });
  const pointed = (event) => {
    const row = event.target instanceof Element ? event.target.closest(".kh-row, .kh-chip") : null;
    const place = row && new URLSearchParams(row.getAttribute("href")).get("place");
    if (place === page.khPointed) return;
    page.khPointed = place;
    document.dispatchEvent(new CustomEvent("kharita:hover", { detail: place || "" }));
  };
  document.addEventListener("mouseover", pointed);
  document.addEventListener("focusin", pointed);
  document.addEventListener("kharita:place", (event) => {
    const address = new URLSearchParams(page.location.search);
    for (const name of ["article", "mention", "page"]) address.delete(name);
    address.set("place", String(event.detail));
    page.khVisit(`?${address}`);
  });
  /* Changes of the address by name; null, or nothing, takes a name out. */
  document.addEventListener("kharita:set", (event) => {
    const address = new URLSearchParams(page.location.search);
    for (const [name, value] of Object.entries(event.detail)) {
      if (value === null || value === "") address.delete(name);
      else address.set(name, String(value));
    }
    page.khVisit(`?${address}`);
  });
}
