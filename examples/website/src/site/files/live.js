// SPDX-License-Identifier: Apache-2.0
// Shows the server's figures as they come: one event is one object, a name for each figure.
"use strict";

const list = document.getElementById("figures");
const state = document.getElementById("state");
const source = new EventSource("live/figures");

source.addEventListener("open", () => {
  state.textContent = "Connected; a new set each second.";
  list.classList.remove("stale");
});

source.addEventListener("error", () => {
  state.textContent = "The connection is gone; trying again.";
  list.classList.add("stale");
});

source.addEventListener("figures", (event) => {
  for (const [name, value] of Object.entries(JSON.parse(event.data))) {
    const place = document.getElementById("figure-" + name);
    if (place) place.textContent = typeof value === "number" ? value.toLocaleString("en") : value;
  }
});
