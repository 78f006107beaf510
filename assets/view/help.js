// Help: a window that any page opens, keys, and texts to copy. Its words are fetched when it is first opened.
(function () {
  const OFF = 'aimap-keys-off'; // readers may switch single keys off: speech input types letters
  const lang = () => document.documentElement.lang.slice(0, 2);
  const by = (id) => document.getElementById(id);
  const today = () => new Date().toISOString().slice(0, 10);
  let opener = null;

  function stored(name) { try { return localStorage.getItem(name); } catch (error) { return null; } }
  function store(name, value) { try { localStorage.setItem(name, value); } catch (error) { /* not kept */ } }

  // The chart that is reported: the one whose button was pressed, else the one that the link leads to.
  function chartNow() {
    const id = window.location.hash.slice(1), linked = id.startsWith('card-') && by(id);
    const card = (opener && opener.closest('.card')) || linked;
    return card ? `${card.querySelector('.card-title').textContent} (${card.dataset.chart})` : '';
  }

  function filled(text) {
    const values = { '{link}': window.location.href, '{date}': today(), '{chart}': chartNow() };
    return Object.entries(values).reduce((said, [hole, value]) => said.replaceAll(hole, value), text);
  }

  function tellKeys(box) {
    const button = box.querySelector('.keys-toggle');
    button.textContent = stored(OFF) === 'yes' ? button.dataset.on : button.dataset.off;
  }

  async function made() {
    const found = by('help');
    if (found && found.dataset.lang === lang()) return found;
    if (found) found.remove();
    const answer = await fetch(`${document.documentElement.dataset.prefix}/help/window.html?lang=${lang()}`);
    if (!answer.ok) throw new Error(`help ${answer.status}`);
    const box = Object.assign(document.createElement('dialog'), { id: 'help', className: 'help', innerHTML: await answer.text() });
    box.dataset.lang = lang();
    box.setAttribute('aria-labelledby', 'help-title');
    box.querySelectorAll('pre').forEach((one) => { one.dataset.template = one.textContent; });
    box.addEventListener('close', () => { if (opener && opener.isConnected) opener.focus(); });
    box.addEventListener('click', (event) => { if (event.target === box) box.close(); }); // beside the window
    document.body.append(box);
    return box;
  }

  async function open(part) {
    const button = by('help-toggle') || document.activeElement; // a card that stands alone has no top bar
    try {
      const box = await made();
      if (box.open) { box.close(); return; }
      opener = document.activeElement === document.body ? button : document.activeElement;
      box.querySelectorAll('pre').forEach((one) => { one.textContent = filled(one.dataset.template); });
      tellKeys(box);
      box.showModal();
      if (part) { by(`help-${part}`).open = true; by(`help-${part}`).scrollIntoView(); }
    } catch (error) {
      button.title = button.dataset.lost;
      button.classList.add('help-lost');
    }
  }

  async function copy(button) {
    const text = button.parentElement.querySelector('pre').textContent, label = button.textContent;
    try { await window.aimap.copy(text); button.textContent = button.dataset.done; } catch (error) { button.textContent = button.dataset.fail; }
    setTimeout(() => { button.textContent = label; }, 2500);
  }

  document.addEventListener('click', (event) => {
    const at = (selector) => event.target.closest(selector);
    if (at('#help-toggle')) open();
    else if (at('.help-open')) open(at('.help-open').dataset.part);
    else if (at('.help-close')) by('help').close();
    else if (at('.help-copy')) copy(at('.help-copy'));
    else if (at('.keys-toggle')) { store(OFF, stored(OFF) === 'yes' ? 'no' : 'yes'); tellKeys(by('help')); }
  });

  const TYPING = 'input, textarea, select, [contenteditable], canvas, [role=slider], [role=combobox], [role=listbox], [role=application]';
  const actions = {
    '?': () => open(),
    '/': () => { const field = document.querySelector('#f-province, input[type=search], .explorer-find input'); if (field) field.focus(); },
    t: () => by('theme-toggle').click(),
    l: () => document.querySelector('.lang-link').click(),
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || stored(OFF) === 'yes' || !by('help-toggle')) return;
    if (event.target.closest && event.target.closest(TYPING)) return;
    const page = /^[1-9]$/.test(event.key) && document.querySelectorAll('.rail-link')[Number(event.key) - 1];
    const box = by('help'), act = page ? () => page.click() : actions[event.key];
    if (!act || (box && box.open && event.key !== '?')) return;
    event.preventDefault();
    act();
  });
})();
