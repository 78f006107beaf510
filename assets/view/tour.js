// The tour: points at parts of the page one after the other. It never starts by itself and can be left at any step.
(function () {
  const SEEN = 'aimap-toured', GAP = 12;
  let tour = null;

  const root = document.documentElement;
  const make = (name, props = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), props);
    made.append(...inside);
    return made;
  };

  // A browser may forbid storage: then the invitation comes again with the next page.
  function seen() { try { return localStorage.getItem(SEEN) === 'yes'; } catch (error) { return false; } }
  function remember() {
    root.dataset.toured = 'yes';
    try { localStorage.setItem(SEEN, 'yes'); } catch (error) { /* not kept */ }
  }
  if (seen()) root.dataset.toured = 'yes'; // before the page is built, so that nothing jumps

  const visible = (one) => one && one.getClientRects().length > 0;

  function place() {
    if (!tour) return;
    const { light, box, steps, at } = tour, target = document.querySelector(steps[at].target);
    if (!visible(target)) { end(); return; }
    const seat = target.getBoundingClientRect(), wide = window.innerWidth, high = window.innerHeight;
    Object.assign(light.style, { left: `${seat.left - 6}px`, top: `${seat.top - 6}px`, width: `${seat.width + 12}px`, height: `${seat.height + 12}px` });
    const below = seat.bottom + GAP + box.offsetHeight < high, above = seat.top - GAP - box.offsetHeight > 0;
    const beside = !below && !above;
    const top = below ? seat.bottom + GAP : above ? seat.top - GAP - box.offsetHeight : Math.max(GAP, high - box.offsetHeight - GAP);
    const left = beside && seat.right + GAP + box.offsetWidth < wide ? seat.right + GAP : seat.left;
    Object.assign(box.style, { top: `${top}px`, left: `${Math.max(GAP, Math.min(left, wide - box.offsetWidth - GAP))}px` });
  }

  function show(at) {
    const { steps, words, box } = tour, last = at === steps.length - 1;
    tour.at = at;
    document.querySelector(steps[at].target).scrollIntoView({ block: 'center' });
    const said = words.place.replace('{n}', at + 1).replace('{all}', steps.length);
    const title = make('h2', { textContent: steps[at].title, tabIndex: -1, id: 'tour-title' });
    const button = (text, act, name) => make('button', { type: 'button', textContent: text, className: name, onclick: act });
    const ways = make('div', { className: 'tour-ways' }, make('span', { textContent: said }));
    if (!last) ways.append(button(words.skip, end, 'tool'));
    if (at) ways.append(button(words.back, () => show(at - 1), 'tool'));
    ways.append(button(last ? words.done : words.next, () => (last ? end() : show(at + 1)), 'button'));
    box.replaceChildren(title, make('p', { textContent: steps[at].text }), ways);
    place();
    title.focus({ preventScroll: true });
  }

  function end() {
    if (!tour) return;
    const { light, box, opener } = tour;
    tour = null;
    light.remove();
    box.remove();
    remember();
    const back = opener && opener.isConnected && visible(opener) ? opener : document.getElementById('help-toggle');
    if (back) back.focus();
  }

  async function start(opener) {
    const help = document.getElementById('help');
    if (help && help.open) help.close();
    const answer = await fetch(`${root.dataset.prefix}/help/tour.json?lang=${root.lang.slice(0, 2)}`);
    if (!answer.ok) throw new Error(`tour ${answer.status}`);
    const words = await answer.json();
    const steps = words.steps.filter((one) => visible(document.querySelector(one.target)));
    if (tour || !steps.length) return;
    const light = make('div', { className: 'tour-light' }), box = make('div', { className: 'tour-box' });
    Object.entries({ role: 'dialog', 'aria-label': words.label, 'aria-describedby': 'tour-title' }).forEach(([key, one]) => box.setAttribute(key, one));
    document.body.append(light, box);
    tour = { light, box, steps, words, at: 0, opener };
    show(0);
  }

  document.addEventListener('click', (event) => {
    const begin = event.target.closest('.tour-start');
    if (begin) start(begin).catch(() => { begin.textContent = begin.dataset.lost; });
    else if (event.target.closest('.tour-dismiss')) remember();
    else if (tour && !tour.box.contains(event.target)) requestAnimationFrame(place);
  });
  document.addEventListener('keydown', (event) => {
    if (!tour) return;
    if (event.key === 'Escape') end();
    else if (event.key === 'ArrowRight' && tour.at < tour.steps.length - 1) show(tour.at + 1);
    else if (event.key === 'ArrowLeft' && tour.at) show(tour.at - 1);
    else return;
    event.preventDefault();
  });
  window.addEventListener('scroll', place, { passive: true, capture: true });
  window.addEventListener('resize', place);
  window.addEventListener('popstate', end);
})();
