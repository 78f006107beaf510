// The bare site answers in the reader's language; from here on the address names it, so that links to share do too.
(function () {
  const { lang, dataset } = document.documentElement, { pathname, search, hash } = window.location;
  const home = `${dataset.prefix}/`; // a proxy may show the site without the slash
  if (pathname === home || `${pathname}/` === home) window.history.replaceState(window.history.state, '', `${home}${lang.slice(0, 2)}/${search}${hash}`);
}());
