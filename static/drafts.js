/* What is typed stays on this phone, by account, form and thread, until the site has it. Sent to nobody. */
(function () {
  "use strict";
  var LIFE = 30 * 24 * 3600 * 1000;
  var reader = document.body.getAttribute("data-reader");
  var store = openStore();
  if (!reader || !store) return;
  var mine = "draft/" + reader + "/";
  var scanned = new WeakSet();
  var timers = new WeakMap();
  var leaving = false;

  function openStore() {
    try {
      return window.localStorage;
    } catch (problem) {
      return null;
    }
  }

  /* 1. Where a draft lies, and what it holds. `former` is an older one that was offered and not taken up. */
  function isWritten(form) {
    /* The attribute: a field called "method" hides the property. */
    return form.getAttribute("method") === "post" && Boolean(form.querySelector("textarea"));
  }

  function keyOf(form) {
    var parent = form.querySelector("[name=parent]");
    return mine + (form.getAttribute("action") || location.pathname) + (parent ? "#" + parent.value : "");
  }

  function read(key) {
    try {
      return JSON.parse(store.getItem(key));
    } catch (problem) {
      return null;
    }
  }

  function write(key, draft) {
    try {
      if (draft) store.setItem(key, JSON.stringify(draft));
      else store.removeItem(key);
    } catch (problem) {
      /* The phone is full: what is on the page stays on the page. */
    }
  }

  function drop(key) {
    var draft = read(key);
    write(key, (draft && draft.former) || null);
  }

  function keys(beginning) {
    return Object.keys(store).filter(function (key) {
      return key.indexOf(beginning) === 0;
    });
  }

  function inputs(form) {
    return Array.prototype.filter.call(form.elements, function (input) {
      return input.name && !/^(hidden|password|file|submit|button|fieldset)$/.test(input.type);
    });
  }

  function isTicked(input) {
    return input.type === "radio" || input.type === "checkbox";
  }

  function values(form) {
    return inputs(form).map(function (input) {
      return [input.name, input.value, isTicked(input) ? input.checked : true];
    });
  }

  function isTyped(form) {
    return inputs(form).some(function (input) {
      var text = input.type === "text" || input.type === "textarea";
      return text && input.value.trim() !== input.defaultValue.trim() && input.value.trim();
    });
  }

  /* The mark of what the form was made from: a draft keeps its own, or the site would believe that its author read what
     has changed since. */
  function mark(form) {
    return form.querySelector("[name=seen]") || { value: "" };
  }

  function once(form) {
    return form.querySelector("[name=once]") || { value: "" };
  }

  /* 2. Keeping: half a second after the last key, and when the page goes. */
  function keep(form) {
    if (leaving || !isTyped(form)) return;
    var key = keyOf(form);
    var draft = read(key) || {};
    var offered = form.parvisOffer;
    if (offered) draft = { former: offered };
    form.parvisOffer = null;
    draft.at = Date.now();
    draft.id = draft.id || Math.random().toString(36).slice(2, 12);
    draft.once = once(form).value;
    draft.seen = mark(form).value;
    draft.fields = values(form);
    write(key, draft);
  }

  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (!form || !isWritten(form)) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(keep, 500, form));
  });
  window.addEventListener("pagehide", function () {
    document.querySelectorAll("form").forEach(function (form) {
      if (timers.has(form) && !form.parvisSent) keep(form);
    });
  });

  /* 3. Offering back, never over what the site has just given back. */
  function scan() {
    document.querySelectorAll("form").forEach(function (form) {
      if (scanned.has(form) || !isWritten(form)) return;
      scanned.add(form);
      var draft = read(keyOf(form));
      if (!draft) return;
      if (form.querySelector("[aria-invalid], .error")) write(keyOf(form), Object.assign(draft, { fields: values(form), seen: mark(form).value }));
      else if (differs(form, draft)) offer(form, draft);
    });
  }

  function differs(form, draft) {
    return JSON.stringify(values(form)) !== JSON.stringify(draft.fields);
  }

  function offer(form, draft) {
    var first = form.querySelector("input[type=text], textarea");
    var field = first.closest(".field") || first;
    var folded = field.closest("details");
    var line = document.createElement("p");
    if (folded) folded.open = true;
    form.parvisOffer = draft;
    line.className = "flash";
    line.setAttribute("role", "status");
    line.append("Un brouillon " + when(draft.at) + " vous attend ici. ");
    line.append(
      button("Reprendre", function () {
        line.remove();
        take(form, draft);
        first.focus();
      }),
      " / ",
      button("Effacer", function () {
        line.remove();
        form.parvisOffer = null;
        forget(form, draft);
      })
    );
    field.parentNode.insertBefore(line, field);
  }

  /* What stood in the form meanwhile is offered in its turn, the next time. */
  function take(form, draft) {
    keep(form);
    var present = read(keyOf(form));
    var former = present && present.id !== draft.id ? Object.assign(present, { former: null }) : draft.former;
    form.parvisOffer = null;
    write(keyOf(form), Object.assign({}, draft, { former: former }));
    inputs(form).forEach(function (input, rank) {
      var saved = draft.fields[rank];
      if (!saved || saved[0] !== input.name) return;
      if (isTicked(input)) input.checked = saved[2];
      else input.value = saved[1];
    });
    /* The form's own key comes back too: if the first send did arrive, the second is the same text. */
    if (draft.once) once(form).value = draft.once;
    mark(form).value = draft.seen || "";
  }

  function forget(form, draft) {
    var key = keyOf(form);
    var present = read(key);
    if (!present) return;
    if (present.id !== draft.id) {
      delete present.former;
      write(key, present);
      return;
    }
    drop(key);
    if (draft.former) offer(form, draft.former);
  }

  function button(label, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "link";
    made.style.minHeight = "44px";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function when(at) {
    var moment = new Date(at);
    var days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 864e5);
    var minutes = moment.getMinutes();
    var hour = " " + moment.getHours() + "\u00a0h" + (minutes ? "\u00a0" + (minutes < 10 ? "0" : "") + minutes : "");
    if (days < 1) return "d’aujourd’hui" + hour;
    if (days < 2) return "d’hier" + hour;
    if (days < 7) return "de " + moment.toLocaleDateString("fr-FR", { weekday: "long" }) + hour;
    return "du " + moment.toLocaleDateString("fr-FR", { day: "numeric", month: "long" });
  }

  /* 4. Letting go: the site says that it has the text (a cookie after a plain form), or htmx does. */
  document.addEventListener(
    "submit",
    function (event) {
      var form = event.target;
      if (form.getAttribute("action") === "/deconnexion") {
        leaving = true;
        keys(mine).forEach(function (key) {
          store.removeItem(key);
        });
      }
      if (!isWritten(form)) return;
      keep(form);
      if (form.parvisOffer) return;
      var draft = read(keyOf(form));
      if (!draft) return;
      var field = form.querySelector("[name=draft]") || form.appendChild(document.createElement("input"));
      field.type = "hidden";
      field.name = "draft";
      field.value = draft.id || "";
    },
    true
  );
  document.addEventListener("htmx:after:request", function (event) {
    var ctx = event.detail.ctx;
    var form = ctx && ctx.sourceElement;
    if (event.defaultPrevented || !form || form.tagName !== "FORM" || !isWritten(form) || !ctx.response || ctx.response.status >= 300) return;
    clearTimeout(timers.get(form));
    form.parvisSent = true;
    if (!form.parvisOffer) drop(keyOf(form));
  });

  var sent = /(?:^|; )sent=(\w+)/.exec(document.cookie);
  if (sent) document.cookie = "sent=; Max-Age=0; Path=/";
  keys("draft/").forEach(function (key) {
    var draft = read(key);
    if (!draft || Date.now() - draft.at > LIFE) store.removeItem(key);
    else if (sent && draft.id === sent[1]) drop(key);
  });
  scan();
  document.addEventListener("htmx:after:swap", scan);
  /* For what waits to be sent (waiting.js): the text is kept there from now on. */
  window.parvisDrafts = {
    drop: function (form) {
      clearTimeout(timers.get(form));
      form.parvisSent = true;
      if (!form.parvisOffer) drop(keyOf(form));
    },
  };
})();
