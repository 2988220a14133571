/* What could not be sent waits here, on this phone: it goes once, to the same place, by the same account. Read by pages
   and by the service worker. Each thing that waits: id, reader, kind (comment, vote), action, fields, title, text, at,
   state (waiting; held: the session has changed; refused: the site said no, for `reason`; moved: what was voted on has
   changed since it was read, and the vote is given anew on its page). */
(function (scope) {
  "use strict";
  var PATIENCE = 20000;
  var TYPES = { "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true" };
  var channel = scope.BroadcastChannel ? new BroadcastChannel("parvis") : null;
  var turn = Promise.resolve();

  function open() {
    return new Promise(function (resolve, reject) {
      var asked = indexedDB.open("parvis", 1);
      asked.onupgradeneeded = function () {
        asked.result.createObjectStore("waiting", { keyPath: "id" });
      };
      asked.onsuccess = function () {
        resolve(asked.result);
      };
      asked.onerror = function () {
        reject(asked.error);
      };
    });
  }

  function inStore(act) {
    return open().then(function (base) {
      return new Promise(function (resolve, reject) {
        var change = base.transaction("waiting", "readwrite");
        var asked = act(change.objectStore("waiting"));
        change.oncomplete = function () {
          base.close();
          resolve(asked.result);
        };
        change.onabort = change.onerror = function () {
          base.close();
          reject(change.error);
        };
      });
    });
  }

  function all() {
    return inStore(function (store) {
      return store.getAll();
    }).then(function (items) {
      return items.sort(function (one, other) {
        return one.at - other.at;
      });
    });
  }

  function put(item) {
    return inStore(function (store) {
      return store.put(item);
    });
  }

  function remove(id) {
    return inStore(function (store) {
      return store.delete(id);
    });
  }

  function clear(reader) {
    return all().then(function (items) {
      return Promise.all(
        items.map(function (item) {
          return item.reader === reader ? remove(item.id) : null;
        })
      );
    });
  }

  /* A vote takes the place of the one that waited on the same proposal. */
  function add(reader, kind, action, fields, more) {
    var named = fields.filter(function (field) {
      return !/^(csrf_token|page|draft)$/.test(field[0]);
    });
    var once = named.filter(function (field) {
      return field[0] === "once";
    });
    var id = reader + " " + action + (kind === "vote" ? "" : " " + (once.length ? once[0][1] : Date.now()));
    return put(
      Object.assign({ id: id, reader: reader, kind: kind, action: action, fields: named, at: Date.now(), state: "waiting" }, more)
    );
  }

  /* Sends all that waits, one flush at a time whoever asks; rejects while the line is down. */
  function flush() {
    var locks = scope.navigator && scope.navigator.locks;
    turn = turn
      .catch(function () {})
      .then(function () {
        return locks ? locks.request("parvis-outbox", sendAll) : sendAll();
      });
    return turn;
  }

  async function sendAll() {
    var items = (await all()).filter(function (item) {
      return item.state === "waiting";
    });
    if (!items.length) return;
    var session = await (await ask("/moi/session", { cache: "no-store" })).json();
    for (var item of items) {
      if (item.reader === session.reader) await send(item, session.csrf_token);
      else await settle(item, "held", "");
    }
  }

  function ask(address, options) {
    var end = new AbortController();
    var late = setTimeout(function () {
      end.abort();
    }, PATIENCE);
    var asked = fetch(address, Object.assign({ credentials: "same-origin", signal: end.signal }, options));
    return asked.finally(function () {
      clearTimeout(late);
    });
  }

  async function send(item, token) {
    var fields = item.fields.concat([["csrf_token", token]], item.kind === "vote" ? [["waited", "1"]] : []);
    var body = new URLSearchParams(fields).toString();
    var answer = await ask(item.action, { method: "POST", headers: TYPES, body: body, redirect: "manual" });
    if (answer.ok || answer.type === "opaqueredirect") {
      await remove(item.id);
      tell({ type: "sent", item: item, address: answer.headers.get("HX-Redirect") || "" });
    } else if (answer.status === 429 || answer.status >= 500) {
      throw new Error("later: " + answer.status);
    } else {
      await settle(item, answer.status === 409 ? "moved" : "refused", reasonIn(await answer.text()));
    }
  }

  function reasonIn(html) {
    var found = /id="reason"[^>]*>([^<]+)</.exec(html) || /class="error"[^>]*>([^<]+)</.exec(html);
    return found ? found[1].trim() : "le site ne l’a pas accepté.";
  }

  async function settle(item, state, reason) {
    await put(Object.assign(item, { state: state, reason: reason }));
    tell({ type: "settled", item: item });
  }

  function tell(message) {
    if (scope.parvisHeard) scope.parvisHeard(message);
    if (channel) channel.postMessage(message);
  }

  if (channel)
    channel.onmessage = function (event) {
      if (scope.parvisHeard) scope.parvisHeard(event.data);
    };
  scope.parvisOutbox = { all: all, add: add, put: put, remove: remove, clear: clear, flush: flush, tell: tell };
})(self);
