// Sends a reader's files, shows how far the server is with them, and the way to the result.
(function () {
  const PAUSE = 700; // ms between two questions

  function line(box, text, kind) {
    const p = document.createElement('p');
    p.textContent = text;
    if (kind) p.className = kind;
    box.append(p);
  }

  function link(box, href, text) {
    const a = document.createElement('a');
    a.href = href; a.textContent = text; a.className = 'button';
    box.append(a);
  }

  function show(form, found) {
    const box = form.querySelector('.upload-status');
    box.replaceChildren();
    line(box, found.text, `upload-${found.state}`);
    if (found.line) line(box, found.line, 'upload-line');
    (found.problems || []).forEach((text) => line(box, text, 'upload-problem'));
    if (found.open) link(box, found.open, form.dataset.open);
  }

  async function ask(form, url) {
    for (;;) {
      const answer = await fetch(url);
      const found = await answer.json();
      show(form, found);
      if (found.state !== 'running') return;
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }

  function send(form) {
    const call = new XMLHttpRequest();
    const lang = `?lang=${form.dataset.lang}`;
    call.open('POST', form.action + lang);
    call.upload.onprogress = (sent) => {
      const part = sent.lengthComputable ? Math.round((100 * sent.loaded) / sent.total) : 0;
      show(form, { state: 'running', text: form.dataset.sending.replace('{part}', part) });
    };
    const free = () => { form.querySelector('button').disabled = false; };
    call.onerror = () => { show(form, { state: 'failed', text: form.dataset.lost }); free(); };
    call.onload = () => {
      let found = null;
      try { found = JSON.parse(call.responseText); } catch { found = { state: 'failed', text: form.dataset.lost }; }
      if (!found.status) { show(form, found); free(); return; }
      ask(form, found.status + lang).catch(() => show(form, { state: 'failed', text: form.dataset.lost })).finally(free);
    };
    form.querySelector('button').disabled = true;
    call.send(new FormData(form));
  }

  async function forget(button) {
    if (!window.confirm(button.dataset.sure)) return;
    const answer = await fetch(`${button.dataset.url}?lang=${button.dataset.lang}`, { method: 'POST' });
    if (answer.ok) window.location.href = window.location.pathname;
  }

  // Dash has no plain file input: its own would send a file inside a call, a third larger.
  function furnish() {
    document.querySelectorAll('.upload-files:empty').forEach((box) => {
      const input = Object.assign(document.createElement('input'), { type: 'file', name: 'files', multiple: true, required: true });
      input.accept = box.dataset.accept;
      input.className = 'sr-only';
      const names = document.createElement('span');
      names.textContent = box.dataset.none;
      // The browser's own button speaks the browser's language, not the page's.
      input.addEventListener('change', () => { names.textContent = [...input.files].map((one) => one.name).join(', ') || box.dataset.none; });
      box.append(input, names);
    });
  }
  new MutationObserver(furnish).observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener('submit', (event) => {
    if (!event.target.matches('form.upload')) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button.forget');
    if (button) forget(button);
  });
})();
