// Walks every view of the pages in a real browser: by keyboard, under axe-core, at three widths, on light and dark.
//
//   node walk.mjs URL CHROMIUM [FOLDER]
//
// FOLDER is where screenshots go. Prints one JSON document; ends with 1 where something is wrong.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import puppeteer from 'puppeteer-core';

const [base, chromium, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [360, 800, 1400];
const WARM_MS = 150;

const VIEWS = {
  start: '/',
  answer: '/?question=How+much+would+the+repairs+cost%3F',
  silence: '/?question=How+many+people+live+in+Lisbon%3F',
  check: '/check',
  confirmed: '/check?quote=We+have+12+volunteers+and+no+money&by=Bram+Tolley',
  altered: '/check?quote=I+will+close+it+unless+the+council+tells+me+to.&by=Una+Fairlie',
  trace: '/trace?quote=I+will+not+close+it+unless+the+council+tells+me+to',
  people: '/people',
  person: '/people?name=Una+Fairlie',
  nobody: '/people?name=Una+Farley',
  quotes: '/quotes?by=Fairlie&indirect=true',
  documents: '/documents',
  document: '/documents/tide.txt?start=181&end=196',
  hostile: '/documents/hostile.txt',
  nowhere: '/no/such/page',
  malformed: '/check?quote=a&quote=b',
};

const problems = [];
const wrong = (view, what) => problems.push({ view, what });

/** What stands out of the page, or is smaller than a finger on a phone, is told. */
async function look(page, view, width) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) wrong(view, `${wide} pixels too wide at ${width}`);
}

async function judge(page, view, scheme) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  for (const violation of found.violations) {
    wrong(view, `axe (${scheme}): ${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join('; ')}`);
  }
  return found.violations.length;
}

/** Tabs from the top to the bottom: everything that can be used is reached, in order, and it can be seen that it is. */
async function walk(page, view) {
  const all = await page.evaluate(() => {
    const usable = 'a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex="0"]';
    const closed = (node) => {
      const details = node.parentElement.closest('details:not([open])');
      return details && !(node.tagName === 'SUMMARY' && node.parentElement === details && !details.parentElement.closest('details:not([open])'));
    };
    const nodes = [...document.querySelectorAll(usable)].filter((node) => !closed(node));
    nodes.forEach((node, number) => { node.dataset.walk = String(number); });
    // A field may have the focus from the start: the walk begins above it all the same.
    const top = document.body.insertBefore(document.createElement('i'), document.body.firstChild);
    top.tabIndex = -1;
    top.focus();
    return nodes.length;
  });
  const reached = [];
  for (let step = 0; step < all + 5; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body) return null;
      const style = getComputedStyle(node);
      const box = node.getBoundingClientRect();
      return { number: node.dataset.walk, seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, size: box.width * box.height, html: node.outerHTML.slice(0, 80) };
    });
    if (!focused || reached.includes(Number(focused.number))) break;
    if (!focused.seen) wrong(view, `focus cannot be seen on ${focused.html}`);
    if (focused.size === 0) wrong(view, `focus on nothing: ${focused.html}`);
    reached.push(Number(focused.number));
  }
  if (reached.length < all) wrong(view, `${all - reached.length} of ${all} are not reached by keyboard`);
  if (reached.some((number, at) => at > 0 && number < reached[at - 1])) wrong(view, 'the keyboard jumps back');
  return reached.length;
}

const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const report = { views: 0, stops: 0, violations: 0, warm_ms: null };
try {
  const page = await browser.newPage();
  page.on('request', (request) => { if (!request.url().startsWith(base)) wrong('all', `asks elsewhere: ${request.url()}`); });
  page.on('dialog', async (dialog) => { wrong('all', 'a script of a document ran'); await dialog.dismiss(); });
  page.on('pageerror', (error) => wrong('all', `error on the page: ${error.message}`));
  for (const [view, address] of Object.entries(VIEWS)) {
    report.views += 1;
    for (const scheme of ['light', 'dark']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const width of WIDTHS) {
        await page.setViewport({ width, height: 900 });
        await page.goto(base + address, { waitUntil: 'load' });
        await look(page, view, width);
        if (width !== 800) report.violations += await judge(page, view, scheme);
        if (folder) await page.screenshot({ path: `${folder}/${view}-${scheme}-${width}.png` });
      }
    }
    await page.goto(base + address, { waitUntil: 'load' });
    report.stops += await walk(page, view);
  }
  // The keyboard alone asks a question.
  await page.goto(base, { waitUntil: 'load' });
  await page.focus('[name=question]');
  await page.keyboard.type('How much would the repairs cost?');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  if (!(await page.evaluate(() => document.body.textContent.includes('£85,000')))) wrong('answer', 'the keyboard alone gets no answer');
  const times = [];
  for (let round = 0; round < 9; round += 1) {
    await page.goto(base + VIEWS.answer, { waitUntil: 'load' });
    times.push(await page.evaluate(() => new Promise((done) => {
      new PerformanceObserver((list) => done(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true });
    })));
  }
  report.warm_ms = Math.round(times.sort((one, other) => one - other)[4]);
  if (report.warm_ms > WARM_MS && !process.env.SAYSO_SLOW) wrong('answer', `visible after ${report.warm_ms} ms`);
} finally {
  await browser.close();
}
console.log(JSON.stringify({ ...report, problems }, null, 2));
process.exitCode = problems.length > 0 ? 1 : 0;
