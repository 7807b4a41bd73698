/** Material's own dialog: types into its field and listens to what its worker answers. */

const QUERY = 2;
const RESULT = 3;
let waiting;
let begun = 0;

globalThis.Worker = class extends globalThis.Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({ data }) => {
      if (data.type !== RESULT || waiting === undefined) return;
      // A group is a page, its first entry the best of its sections.
      const found = data.data.items.map(([best]) => best.location.split("#")[0]);
      waiting({ found, ms: performance.now() - begun });
      waiting = undefined;
    });
  }

  postMessage(message, ...rest) {
    if (message.type === QUERY) begun = performance.now();
    super.postMessage(message, ...rest);
  }
};

globalThis.begin = async () => {
  const field = document.querySelector("[data-md-component=search-query]");
  return (query) =>
    new Promise((answered) => {
      waiting = answered;
      field.value = query;
      field.dispatchEvent(new KeyboardEvent("keyup"));
    });
};
