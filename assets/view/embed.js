// `?embed=1&card=…&picture=svg` saves the card's picture once it is drawn: a link that gives a file without a click.
(function () {
  const PAUSE = 200, ROUNDS = 100; // ms between two looks, and how many
  const form = new URLSearchParams(window.location.search).get('picture');
  if (!['svg', 'png'].includes(form)) return;

  const drawn = (gd) => gd && gd.data && gd.data.length && gd.querySelector('.main-svg') && !document.documentElement.dataset.drawing;

  function look(left) {
    const card = document.querySelector('.embedded .card');
    if (card && drawn(card.querySelector('.js-plotly-plot'))) { setTimeout(() => card.querySelector(`[data-action=${form}]`).click(), PAUSE); return; }
    if (left) setTimeout(() => look(left - 1), PAUSE);
  }
  look(ROUNDS);
})();
