/* On a small screen the panel is a sheet over the map's lower part: it is dragged, moved by keys, or rises by itself
   when something is opened. Where it stands is said on the root element, which the page never draws anew. */
(() => {
  if (window.khSheet) return;
  const STOPS = ["low", "half", "full"];
  const small = window.matchMedia("(max-width: 820px)");
  const root = document.documentElement;
  const FLING = 0.5; // pixels a millisecond: a flick goes one stop further than it reached
  const TAP = 6; // pixels within which a drag is a tap

  const panel = () => document.querySelector(".st-key-kh-panel");
  const stop = () => root.dataset.khSheet || "low";
  const lowest = () => parseFloat(getComputedStyle(root).getPropertyValue("--kh-low")) || 92;
  const heights = () => ({ low: lowest(), half: window.innerHeight / 2, full: window.innerHeight - (parseFloat(getComputedStyle(root).getPropertyValue("--kh-head")) || 54) });

  /* How much of the map the sheet covers where it stands, in pixels. */
  window.khCovered = () => {
    const map = document.querySelector(".st-key-kh-map");
    if (!small.matches || !map || !panel() || stop() === "full") return 0;
    return Math.max(0, map.getBoundingClientRect().bottom - (window.innerHeight - heights()[stop()]));
  };

  function tell() {
    for (const grip of document.querySelectorAll(".kh-grip")) grip.setAttribute("aria-expanded", String(stop() !== "low"));
  }

  function to(wanted) {
    root.dataset.khSheet = wanted;
    root.style.removeProperty("--kh-sheet");
    delete root.dataset.khDragging;
    if (wanted === "low" && panel()) panel().scrollTop = 0;
    tell();
    document.dispatchEvent(new CustomEvent("kharita:covered"));
  }

  function step(by) {
    to(STOPS[Math.max(0, Math.min(STOPS.length - 1, STOPS.indexOf(stop()) + by))]);
  }

  /* What the panel shows has changed: something that was opened is seen at least by half. */
  window.khSheet = (opened, whole) => {
    if (opened && whole) to("full");
    else if (opened && stop() === "low") to("half");
    else if (!root.dataset.khSheet) to("low");
    else tell();
  };

  let drag = null;
  const gripOf = (event) => (event.target instanceof Element ? event.target.closest(".kh-grip") : null);
  document.addEventListener("pointerdown", (event) => {
    const grip = gripOf(event);
    if (!grip || event.button) return;
    grip.setPointerCapture(event.pointerId);
    drag = { from: event.clientY, height: panel().getBoundingClientRect().height, at: event.clientY, time: event.timeStamp, speed: 0 };
    root.dataset.khDragging = "1";
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const passed = event.timeStamp - drag.time;
    if (passed > 0) drag.speed = (drag.at - event.clientY) / passed;
    Object.assign(drag, { at: event.clientY, time: event.timeStamp });
    const { low, full } = heights();
    root.style.setProperty("--kh-sheet", `${Math.max(low, Math.min(full, drag.height + drag.from - event.clientY))}px`);
  });
  const drop = (event) => {
    if (!drag) return;
    const all = heights(), moved = drag.from - event.clientY, height = drag.height + moved, { speed } = drag;
    drag = null;
    if (Math.abs(moved) < TAP) { to(stop()); return; } // the click says what is meant
    window.khDragged = true;
    window.setTimeout(() => { window.khDragged = false; }, 0);
    const nearest = STOPS.reduce((best, one) => (Math.abs(all[one] - height) < Math.abs(all[best] - height) ? one : best));
    const further = STOPS.indexOf(nearest) + (nearest === stop() && Math.abs(speed) > FLING ? Math.sign(speed) : 0);
    to(STOPS[Math.max(0, Math.min(STOPS.length - 1, further))]);
  };
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
  document.addEventListener("click", (event) => {
    if (!gripOf(event) || window.khDragged) return;
    to(stop() === "half" ? "full" : stop() === "full" ? "low" : "half");
  });
  document.addEventListener("keydown", (event) => {
    if (!small.matches || event.defaultPrevented) return;
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (gripOf(event) && by) { event.preventDefault(); step(by); }
    const inside = event.target instanceof Element && event.target.closest(".st-key-kh-panel");
    if (event.key === "Escape" && inside && !event.target.closest("input, textarea, [role='listbox']")) to("low");
  });
  /* What has the focus by key is seen; under a finger the sheet stays, or the tap would end beside what it began on. */
  document.addEventListener("focusin", (event) => {
    const inside = event.target instanceof Element && event.target.closest(".st-key-kh-panel");
    if (small.matches && inside && !gripOf(event) && event.target.matches(":focus-visible") && stop() === "low") to("half");
  });
  small.addEventListener("change", () => document.dispatchEvent(new CustomEvent("kharita:covered")));

  /* The menu under the head's button. */
  const menus = () => document.querySelectorAll(".kh-links[data-open]");
  const shut = (back) => {
    for (const menu of menus()) {
      delete menu.dataset.open;
      const button = menu.querySelector(".kh-menu-button");
      button.setAttribute("aria-expanded", "false");
      if (back) button.focus();
    }
  };
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null, button = target && target.closest(".kh-menu-button");
    const open = button && !button.parentElement.dataset.open;
    if (!target || !target.closest(".kh-menu") || target.closest("a")) shut(false);
    if (!open) return;
    button.parentElement.dataset.open = "1";
    button.setAttribute("aria-expanded", "true");
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") shut(true); });
})();
