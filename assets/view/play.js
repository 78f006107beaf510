// A map year by year: a slider and a button. Frames are asked for before they play, so that none is late.
(function () {
  const EVERY = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 1000 : 500; // milliseconds a frame
  const make = (tag, props) => Object.assign(document.createElement(tag), props);
  const cardOf = (box) => box.closest('.card');
  const frames = new WeakMap(); // box -> year -> what the card then shows

  // The year of a frame, nothing for the years that the page's filter leaves.
  const yearOf = (box) => { const at = Number(box.querySelector('input').value); return at ? Number(box.dataset.first) + at - 1 : 0; };

  function address(card, year) {
    const query = new URLSearchParams(window.location.search);
    query.delete('table');
    query.set('charts', card.dataset.chart);
    if (year) ['from', 'to'].forEach((key) => query.set(key, year));
    return `${document.documentElement.dataset.prefix}/cards/${card.dataset.lang}.json?${query}`;
  }

  async function asked(card, year) {
    const answer = await fetch(address(card, year));
    if (!answer.ok) throw new Error(`cards ${answer.status}`);
    return (await answer.json()).cards[card.dataset.chart];
  }

  function frame(box, year) {
    const known = frames.get(box);
    if (!known.has(year)) known.set(year, asked(cardOf(box), year));
    return known.get(year);
  }

  async function show(box) {
    const card = cardOf(box), year = yearOf(box), known = frames.get(box);
    box.querySelector('output').textContent = year || box.dataset.whole;
    try {
      const parts = await frame(box, year);
      if (frames.get(box) === known && yearOf(box) === year) window.aimap.cards.paint(card.dataset.chart, parts);
    } catch (error) {
      known.delete(year);
      card.querySelector('.tool-status').textContent = card.dataset.lost;
    }
  }

  function stop(box) {
    clearTimeout(box.timer);
    box.timer = 0;
    const button = box.querySelector('button');
    button.textContent = '▶';
    button.setAttribute('aria-label', box.dataset.play);
  }

  function step(box, slider) {
    if (!box.timer) return;
    if (Number(slider.value) === Number(slider.max)) { stop(box); return; }
    slider.value = Number(slider.value) + 1;
    show(box);
    box.timer = setTimeout(() => step(box, slider), EVERY);
  }

  async function play(box, slider) {
    const button = box.querySelector('button');
    button.textContent = '❚❚';
    button.setAttribute('aria-label', box.dataset.pause);
    if (slider.value === slider.max) slider.value = 0;
    box.timer = 1;
    const years = Array.from({ length: Number(slider.max) }, (_, at) => Number(box.dataset.first) + at);
    await Promise.allSettled(years.map((year) => frame(box, year)));
    if (box.timer) step(box, slider);
  }

  function build(box) {
    const button = make('button', { type: 'button', className: 'tool' });
    const slider = make('input', { type: 'range', min: 0, max: Number(box.dataset.last) - Number(box.dataset.first) + 1, value: 0 });
    slider.setAttribute('aria-label', box.dataset.label);
    box.append(button, slider, make('output', { textContent: box.dataset.whole }));
    stop(box);
    button.addEventListener('click', () => (box.timer ? stop(box) : play(box, slider)));
    slider.addEventListener('input', () => { stop(box); show(box); });
  }

  // Whatever the page's choices are now, the card shows them; frames of others are forgotten.
  document.addEventListener('aimap:filters', () => {
    document.querySelectorAll('.card-play').forEach((box) => {
      frames.set(box, new Map());
      if (!box.childElementCount) { build(box); return; }
      stop(box);
      if (!yearOf(box)) return;
      box.querySelector('input').value = 0;
      show(box);
    });
  });
})();
