// The table of firms: asks for its rows by plain links, follows the filters, and opens a firm's profile.
(function () {
  const unchanged = () => window.dash_clientside.no_update;
  const panel = () => document.getElementById('table');
  // Asked before the grid is drawn, its script throws; the grid then takes what there is once it is.
  function apiOf() {
    try {
      return window.dash_ag_grid && window.dash_ag_grid.getApi('firm-grid');
    } catch (error) {
      return null;
    }
  }
  const wide = window.matchMedia('(min-width: 801px)');

  const near = (element) => new Promise((go) => {
    new IntersectionObserver((seen, watch) => {
      if (seen.some((one) => one.isIntersecting)) { watch.disconnect(); go(); }
    }, { rootMargin: '600px' }).observe(element);
  });

  const loaded = (source) => new Promise((go, fail) => {
    const script = Object.assign(document.createElement('script'), { src: source, onload: go, onerror: fail });
    document.head.append(script);
  });

  // The grid's script weighs more than the rest of the page: it comes when the reader does.
  async function place(grid) {
    try {
      await near(panel());
      if (!window.dash_ag_grid) await loaded(panel().dataset.script);
      return grid;
    } catch (error) {
      return panel().dataset.lost;
    }
  }

  // A phone has no room for a column that stands still.
  function pin() {
    const api = apiOf();
    if (api) api.setColumnsPinned(['name'], wide.matches ? 'left' : null);
  }
  wide.addEventListener('change', pin);

  function linkTo(request, query, search) {
    const [first] = request.sortModel || [];
    const sort = first ? (first.sort === 'desc' ? '-' : '') + first.colId : '';
    const lang = document.documentElement.lang.slice(0, 2);
    return document.documentElement.dataset.prefix + '/firms.json?' + new URLSearchParams({ ...query, lang, sort, search: search || '', start: request.startRow, end: request.endRow });
  }

  let told = null;  // the filters of the rows that are shown
  const textOf = (query) => JSON.stringify(Object.entries(query).sort());

  async function rows(request, query, search) {
    if (!request) return [unchanged(), unchanged(), unchanged(), unchanged()];
    told = textOf(query);
    pin();
    try {
      const answer = await fetch(linkTo(request, query, search));
      if (!answer.ok) throw new Error('rows ' + answer.status);
      const found = await answer.json();
      return [{ rowData: found.rows, rowCount: found.count }, found.said, found.csv, found.xlsx];
    } catch (error) {
      // The grid waits for ever for an answer that does not come, and asks nothing more.
      return [{ rowData: [], rowCount: 0 }, panel().dataset.lost, unchanged(), unchanged()];
    }
  }

  // A link to the table: Dash builds the page after the browser has looked for the anchor, and the cards above the
  // table find their height later still.
  let moved = false;
  ['wheel', 'touchstart', 'pointerdown', 'keydown'].forEach((name) => window.addEventListener(name, () => { moved = true; }, { once: true, passive: true }));
  setTimeout(() => { moved = true; }, 6000);
  new ResizeObserver(() => {
    if (!moved && window.location.hash === '#table' && panel()) panel().scrollIntoView();
  }).observe(document.body);

  function ask() {
    const api = apiOf();
    if (!api) return;
    if (api.getDisplayedRowCount()) api.ensureIndexVisible(0);
    api.purgeInfiniteCache();
  }

  // The store of filters is written anew even where nothing changes.
  function follow(query) {
    if (told !== null && textOf(query) !== told) ask();
  }

  function columns(chosen, all) {
    const api = apiOf(), shown = new Set(chosen);
    if (!api) return;
    api.setColumnsVisible(all.map((one) => one.value).filter((one) => !shown.has(one)), false);
    api.setColumnsVisible(chosen, true);
  }

  // A row leads to its profile, wherever it is clicked.
  function open(target) {
    const row = target.closest('.firm-grid .ag-row'), api = apiOf();
    const shown = row && api && api.getDisplayedRowAtIndex(Number(row.getAttribute('row-index')));
    if (shown && shown.data) window.location.assign(shown.data.href);
  }
  document.addEventListener('click', (event) => {
    if (!event.target.closest('a') && !String(window.getSelection())) open(event.target);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.classList.contains('ag-cell')) open(event.target);
  });

  window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};
  window.dashAgGridComponentFunctions.FirmLink = ({ data, value }) =>
    (data ? window.React.createElement('a', { href: data.href, tabIndex: -1 }, value) : '…');

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.firms = { place, rows, follow, ask, columns };
})();
