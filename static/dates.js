/* The dates of a vote are chosen in a calendar, one after the other; they may be typed all the same. */
(function () {
  "use strict";
  var lines = document.getElementById("f-options");
  var field = document.createElement("p");
  var picker = document.createElement("input");
  var add = document.createElement("button");
  picker.type = "datetime-local";
  picker.setAttribute("aria-label", "Une date à proposer, heure de Paris");
  add.type = "button";
  add.className = "btn quiet";
  add.textContent = "Ajouter cette date";
  field.className = "acts";
  field.append(picker, add);
  lines.after(field);

  function show() {
    var chosen = document.querySelector("[name=method]:checked");
    field.style.display = chosen && chosen.value === "dates" ? "" : "none";
  }

  add.addEventListener("click", function () {
    var told = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(picker.value);
    if (!told) return picker.focus();
    lines.value = lines.value.replace(/\s*$/, "\n").trimStart() + told[3] + "/" + told[2] + "/" + told[1] + " " + told[4] + "\n";
    lines.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("change", show);
  show();
})();
