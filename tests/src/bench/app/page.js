// What the measurements do inside the app's page. Times are the page's own, in milliseconds: from a
// tap to the frame after the one in which what was waited for was drawn. The later of two frames is
// asked, because the first one's callback runs before that frame is painted.
window.kjentBench = (() => {
  const PATIENCE = 20_000;
  const QUIET_FRAMES = 6;

  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const painted = async () => {
    await frame();
    return frame();
  };
  const isShown = (element) => element.getClientRects().length > 0;
  const shown = (css) => [...document.querySelectorAll(css)].find(isShown);

  // Resolves in the very turn in which the page changed so that the condition holds.
  const when = (condition, what) =>
    new Promise((done, failed) => {
      const observer = new MutationObserver(() => look());
      const patience = setTimeout(() => {
        observer.disconnect();
        failed(new Error(`not on the screen: ${what}`));
      }, PATIENCE);
      const look = () => {
        if (!condition()) return;
        clearTimeout(patience);
        observer.disconnect();
        done();
      };
      const all = { subtree: true, childList: true, attributes: true, characterData: true };
      observer.observe(document, all);
      look();
    });

  // What the last screen still does is not to be counted to the next: some frames without a change.
  const quiet = async () => {
    let frames = 0;
    const observer = new MutationObserver(() => (frames = 0));
    observer.observe(document, { subtree: true, childList: true, characterData: true });
    while (frames < QUIET_FRAMES) {
      await frame();
      frames += 1;
    }
    observer.disconnect();
  };

  // As a finger does: an app that nobody touches locks itself, and slowed down that is soon.
  const press = (element) => {
    element.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    element.click();
  };

  const tap = async (css) => {
    await when(() => shown(css), css);
    await quiet();
    press(shown(css));
  };

  const timed = async (css, marker) => {
    await when(() => shown(css), css);
    shown(css).scrollIntoView({ block: "center" });
    await quiet();
    const element = shown(css);
    if (shown(marker)) throw new Error(`on the screen before the tap: ${marker}`);
    const start = performance.now();
    press(element);
    await when(() => shown(marker), marker);
    await painted();
    return performance.now() - start;
  };

  // One screen, from the day's list and back to it.
  const screen = async ({ before, tap: css, marker, back, home }) => {
    for (const step of before) await tap(step);
    const time = await timed(css, marker);
    for (const step of back) await tap(step);
    await when(() => shown(home), home);
    return time;
  };

  // When the page first showed something, on the clock of the machine. On a tablet that is enrolled
  // this is the lock screen.
  const firstPaint = async (marker) => {
    await when(() => shown(marker), marker);
    let paint;
    while (!paint) {
      await frame();
      [paint] = performance.getEntriesByName("first-contentful-paint");
    }
    return performance.timeOrigin + paint.startTime;
  };

  // How long each key takes to be on the screen; the keys come from outside.
  const keys = [];
  const hearKeys = (css) => {
    const field = shown(css);
    let pressed = 0;
    field.addEventListener("keydown", (event) => (pressed = event.timeStamp));
    field.addEventListener("input", async () => {
      const start = pressed;
      await painted();
      keys.push(performance.now() - start);
    });
    field.focus();
  };

  // The tablet's own part, as the page waits for it.
  const ask = async ({ command, request }) => {
    const start = performance.now();
    await window.__TAURI__.core.invoke(command, { request });
    return performance.now() - start;
  };

  // From the last letter until the hits are on the screen, with the pause that the field waits for.
  const searchScreen = async ({ query, field, first, found }) => {
    const type = (text) => {
      const input = shown(field);
      const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
      set.call(input, text);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    };
    await when(() => shown(first), first);
    await quiet();
    const start = performance.now();
    type(query);
    await when(() => shown(found), found);
    await painted();
    const time = performance.now() - start;
    type("");
    return time;
  };

  // Taps that a finger or the driver made, not a script.
  let taps = 0;
  const countTaps = () => {
    taps = 0;
    document.addEventListener("pointerdown", (event) => (taps += event.isTrusted ? 1 : 0), true);
  };

  // A fixed piece of work, to tell how slow the machine is.
  const work = () => {
    const start = performance.now();
    let sum = 0;
    for (let step = 0; step < 3e7; step += 1) sum = (sum + step * 7) % 1_000_003;
    return sum < 0 ? 0 : performance.now() - start;
  };

  const api = { tap, timed, screen, firstPaint, hearKeys, ask, searchScreen, countTaps, work };
  // Once the last key is painted, too.
  const paintedKeys = () => quiet().then(() => keys.splice(0));
  return { ...api, keys: paintedKeys, taps: () => taps };
})();
