/* Pages read lately, kept for reading without a line. Network first: a copy is shown when the line is down or has said
   nothing for PATIENCE, always with its date, and never with a tally that looks live. Only pages of whoever is signed in are
   kept, only those of KEPT, and all of them go when somebody else, or nobody, is. What htmx asks never passes here.
   PARVIS (written above by forum/web/assets.py): the addresses of the site's own files, and the name of their edition. */
(function (scope) {
  "use strict";
  var SHELL = "shell-" + scope.PARVIS.edition;
  var PAGES = "pages";
  var ABOUT = "about";
  var MOST = 400000;
  var PATIENCE = 6000;
  var AHEAD = 12;
  var ASIDE = "/hors-ligne";
  var KEPT = /^\/(?:moi|moi\/notifications|hors-ligne|[gdpt]\/[^/.]+)?$/;
  var WAITING = /^\/d\/\w+\/commentaires$/;
  var reading = null;

  scope.addEventListener("install", function (event) {
    event.waitUntil(
      caches
        .open(SHELL)
        .then(function (shell) {
          return shell.addAll(scope.PARVIS.files);
        })
        .then(function () {
          return scope.skipWaiting();
        })
    );
  });

  scope.addEventListener("activate", function (event) {
    var ahead = scope.registration.navigationPreload;
    event.waitUntil(
      Promise.all([dropOldShells(), ahead && ahead.enable()]).then(function () {
        return scope.clients.claim();
      })
    );
  });

  async function dropOldShells() {
    var names = await caches.keys();
    return Promise.all(
      names.map(function (name) {
        return name.indexOf("shell-") === 0 && name !== SHELL ? caches.delete(name) : null;
      })
    );
  }

  /* 1. What passes. */
  scope.addEventListener("fetch", function (event) {
    var request = event.request;
    var url = new URL(request.url);
    if (url.origin !== scope.location.origin) return;
    if (request.mode === "navigate") {
      if (request.method === "GET") event.respondWith(page(event, url));
      else if (url.pathname === "/deconnexion") event.waitUntil(signOut());
      else if (WAITING.test(url.pathname)) event.respondWith(post(request.clone(), request, url));
    } else if (url.pathname.indexOf("/static/build/") === 0) {
      event.respondWith(
        caches.match(request).then(function (file) {
          return file || fetch(request);
        })
      );
    }
  });

  async function page(event, url) {
    var address = url.href.split("#")[0];
    var live = Promise.resolve(event.preloadResponse).then(function (answer) {
      return answer || fetch(event.request);
    });
    var saved = live.then(function (answer) {
      return keep(address, answer.clone());
    });
    event.waitUntil(saved.catch(function () {}));
    var copy = KEPT.test(url.pathname) ? await find(address) : null;
    if (!copy) return live.catch(aside);
    var late = new Promise(function (resolve) {
      setTimeout(resolve, PATIENCE, null);
    });
    var answer = await Promise.race([live, late]).catch(function () {});
    if (answer) return answer;
    event.waitUntil(
      saved.then(
        function () {
          scope.parvisOutbox.tell({ type: "fresh", address: address });
        },
        function () {}
      )
    );
    return old(copy);
  }

  /* 2. Keeping. The name of the reader is a header of each page of theirs. */
  async function keep(address, answer) {
    if (!/^text\/html/.test(answer.headers.get("Content-Type") || "")) return;
    var pages = await caches.open(PAGES);
    if (answer.status === 403 || answer.status === 404 || answer.status === 410) await pages.delete(address);
    if (answer.status !== 200) return;
    var reader = answer.headers.get("Parvis-Reader") || "";
    await recognise(reader);
    if (!reader || !KEPT.test(new URL(address).pathname)) return;
    var style = styleName(answer.headers);
    var text = await answer.text();
    var link = /<link rel="stylesheet" href="([^"]+)">/.exec(text);
    /* The first: a group's hue may follow it. */
    var parts = link ? null : /<style>([\s\S]*?)<\/style>/.exec(text);
    var about = await caches.open(ABOUT);
    if ((parts || link) && style && !(await about.match(style))) {
      var css = parts ? new Response(parts[1]) : await fetch(link[1]);
      if (css.ok) await about.put(style, css);
    }
    if (style && (parts || link)) text = text.replace((parts || link)[0], "<style></style>");
    if (reader !== reading) return;
    await pages.put(address, new Response(text, { headers: noted(answer.headers, text) }));
    await trim(pages);
  }

  function noted(before, text) {
    var headers = new Headers(before);
    var title = /<title>([^<]*)/.exec(text);
    ["Content-Encoding", "Content-Length", "Set-Cookie"].forEach(function (name) {
      headers.delete(name);
    });
    headers.set("Parvis-Seen", Date.now());
    headers.set("Parvis-Size", text.length);
    headers.set("Parvis-Title", encodeURIComponent(title ? title[1].replace(/ · [^·]*$/, "") : ""));
    return headers;
  }

  /* The stylesheet stands once for all pages, under the hash by which their policy lets it through. */
  function styleName(headers) {
    var hash = /style-src '(sha256-[^']+)'/.exec(headers.get("Content-Security-Policy") || "");
    return hash && "/style?" + encodeURIComponent(hash[1]);
  }

  /* The newest stay, and the page told when there is no line: its place is counted first. */
  async function trim(pages) {
    var aside = new URL(ASIDE, scope.location.origin).href;
    var sum = await size(pages, aside);
    for (var request of (await pages.keys()).reverse()) {
      if (request.url === aside) continue;
      sum += await size(pages, request);
      if (sum > MOST) await pages.delete(request);
    }
  }

  /* Another page's trimming may have taken it meanwhile. */
  async function size(pages, request) {
    var one = await pages.match(request);
    return one ? Number(one.headers.get("Parvis-Size")) : 0;
  }

  /* 3. Whose pages these are. */
  async function recognise(reader) {
    var about = await caches.open(ABOUT);
    var known = await about.match("/reader");
    var before = known ? await known.text() : "";
    reading = reader;
    if (before === reader) return;
    await caches.delete(PAGES);
    await about.put("/reader", new Response(reader));
  }

  async function known() {
    var note = await caches.match("/reader", { cacheName: ABOUT });
    return note ? note.text() : "";
  }

  async function signOut() {
    var reader = await known();
    if (reader) await scope.parvisOutbox.clear(reader);
    await recognise("");
  }

  /* 4. Giving back. */
  async function find(address) {
    return caches.match(address, { cacheName: PAGES });
  }

  async function dressed(copy) {
    var style = styleName(copy.headers);
    var css = style && (await caches.match(style, { cacheName: ABOUT }));
    var text = await copy.text();
    return css ? text.replace("<style></style>", "<style>" + (await css.text()) + "</style>") : text;
  }

  async function old(copy) {
    var seen = when(Number(copy.headers.get("Parvis-Seen")));
    var text = (await dressed(copy))
      .replace(/ data-hx-(?:get="[^"]*\/resultat[^"]*"|trigger="every [^"]*")/g, "")
      .replace(/(<div id="tally"|<div id="bar-)/g, '<p class="meta">Décompte ' + seen + ", il a pu changer.</p>$1")
      .replace(
        /<div id="flash"[^>]*><\/div>/,
        '$&<p class="flash" id="offline" role="status"><strong>Lu hors ligne</strong>, vu ' + seen + ".</p>"
      );
    return new Response(text, { headers: copy.headers });
  }

  function when(at) {
    var moment = new Date(at);
    var day = moment.toLocaleDateString("fr-FR", { day: "numeric", month: "long" });
    var minutes = moment.getMinutes();
    return "le " + day + " à " + moment.getHours() + "\u00a0h\u00a0" + (minutes < 10 ? "0" : "") + minutes;
  }

  /* No copy of what was asked: what can be read instead. */
  async function aside() {
    var copy = await find(new URL(ASIDE, scope.location.origin).href);
    var list = (await listed()).join("");
    if (!copy) return bare(list);
    return new Response((await dressed(copy)).replace('<ul class="list" id="kept">', "$&" + list), { headers: copy.headers });
  }

  async function listed() {
    var pages = await caches.open(PAGES);
    var lines = [];
    for (var request of (await pages.keys()).reverse()) {
      var path = new URL(request.url);
      var copy = await pages.match(request);
      var title = decodeURIComponent(copy.headers.get("Parvis-Title"));
      var seen = when(Number(copy.headers.get("Parvis-Seen")));
      var link = '<a class="name" href="' + (path.pathname + path.search).replace(/[&"<]/g, "") + '">' + title + "</a>";
      if (path.pathname !== ASIDE) lines.push("<li>" + link + ' <span class="meta">vu ' + seen + "</span></li>");
    }
    return lines;
  }

  function bare(list) {
    var text =
      '<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
      "<title>Pas de réseau</title><h1>Pas de réseau</h1><p>Rien n’est perdu\u202f: revenez en arrière, ou réessayez plus tard.</p><ul>" +
      list + "</ul>";
    return new Response(text, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
  }

  /* 5. A comment sent by a plain form (no htmx on this phone) that got no answer waits as well; a vote does not, for it
     may be secret, which only its page can tell. */
  async function post(copy, request, url) {
    try {
      return await fetch(request);
    } catch (problem) {
      var fields = Array.from(new URLSearchParams(await copy.text()));
      var body = fields.filter(function (field) {
        return field[0] === "body";
      });
      await scope.parvisOutbox.add(await known(), "comment", url.pathname, fields, { title: "", text: body.length ? body[0][1] : "" });
      if (scope.registration.sync) await scope.registration.sync.register("outbox").catch(function () {});
      return Response.redirect(url.pathname.replace(/\/\w+$/, ""), 303);
    }
  }

  scope.addEventListener("sync", function (event) {
    if (event.tag === "outbox") event.waitUntil(scope.parvisOutbox.flush());
  });

  /* 6. Ahead of need, when the line is good: the first page, my groups, and the groups and proposals they lead to. */
  scope.addEventListener("message", function (event) {
    var told = event.data || {};
    if ("reader" in told)
      event.waitUntil(
        recognise(told.reader)
          .then(function () {
            return told.stock ? stock() : null;
          })
          .catch(function () {})
      );
  });

  async function isDue() {
    var copy = await find(new URL(ASIDE, scope.location.origin).href);
    return !copy || Date.now() - Number(copy.headers.get("Parvis-Seen")) > 6 * 3600 * 1000;
  }

  async function stock() {
    if (!(await isDue())) return;
    var links = [];
    for (var first of [ASIDE, "/moi", "/"]) {
      var text = await take(first);
      (text.match(/href="\/[gp]\/[\w-]+"/g) || []).forEach(function (link) {
        if (links.indexOf(link) < 0) links.push(link);
      });
    }
    for (var link of links.slice(0, AHEAD)) await take(link.slice(6, -1));
  }

  async function take(path) {
    var answer = await fetch(path, { credentials: "same-origin" });
    var copy = answer.clone();
    await keep(new URL(path, scope.location.origin).href, answer);
    return copy.text();
  }
})(self);
